// Orders about what an institution has already: a release that cannot be
// delivered alerts the unit like a freeze, and its delivery is on record.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { about, hold, respond, submit, targetAt } from '../support/cases.mjs';
import { World, until } from '../support/hub.mjs';
import { Webhooks } from '../support/webhooks.mjs';

const world = new World();
let hub, webhooks;

// One that fails a few times is only probed for a while: to each its own, with
// the example that has a target there.
const BANKS = { deccan_bank: 'e', malabar_bank: 'a' };

before(async () => {
  world.prepare();
  webhooks = await Webhooks.start(world);
  hub = await world.hub();
  await world.register(hub, (slug) => (BANKS[slug] ? webhooks.url(slug) : undefined));
});
after(async () => {
  webhooks.stop();
  await world.remove();
});

const officer = () => world.person('kl_kochi_cyber.officer');
const events = async (receipt, type) => {
  const { body } = await officer().get(hub, `/v1/cases/${receipt.id}/timeline?limit=200`);
  return body.items.filter((item) => item.type === type);
};
const alerts = async (target) =>
  (await about(hub, officer(), target)).filter(({ type }) => type === 'target.undeliverable');

/** A target there on which everything is held. */
async function held(slug) {
  const { body: receipt } = await submit(world, hub, BANKS[slug]);
  const target = targetAt(receipt, slug);
  await respond(world, hub, target, hold(target.amount_requested));
  return { receipt, target };
}

const order = (target, what, body) => officer().post(hub, `/v1/targets/${target.id}/${what}`, body);

describe('an order that is refused at the door', () => {
  for (const [slug, what, type, body] of [
    ['deccan_bank', 'releases', 'release.ordered', () => ({ reason: 'the payer was wrong' })],
    ['malabar_bank', 'reductions', 'hold.reduce', ({ amount_requested: { currency } }) =>
      ({ amount: { amount: '1.00', currency }, reason: 'too much' })],
  ])
    test(`${type} alerts the unit, by name`, async () => {
      const { receipt, target } = await held(slug);
      assert.deepEqual(await alerts(target), []);
      webhooks.plan(slug, () => 410);
      const { status, text } = await order(target, what, body(target));
      assert.equal(status, 200, text);
      const [alert] = await until(async () => {
        const found = await alerts(target);
        return found.length > 0 && found;
      }, { what: 'the alert' });
      assert.equal(alert.order, type);
      assert.equal(alert.institution.slug, slug);
      assert.equal(alert.targets[0].identifier.value, undefined);
      await until(async () => (await events(receipt, 'target.order_undeliverable')).length === 1);
      // It is tried again without end, and then stands as delivered.
      webhooks.plan(slug, () => 204);
      await until(async () => (await events(receipt, 'target.order_delivered')).length === 1,
        { milliseconds: 30_000, what: 'the delivery' });
      assert.equal((await alerts(target)).length, 1);
    });
});

test('a release that arrives alerts nobody', async () => {
  const { receipt, target } = await held('deccan_bank');
  assert.equal((await order(target, 'releases', { reason: 'x' })).status, 200);
  await until(async () => (await events(receipt, 'target.order_delivered')).length === 1);
  assert.deepEqual(await alerts(target), []);
  assert.deepEqual(await events(receipt, 'target.order_undeliverable'), []);
});
