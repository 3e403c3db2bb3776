// The tables of holidays and time zones against what they were made of, and
// the calendar's own arithmetic against Intl's.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import {
  COUNTRIES, YEARS, ZONES, holidaysFile, offset, zonesFile,
} from '../support/calendar_data.mjs';
import { random, table } from './verdicts.mjs';

const data = (name) =>
  readFileSync(new URL(`../../hub/domain/data/${name}`, import.meta.url), 'utf8');

test('the holidays are those of date-holidays', () => {
  assert.equal(data('holidays.tsv'), holidaysFile());
});

test('the time zones are those of the pinned node', () => {
  assert.equal(data('zones.tsv'), zonesFile());
});

test('every country has holidays in every year', () => {
  const rows = table('holidays.tsv');
  for (const country of COUNTRIES) {
    for (const year of YEARS) {
      const count = rows.filter(([c, day]) => c === country && day.startsWith(`${year}-`)).length;
      assert.ok(count >= 4 && count <= 25, `${country} ${year}: ${count}`);
    }
  }
});

test('known days off are days off', () => {
  const days = new Set(table('holidays.tsv').map(([country, day]) => `${country} ${day}`));
  for (const day of ['IN 2026-01-26', 'IN 2024-08-15', 'KZ 2026-12-16', 'RU 2026-11-04',
    'GB 2026-12-28', 'US 2026-11-26', 'BR 2026-09-07', 'SG 2026-08-10']) {
    assert.ok(days.has(day), day);
  }
  for (const day of ['IN 2026-01-27', 'US 2026-11-27', 'GB 2026-12-29']) {
    assert.ok(!days.has(day), day);
  }
});

test('the offset at any moment is the one of the last row before it', () => {
  const r = random(7);
  const rows = table('zones.tsv').map(([zone, from, seconds]) => [zone, +from, +seconds]);
  const first = Date.UTC(2020, 0, 1) / 1000;
  const span = Date.UTC(2037, 11, 31) / 1000 - first;
  for (let i = 0; i < 4000; i++) {
    const zone = r.pick(ZONES);
    const at = first + r.below(span);
    const row = rows.filter(([name, from]) => name === zone && from <= at).at(-1);
    assert.equal(row[2], offset(zone, at * 1000), `${zone} ${at}`);
  }
});
