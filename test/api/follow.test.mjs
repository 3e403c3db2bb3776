// The next layer without a person: where the officer asked for it, an onward
// account that a bank names is asked in the same moment, within the profile's
// layers and limits; what is not followed says why.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { about, freshExample, hold, later, nodal, respond, submit, targetAt, targets } from '../support/cases.mjs';
import { World } from '../support/hub.mjs';

const world = new World();
let hub;
const inr = (amount) => ({ amount, currency: 'INR' });
const officer = () => world.person('kl_kochi_cyber.officer');
const show = async (path) => (await officer().get(hub, path)).body;
let serial = 0;

const lead = (institution, amount, txn = {}) => ({
  code: 'OUT_XFER',
  to: {
    institution,
    identifier: institution.endsWith('wallet')
      ? { type: 'wallet_id', provider: 'kaveri', value: `KV-51pTt${++serial}` }
      : { type: 'in_account', value: `56018723${String(++serial).padStart(4, '0')}`,
        ifsc: institution === 'malabar_bank' ? 'MLBX0000550' : 'DKNX0000101' },
  },
  txn: { type: 'rrn', value: `60711126${String(serial).padStart(4, '0')}`, channel: 'imps', at: later(-0.2), ...txn },
  money: inr(amount),
});

/** Example (b) as the officer asks it, answered by its bank with leads. */
async function answered(leads, { follow = 'automatic', residual, body = freshExample('b') } = {}) {
  if (follow !== null) body.requests[0].follow_leads = follow;
  const file = (await submit(world, hub, 'b', { body })).body;
  await respond(world, hub, targetAt(file, 'deccan_bank'), {
    code: 'OUT_XFER', leads,
    ...(residual && { residual: { money: inr(residual), reason: 'unknown' } }),
  });
  return show(`/v1/cases/${file.id}`);
}

before(async () => {
  world.prepare();
  hub = await world.hub();
  await world.register(hub);
});
after(() => world.remove());

describe('a followed lead', () => {
  test('is asked at once, in the name of the officer who asked first', async () => {
    const file = await answered([lead('malabar_bank', '450000.00'), lead('kaveri_wallet', '250000.00')]);
    assert.equal(file.requests[0].follow_leads, 'automatic');
    for (const slug of ['malabar_bank', 'kaveri_wallet']) {
      const target = targetAt(file, slug);
      assert.notEqual(target.status, 'proposed');
      assert.equal(target.not_followed, undefined);
      const [asked] = (await about(hub, nodal(world, target), target)).filter(({ type }) => type === 'freeze.requested');
      assert.equal(asked.targets[0].layer, 2);
      const first = (await about(hub, nodal(world, targetAt(file, 'deccan_bank')), targetAt(file, 'deccan_bank')))
        .find(({ type }) => type === 'freeze.requested');
      assert.deepEqual(asked.request.authority, first.request.authority);
      assert.match(asked.request.authority.officer.spki_sha256, /^[0-9a-f]{64}$/);
      await respond(world, hub, target, hold(target.amount_requested));
    }
    const types = (await about(hub, officer(), targetAt(file, 'malabar_bank'))).map(({ type }) => type);
    assert.ok(types.includes('lead.created'), types.join());
  });

  test('leads on, down to the deepest layer', async () => {
    let file = await answered([lead('malabar_bank', '700000.00')]);
    for (let layer = 3; layer <= 6; layer++) {
      const last = targets(file).find((one) => one.layer === layer - 1);
      await respond(world, hub, last, { code: 'OUT_XFER',
        leads: [lead(layer % 2 === 0 ? 'malabar_bank' : 'deccan_bank', '700000.00')] });
      file = await show(`/v1/cases/${file.id}`);
    }
    const deepest = targets(file).find((one) => one.layer === 6);
    assert.deepEqual([deepest.status, deepest.not_followed], ['proposed', 'too_deep']);
    assert.ok(targets(file).filter((one) => one.layer < 6).every((one) => one.not_followed === undefined));
    assert.equal((await officer().post(hub, `/v1/targets/${deepest.id}/issue`, {})).status, 200);
  });

  test('is held for less long the deeper it lies', async () => {
    const file = await answered([lead('malabar_bank', '700000.00')]);
    const target = targetAt(file, 'malabar_bank');
    const [asked] = await about(hub, nodal(world, target), target);
    const until = asked.targets[0].hold_until;
    const day = 86_400_000;
    assert.ok(Math.abs((Date.parse(until) - Date.now()) / day - 67.5) < 0.1, until);
    assert.equal(target.hold_until, until);
    assert.equal(targetAt(file, 'deccan_bank').hold_until, file.requests[0].expires_at);
    const late = { ...hold(target.amount_requested), expires_at: new Date(Date.parse(until) + 1).toISOString() };
    const { status, body } = await nodal(world, target).post(hub, `/v1/targets/${target.id}/responses`, late);
    assert.deepEqual([status, body.errors[0].code, body.errors[0].pointer], [422, 'expiry_out_of_range', '/expires_at']);
    await respond(world, hub, target, { ...late, expires_at: until });
  });
});

