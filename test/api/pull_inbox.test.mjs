// The receiver sample that pulls: curl, openssl and jq against a hub's inbox.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { submit, targets } from '../support/cases.mjs';
import { World } from '../support/hub.mjs';

const world = new World();
let hub;
let store;

before(async () => {
  world.prepare();
  hub = await world.hub();
  await world.register(hub);
  store = world.path('store');
  mkdirSync(store);
});
after(() => world.remove());

const pull = (more = {}) => spawnSync('sh', ['adapters/receivers/pull_inbox.sh', 'once'], {
  encoding: 'utf8',
  env: { PATH: process.env.PATH, TMPDIR: world.directory,
    HUB: `https://localhost:${hub.port}`, STORE: store,
    CERT: join(world.pki, 'deccan_bank.nodal.pem'), KEY: join(world.pki, 'deccan_bank.nodal.key'),
    CA: join(world.pki, 'ca.pem'), SECRET: world.institutions.deccan_bank.endpoint.secret, ...more } });
const kept = () => readdirSync(store).sort();
const waiting = async () =>
  (await world.person('deccan_bank.nodal').get(hub, '/v1/inbox')).body.items;

describe('pull_inbox.sh', () => {
  test('keeps what waits, byte for byte, and then takes it', async () => {
    const [target] = targets((await submit(world, hub, 'e')).body);
    const [entry] = await waiting();
    const { status, stdout, stderr } = pull();
    assert.equal(status, 0, stderr);
    assert.equal(stdout, `stored ${entry.id}\n`);
    assert.deepEqual(kept(), [`${entry.id}.json`]);
    assert.equal(readFileSync(join(store, kept()[0]), 'utf8'), entry.body);
    assert.deepEqual(await waiting(), []);
    const { body } = await world.person('kl_kochi_cyber.officer').get(hub, `/v1/targets/${target.id}`);
    assert.equal(body.status, 'delivered');
  });
  test('that cannot believe a signature keeps nothing and takes nothing', async () => {
    await submit(world, hub, 'e');
    const before = kept();
    const entries = await waiting();
    assert.equal(entries.length, 1);
    const { status, stderr } = pull({ SECRET: world.institutions.malabar_bank.endpoint.secret });
    assert.equal(status, 1);
    assert.match(stderr, new RegExp(`^${entries[0].id} is not from the hub`));
    assert.deepEqual(kept(), before);
    assert.deepEqual((await waiting()).map(({ id }) => id), [entries[0].id]);
  });
  test('takes what it kept before it was killed, and keeps it once', async () => {
    const [entry] = await waiting();
    writeFileSync(join(store, `${entry.id}.json`), entry.body);
    const { status, stdout, stderr } = pull();
    assert.equal(status, 0, stderr);
    assert.equal(stdout, '');
    assert.equal(kept().length, 2);
    assert.deepEqual(await waiting(), []);
  });
  test('says why the hub refuses it', () => {
    const { status, stderr } = pull({ CERT: join(world.pki, 'stranger.pem'), KEY: join(world.pki, 'stranger.key') });
    assert.notEqual(status, 0);
    assert.match(stderr, /403/);
  });
  test('is no longer than 60 lines', () => {
    const lines = readFileSync('adapters/receivers/pull_inbox.sh', 'utf8').split('\n');
    assert.ok(lines.length <= 61, `${lines.length}`);
  });
});
