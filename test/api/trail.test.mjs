// Behind the answers: onward targets, corrections, withdrawals, reminders; the
// examples to their ends.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { W, good, lead, someTargets, stop } from '../support/answers.mjs';
import {
  EXPECTED, about, example, fresh, freshExample, hold, inbox, later, less, nodal, respond, submit, targetAt, targets,
} from '../support/cases.mjs';
import { World, read } from '../support/hub.mjs';

const world = new World();
let hub;

before(async () => {
  world.prepare();
  hub = await world.hub();
  await world.register(hub);
});
after(() => world.remove());

const person = (name) => world.person(name);
const officer = () => person('kl_kochi_cyber.officer');
const look = async (target, who = officer()) => (await who.get(hub, `/v1/targets/${target.id}`)).body;
const answer = (target, body, who = nodal(world, target)) =>
  who.post(hub, `/v1/targets/${target.id}/responses`, body);

async function refused(target, body, { status = 422, code, pointer } = {}) {
  const before = await look(target);
  const counts = await world.database.counts();
  const { status: got, body: problem, text } = await answer(target, body);
  assert.equal(got, status, text);
  if (code !== undefined) assert.equal(problem.code, code, text);
  if (pointer !== undefined) assert.equal(problem.errors[0]?.pointer, pointer, text);
  assert.deepEqual(await look(target), before);
  assert.deepEqual(await world.database.counts(), counts);
}

// ---- onward

describe('a lead', () => {
  test('of (b) becomes a proposed child one layer below; one call issues it', async () => {
    const body = example('b');
    const { body: receipt } = await submit(world, hub, 'b', { body });
    const [parent] = targets(receipt);
    const { answers } = read('docs/examples/robots/deccan_bank.rules.json').rules[0];
    const leads = answers[1].body.leads.map((one) => ({ ...one, txn: { ...one.txn, at: later(-1) } }));
    const inboxes = async () => Promise.all(['malabar_bank', 'kaveri_wallet'].map(async (slug) =>
      (await inbox(hub, person(`${slug}.nodal`))).length));
    const before = await inboxes();
    const { body: done } = await respond(world, hub, parent, { code: 'OUT_XFER', leads });
    assert.equal(done.leads, 2);
    assert.deepEqual(await inboxes(), before, 'a proposal told the bank');

    const { body: grown } = await officer().get(hub, `/v1/cases/${receipt.id}`);
    const children = targets(grown).filter(({ parent_id }) => parent_id === parent.id);
    assert.equal(children.length, 2);
    for (const [i, child] of children.entries()) {
      assert.equal(child.status, 'proposed');
      assert.equal(child.layer, parent.layer + 1);
      assert.deepEqual(child.amount_requested, leads[i].money);
      assert.deepEqual(child.account, leads[i].to.identifier);
      assert.equal(child.institution.slug, leads[i].to.institution);
      const txn = grown.transactions.find(({ id }) => id === child.txn_id);
      assert.equal(txn.layer, parent.layer + 1);
      assert.equal(txn.parent_id, parent.txn_id ?? targets(grown)[0].txn_id);
      assert.equal(txn.reference.value, leads[i].txn.value);
      assert.equal((await nodal(world, child).get(hub, `/v1/targets/${child.id}`)).status, 404);
      const sent = await officer().post(hub, `/v1/targets/${child.id}/issue`, i === 0 ? {} : undefined);
      assert.equal(sent.status, 200, sent.text);
      assert.equal(sent.body.status, 'queued');
      const twice = await officer().post(hub, `/v1/targets/${child.id}/issue`, {});
      assert.equal(twice.status, 409);
    }
    assert.deepEqual(await inboxes(), before.map((n) => n + 1));

    const bank = children.find(({ institution }) => institution.slug === 'malabar_bank');
    const [, rule] = read('docs/examples/robots/malabar_bank.rules.json').rules;
    await respond(world, hub, bank, { ...rule.answers[1].body, hold_ref: 'H-7', held_at: later(0),
      expires_at: later(48), exits: rule.answers[1].body.exits.map((one) => ({ ...one, at: later(-1) })) });
    const wallet = children.find(({ institution }) => institution.slug === 'kaveri_wallet');
    await respond(world, hub, wallet, hold(wallet.amount_requested));
    const { body: end } = await officer().get(hub, `/v1/cases/${receipt.id}`);
    for (const expected of EXPECTED.b.targets) {
      const target = targetAt(end, expected.institution);
      assert.equal(target.status, expected.status);
      assert.equal(target.response_code, expected.response_code);
      assert.equal(target.layer, expected.layer);
      assert.deepEqual(target.amount_held, expected.amount_held);
    }
  });

  test('tells the police unit, without the bank\'s having to', async () => {
    const [parent] = await someTargets(world, hub, 'bank', 1);
    await respond(world, hub, parent, { code: 'OUT_XFER', leads: [lead()] });
    const told = await about(hub, officer(), parent);
    assert.deepEqual(told.map(({ type }) => type), ['response.recorded', 'lead.created']);
    assert.ok(told.every(({ response }) => !JSON.stringify(response ?? {}).includes('550187')));
  });

  test('may be dismissed with a reason, and then not be issued', async () => {
    const [parent] = await someTargets(world, hub, 'bank', 1);
    await respond(world, hub, parent, { code: 'OUT_XFER', leads: [lead()] });
    const { body } = await officer().get(hub, `/v1/cases/${(await look(parent)).case_id}`);
    const child = targets(body).find(({ parent_id }) => parent_id === parent.id);
    const without_ = await officer().post(hub, `/v1/targets/${child.id}/dismissal`, {});
    assert.equal(without_.status, 422);
    const done = await officer().post(hub, `/v1/targets/${child.id}/dismissal`, { reason: 'a relative, cleared' });
    assert.equal(done.status, 200);
    assert.equal(done.body.status, 'cancelled');
    assert.equal((await officer().post(hub, `/v1/targets/${child.id}/issue`, {})).status, 409);
  });

  test('to an institution that the hub does not know is kept, and is no target', async () => {
    const [parent] = await someTargets(world, hub, 'bank', 1);
    const { body } = await respond(world, hub, parent, { code: 'OUT_XFER', leads: [lead(W, { to: {
      identifier: { type: 'in_account', value: '99988877766', ifsc: 'SBIN0005943' } } })] });
    assert.equal(body.leads, 1);
    const { body: grown } = await officer().get(hub, `/v1/cases/${(await look(parent)).case_id}`);
    assert.deepEqual(targets(grown).map(({ id }) => id), [parent.id]);
    assert.equal(await world.database.value(`SELECT count(*) FROM lead WHERE child_target_id IS NULL`) > 0, true);
  });

  test('to what is targeted already is superseded, and says no more', async () => {
    const [parent, other] = await someTargets(world, hub, 'bank', 2);
    const one = lead();
    await respond(world, hub, parent, { code: 'OUT_XFER', leads: [one] });
    await respond(world, hub, other, { code: 'OUT_XFER', leads: [structuredClone(one)] });
    const { body } = await officer().get(hub, `/v1/cases/${(await look(parent)).case_id}`);
    const children = targets(body).filter(({ parent_id }) => parent_id !== undefined);
    assert.deepEqual(children.map(({ status }) => status).sort(), ['proposed', 'superseded']);
  });

  test('of what is not proposed cannot be issued', async () => {
    const [target] = await someTargets(world, hub, 'bank', 1);
    const { status, body } = await officer().post(hub, `/v1/targets/${target.id}/issue`, {});
    assert.equal(status, 409);
    assert.equal(body.code, 'not_proposed');
  });
});

