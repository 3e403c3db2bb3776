// The way out, first part: releases, reductions and extensions, from the
// officer's order through the institution's inbox to its confirmation.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { hold, later, less, minor, part, respond, submit, targetAt } from '../support/cases.mjs';
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
const bank = (name = 'nodal') => world.person(`malabar_bank.${name}`);

/** A target of a new case at Malabar Spice Bank, held in full. */
async function held() {
  const { body } = await submit(world, hub, 'a');
  const target = targetAt(body, 'malabar_bank');
  await respond(world, hub, target, hold(target.amount_requested));
  return target;
}

const order = (target, what, body, by = officer()) =>
  by.post(hub, `/v1/targets/${target.id}/${what}`, body);

/** What waits for the bank about a target, of one type. */
async function message(target, type) {
  const { body } = await bank().get(hub, '/v1/inbox?limit=200');
  return body.items.map((item) => JSON.parse(item.body ?? JSON.stringify(item.envelope)))
    .filter((one) => one.type === type && one.targets.some(({ id }) => id === target.id));
}

const read = async (target) => (await officer().get(hub, `/v1/targets/${target.id}`)).body;

/** Until the timeline has these; the sequencer gives an event its place a
 * moment later. */
async function recorded(target, ...types) {
  const path = `/v1/cases/${(await read(target)).case_id}/timeline?limit=200`;
  await until(async () => {
    const { body } = await officer().get(hub, path);
    return types.every((type) => body.items.some((event) => event.type === type));
  });
}

describe('a release', () => {
  test('is ordered, reaches the inbox and is confirmed by a person', async () => {
    const target = await held();
    const ordered = await order(target, 'releases', { reason: 'the complainant withdrew' });
    assert.equal(ordered.status, 200, ordered.text);
    assert.equal(ordered.body.status, 'release_pending');
    const [told] = await message(target, 'release.ordered');
    assert.equal(told.release.reason, 'the complainant withdrew');
    assert.equal(Date.parse(told.release.due_at) - Date.parse(told.created_at), 4 * 3_600_000);
    const again = await order(target, 'releases', { reason: 'once more' });
    assert.deepEqual([again.status, again.body.code], [409, 'release_ordered_already']);
    const machine = await bank('service').post(hub, `/v1/targets/${target.id}/responses`, { code: 'RELEASED' });
    assert.equal(machine.status, 403);
    const { body } = await respond(world, hub, target, { code: 'RELEASED' });
    assert.equal(body.target.status, 'released');
    assert.equal(minor(body.target.amount_held), 0n);
    await recorded(target, 'target.release_ordered', 'target.released');
  });

  test('with the same key is ordered once', async () => {
    const target = await held();
    const send = () => officer().post(hub, `/v1/targets/${target.id}/releases`, { reason: 'x' },
      { key: `release-${target.id}` });
    const [first, second] = [await send(), await send()];
    assert.deepEqual([first.status, second.status], [200, 200]);
    assert.equal(second.headers['idempotent-replayed'], 'true');
    assert.equal((await message(target, 'release.ordered')).length, 1);
  });
});

describe('a reduction', () => {
  test('counts when the institution confirms it', async () => {
    const target = await held();
    const whole = target.amount_requested;
    const amount = part(whole, 40);
    const ordered = await order(target, 'reductions', { amount, reason: 'the rest is held elsewhere' });
    assert.equal(ordered.status, 200, ordered.text);
    assert.deepEqual(ordered.body.amount_held, whole);
    assert.deepEqual(ordered.body.reduction_ordered, amount);
    const [told] = await message(target, 'hold.reduce');
    assert.deepEqual(told.reduction, { reason: 'the rest is held elsewhere', amount });
    assert.deepEqual((await read(target)).reduction_ordered, amount);
    const other = await bank().post(hub, `/v1/targets/${target.id}/responses`,
      { code: 'REDUCED', amount_held: less(whole, amount) });
    assert.deepEqual([other.status, other.body.code], [422, 'not_as_ordered']);
    await respond(world, hub, target, { code: 'REDUCED', amount_held: amount });
    const now = await read(target);
    assert.equal(now.status, 'held_full');
    assert.deepEqual(now.amount_held, amount);
    assert.deepEqual(now.amount_requested, amount);
    assert.equal(now.reduction_ordered, undefined);
  });

  test('to as much as is held is none', async () => {
    const target = await held();
    const answer = await order(target, 'reductions', { amount: target.amount_requested, reason: 'x' });
    assert.equal(answer.status, 422);
    assert.equal(answer.body.errors[0].pointer, '/amount/amount');
    assert.equal((await message(target, 'hold.reduce')).length, 0);
  });
});

