// The hub is killed (SIGKILL) at random moments under load, KILLS times, and
// started again.  Officers, robots and receivers keep their own ledgers,
// synced before anything is counted; in the end all is joined.
//
//   KILLS=500 SEED=7 make test-kill
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import { freshExample, hold, targets } from '../support/cases.mjs';
import { World, until } from '../support/hub.mjs';
import { Ledger } from '../support/ledger.mjs';
import { complaints } from '../support/timeline.mjs';
import { Webhooks } from '../support/webhooks.mjs';

const KILLS = Number(process.env.KILLS ?? 50);
const SEED = Number(process.env.SEED ?? Date.now() % 1_000_000);
const LANES = 6;
const SHORTEST = 60; // ms from "listening" to the kill
const LONGEST = 450;

const world = new World();
const ledgers = {};
const failures = [];
let hub, webhooks;
let isOver = false; // no more cases
let isQuiet = false; // and the last one has been acknowledged

const pause = (ms) => new Promise((done) => { setTimeout(done, ms); });

// mulberry32: a seed and its kills can be had again.
let state = SEED;
function random() {
  state = (state + 0x6d2b79f5) | 0;
  let t = Math.imul(state ^ (state >>> 15), 1 | state);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
}

/** POST with one key until it is answered; only a lost line, a busy or a
 * stopping hub are reasons to ask again. */
async function acknowledged(who, path, body, key) {
  for (;;) {
    const answer = await who.post(hub, path, body, { key, milliseconds: 10_000 }).catch((error) => {
      if (/openapi|required|must/.test(error.message)) failures.push(error.message);
    });
    if (answer !== undefined && answer.status !== 503 && answer.status !== 429) return answer;
    await pause(25);
  }
}

/** One officer: cases one after another, each until it is acknowledged. */
async function officer(name) {
  const who = world.person(name);
  while (!isOver) {
    const key = randomUUID();
    const body = freshExample(random() < 0.7 ? 'a' : 'e');
    const { status, text, body: receipt } = await acknowledged(who, '/v1/cases', body, key);
    if (status === 201)
      ledgers.cases.write({ name, key, body, text, id: receipt.id, ref: receipt.ref,
        targets: targets(receipt).map(({ id, institution, amount_requested: amount, duplicate }) =>
          ({ id, slug: institution.slug, amount, duplicate })) });
    else failures.push(`case: ${status} ${text}`);
    await pause(5);
  }
}

/** A robot: a receipt and a hold for each target that it is asked about. */
async function answer(slug, message) {
  const robot = world.person(`${slug}.service`);
  for (const target of message.type === 'freeze.requested' ? message.targets : [])
    for (const body of [{ code: 'RECEIPT' }, holdAt(slug, target.amount_requested)]) {
      const { status, text } = await acknowledged(robot, `/v1/targets/${target.id}/responses`, body,
        `${message.id}.${target.id}.${body.code}`);
      if (status === 201) ledgers.answers.write({ target: target.id, code: body.code });
      else failures.push(`${body.code}: ${status} ${text}`);
    }
}

function holdAt(slug, amount) {
  if (slug !== 'nadi_gateway') return hold(amount);
  const { balance, held_at, ...rest } = hold(amount, 'HLD_INFLIGHT');
  return rest;
}

const known = new Set();
const answering = new Set();

/** Whatever comes is written down; what is new is worked on. */
function work(slug, id, message) {
  ledgers.received.write({ slug, id, type: message.type,
    targets: (message.targets ?? []).map(({ id: target, generation }) => ({ target, generation })) });
  if (known.has(id)) return;
  known.add(id);
  const done = answer(slug, message).finally(() => answering.delete(done));
  answering.add(done);
}

/** A machine without a webhook: reads its inbox, stores, checkpoints. */
async function puller(slug) {
  const who = world.person(`${slug}.service`);
  for (;;) {
    const wasQuiet = isQuiet;
    const page = await who.get(hub, '/v1/inbox?limit=200', { milliseconds: 10_000 }).catch(() => undefined);
    const items = page?.status === 200 ? page.body.items : [];
    for (const { id, body } of items) work(slug, id, JSON.parse(body));
    if (items.length > 0)
      await acknowledged(who, '/v1/inbox/checkpoint', { ids: items.map(({ id }) => id) }, null);
    else if (page?.status === 200 && wasQuiet) return;
    await pause(20);
  }
}

async function killer() {
  let kills = 0;
  while (kills < KILLS) {
    await pause(SHORTEST + random() * (LONGEST - SHORTEST));
    const { signal } = await hub.kill();
    assert.equal(signal, 'SIGKILL', `it had ended by itself:\n${hub.log.slice(-3000)}`);
    kills++;
    await hub.start();
  }
  return kills;
}

before(async () => {
  world.prepare();
  webhooks = await Webhooks.start(world);
  for (const name of ['cases', 'answers', 'received']) ledgers[name] = new Ledger(world.path(name));
  for (const slug of ['malabar_bank', 'kaveri_wallet', 'deccan_bank'])
    webhooks.plan(slug, ({ id, message }) => {
      work(slug, id, message);
      return 204;
    });
  hub = await world.hub({ desks: 2 });
  await world.register(hub, (slug) => (webhooks.plans[slug] === undefined ? undefined : webhooks.url(slug)));
}, { timeout: 60_000 });

after(async () => {
  webhooks.stop();
  for (const ledger of Object.values(ledgers)) ledger.close();
  await world.remove();
});

