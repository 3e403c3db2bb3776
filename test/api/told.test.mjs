// What people outside are told: the notice to the holder of a restricted
// account, and the status for the victim.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { freshExample, hold, respond, submit, targetAt } from '../support/cases.mjs';
import { World } from '../support/hub.mjs';

const world = new World();
let hub;
let file; // a case of kl_kochi_cyber
let target; // its target at Malabar Spice Bank, held
let other; // one that waits

const person = (name) => world.person(name);
const officer = () => person('kl_kochi_cyber.officer');
const notice = (by, one = target, options = {}, of = file) =>
  by.get(hub, `/v1/cases/${of.id}/notice?target=${one.id}`, options);
const AS_TEXT = { headers: { accept: 'text/plain' } };

before(async () => {
  world.prepare();
  hub = await world.hub();
  await world.register(hub);
  file = (await submit(world, hub, 'a')).body;
  target = targetAt(file, 'malabar_bank');
  other = file.requests.flatMap(({ targets }) => targets).find(({ id }) => id !== target.id);
  await respond(world, hub, target, { ...hold(target.amount_requested), hold_ref: 'H-5 "q"' });
});
after(() => world.remove());

describe('a notice', () => {
  test('holds the five facts', async () => {
    const { status, body, text } = await notice(officer());
    assert.equal(status, 200, text);
    assert.deepEqual(body.amount, target.amount_requested);
    assert.equal(body.type.action, 'HOLD_AMOUNT');
    assert.equal(body.authority.unit.slug, 'kl_kochi_cyber');
    assert.ok(body.authority.basis && body.authority.source);
    assert.deepEqual(body.reference, { case: file.ref, target: target.id, hold_ref: 'H-5 "q"' });
    assert.deepEqual(body.languages, ['en', 'ml']);
    assert.ok(Date.parse(body.date) < Date.parse(body.ends_at));
  });

  test('can be printed in both languages', async () => {
    const { status, text, headers } = await notice(officer(), target, AS_TEXT);
    assert.equal(status, 200);
    assert.equal(headers['content-type'], 'text/plain; charset=utf-8');
    for (const part of [target.amount_requested.amount, file.ref, 'H-5 "q"', 'Type of restriction', 'അറിയിപ്പ്'])
      assert.ok(text.includes(part), part);
  });

  test('names neither the complainant nor the whole account', async () => {
    const draft = freshExample('a');
    const made = (await submit(world, hub, 'a', { body: draft })).body;
    const one = targetAt(made, 'malabar_bank');
    await respond(world, hub, one, hold(one.amount_requested));
    const { value } = draft.requests.flatMap(({ targets }) => targets)
      .map(({ identifier }) => identifier).find(({ type }) => type === one.identifier.type);
    for (const options of [{}, AS_TEXT]) {
      const { text, status } = await notice(officer(), one, options, made);
      assert.equal(status, 200, text);
      assert.ok(!text.includes(draft.complainant.name), text);
      assert.ok(!text.includes(value), text);
    }
  });

  test('is for the unit, the institution that holds, and auditors', async () => {
    for (const name of ['kl_kochi_cyber.supervisor', 'malabar_bank.nodal', 'payments_audit.auditor'])
      assert.equal((await notice(person(name))).status, 200, name);
    assert.equal((await notice(person('payments_audit.auditor'))).body.reference.hold_ref, undefined);
    for (const [name, status] of [['deccan_bank.nodal', 404], ['us_sanjose_pd.officer', 404],
      ['malabar_bank.service', 403], ['admin-1', 403]])
      assert.equal((await notice(person(name))).status, status, name);
  });

  test('is of what is held, and of its own case', async () => {
    const waiting = await notice(officer(), other);
    assert.deepEqual([waiting.status, waiting.body.code], [409, 'nothing_held']);
    const second = (await submit(world, hub, 'a')).body;
    assert.equal((await notice(officer(), target, {}, second)).status, 404);
    for (const query of ['', '?target=', '?target=abc', `?target=${file.id}`]) {
      const { status } = await officer().get(hub, `/v1/cases/${file.id}/notice${query}`);
      assert.equal(status, 422, query);
    }
  });

  test('is in Kazakh and Russian in Kazakhstan', async () => {
    const made = (await submit(world, hub, 'd')).body;
    const blocked = targetAt(made, 'bazar_market');
    await respond(world, hub, blocked, { code: 'BLK_LISTING' });
    const { text, status } = await notice(person('kz_almaty_cyber.officer'), blocked, AS_TEXT, made);
    assert.equal(status, 200, text);
    assert.ok(text.includes('Уведомление') && text.includes('хабарлама'), text);
  });
});

