// Answers: every code of domain.md, section 4, what must come with it, whose
// it is and where it leads.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { CODES, CORRECTABLE, ELSEWHERE, KINDS, W, good, lead, someTargets } from '../support/answers.mjs';
import { hold, later, money, nodal, part, respond } from '../support/cases.mjs';
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

test('the tables here name every code of the API', () => {
  const { enum: codes } = read('docs/openapi.json').components.schemas.ResponseCode;
  assert.deepEqual([...Object.keys(CODES), ...ELSEWHERE].sort(), [...codes].sort());
});

describe('a code', () => {
  for (const kind of Object.keys(KINDS))
    test(`of a ${kind} moves the target; one of others is refused and changes nothing`, async () => {
      const mine = Object.keys(CODES).filter((code) => CODES[code][2].includes(kind));
      const [spare, ...made] = await someTargets(world, hub, kind, mine.length + 1);
      for (const [i, code] of mine.entries()) {
        const [draft, becomes] = CODES[code];
        const { body } = await respond(world, hub, made[i], draft(code));
        const target = await look(made[i]);
        assert.equal(body.target.status, becomes, code);
        assert.equal(target.status, becomes, code);
        assert.ok(target.acknowledged_at !== undefined, code);
        assert.equal(target.response_code, code === 'RECEIPT' ? undefined : code);
        const held = draft(code).amount_held ?? { amount: '0.00', currency: 'INR' };
        assert.deepEqual(target.amount_held, held, code);
        assert.equal(target.expires_at !== undefined, /^(HLD|BLK)_/.test(code), code);
        assert.equal(target.correct_until !== undefined, CORRECTABLE.includes(code), code);
        assert.equal(target.responses.length, 1);
      }
      for (const code of Object.keys(CODES).filter((one) => !mine.includes(one)))
        await refused(spare, CODES[code][0](code), { code: 'code_not_allowed', pointer: '/code' });
    });

  test('HLD_ACCT answers no HOLD_AMOUNT', async () => {
    const [target] = await someTargets(world, hub, 'bank', 1);
    await refused(target, { ...hold(W, 'HLD_ACCT') }, { code: 'scope_too_wide', pointer: '/code' });
  });

  test('RELEASED and REDUCED answer no request that was not called back', async () => {
    const [target] = await someTargets(world, hub, 'bank', 1);
    await refused(target, { code: 'RELEASED' }, { status: 409, code: 'move_not_allowed' });
    await refused(target, { code: 'REDUCED', amount_held: part(W, 50) }, { status: 409 });
    await respond(world, hub, target, hold(W));
    await refused(target, { code: 'RELEASED' }, { status: 409 });
    await refused(target, { code: 'REDUCED', amount_held: part(W, 50) }, { status: 409 });
  });
});

// ---- what must come with a code

const without = (body, ...members) => {
  const copy = structuredClone(body);
  for (const member of members) delete copy[member];
  return copy;
};
const half = part(W, 50);