describe(`a hub that is killed ${KILLS} times (seed ${SEED})`, () => {
  test('comes back each time and finishes what was begun', { timeout: 60_000 + KILLS * 6000 }, async () => {
    const officers = Array.from({ length: LANES }, () => officer('kl_kochi_cyber.officer'));
    const machine = puller('nadi_gateway');
    assert.equal(await killer(), KILLS);
    isOver = true;
    await Promise.all(officers);
    isQuiet = true;
    await machine;
    await until(async () => await world.database.value(`SELECT count(*) FROM outbox o JOIN endpoint e USING (endpoint_no)
      WHERE e.kind = 'webhook'`) === 0 && await world.database.value(`SELECT count(*) FROM outbox_retry`) === 0,
    { milliseconds: 60_000, what: 'the last delivery' });
    while (answering.size > 0) await Promise.all(answering);
    await until(async () => await world.database.value(
      'SELECT (SELECT count(*) FROM event) = (SELECT count(*) FROM event_leaf)'), { what: 'the last leaf' });
    process.stdout.write(`  ${ledgers.cases.count} cases, ${ledgers.answers.count} answers, ` +
      `${ledgers.received.count} messages taken, ${webhooks.deliveries.length} webhooks\n`);
  });

  test('refused nothing of what it was asked', () => assert.deepEqual(failures, []));

  test('was at work when it was killed', () => {
    assert.ok(ledgers.cases.count >= KILLS / 2, `${ledgers.cases.count} cases`);
    assert.ok(ledgers.answers.count >= KILLS / 2, `${ledgers.answers.count} answers`);
  });

  test('has every acknowledged case once, and no other', async () => {
    const acked = ledgers.cases.read();
    const rows = await world.database.rows('SELECT ref, case_id FROM case_file ORDER BY ref');
    assert.deepEqual(rows.map(({ ref }) => ref), acked.map(({ ref }) => ref).sort());
    assert.equal(new Set(acked.map(({ id }) => id)).size, acked.length);
    // A case made twice would be superseded by its twin.
    assert.equal(await world.database.value("SELECT count(*) FROM target WHERE status = 'superseded'"), 0);
    assert.equal(await world.database.value('SELECT count(*) FROM target'),
      acked.reduce((sum, one) => sum + one.targets.length, 0));
  });

  test('gives each acknowledged case\'s answer again, byte for byte', async () => {
    const acked = ledgers.cases.read();
    for (let i = 0; i < acked.length; i += Math.max(1, Math.floor(acked.length / 40))) {
      const { name, key, body, text } = acked[i];
      const again = await world.person(name).post(hub, '/v1/cases', body, { key });
      assert.equal(again.status, 201);
      assert.equal(again.text, text);
      assert.equal(again.headers['idempotent-replayed'], 'true');
    }
  });

  test('sent every target\'s request under one webhook-id, and lost none', async () => {
    const ids = new Map();
    for (const { id, type, targets: list } of ledgers.received.read())
      for (const { target, generation } of type === 'freeze.requested' ? list : []) {
        const key = `${target} ${generation}`;
        ids.set(key, (ids.get(key) ?? new Set()).add(id));
      }
    for (const [key, different] of ids) assert.equal(different.size, 1, `${key}: ${[...different]}`);
    for (const { targets: list } of ledgers.cases.read())
      for (const { id } of list) assert.ok(ids.has(`${id} 1`), `${id} was never sent`);
    assert.equal(await world.database.value(`SELECT count(*) FROM (SELECT t, generation FROM message,
      unnest(target_ids) AS t WHERE type = 'freeze.requested' GROUP BY 1, 2 HAVING count(*) <> 1) AS x`), 0);
  });

  test('has every acknowledged answer once, and holds what was held', async () => {
    const acked = ledgers.answers.read();
    assert.equal(new Set(acked.map(({ target, code }) => `${target} ${code}`)).size, acked.length);
    assert.deepEqual(await world.database.rows(`SELECT target_id, code, count(*) FROM response
      GROUP BY 1, 2 HAVING count(*) <> 1`), []);
    const rows = await world.database.rows('SELECT code, count(*) AS n FROM response GROUP BY code');
    const recorded = Object.fromEntries(rows.map(({ code, n }) => [code, n]));
    for (const code of ['RECEIPT', 'HLD_FULL', 'HLD_INFLIGHT'])
      assert.equal(recorded[code], acked.filter((one) => one.code === code).length, code);
    const all = ledgers.cases.read().flatMap((one) => one.targets).length;
    assert.equal(recorded.HLD_FULL + recorded.HLD_INFLIGHT, all);
    assert.equal(await world.database.value(`SELECT count(*) FROM target
      WHERE status = 'held_full' AND held_minor = requested_minor AND delivered_at IS NOT NULL`), all);
  });

  test('has every proof of integrity, and leaves without a gap', async () => {
    assert.match(world.integrity(), /^\d+ proofs hold$/);
    assert.deepEqual(await world.database.rows(`SELECT leaf_index FROM (SELECT leaf_index,
      row_number() OVER (ORDER BY leaf_index) - 1 AS n FROM event_leaf) AS x WHERE leaf_index <> n LIMIT 5`), []);
  });

  test('has timelines that verify', async () => {
    const acked = ledgers.cases.read();
    for (let i = 0; i < acked.length; i += Math.max(1, Math.floor(acked.length / 20))) {
      const { status, body } = await world.person(acked[i].name)
        .get(hub, `/v1/cases/${acked[i].id}/timeline?limit=200`);
      assert.equal(status, 200);
      assert.ok(body.items.length >= 2 + acked[i].targets.length);
      assert.deepEqual(complaints(body), []);
    }
  });
});
