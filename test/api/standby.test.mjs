// Synchronous replication: what was answered is on the standby too, also where
// the wait for it was cut off (docs/trust.md, "Durability").
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { freshExample } from '../support/cases.mjs';
import { World, until } from '../support/hub.mjs';

const world = new World();
let hub;

before(async () => {
  world.prepare();
  hub = await world.hub();
  await world.register(hub);
});
after(() => world.remove());

const admin = (text) => world.database.sql(text, 'admin');

function standby(names) {
  admin(`ALTER SYSTEM SET synchronous_standby_names = '${names}'`);
  admin('SELECT pg_reload_conf()');
}

/** The backend of the desk while it waits for the standby, or "". */
const waiting = () => admin(`SELECT pid FROM pg_stat_activity
  WHERE application_name = 'freezeline desk' AND wait_event = 'SyncRep'`);

test('a kept answer is not given before the standby has what it tells of', async () => {
  standby('nobody');
  let isAnswered = false;
  const answer = world.person('kl_kochi_cyber.officer').post(hub, '/v1/cases', freshExample('a'))
    .finally(() => { isAnswered = true; });
  const pid = await until(waiting);
  // It is committed here and nowhere else; the desk finds its own reply.
  assert.equal(admin(`SELECT pg_cancel_backend(${pid})`), 't');
  await until(() => world.database.value('SELECT count(*) FROM case_file'));
  await until(waiting);
  assert.ok(!isAnswered);
  standby('');
  const { status, headers } = await answer;
  assert.equal(status, 201);
  assert.equal(headers['idempotent-replayed'], 'true');
  assert.equal(await world.database.value('SELECT count(*) FROM case_file'), 1);
});
