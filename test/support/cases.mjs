// The six examples as calls: moved to the present, made fresh, submitted and
// answered.
import { randomUUID } from 'node:crypto';
import { read } from './hub.mjs';

const FILES = {
  a: 'a_card_not_present', b: 'b_upi_push', c: 'c_bec_payment_diversion',
  d: 'd_fake_seller', e: 'e_atm_skimming', f: 'f_wrong_account',
};

export const LETTERS = Object.keys(FILES);

export const EXPECTED = Object.fromEntries(
  read('docs/examples/expected.json').cases.map((one) => [one.case, one]));

const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d/;

/** All times moved by one span, so that the report is a minute old. */
export function moved(body, now = Date.now()) {
  const span = now - 60_000 - Date.parse(body.reported_at);
  return map(body, (value) =>
    (TIME.test(value) ? new Date(Date.parse(value) + span).toISOString() : value));
}

/** The body with every string sent through `change`. */
function map(value, change) {
  if (typeof value === 'string') return change(value);
  if (Array.isArray(value)) return value.map((item) => map(item, change));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, map(item, change)]));
}

/** An example of docs/examples at present. */
export const example = (letter) => moved(read(`docs/examples/${FILES[letter]}.json`));

let serial = 0;

const mod97 = (text) => [...text].reduce((rest, c) =>
  Number(`${rest}${parseInt(c, 36)}`) % 97, 0);

function freshIban(iban, n) {
  const rest = iban.slice(4, -8) + String(n).padStart(8, '0');
  const check = 98 - mod97(`${rest}${iban.slice(0, 2)}00`);
  return iban.slice(0, 2) + String(check).padStart(2, '0') + rest;
}

const tail = (digits) => (value, n) => value.slice(0, -digits) + String(n).padStart(digits, '0');

// A number more of each type, as valid as the first.
const FRESH = {
  rrn: tail(8), in_account: tail(7), merchant_id: tail(7), msisdn: tail(6), utr: tail(6),
  wallet_id: (value, n) => `${value.slice(0, 3)}${n.toString(36)}x`,
  listing_url: (value, n) => `${value}-${n}`,
  upi_vpa: (value, n) => value.replace('@', `.${n}@`),
  uetr: () => randomUUID(),
  iban: freshIban,
};

/** The same complaint about other payments and accounts: nothing in it is
 * targeted by another one. */
export function fresh(body) {
  const n = ++serial;
  const visit = (value) => {
    if (Array.isArray(value)) return value.map(visit);
    if (value === null || typeof value !== 'object') return value;
    const copy = Object.fromEntries(Object.entries(value).map(([key, item]) => [key, visit(item)]));
    if (FRESH[value.type] !== undefined && typeof value.value === 'string')
      copy.value = FRESH[value.type](value.value, n);
    return copy;
  };
  return visit(body);
}

export const freshExample = (letter) => fresh(example(letter));

/** Submit an example (or `body` in its place); the answer, which must be 201. */
export async function submit(world, hub, letter, { body, by, ...options } = {}) {
  const person = world.person(by ?? EXPECTED[letter].submitted_by);
  const answer = await person.post(hub, '/v1/cases', body ?? freshExample(letter), options);
  if (answer.status !== 201) throw new Error(`case ${letter}: ${answer.status} ${answer.text}`);
  return answer;
}

/** All targets of a receipt or a case. */
export const targets = (body) => body.requests.flatMap((request) => request.targets);

export const targetAt = (body, slug) => targets(body).find((one) => one.institution.slug === slug);

/** All that waits in somebody's inbox: the messages, oldest first. */
export async function inbox(hub, who) {
  const entries = [];
  let query = '?limit=200';
  while (query !== undefined) {
    const { status, body } = await who.get(hub, `/v1/inbox${query}`);
    if (status !== 200) throw new Error(`inbox of ${who.name}: ${status}`);
    entries.push(...body.items);
    query = body.next_cursor && `?limit=200&cursor=${encodeURIComponent(body.next_cursor)}`;
  }
  return entries;
}

/** Those of them that name a target, opened. */
export const about = async (hub, who, target) =>
  (await inbox(hub, who)).filter(({ body }) => body.includes(target.id)).map(({ body }) => JSON.parse(body));

/** Who answers for a target. */
export const nodal = (world, target, role = 'nodal') =>
  world.person(`${target.institution.slug}.${role}`);

// ---- money, with two decimals

export const minor = ({ amount }) => BigInt(amount.replace('.', ''));

export function money(minorUnits, currency) {
  const text = String(minorUnits).padStart(3, '0');
  return { amount: `${text.slice(0, -2)}.${text.slice(-2)}`, currency };
}

export const part = (whole, percent) =>
  money((minor(whole) * BigInt(percent)) / 100n, whole.currency);

export const less = (whole, ...parts) =>
  money(parts.reduce((rest, one) => rest - minor(one), minor(whole)), whole.currency);

// ---- answers

export const later = (hours) => new Date(Date.now() + hours * 3_600_000).toISOString();

/** What holds `amount` of a target. */
export const hold = (amount, code = 'HLD_FULL') => ({
  code, amount_held: amount, balance: amount, hold_ref: `H-${++serial}`,
  held_at: later(0), expires_at: later(48),
});

/** Answer a target; the answer, which must be 201. */
export async function respond(world, hub, target, body, { by, role, ...options } = {}) {
  const person = by ?? nodal(world, target, role);
  const answer = await person.post(hub, `/v1/targets/${target.id}/responses`, body, options);
  if (answer.status !== 201) throw new Error(`${body.code}: ${answer.status} ${answer.text}`);
  return answer;
}
