// Clocks of documents owed and of grievances in a whole hub: reminders, the
// end, who is told, and what passes by whoever lets it run out.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { about, freshExample, hold, nodal, respond, submit, targetAt, targets } from '../support/cases.mjs';
import { clockOf, reach } from '../support/clocks.mjs';
import { World, until } from '../support/hub.mjs';

const world = new World();
let hub;

before(async () => {
  world.prepare();
  hub = await world.hub();
  await world.register(hub);
});
after(() => world.remove());

const officer = () => world.person('kl_kochi_cyber.officer');
const auditor = () => world.person('payments_audit.auditor');
const ofType = (messages, type) => messages.filter((message) => message.type === type);
const events = async (receipt) => {
  const { body } = await officer().get(hub, `/v1/cases/${receipt.id}/timeline?limit=200`);
  return body.items.map(({ type }) => type);
};
const debtsOf = async (receipt, who = officer()) =>
  (await who.get(hub, `/v1/formalities?limit=200&case=${receipt.id}`)).body.items;

describe('a document owed', () => {
  let receipt, target, fir;

  before(async () => {
    ({ body: receipt } = await submit(world, hub, 'e', { body: freshExample('e') }));
    [target] = targets(receipt);
    fir = (await debtsOf(receipt)).find(({ type }) => type === 'FIR');
  });

  test('has its clock from the issue of the request', () => {
    assert.equal(clockOf(world, fir.id, 'formality'), 'running');
  });

  for (const [stage, percent] of [[0, 50], [1, 80]])
    test(`the unit is reminded at ${percent} %`, async () => {
      reach(world, fir.id, 'formality', stage);
      const told = await until(async () => {
        const all = ofType(await about(hub, officer(), target), 'formality.due');
        return all.find(({ deadline }) => deadline.percent === percent);
      }, { what: 'the reminder' });
      assert.equal(told.formality.id, fir.id);
      assert.equal(told.formality.type, 'FIR');
      assert.equal(told.formality.status, 'due');
      assert.equal(told.deadline.kind, 'formality');
      assert.equal(told.targets[0].identifier.value, undefined);
      assert.deepEqual(ofType(await about(hub, nodal(world, target), target), 'formality.updated'), []);
    });

  test('is overdue at its end: the file, the target and the institution know', async () => {
    const { headers } = await officer().get(hub, `/v1/targets/${target.id}`);
    reach(world, fir.id, 'formality', 2);
    const [told] = await until(async () => {
      const all = ofType(await about(hub, nodal(world, target), target), 'formality.updated');
      return all.length > 0 && all;
    }, { what: 'the institution\'s message' });
    assert.equal(told.formality.id, fir.id);
    assert.equal(told.formality.status, 'overdue');
    assert.equal(told.request.id, receipt.requests[0].id);
    assert.equal((await debtsOf(receipt)).find(({ id }) => id === fir.id).status, 'overdue');
    assert.equal(world.database.sql(`SELECT count(*) FROM formality WHERE status = 'overdue'`), '1');
    const seen = await officer().get(hub, `/v1/targets/${target.id}`);
    assert.notEqual(seen.headers.etag, headers.etag);
    assert.equal(seen.body.unperfected, true);
    const due = ofType(await about(hub, officer(), target), 'formality.due');
    assert.deepEqual(due.map(({ deadline }) => deadline.percent), [50, 80, 100]);
    await until(async () => {
      const types = await events(receipt);
      return types.includes('formality.time_over') && types.includes('deadline.breached');
    });
  });

  test('is told of once more a day later, and then no more', async () => {
    reach(world, fir.id, 'formality', 3);
    await until(() => clockOf(world, fir.id, 'formality') === 'passed', { what: 'the last reminder' });
    const due = ofType(await about(hub, officer(), target), 'formality.due');
    assert.equal(due.length, 4);
    assert.equal(due.at(-1).formality.status, 'overdue');
    assert.equal(ofType(await about(hub, nodal(world, target), target), 'formality.updated').length, 1);
  });

  test('of a withdrawn request has no clock any more', async () => {
    const { body: other } = await submit(world, hub, 'e', { body: freshExample('e') });
    const owed = await debtsOf(other);
    const { status } = await officer().post(hub, `/v1/requests/${other.requests[0].id}/withdrawal`, { reason: 'x' });
    assert.equal(status, 200);
    assert.ok(owed.length > 0);
    for (const { id } of owed) assert.equal(clockOf(world, id, 'formality'), 'ended');
  });

  test('names nobody and no account in what the auditor reads of it', async () => {
    const { text } = await auditor().get(hub, `/v1/cases/${receipt.id}/timeline?limit=200`);
    const { body } = await officer().get(hub, `/v1/targets/${target.id}`);
    assert.ok(!text.includes(body.account.value));
  });
});