// ---- (f)

describe('a correction', () => {
  const correct = (target, body) => officer().post(hub, `/v1/targets/${target.id}/corrections`, body);

  test('of (f) sends the target again, as the next generation, and it is held', async () => {
    const { body: receipt } = await submit(world, hub, 'f', { body: example('f') });
    const [target] = targets(receipt);
    await respond(world, hub, target, { code: 'REJ_MISMATCH', mismatch: ['name'], note: 'another holder' });
    const rejected = await look(target);
    assert.equal(rejected.status, 'rejected');
    const window = Date.parse(rejected.correct_until) - Date.parse(rejected.answered_at);
    assert.equal(window, 5 * 24 * 3_600_000);

    const [act] = EXPECTED.f.acts;
    const done = await correct(target, act.body);
    assert.equal(done.status, 200, done.text);
    assert.equal(done.body.status, 'queued');
    assert.equal(done.body.generation, 2);
    const corrected = await look(target);
    assert.deepEqual(corrected.account, act.body.identifier);
    assert.equal(corrected.correct_until, undefined);
    assert.equal(corrected.acknowledged_at, undefined);
    assert.ok(Date.parse(corrected.queued_at) >= Date.parse(rejected.answered_at), 'the clock restarts');

    const message = (await about(hub, nodal(world, target), target)).at(-1);
    assert.equal(message.type, 'correction.supplied');
    assert.equal(message.targets[0].id, target.id);
    assert.equal(message.targets[0].generation, 2);
    assert.deepEqual(message.targets[0].identifier, act.body.identifier);

    const old = await answer(target, { ...hold(target.amount_requested), generation: 1 });
    assert.equal(old.status, 409);
    await respond(world, hub, target, { ...hold(target.amount_requested), generation: 2 });
    const [expected] = EXPECTED.f.targets;
    const end = await look(target);
    assert.equal(end.status, expected.status);
    assert.equal(end.generation, expected.generation);
    assert.deepEqual(end.amount_held, expected.amount_held);
  });

  const rejectedTarget = async () => {
    const [target] = await someTargets(world, hub, 'bank', 1);
    await respond(world, hub, target, { code: 'REJ_INCOMPLETE' });
    return target;
  };
  const account = (ifsc, value = '77120034419') => ({ identifier: { type: 'in_account', value, ifsc } });

  for (const [name, body, status, pointer] of [
    ['nothing', {}, 422, ''],
    ['another institution\'s account', account('MLBX0000044'), 422, '/identifier'],
    ['no bank\'s account', account('ZZZQ0000044'), 422, '/identifier/ifsc'],
    ['a wrong account', account('DKNX0000712', '12'), 422, '/identifier/value'],
    ['more money', { amount: { amount: '400.01', currency: 'INR' } }, 422, '/amount/amount'],
    ['another currency', { amount: { amount: '1.00', currency: 'USD' } }, 422, '/amount/currency'],
    ['an unknown member', { status: 'held_full' }, 422, '/status'],
  ])
    test(`to ${name} is refused`, async () => {
      const target = await rejectedTarget();
      const before = await look(target);
      const done = await correct(target, body);
      assert.equal(done.status, status, done.text);
      assert.equal(done.body.errors[0].pointer, pointer);
      assert.deepEqual(await look(target), before);
    });

  test('to what another request names already is a conflict', async () => {
    const body = freshExample('e');
    const [draft] = body.requests[0].targets;
    body.requests[0].targets.push(fresh(structuredClone(draft)));
    const [target, other] = targets((await submit(world, hub, 'e', { body })).body);
    await respond(world, hub, target, { code: 'REJ_INCOMPLETE' });
    const done = await correct(target, { identifier: (await look(other)).account });
    assert.equal(done.status, 409, done.text);
    assert.equal(done.body.code, 'already_targeted');
  });

  test('of what was not rejected, or finally, is a conflict', async () => {
    const [queued, final] = await someTargets(world, hub, 'bank', 2);
    await respond(world, hub, final, { code: 'REJ_TOO_OLD' });
    for (const target of [queued, final])
      assert.equal((await correct(target, { note: 'x' })).status, 409);
  });

  test('of less money and another holder is sent as such', async () => {
    const target = await rejectedTarget();
    const done = await correct(target, { holder: 'Anoop Chandran', amount: { amount: '399.99', currency: 'INR' } });
    assert.equal(done.status, 200, done.text);
    assert.deepEqual(done.body.amount_requested, { amount: '399.99', currency: 'INR' });
    assert.equal((await look(target)).holder, 'Anoop Chandran');
  });
});

