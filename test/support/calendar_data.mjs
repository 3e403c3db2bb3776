// The tables hub/domain/data/holidays.tsv and zones.tsv, made of the npm
// package date-holidays and of the zone data of the pinned node:
//   node test/support/calendar_data.mjs holidays > hub/domain/data/holidays.tsv
//   node test/support/calendar_data.mjs zones > hub/domain/data/zones.tsv
// test/conformance/calendar.test.mjs holds the files against both.
import { fileURLToPath } from 'node:url';
import Holidays from 'date-holidays';

export const COUNTRIES = ['BR', 'GB', 'IN', 'KR', 'KZ', 'RU', 'SG', 'US'];
export const YEARS = [2024, 2025, 2026, 2027, 2028, 2029, 2030];

export const ZONES = [
  'America/Chicago', 'America/Denver', 'America/Los_Angeles', 'America/New_York',
  'America/Sao_Paulo', 'Asia/Almaty', 'Asia/Bangkok', 'Asia/Dubai', 'Asia/Kolkata',
  'Asia/Manila', 'Asia/Seoul', 'Asia/Shanghai', 'Asia/Singapore', 'Europe/Berlin',
  'Europe/Brussels', 'Europe/London', 'Europe/Moscow', 'Europe/Paris', 'UTC',
];
const FIRST = Date.UTC(2020, 0, 1);
const LAST = Date.UTC(2038, 0, 1);
const DAY = 24 * 3600 * 1000;

// "2024-04-10 00:00:00 -0600" is the local day on which the holiday begins.
function days(holiday) {
  const first = Date.parse(`${holiday.date.slice(0, 10)}T00:00:00Z`);
  const count = Math.max(1, Math.round((holiday.end - holiday.start) / DAY));
  return Array.from({ length: count }, (_, n) =>
    new Date(first + n * DAY).toISOString().slice(0, 10));
}

// Days on which banks of the whole country rest.
export function holidaysOf(country) {
  const holidays = new Holidays(country);
  const named = new Map();
  for (const year of YEARS) {
    for (const holiday of holidays.getHolidays(year, 'en')) {
      if (holiday.type !== 'public' && holiday.type !== 'bank') continue;
      for (const day of days(holiday)) {
        if (!YEARS.includes(Number(day.slice(0, 4))) || named.has(day)) continue;
        named.set(day, holiday.name.replace(/["\\\t]/g, "'"));
      }
    }
  }
  return [...named].sort(([a], [b]) => (a < b ? -1 : 1));
}

// Seconds east of UTC.
export function offset(zone, at) {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone: zone, hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric',
    hour: 'numeric', minute: 'numeric', second: 'numeric',
  }).formatToParts(new Date(at));
  const n = Object.fromEntries(parts.map(({ type, value }) => [type, Number(value)]));
  const local = Date.UTC(n.year, n.month - 1, n.day, n.hour, n.minute, n.second);
  return (local - Math.floor(at / 1000) * 1000) / 1000;
}

// [second from which it holds, offset] …, by halving between weekly looks.
export function transitions(zone) {
  const rows = [[FIRST / 1000, offset(zone, FIRST)]];
  for (let week = FIRST; week < LAST; week += 7 * DAY) {
    let low = week / 1000;
    let high = low + 7 * 24 * 3600;
    const before = offset(zone, low * 1000);
    const after = offset(zone, high * 1000);
    if (before === after) continue;
    while (high - low > 1) {
      const middle = Math.floor((low + high) / 2);
      if (offset(zone, middle * 1000) === before) low = middle;
      else high = middle;
    }
    rows.push([high, after]);
  }
  return rows;
}

export function holidaysFile() {
  let text = '# country, local date, name: days on which banks of the whole country rest.\n' +
    '# Made by test/support/calendar_data.mjs of the npm package date-holidays (ISC;\n' +
    '# its data CC BY-SA 3.0, from Wikipedia and the official lists); 2024 to 2030.\n';
  for (const country of COUNTRIES) {
    for (const [day, name] of holidaysOf(country)) text += `${country}\t${day}\t${name}\n`;
  }
  return text;
}

export function zonesFile() {
  let text = '# zone, second (UTC) from which it holds, seconds east of UTC.  Before its\n' +
    '# first row a zone is as in it.  Made by test/support/calendar_data.mjs of the\n' +
    '# IANA data in the pinned node; 2020 to 2037.\n';
  for (const zone of ZONES) {
    for (const [from, seconds] of transitions(zone)) text += `${zone}\t${from}\t${seconds}\n`;
  }
  return text;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const make = { holidays: holidaysFile, zones: zonesFile }[process.argv[2]];
  process.stdout.write(make());
}
