// Answers: every code of domain.md, section 4, what must come with it, whose
// it is, where it leads; leads, corrections, withdrawals, reminders.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import {
  EXPECTED, about, example, fresh, freshExample, hold, inbox, later, less, money, nodal, part, respond, submit, targetAt, targets,
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

// ---- one target of each kind of institution, as many as wanted

const KINDS = {
  bank: { slug: 'deccan_bank', action: 'HOLD_AMOUNT',
    identifier: { type: 'in_account', value: '77120034418', ifsc: 'DKNX0000712' } },
  wallet: { slug: 'kaveri_wallet', action: 'HOLD_AMOUNT',
    identifier: { type: 'wallet_id', provider: 'kaveri', value: 'KV-8h2Qm41x' } },
  payment_gateway: { slug: 'nadi_gateway', action: 'HOLD_TXN_SETTLEMENT',
    identifier: { type: 'merchant_id', value: 'NADI00471182' } },
  ecommerce: { slug: 'bazar_market', action: 'CANCEL_ORDER',
    identifier: { type: 'listing_url', value: 'https://bazar-market.example/item/1' } },
  telco: { slug: 'steppe_mobile', action: 'HOLD_AMOUNT',
    identifier: { type: 'msisdn', value: '+77005550177' } },
};

/** Targets of one kind, each of 400.00 INR, in one case. */
async function someTargets(kind, count, amount = '400.00') {
  const { slug, action, identifier } = KINDS[kind];
  const body = freshExample('e');
  body.requests = [{ action, targets: Array.from({ length: count }, () => fresh({
    institution: slug, identifier, amount: { amount, currency: 'INR' } })) }];
  return targets((await submit(world, hub, 'e', { body })).body);
}

// ---- the codes, from domain.md, section 4

const MONEY = ['bank', 'wallet'];
const ALL = Object.keys(KINDS);
const W = { amount: '400.00', currency: 'INR' };

const stop = (code, amount = W) => ({ code, amount_held: amount, hold_ref: 'H-1', expires_at: later(48) });
const exit = (code) => ({ code, exits: [{ code, place: 'Nagpur', money: W, at: later(-1) }] });
const lead = (amount = W, more = {}) => ({ code: 'OUT_XFER', to: { institution: 'malabar_bank',
  ...fresh({ identifier: { type: 'in_account', value: '550187234406', ifsc: 'MLBX0000550' } }) },
txn: fresh({ type: 'rrn', value: '607111240981', channel: 'imps', at: later(-1) }), money: amount, ...more });
const pending = (code) => ({ code, eta: later(1) });
const plain = (code) => ({ code });

// code → [a good answer, what the target becomes, whose it is]
const CODES = {
  RECEIPT: [plain, 'acknowledged', ALL],
  HLD_FULL: [(code) => ({ ...stop(code), balance: W, held_at: later(0) }), 'held_full', MONEY],
  HLD_PART: [(code) => ({ ...stop(code, part(W, 25)), balance: part(W, 25), held_at: later(0),
    residual: { money: part(W, 75), reason: 'unknown' } }), 'held_partial', MONEY],
  HLD_INFLIGHT: [(code) => stop(code), 'held_full', ALL],
  HLD_ALREADY: [(code) => ({ ...stop(code), prior_authority: 'Enforcement Directorate', queue_rank: 2 }), 'held_full',
    MONEY],
  BLK_INSTR: [plain, 'blocked', MONEY],
  BLK_MSISDN: [plain, 'blocked', ['telco']],
  BLK_IMEI: [plain, 'blocked', ['telco']],
  BLK_ORDER: [plain, 'blocked', ['ecommerce']],
  BLK_LISTING: [plain, 'blocked', ['ecommerce']],
  BLK_MERCH: [plain, 'blocked', ['payment_gateway']],
  NIL_BAL: [plain, 'not_held', [...MONEY, 'payment_gateway']],
  OUT_XFER: [(code) => ({ code, leads: [lead()] }), 'not_held', [...MONEY, 'payment_gateway', 'telco']],
  OUT_GOODS: [exit, 'not_held', [...MONEY, 'ecommerce']],
  OUT_RESIDUAL: [(code) => ({ code, residual: { money: W, reason: 'below_threshold' } }), 'not_held', MONEY],
  REV_DONE: [plain, 'not_held', [...MONEY, 'payment_gateway', 'ecommerce']],
  TXN_FAILED: [plain, 'not_held', [...MONEY, 'payment_gateway']],
};
for (const code of ['OUT_ATM', 'OUT_POS', 'OUT_CHEQUE', 'OUT_BIOMETRIC', 'OUT_BRANCH', 'OUT_VASP', 'OUT_BILLPAY',
  'OUT_FOREIGN'])
  CODES[code] = [exit, 'not_held', MONEY];