// ---- the way back

describe('a withdrawal', () => {
  const withdraw = (receipt, body = { reason: 'the payment was the complainant\'s own' }) =>
    officer().post(hub, `/v1/requests/${receipt.requests[0].id}/withdrawal`, body);

  test('orders the release of what is held and calls the rest back', async () => {
    const made = await someTargets(world, hub, 'bank', 4);
    const [held, blocked, asked, rejected] = made;
    const request = (await look(held)).request_id;
    await respond(world, hub, held, good('HLD_FULL'));
    await respond(world, hub, blocked, { code: 'BLK_INSTR' });
    await respond(world, hub, rejected, { code: 'REJ_TOO_OLD' });
    const done = await officer().post(hub, `/v1/requests/${request}/withdrawal`, { reason: 'settled' });
    assert.equal(done.status, 200, done.text);
    assert.equal(done.body.status, 'withdrawn');
    assert.equal(done.body.desired_status, 'withdrawn');
    assert.deepEqual(await Promise.all(made.map(async (target) => (await look(target)).status)),
      ['release_pending', 'release_pending', 'cancelled', 'rejected_final']);
    assert.deepEqual((await look(held)).amount_held, W, 'held until the bank confirms');

    const told = await Promise.all(made.map((target) => about(hub, nodal(world, target), target)));
    assert.deepEqual(told.map((messages) => messages.map(({ type }) => type)), [
      ['freeze.requested', 'release.ordered'], ['freeze.requested', 'release.ordered'],
      ['freeze.requested', 'freeze.withdrawn'], ['freeze.requested']]);
    assert.equal(told[0][1].release.reason, 'settled');
    assert.equal(told[2][1].withdrawal.reason, 'settled');

    await refused(held, good('HLD_FULL'), { status: 409 });
    await respond(world, hub, held, { code: 'RELEASED' });
    const end = await look(held);
    assert.equal(end.status, 'released');
    assert.deepEqual(end.amount_held, { amount: '0.00', currency: 'INR' });
    await refused(asked, good('HLD_FULL'), { status: 409 });
  });

  test('twice is a conflict, without a reason a mistake', async () => {
    const { body: receipt } = await submit(world, hub, 'e');
    assert.equal((await withdraw(receipt, {})).body.errors[0].pointer, '/reason');
    assert.equal((await withdraw(receipt)).status, 200);
    const again = await withdraw(receipt);
    assert.equal(again.status, 409);
    assert.equal(again.body.code, 'already_withdrawn');
  });

  test('of what waits for approval tells nobody', async () => {
    const { body: receipt } = await submit(world, hub, 'c');
    const [target] = targets(receipt);
    const done = await person('us_sanjose_pd.officer').post(hub,
      `/v1/requests/${receipt.requests[0].id}/withdrawal`, { reason: 'recalled by the bank' });
    assert.equal(done.status, 200);
    assert.equal(done.body.targets[0].status, 'cancelled');
    assert.deepEqual(await about(hub, nodal(world, target), target), []);
    const late = await person('us_sanjose_pd.supervisor').post(hub,
      `/v1/requests/${receipt.requests[0].id}/approval`, { decision: 'approve' });
    assert.equal(late.status, 409);
  });
});

