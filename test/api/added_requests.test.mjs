// Requests that a case gets later: the same rules, and the sum of all calls.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import { about, freshExample, hold, respond, submit, targetAt, targets } from '../support/cases.mjs';
import { World } from '../support/hub.mjs';

const world = new World();
let hub;

const person = (name) => world.person(name);
const officer = () => person('kl_kochi_cyber.officer');

before(async () => {
  world.prepare();
  hub = await world.hub();
  await world.register(hub);
});
after(() => world.remove());

/** Payments and requests of an example, as a case is given them later. */
const more = (letter = 'a') => {
  const { transactions, requests } = freshExample(letter);
  return { transactions, requests: requests.slice(-1) };
};

const add = (one, body = more(), options = {}, by = officer()) =>
  by.post(hub, `/v1/cases/${one.id}/requests`, body, options);
const read = async (one) => (await officer().get(hub, `/v1/cases/${one.id}`)).body;

describe('requests that are added', () => {
  test('go out like the first ones', async () => {
    const one = (await submit(world, hub, 'a')).body;
    const { status, body, headers, text } = await add(one);
    assert.equal(status, 201, text);
    assert.equal(headers.location, `/v1/cases/${one.id}`);
    assert.equal(body.requests.length, 1);
    assert.equal(body.requests[0].status, 'issued');
    assert.notEqual(body.requests[0].id, one.requests[0].id);
    const target = targetAt(body, 'malabar_bank');
    const [asked] = await about(hub, person('malabar_bank.nodal'), target);
    assert.equal(asked.type, 'freeze.requested');
    assert.ok(asked.targets[0].identifier.value.length > 0);
    const seen = await read(one);
    assert.equal(seen.requests.length, one.requests.length + 1);
    assert.equal(seen.transactions.length, one.transactions.length + body.transactions.length);
    await respond(world, hub, target, hold(target.amount_requested));
    assert.equal((await read(one)).status, 'in_progress');
  });

  test('may be about a payment that the case has', async () => {
    const draft = freshExample('a');
    const one = (await submit(world, hub, 'a', { body: draft })).body;
    const [{ targets: [first], ...request }] = draft.requests;
    const known = one.transactions.find(({ key }) => key === first.transaction).id;
    // Another account of the same payment is another target …
    const fresh = freshExample('a').requests[0].targets
      .find(({ identifier }) => identifier.type === first.identifier.type);
    const other = await add(one, { requests: [{ ...request, targets: [{ ...fresh, transaction: known }] }] });
    assert.equal(other.status, 201, other.text);
    assert.equal(other.body.requests[0].targets[0].status, 'queued');
    assert.deepEqual(other.body.transactions, []);
    // … the same account is asked for already.
    const same = await add(one, { requests: [{ ...request, targets: [{ ...first, transaction: known }] }] });
    assert.equal(same.status, 201, same.text);
    assert.deepEqual([same.body.requests[0].targets[0].status, same.body.requests[0].targets[0].duplicate],
      ['superseded', true]);
  });

  test('are found the same also where the payment has no reference', async () => {
    const draft = freshExample('a');
    for (const txn of draft.transactions) delete txn.reference;
    const one = (await submit(world, hub, 'a', { body: draft })).body;
    const [{ targets: [first], ...request }] = draft.requests;
    const known = one.transactions.find(({ key }) => key === first.transaction).id;
    const body = { requests: [{ ...request, targets: [{ ...first, transaction: known }] }] };
    assert.equal((await add(one, body)).body.requests[0].targets[0].status, 'superseded');
  });

  test('wait for an approval where all calls together ask for more', async () => {
    const small = freshExample('a');
    const { currency } = small.transactions[0].money;
    const money = { amount: '3000000.00', currency };
    const about = (letter) => {
      const draft = letter === undefined ? small : freshExample(letter);
      const [txn] = draft.transactions;
      const [{ targets: [target], ...request }] = draft.requests;
      return { ...draft, transactions: [{ ...txn, money, parent: undefined }],
        requests: [{ ...request, targets: [{ ...target, transaction: txn.key, amount: money }] }] };
    };
    const one = (await submit(world, hub, 'a', { body: about() })).body;
    assert.equal(one.requests[0].status, 'issued');
    const { transactions, requests } = about('a');
    const { status, body, text } = await add(one, { transactions, requests });
    assert.equal(status, 201, text);
    assert.equal(body.requests[0].status, 'pending_approval');
    const approved = await person('kl_kochi_cyber.supervisor').post(
      hub, `/v1/requests/${body.requests[0].id}/approval`, { decision: 'approve' });
    assert.equal(approved.body.status, 'issued', approved.text);
  });

  test('are tried out without leaving a trace', async () => {
    const one = (await submit(world, hub, 'a')).body;
    const before = await world.database.counts();
    const { status, body } = await officer().call(
      hub, 'POST', `/v1/cases/${one.id}/requests?dry_run=true`, { body: more() });
    assert.deepEqual([status, body.dry_run, body.requests.length], [200, true, 1]);
    assert.deepEqual(await world.database.counts(), before);
  });

  test('are added once, however often the call comes', async () => {
    const one = (await submit(world, hub, 'a')).body;
    const body = more();
    const calls = await Promise.all([1, 2, 3].map(() => add(one, body, { key: `add-${one.id}` })));
    assert.deepEqual(calls.map(({ status }) => status), [201, 201, 201]);
    assert.equal((await read(one)).requests.length, one.requests.length + 1);
  });

  test('are refused with the place of what is wrong', async () => {
    const one = (await submit(world, hub, 'a')).body;
    const right = more();
    const bend = (change) => {
      const body = structuredClone(right);
      change(body);
      return body;
    };
    const first = (body) => body.requests[0].targets[0];
    for (const [body, code, pointer] of [
      [{}, 'missing_member', '/requests'],
      [bend((b) => { b.requests = []; }), 'too_few_items', '/requests'],
      [bend((b) => { b.loss = 1; }), 'unknown_member', '/loss'],
      [bend((b) => { first(b).transaction = 'nothing'; }), 'unknown_key', '/requests/0/targets/0/transaction'],
      [bend((b) => { first(b).transaction = 'txn_01h455vb4pex5vsknk084sn02q'; }), 'unknown_transaction',
        '/requests/0/targets/0/transaction'],
      [bend((b) => { b.requests[0].reason = '4111 1111 1111 1111'; }), 'card_number_refused', '/requests/0/reason'],
      [bend((b) => { b.requests[0].basis = 'NONE'; }), 'unknown_basis', '/requests/0/basis'],
    ]) {
      const { status, body: problem, text } = await add(one, body);
      assert.equal(status, 422, text);
      assert.deepEqual([problem.errors[0].code, problem.errors[0].pointer], [code, pointer]);
    }
    // A new case has no payments of before.
    const draft = freshExample('a');
    first(draft).transaction = one.transactions[0].id;
    const refused = await officer().post(hub, '/v1/cases', draft);
    assert.deepEqual([refused.status, refused.body.errors[0].code], [422, 'unknown_key']);
    await officer().post(hub, `/v1/cases/${one.id}/withdrawal`, { reason: 'other' });
    const late = await add(one, right);
    assert.deepEqual([late.status, late.body.code], [409, 'case_not_open']);
    assert.equal(targets(await read(one)).length, targets(one).length);
  });
});

test('freezeline adds a request', async () => {
  const one = (await submit(world, hub, 'a')).body;
  const file = world.path('more.json');
  writeFileSync(file, JSON.stringify(more()));
  const options = officer().options(hub);
  assert.match(world.freezeline('case', 'add-request', one.id, file, ...options), /malabar_bank/);
  assert.equal((await read(one)).requests.length, one.requests.length + 1);
  assert.equal(world.run('case', 'add-request', one.id, ...options).status, 2);
});