describe('a grievance', () => {
  const bank = () => world.person('malabar_bank.nodal');
  const file = async () => {
    const { body: receipt } = await submit(world, hub, 'a');
    const target = targetAt(receipt, 'malabar_bank');
    await respond(world, hub, target, hold(target.amount_requested));
    const { status, body } = await bank().post(hub, `/v1/targets/${target.id}/grievances`, { text: 'my rent' });
    assert.equal(status, 201);
    return { receipt, target, grievance: body };
  };
  const read = async (target, who = officer()) =>
    (await who.get(hub, `/v1/targets/${target.id}`)).body.grievances[0];
  const decide = (grievance, decision, by) =>
    by.post(hub, `/v1/grievances/${grievance.id}/decisions`, { decision, reason: 'seen' });

  test('reminds the institution that has not supported it', async () => {
    const { target, grievance } = await file();
    reach(world, grievance.id, 'grievance_reply', 0);
    const told = await until(async () =>
      ofType(await about(hub, bank(), target), 'deadline.warning')[0], { what: 'the reminder' });
    assert.equal(told.deadline.kind, 'grievance_reply');
    assert.equal(told.deadline.percent, 50);
    assert.equal((await read(target)).status, 'filed');
    assert.deepEqual(ofType(await about(hub, officer(), target), 'deadline.warning'), []);
  });

  test('goes to the officer when the institution is silent, and above who is silent there', async () => {
    const { receipt, target, grievance } = await file();
    reach(world, grievance.id, 'grievance_reply', 2);
    await until(async () => (await read(target)).status === 'with_officer', { what: 'the officer' });
    assert.equal(clockOf(world, grievance.id, 'grievance_reply'), 'ended');
    assert.equal(ofType(await about(hub, bank(), target), 'deadline.breached')[0].deadline.kind, 'grievance_reply');
    const passedOn = ofType(await about(hub, officer(), target), 'grievance.filed');
    assert.deepEqual(passedOn.map((one) => one.grievance.status), ['filed', 'with_officer']);

    for (const status of ['escalated_1', 'escalated_2']) {
      reach(world, grievance.id, 'grievance_decision', 2);
      await until(async () => (await read(target)).status === status, { what: status });
      assert.equal(clockOf(world, grievance.id, 'grievance_decision'), 'running');
      const due = Date.parse((await read(target)).due_at) - Date.now();
      assert.ok(due > 14.9 * 86_400_000 && due < 15.1 * 86_400_000, String(due));
    }
    const alone = await decide(grievance, 'close', officer());
    assert.deepEqual([alone.status, alone.body.code], [403, 'supervisor_needed']);
    reach(world, grievance.id, 'grievance_decision', 2);
    reach(world, grievance.id, 'grievance_decision', 3);
    await until(() => clockOf(world, grievance.id, 'grievance_decision') === 'passed', { what: 'the last' });
    assert.equal((await read(target)).status, 'escalated_2');
    assert.equal((await decide(grievance, 'release', officer())).body.status, 'decided_release');
    await until(async () => (await events(receipt))
      .filter((type) => type === 'grievance.time_over').length === 3);
  });

  test('that is decided has no clock', async () => {
    const { target, grievance } = await file();
    await decide(grievance, 'take', officer());
    assert.equal(clockOf(world, grievance.id, 'grievance_reply'), 'ended');
    assert.equal(clockOf(world, grievance.id, 'grievance_decision'), 'running');
    await decide(grievance, 'release', officer());
    assert.equal(clockOf(world, grievance.id, 'grievance_decision'), 'ended');
    assert.equal((await read(target)).status, 'decided_release');
  });
});
