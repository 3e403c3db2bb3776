// The inbox of an institution without a webhook: waiting, signatures,
// checkpoints.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { submit, targetAt, targets } from '../support/cases.mjs';
import { World, until } from '../support/hub.mjs';
import { isV1, isV1a, publicKey } from '../support/signatures.mjs';

const world = new World();
let hub;

before(async () => {
  world.prepare();
  hub = await world.hub();
  await world.register(hub);
});
after(() => world.remove());

const bank = () => world.person('deccan_bank.nodal');
const officer = () => world.person('kl_kochi_cyber.officer');
const look = async (target) => (await officer().get(hub, `/v1/targets/${target.id}`)).body;
const items = async (who = bank()) => (await who.get(hub, '/v1/inbox?limit=200')).body.items;
const checkpoint = (ids, who = bank()) => who.post(hub, '/v1/inbox/checkpoint', { ids }, { key: null });

async function asked() {
  const { body } = await submit(world, hub, 'e');
  const [target] = targets(body);
  const entry = (await items()).find((one) => one.body.includes(target.id));
  return { target, entry };
}

describe('an entry', () => {
  test('is the envelope of a webhook, byte for byte what is signed', async () => {
    const { target, entry } = await asked();
    const message = JSON.parse(entry.body);
    assert.equal(JSON.stringify(message), entry.body);
    assert.equal(message.id, entry.id);
    assert.equal(message.type, 'freeze.requested');
    assert.equal(entry.type, message.type);
    assert.equal(entry.headers['webhook-id'], entry.id);
    assert.deepEqual(message.targets.map(({ id }) => id), [target.id]);
    assert.deepEqual(message.targets[0].identifier, (await look(target)).account);
    assert.deepEqual(message.targets[0].amount_requested, target.amount_requested);
    assert.equal(message.request.authority.officer.unit, 'kl_kochi_cyber');
    for (const word of ['Thomas', '919876500055', 'narrative', 'complainant'])
      assert.ok(!entry.body.includes(word), word);
    assert.ok(Buffer.byteLength(entry.body) <= 20 * 1024);
  });

  test('verifies both ways, and not when anything in it is changed', async () => {
    const { entry } = await asked();
    const { secret } = world.institutions.deccan_bank.endpoint;
    const { body: meta } = await bank().get(hub, '/v1/meta');
    const key = publicKey(meta.signing_key.public_key);
    assert.ok(isV1(secret, entry.headers, entry.body), 'v1');
    assert.ok(isV1a(key, entry.headers, entry.body), 'v1a');
    const changed = entry.body.replace('40000.00', '40000.01');
    const other = { ...entry.headers, 'webhook-timestamp': String(Number(entry.headers['webhook-timestamp']) + 1) };
    const renamed = { ...entry.headers, 'webhook-id': 'msg_01h455vb4pex5vsknk084sn02q' };
    for (const [headers, body] of [[entry.headers, changed], [other, entry.body], [renamed, entry.body]]) {
      assert.ok(!isV1(secret, headers, body));
      assert.ok(!isV1a(key, headers, body));
    }
    assert.ok(!isV1(world.institutions.malabar_bank.endpoint.secret, entry.headers, entry.body));
    assert.ok(Math.abs(Number(entry.headers['webhook-timestamp']) - Date.now() / 1000) < 60);
  });

  test('is the same at every reading but for its signature\'s time', async () => {
    const { entry } = await asked();
    const again = (await items()).find(({ id }) => id === entry.id);
    assert.equal(again.body, entry.body);
    assert.equal(again.created_at, entry.created_at);
  });

  test('comes to the machine of the institution as to its officer', async () => {
    const { entry } = await asked();
    const ids = (await items(world.person('deccan_bank.service'))).map(({ id }) => id);
    assert.ok(ids.includes(entry.id));
  });

  test('of several targets at one institution is cut by max_batch', async () => {
    const { body } = await submit(world, hub, 'a');
    for (const slug of ['nadi_gateway', 'kaveri_wallet', 'malabar_bank']) {
      const mine = await items(world.person(`${slug}.nodal`));
      const [message] = mine.map((entry) => JSON.parse(entry.body))
        .filter((one) => one.targets.some(({ id }) => id === targetAt(body, slug).id));
      assert.equal(message.targets.length, 1);
    }
  });
});

