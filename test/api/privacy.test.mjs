// What must not be learnt on the way of a case: who led to an account, what
// somebody wrote, and anything at all once one is shut out.
import assert from 'node:assert/strict';
import { createHash, X509Certificate } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import { freshExample, hold, respond, submit, targetAt, targets } from '../support/cases.mjs';
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

/** A timeline once the event that is looked for has its place. */
async function timeline(who, id, is) {
  let items;
  await until(async () => {
    ({ body: { items } } = await person(who).get(hub, `/v1/cases/${id}/timeline?limit=200`));
    return items.some(is);
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
    const all = await timeline('kl_kochi_cyber.officer', receipt.id, ({ leaf }) => leaf.includes('parent'));
    const proposed = all.find(({ type, leaf }) => type === 'target.proposed' && leaf.includes('parent'));
    assert.equal(proposed.actor_role, 'nodal');
    const own = await timeline('malabar_bank.nodal', receipt.id, ({ type }) => type === 'target.issued');
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
    const isRejected = ({ type }) => type === 'target.rejected';
    const full = await timeline('kl_kochi_cyber.officer', receipt.id, isRejected);
    const fields = (items) => items.flatMap(({ values }) => values.map(({ field }) => field));
    for (const field of ['narrative', 'note']) assert.ok(fields(full).includes(field), field);
    const masked = await timeline('payments_audit.auditor', receipt.id, isRejected);
    for (const field of ['narrative', 'note', 'reason', 'hold_ref'])
      assert.ok(!fields(masked).includes(field), field);
    assert.ok(fields(masked).includes('code'));
    assert.ok(!JSON.stringify(masked).includes('Anoop'));
    for (const { leaf } of full) assert.ok(masked.some((one) => one.leaf === leaf));
  });
});

describe('what people wrote', () => {
  test('is read back and stands nowhere in the database\'s files', async () => {
    const words = { narrative: 'zq narrative words', reason: 'zq reason words',
      value: 'ZQ-3110-77', hold_ref: 'ZQ-HOLD-12', note: 'zq note words', holder: 'Zq Holder' };
    const body = freshExample('a');
    body.narrative = words.narrative;
    body.external_refs = [{ scheme: 'ncrp', value: words.value }, { scheme: 'fir', value: '77/2026' }];
    body.requests[0].reason = words.reason;
    body.requests[0].targets[0].holder = words.holder;
    const { body: receipt } = await submit(world, hub, 'a', { body });
    const target = targetAt(receipt, body.requests[0].targets[0].institution);
    await respond(world, hub, target, { ...hold(target.amount_requested),
      code: 'HLD_INFLIGHT', hold_ref: words.hold_ref, note: words.note });
    const officer = person('kl_kochi_cyber.officer');
    const { body: file, text } = await officer.get(hub, `/v1/cases/${receipt.id}`);
    for (const word of [words.narrative, words.reason, words.value, words.hold_ref, words.holder])
      assert.ok(text.includes(word), word);
    assert.deepEqual(file.external_refs, body.external_refs);
    const { text: masked } = await person('payments_audit.auditor').get(hub, `/v1/cases/${receipt.id}`);
    for (const word of Object.values(words)) assert.ok(!masked.includes(word), word);
    assert.equal((await officer.post(hub, `/v1/requests/${receipt.requests[0].id}/withdrawal`,
      { reason: 'done' })).status, 200);
    const { body: inbox } = await person(`${target.institution.slug}.nodal`).get(hub, '/v1/inbox?limit=200');
    assert.ok(inbox.items.some(({ type, body: told }) =>
      type === 'release.ordered' && told.includes(words.hold_ref)));
    assert.deepEqual(world.database.search(Object.values(words)), []);
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
