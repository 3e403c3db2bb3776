// What the adapter "json" writes: most receivers verify a body that they have
// serialised again, so JSON.stringify(JSON.parse(body)) must be the body.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { test } from 'node:test';
import { api, errors } from './schemas.mjs';

const bodies = execFileSync(process.env.ENVELOPE_PROGRAM, { encoding: 'buffer', maxBuffer: 1 << 26 })
  .toString('utf8').split('\n').filter(Boolean);

const schemaOf = (type) =>
  api.webhooks[type].post.requestBody.content['application/json'].schema.$ref.split('/').pop();

test('every type was written with every text', () => {
  assert.equal(bodies.length, (16 + 4 + 3 + 2 + 1 + 1 + 1 + 4) * (13 + 31));
  const types = new Set(bodies.map((body) => JSON.parse(body).type));
  assert.deepEqual([...types].sort(), Object.keys(api.webhooks).sort());
});

test('JavaScript writes every body back byte for byte', () => {
  for (const body of bodies) assert.equal(JSON.stringify(JSON.parse(body)), body);
});

test('no body has more than 20 KB', () => {
  for (const body of bodies) assert.ok(Buffer.byteLength(body) <= 20 * 1024);
});

test('every body is what docs/openapi.json says', () => {
  for (const body of bodies) {
    const envelope = JSON.parse(body);
    // An empty holder or reference is left out, so nothing empty is there.
    assert.deepEqual(errors(schemaOf(envelope.type), envelope), [], body);
  }
});

test('texts arrive as they were', () => {
  const holders = new Set(bodies.map((body) => JSON.parse(body).targets?.[0]?.holder));
  for (const text of ['"quoted" \\ back / slash', 'Айгуль', 'മീര കൊച്ചി', '\u2028 line and \u2029 paragraph',
    '__proto__', 'a\u001fb', 'a\nb']) {
    assert.ok(holders.has(text), JSON.stringify(text));
  }
});

test('bytes that are no UTF-8 become U+FFFD', () => {
  assert.ok(bodies.some((body) => body.includes('\ufffd not UTF-8')));
});
