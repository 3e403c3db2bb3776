// Amendments of issued requests: who is told, what becomes stale, and when a
// second person is needed.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { about, hold, part, respond, submit, targetAt } from '../support/cases.mjs';
import { World, until } from '../support/hub.mjs';

const world = new World();
let hub;

const person = (name) => world.person(name);
const officer = () => person('kl_kochi_cyber.officer');
const supervisor = () => person('kl_kochi_cyber.supervisor');
const bank = () => person('malabar_bank.nodal');

before(async () => {
  world.prepare();
  hub = await world.hub();
  await world.register(hub);
});
after(() => world.remove());

async function asked() {
  const one = (await submit(world, hub, 'a')).body;
  const target = targetAt(one, 'malabar_bank');
  const request = one.requests.find(({ targets }) => targets.some(({ id }) => id === target.id));
  return { one, request, target };
}

const amend = (request, body, by = officer(), options = {}) =>
  by.post(hub, `/v1/requests/${request.id}/amendment`, { reason: 'more is known', ...body }, options);
const later = (days) => new Date(Date.now() + days * 86_400_000).toISOString();

describe('an amendment', () => {
  test('makes the next generation, and older answers stale', async () => {
    const { one, request, target } = await asked();
    const amount = part(target.amount_requested, 50);
    const { status, body, text } = await amend(request, { targets: [{ id: target.id, amount }], expires_at: later(5) });
    assert.equal(status, 200, text);
    assert.deepEqual([body.status, body.generation], ['issued', 2]);
    const told = (await about(hub, bank(), target)).find(({ type }) => type === 'freeze.amended');
    assert.deepEqual([told.request.generation, told.targets[0].generation, told.amendment.reason],
      [2, 2, 'more is known']);
    assert.deepEqual(told.targets[0].amount_requested, amount);
    const stale = await bank().post(hub, `/v1/targets/${target.id}/responses`,
      { ...hold(amount), generation: 1 });
    assert.deepEqual([stale.status, stale.body.code], [409, 'stale_generation']);
    await respond(world, hub, target, { ...hold(amount), generation: 2 });
    const seen = (await officer().get(hub, `/v1/targets/${target.id}`)).body;
    assert.deepEqual([seen.status, seen.amount_held], ['held_full', amount]);
    await until(async () => (await officer().get(hub, `/v1/cases/${one.id}/timeline?limit=200`))
      .body.items.some(({ type }) => type === 'request.amended'));
    const decided = await amend(request, { targets: [{ id: target.id, amount: target.amount_requested }] });
    assert.deepEqual([decided.status, decided.body.code], [409, 'already_decided']);
  });

  test('by another law owes other papers', async () => {
    const { one, request } = await asked();
    const before = request.basis;
    const { status, text } = await amend(request, { basis: 'BNSS_106' });
    assert.equal(status, 200, text);
    const { body } = await officer().get(hub, `/v1/cases/${one.id}`);
    const now = body.requests.find(({ id }) => id === request.id);
    assert.notEqual(before, now.basis);
    for (const { basis, status: stands } of now.formalities)
      assert.equal(stands, basis === 'BNSS_106' ? 'due' : 'superseded');
  });

  test('to a whole account is a supervisor\'s who did not ask for it', async () => {
    const { request } = await asked();
    const wider = { scope: 'account', basis: 'BNSS_106' };
    const refused = await amend(request, wider);
    assert.deepEqual([refused.status, refused.body.code], [403, 'second_person_needed']);
    const { status, body, text } = await amend(request, wider, supervisor());
    assert.equal(status, 200, text);
    assert.equal(body.scope, 'account');
  });

  test('is made once, however often the call comes', async () => {
    const { request } = await asked();
    const body = { expires_at: later(3) };
    const calls = await Promise.all([1, 2, 3].map(() => amend(request, body, officer(), { key: `amend-${request.id}` })));
    assert.deepEqual(calls.map(({ status, body: { generation } }) => [status, generation]),
      [[200, 2], [200, 2], [200, 2]]);
  });

  test('is refused with the place of what is wrong', async () => {
    const { request, target } = await asked();
    const amount = target.amount_requested;
    for (const [body, code] of [
      [{}, 'nothing_to_do'], [{ reason: undefined, scope: 'amount' }, 'missing_member'],
      [{ scope: 'world' }, 'not_one_of'], [{ basis: 'NONE' }, 'unknown_basis'],
      [{ expires_at: later(-1) }, 'expiry_out_of_range'], [{ expires_at: later(400) }, 'expiry_out_of_range'],
      [{ targets: [{ id: target.id }] }, 'missing_member'],
      [{ targets: [{ id: 'tgt_01h455vb4pex5vsknk084sn02q', amount }] }, 'unknown_target'],
      [{ targets: [{ id: target.id, amount: { ...amount, currency: 'USD' } }] }, 'other_currency'],
      [{ targets: [{ id: target.id, amount: { amount: '99999999.00', currency: amount.currency } }] },
        'more_than_disputed'],
      [{ reason: '4111 1111 1111 1111', scope: 'amount' }, 'card_number_refused'],
      [{ action: 'BLOCK_CARD' }, 'unknown_member'],
    ]) {
      const answer = await amend(request, body);
      assert.equal(answer.status, 422, answer.text);
      assert.equal(answer.body.errors?.[0]?.code ?? answer.body.code, code);
    }
    await officer().post(hub, `/v1/requests/${request.id}/withdrawal`, { reason: 'x' });
    assert.equal((await amend(request, { scope: 'amount' })).status, 409);
  });
});

test('freezeline amends a request', async () => {
  const { request } = await asked();
  const run = (...args) => world.run('request', 'amend', ...args, ...officer().options(hub));
  assert.match(run(request.id, '--reason', 'x', '--expires-at', later(4)).stdout, /issued/);
  assert.equal(run(request.id, '--scope', 'amount').status, 2);
});
