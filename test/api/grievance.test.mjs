// Objections to holds: filed by the institution, decided by the police, two of
// them where the hold goes on.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { hold, respond, submit, targetAt } from '../support/cases.mjs';
import { World, until } from '../support/hub.mjs';

const world = new World();
let hub;

const person = (name) => world.person(name);
const officer = () => person('kl_kochi_cyber.officer');
const supervisor = () => person('kl_kochi_cyber.supervisor');
const bank = () => person('malabar_bank.nodal');
const DAY = 24 * 3_600_000;

before(async () => {
  world.prepare();
  hub = await world.hub();
  await world.register(hub);
});
after(() => world.remove());

async function held() {
  const { body } = await submit(world, hub, 'a');
  const target = targetAt(body, 'malabar_bank');
  await respond(world, hub, target, hold(target.amount_requested));
  return { ...target, case: body };
}

const file = (target, by = bank(), text = 'this is my rent') =>
  by.post(hub, `/v1/targets/${target.id}/grievances`, { text });
const decide = (grievance, decision, by, reason = 'looked into it') =>
  by.post(hub, `/v1/grievances/${grievance.id}/decisions`,
    { decision, ...(['endorse', 'take'].includes(decision) ? {} : { reason }) });
const read = async (target, by = officer()) => (await by.get(hub, `/v1/targets/${target.id}`)).body;
const messages = async (by, type, target) => {
  const { body } = await by.get(hub, '/v1/inbox?limit=200');
  return body.items.map((item) => JSON.parse(item.body))
    .filter((one) => one.type === type && one.targets.some(({ id }) => id === target.id));
};

async function filed(words) {
  const target = await held();
  const { status, body, text } = await file(target, bank(), words);
  assert.equal(status, 201, text);
  return { target, grievance: body };
}

describe('a grievance', () => {
  test('reaches the unit and makes the target disputed, with its clock', async () => {
    const { target, grievance } = await filed();
    assert.equal(grievance.status, 'filed');
    assert.equal(Date.parse(grievance.due_at) - Date.parse(grievance.filed_at), 7 * DAY);
    const [told] = await messages(officer(), 'grievance.filed', target);
    assert.equal(told.grievance.id, grievance.id);
    assert.equal(told.grievance.text, 'this is my rent');
    const before = (await officer().get(hub, `/v1/targets/${target.id}`)).headers.etag;
    await decide(grievance, 'endorse', bank());
    const after = await officer().get(hub, `/v1/targets/${target.id}`, { headers: { 'if-none-match': before } });
    assert.deepEqual([after.status, after.body.grievances[0].status], [200, 'bank_endorsed']);
    const seen = await read(target);
    assert.equal(seen.disputed, true);
    assert.deepEqual(seen.grievances.map(({ id, text }) => [id, text]), [[grievance.id, 'this is my rent']]);
    const { body } = await officer().get(hub, `/v1/cases/${target.case.id}`);
    assert.equal(targetAt(body, 'malabar_bank').disputed, true);
    assert.equal((await read(target, person('payments_audit.auditor'))).grievances[0].text, undefined);
  });

  test('goes from the bank to the officer, who releases', async () => {
    const { target, grievance } = await filed();
    const endorsed = await decide(grievance, 'endorse', bank());
    assert.equal(endorsed.body.status, 'bank_endorsed', endorsed.text);
    assert.equal((await messages(officer(), 'grievance.filed', target)).length, 2);
    assert.equal((await decide(grievance, 'take', officer())).body.status, 'with_officer');
    const { body } = await decide(grievance, 'release', officer(), 'the rent is proven');
    assert.equal(body.status, 'decided_release');
    assert.equal(body.target.status, 'release_pending');
    assert.equal(body.due_at, undefined);
    const [ordered] = await messages(bank(), 'release.ordered', target);
    assert.equal(ordered.release.reason, 'the rent is proven');
    await respond(world, hub, target, { code: 'RELEASED' });
    assert.equal((await read(target)).disputed, false);
  });

  test('is declined by two people, and escalated', async () => {
    const { target, grievance } = await filed();
    await decide(grievance, 'take', officer());
    const first = await decide(grievance, 'continue', officer());
    assert.deepEqual([first.body.status, first.body.waits_for_second], ['with_officer', true]);
    const again = await decide(grievance, 'continue', officer());
    assert.deepEqual([again.status, again.body.code], [403, 'own_decision']);
    const second = await decide(grievance, 'continue', supervisor());
    assert.deepEqual([second.body.status, second.body.waits_for_second], ['decided_continue', false]);
    assert.equal((await read(target)).disputed, false);
    assert.equal((await file(target)).body.code, 'grievance_open');
    assert.equal((await decide(grievance, 'escalate', bank())).body.status, 'escalated_1');
    assert.equal((await read(target)).disputed, true);
    assert.equal((await decide(grievance, 'close', officer())).body.code, 'supervisor_needed');
    assert.equal((await decide(grievance, 'release', officer())).body.target.status, 'release_pending');
    const late = await decide(grievance, 'close', officer());
    assert.equal(late.body.status, 'closed', late.text);
  });

  test('cannot decline a release that is ordered', async () => {
    const { target, grievance } = await filed();
    await decide(grievance, 'take', officer());
    await officer().post(hub, `/v1/targets/${target.id}/releases`, { reason: 'x' });
    const { status, body } = await decide(grievance, 'continue', supervisor());
    assert.deepEqual([status, body.code], [409, 'release_ordered_already']);
    assert.equal((await decide(grievance, 'release', officer())).body.status, 'decided_release');
    assert.equal((await messages(bank(), 'release.ordered', target)).length, 1);
  });

  test('is filed once, also by two at the same time', async () => {
    const target = await held();
    const both = await Promise.all([file(target), file(target, officer())]);
    assert.deepEqual(both.map(({ status }) => status).sort(), [201, 409]);
    assert.equal((await read(target)).grievances.length, 1);
  });

  test('is the institution\'s and the unit\'s, of what is held', async () => {
    const { target, grievance } = await filed();
    for (const [name, status] of [['deccan_bank.nodal', 404], ['us_sanjose_pd.officer', 404],
      ['malabar_bank.service', 403], ['payments_audit.auditor', 403], ['admin-1', 403]]) {
      assert.equal((await file(target, person(name))).status, status, name);
      assert.equal((await decide(grievance, 'take', person(name))).status, status, name);
    }
    assert.equal((await decide(grievance, 'take', bank())).status, 403);
    assert.equal((await decide(grievance, 'endorse', officer())).status, 403);
    const waiting = targetAt((await submit(world, hub, 'a')).body, 'malabar_bank');
    assert.equal((await file(waiting)).body.code, 'nothing_held');
    for (const body of [{}, { text: '' }, { text: 'x', more: 1 }, { text: '4111 1111 1111 1111' }])
      assert.equal((await bank().post(hub, `/v1/targets/${target.id}/grievances`, body)).status, 422);
  });

  test('stands in the timeline with its words', async () => {
    const { target, grievance } = await filed();
    await decide(grievance, 'endorse', bank());
    // The sequencer gives an event its place a moment later.
    await until(async () => {
      const { body } = await officer().get(hub, `/v1/cases/${target.case.id}/timeline?limit=200`);
      const types = body.items.map(({ type }) => type);
      return types.includes('grievance.filed') && types.includes('grievance.endorsed');
    });
  });

  test('and its words are not for auditors', async () => {
    const words = 'Meena says it is her pension';
    const { target } = await filed(words);
    const path = `/v1/cases/${target.case.id}/timeline?limit=200`;
    await until(async () => (await officer().get(hub, path)).text.includes(words));
    const { body, text } = await person('payments_audit.auditor').get(hub, path);
    const event = body.items.find(({ type }) => type === 'grievance.filed');
    assert.ok(event.values.length > 0 && event.values.every(({ field }) => field !== 'text'));
    assert.ok(!text.includes('Meena'));
  });
});

