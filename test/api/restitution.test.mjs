// The way back: courts' orders on what is held, and money that goes from a
// hold to the victim, proposed, ordered by another person, and paid with proof.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import { about, example, fresh, hold, less, minor, part, respond, submit, targetAt } from '../support/cases.mjs';
import { World, until } from '../support/hub.mjs';

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
const bank = () => person('malabar_bank.nodal');
const DAY = 24 * 3_600_000;
const PAYEE = { type: 'in_account', value: '000111000197', ifsc: 'SBIN0005943' };
const ORDER = { basis: 'BNSS 503', issuer: 'Chief Judicial Magistrate, Ernakulam', number: 'CMP 118/2026',
  issued_on: '2026-03-20' };
const later = (days) => new Date(Date.now() + days * DAY).toISOString();

/** A target of a new case at Malabar Spice Bank, held in full. */
async function held(options) {
  const { body } = await submit(world, hub, 'a', options);
  const target = targetAt(body, 'malabar_bank');
  await respond(world, hub, target, hold(target.amount_requested));
  return { ...target, case: body };
}

const read = async (target, by = officer()) => (await by.get(hub, `/v1/targets/${target.id}`)).body;
const propose = (target, claims, { by = officer(), ...more } = {}) =>
  by.post(hub, `/v1/cases/${target.case.id}/restitutions`,
    { targets: [{ target: target.id }], claims, reason: 'the court was asked', ...more });
const claim = (amount) => ({ amount, payee: PAYEE, name: 'Meera N.' });
const order = (id, by = supervisor(), body = ORDER) => by.post(hub, `/v1/restitutions/${id}/order`, body);
const pay = (id, body, by = bank()) => by.post(hub, `/v1/restitutions/${id}/payments`, body);
const paid = (amount, more) => ({ status: 'paid', reference: 'SBINN52026032000118', amount,
  paid_at: new Date(Date.now() - 1000).toISOString(), ...more });
const attach = (target, body = {}, by = officer()) => by.post(hub, `/v1/targets/${target.id}/attachments`,
  { ...ORDER, basis: 'BNSS_107', expires_at: later(200), ...body });

async function proposed(target, amount = target.amount_requested) {
  const { status, body, text } = await propose(target, [claim(amount)]);
  assert.equal(status, 201, text);
  return body.restitutions[0];
}

async function ordered(target, amount) {
  const one = await proposed(target, amount);
  const { status, body, text } = await order(one.id);
  assert.equal(status, 200, text);
  return body;
}

describe('an attachment', () => {
  test('keeps what is held until the court\'s end, and the bank is told', async () => {
    const target = await held();
    const { status, body, text } = await attach(target);
    assert.equal(status, 200, text);
    assert.equal(body.status, 'attached');
    const [told] = (await about(hub, bank(), target)).filter(({ type }) => type === 'hold.attached');
    assert.equal(told.attachment.number, 'CMP 118/2026');
    assert.equal(told.targets[0].hold_ref !== undefined, true);
    const seen = await read(target);
    assert.deepEqual(seen.attachments.map(({ basis, order: { issuer } }) => [basis, issuer]),
      [['BNSS_107', ORDER.issuer]]);
    assert.equal(seen.expires_at, seen.attachments[0].expires_at);
    assert.equal((await read(target, person('payments_audit.auditor'))).attachments[0].order, undefined);
    assert.equal((await officer().post(hub, `/v1/targets/${target.id}/releases`, { reason: 'x' })).status, 409);
    const again = await attach(target, { expires_at: later(300) });
    assert.equal(again.status, 200);
    assert.equal((await read(target)).attachments.length, 2);
  });

  test('is told to auditors by its law, not by its number', async () => {
    const target = await held();
    await attach(target);
    const path = `/v1/cases/${target.case.id}/timeline?limit=200`;
    await until(async () => (await officer().get(hub, path)).text.includes('CMP 118/2026'));
    const { body, text } = await person('payments_audit.auditor').get(hub, path);
    const event = body.items.find(({ type }) => type === 'target.attached');
    assert.ok(event.values.some(({ field, value }) => field === 'basis' && value === 'BNSS_107'));
    assert.ok(!text.includes('CMP 118/2026'));
  });

  test('is a court\'s, of what is held, with its facts', async () => {
    const target = await held();
    for (const [body, status, code] of [
      [{ basis: 'NCRP_ACK' }, 422, 'not_an_order'], [{ basis: 'NONE' }, 422, 'unknown_basis'],
      [{ expires_at: later(-1) }, 422, 'expiry_out_of_range'], [{ expires_at: later(4000) }, 422, 'expiry_out_of_range'],
      [{ expires_at: undefined }, 422], [{ issuer: undefined }, 422], [{ number: '' }, 422],
      [{ issued_on: '20 March' }, 422], [{ issued_on: '2026-02-30' }, 422], [{ more: 1 }, 422],
      [{ number: '4111 1111 1111 1111' }, 422]]) {
      const answer = await attach(target, body);
      assert.equal(answer.status, status, `${JSON.stringify(body)} ${answer.text}`);
      if (code !== undefined) assert.equal(answer.body.errors?.[0].code ?? answer.body.code, code);
    }
    for (const [name, status] of [['us_sanjose_pd.officer', 404], ['malabar_bank.nodal', 403],
      ['malabar_bank.service', 403], ['payments_audit.auditor', 403], ['admin-1', 403]])
      assert.equal((await attach(target, {}, person(name))).status, status, name);
    const waiting = targetAt((await submit(world, hub, 'a')).body, 'malabar_bank');
    assert.equal((await attach(waiting)).body.code, 'move_not_allowed');
    assert.equal((await read(target)).status, 'held_full');
  });
});

