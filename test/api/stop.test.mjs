// A hub that is stopped while it is at work ends by itself, and in order.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { after, before, describe, test } from 'node:test';
import { submit } from '../support/cases.mjs';
import { World, until } from '../support/hub.mjs';

const world = new World();
let hub;

before(async () => {
  world.prepare();
  hub = await world.hub({ shutdown_seconds: 1 });
  await world.register(hub);
});
after(() => world.remove());

/** Keeps everybody from reading a table, for some seconds. */
async function hold(table, seconds) {
  const holder = spawn('psql', ['-X', '-q', '-d', world.database.owner, '-c',
    `BEGIN; LOCK TABLE ${table} IN ACCESS EXCLUSIVE MODE; SELECT pg_sleep(${seconds})`],
  { stdio: 'ignore' });
  await until(() => world.database.value(`SELECT count(*) FROM pg_locks WHERE granted
    AND relation = '${table}'::regclass AND mode = 'AccessExclusiveLock'`));
  return { ended: once(holder, 'exit') };
}

describe('a hub that stops', () => {
  /* What is read at last goes on record through the desk. */
  test('outlasts a slow reader, which still has something for the desk', async () => {
    const { body } = await submit(world, hub, 'a');
    const { ended } = await hold('case_file', 4);
    const look = world.person('kl_kochi_cyber.officer').get(hub, `/v1/cases/${body.id}`);
    await until(() => world.database.value('SELECT count(*) FROM pg_locks WHERE NOT granted'));
    const stopped = hub.stop();
    assert.equal((await look).status, 503);
    assert.deepEqual(await stopped, { code: 0, signal: null });
    await ended;
  });
});