const WRONG = [
  ['HLD_FULL without amount_held', () => without(good('HLD_FULL'), 'amount_held'), 'missing_member', '/amount_held'],
  ['HLD_FULL without hold_ref', () => without(good('HLD_FULL'), 'hold_ref'), 'missing_member', '/hold_ref'],
  ['HLD_FULL without expires_at', () => without(good('HLD_FULL'), 'expires_at'), 'missing_member', '/expires_at'],
  ['HLD_FULL without balance', () => without(good('HLD_FULL'), 'balance'), 'missing_member', '/balance'],
  ['HLD_FULL without held_at', () => without(good('HLD_FULL'), 'held_at'), 'missing_member', '/held_at'],
  ['HLD_PART without hold_ref', () => without(good('HLD_PART'), 'hold_ref'), 'missing_member', '/hold_ref'],
  ['HLD_PART without expires_at', () => without(good('HLD_PART'), 'expires_at'), 'missing_member', '/expires_at'],
  ['HLD_INFLIGHT without hold_ref', () => without(good('HLD_INFLIGHT'), 'hold_ref'), 'missing_member', '/hold_ref'],
  ['HLD_INFLIGHT without expires_at', () => without(good('HLD_INFLIGHT'), 'expires_at'), 'missing_member',
    '/expires_at'],
  ['HLD_ALREADY without prior_authority', () => without(good('HLD_ALREADY'), 'prior_authority'), 'missing_member',
    '/prior_authority'],
  ['HLD_ALREADY without queue_rank', () => without(good('HLD_ALREADY'), 'queue_rank'), 'missing_member',
    '/queue_rank'],
  ['an empty hold_ref', () => ({ ...good('HLD_FULL'), hold_ref: '' }), undefined, '/hold_ref'],
  ['OUT_XFER without a lead', () => ({ code: 'OUT_XFER' }), 'missing_member', '/leads'],
  ['OUT_XFER with no leads', () => ({ code: 'OUT_XFER', leads: [] }), 'missing_member', '/leads'],
  ['OUT_ATM without an exit', () => ({ code: 'OUT_ATM' }), 'missing_member', '/exits'],
  ['OUT_ATM with another exit', () => ({ code: 'OUT_ATM', exits: good('OUT_POS').exits }), 'missing_member', '/exits'],
  ['an exit without a place', () => ({ code: 'OUT_ATM', exits: [{ code: 'OUT_ATM', money: W }] }), 'missing_member',
    '/exits/0/place'],
  ['an exit that is an account', () => ({ code: 'OUT_ATM', exits: [{ code: 'OUT_XFER', place: 'x', money: W }] }),
    'not_allowed_here', '/exits/0/code'],
  ['a terminal id too long', () => ({ code: 'OUT_ATM', exits: [{ code: 'OUT_ATM', terminal_id: 'DK7T00931', money: W }] }),
    'bad_form', '/exits/0/terminal_id'],
  ['a lead that is an exit', () => ({ code: 'OUT_XFER', leads: [lead(W, { code: 'OUT_ATM' })] }), 'not_allowed_here',
    '/leads/0/code'],
  ['a lead to no bank\'s code', () => ({ code: 'OUT_XFER', leads: [lead(W, { to: {
    identifier: { type: 'in_account', value: '550187234406', ifsc: 'ZZZQ0000550' } } })] }), 'unknown_bank',
  '/leads/0/to/identifier/ifsc'],
  ['a lead to a wrong account', () => ({ code: 'OUT_XFER', leads: [lead(W, { to: {
    identifier: { type: 'iban', value: 'GB82WEST12345698765433' } } })] }), undefined, '/leads/0/to/identifier/value'],
  ['OUT_RESIDUAL without residual', () => ({ code: 'OUT_RESIDUAL' }), 'missing_member', '/residual'],
  ['a residual without a reason', () => ({ code: 'OUT_RESIDUAL', residual: { money: W } }), 'missing_member',
    '/residual/reason'],
  ['PND without eta', () => ({ code: 'PND_REVIEW' }), 'missing_member', '/eta'],
  ['PND with an eta that is over', () => ({ code: 'PND_REVIEW', eta: later(-1) }), 'in_past', '/eta'],
  ['REJ_MISMATCH without the fields', () => ({ code: 'REJ_MISMATCH' }), 'missing_member', '/mismatch'],
  ['REJ_MISMATCH with an unknown field', () => ({ code: 'REJ_MISMATCH', mismatch: ['shoe_size'] }), 'not_one_of',
    '/mismatch/0'],
  ['held is more than requested', () => ({ ...good('HLD_FULL'), amount_held: part(W, 200), balance: part(W, 200) }),
    'amount_held_out_of_range', '/amount_held/amount'],
  ['held is more than the balance', () => ({ ...good('HLD_FULL'), balance: half }), 'more_than_balance',
    '/amount_held/amount'],
  ['HLD_FULL of a half', () => ({ ...good('HLD_FULL'), amount_held: half }), 'not_held_in_full',
    '/amount_held/amount'],
  ['HLD_PART of all', () => ({ ...without(good('HLD_PART'), 'residual'), amount_held: W, balance: W }), 'held_in_full',
    '/code'],
  ['held is nothing', () => ({ ...good('HLD_PART'), amount_held: { amount: '0.00', currency: 'INR' } }), undefined,
    '/amount_held/amount'],
  ['held in another currency', () => ({ ...good('HLD_FULL'), amount_held: { amount: '400.00', currency: 'USD' } }),
    'other_currency', '/amount_held/currency'],
  ['a lead in another currency', () => ({ code: 'OUT_XFER', leads: [lead({ amount: '400.00', currency: 'USD' })] }),
    'other_currency', '/leads/0/money/currency'],
  ['the parts are less than asked', () => ({ ...good('HLD_PART'), residual: { money: half, reason: 'unknown' } }),
    'sum_too_small', ''],
  ['the parts are more than asked', () => ({ ...good('HLD_PART'), residual: { money: W, reason: 'unknown' } }),
    'sum_too_large', ''],
  ['leads and exits are more than asked', () => ({ code: 'OUT_XFER', leads: [lead()], exits: good('OUT_ATM').exits }),
    'sum_too_large', ''],
  ['NIL_BAL with half a residual', () => ({ code: 'NIL_BAL', residual: { money: half, reason: 'spent' } }),
    'sum_too_small', ''],
  ['a residual above the threshold called below', () => null, 'above_threshold', '/residual/reason'],
  ['a hold without end', () => ({ ...good('HLD_FULL'), expires_at: '2126-01-01T00:00:00Z' }), 'expiry_out_of_range',
    '/expires_at'],
  ['a hold that is over', () => ({ ...good('HLD_FULL'), expires_at: later(-1) }), 'expiry_out_of_range',
    '/expires_at'],
  ['a hold from the future', () => ({ ...good('HLD_FULL'), held_at: later(2) }), 'in_future', '/held_at'],
  ['a receipt that holds', () => ({ ...good('HLD_FULL'), code: 'RECEIPT' }), undefined, '/amount_held'],
  ['a rejection with leads', () => ({ code: 'REJ_NOT_OURS', leads: [lead()] }), undefined, '/leads'],
  ['no code', () => ({}), 'missing_member', '/code'],
  ['an unknown code', () => ({ code: 'HLD_MAYBE' }), 'not_one_of', '/code'],
  ['an unknown member', () => ({ code: 'RECEIPT', held: true }), 'unknown_member', '/held'],
];

