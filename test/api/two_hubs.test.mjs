// Two hubs on one database are one hub: what one commits the other shows,
// wakes for and delivers; what one leaves the other takes over.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { about, freshExample, hold, inbox, nodal, respond, submit, targets } from '../support/cases.mjs';
import { World, until } from '../support/hub.mjs';
import { Webhooks } from '../support/webhooks.mjs';

const world = new World();
let a, b, webhooks;

before(async () => {
  world.prepare(['late.officer']);
  webhooks = await Webhooks.start(world);
  a = await world.hub({ name: 'a', desks: 2 });
  b = await world.hub({ name: 'b' });
  await world.register(a, (slug) => (slug === 'deccan_bank' ? webhooks.url(slug) : undefined));
});
after(async () => {
  webhooks.stop();
  await world.remove();
});

const officer = () => world.person('kl_kochi_cyber.officer');
const look = async (hub, target) => (await officer().get(hub, `/v1/targets/${target.id}`)).body;

describe('what is committed on one', () => {
  test('is read and answered on the other', async () => {
    const { body: receipt } = await submit(world, a, 'e');
    const [target] = targets(receipt);
    assert.equal((await officer().get(b, `/v1/cases/${receipt.id}`)).status, 200);
    await respond(world, b, target, hold(target.amount_requested));
    assert.equal((await look(a, target)).status, 'held_full');
  });

  test('ends a wait on the other', async () => {
    const { body: receipt } = await submit(world, a, 'a');
    const [target] = targets(receipt);
    const path = `/v1/cases/${receipt.id}`;
    const { headers } = await officer().get(a, path);
    const waits = officer().get(a, path, { headers: { 'if-none-match': headers.etag, prefer: 'wait=30' } });
    await respond(world, b, target, { code: 'RECEIPT' });
    const answer = await waits;
    assert.equal(answer.status, 200);
    assert.notEqual(answer.headers.etag, headers.etag);
    assert.ok(answer.milliseconds < 4000, `after ${answer.milliseconds} ms`);
  });

  test('ends a wait for the inbox on the other', async () => {
    const bank = world.person('malabar_bank.nodal');
    await bank.post(a, '/v1/inbox/checkpoint', { ids: (await inbox(a, bank)).map(({ id }) => id) }, { key: null });
    const waits = bank.get(b, '/v1/inbox', { headers: { prefer: 'wait=30' } });
    const { body: receipt } = await submit(world, a, 'a');
    const answer = await waits;
    assert.ok(answer.body.items.some((entry) => entry.body.includes(receipt.ref)));
    assert.ok(answer.milliseconds < 4000, `after ${answer.milliseconds} ms`);
  });

  test('of the registry is known to the other within a second', async () => {
    const made = await world.person('admin-1').post(a, '/v1/principals', { institution: 'kl_kochi_cyber',
      role: 'officer', name: 'Late Comer', certificate: world.pem('late.officer') });
    await world.confirm(a, 'principals', made.body.id);
    await until(async () => (await world.person('late.officer').get(b, '/v1/me')).status === 200,
      { milliseconds: 2500 });
    const revoked = await world.person('admin-1').post(a, '/v1/certificates/revocations',
      { spki_sha256: made.body.spki_sha256, reason: 'laptop lost' });
    assert.equal(revoked.status, 200);
    // An act is judged by the row itself, whatever the view still says.
    assert.equal((await world.person('late.officer').post(b, '/v1/cases', freshExample('e'))).status, 403);
    await until(async () => (await world.person('late.officer').get(b, '/v1/me')).status === 403,
      { milliseconds: 2500 });
  });
});

describe('both at once', () => {
  test('the same thing targeted twice is live once', async () => {
    for (let i = 0; i < 5; i++) {
      const body = freshExample('e');
      const made = await Promise.all([a, b].map((hub) => submit(world, hub, 'e', { body })));
      assert.deepEqual(made.map((one) => targets(one.body)[0].status).sort(), ['queued', 'superseded']);
    }
  });

  test('answers to the targets of one case do not lock each other out', async () => {
    const { body: receipt } = await submit(world, a, 'a');
    const answers = await Promise.all(targets(receipt).map((target, i) =>
      nodal(world, target).post(i % 2 ? a : b, `/v1/targets/${target.id}/responses`, { code: 'RECEIPT' })));
    for (const { status, text } of answers) assert.equal(status, 201, text);
  });

  test('eighty cases are eighty cases, with leaves without a gap', async () => {
    const before_ = await world.database.counts();
    const made = await Promise.all(Array.from({ length: 80 }, (_, i) => submit(world, i % 2 ? a : b, 'e')));
    assert.equal(new Set(made.map(({ body }) => body.ref)).size, 80);
    const after_ = await world.database.counts();
    assert.equal(after_.case_file, before_.case_file + 80);
    await until(async () => await world.database.value(
      'SELECT (SELECT count(*) FROM event) = (SELECT max(leaf_index) + 1 FROM event_leaf)') === true);
  });
});

describe('the leaseholder', () => {
  const holds = async (hub) => (await hub.metric('freezeline_shards')) > 0;
  const taken = (target) => until(() =>
    webhooks.deliveries.filter(({ message }) => message.targets?.some(({ id }) => id === target.id)).length > 0 ||
    undefined, { milliseconds: 30_000, what: 'the delivery' });

  test('is one of the two', async () => {
    await until(async () => await holds(a) !== await holds(b));
    const sequencers = await Promise.all([a, b].map((hub) => hub.metric('freezeline_sequencer_is_owner')));
    assert.equal(sequencers[0] + sequencers[1], 1);
  });

  test('delivers what the other took', async () => {
    for (const hub of [a, b]) {
      const { body } = await submit(world, hub, 'e');
      await taken(targets(body)[0]);
    }
  });

  test('is followed by the other when it is killed, and its messages go on', async () => {
    const [old, other] = await holds(a) ? [a, b] : [b, a];
    const sent = [];
    for (let i = 0; i < 5; i++) sent.push(targets((await submit(world, old, 'e')).body)[0]);
    await old.kill();
    const { body } = await submit(world, other, 'e');
    const [target] = targets(body);
    await taken(target);
    for (const one of sent) await taken(one);
    await until(() => holds(other));
    for (const one of [...sent, target])
      await until(async () => (await look(other, one)).status === 'delivered');
    const ids = new Map();
    for (const { id, message } of webhooks.deliveries)
      for (const { id: one, generation } of message.type === 'freeze.requested' ? message.targets : [])
        ids.set(`${one} ${generation}`, new Set([...(ids.get(`${one} ${generation}`) ?? []), id]));
    for (const [one, different] of ids) assert.equal(different.size, 1, one);
    await until(async () => await world.database.value(
      'SELECT (SELECT count(*) FROM event) = (SELECT max(leaf_index) + 1 FROM event_leaf)') === true);
    await old.start();
    assert.ok((await about(old, officer(), target)).length >= 0);
    assert.equal((await look(old, target)).status, 'delivered');
  });
});
