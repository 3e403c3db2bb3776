// Laws that allow nothing without an order: a debit freeze waits for its order
// and for a second person, and goes out with both.
import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import { about, freshExample, hold, nodal, respond, submit, targets } from '../support/cases.mjs';
import { World } from '../support/hub.mjs';

const world = new World();
let hub;

before(async () => {
  world.prepare();
  hub = await world.hub();
  await world.register(hub);
});
after(() => world.remove());

const person = (name) => world.person(name);
const officer = () => person('kl_kochi_cyber.officer');
const supervisor = () => person('kl_kochi_cyber.supervisor');

function freeze() {
  const body = freshExample('e');
  body.requests[0] = { ...body.requests[0], action: 'DEBIT_FREEZE', scope: 'account', basis: 'BNSS_107' };
  return body;
}

const approve = (receipt, who = supervisor()) =>
  who.post(hub, `/v1/requests/${receipt.requests[0].id}/approval`, { decision: 'approve' });

/** A paper of this type on the request. */
async function file(receipt, type, by = officer()) {
  const bytes = Buffer.from(`%PDF-1.7\n${randomBytes(8).toString('hex')}\n%%EOF\n`);
  const digest = createHash('sha256').update(bytes).digest('base64');
  const { status, body, text } = await by.post(hub, `/v1/cases/${receipt.id}/documents`, bytes, {
    headers: { 'content-type': 'application/pdf', 'content-digest': `sha-256=:${digest}:`,
      'document-type': type, 'document-request': receipt.requests[0].id } });
  assert.equal(status, 201, text);
  return body;
}

const decide = (document, who, decision = 'verified', more = {}) =>
  who.post(hub, `/v1/documents/${document.id}/decisions`, { decision, ...more });

const read = async (receipt) => (await officer().get(hub, `/v1/cases/${receipt.id}`)).body.requests[0];

describe('a debit freeze', () => {
  test('waits, and no institution hears of it', async () => {
    const { body: receipt } = await submit(world, hub, 'e', { body: freeze() });
    const [target] = targets(receipt);
    assert.equal(receipt.requests[0].status, 'pending_approval');
    assert.equal(target.status, 'proposed');
    assert.deepEqual(await about(hub, nodal(world, target), target), []);
    assert.deepEqual((await read(receipt)).formalities, []);
  });

  test('says in a dry run that it will', async () => {
    const { status, body, text } = await officer().post(hub, '/v1/cases?dry_run=true', freeze());
    assert.equal(status, 200, text);
    assert.ok(JSON.stringify(body).includes('"order"'), text);
  });

  test('is not approved before its order is filed and verified', async () => {
    const { body: receipt } = await submit(world, hub, 'e', { body: freeze() });
    const refused = async () => {
      const { status, body } = await approve(receipt);
      assert.deepEqual([status, body.code], [409, 'order_missing']);
      assert.equal((await read(receipt)).status, 'pending_approval');
    };
    await refused();
    await file(receipt, 'OFFICER_LETTER');
    await refused();
    const order = await file(receipt, 'ATTACHMENT_ORDER');
    await refused();
    assert.equal((await decide(order, officer())).status, 403);
    assert.equal((await decide(order, supervisor(), 'defective', { defects: ['seal_missing'] })).status, 200);
    await refused();
  });

  test('goes out with a verified order and a second person, and owes the order no more', async () => {
    const { body: receipt } = await submit(world, hub, 'e', { body: freeze() });
    const [target] = targets(receipt);
    const order = await file(receipt, 'ATTACHMENT_ORDER');
    const verified = await decide(order, supervisor());
    assert.equal(verified.status, 200, verified.text);
    assert.equal((await approve(receipt, officer())).status, 403);
    const answer = await approve(receipt);
    assert.equal(answer.status, 200, answer.text);
    const request = await read(receipt);
    assert.equal(request.status, 'issued');
    const [paper, ...more] = request.formalities;
    assert.deepEqual([paper.type, paper.status, more.length], ['ATTACHMENT_ORDER', 'verified', 0]);
    assert.deepEqual((await officer().get(hub, `/v1/deadlines?kind=formality&case=${receipt.id}`)).body.items, []);
    const [message] = await about(hub, nodal(world, target), target);
    assert.equal(message.type, 'freeze.requested');
    assert.equal(message.request.action, 'DEBIT_FREEZE');
    assert.equal(message.request.authority.docs[0].id, order.id);
    await respond(world, hub, target, { ...hold(target.amount_requested), code: 'HLD_ACCT' });
  });

  test('is no emergency, and nothing that an institution asks for', async () => {
    const body = freeze();
    body.requests[0].emergency = true;
    const urgent = await officer().post(hub, '/v1/cases', body);
    assert.equal(urgent.status, 422);
    assert.deepEqual([urgent.body.errors[0].code, urgent.body.errors[0].pointer], ['order_missing', '/requests/0/basis']);
    const { status } = await person('deccan_bank.nodal').post(hub, '/v1/cases', freeze());
    assert.equal(status, 403);
  });
});

test('a hold is extended by an order that is verified', async () => {
  const { body: receipt } = await submit(world, hub, 'e');
  const [target] = targets(receipt);
  await respond(world, hub, target, { ...hold(target.amount_requested),
    expires_at: new Date(Date.now() + 86_400_000).toISOString() });
  const extend = () => officer().post(hub, `/v1/targets/${target.id}/extensions`,
    { expires_at: new Date(Date.now() + 5 * 86_400_000).toISOString(), basis: 'BNSS_107', reason: 'attached' });
  const early = await extend();
  assert.deepEqual([early.status, early.body.errors[0].code], [422, 'order_missing']);
  const order = await file(receipt, 'ATTACHMENT_ORDER');
  assert.equal((await extend()).status, 422);
  assert.equal((await decide(order, nodal(world, target))).status, 200);
  const late = await extend();
  assert.equal(late.status, 200, late.text);
});
