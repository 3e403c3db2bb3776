// POST /v1/parse: drafts of pasted text. Nothing of it is stored or logged.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { freshExample } from '../support/cases.mjs';
import { World } from '../support/hub.mjs';

const world = new World();
let hub;

before(async () => {
  world.prepare();
  hub = await world.hub();
  await world.register(hub);
});
after(() => world.remove());

const officer = () => world.person('kl_kochi_cyber.officer');
const CARD = '4111 1111 1111 1111';
const PASTED = `₹ ${CARD}: Rs.7,00,000.00 debited from A/c XX4417 on 14-03-26 09:26 to VPA sunrise@kvbank. UPI Ref No 607391240018\n\n482913 is your OTP`;

/** The code points of a span. */
const cut = (text, { start, end }) => [...text].slice(start, end).join('');

describe('pasted text', () => {
  test('gives a draft whose spans point into it', async () => {
    const { status, body, text } = await officer().post(hub, '/v1/parse', { text: PASTED }, { key: null });
    assert.equal(status, 200, text);
    assert.equal(body.country, 'IN');
    const [draft] = body.drafts;
    assert.equal(body.drafts.length, 1);
    assert.equal(draft.kind, 'debit');
    assert.deepEqual(draft.money.value, { amount: '700000.00', currency: 'INR' });
    assert.equal(cut(PASTED, draft.money.span), 'Rs.7,00,000.00');
    assert.deepEqual(draft.reference.value, { type: 'rrn', value: '607391240018' });
    assert.equal(cut(PASTED, draft.reference.span), '607391240018');
    assert.deepEqual(draft.to.value, { type: 'upi_vpa', value: 'sunrise@kvbank' });
    assert.equal(draft.at.instant, '2026-03-14T03:56:00.000Z');
    assert.deepEqual(body.set_aside.map(({ kind }) => kind), ['one_time_password']);
    assert.deepEqual(body.masked.map((span) => cut(PASTED, span)), [CARD]);
    assert.ok(!text.includes('4111'));
  });

  test('makes a transaction that a case takes', async () => {
    const { body: { drafts: [draft] } } = await officer().post(hub, '/v1/parse', { text: PASTED });
    const example = freshExample('b');
    example.transactions[0] = { ...example.transactions[0], channel: draft.channel.value,
      money: draft.money.value, at: draft.at.instant, reference: draft.reference.value, to: draft.to.value };
    const answer = await officer().post(hub, '/v1/cases?dry_run=true', example);
    assert.equal(answer.status, 200, answer.text);
  });

  test('leaves nothing behind', async () => {
    const counts = await world.database.counts();
    await officer().post(hub, '/v1/parse', { text: PASTED });
    assert.deepEqual(await world.database.counts(), counts);
    for (const part of ['4111', 'sunrise', '607391240018']) assert.ok(!world.log.includes(part), part);
  });

  for (const [name, body, options, status, code] of [
    ['no text', {}, {}, 422, 'missing_member'],
    ['too much text', { text: 'a'.repeat(20481) }, {}, 422, 'text_too_long'],
    ['another member', { text: 'a', store: true }, {}, 422, 'unknown_member'],
    ['a country that is none', { text: 'a', country: 'india' }, {}, 422, 'text_too_long'],
    ['no JSON', '{', {}, 400, 'bad_json'],
    ['another type', 'Rs 5', { headers: { 'content-type': 'text/plain' } }, 415, undefined],
  ])
    test(`with ${name} is refused`, async () => {
      const answer = await officer().post(hub, '/v1/parse', body, options);
      assert.equal(answer.status, status, answer.text);
      if (code !== undefined) assert.equal(answer.body.code, code);
    });

  test('is read for the police only', async () => {
    for (const who of ['malabar_bank.nodal', 'payments_audit.auditor', 'admin-1'])
      assert.equal((await world.person(who).post(hub, '/v1/parse', { text: PASTED })).status, 403, who);
  });
});
