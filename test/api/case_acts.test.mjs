// Acts on whole cases: withdrawn with all that hangs on them, merged without
// losing what is held.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { about, freshExample, hold, inbox, respond, submit, targetAt, targets } from '../support/cases.mjs';
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

const read = async (one, by = officer()) => (await by.get(hub, `/v1/cases/${one.id}`)).body;
const types = async (one) =>
  (await officer().get(hub, `/v1/cases/${one.id}/timeline?limit=200`)).body.items.map(({ type }) => type);

describe('a case that is withdrawn', () => {
  const withdraw = (one, body = { reason: 'complainant_withdrew' }, by = officer()) =>
    by.post(hub, `/v1/cases/${one.id}/withdrawal`, body);

  test('takes back what it asked for and releases what is held', async () => {
    const one = (await submit(world, hub, 'a')).body;
    const held = targetAt(one, 'malabar_bank');
    await respond(world, hub, held, hold(held.amount_requested));
    const { status, body, text } = await withdraw(one, { reason: 'money_returned', note: 'paid back in full' });
    assert.equal(status, 200, text);
    assert.equal(body.status, 'withdrawn');
    assert.deepEqual([...new Set(body.requests.map((request) => request.status))], ['withdrawn']);
    const seen = await read(one);
    for (const target of targets(seen))
      assert.equal(target.status, target.id === held.id ? 'release_pending' : 'cancelled');
    const ordered = (await about(hub, bank(), held)).find(({ type }) => type === 'release.ordered');
    assert.equal(ordered.release.reason, 'money_returned: paid back in full');
    await respond(world, hub, held, { code: 'RELEASED' });
    await until(async () => (await types(one)).includes('case.withdrawn'));
    const again = await withdraw(one);
    assert.deepEqual([again.status, again.body.code], [409, 'already_withdrawn']);
  });

  test('is told to every institution that got something of it', async () => {
    const one = (await submit(world, hub, 'a')).body;
    await withdraw(one);
    for (const target of targets(one).filter((each) => each.status === 'queued')) {
      const who = person(`${target.institution.slug}.nodal`);
      assert.ok((await about(hub, who, target)).some(({ type }) => type === 'freeze.withdrawn'), target.institution.slug);
    }
  });

  test('gives a reason of the list', async () => {
    const one = (await submit(world, hub, 'a')).body;
    for (const body of [{}, { reason: 'tired' }, { reason: 'other', more: 1 }, { reason: 'other', note: '' },
      { reason: 'other', note: '4111 1111 1111 1111' }, { note: 'x' }, []])
      assert.equal((await withdraw(one, body)).status, 422, JSON.stringify(body));
    assert.equal((await read(one)).status, 'dispatched');
  });

  test('is once withdrawn, however often it is called', async () => {
    const one = (await submit(world, hub, 'a')).body;
    const calls = await Promise.all([1, 2, 3].map(() => officer().post(
      hub, `/v1/cases/${one.id}/withdrawal`, { reason: 'other' }, { key: `withdraw-${one.id}` })));
    assert.deepEqual(calls.map(({ status }) => status), [200, 200, 200]);
    assert.equal(new Set(calls.map(({ text }) => text)).size, 1);
  });
});

describe('a case that is merged', () => {
  const merge = (one, into, by = officer(), more = {}) =>
    by.post(hub, `/v1/cases/${one.id}/merge`, { into: into.id, ...more });

  test('keeps what is held, and names the case that goes on', async () => {
    const one = (await submit(world, hub, 'a')).body;
    const into = (await submit(world, hub, 'a')).body;
    const held = targetAt(one, 'malabar_bank');
    await respond(world, hub, held, hold(held.amount_requested));
    const { status, body, text } = await merge(one, into, officer(), { note: 'one victim' });
    assert.equal(status, 200, text);
    assert.deepEqual([body.status, body.merged_into], ['merged', { id: into.id, ref: into.ref }]);
    // The old reference still finds it, and says where it goes on.
    const { body: old } = await officer().get(hub, `/v1/cases/${one.ref}`);
    assert.deepEqual(old.merged_into, { id: into.id, ref: into.ref });
    assert.deepEqual((await read(into)).merged_cases, [{ id: one.id, ref: one.ref }]);
    const { body: target } = await officer().get(hub, `/v1/targets/${held.id}`);
    assert.deepEqual([target.status, target.amount_held], ['held_full', held.amount_requested]);
    const released = await officer().post(hub, `/v1/targets/${held.id}/releases`, { reason: 'x' });
    assert.equal(released.body.status, 'release_pending', released.text);
    await respond(world, hub, held, { code: 'RELEASED' });
    // A later change of the merged case keeps the link.
    assert.deepEqual((await read(one)).merged_into, { id: into.id, ref: into.ref });
    const [told] = (await inbox(hub, officer())).map((entry) => JSON.parse(entry.body))
      .filter(({ type, case: of }) => type === 'case.merged' && of.id === one.id);
    assert.deepEqual(told.merged_into, { id: into.id, ref: into.ref, note: 'one victim' });
    await until(async () => (await types(into)).includes('case.absorbed'));
    assert.equal((await merge(one, into)).body.code, 'already_merged');
    assert.equal((await merge(into, one)).body.code, 'case_not_open');
  });

  test('asks once for what both ask for', async () => {
    // A payment without a reference is like no other: both cases were sent.
    const body = freshExample('a');
    for (const txn of body.transactions) delete txn.reference;
    const [one, into] = [(await submit(world, hub, 'a', { body })).body, (await submit(world, hub, 'a', { body })).body];
    const answer = await merge(one, into);
    assert.equal(answer.status, 200, answer.text);
    assert.deepEqual([...new Set(targets(answer.body).map(({ status }) => status))], ['superseded']);
    assert.equal(answer.body.requests[0].status, 'completed');
    const target = targetAt(one, 'malabar_bank');
    assert.ok((await about(hub, bank(), target)).some(({ type }) => type === 'freeze.withdrawn'));
    for (const each of targets(await read(into))) assert.notEqual(each.status, 'superseded');
  });

  test('goes only into an open case that its officer sees', async () => {
    const one = (await submit(world, hub, 'a')).body;
    const other = (await submit(world, hub, 'c')).body;
    const wrong = [
      [{ into: one.id }, 'same_case'], [{ into: other.id }, 'unknown_case'],
      [{ into: 'case_01h455vb4pex5vsknk084sn02q' }, 'unknown_case'],
      [{}, 'missing_member'], [{ into: one.ref }, 'bad_id'], [{ into: other.id, x: 1 }, 'unknown_member'],
    ];
    for (const [body, code] of wrong) {
      const answer = await supervisor().post(hub, `/v1/cases/${one.id}/merge`, body);
      assert.deepEqual([answer.status, answer.body.errors?.[0]?.code ?? answer.body.code], [422, code]);
    }
    assert.equal((await read(one)).status, 'dispatched');
  });
});

test('freezeline withdraws and merges', async () => {
  const [one, into, third] = await Promise.all(['a', 'a', 'a'].map(async (letter) => (await submit(world, hub, letter)).body));
  const run = (...args) => world.run(...args, ...officer().options(hub));
  assert.match(run('case', 'merge', one.id, '--into', into.id).stdout, /merged/);
  assert.match(run('case', 'withdraw', third.id, '--reason', 'other', '--note', 'x').stdout, /withdrawn/);
  assert.equal(run('case', 'merge', into.id).status, 2);
  assert.equal(run('case', 'withdraw', into.id).status, 2);
});
