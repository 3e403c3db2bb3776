// Makes leaf.json: event leaves, commitments and leaf hashes, computed here
// with node:crypto and code of its own, for the C tests to agree with.
//   node test/vectors/make_leaf.mjs > test/vectors/leaf.json
//   node test/vectors/make_leaf.mjs --check    exits 1 where the file differs
import { createHash, createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';

// RFC 8785: members sorted by UTF-16 code units; the strings and numbers of
// JSON.stringify are those of the RFC.
function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  const members = Object.keys(value).sort()
    .map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`);
  return `{${members.join(',')}}`;
}

const sha256 = (...parts) =>
  parts.reduce((hash, part) => hash.update(part), createHash('sha256'))
    .digest('hex');

// Salts that anybody can make again: no secret lies in a vector.
const saltOf = (eventId, field) => sha256(`salt ${eventId} ${field}`);

const commit = (salt, field, text) =>
  createHmac('sha256', Buffer.from(salt, 'hex'))
    .update(field, 'utf8').update(Buffer.of(0)).update(text, 'utf8')
    .digest('hex');

const events = [
  {
    event_id: '1', case: 'case_01jb0000000000000000000001',
    type: 'case_submitted', actor: 'prn_01jb0000000000000000000002',
    happened_at: '2026-11-24T12:19:26.000000Z',
    recorded_at: '2026-11-24T12:19:26.123456Z',
    fields: {
      complainant: { name: 'A. Complainant', phone: '+919800000000' },
      amount: { currency: 'INR', amount: '49999.00' },
      reference: 'IN-KL-2026-000123-C',
    },
  },
  {
    event_id: '9223372036854775807', case: null, type: 'principal_enrolled',
    actor: 'prn_01jb0000000000000000000002',
    happened_at: '1970-01-01T00:00:00.000000Z',
    recorded_at: '9999-12-31T23:59:59.999999Z',
    fields: {},
  },
  {
    event_id: '42', case: 'case_01jb0000000000000000000003',
    type: 'response_recorded', actor: 'prn_01jb0000000000000000000004',
    happened_at: '2026-11-24T17:49:26.100000Z',
    recorded_at: '2026-11-24T17:49:26.900001Z',
    fields: {
      // Escapes, other scripts, a pair of surrogates, sorting by code units.
      note: 'quote " backslash \\ tab \t bell \u0007 slash / é മലയാളം 💸',
      order: { '\u20ac': 1, '\r': 2, '\ufb33': 3, 1: 4, '\ud83d\ude00': 5,
        '\u0080': 6, 'ö': 7 },
      numbers: [0, -0, 1e21, 1e-7, 333333333.3333333, 4.5, -1],
      nothing: null,
      truth: true,
      empty: '',
      list: [],
    },
  },
];

function vector({ fields, ...event }) {
  const inputs = Object.entries(fields).map(([field, value]) => {
    const salt = saltOf(event.event_id, field);
    const text = canonical(value);
    return { field, salt, value: text, commitment: commit(salt, field, text) };
  });
  const commitments = Object.fromEntries(
    inputs.map(({ field, commitment }) => [field, commitment]));
  const leaf = canonical({ v: 1, ...event, commitments });
  return { event, inputs, leaf,
    leaf_hash: sha256(Buffer.of(0), Buffer.from(leaf, 'utf8')) };
}

const text = `${JSON.stringify(events.map(vector), null, 2)}\n`;
if (process.argv[2] === '--check') {
  const file = new URL('leaf.json', import.meta.url);
  process.exit(readFileSync(file, 'utf8') === text ? 0 : 1);
}
process.stdout.write(text);
