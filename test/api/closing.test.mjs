// The end of a case: refused while something of it waits for somebody, its
// outcome computed from what was contained, or chosen with a reason.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { freshExample, hold, later, less, part, respond, submit, targetAt, targets } from '../support/cases.mjs';
import { World, until } from '../support/hub.mjs';

const world = new World();
let hub;
const officer = () => world.person('kl_kochi_cyber.officer');
const inr = (amount) => ({ amount, currency: 'INR' });
const show = async (file, by = officer()) => (await by.get(hub, `/v1/cases/${file.id}`)).body;
const close = (file, body = {}, by = officer(), options = {}) =>
  by.post(hub, `/v1/cases/${file.id}/closing`, body, options);

/** Example (b), one payment of 700,000 INR at one bank, answered. */
async function answered(answer, { successor = 'convert' } = {}) {
  const body = freshExample('b');
  body.requests[0].successor = successor;
  const file = (await submit(world, hub, 'b', { body })).body;
  const target = targetAt(file, 'deccan_bank');
  if (answer !== undefined) await respond(world, hub, target, answer(target.amount_requested));
  return { file, target };
}
const gone = (asked) => ({ code: 'OUT_ATM', exits: [{ code: 'OUT_ATM', place: 'Aluva', money: asked, at: later(-0.1) }] });
const held = (percent) => (asked) => (percent === 100 ? hold(asked)
  : { ...hold(part(asked, percent), 'HLD_PART'), residual: { money: less(asked, part(asked, percent)), reason: 'spent' } });

before(async () => {
  world.prepare();
  hub = await world.hub();
  await world.register(hub);
});
after(() => world.remove());

describe('a case ends', () => {
  for (const [outcome, percent, answer] of [['contained_full', 100, held(100)], ['contained_partial', 30, held(30)],
    ['dissipated', 0, gone]])
    test(`${outcome}, as what was held says`, async () => {
      const { file } = await answered(answer);
      const { status, body, text } = await close(file);
      assert.equal(status, 200, text);
      assert.deepEqual([body.status, body.outcome], ['closed', outcome]);
      const seen = await show(file);
      assert.deepEqual([seen.status, seen.outcome, seen.containment.percent], ['closed', outcome, percent]);
      assert.deepEqual(seen.containment.disputed, inr('700000.00'));
      assert.deepEqual(seen.containment.held, part(inr('700000.00'), percent));
      assert.deepEqual(seen.containment.moved, outcome === 'dissipated' ? inr('700000.00') : inr('0.00'));
      await until(async () => (await officer().get(hub, `/v1/cases/${file.id}/timeline?limit=200`)).body.items
        .some(({ type }) => type === 'case.closed'));
      const again = await close(file);
      assert.deepEqual([again.status, again.body.code], [409, 'already_closed']);
    });

  for (const outcome of ['not_fraud', 'commercial_dispute', 'transferred'])
    test(`${outcome}, where the officer says so and why`, async () => {
      const { file } = await answered(gone);
      const { body } = await close(file, { outcome, reason: 'both sides were heard' });
      assert.deepEqual([body.status, body.outcome], ['closed', outcome]);
    });

  test('once, however often the call is sent', async () => {
    const { file } = await answered(gone);
    const send = () => close(file, {}, officer(), { key: `close-${file.id}` });
    const [first, second] = [await send(), await send()];
    assert.deepEqual([first.status, second.status, second.headers['idempotent-replayed']], [200, 200, 'true']);
    assert.equal(second.text, first.text);
  });

  test('and what its holders may do goes on', async () => {
    const { file, target } = await answered(held(100));
    assert.equal((await close(file)).status, 200);
    const ordered = await officer().post(hub, `/v1/targets/${target.id}/releases`, { reason: 'the court lifted it' });
    assert.equal(ordered.status, 200, ordered.text);
    await respond(world, hub, target, { code: 'RELEASED' });
    const seen = await show(file);
    assert.deepEqual([seen.status, seen.outcome, seen.containment.percent], ['closed', 'contained_full', 0]);
  });
});

