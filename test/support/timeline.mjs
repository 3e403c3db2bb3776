// A verifier of saved timelines that shares no code with `freezeline verify`:
// leaf bytes, commitments, order (docs: trust, "Evidence").
import { createHmac } from 'node:crypto';

// RFC 8785: members sorted by UTF-16 code units; the strings and numbers of
// JSON.stringify are those of the RFC.
const canonical = (value) => {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  return `{${Object.keys(value).sort().map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`).join(',')}}`;
};

const commitment = ({ salt, field, value }) =>
  createHmac('sha256', Buffer.from(salt, 'hex'))
    .update(Buffer.concat([Buffer.from(field), Buffer.of(0), Buffer.from(canonical(value))])).digest('hex');

// Kept with microseconds, shown with milliseconds.
const TIME = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3})\d{3}Z$/;
const KEYS = ['actor', 'case', 'commitments', 'event_id', 'happened_at', 'recorded_at', 'type', 'v'];

function check(event, say) {
  const leaf = JSON.parse(event.leaf);
  const shown = { actor: event.actor, case: event.case_id, event_id: event.event_id, type: event.type, v: 1 };
  if (canonical(leaf) !== event.leaf) say('the leaf is not in its form');
  if (Object.keys(leaf).join() !== KEYS.join()) say('the leaf has other members');
  for (const [key, value] of Object.entries(shown))
    if (leaf[key] !== value) say(`${key} is shown otherwise`);
  for (const key of ['happened_at', 'recorded_at'])
    if (`${TIME.exec(leaf[key])?.[1]}Z` !== event[key]) say(`${key} is shown otherwise`);
  for (const value of event.values) {
    if (!/^[0-9a-f]{64}$/.test(value.salt)) say('a salt of another form');
    if (commitment(value) !== leaf.commitments[value.field]) say(`${value.field} is not what was committed to`);
  }
  if (new Set(event.values.map(({ field }) => field)).size !== event.values.length) say('a field twice');
}

/** What is wrong with a timeline, in sentences.  Values may be missing (they
 * are erased, or not for everybody); the leaf stays. */
export function complaints({ items }) {
  const found = [];
  items.forEach((event, i) => {
    const say = (what) => found.push(`leaf ${event.leaf_index}: ${what}`);
    check(event, say);
    if (i > 0 && event.leaf_index <= items[i - 1].leaf_index) say('out of order');
  });
  const unique = (list, what) => {
    if (new Set(list).size !== list.length) found.push(`${what} twice`);
  };
  unique(items.flatMap(({ values }) => values.map(({ salt }) => salt)), 'a salt');
  unique(items.map(({ event_id }) => event_id), 'an event');
  return found;
}