describe('the status', () => {
  const status = (by) => by.get(hub, `/v1/cases/${file.id}/status`);

  test('tells sums and counts, no institution and no identifier', async () => {
    const { status: code, body, text } = await status(officer());
    assert.equal(code, 200, text);
    assert.equal(body.ref, file.ref);
    assert.deepEqual(body.held, [target.amount_requested]);
    assert.equal(body.steps.held, 1);
    assert.ok(body.steps.waiting >= 1);
    assert.ok(!/malabar|tgt_|ins_|\*{3}|H-5/i.test(text), text);
  });

  test('is the police unit\'s to read', async () => {
    for (const [name, code] of [['kl_kochi_cyber.supervisor', 200], ['us_sanjose_pd.officer', 404],
      ['malabar_bank.nodal', 403], ['payments_audit.auditor', 403], ['admin-1', 403]])
      assert.equal((await status(person(name))).status, code, name);
  });
});

describe('a restitution plan', () => {
  const money = (amount) => ({ amount, currency: 'INR' });
  const plan = (by, body) => by.post(hub, '/v1/restitution-plans', body, { key: null });
  const body = {
    held: [{ id: 'a', amount: money('600.01') }, { id: 'b', amount: money('300.00') }],
    claims: [{ id: 'x', amount: money('1000.00') }, { id: 'y', amount: money('1000.00') },
      { id: 'z', amount: money('1000.00') }],
  };
  const cents = (list) => list.reduce((sum, { amount }) => sum + Number(amount.amount.replace('.', '')), 0);

  test('gives out exactly what is held, pro rata', async () => {
    const { status, body: made, text } = await plan(officer(), body);
    assert.equal(status, 200, text);
    assert.deepEqual(made.pool, money('900.01'));
    for (const side of [made.paid, made.awarded, made.payments]) assert.equal(cents(side), 90001);
    assert.deepEqual(made.awarded.map(({ amount }) => amount.amount), ['300.01', '300.00', '300.00']);
    assert.deepEqual(made.awarded.map(({ shortfall }) => shortfall.amount), ['699.99', '700.00', '700.00']);
  });

  test('is the police\'s to ask, and refused where it is wrong', async () => {
    for (const name of ['malabar_bank.nodal', 'payments_audit.auditor', 'admin-1'])
      assert.equal((await plan(person(name), body)).status, 403, name);
    for (const wrong of [{}, { ...body, held: [] }, { ...body, claims: [] }, { ...body, more: 1 },
      { ...body, claims: [{ id: 'x', amount: { amount: '1.00', currency: 'USD' } }] }])
      assert.equal((await plan(officer(), wrong)).status, 422, JSON.stringify(wrong));
  });

  test('is printed by freezeline', async () => {
    const { writeFileSync } = await import('node:fs');
    writeFileSync(world.path('plan.json'), JSON.stringify(body));
    assert.match(world.freezeline('restitution', 'plan', world.path('plan.json'), ...officer().options(hub)),
      /a +x +300\.01/);
  });
});

test('freezeline prints both', () => {
  const run = (...args) => world.freezeline(...args, ...officer().options(hub));
  assert.match(run('case', 'notice', file.id, target.id), /Type of restriction: /);
  assert.equal(JSON.parse(run('case', 'notice', file.id, target.id, '--json')).reference.case, file.ref);
  assert.match(run('case', 'status', file.id), /held +1/);
});

test('each reading is on record', async () => {
  const { body } = await officer().get(hub, `/v1/cases/${file.id}/timeline?limit=200`);
  assert.ok(body.items.some(({ type }) => /read|access/.test(type)), JSON.stringify(body.items.map(({ type }) => type)));
});