describe('a case stays open', () => {
  const stays = async (file, code, body = {}) => {
    const { status, body: problem } = await close(file, body);
    assert.deepEqual([status, problem.code], [409, code]);
    const seen = await show(file);
    assert.notEqual(seen.status, 'closed');
    assert.equal(seen.outcome, undefined);
  };

  test('before anybody has answered', async () =>
    stays((await answered()).file, 'move_not_allowed'));

  test('while a target is undecided', async () => {
    const body = freshExample('a');
    const file = (await submit(world, hub, 'a', { body })).body;
    const first = targetAt(file, 'malabar_bank');
    await respond(world, hub, first, hold(first.amount_requested));
    await stays(file, 'target_undecided');
  });

  test('while a lead waits for a person', async () => {
    const { file } = await answered((asked) => ({ code: 'OUT_XFER', leads: [{ code: 'OUT_XFER',
      to: { institution: 'malabar_bank', identifier: { type: 'in_account', value: '560187230099', ifsc: 'MLBX0000550' } },
      money: asked }] }));
    await stays(file, 'target_undecided');
    const lead = targetAt(await show(file), 'malabar_bank');
    assert.equal((await officer().post(hub, `/v1/targets/${lead.id}/dismissal`, { reason: 'the complainant\'s own' })).status, 200);
    assert.equal((await close(file)).body.outcome, 'dissipated');
  });

  test('while a release is not confirmed', async () => {
    const { file, target } = await answered(held(100));
    await officer().post(hub, `/v1/targets/${target.id}/releases`, { reason: 'x' });
    await stays(file, 'release_pending');
    await respond(world, hub, target, { code: 'RELEASED' });
    assert.equal((await close(file)).body.outcome, 'dissipated');
  });

  test('while a reduction is not confirmed', async () => {
    const { file, target } = await answered(held(100));
    await officer().post(hub, `/v1/targets/${target.id}/reductions`, { amount: inr('100.00'), reason: 'x' });
    await stays(file, 'release_pending');
    await respond(world, hub, target, { code: 'REDUCED', amount_held: inr('100.00') });
    assert.equal((await close(file)).body.outcome, 'contained_partial');
  });

  test('while a hold is in force that no measure follows', async () => {
    for (const successor of ['release', 'ask_to_extend'])
      await stays((await answered(held(100), { successor })).file, 'hold_without_successor');
  });

  test('while something is held that is no fraud', async () => {
    for (const outcome of ['not_fraud', 'commercial_dispute'])
      await stays((await answered(held(30))).file, 'still_held', { outcome, reason: 'x' });
  });
});

describe('a closing is refused', () => {
  test('with an outcome that is computed, or none', async () => {
    const { file } = await answered(gone);
    for (const [body, pointer, code] of [
      [{ outcome: 'contained_full', reason: 'x' }, '/outcome', 'outcome_is_computed'],
      [{ outcome: 'contained_partial', reason: 'x' }, '/outcome', 'outcome_is_computed'],
      [{ outcome: 'dissipated', reason: 'x' }, '/outcome', 'outcome_is_computed'],
      [{ outcome: 'duplicate', reason: 'x' }, '/outcome', 'outcome_is_computed'],
      [{ outcome: 'not_fraud' }, '/reason', 'missing_member'],
      [{ outcome: 'solved', reason: 'x' }, '/outcome'],
      [{ outcome: 1, reason: 'x' }, '/outcome'],
      [{ reason: '' }, '/reason'],
      [{ reason: 'card 4111 1111 1111 1111' }, '/reason', 'card_number_refused'],
      [{ percent: 100 }, '/percent', 'unknown_member'],
    ]) {
      const { status, body: problem, text } = await close(file, body);
      assert.equal(status, 422, text);
      assert.equal(problem.errors[0].pointer, pointer, text);
      if (code !== undefined) assert.equal(problem.errors[0].code, code);
    }
    assert.equal((await show(file)).status, 'in_progress');
  });

  test('to others, and not found by who sees no such case', async () => {
    const { file } = await answered(gone);
    for (const [name, code] of [['deccan_bank.nodal', 403], ['deccan_bank.service', 403], ['payments_audit.auditor', 403],
      ['admin-1', 403], ['us_sanjose_pd.officer', 404], ['kz_almaty_cyber.supervisor', 404]])
      assert.equal((await close(file, {}, world.person(name))).status, code, name);
    assert.equal((await close(file, {}, world.person('kl_kochi_cyber.supervisor'))).status, 200);
  });
});

test('an auditor sees what was contained, an institution does not', async () => {
  const { file } = await answered(held(30));
  assert.equal((await show(file, world.person('payments_audit.auditor'))).containment.percent, 30);
  assert.equal((await show(file, world.person('deccan_bank.nodal'))).containment, undefined);
});

test('freezeline closes a case', async () => {
  const { file } = await answered(held(100));
  const run = (...args) => world.freezeline(...args, ...officer().options(hub));
  assert.match(run('case', 'close', file.id), new RegExp(`${file.id} {2}closed`));
  assert.equal((await show(file)).outcome, 'contained_full');
  const other = (await answered(gone)).file;
  run('case', 'close', other.id, '--outcome', 'transferred', '--reason', 'to the state crime branch');
  assert.equal((await show(other)).outcome, 'transferred');
});
