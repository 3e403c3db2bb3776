// Facts of a case that became clear later: of the version that was seen.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { after, before, describe, test } from 'node:test';
import { submit } from '../support/cases.mjs';
import { FREEZELINE, World } from '../support/hub.mjs';

const world = new World();
let hub;
let receipt;
const path = () => `/v1/cases/${receipt.id}`;
const officer = () => world.person('kl_kochi_cyber.officer');
const read = async (who = officer()) => who.get(hub, path());
const patch = (body, match, who = officer()) =>
  who.call(hub, 'PATCH', path(), { body, headers: match === undefined ? {} : { 'if-match': match } });
const code = ({ body }) => body.type.split(/[/:#]/).pop();

before(async () => {
  world.prepare();
  hub = await world.hub();
  await world.register(hub);
  receipt = (await submit(world, hub, 'e')).body;
});
after(() => world.remove());

describe('PATCH of a case', () => {
  test('changes what is named, gives a new version, and is in the timeline', async () => {
    const { headers, body: seen } = await read();
    const done = await patch({ typology: 'aeps', authorised: 'unknown' }, headers.etag);
    assert.equal(done.status, 200);
    const { headers: later, body } = await read();
    assert.notEqual(later.etag, headers.etag);
    assert.deepEqual([body.typology, body.authorised, body.priority], ['aeps', 'unknown', seen.priority]);
    const { body: timeline } = await officer().get(hub, `${path()}/timeline?limit=200`);
    const [event] = timeline.items.filter(({ type }) => type === 'case.amended');
    const told = Object.fromEntries(event.values.map(({ field, value }) => [field, value]));
    assert.deepEqual([told.typology_was, told.typology], [seen.typology, 'aeps']);
  });
  for (const [what, body, status, problem, pointer] of [
    ['nothing', {}, 422, 'nothing_to_change', ''],
    ['a priority that is none', { priority: 'p9' }, 422, 'not_one_of', '/priority'],
    ['what may not change', { unit: 'us_sanjose_pd' }, 422, 'unknown_member', '/unit'],
    ['the containment', { outcome: 'contained_full' }, 422, 'unknown_member', '/outcome'],
    ['a typology that is none', { typology: 'theft' }, 422, 'not_one_of', '/typology'],
  ]) {
    test(`that names ${what} is refused`, async () => {
      const { headers } = await read();
      const refused = await patch(body, headers.etag);
      assert.equal(refused.status, status);
      assert.equal(refused.body.errors?.[0]?.code ?? code(refused), problem);
      if (pointer) assert.equal(refused.body.errors[0].pointer, pointer);
      assert.equal((await read()).headers.etag, headers.etag);
    });
  }
  test('without If-Match is 428, of an older version 412', async () => {
    const { headers } = await read();
    assert.equal((await patch({ authorised: 'yes' })).status, 428);
    assert.equal((await patch({ authorised: 'no' }, headers.etag)).status, 200);
    const stale = await patch({ authorised: 'yes' }, headers.etag);
    assert.deepEqual([stale.status, code(stale)], [412, 'stale']);
    assert.equal((await patch({ authorised: 'yes' }, '"x"')).status, 412);
  });
  for (const [name, status] of [['us_sanjose_pd.officer', 404], ['us_sanjose_pd.supervisor', 404],
    ['deccan_bank.nodal', 403], ['payments_audit.auditor', 403], ['admin-1', 403]]) {
    test(`by ${name} is ${status}`, async () => {
      const { headers } = await read();
      assert.equal((await patch({ authorised: 'yes' }, headers.etag, world.person(name))).status, status);
    });
  }
  test('from the terminal', async () => {
    const { cert, key, ca } = officer().files;
    const { status, stderr } = spawnSync(FREEZELINE, ['case', 'patch', receipt.id, '--typology', 'phishing',
      '--hub', `https://localhost:${hub.port}`, '--cert', cert, '--key', key, '--ca', ca], { encoding: 'utf8' });
    assert.equal(status, 0, stderr);
    assert.equal((await read()).body.typology, 'phishing');
  });
  test('of a case that is over is refused', async () => {
    await officer().post(hub, `${path()}/withdrawal`, { reason: 'filed_in_error' });
    const { headers } = await read();
    const refused = await patch({ authorised: 'yes' }, headers.etag);
    assert.deepEqual([refused.status, code(refused)], [409, 'case_over']);
  });
});
