// Held along one disputed path is never more than was disputed: the hold that
// makes it too much orders the surplus away at the earlier hop, in the same
// transaction, and the banks are told no more than that.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { about, freshExample, hold, later, minor, nodal, respond, submit, targetAt } from '../support/cases.mjs';
import { World } from '../support/hub.mjs';

const world = new World();
let hub;
const inr = (amount) => ({ amount, currency: 'INR' });
const officer = () => world.person('kl_kochi_cyber.officer');
const show = async (path) => (await officer().get(hub, path)).body;
const read = (target) => show(`/v1/targets/${target.id}`);
let serial = 0;

const lead = (institution, identifier, amount) => ({
  code: 'OUT_XFER', to: { institution, identifier },
  txn: { type: 'rrn', value: `60711125${String(++serial).padStart(4, '0')}`, channel: 'imps', at: later(-0.2) },
  money: inr(amount),
});
const malabar = (amount) => lead('malabar_bank',
  { type: 'in_account', value: `55018723${String(serial).padStart(4, '0')}`, ifsc: 'MLBX0000550' }, amount);
const kaveri = (amount) => lead('kaveri_wallet',
  { type: 'wallet_id', provider: 'kaveri', value: `KV-41pTt${serial}` }, amount);

/** Example (b), its first bank still deciding, with an onward account asked. */
async function chain(...leads) {
  const file = (await submit(world, hub, 'b', { body: freshExample('b') })).body;
  const first = targetAt(file, 'deccan_bank');
  await respond(world, hub, first, { code: 'PND_REVIEW', eta: later(2), leads });
  const now = await show(`/v1/cases/${file.id}`);
  for (const { to } of leads)
    assert.equal((await officer().post(hub, `/v1/targets/${targetAt(now, to.institution).id}/issue`, {})).status, 200);
  return { file, first, next: leads.map(({ to }) => targetAt(now, to.institution)) };
}

const messages = async (target, type) =>
  (await about(hub, nodal(world, target), target)).filter((one) => one.type === type);

before(async () => {
  world.prepare();
  hub = await world.hub();
  await world.register(hub);
});
after(() => world.remove());

describe('a hold that makes too much', () => {
  test('has the earlier hop reduced, which stands over it until the bank confirms', async () => {
    const { file, first, next: [second] } = await chain(malabar('450000.00'));
    await respond(world, hub, second, hold(second.amount_requested));
    await respond(world, hub, first, hold(first.amount_requested));
    const [told] = await messages(first, 'hold.reduce');
    assert.deepEqual([told.reduction.amount, told.reduction.reason], [inr('250000.00'), 'surplus']);
    assert.ok(!JSON.stringify(told).includes('malabar'));
    assert.equal((await messages(second, 'hold.reduce')).length, 0);
    const over = await read(first);
    assert.deepEqual([over.over_held, over.reduction_ordered], [true, inr('250000.00')]);
    assert.deepEqual((await show(`/v1/cases/${file.id}`)).overlays, ['over_held']);
    await respond(world, hub, first, { code: 'REDUCED', amount_held: inr('250000.00') });
    assert.equal((await read(first)).over_held, false);
    assert.deepEqual((await show(`/v1/cases/${file.id}`)).overlays, []);
    assert.deepEqual((await show(`/v1/cases/${file.id}/trail`)).over_held, []);
  });

  test('has a hold released that is all surplus', async () => {
    const { first, next: [second] } = await chain(malabar('700000.00'));
    await respond(world, hub, first, hold(first.amount_requested));
    await respond(world, hub, second, hold(second.amount_requested));
    const [told] = await messages(first, 'release.ordered');
    assert.equal(told.release.reason, 'surplus');
    assert.equal((await read(first)).status, 'release_pending');
    assert.equal((await read(second)).over_held, false);
  });

  test('is counted once more when more of it is found', async () => {
    const { first, next: [second, third] } = await chain(malabar('400000.00'), kaveri('300000.00'));
    await respond(world, hub, first, hold(first.amount_requested));
    await respond(world, hub, second, hold(second.amount_requested));
    assert.deepEqual((await read(first)).reduction_ordered, inr('300000.00'));
    await respond(world, hub, third, { ...hold(inr('100000.00'), 'HLD_PART'),
      residual: { money: inr('200000.00'), reason: 'unknown' } });
    assert.deepEqual((await read(first)).reduction_ordered, inr('200000.00'));
    await respond(world, hub, third, hold(inr('300000.00')));
    assert.equal((await read(first)).status, 'release_pending');
    assert.equal((await messages(first, 'hold.reduce')).length, 2);
  });

  test('is seen whichever of two answers at once is the later', async () => {
    const { file, first, next: [second] } = await chain(malabar('450000.00'));
    await Promise.all([first, second].map((one) => respond(world, hub, one, hold(one.amount_requested))));
    assert.deepEqual((await read(first)).reduction_ordered, inr('250000.00'));
    const { over_held: surplus } = await show(`/v1/cases/${file.id}/trail`);
    assert.ok(surplus.every((one) => minor(one.surplus) === 45000000n));
  });
});

describe('no surplus', () => {
  test('is what is split among hops, however many answers tell of it', async () => {
    const { file, first, next: [second] } = await chain(malabar('450000.00'));
    await respond(world, hub, second, { ...hold(inr('200000.00'), 'HLD_PART'),
      residual: { money: inr('250000.00'), reason: 'spent' } });
    await respond(world, hub, first, { ...hold(inr('250000.00'), 'HLD_PART'),
      residual: { money: inr('450000.00'), reason: 'unknown' } });
    await respond(world, hub, second, hold(inr('450000.00')));
    for (const target of [first, second]) {
      assert.equal((await read(target)).over_held, false);
      assert.equal((await messages(target, 'hold.reduce')).length, 0);
    }
    assert.deepEqual((await show(`/v1/cases/${file.id}`)).overlays, []);
  });

  test('lets the officer take an order back or make it larger', async () => {
    const { first, next: [second] } = await chain(malabar('450000.00'));
    await respond(world, hub, second, hold(second.amount_requested));
    await respond(world, hub, first, hold(first.amount_requested));
    const reduce = (amount) => officer().post(hub, `/v1/targets/${first.id}/reductions`,
      { amount: inr(amount), reason: 'x' });
    for (const amount of ['250000.01', '699999.99']) {
      const { status, body } = await reduce(amount);
      assert.deepEqual([status, body.code], [409, 'reduction_ordered_already'], amount);
    }
    assert.equal((await reduce('700000.00')).status, 422);
    assert.deepEqual((await read(first)).reduction_ordered, inr('250000.00'));
    assert.equal((await reduce('200000.00')).status, 200);
  });
});