describe('an answer', () => {
  let target;
  before(async () => { [target] = await someTargets(world, hub, 'bank', 1); });

  for (const [name, body, code, pointer] of WRONG.filter(([, draft]) => draft() !== null))
    test(`in which ${name} is refused`, () => refused(target, body(), { code, pointer }));

  test('whose residual is called below the threshold must have one', async () => {
    const [large] = await someTargets(world, hub, 'bank', 1, '600.00');
    await refused(large, { code: 'OUT_RESIDUAL', residual: { money: money(60000n, 'INR'), reason: 'below_threshold' } },
      { code: 'above_threshold', pointer: '/residual/reason' });
  });

  test('to another generation is a conflict', () =>
    refused(target, { code: 'RECEIPT', generation: 2 }, { status: 409, code: 'stale_generation' }));

  test('NIL_BAL alone means that all of it is residual', async () => {
    const [one] = await someTargets(world, hub, 'bank', 1);
    await respond(world, hub, one, { code: 'NIL_BAL' });
    assert.equal((await look(one)).status, 'not_held');
  });

  test('may add up held, leads, exits and residual', async () => {
    const [one] = await someTargets(world, hub, 'bank', 1);
    const quarter = part(W, 25);
    const { body } = await respond(world, hub, one, { ...good('HLD_PART'), amount_held: quarter, balance: quarter,
      leads: [lead(quarter)], exits: [{ ...good('OUT_ATM').exits[0], money: quarter }],
      residual: { money: quarter, reason: 'spent' } });
    assert.deepEqual([body.leads, body.exits], [1, 1]);
    assert.equal(body.target.status, 'held_partial');
  });

  test('that is final is not changed by a second one', async () => {
    const [one] = await someTargets(world, hub, 'bank', 1);
    await respond(world, hub, one, { code: 'REJ_TOO_OLD' });
    for (const body of [good('HLD_FULL'), good('NIL_BAL'), good('PND_REVIEW')])
      await refused(one, body, { status: 409, code: 'move_not_allowed' });
  });

  test('finds more of the money later', async () => {
    const [one] = await someTargets(world, hub, 'bank', 1);
    await respond(world, hub, one, good('HLD_PART'));
    await respond(world, hub, one, { ...good('HLD_PART'), amount_held: half, balance: half,
      residual: { money: half, reason: 'unknown' } });
    assert.deepEqual((await look(one)).amount_held, half);
    await respond(world, hub, one, good('HLD_FULL'));
    assert.equal((await look(one)).status, 'held_full');
  });

  test('late or repeated, a receipt is no fault and changes nothing', async () => {
    const [one] = await someTargets(world, hub, 'bank', 1);
    await respond(world, hub, one, good('HLD_FULL'));
    const before = await look(one);
    const late = await answer(one, { code: 'RECEIPT' });
    assert.equal(late.status, 200, late.text);
    assert.equal(late.body.id, undefined);
    assert.equal(late.body.target.status, 'held_full');
    assert.deepEqual(await look(one), before);
    const [two] = await someTargets(world, hub, 'bank', 1);
    assert.equal((await answer(two, { code: 'RECEIPT' })).status, 201);
    assert.equal((await answer(two, { code: 'RECEIPT' })).status, 200);
    assert.equal((await look(two)).responses.length, 1);
  });
});