for (const code of ['PND_REVIEW', 'PND_CALLBACK', 'PND_CUSTOMER', 'PND_INFO', 'PND_INDEMNITY', 'PND_NEXT_AGENT'])
  CODES[code] = [pending, 'in_review', ALL];
const CORRECTABLE = ['REJ_INCOMPLETE', 'REJ_ID_INVALID', 'REJ_MISMATCH', 'REJ_AMBIGUOUS', 'REJ_DOC_MISSING',
  'REJ_DOC_INVALID', 'REJ_RANK'];
for (const code of CORRECTABLE)
  CODES[code] = [code === 'REJ_MISMATCH' ? () => ({ code, mismatch: ['name', 'amount'] }) : plain, 'rejected', ALL];
for (const code of ['REJ_ACCT_NOT_FOUND', 'REJ_TXN_NOT_FOUND', 'REJ_NOT_OURS', 'REJ_ACCT_CLOSED', 'REJ_DUPLICATE',
  'REJ_TOO_OLD', 'REJ_NO_AUTHORITY', 'REJ_SIGNATURE', 'REJ_SCOPE', 'REJ_OFFENCE', 'REJ_JURISDICTION',
  'REJ_CONFLICT_OF_LAW', 'REJ_PRIVILEGE', 'REJ_PROTECTED', 'REJ_COMMERCIAL', 'REJ_UNSUPPORTED', 'REJ_IMPOSSIBLE',
  'REJ_TECH'])
  CODES[code] = [plain, 'rejected_final', ALL];
// HLD_ACCT answers a DEBIT_FREEZE alone; RELEASED and REDUCED answer orders.
const ELSEWHERE = ['HLD_ACCT', 'RELEASED', 'REDUCED'];

test('the tables here name every code of the API', () => {
  const { enum: codes } = read('docs/openapi.json').components.schemas.ResponseCode;
  assert.deepEqual([...Object.keys(CODES), ...ELSEWHERE].sort(), [...codes].sort());
});

describe('a code', () => {
  for (const kind of ALL)
    test(`of a ${kind} moves the target; one of others is refused and changes nothing`, async () => {
      const mine = Object.keys(CODES).filter((code) => CODES[code][2].includes(kind));
      const [spare, ...made] = await someTargets(kind, mine.length + 1);
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
    const [target] = await someTargets('bank', 1);
    await refused(target, { ...hold(W, 'HLD_ACCT') }, { code: 'scope_too_wide', pointer: '/code' });
  });

  test('RELEASED and REDUCED answer no request that was not called back', async () => {
    const [target] = await someTargets('bank', 1);
    await refused(target, plain('RELEASED'), { status: 409, code: 'move_not_allowed' });
    await refused(target, { code: 'REDUCED', amount_held: part(W, 50) }, { status: 409 });
    await respond(world, hub, target, hold(W));
    await refused(target, plain('RELEASED'), { status: 409 });
    await refused(target, { code: 'REDUCED', amount_held: part(W, 50) }, { status: 409 });
  });
});

// ---- what must come with a code

