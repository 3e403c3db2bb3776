// Retries: the same Idempotency-Key is the same effect and the same answer,
// after a kill, on another hub, and when both arrive at once.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import { freshExample, hold, nodal, submit, targets } from '../support/cases.mjs';
import { World } from '../support/hub.mjs';

const world = new World();
let hub, other;

before(async () => {
  world.prepare();
  hub = await world.hub({ name: 'a', desks: 2 });
  other = await world.hub({ name: 'b' });
  await world.register(hub);
});
after(() => world.remove());

const officer = () => world.person('kl_kochi_cyber.officer');

/** The answer of a replay must be that of the first call. */
function isReplay(first, again) {
  assert.equal(again.status, first.status);
  assert.equal(again.text, first.text);
  assert.equal(again.headers.location, first.headers.location);
  assert.equal(again.headers['content-type'], first.headers['content-type']);
  assert.equal(first.headers['idempotent-replayed'], undefined);
  assert.equal(again.headers['idempotent-replayed'], 'true');
}

/** Calls that change something, each with who makes it. */
async function calls() {
  const { body: receipt } = await submit(world, hub, 'e');
  const [target] = targets(receipt);
  const { body: rejected } = await submit(world, hub, 'e');
  const [wrong] = targets(rejected);
  await nodal(world, wrong).post(hub, `/v1/targets/${wrong.id}/responses`, { code: 'REJ_INCOMPLETE' });
  const { body: waiting } = await submit(world, hub, 'c');
  return [
    ['a case', officer(), '/v1/cases', freshExample('a')],
    ['a reminder', officer(), `/v1/targets/${target.id}/reminders`, { note: 'again' }],
    ['an answer', nodal(world, target), `/v1/targets/${target.id}/responses`, hold(target.amount_requested)],
    ['a correction', officer(), `/v1/targets/${wrong.id}/corrections`, { holder: 'A. N. Other' }],
    ['an approval', world.person('us_sanjose_pd.supervisor'), `/v1/requests/${waiting.requests[0].id}/approval`,
      { decision: 'approve' }],
    ['a withdrawal', officer(), `/v1/requests/${receipt.requests[0].id}/withdrawal`, { reason: 'settled' }],
    ['an institution', world.person('admin-1'), '/v1/institutions',
      { slug: `bank_${randomUUID().slice(0, 8)}`, name: 'One more', kind: 'bank', country: 'IN' }],
    ['an endpoint', world.person('admin-1'), '/v1/endpoints', { institution: 'deccan_bank', kind: 'inbox' }],
  ];
}