describe('a reminder', () => {
  const remind = (target, body) => officer().post(hub, `/v1/targets/${target.id}/reminders`, body);

  test('is a message with the officer\'s words, at most ten times', async () => {
    const [target] = await someTargets(world, hub, 'bank', 1);
    for (let n = 1; n <= 10; n++) {
      const done = await remind(target, n === 1 ? undefined : { note: `number ${n}` });
      assert.equal(done.status, 200, done.text);
      assert.equal(done.body.reminders, n);
    }
    const more = await remind(target, {});
    assert.equal(more.status, 429);
    assert.equal(more.body.code, 'too_many_reminders');
    const notes = (await about(hub, nodal(world, target), target))
      .filter(({ type }) => type === 'deadline.warning').map(({ reminder }) => reminder);
    assert.deepEqual(notes.map(({ n }) => n), [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    assert.equal(notes[9].note, 'number 10');
  });

  test('of what is decided is a conflict', async () => {
    const [target] = await someTargets(world, hub, 'bank', 1);
    await respond(world, hub, target, good('HLD_FULL'));
    const { status, body } = await remind(target, {});
    assert.equal(status, 409);
    assert.equal(body.code, 'nothing_to_remind');
  });
});

describe('the other examples', () => {
  test('(e) ends with nothing left and the terminal named', async () => {
    const { body: receipt } = await submit(world, hub, 'e', { body: example('e') });
    const [target] = targets(receipt);
    const { answers } = read('docs/examples/robots/deccan_bank.rules.json').rules[1];
    const { exits, ...rest } = answers[1].body;
    const { body } = await respond(world, hub, target, { ...rest, exits: exits.map((one) => ({ ...one, at: later(-6) })) });
    assert.equal(body.exits, 1);
    const end = await look(target);
    assert.equal(end.status, 'not_held');
    assert.equal(end.responses[0].body.exits[0].terminal_id, 'DK7T0093');
    const { body: whole } = await officer().get(hub, `/v1/cases/${receipt.id}`);
    assert.equal(whole.status, 'in_progress');
  });

  test('(a) and (d) end as expected.json says', async () => {
    for (const letter of ['a', 'd']) {
      const { body: receipt } = await submit(world, hub, letter, { body: example(letter) });
      for (const expected of EXPECTED[letter].targets) {
        const target = targetAt(receipt, expected.institution);
        const code = expected.response_code;
        await respond(world, hub, target, code.startsWith('BLK') ? { code } : {
          ...(code === 'HLD_INFLIGHT' ? stop(code, expected.amount_held) : hold(expected.amount_held, code)),
          ...(code === 'HLD_PART' ? { residual: { reason: 'spent',
            money: less(target.amount_requested, expected.amount_held) } } : {}) });
        const end = await look(target, person(EXPECTED[letter].submitted_by));
        assert.equal(end.status, expected.status);
        assert.deepEqual(end.amount_held, expected.amount_held);
      }
    }
  });
});
