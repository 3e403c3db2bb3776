// Reading: what goes on record, long polls over two hubs, signatures made for
// a reading, limits, and the admin listener.
import assert from 'node:assert/strict';
import { createHmac, createPublicKey, verify } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import { submit as submitCase, targetAt } from '../support/cases.mjs';
import { World, until } from '../support/hub.mjs';

const world = new World();
let hub;
let other; // a second hub on the same database
const officer = () => world.person('kl_kochi_cyber.officer');
const nodal = () => world.person('malabar_bank.nodal');

async function submit(at = hub) {
  const made = await submitCase(world, at, 'a');
  assert.equal(made.status, 201, made.text);
  return made.body;
}

const readings = () => Number(world.database.sql(
  `SELECT count(*) FROM event e WHERE e.type = 'case.read'`));

before(async () => {
  world.prepare();
  hub = await world.hub({ name: 'a' });
  other = await world.hub({ name: 'b' });
  await world.register(hub);
  await until(async () => (await officer().get(other, '/v1/me')).status === 200);
});
after(() => world.remove());

describe('the record', () => {
  test('one reading is one event, however often and however many at once', async () => {
    const { id } = await submit();
    const before = readings();
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => officer().get(hub, `/v1/cases/${id}`)));
    assert.ok(answers.every(({ status }) => status === 200));
    await officer().get(hub, `/v1/cases/${id}`);
    assert.equal(readings(), before + 1);
    await officer().get(hub, `/v1/cases/${id}/timeline`);
    assert.equal(readings(), before + 2);
  });

  test('who sees nothing leaves no record', async () => {
    const { id } = await submit();
    const before = readings();
    const refused = await world.person('deccan_bank.nodal').get(hub, `/v1/cases/${id}`);
    assert.equal(refused.status, 404);
    assert.equal(readings(), before);
  });
});

describe('a long poll', () => {
  test('ends by a commit of another hub', async () => {
    const receipt = await submit();
    const seen = await officer().get(hub, `/v1/cases/${receipt.id}`);
    const target = targetAt(receipt, 'malabar_bank');
    const began = Date.now();
    const waits = officer().get(hub, `/v1/cases/${receipt.id}`,
      { headers: { 'if-none-match': seen.headers.etag, prefer: 'wait=20' } });
    const alone = officer().get(hub, `/v1/targets/${target.id}`,
      { headers: { 'if-none-match': `"${(await officer().get(other, `/v1/targets/${target.id}`)).body.row_version}"`,
        prefer: 'wait=20' } });
    const said = await nodal().post(other, `/v1/targets/${target.id}/responses`, { code: 'RECEIPT' });
    assert.equal(said.status, 201, said.text);
    for (const answer of await Promise.all([waits, alone])) {
      assert.equal(answer.status, 200);
      assert.equal(answer.headers['preference-applied'], 'wait=20');
    }
    assert.ok(Date.now() - began < 5000);
  });

  test('of an inbox ends by a message that another hub queued', async () => {
    const all = await nodal().get(hub, '/v1/inbox?limit=200');
    const ids = all.body.items.map(({ id }) => id);
    assert.ok(ids.length > 0);
    const taken = await nodal().post(hub, '/v1/inbox/checkpoint', { ids }, { key: null });
    assert.equal(taken.status, 200, taken.text);
    const began = Date.now();
    const waits = nodal().get(hub, '/v1/inbox', { headers: { prefer: 'wait=20' } });
    await submit(other);
    const answer = await waits;
    assert.equal(answer.body.items.length, 1);
    assert.ok(Date.now() - began < 5000);
  });

  test('of an empty inbox ends when its time is over', async () => {
    const began = Date.now();
    const answer = await world.person('steppe_mobile.nodal').get(hub, '/v1/inbox', { headers: { prefer: 'wait=1' } });
    assert.equal(answer.status, 200);
    assert.deepEqual(answer.body.items, []);
    assert.ok(Date.now() - began >= 950);
    assert.ok(Date.now() - began < 4000);
  });

  test('is answered when its hub stops', async () => {
    const third = await world.hub({ name: 'c' });
    const waits = world.person('steppe_mobile.nodal').get(third, '/v1/inbox', { headers: { prefer: 'wait=60' } });
    await until(async () => /^freezeline_reader_parked 1$/m.test((await third.admin('/metrics')).text));
    const began = Date.now();
    const [answer] = await Promise.all([waits, third.stop()]);
    assert.ok(Date.now() - began < 4000);
    assert.equal(answer.status, 200);
  });
});

describe('the inbox', () => {
  test('is signed for this reading, with the key that meta tells and the endpoint\'s secret', async () => {
    await submit();
    const [{ headers, body }] = (await nodal().get(hub, '/v1/inbox?limit=1')).body.items;
    const signed = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`;
    assert.ok(Math.abs(Date.now() / 1000 - Number(headers['webhook-timestamp'])) < 60);
    const signatures = headers['webhook-signature'].split(' ').map((one) => one.split(','));
    const raw = Buffer.from((await nodal().get(hub, '/v1/meta')).body.signing_key.public_key.slice(5), 'base64');
    const key = createPublicKey({ format: 'jwk',
      key: { kty: 'OKP', crv: 'Ed25519', x: raw.toString('base64url') } });
    const v1a = signatures.find(([version]) => version === 'v1a')[1];
    assert.ok(verify(null, Buffer.from(signed), key, Buffer.from(v1a, 'base64')));
    const secret = Buffer.from(world.institutions.malabar_bank.endpoint.secret.slice(6), 'base64');
    const v1 = signatures.find(([version]) => version === 'v1')[1];
    assert.equal(v1, createHmac('sha256', secret).update(signed).digest('base64'));
    assert.equal(JSON.stringify(JSON.parse(body)), body);
  });
});

describe('limits', () => {
  test('more than a person may ask in a second is 429, and others are not touched', async () => {
    const slow = await world.hub({ name: 'd', requests_per_second: 5 });
    const answers = await Promise.all(Array.from({ length: 30 }, () => officer().get(slow, '/v1/me')));
    const refused = answers.filter(({ status }) => status === 429);
    assert.ok(refused.length >= 10, `${refused.length} refused`);
    assert.equal(refused[0].headers['retry-after'], '1');
    assert.equal(refused[0].body.code, 'too_many_requests');
    assert.equal(refused[0].headers['ratelimit-policy'], '"principal";q=5;w=1');
    assert.equal((await nodal().get(slow, '/v1/me')).status, 200);
    await slow.stop();
  });
});

describe('the admin listener', () => {
  test('is alive and ready', async () => {
    assert.equal((await hub.admin('/healthz')).status, 200);
    const ready = await hub.admin('/readyz');
    assert.equal(ready.status, 200, ready.text);
    assert.equal(JSON.parse(ready.text).ready, true);
    assert.equal((await hub.admin('/v1/me')).status, 404);
  });

  test('counts without naming anybody', async () => {
    const { text } = await hub.admin('/metrics');
    assert.match(text, /^freezeline_http_requests_total\{route="POST \/v1\/cases",status="2xx"\} \d+$/m);
    assert.doesNotMatch(text, /(case|tgt|prn)_[0-9a-z]{26}/);
    for (const line of text.trim().split('\n'))
      assert.match(line, /^(# (HELP|TYPE) \S+ .+|[a-z_]+(\{.*\})? [-+0-9.eE]+)$/);
  });
});