describe('waiting', () => {
  test('ends when a message comes', async () => {
    await checkpoint((await items()).map(({ id }) => id));
    const waits = bank().get(hub, '/v1/inbox', { headers: { prefer: 'wait=30' } });
    const told = submit(world, hub, 'e');
    const answer = await waits;
    const { body } = await told;
    assert.equal(answer.headers['preference-applied'], 'wait=30');
    assert.ok(answer.body.items.some((entry) => entry.body.includes(targets(body)[0].id)));
    assert.ok(answer.milliseconds < 5000);
  });

  test('ends empty when none comes', async () => {
    await checkpoint((await items()).map(({ id }) => id));
    const answer = await bank().get(hub, '/v1/inbox', { headers: { prefer: 'wait=1' } });
    assert.deepEqual(answer.body.items, []);
    assert.ok(answer.milliseconds >= 900);
  });

  test('is not woken by another institution\'s message', async () => {
    const waits = bank().get(hub, '/v1/inbox', { headers: { prefer: 'wait=1' } });
    await submit(world, hub, 'd');
    assert.deepEqual((await waits).body.items, []);
  });

  test('does not wait where something is there', async () => {
    await asked();
    const answer = await bank().get(hub, '/v1/inbox', { headers: { prefer: 'wait=30' } });
    assert.ok(answer.body.items.length > 0);
    assert.ok(answer.milliseconds < 3000);
  });
});

describe('a checkpoint', () => {
  test('moves the target to delivered and takes the message away; again it is harmless', async () => {
    const { target, entry } = await asked();
    assert.equal((await look(target)).status, 'queued');
    const done = await checkpoint([entry.id]);
    assert.equal(done.status, 200);
    assert.deepEqual(done.body, { delivered: 1 });
    const delivered = await look(target);
    assert.equal(delivered.status, 'delivered');
    assert.ok(Date.parse(delivered.delivered_at) >= Date.parse(delivered.queued_at));
    assert.equal(delivered.acknowledged_at, undefined, 'a delivery is no receipt');
    assert.ok(!(await items()).some(({ id }) => id === entry.id));
    for (let i = 0; i < 2; i++) assert.deepEqual((await checkpoint([entry.id])).body, { delivered: 0 });
    assert.deepEqual(await look(target), delivered);
  });

  test('of many at once, some twice and some unknown, takes each once', async () => {
    const made = [await asked(), await asked(), await asked()];
    const ids = made.map(({ entry }) => entry.id);
    const done = await checkpoint([...ids, ids[0], 'msg_01h455vb4pex5vsknk084sn02q']);
    assert.deepEqual(done.body, { delivered: 3 });
    for (const { target } of made) assert.equal((await look(target)).status, 'delivered');
  });

  test('twice at the same time takes each once', async () => {
    const { entry } = await asked();
    const both = await Promise.all([checkpoint([entry.id]),
      checkpoint([entry.id], world.person('deccan_bank.service'))]);
    assert.equal(both.reduce((sum, { body }) => sum + body.delivered, 0), 1);
  });

  test('after the answer is an event, not a move', async () => {
    const { target, entry } = await asked();
    const done = await bank().post(hub, `/v1/targets/${target.id}/responses`, { code: 'REJ_TOO_OLD' });
    assert.equal(done.status, 201);
    assert.deepEqual((await checkpoint([entry.id])).body, { delivered: 1 });
    const after_ = await look(target);
    assert.equal(after_.status, 'rejected_final');
    assert.ok(after_.delivered_at !== undefined);
    await until(async () => {
      const { body } = await officer().get(hub, `/v1/cases/${target.case_id ?? after_.case_id}/timeline?limit=200`);
      return body.items.some(({ type }) => type === 'target.delivery_recorded');
    });
  });

  for (const [name, body, pointer] of [
    ['without ids', {}, '/ids'],
    ['of another kind of id', { ids: ['tgt_01h455vb4pex5vsknk084sn02q'] }, '/ids/0'],
    ['of no id', { ids: ['msg_1'] }, '/ids/0'],
    ['of more than 200', { ids: Array(201).fill('msg_01h455vb4pex5vsknk084sn02q') }, '/ids'],
    ['with a typo', { id: [] }, '/id'],
  ])
    test(`${name} is refused`, async () => {
      const { status, body: problem } = await bank().post(hub, '/v1/inbox/checkpoint', body, { key: null });
      assert.equal(status, 422);
      assert.equal(problem.errors[0].pointer, pointer);
    });

  test('of nothing does nothing', async () => {
    assert.deepEqual((await checkpoint([])).body, { delivered: 0 });
  });
});
