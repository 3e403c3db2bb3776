// What must not be learnt on the way of a case: who led to an account, what
// somebody wrote, and anything at all once one is shut out.
import assert from 'node:assert/strict';
import { createHash, X509Certificate } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import { respond, submit, targetAt, targets } from '../support/cases.mjs';
import { World, until } from '../support/hub.mjs';

const world = new World();
let hub;

const person = (name) => world.person(name);

before(async () => {
  world.prepare();
  hub = await world.hub();
  await world.register(hub);
});
after(() => world.remove());

/** A timeline once all its events have their place. */
async function timeline(who, id, least) {
  let items;
  await until(async () => {
    ({ body: { items } } = await person(who).get(hub, `/v1/cases/${id}/timeline?limit=200`));
    return items.length >= least;
  });
  return items;
}

describe('an onward account\'s institution', () => {
  test('is not told who named it', async () => {
    const { body: receipt } = await submit(world, hub, 'b');
    const [parent] = targets(receipt);
    const amount = parent.amount_requested;
    await respond(world, hub, parent, { code: 'OUT_XFER', leads: [{ code: 'OUT_XFER',
      to: { institution: 'malabar_bank',
        identifier: { type: 'in_account', value: '031420985671', ifsc: 'MLBX0000031' } },
      money: amount }] });
    const officer = person('kl_kochi_cyber.officer');
    const { body: file } = await officer.get(hub, `/v1/cases/${receipt.id}`);
    const child = targetAt(file, 'malabar_bank');
    assert.equal(child.status, 'proposed');
    assert.equal((await officer.post(hub, `/v1/targets/${child.id}/issue`)).status, 200);
    const all = await timeline('kl_kochi_cyber.officer', receipt.id, 8);
    const proposed = all.find(({ type, leaf }) => type === 'target.proposed' && leaf.includes('parent'));
    assert.equal(proposed.actor_role, 'nodal');
    const own = await timeline('malabar_bank.nodal', receipt.id, 1);
    assert.ok(own.some(({ type }) => type === 'target.issued'));
    for (const event of own) {
      assert.notEqual(event.actor, proposed.actor);
      assert.ok(!event.values.some(({ field }) => field === 'parent'), event.type);
    }
    assert.ok(!JSON.stringify(own).includes(parent.id));
  });
});

describe('an auditor', () => {
  test('reads a timeline without what somebody wrote in free words', async () => {
    const { body: receipt } = await submit(world, hub, 'a');
    const [target] = targets(receipt);
    await respond(world, hub, target, { code: 'REJ_INCOMPLETE', note: 'ask Anoop for the slip' });
    const full = await timeline('kl_kochi_cyber.officer', receipt.id, 6);
    const fields = (items) => items.flatMap(({ values }) => values.map(({ field }) => field));
    for (const field of ['narrative', 'note']) assert.ok(fields(full).includes(field), field);
    const masked = await timeline('payments_audit.auditor', receipt.id, full.length);
    for (const field of ['narrative', 'note', 'reason', 'hold_ref'])
      assert.ok(!fields(masked).includes(field), field);
    assert.ok(fields(masked).includes('code'));
    assert.ok(!JSON.stringify(masked).includes('Anoop'));
    for (const { leaf } of full) assert.ok(masked.some((one) => one.leaf === leaf));
  });
});

describe('who is shut out while waiting', () => {
  test('is told so at the end of the wait, not what came meanwhile', async () => {
    const who = person('bazar_market.nodal');
    const waits = who.get(hub, '/v1/inbox', { headers: { prefer: 'wait=2' } });
    await until(async () => /^freezeline_reader_parked 1$/m.test((await hub.admin('/metrics')).text));
    const key = createHash('sha256').update(
      new X509Certificate(world.pem(who.name)).publicKey.export({ type: 'spki', format: 'der' })).digest('hex');
    const revoked = await person('admin-1').post(hub, '/v1/certificates/revocations',
      { spki_sha256: key, reason: 'left' });
    assert.equal(revoked.status, 200);
    const answer = await waits;
    assert.equal(answer.status, 403);
    assert.equal(answer.body.code, 'certificate_revoked');
  });
});
