// One live target for the same payment, identifier and institution: the
// second one is superseded, and both units are told without a word of the
// other.  To ask for records doubles no hold.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { about, freshExample, later, nodal, respond, submit, targetAt, targets } from '../support/cases.mjs';
import { World } from '../support/hub.mjs';

const world = new World();
let hub;
const kochi = () => world.person('kl_kochi_cyber.officer');
const sanjose = () => world.person('us_sanjose_pd.officer');
const show = async (path, by = kochi()) => (await by.get(hub, path)).body;
const told = async (who, target) =>
  (await about(hub, who, target)).filter(({ type }) => type === 'target.superseded');

/** The same complaint as another unit would bring it. */
function abroad(body) {
  const copy = structuredClone(body);
  delete copy.profile;
  for (const request of copy.requests) delete request.basis;
  return copy;
}

before(async () => {
  world.prepare();
  hub = await world.hub();
  await world.register(hub);
});
after(() => world.remove());

describe('both units of a duplicate are told', () => {
  test('and nothing of the other', async () => {
    const body = freshExample('b');
    const first = (await submit(world, hub, 'b', { body })).body;
    const second = await submit(world, hub, 'b', { body: abroad(body), by: 'us_sanjose_pd.officer' });
    const [stands, doubled] = [targetAt(first, 'deccan_bank'), targetAt(second.body, 'deccan_bank')];
    assert.equal(doubled.status, 'superseded');
    const [ours] = await told(kochi(), stands);
    const [theirs] = await told(sanjose(), doubled);
    assert.deepEqual([ours.duplicate, theirs.duplicate], [{ stands: true }, { stands: false }]);
    assert.deepEqual([ours.case.id, theirs.case.id], [first.id, second.body.id]);
    for (const [seen, hidden] of [[ours, [second.body.id, second.body.ref, doubled.id, 'sanjose']],
      [theirs, [first.id, first.ref, stands.id, 'kochi']]])
      for (const word of hidden) assert.ok(!JSON.stringify(seen).includes(word), word);
    for (const account of [body.requests[0].targets[0].identifier.value])
      assert.ok(!JSON.stringify([ours, theirs]).includes(account));
    assert.equal((await told(sanjose(), stands)).length + (await told(kochi(), doubled)).length, 0);
    assert.equal((await about(hub, nodal(world, stands), doubled)).length, 0);
  });

  test('once, however often the call is sent', async () => {
    const body = freshExample('b');
    const first = (await submit(world, hub, 'b', { body })).body;
    const send = () => submit(world, hub, 'b', { body: abroad(body), by: 'us_sanjose_pd.officer', key: `twice-${first.id}` });
    const made = await Promise.all([send(), send()]);
    assert.equal(made[0].body.id, made[1].body.id);
    assert.equal((await told(kochi(), targetAt(first, 'deccan_bank'))).length, 1);
  });

  test('of a lead, too', async () => {
    const body = freshExample('b');
    const [txn] = body.transactions;
    const [target] = body.requests[0].targets;
    const first = (await submit(world, hub, 'b', { body })).body;
    const other = freshExample('b');
    const made = (await submit(world, hub, 'b', { body: abroad(other), by: 'us_sanjose_pd.officer' })).body;
    await world.person('us_sanjose_pd.supervisor').post(hub, `/v1/requests/${made.requests[0].id}/approval`, { decision: 'approved' });
    await respond(world, hub, targetAt(made, 'deccan_bank'), { code: 'OUT_XFER', leads: [{
      code: 'OUT_XFER', to: { institution: 'deccan_bank', identifier: target.identifier },
      txn: { ...txn.reference, channel: 'upi', at: later(-0.1) }, money: other.requests[0].targets[0].amount,
    }] });
    const grown = await show(`/v1/cases/${made.id}`, sanjose());
    const child = targets(grown).find((one) => one.parent_id !== undefined);
    assert.equal(child.status, 'superseded');
    assert.deepEqual((await told(sanjose(), child)).map((one) => one.duplicate.stands), [false]);
    assert.deepEqual((await told(kochi(), targetAt(first, 'deccan_bank'))).map((one) => one.duplicate.stands), [true]);
  });

  test('even where many are', async () => {
    const body = freshExample('e');
    const first = (await submit(world, hub, 'e', { body })).body;
    for (let i = 0; i < 3; i++) assert.equal(targets((await submit(world, hub, 'e', { body })).body)[0].status, 'superseded');
    const ours = await told(kochi(), targets(first)[0]);
    assert.deepEqual(ours.map((one) => one.duplicate), Array(3).fill({ stands: true }));
  });
});

describe('no duplicate', () => {
  const records = (body) => {
    const copy = structuredClone(body);
    Object.assign(copy.requests[0], { action: 'PRESERVE_RECORDS', basis: 'BNSS_94', scope: 'records' });
    return copy;
  };

  test('is a request for records beside a hold, or the other way round', async () => {
    for (const [before_, then] of [[(one) => one, records], [records, (one) => one]]) {
      const body = freshExample('b');
      await submit(world, hub, 'b', { body: before_(body) });
      const [target] = targets((await submit(world, hub, 'b', { body: then(body) })).body);
      assert.deepEqual([target.status, target.duplicate], ['queued', false]);
      assert.equal((await told(kochi(), target)).length, 0);
    }
  });

  test('but the second request for the same records is one', async () => {
    const body = records(freshExample('b'));
    const first = (await submit(world, hub, 'b', { body })).body;
    assert.equal(targets((await submit(world, hub, 'b', { body })).body)[0].status, 'superseded');
    assert.equal((await told(kochi(), targets(first)[0])).length, 1);
  });

  test('is both in one call', async () => {
    const body = freshExample('b');
    body.requests.push(records(body).requests[0]);
    const made = (await submit(world, hub, 'b', { body })).body;
    assert.deepEqual(targets(made).map(({ status }) => status), ['queued', 'queued']);
  });

  test('is what records lead to beside a hold', async () => {
    const held = freshExample('b');
    await submit(world, hub, 'b', { body: held });
    const asked = records(freshExample('b'));
    const made = (await submit(world, hub, 'b', { body: asked })).body;
    await respond(world, hub, targetAt(made, 'deccan_bank'), { code: 'OUT_XFER', leads: [{
      code: 'OUT_XFER', to: { institution: 'deccan_bank', identifier: held.requests[0].targets[0].identifier },
      txn: { ...held.transactions[0].reference, channel: 'upi', at: later(-0.1) },
      money: asked.requests[0].targets[0].amount,
    }] });
    const grown = await show(`/v1/cases/${made.id}`);
    assert.equal(targets(grown).find((one) => one.parent_id !== undefined).status, 'proposed');
  });
});
