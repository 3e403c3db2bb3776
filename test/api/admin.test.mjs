// The admin listener, a database that goes away, and the stop of a hub that
// is at work.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { example, freshExample, submit, targets } from '../support/cases.mjs';
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

describe('the admin listener', () => {
  test('says that the hub is alive and ready', async () => {
    const health = await hub.admin('/healthz');
    assert.deepEqual([health.status, JSON.parse(health.text)], [200, { status: 'ok' }]);
    const ready = await hub.admin('/readyz');
    assert.equal(ready.status, 200, ready.text);
    assert.equal(JSON.parse(ready.text).ready, true);
  });

  test('counts, in the form of Prometheus, and names nobody', async () => {
    const { body } = await submit(world, hub, 'a', { body: example('a') });
    await officer().get(hub, `/v1/cases/${body.id}`);
    await world.person('stranger').get(hub, '/v1/me');
    const { status, text } = await hub.admin('/metrics');
    assert.equal(status, 200);
    for (const line of text.trim().split('\n'))
      assert.match(line, /^(# (HELP|TYPE) freezeline_\w+ .+|freezeline_\w+(\{\w+="[^"]*"(,\w+="[^"]*")*\})? [0-9.e+-]+)$/);
    assert.ok(await hub.metric('freezeline_desk_commands_total') > 0);
    for (const word of ['Meera', 'Latha', '919876500011', 'MLBX', body.id, body.ref, 'case_', 'prn_', 'tgt_'])
      assert.ok(!text.includes(word), word);
  });

  test('counts every request once', async () => {
    const before_ = await hub.metric('freezeline_http_requests_total');
    for (let i = 0; i < 7; i++) await officer().get(hub, '/v1/me');
    assert.equal(await hub.metric('freezeline_http_requests_total'), before_ + 7);
  });

  test('has nothing else, and takes no other method', async () => {
    for (const path of ['/', '/v1/me', '/openapi.json', '/metrics/', '/../healthz'])
      assert.equal((await hub.admin(path)).status, 404, path);
  });

  test('is not on the API\'s port, nor the API on its', async () => {
    for (const path of ['/metrics', '/healthz', '/readyz'])
      assert.equal((await officer().get(hub, path)).status, 404);
  });
});

describe('a database that goes away', () => {
  test('makes the hub unready, and calls fail as ones to try again; then all is well by itself', async () => {
    const { body: receipt } = await submit(world, hub, 'e');
    await world.database.halt();
    await until(async () => (await hub.admin('/readyz')).status === 503);
    assert.equal((await hub.admin('/healthz')).status, 200);
    const body = freshExample('e');
    const key = `again-${Date.now()}`;
    const lost = officer().post(hub, '/v1/cases', body, { key });
    const look = await officer().get(hub, `/v1/cases/${receipt.id}`);
    assert.equal(look.status, 503);
    assert.ok(Number(look.headers['retry-after']) >= 1);
    const answer = await lost;
    assert.equal(answer.status, 503, answer.text);
    assert.ok(Number(answer.headers['retry-after']) >= 1);
    world.database.resume();
    await until(async () => (await hub.admin('/readyz')).status === 200);
    const again = await officer().post(hub, '/v1/cases', body, { key });
    assert.equal(again.status, 201, again.text);
    assert.equal((await officer().get(hub, `/v1/cases/${receipt.id}`)).status, 200);
    assert.ok(hub.isRunning);
  });

  test('for a moment only is waited for', async () => {
    const { body: receipt } = await submit(world, hub, 'e');
    await world.database.halt();
    const calls = [officer().post(hub, '/v1/cases', freshExample('e')),
      world.person('deccan_bank.nodal').post(hub, `/v1/targets/${targets(receipt)[0].id}/responses`, { code: 'RECEIPT' })];
    world.database.resume();
    for (const { status, text } of await Promise.all(calls))
      assert.ok([201, 503].includes(status), text);
    await until(async () => (await hub.admin('/readyz')).status === 200);
  });
});

describe('a hub that is told to stop', () => {
  /** Post until the hub is gone; every outcome. */
  async function load(lanes, agentOf) {
    const outcomes = [];
    await Promise.all(Array.from({ length: lanes }, async () => {
      const agent = agentOf();
      for (;;) {
        const outcome = await officer().post(hub, '/v1/cases', freshExample('e'), { agent })
          .then(({ status, body }) => ({ status, id: body.id, code: body.code }), (error) => ({ error }));
        outcomes.push(outcome);
        if (outcome.error !== undefined || outcome.status === 503) break;
      }
      agent.destroy();
    }));
    return outcomes;
  }

  for (const signal of ['SIGTERM', 'SIGINT'])
    test(`by ${signal} answers or refuses every request, loses none that it took, and ends with 0`, async () => {
      const before_ = await world.database.counts();
      const running = load(8, () => officer().newAgent({ maxSockets: 1 }));
      await until(async () => (await world.database.counts()).case_file > before_.case_file + 20);
      hub.signal(signal);
      const outcomes = await running;
      assert.deepEqual(await hub.ended, { code: 0, signal: null });
      const taken = outcomes.filter(({ status }) => status === 201);
      for (const { status, code, error } of outcomes)
        // A connection that nothing was asked on may be closed under the next
        // question, and a port be shut; no answer is cut.
        assert.ok(status === 201 || (status === 503 && code !== undefined) ||
          ['ECONNREFUSED', 'ECONNRESET', 'EPIPE'].includes(error?.code), `${status} ${error}`);
      assert.equal((await world.database.counts()).case_file, before_.case_file + taken.length);
      const cut = outcomes.filter(({ error }) => error !== undefined && error.code !== 'ECONNREFUSED');
      assert.ok(cut.length <= 8, `${cut.length} cut`);
      await hub.start();
    });

  test('ends the waits of those who wait', async () => {
    const { body: receipt } = await submit(world, hub, 'e');
    const path = `/v1/cases/${receipt.id}`;
    const { headers } = await officer().get(hub, path);
    const waits = officer().get(hub, path, { headers: { 'if-none-match': headers.etag, prefer: 'wait=60' } });
    const inbox = world.person('kaveri_wallet.nodal').get(hub, '/v1/inbox', { headers: { prefer: 'wait=60' } });
    // Both have reached the hub: what is still on its way may be hung up on.
    let answered = 0;
    for (const one of [waits, inbox]) one.then(() => { answered++; }, () => {});
    await until(async () => await hub.metric('freezeline_reader_parked') + answered >= 2);
    const began = Date.now();
    hub.signal('SIGTERM');
    assert.ok([304, 503].includes((await waits).status));
    assert.ok([200, 503].includes((await inbox).status));
    assert.deepEqual(await hub.ended, { code: 0, signal: null });
    assert.ok(Date.now() - began < 6000);
    await hub.start();
  });

  test('twice at once still ends in order', async () => {
    hub.signal('SIGTERM');
    hub.signal('SIGTERM');
    const { code, signal } = await hub.ended;
    assert.ok(code === 0 || signal === 'SIGTERM', `${code} ${signal}`);
    await hub.start();
    assert.equal((await hub.admin('/readyz')).status, 200);
  });
});