test('the paper of an order is verified, and named to the bank', async () => {
  const target = await held();
  const bytes = Buffer.from(`%PDF-1.7\n${target.id}\n%%EOF\n`);
  const { request_id: request } = await read(target);
  const filed = await officer().post(hub, `/v1/cases/${target.case.id}/documents`, bytes, {
    headers: { 'content-type': 'application/pdf', 'document-type': 'ATTACHMENT_ORDER', 'document-request': request,
      'content-digest': `sha-256=:${createHash('sha256').update(bytes).digest('base64')}:` } });
  assert.equal(filed.status, 201, filed.text);
  const { id: document } = filed.body;
  const early = await attach(target, { document });
  assert.deepEqual([early.status, early.body.errors[0].code], [422, 'document_not_verified']);
  const none = await attach(target, { document: 'doc_01h455vb4pex5vsknk084sn02q' });
  assert.deepEqual([none.status, none.body.errors[0].code], [422, 'unknown_document']);
  const verdict = await bank().post(hub, `/v1/documents/${document}/decisions`, { decision: 'verified' });
  assert.equal(verdict.status, 200, verdict.text);
  assert.equal((await attach(target, { document })).body.status, 'attached');
  const one = await proposed(target);
  assert.equal((await order(one.id, supervisor(), { ...ORDER, document })).status, 200);
  const [told] = (await about(hub, bank(), target)).filter(({ type }) => type === 'restitution.ordered');
  assert.equal(told.restitution.order.document, document);
});

