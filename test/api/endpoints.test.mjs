// Endpoints: a test of one, and its attempt log.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { submit } from '../support/cases.mjs';
import { World, until } from '../support/hub.mjs';
import { isV1 } from '../support/signatures.mjs';
import { Webhooks } from '../support/webhooks.mjs';

const world = new World();
let hub;
let webhooks;
let endpoints;

before(async () => {
  world.prepare();
  hub = await world.hub();
  webhooks = await Webhooks.start(world);
  await world.register(hub, (slug) => (slug === 'deccan_bank' ? undefined : webhooks.url(slug)));
  const { body } = await world.person('admin-1').get(hub, '/v1/endpoints?limit=200');
  endpoints = Object.fromEntries(body.items.map((one) => [one.institution.slug, one]));
});
after(async () => {
  webhooks.stop();
  await world.remove();
});

const ask = (name, slug) => world.person(name).post(hub, `/v1/endpoints/${endpoints[slug].id}/test`, {});
const attempts = (name, slug, query = '') =>
  world.person(name).get(hub, `/v1/endpoints/${endpoints[slug].id}/attempts${query}`);

describe('a test', () => {
  test('brings a signed test.ping, and its attempt to the log', async () => {
    const { status, body } = await ask('malabar_bank.nodal', 'malabar_bank');
    assert.equal(status, 202);
    const delivery = await until(() => webhooks.to('malabar_bank').find(({ id }) => id === body.message));
    assert.equal(delivery.message.type, 'test.ping');
    assert.deepEqual(Object.keys(delivery.message), ['id', 'type', 'spec', 'created_at']);
    assert.ok(isV1(world.institutions.malabar_bank.endpoint.secret, delivery.headers, delivery.body));
    const seen = await until(async () => (await attempts('malabar_bank.nodal', 'malabar_bank')).body.items
      .find(({ message }) => message === body.message));
    assert.deepEqual([seen.type, seen.n, seen.status, seen.error], ['test.ping', 1, 204, undefined]);
  });
  test('of an inbox waits there, signed', async () => {
    const { status, body } = await ask('deccan_bank.nodal', 'deccan_bank');
    assert.equal(status, 202);
    const { body: inbox } = await world.person('deccan_bank.nodal').get(hub, '/v1/inbox');
    const entry = inbox.items.find(({ id }) => id === body.message);
    assert.equal(entry.type, 'test.ping');
    assert.ok(isV1(world.institutions.deccan_bank.endpoint.secret, entry.headers, entry.body));
  });
  test('with the same Idempotency-Key is one test', async () => {
    const path = `/v1/endpoints/${endpoints.malabar_bank.id}/test`;
    const first = await world.person('malabar_bank.nodal').post(hub, path, {}, { key: 'test-once' });
    const second = await world.person('malabar_bank.nodal').post(hub, path, {}, { key: 'test-once' });
    assert.equal(first.body.message, second.body.message);
    assert.equal(second.status, 202);
  });
  for (const [name, slug, status] of [
    ['malabar_bank.nodal', 'deccan_bank', 404],
    ['kl_kochi_cyber.officer', 'malabar_bank', 403],
    ['payments_audit.auditor', 'malabar_bank', 403],
  ]) {
    test(`by ${name} of the endpoint of ${slug} is ${status}`, async () => {
      assert.equal((await ask(name, slug)).status, status);
    });
  }
  test('of what is not confirmed is refused', async () => {
    const { body } = await world.person('malabar_bank.nodal').post(hub, '/v1/endpoints', {
      institution: 'malabar_bank', kind: 'webhook', url: webhooks.url('malabar_bank'), allow_private: true });
    const { status, body: problem } = await world.person('malabar_bank.nodal')
      .post(hub, `/v1/endpoints/${body.id}/test`, {});
    assert.deepEqual([status, problem.type.split(/[/:#]/).pop()], [409, 'endpoint_not_active']);
  });
});

describe('the attempt log', () => {
  test('tells failures as they were, newest first, page by page', async () => {
    webhooks.plan('malabar_bank', (_, n) => (n % 2 === 0 ? 204 : 503));
    for (let i = 0; i < 4; i++) await submit(world, hub, 'e');
    for (let i = 0; i < 3; i++) await ask('malabar_bank.nodal', 'malabar_bank');
    await until(async () => (await attempts('malabar_bank.nodal', 'malabar_bank')).body.items
      .some(({ status }) => status === 503));
    await until(async () => Number(await world.database.value('SELECT count(*) FROM outbox_retry')) === 0);
    const { body: all } = await attempts('malabar_bank.nodal', 'malabar_bank', '?limit=200');
    const times = all.items.map(({ at }) => at);
    assert.deepEqual(times, times.toSorted().toReversed());
    assert.ok(all.items.some(({ n, status }) => n === 2 && status === 204));
    const paged = [];
    let cursor = '';
    do {
      const { body } = await attempts('malabar_bank.nodal', 'malabar_bank', `?limit=2${cursor}`);
      paged.push(...body.items);
      cursor = body.next_cursor && `&cursor=${body.next_cursor}`;
    } while (cursor);
    assert.deepEqual(paged.map(({ at, message }) => [at, message]), all.items.map(({ at, message }) => [at, message]));
  });
  for (const [name, slug, status] of [
    ['admin-1', 'malabar_bank', 200],
    ['payments_audit.auditor', 'malabar_bank', 200],
    ['malabar_bank.nodal', 'steppe_wallet', 404],
    ['kl_kochi_cyber.officer', 'malabar_bank', 403],
  ]) {
    test(`of ${slug} is ${status} for ${name}`, async () => {
      assert.equal((await attempts(name, slug)).status, status);
    });
  }
});