describe('an extension', () => {
  test('moves the end of the hold and tells the institution', async () => {
    const target = await held();
    const ends = later(24 * 20);
    const ordered = await order(target, 'extensions', { expires_at: ends, reason: 'hearing' });
    assert.equal(ordered.status, 200, ordered.text);
    assert.equal(ordered.body.expires_at, ends);
    const [told] = await message(target, 'hold.extend');
    assert.deepEqual(told.extension, { reason: 'hearing', expires_at: ends });
    await recorded(target, 'target.extended');
  });

  test('stays within the profile and its basis', async () => {
    const target = await held();
    for (const [body, pointer] of [
      [{ expires_at: later(24 * 91), reason: 'x' }, '/expires_at'],
      [{ expires_at: later(1), reason: 'x' }, '/expires_at'],
      [{ expires_at: later(24 * 9), reason: 'x', basis: 'BNSS_94' }, '/basis'],
      [{ expires_at: later(24 * 9), reason: 'x', basis: 'BNSS_107' }, '/basis'],
    ]) {
      const answer = await order(target, 'extensions', body);
      assert.equal(answer.status, 422, answer.text);
      assert.equal(answer.body.errors[0].pointer, pointer);
    }
    assert.equal((await message(target, 'hold.extend')).length, 0);
  });
});

describe('an order', () => {
  const bodies = {
    releases: { reason: 'x' },
    reductions: { reason: 'x', amount: { amount: '1.00', currency: 'INR' } },
    extensions: { reason: 'x', expires_at: later(24 * 9) },
  };
  for (const [what, body] of Object.entries(bodies)) {
    test(`of ${what} is the unit's alone`, async () => {
      const target = await held();
      for (const [name, status] of [['malabar_bank.nodal', 403], ['malabar_bank.service', 403],
        ['payments_audit.auditor', 403], ['admin-1', 403], ['us_sanjose_pd.officer', 404]]) {
        const answer = await order(target, what, body, world.person(name));
        assert.equal(answer.status, status, `${name}: ${answer.text}`);
      }
      assert.equal((await read(target)).status, 'held_full');
      assert.equal((await order(target, what, body, world.person('kl_kochi_cyber.supervisor'))).status, 200);
    });

    test(`of ${what} needs a hold`, async () => {
      const made = (await submit(world, hub, 'a')).body;
      const answer = await order(targetAt(made, 'malabar_bank'), what, body);
      assert.deepEqual([answer.status, answer.body.code], [409, 'move_not_allowed']);
    });
  }
});

test('freezeline orders what the API does', async () => {
  const target = await held();
  const run = (...args) => world.freezeline(...args, ...officer().options(hub));
  const amount = part(target.amount_requested, 50);
  run('case', 'reduce', target.id, '--amount', amount.amount, amount.currency, '--reason', 'x');
  assert.deepEqual((await read(target)).reduction_ordered, amount);
  run('case', 'extend', target.id, '--expires-at', later(24 * 5), '--reason', 'x');
  assert.match(run('case', 'release', target.id, '--reason', 'x'), /release_pending/);
  const { status, stderr } = world.run('case', 'reduce', target.id, '--reason', 'x', ...officer().options(hub));
  assert.equal(status, 2);
  assert.match(stderr, /--amount/);
});