describe('a lead waits for a person', () => {
  const waits = async (leads, reason, options) => {
    const file = await answered(leads, options);
    const proposed = targets(file).filter((one) => one.layer === 2);
    assert.deepEqual(proposed.map((one) => [one.status, one.not_followed]), leads.map(() => ['proposed', reason]));
    for (const target of proposed)
      assert.equal((await about(hub, nodal(world, target), target)).length, 0);
  };

  test('where the request does not say otherwise', async () => {
    await waits([lead('malabar_bank', '700000.00')], 'not_asked', { follow: null });
    await waits([lead('malabar_bank', '700000.00')], 'not_asked', { follow: 'proposed' });
  });

  test('below the threshold', () =>
    waits([lead('malabar_bank', '499.99')], 'below_threshold', { residual: '699500.01' }));

  test('without the reference or the time of its payment', async () => {
    const bare = lead('malabar_bank', '700000.00');
    delete bare.txn;
    await waits([bare], 'fields_missing');
  });

  test('where an emergency is not confirmed', async () => {
    const body = freshExample('b');
    body.requests[0].emergency = true;
    const file = await answered([lead('malabar_bank', '700000.00')], { body });
    const target = targetAt(file, 'malabar_bank');
    assert.deepEqual([target.status, target.not_followed], ['proposed', 'approval_needed']);
  });

  test('beyond the sum that was asked', async () => {
    const body = freshExample('b');
    body.requests[0].follow_leads = 'automatic';
    const file = (await submit(world, hub, 'b', { body })).body;
    await respond(world, hub, targetAt(file, 'deccan_bank'), { code: 'PND_REVIEW', eta: later(1),
      leads: [lead('malabar_bank', '600000.00'), lead('kaveri_wallet', '100000.01')] });
    const now = await show(`/v1/cases/${file.id}`);
    assert.equal(targetAt(now, 'malabar_bank').not_followed, undefined);
    assert.deepEqual([targetAt(now, 'kaveri_wallet').status, targetAt(now, 'kaveri_wallet').not_followed],
      ['proposed', 'approval_needed']);
  });
});

test('a profile that never follows, and a word that is none, are refused', async () => {
  for (const [profile, basis, follow, code, pointer] of [
    ['INTERPOL', 'RAPID_INTERVENTION', 'automatic', 'follow_not_allowed', '/requests/0/follow_leads'],
    ['IN', 'NCRP_ACK', 'yes', undefined, '/requests/0/follow_leads'],
    ['IN', 'NCRP_ACK', true, undefined, '/requests/0/follow_leads'],
  ]) {
    const body = freshExample('b');
    Object.assign(body, { profile });
    Object.assign(body.requests[0], { basis, follow_leads: follow });
    const { status, body: problem } = await officer().post(hub, '/v1/cases', body);
    assert.equal(status, 422, follow);
    assert.equal(problem.errors[0].pointer, pointer);
    if (code !== undefined) assert.equal(problem.errors[0].code, code);
  }
});

test('the profiles tell how they follow', async () => {
  const { body } = await officer().get(hub, '/v1/meta');
  const modes = Object.fromEntries(body.profiles.map((one) => [one.name, one.follow]));
  assert.deepEqual([modes.IN, modes.INTERPOL, modes.EU, modes.KZ], ['asked', 'never', 'never', 'asked']);
  assert.ok(body.profiles.every((one) => one.deepest_layer === 5 && one.layer_percent[0] === 100));
  assert.deepEqual(body.profiles.find((one) => one.name === 'IN').layer_percent, [100, 75, 50, 25, 10, 10]);
});