describe('the same key and body again', () => {
  let made;
  before(async () => {
    made = [];
    for (const [name, who, path, body] of await calls()) {
      const key = randomUUID();
      const first = await who.post(hub, path, body, { key });
      assert.ok([200, 201].includes(first.status), `${name}: ${first.text}`);
      made.push([name, who, path, body, key, first]);
    }
  });

  const everyCall = (at) => async () => {
    const before_ = await world.database.counts();
    for (const [, who, path, body, key, first] of made)
      isReplay(first, await who.post(at(), path, body, { key }));
    assert.deepEqual(await world.database.counts(), before_);
  };

  test('gives the same bytes, and does nothing', everyCall(() => hub));
  test('gives them on a second hub', everyCall(() => other));
  test('gives them after kill -9 and a new start', async () => {
    await hub.kill();
    await hub.start();
    await everyCall(() => hub)();
  });

  test('with another body is refused', async () => {
    for (const [name, who, path, body, key] of made) {
      const { status, body: problem } = await who.post(hub, path, { ...body, note: 'another' }, { key });
      assert.equal(status, 422, name);
      assert.ok(['idempotency_key_reused', 'unknown_member'].includes(problem.code), problem.code);
    }
    const [, who, path, body, key] = made[0];
    const other_ = await who.post(hub, path, { ...body, narrative: 'another story' }, { key });
    assert.equal(other_.body.code, 'idempotency_key_reused');
    // The same JSON in other bytes is another body.
    const spaced = await who.post(hub, path, JSON.stringify(body, null, 1), { key });
    assert.equal(spaced.body.code, 'idempotency_key_reused');
  });

  test('at another path is refused', async () => {
    const { body: receipt } = await submit(world, hub, 'a');
    const [one, two] = targets(receipt);
    const key = randomUUID();
    assert.equal((await officer().post(hub, `/v1/targets/${one.id}/reminders`, {}, { key })).status, 200);
    const { status, body } = await officer().post(hub, `/v1/targets/${two.id}/reminders`, {}, { key });
    assert.equal(status, 422);
    assert.equal(body.code, 'idempotency_key_reused');
  });

  test('of another person is another call', async () => {
    const key = randomUUID();
    const first = await officer().post(hub, '/v1/cases', freshExample('a'), { key });
    const second = await world.person('kl_kochi_cyber.supervisor').post(hub, '/v1/cases', freshExample('a'), { key });
    assert.equal(second.status, 201);
    assert.notEqual(second.body.id, first.body.id);
    assert.equal(second.headers['idempotent-replayed'], undefined);
  });

  test('after a refusal is a new call', async () => {
    const key = randomUUID();
    const body = freshExample('a');
    const wrong = structuredClone(body);
    wrong.requests[0].targets[0].institution = 'nobody';
    assert.equal((await officer().post(hub, '/v1/cases', wrong, { key })).status, 422);
    const right = await officer().post(hub, '/v1/cases', body, { key });
    assert.equal(right.status, 201);
    isReplay(right, await officer().post(hub, '/v1/cases', body, { key }));
  });

  test('after a dry run is a new call', async () => {
    const key = randomUUID();
    const body = freshExample('a');
    assert.equal((await officer().post(hub, '/v1/cases?dry_run=true', body, { key })).status, 200);
    const real = await officer().post(hub, '/v1/cases', body, { key });
    assert.equal(real.status, 201);
    assert.equal(real.headers['idempotent-replayed'], undefined);
  });

  test('is not told to whom was revoked meanwhile', async () => {
    const [, , path, body, key] = made[0];
    const { status } = await world.person('stranger').post(hub, path, body, { key });
    assert.equal(status, 403);
  });
});

describe('the same key at the same time', () => {
  for (const [name, hubs] of [['on one hub', () => [hub]], ['on two hubs', () => [hub, other]]])
    test(`${name} has one effect and one answer`, async () => {
      const key = randomUUID();
      const body = freshExample('a');
      const before_ = await world.database.counts();
      const answers = await Promise.all(Array.from({ length: 20 }, (_, i) =>
        officer().post(hubs()[i % hubs().length], '/v1/cases', body, { key })));
      for (const { status, text } of answers) {
        assert.equal(status, 201, text);
        assert.equal(text, answers[0].text);
      }
      assert.equal(answers.filter(({ headers }) => headers['idempotent-replayed'] === 'true').length, 19);
      const after_ = await world.database.counts();
      assert.equal(after_.case_file, before_.case_file + 1);
      assert.equal(after_.target, before_.target + 3);
      assert.equal(after_.message, before_.message + 3);
      assert.equal(after_.idempotency, before_.idempotency + 1);
    });

  test('with two bodies lets one through', async () => {
    for (const hubs of [[hub, hub], [hub, other]]) {
      const key = randomUUID();
      const answers = await Promise.all(hubs.map((each) =>
        officer().post(each, '/v1/cases', freshExample('a'), { key })));
      assert.deepEqual(answers.map(({ status }) => status).sort(), [201, 422]);
      assert.equal(answers.find(({ status }) => status === 422).body.code, 'idempotency_key_reused');
    }
  });

  test('an answer of the officer and of the machine: one is taken, one conflicts', async () => {
    const { body: receipt } = await submit(world, hub, 'e');
    const [target] = targets(receipt);
    const path = `/v1/targets/${target.id}/responses`;
    const answers = await Promise.all([
      nodal(world, target).post(hub, path, hold(target.amount_requested)),
      nodal(world, target, 'service').post(other, path, { code: 'REJ_TOO_OLD' }),
    ]);
    assert.deepEqual(answers.map(({ status }) => status).sort(), [201, 409]);
    assert.equal(await world.database.value(
      `SELECT count(*) FROM response r JOIN target t USING (target_id) WHERE t.row_version > 1
        AND r.received_at > now() - interval '1 minute' AND t.status IN ('held_full', 'rejected_final')
        AND t.case_id = (SELECT case_id FROM case_file WHERE ref = '${receipt.ref}')`), 1);
  });
});