describe('a restitution', () => {
  test('goes from the proposal to the proof, and the target is restored', async () => {
    const target = await held();
    const one = await proposed(target);
    assert.equal(one.status, 'proposed');
    assert.equal((await bank().get(hub, `/v1/restitutions/${one.id}`)).status, 404);
    const { body } = await order(one.id);
    assert.equal(body.status, 'ordered');
    assert.ok(Date.parse(body.target.expires_at) > Date.parse(body.due_at));
    const [told] = (await about(hub, bank(), target)).filter(({ type }) => type === 'restitution.ordered');
    assert.equal(told.restitution.id, one.id);
    assert.deepEqual(told.restitution.payee, PAYEE);
    assert.deepEqual(told.restitution.order, ORDER);
    assert.deepEqual(told.restitution.amount, target.amount_requested);
    assert.equal((await pay(one.id, { status: 'paying' })).body.status, 'paying');
    const done = await pay(one.id, paid(target.amount_requested));
    assert.deepEqual([done.body.status, done.body.target.status], ['paid', 'restored'], done.text);
    assert.equal(minor(done.body.target.amount_held), 0n);
    const updates = (await about(hub, officer(), target)).filter(({ type }) => type === 'restitution.updated');
    assert.deepEqual(updates.map(({ restitution }) => restitution.status), ['paying', 'paid']);
    const { body: whole } = await officer().get(hub, `/v1/cases/${target.case.id}`);
    assert.deepEqual(whole.restitutions.map(({ id, status }) => [id, status]), [[one.id, 'paid']]);
    const { body: status } = await officer().get(hub, `/v1/cases/${target.case.id}/status`);
    assert.deepEqual(status.returned, [target.amount_requested]);
    assert.equal(status.steps.returned, 1);
    await until(async () => {
      const { body: events } = await officer().get(hub, `/v1/cases/${target.case.id}/timeline?limit=200`);
      const types = events.items.map(({ type }) => type);
      return ['restitution.proposed', 'restitution.ordered', 'restitution.begun', 'restitution.paid',
        'target.restored'].every((type) => types.includes(type));
    });
  });

  test('is seen with its words by the parties alone', async () => {
    const target = await held();
    const { id } = await ordered(target);
    const path = `/v1/restitutions/${id}`;
    const police = (await officer().get(hub, path)).body;
    assert.deepEqual([police.payee, police.payee_name, police.reason, police.order],
      [PAYEE, 'Meera N.', 'the court was asked', ORDER]);
    const institution = (await bank().get(hub, path)).body;
    assert.deepEqual([institution.payee, institution.order], [PAYEE, ORDER]);
    assert.deepEqual([institution.reason, institution.plan_id, institution.proposed_by, institution.claim],
      [undefined, undefined, undefined, undefined]);
    const { body: auditor, text } = await person('payments_audit.auditor').get(hub, path);
    assert.deepEqual([auditor.payee, auditor.order, auditor.reason], [undefined, undefined, undefined]);
    assert.ok(!text.includes('Meera') && !text.includes('Ernakulam'));
    for (const name of ['deccan_bank.nodal', 'us_sanjose_pd.officer', 'us_sanjose_pd.supervisor'])
      assert.equal((await person(name).get(hub, path)).status, 404, name);
    assert.equal((await person('admin-1').get(hub, path)).status, 403);
    const { body: own } = await bank().get(hub, `/v1/cases/${target.case.id}`);
    assert.deepEqual(own.restitutions.map((one) => one.id), [id]);
    const { body: other } = await person('kaveri_wallet.nodal').get(hub, `/v1/cases/${target.case.id}`);
    assert.deepEqual(other.restitutions ?? [], []);
    const stored = await world.database.rows('SELECT sealed::text, sealed_order::text FROM restitution');
    assert.ok(!JSON.stringify(stored).includes(Buffer.from('Ernakulam').toString('hex')));
  });

  test('of a part lowers what is held, and the rest may follow', async () => {
    const target = await held();
    const first = part(target.amount_requested, 30);
    const one = await ordered(target, first);
    const done = await pay(one.id, paid(first));
    assert.equal(done.body.target.status, 'held_full', done.text);
    const rest = less(target.amount_requested, first);
    assert.deepEqual(done.body.target.amount_held, rest);
    const two = await ordered({ ...target, amount_requested: rest });
    assert.equal((await pay(two.id, paid(rest))).body.target.status, 'restored');
    const { body } = await officer().get(hub, '/v1/reports/outcomes?group=typology');
    const found = body.items.find(({ typology }) => typology === target.case.typology) ?? body.items[0];
    assert.ok(minor(found.returned.sum) >= minor(target.amount_requested));
    assert.ok(minor(found.asked.sum) >= minor(found.returned.sum));
  });

  test('of attached money restores it too', async () => {
    const target = await held();
    await attach(target);
    const one = await ordered(target, part(target.amount_requested, 10));
    assert.equal((await pay(one.id, paid(one.amount))).body.target.status, 'attached');
    const rest = (await read(target)).amount_held;
    const two = await ordered(target, rest);
    assert.equal((await pay(two.id, paid(rest))).body.target.status, 'restored');
  });

  test('that fails, or is refused, frees the money for another', async () => {
    const target = await held();
    const one = await proposed(target);
    const taken = await propose(target, [claim(target.amount_requested)]);
    assert.deepEqual([taken.status, taken.body.code], [409, 'nothing_held']);
    const refused = await officer().post(hub, `/v1/restitutions/${one.id}/refusal`, { reason: 'wrong account' });
    assert.equal(refused.body.status, 'failed', refused.text);
    assert.equal((await order(one.id)).body.code, 'move_not_allowed');
    const two = await ordered(target);
    const failed = await pay(two.id, { status: 'failed', reason: 'the account is closed' });
    assert.equal(failed.body.status, 'failed', failed.text);
    assert.equal((await officer().get(hub, `/v1/restitutions/${two.id}`)).body.payment.reason, 'the account is closed');
    await proposed(target);
  });

  test('is divided between two victims of one account', async () => {
    const first = await held();
    // The second victim paid into the same account: another payment of it.
    const body = fresh(example('a'));
    const account = (await officer().get(hub, `/v1/targets/${first.id}`)).body.account;
    for (const request of body.requests)
      for (const target of request.targets)
        if (target.identifier.type === account.type && target.identifier.ifsc === account.ifsc)
          target.identifier = account;
    const { body: second } = await submit(world, hub, 'a', { body });
    const there = targetAt(second, 'malabar_bank');
    await respond(world, hub, there, { code: 'NIL_BAL' });
    const sum = first.amount_requested;
    const { status, body: plan, text } = await propose(first,
      [claim(sum), { ...claim(sum), case: second.id }]);
    assert.equal(status, 201, text);
    assert.deepEqual(plan.restitutions.map(({ amount }) => minor(amount)),
      [minor(part(sum, 50)), minor(sum) - minor(part(sum, 50))]);
    const theirs = plan.restitutions.find(({ victim_case_id: id }) => id === second.id);
    await order(theirs.id);
    assert.equal((await pay(theirs.id, paid(theirs.amount))).body.status, 'paid');
    const { body: victim } = await officer().get(hub, `/v1/cases/${second.id}/status`);
    assert.deepEqual(victim.returned, [theirs.amount]);
    const { body: case2 } = await officer().get(hub, `/v1/cases/${second.id}`);
    assert.deepEqual(case2.restitutions.map(({ id, target_id, institution }) => [id, target_id, institution]),
      [[theirs.id, undefined, undefined]]);
    const { body: case1 } = await officer().get(hub, `/v1/cases/${first.case.id}/status`);
    assert.deepEqual(case1.returned, []);
    const stranger = (await submit(world, hub, 'a')).body;
    const none = await propose(await held(), [{ ...claim(sum), case: stranger.id }]);
    assert.deepEqual([none.status, none.body.errors[0].code], [422, 'no_claim']);
  });

  test('that is owed is not released, reduced or withdrawn meanwhile', async () => {
    const target = await held();
    await ordered(target, part(target.amount_requested, 50));
    for (const [path, body] of [
      [`/v1/targets/${target.id}/releases`, { reason: 'x' }],
      [`/v1/targets/${target.id}/reductions`, { amount: part(target.amount_requested, 1), reason: 'x' }],
      [`/v1/requests/${(await read(target)).request_id}/withdrawal`, { reason: 'x' }]]) {
      const answer = await officer().post(hub, path, body);
      assert.deepEqual([answer.status, answer.body.code], [409, 'restitution_ordered'], path);
    }
  });

  test('is refused where it is more than is held, or not whole', async () => {
    const target = await held();
    const sum = target.amount_requested;
    const more = { amount: `${BigInt(sum.amount.split('.')[0]) + 1n}.00`, currency: sum.currency };
    const other = await held();
    const wrong = [
      [{ targets: [{ target: target.id, amount: more }] }, 'more_than_held'],
      [{ targets: [] }, 'too_few_items'], [{ claims: [] }, 'too_few_items'],
      [{ targets: [{ target: target.id }, { target: target.id }] }, 'duplicate_id'],
      [{ targets: [{ target: other.id }] }, 'other_case'],
      [{ claims: [{ amount: { amount: '1.00', currency: 'KZT' }, payee: PAYEE }] }, 'other_currency'],
      [{ claims: [{ amount: sum }] }, 'missing_member'],
      [{ claims: [{ amount: { amount: '0.00', currency: 'INR' }, payee: PAYEE }] }],
      [{ claims: [claim(sum), claim(sum)] }, 'duplicate_id'],
      [{ reason: '' }], [{ more: 1 }, 'unknown_member'],
      [{ reason: 'card 4111 1111 1111 1111' }, 'card_number_refused'],
    ];
    const before = await world.database.counts();
    for (const [body, code] of wrong) {
      const answer = await propose(target, [claim(sum)], body);
      assert.equal(answer.status, 422, `${JSON.stringify(body)} ${answer.text}`);
      if (code !== undefined) assert.equal(answer.body.errors[0].code, code, answer.text);
    }
    assert.deepEqual(await world.database.counts(), before);
    for (const [name, status] of [['us_sanjose_pd.officer', 404], ['malabar_bank.nodal', 403],
      ['malabar_bank.service', 403], ['payments_audit.auditor', 403], ['admin-1', 403]])
      assert.equal((await propose(target, [claim(sum)], { by: person(name) })).status, status, name);
  });

  test('needs a second person, and its own institution', async () => {
    const target = await held();
    const mine = (await propose(target, [claim(part(target.amount_requested, 10))], { by: supervisor() }))
      .body.restitutions[0];
    assert.equal((await order(mine.id)).body.code, 'own_proposal');
    assert.equal((await order(mine.id, officer())).status, 403);
    assert.equal((await order(mine.id, person('us_sanjose_pd.supervisor'))).status, 404);
    assert.equal((await pay(mine.id, paid(mine.amount))).status, 404);
    const one = await ordered(target, part(target.amount_requested, 10));
    for (const body of [{}, ORDER, { ...ORDER, issued_on: 'x' }])
      assert.notEqual((await order(one.id, supervisor(), body)).status, 200);
    for (const [name, status] of [['deccan_bank.nodal', 404], ['malabar_bank.service', 403],
      ['kl_kochi_cyber.officer', 403], ['payments_audit.auditor', 403]])
      assert.equal((await pay(one.id, paid(one.amount), person(name))).status, status, name);
    for (const [body, code] of [
      [{ status: 'paid' }, 'missing_member'], [{ status: 'paid', ...paid(one.amount), reference: undefined }, 'missing_member'],
      [paid(part(one.amount, 50)), 'not_as_ordered'], [paid(one.amount, { paid_at: later(1) }), 'in_the_future'],
      [{ status: 'paying', reason: 'x' }, 'not_allowed_here'], [{ status: 'failed' }, 'missing_member'],
      [{ status: 'done' }, 'not_one_of'], [paid(one.amount, { note: '4111111111111111' }), 'card_number_refused']]) {
      const answer = await pay(one.id, body);
      assert.equal(answer.status, 422, answer.text);
      assert.equal(answer.body.errors[0].code, code, answer.text);
    }
    assert.equal((await pay(one.id, paid(one.amount))).body.status, 'paid');
    assert.equal((await pay(one.id, paid(one.amount))).body.code, 'move_not_allowed');
  });

  test('with the same key is paid once', async () => {
    const target = await held();
    const one = await ordered(target);
    const body = paid(one.amount);
    const send = () => bank().post(hub, `/v1/restitutions/${one.id}/payments`, body, { key: `pay-${one.id}` });
    const [first, second] = [await send(), await send()];
    assert.deepEqual([first.status, second.status], [200, 200]);
    assert.equal(second.headers['idempotent-replayed'], 'true');
  });
});

