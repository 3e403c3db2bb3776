// docs/connect-a-bank.md, command by command, in an empty directory.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { join, resolve } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { submit, targets } from '../support/cases.mjs';
import { World } from '../support/hub.mjs';

const PAGE = readFileSync('docs/connect-a-bank.md', 'utf8');
const commands = [...PAGE.matchAll(/^```sh\n(.*?)^```$/gms)].map(([, text]) => text);

const world = new World();
let hub;
let directory;
let target;
let run;
let began;

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  return port;
}

// What the page calls by an example's name, as it is here.
function asHere(text, port) {
  const changes = {
    'https://hub.example:8443': `https://localhost:${hub.port}`,
    '/path/to/freezeline/adapters/receivers': resolve('adapters/receivers'),
    '"url": "https://bank.example:7443/hook"': `"url": "https://localhost:${port}/hook", "allow_private": true`,
    'PORT=7443': `PORT=${port}`,
  };
  let changed = text;
  for (const [from, to] of Object.entries(changes)) {
    assert.equal(changed.split(from).length, 2, from);
    changed = changed.replace(from, to);
  }
  return changed;
}

before(async () => {
  world.prepare();
  hub = await world.hub();
  await world.register(hub);
  [target] = targets((await submit(world, hub, 'e')).body);
  directory = world.path('empty');
  mkdirSync(directory);
  const given = { 'bank.pem': 'deccan_bank.nodal.pem', 'bank.key': 'deccan_bank.nodal.key', 'ca.pem': 'ca.pem',
    'admin.pem': 'admin-2.pem', 'admin.key': 'admin-2.key', 'server.pem': 'server.pem', 'server.key': 'server.key' };
  for (const [to, from] of Object.entries(given)) copyFileSync(join(world.pki, from), join(directory, to));
  writeFileSync(join(directory, 'secret'), world.institutions.deccan_bank.endpoint.secret);
  began = Date.now();
  run = spawnSync('sh', ['-eu'], { input: asHere(commands.join('\n'), await freePort()), cwd: directory,
    encoding: 'utf8', timeout: 60_000, env: { PATH: process.env.PATH, TMPDIR: world.directory } });
});
after(() => world.remove());

const kept = (folder) => readdirSync(join(directory, folder))
  .map((file) => JSON.parse(readFileSync(join(directory, folder, file), 'utf8')));

describe('the page', () => {
  test('has its commands in blocks, and each of them works', () => {
    assert.ok(commands.length >= 6, `${commands.length} blocks`);
    assert.equal(run.status, 0, `${run.stdout}\n${run.stderr}`);
  });
  test('brings a first verified event within a minute', () => {
    const [first] = readdirSync(join(directory, 'store'));
    assert.ok(statSync(join(directory, 'store', first)).mtimeMs - began < 60_000);
    assert.deepEqual(kept('store').map(({ type }) => type).sort(), ['freeze.requested', 'test.ping']);
  });
  test('has a webhook called, with a secret of its own', () => {
    assert.deepEqual(kept('hooks').map(({ type }) => type), ['test.ping']);
    assert.match(run.stdout, /"type":"test\.ping","n":\d+,"status":204/);
  });
  test('answers a freeze', async () => {
    const { body } = await world.person('kl_kochi_cyber.officer').get(hub, `/v1/targets/${target.id}`);
    assert.equal(body.status, 'not_held');
    assert.ok(body.acknowledged_at);
  });
});