describe('counter-evidence', () => {
  const attach = (target, by, body = { kind: 'rent', text: 'the lease of 2024' }) =>
    by.post(hub, `/v1/targets/${target.id}/counter-evidence`, body);

  test('stands with its target, and its words are for the parties alone', async () => {
    const target = await held();
    const { status, body, text } = await attach(target, bank());
    assert.equal(status, 201, text);
    assert.equal(body.kind, 'rent');
    for (const by of [officer(), bank()]) {
      const [one] = (await read(target, by)).counter_evidence;
      assert.deepEqual([one.id, one.kind, one.text, one.submitted_by.slug],
        [body.id, 'rent', 'the lease of 2024', 'malabar_bank']);
    }
    const [told] = await messages(officer(), 'evidence.attached', target);
    assert.deepEqual([told.evidence.id, told.evidence.kind, told.evidence.text, told.institution.slug],
      [body.id, 'rent', 'the lease of 2024', 'malabar_bank']);
    assert.equal(told.targets[0].identifier.value, undefined);
    const [masked] = (await read(target, person('payments_audit.auditor'))).counter_evidence;
    assert.equal(masked.text, undefined);
  });

  test('is the institution\'s and the unit\'s to attach', async () => {
    const target = await held();
    for (const [name, status] of [['kl_kochi_cyber.supervisor', 201], ['deccan_bank.nodal', 404],
      ['us_sanjose_pd.officer', 404], ['malabar_bank.service', 403], ['payments_audit.auditor', 403]])
      assert.equal((await attach(target, person(name))).status, status, name);
    for (const body of [{}, { kind: 'rent' }, { text: 'x' }, { kind: 'luck', text: 'x' },
      { kind: 'rent', text: '4111 1111 1111 1111' }])
      assert.equal((await attach(target, bank(), body)).status, 422, JSON.stringify(body));
    assert.equal((await read(target)).counter_evidence.length, 1);
  });
});

test('freezeline files and decides', async () => {
  const target = await held();
  const run = (who, ...args) => world.freezeline(...args, ...who.options(hub));
  const { id } = JSON.parse(run(bank(), 'grievance', 'file', target.id, '--text', 'my salary', '--json'));
  assert.match(run(officer(), 'grievance', 'decide', id, 'take'), /with_officer/);
  assert.match(run(officer(), 'grievance', 'decide', id, 'continue', '--reason', 'x'), /second person/);
  assert.match(run(bank(), 'grievance', 'evidence', target.id, 'loan', '--text', 'the contract'), /^evd_/);
  assert.equal(world.run('grievance', 'file', target.id, ...bank().options(hub)).status, 2);
});