test('freezeline attaches, proposes, orders and pays', async () => {
  const target = await held();
  const run = (who, ...args) => world.freezeline(...args, ...who.options(hub));
  const facts = ['--issuer', 'a court', '--number', '7/2026', '--date', '2026-03-20'];
  assert.match(run(officer(), 'target', 'attach', target.id, '--basis', 'BNSS_107', '--until', later(90), ...facts),
    /attached/);
  const file = world.path('proposal.json');
  writeFileSync(file, JSON.stringify({ targets: [{ target: target.id }], reason: 'x',
    claims: [claim(target.amount_requested)] }));
  const [{ id }] = JSON.parse(run(officer(), 'restitution', 'propose', target.case.id, file, '--json')).restitutions;
  assert.match(run(supervisor(), 'restitution', 'order', id, '--basis', 'BNSS 503', ...facts), /ordered/);
  assert.match(run(bank(), 'restitution', 'pay', id, 'paying'), /paying/);
  const { amount, currency } = target.amount_requested;
  assert.match(run(bank(), 'restitution', 'pay', id, 'paid', '--reference', 'UTR1', '--amount', amount,
    '--currency', currency, '--paid-at', new Date(Date.now() - 1000).toISOString()), /paid/);
  assert.match(run(officer(), 'restitution', 'show', id), new RegExp(`^${id}  paid  ${amount}`));
  assert.equal(world.run('restitution', 'order', id, ...supervisor().options(hub)).status, 2);
  assert.equal(world.run('restitution', 'refuse', id, ...officer().options(hub)).status, 2);
});