const without = (body, ...members) => {
  const copy = structuredClone(body);
  for (const member of members) delete copy[member];
  return copy;
};
const good = (code) => CODES[code][0](code);
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
  before(async () => { [target] = await someTargets('bank', 1); });

  for (const [name, body, code, pointer] of WRONG.filter(([, draft]) => draft() !== null))
    test(`in which ${name} is refused`, () => refused(target, body(), { code, pointer }));

  test('whose residual is called below the threshold must have one', async () => {
    const [large] = await someTargets('bank', 1, '600.00');
    await refused(large, { code: 'OUT_RESIDUAL', residual: { money: money(60000n, 'INR'), reason: 'below_threshold' } },
      { code: 'above_threshold', pointer: '/residual/reason' });
  });

  test('to another generation is a conflict', () =>
    refused(target, { code: 'RECEIPT', generation: 2 }, { status: 409, code: 'stale_generation' }));

  test('NIL_BAL alone means that all of it is residual', async () => {
    const [one] = await someTargets('bank', 1);
    await respond(world, hub, one, { code: 'NIL_BAL' });
    assert.equal((await look(one)).status, 'not_held');
  });

  test('may add up held, leads, exits and residual', async () => {
    const [one] = await someTargets('bank', 1);
    const quarter = part(W, 25);
    const { body } = await respond(world, hub, one, { ...good('HLD_PART'), amount_held: quarter, balance: quarter,
      leads: [lead(quarter)], exits: [{ ...good('OUT_ATM').exits[0], money: quarter }],
      residual: { money: quarter, reason: 'spent' } });
    assert.deepEqual([body.leads, body.exits], [1, 1]);
    assert.equal(body.target.status, 'held_partial');
  });

  test('that is final is not changed by a second one', async () => {
    const [one] = await someTargets('bank', 1);
    await respond(world, hub, one, { code: 'REJ_TOO_OLD' });
    for (const body of [good('HLD_FULL'), good('NIL_BAL'), good('PND_REVIEW')])
      await refused(one, body, { status: 409, code: 'move_not_allowed' });
  });

  test('finds more of the money later', async () => {
    const [one] = await someTargets('bank', 1);
    await respond(world, hub, one, good('HLD_PART'));
    await respond(world, hub, one, { ...good('HLD_PART'), amount_held: half, balance: half,
      residual: { money: half, reason: 'unknown' } });
    assert.deepEqual((await look(one)).amount_held, half);
    await respond(world, hub, one, good('HLD_FULL'));
    assert.equal((await look(one)).status, 'held_full');
  });

  test('late or repeated, a receipt is no fault and changes nothing', async () => {
    const [one] = await someTargets('bank', 1);
    await respond(world, hub, one, good('HLD_FULL'));
    const before = await look(one);
    const late = await answer(one, { code: 'RECEIPT' });
    assert.equal(late.status, 200, late.text);
    assert.equal(late.body.id, undefined);
    assert.equal(late.body.target.status, 'held_full');
    assert.deepEqual(await look(one), before);
    const [two] = await someTargets('bank', 1);
    assert.equal((await answer(two, { code: 'RECEIPT' })).status, 201);
    assert.equal((await answer(two, { code: 'RECEIPT' })).status, 200);
    assert.equal((await look(two)).responses.length, 1);
  });
});

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
    const [parent] = await someTargets('bank', 1);
    await respond(world, hub, parent, { code: 'OUT_XFER', leads: [lead()] });
    const told = await about(hub, officer(), parent);
    assert.deepEqual(told.map(({ type }) => type), ['response.recorded', 'lead.created']);
    assert.ok(told.every(({ response }) => !JSON.stringify(response ?? {}).includes('550187')));
  });

  test('may be dismissed with a reason, and then not be issued', async () => {
    const [parent] = await someTargets('bank', 1);
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
    const [parent] = await someTargets('bank', 1);
    const { body } = await respond(world, hub, parent, { code: 'OUT_XFER', leads: [lead(W, { to: {
      identifier: { type: 'in_account', value: '99988877766', ifsc: 'SBIN0005943' } } })] });
    assert.equal(body.leads, 1);
    const { body: grown } = await officer().get(hub, `/v1/cases/${(await look(parent)).case_id}`);
    assert.deepEqual(targets(grown).map(({ id }) => id), [parent.id]);
    assert.equal(await world.database.value(`SELECT count(*) FROM lead WHERE child_target_id IS NULL`) > 0, true);
  });

  test('to what is targeted already is superseded, and says no more', async () => {
    const [parent, other] = await someTargets('bank', 2);
    const one = lead();
    await respond(world, hub, parent, { code: 'OUT_XFER', leads: [one] });
    await respond(world, hub, other, { code: 'OUT_XFER', leads: [structuredClone(one)] });
    const { body } = await officer().get(hub, `/v1/cases/${(await look(parent)).case_id}`);
    const children = targets(body).filter(({ parent_id }) => parent_id !== undefined);
    assert.deepEqual(children.map(({ status }) => status).sort(), ['proposed', 'superseded']);
  });

  test('of what is not proposed cannot be issued', async () => {
    const [target] = await someTargets('bank', 1);
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
    const [target] = await someTargets('bank', 1);
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
    const [queued, final] = await someTargets('bank', 2);
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
    const made = await someTargets('bank', 4);
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
    const [target] = await someTargets('bank', 1);
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
    const [target] = await someTargets('bank', 1);
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
