// Flagged identifiers, look-ups that are on record, the way off the list, and
// a bank's own pause of a payment with both its ends.  Where a clock must run
// out, it is moved back in the database: the clerk then finds that it has come.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import { World, until } from '../support/hub.mjs';

const world = new World();
let hub;

const person = (name) => world.person(name);
const bank = () => person('malabar_bank.nodal');
const other = () => person('deccan_bank.nodal');
const officer = () => person('kl_kochi_cyber.officer');
const supervisor = () => person('kl_kochi_cyber.supervisor');
const DAY = 24 * 3_600_000;
const at = (milliseconds) => new Date(Date.now() + milliseconds).toISOString();

before(async () => {
  world.prepare();
  hub = await world.hub({ lookups_per_minute: 500 });
  await world.register(hub);
});
after(() => world.remove());

const uuid = (id) => {
  const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';
  let value = 0n;
  for (const letter of id.split('_').pop()) value = value * 32n + BigInt(alphabet.indexOf(letter));
  return value.toString(16).padStart(32, '0').slice(-32);
};

/** Move a clock back so that its end came a second ago. */
function runOut(id, kind) {
  const moved = world.database.sql(`UPDATE deadline
       SET started_at = started_at - (due_at - now()) - interval '1 s',
           due_at = now() - interval '1 s', next_at = now() - interval '1 s'
     WHERE subject_id = '${uuid(id)}' AND kind = '${kind}' AND status = 'running' RETURNING kind`);
  assert.equal(moved, kind);
}

let next = 100000000;
/** An account at Deccan Bank, whose route the registry knows. */
const account = () => ({ type: 'in_account', value: `${next++}`, ifsc: 'DKNX0000118' });
const phone = () => ({ type: 'msisdn', value: `+7701${String(next++).slice(-7)}` });

const entry = (more = {}) => ({ source: 'own_list', reason: 'mule_account', subject: account(),
  expires_at: at(30 * DAY), ...more });
const add = (body, by = bank()) => by.post(hub, '/v1/watch-entries', body);
async function added(more, by) {
  const { status, body, text } = await add(entry(more), by);
  assert.equal(status, 201, text);
  return body;
}
const read = (id, by = bank()) => by.get(hub, `/v1/watch-entries/${id}`);
const withdraw = (id, etag, by = bank()) => by.call(hub, 'DELETE', `/v1/watch-entries/${id}`,
  { headers: { 'if-match': etag } });
const dispute = (id, by = other(), text = 'our customer sold a motorcycle') =>
  by.post(hub, `/v1/watch-entries/${id}/disputes`, { text });
const decide = (id, decision, by = bank(), reason = 'looked into it') =>
  by.post(hub, `/v1/watch-entries/${id}/decisions`, { decision, reason });
const ask = (identifiers, by = other(), purpose = 'payment_screening') =>
  by.post(hub, '/v1/lookups', { purpose, identifiers }, { key: null });
async function flags(identifier, by = other(), purpose) {
  const { status, body, text } = await ask([identifier], by, purpose);
  assert.equal(status, 200, text);
  return body.answers[0];
}
const events = (id) => world.database.rows(`SELECT type FROM event WHERE subject_id = '${uuid(id)}'
  ORDER BY event_id`).then((rows) => rows.map(({ type }) => type));

describe('a watch entry', () => {
  test('flags its identifier, by its source, and tells nobody whose it is', async () => {
    const subject = account();
    const { id } = await added({ subject });
    const answer = await flags({ ...subject });
    assert.equal(answer.flagged, true);
    assert.deepEqual(Object.keys(answer.entries[0]).sort(), ['disputed', 'expires_at', 'id', 'reason', 'source']);
    assert.deepEqual([answer.entries[0].id, answer.entries[0].source, answer.entries[0].disputed],
      [id, 'own_list', false]);
    assert.ok(!JSON.stringify(answer).includes(subject.value));
    assert.equal((await flags({ ...subject }, officer(), 'investigation')).flagged, true);
    assert.equal((await flags(account())).flagged, false);
    const seen = (await read(id)).body;
    assert.deepEqual([seen.subject, seen.status, seen.reason], [subject, 'active', 'mule_account']);
    assert.ok((await bank().get(hub, '/v1/watch-entries')).body.items.some((one) => one.id === id));
    assert.equal((await read(id, other())).status, 404);
    assert.equal((await read(id, officer())).status, 404);
    assert.deepEqual((await other().get(hub, '/v1/watch-entries')).body.items, []);
    assert.deepEqual(await events(id), ['watch_entry.listed']);
  });

  test('has a source that is its author\'s, a reference where it needs one, and an end', async () => {
    for (const [by, more, code, pointer] of [
      [bank(), { source: 'criminal_case', reference: 'FIR 7/2026' }, 'source_not_yours', '/source'],
      [officer(), { source: 'own_list' }, 'source_not_yours', '/source'],
      [officer(), { source: 'criminal_case' }, 'missing_member', '/reference'],
      [bank(), { source: 'third_party' }, 'missing_member', '/reference'],
      [bank(), { source: 'gossip' }, 'not_one_of', '/source'],
      [bank(), { reason: 'dislike' }, 'not_one_of', '/reason'],
      [bank(), { expires_at: undefined }, 'missing_member', '/expires_at'],
      [bank(), { expires_at: at(-1000) }, 'in_the_past', '/expires_at'],
      [bank(), { expires_at: at(366 * DAY) }, 'too_late', '/expires_at'],
      [bank(), { source: 'third_party', reference: 'x', expires_at: at(91 * DAY) }, 'too_late', '/expires_at'],
      [bank(), { subject: { type: 'iban', value: 'GB82WEST12345698765433' } }, 'bad_check_digit', '/subject/value'],
      [bank(), { note: 'card 4111 1111 1111 1111' }, 'card_number_refused', '/note'],
      [bank(), { more: 1 }, 'unknown_member', '/more'],
    ]) {
      const { status, body, text } = await add(entry(more), by);
      assert.deepEqual([status, body.code, body.errors?.[0].pointer], [422, code, pointer], text);
    }
    for (const name of ['malabar_bank.service', 'payments_audit.auditor', 'admin-1'])
      assert.equal((await add(entry(), person(name))).status, 403, name);
    const subject = account();
    await added({ subject });
    assert.equal((await add(entry({ subject }))).body.code, 'already_listed');
    await added({ subject, source: 'criminal_case', reference: 'FIR 7/2026' }, officer());
    assert.equal((await flags(subject)).entries.length, 2);
  });

  test('is taken back by its own, in the version that they read', async () => {
    const subject = account();
    const { id } = await added({ subject });
    const { headers: { etag } } = await read(id);
    const path = `/v1/watch-entries/${id}`;
    assert.equal((await bank().call(hub, 'DELETE', path)).status, 428);
    for (const wrong of ['"9"', '*', 'x', '""', '"1', 'W/"1"']) assert.equal((await withdraw(id, wrong)).status, 412, wrong);
    assert.equal((await withdraw(id, etag, other())).status, 404);
    assert.equal((await withdraw(id, etag, person('malabar_bank.service'))).status, 403);
    assert.equal((await bank().get(hub, path, { headers: { 'if-none-match': etag } })).status, 304);
    const { status, body } = await withdraw(id, etag);
    assert.deepEqual([status, body.status], [200, 'withdrawn']);
    assert.equal((await flags(subject)).flagged, false);
    assert.equal((await withdraw(id, etag)).status, 412);
    assert.equal((await withdraw(id, (await read(id)).headers.etag)).status, 409);
    assert.deepEqual(await events(id), ['watch_entry.listed', 'watch_entry.withdrawn']);
  });

  test('ends by itself, by the clerk', async () => {
    const subject = account();
    const { id } = await added({ subject });
    runOut(id, 'watch_expiry');
    await until(async () => (await read(id)).body.status === 'expired', { what: 'its end' });
    assert.equal((await flags(subject)).flagged, false);
    assert.deepEqual(await events(id), ['watch_entry.listed', 'watch_entry.time_over']);
  });
});

describe('an objection', () => {
  test('marks the entry, and one person delists', async () => {
    const subject = account();
    const { id } = await added({ subject });
    assert.equal((await dispute(id)).body.status, 'disputed');
    assert.deepEqual((await flags(subject)).entries.map(({ disputed }) => disputed), [true]);
    const seen = (await read(id)).body;
    assert.deepEqual([seen.dispute.by.slug, seen.dispute.text], ['deccan_bank', 'our customer sold a motorcycle']);
    assert.equal((await dispute(id)).status, 409);
    assert.equal((await decide(id, 'delist')).body.status, 'delisted');
    assert.equal((await flags(subject)).flagged, false);
    assert.equal((await decide(id, 'keep')).status, 409);
  });

  test('is turned down by two people, and may come again', async () => {
    const subject = account();
    const { id } = await added({ subject, source: 'criminal_case', reference: 'FIR 7/2026' }, officer());
    await dispute(id);
    const first = await decide(id, 'keep', officer());
    assert.deepEqual([first.body.status, first.body.waits_for_second], ['disputed', true]);
    const again = await decide(id, 'keep', officer());
    assert.deepEqual([again.status, again.body.code], [403, 'own_decision']);
    const second = await decide(id, 'keep', supervisor());
    assert.deepEqual([second.body.status, second.body.waits_for_second], ['active', false]);
    assert.deepEqual((await flags(subject)).entries.map(({ disputed }) => disputed), [false]);
    assert.equal((await dispute(id, other(), 'again')).body.status, 'disputed');
    assert.deepEqual(await events(id), ['watch_entry.listed', 'watch_entry.disputed', 'watch_entry.kept_by_one',
      'watch_entry.kept', 'watch_entry.disputed']);
  });

  test('is seen and decided by admins too, who see no number', async () => {
    const subject = account();
    const { id } = await added({ subject });
    const admin = person('admin-1');
    assert.equal((await read(id, admin)).status, 404);
    assert.equal((await decide(id, 'delist', admin)).status, 409);
    await dispute(id);
    const { body, text } = await admin.get(hub, '/v1/watch-entries');
    assert.ok(body.items.some((one) => one.id === id));
    assert.ok(!text.includes(subject.value));
    assert.equal((await decide(id, 'delist', admin)).body.status, 'delisted');
  });

  test('is the account\'s own institution\'s, or the police\'s', async () => {
    const { id } = await added({ subject: account() });
    assert.equal((await dispute(id, person('harbour_bank.nodal'))).status, 404);
    assert.equal((await dispute(id, bank())).body.code, 'own_entry');
    for (const name of ['deccan_bank.service', 'payments_audit.auditor', 'admin-1'])
      assert.equal((await dispute(id, person(name))).status, 403, name);
    assert.equal((await decide(id, 'delist', other())).status, 404);
    assert.equal((await dispute(id, person('us_sanjose_pd.officer'))).status, 201);
    const { id: unrouted } = await added({ subject: phone() });
    assert.equal((await dispute(unrouted, person('harbour_bank.nodal'))).status, 201);
    for (const body of [{}, { text: '' }, { text: 'x', more: 1 }, { text: '4111 1111 1111 1111' }])
      assert.equal((await other().post(hub, `/v1/watch-entries/${id}/disputes`, body)).status, 422);
    for (const body of [{}, { decision: 'keep' }, { decision: 'forget', reason: 'x' }])
      assert.equal((await bank().post(hub, `/v1/watch-entries/${id}/decisions`, body)).status, 422);
  });
});

describe('a look-up', () => {
  test('is on record, with its purpose and without the numbers', async () => {
    const subject = phone();
    await ask([subject, account()]);
    const row = world.database.sql(`SELECT convert_from(leaf, 'UTF8') FROM event WHERE type = 'lookup.made'
      ORDER BY event_id DESC LIMIT 1`);
    const leaf = JSON.parse(row);
    assert.deepEqual(Object.keys(leaf.commitments).sort(), ['count', 'flagged', 'hashes', 'institution', 'purpose']);
    assert.equal(leaf.case, null);
    assert.ok(!row.includes(subject.value.slice(1)));
  });

  test('has a purpose that is the asker\'s, and few identifiers', async () => {
    for (const [by, purpose, identifiers, pointer] of [
      [officer(), 'payment_screening', [phone()], '/purpose'],
      [bank(), 'investigation', [phone()], '/purpose'],
      [bank(), 'curiosity', [phone()], '/purpose'],
      [bank(), '', [phone()], '/purpose'],
      [bank(), 'onboarding', [], '/identifiers'],
      [bank(), 'onboarding', Array.from({ length: 21 }, phone), '/identifiers'],
      [bank(), 'onboarding', [{ type: 'msisdn', value: '12' }], '/identifiers/0/value'],
      [bank(), 'onboarding', [{ type: 'order_id', value: '4111111111111111' }], '/identifiers/0/value'],
    ]) {
      const { status, body, text } = await ask(identifiers, by, purpose);
      assert.deepEqual([status, body.errors?.[0].pointer], [422, pointer], text);
    }
    for (const name of ['payments_audit.auditor', 'admin-1'])
      assert.equal((await ask([phone()], person(name))).status, 403, name);
    assert.equal((await ask([phone()], person('deccan_bank.service'))).status, 200);
  });

  test('is limited for each', async () => {
    const slow = await world.hub({ name: 'slow', lookups_per_minute: 3, dispatch: false });
    const seek = (by) => by.post(slow, '/v1/lookups', { purpose: 'onboarding', identifiers: [phone()] }, { key: null });
    for (let left = 2; left >= 0; left--) {
      const { status, headers } = await seek(other());
      assert.equal(status, 200);
      assert.equal(headers['ratelimit-policy'], '"principal";q=3;w=60');
      assert.equal(headers.ratelimit, `"principal";r=${left};t=60`);
    }
    const { status, body, headers } = await seek(other());
    assert.deepEqual([status, body.code], [429, 'too_many_lookups']);
    assert.ok(Number(headers['retry-after']) > 1, headers['retry-after']);
    assert.equal((await seek(bank())).status, 200);
    assert.equal((await other().get(slow, '/v1/me')).status, 200);
  });
});

describe('a payment hold', () => {
  const money = { amount: '45000.00', currency: 'INR' };
  const place = (payee, more = {}, by = bank()) => by.post(hub, '/v1/payment-holds',
    { payee, money, reference: 'P-771203', ...more });
  const answer = (id, word, by = bank()) => by.post(hub, `/v1/payment-holds/${id}/answer`, { answer: word });
  const show = async (id) => (await bank().get(hub, `/v1/payment-holds/${id}`)).body;
  const listed = async () => {
    const subject = account();
    const made = await added({ subject, source: 'criminal_case', reference: 'FIR 9/2026' }, officer());
    return { subject, id: made.id };
  };
  async function held() {
    const { subject, id: entryId } = await listed();
    const { status, body, text } = await place(subject);
    assert.equal(status, 201, text);
    return { ...body, subject, entryId };
  }

  test('needs a payee on the list, or a signal', async () => {
    const { status, body } = await place(account());
    assert.deepEqual([status, body.code, body.errors[0].pointer], [422, 'no_ground', '/payee']);
    const unknown = await place(account(), { signal: 'sig_01h455vb4pex5vsknk084sn02q' });
    assert.deepEqual([unknown.status, unknown.body.code], [422, 'unknown_signal']);
    const made = await held();
    assert.deepEqual([made.status, made.ground], ['held', 'payee_listed']);
    for (const [by, code] of [['steppe_mobile.nodal', 403], ['kl_kochi_cyber.officer', 403], ['admin-1', 403]])
      assert.equal((await place(made.subject, {}, person(by))).status, code, by);
    for (const more of [{ money: { amount: '0.00', currency: 'INR' } }, { more: 1 }, { signal: 'x' },
      { note: '4111 1111 1111 1111' }])
      assert.equal((await place(made.subject, more)).status, 422, JSON.stringify(more));
    assert.equal((await other().get(hub, `/v1/payment-holds/${made.id}`)).status, 404);
    assert.equal((await answer(made.id, 'confirmed', other())).status, 404);
    assert.equal((await answer(made.id, 'perhaps')).status, 422);
  });

  test('on a listed payee lasts strictly for the term, whatever the customer says', async () => {
    const made = await held();
    assert.equal(Date.parse(made.term_ends_at) - Date.parse((await show(made.id)).created_at), 3 * DAY);
    assert.equal((await answer(made.id, 'confirmed')).body.status, 'confirmed');
    assert.equal((await answer(made.id, 'confirmed')).status, 409);
    assert.equal((await show(made.id)).ended_at, undefined);
    runOut(made.id, 'payment_hold_term');
    await until(async () => (await show(made.id)).status === 'executed', { what: 'its end' });
    const seen = await show(made.id);
    assert.deepEqual([seen.ended_by, seen.payee, seen.money, seen.reference], ['term', made.subject, money, 'P-771203']);
    assert.deepEqual(await events(made.id), ['payment_hold.placed', 'payment_hold.confirmed_listed',
      'payment_hold.term_over']);
    assert.equal((await answer(made.id, 'refused')).status, 409);
  });

  test('is executed at once when the payee is on the list no more', async () => {
    const made = await held();
    await withdraw(made.entryId, (await read(made.entryId, officer())).headers.etag, officer());
    const { body } = await answer(made.id, 'confirmed');
    assert.equal(body.status, 'executed');
    assert.equal((await show(made.id)).ended_by, 'customer');
    assert.deepEqual(await events(made.id), ['payment_hold.placed', 'payment_hold.confirmed']);
  });

  test('is refused by the customer, also after a yes', async () => {
    const made = await held();
    assert.equal((await answer(made.id, 'confirmed')).body.status, 'confirmed');
    assert.equal((await answer(made.id, 'refused')).body.status, 'refused');
    assert.equal((await show(made.id)).ended_by, 'customer');
  });

  test('without an answer is released at the end of the term', async () => {
    const made = await held();
    runOut(made.id, 'payment_hold_term');
    await until(async () => (await show(made.id)).status === 'released', { what: 'its release' });
    assert.equal((await show(made.id)).ended_by, 'term');
    const { body } = await bank().get(hub, '/v1/payment-holds?status=released');
    assert.ok(body.items.some(({ id }) => id === made.id));
    assert.ok(body.items.every(({ status }) => status === 'released'));
    assert.equal((await bank().get(hub, '/v1/payment-holds?status=gone')).status, 422);
  });

  test('by a signal ends with the customer\'s word', async () => {
    const { body: made } = await person('admin-1').post(hub, '/v1/agreements', { source: 'steppe_mobile',
      destination: 'malabar_bank', purpose: 'tests', kinds: ['calls'], valid_until: at(30 * DAY) });
    await world.confirm(hub, 'agreements', made.id);
    const subject = phone();
    const signal = () => person('steppe_mobile.service').post(hub, '/v1/signals', { kind: 'calls', subject,
      facts: { count: 1, total_seconds: 9, longest_seconds: 9, new_callers: 1 },
      observed: { from: at(-60_000), until: at(-1000) }, expires_at: at(DAY) });
    const sent = await until(async () => {
      const { status, body } = await signal();
      return status === 201 && body;
    });
    const told = await flags(subject, bank());
    assert.deepEqual([told.flagged, told.signals[0].id, told.signals[0].kind], [true, sent.id, 'calls']);
    assert.equal((await flags(subject, other())).flagged, false);
    assert.equal((await place(account(), { signal: sent.id }, other())).body.code, 'unknown_signal');
    const { body: hold } = await place(account(), { signal: sent.id });
    assert.equal(hold.ground, 'signal');
    assert.equal((await answer(hold.id, 'confirmed')).body.status, 'executed');
    assert.equal((await show(hold.id)).signal, sent.id);
  });

  test('two days in Russia', async () => {
    world.database.sql(`UPDATE institution SET profile = 'RU' WHERE slug = 'harbour_bank'`);
    world.database.sql('UPDATE registry_version SET version = version + 1');
    const russian = person('harbour_bank.nodal');
    await until(async () => (await russian.get(hub, '/v1/me')).body.institution.profile === 'RU');
    const { subject } = await listed();
    const { body } = await place(subject, {}, russian);
    const { body: seen } = await russian.get(hub, `/v1/payment-holds/${body.id}`);
    assert.equal(Date.parse(seen.term_ends_at) - Date.parse(seen.created_at), 2 * DAY);
  });
});

test('nothing stands in the clear: no file, log or URL has what was listed', async () => {
  const words = { value: '880077006655', note: 'zq note words', reference: 'ZQ-77/2026', dispute: 'zq dispute words' };
  const subject = { type: 'in_account', value: words.value, ifsc: 'DKNX0000118' };
  const { id } = await added({ subject, note: words.note, reference: words.reference });
  await dispute(id, other(), words.dispute);
  await flags(subject);
  const { text } = await read(id);
  for (const word of Object.values(words)) assert.ok(text.includes(word), word);
  await bank().post(hub, '/v1/payment-holds', { payee: subject, money: { amount: '1.00', currency: 'INR' },
    reference: words.reference, note: words.note });
  assert.deepEqual(world.database.search(Object.values(words)), []);
  for (const word of Object.values(words)) assert.ok(!world.log.includes(word), word);
});

test('meta lists the words with their labels', async () => {
  const { body } = await bank().get(hub, '/v1/meta');
  assert.deepEqual(body.risks.watch_sources.map(({ code }) => code), body.enumerations.watch_source);
  assert.deepEqual(body.risks.watch_reasons.map(({ code }) => code), body.enumerations.watch_reason);
  assert.deepEqual(body.risks.lookup_purposes.map(({ code }) => code), body.enumerations.lookup_purpose);
  assert.deepEqual(body.risks.signals.map(({ kind }) => kind), body.enumerations.signal_kind);
  assert.ok(body.risks.watch_reasons.every(({ label }) => label.length > 5));
});

test('freezeline lists, looks up, disputes, decides and withdraws', async () => {
  const run = (who, ...args) => world.freezeline(...args, ...who.options(hub));
  const file = (name, body) => {
    writeFileSync(world.path(name), JSON.stringify(body));
    return world.path(name);
  };
  const subject = account();
  const { id } = JSON.parse(run(bank(), 'watch', 'add', file('entry.json', entry({ subject })), '--json'));
  assert.match(run(bank(), 'watch', 'list'), new RegExp(`${id} .*active`));
  const question = file('question.json', { purpose: 'onboarding', identifiers: [subject, account()] });
  assert.match(run(other(), 'lookup', question), /FLAGGED[^]*own_list[^]*not flagged/);
  assert.match(run(other(), 'watch', 'dispute', id, '--text', 'he is innocent'), /disputed/);
  assert.match(run(other(), 'lookup', question), /disputed/);
  assert.match(run(bank(), 'watch', 'decide', id, 'delist', '--reason', 'he is'), /delisted/);
  assert.match(run(bank(), 'watch', 'list', '--status', 'delisted'), new RegExp(id));
  const listed = entry();
  const second = JSON.parse(run(bank(), 'watch', 'add', file('entry2.json', listed), '--json'));
  const hold = JSON.parse(run(bank(), 'payment-hold', 'place',
    file('hold.json', { payee: listed.subject, money: { amount: '5.00', currency: 'INR' } }), '--json'));
  assert.match(run(bank(), 'payment-hold', 'answer', hold.id, 'confirmed'), /confirmed/);
  assert.match(run(bank(), 'payment-hold', 'list'), new RegExp(`${hold.id} .*confirmed`));
  assert.match(run(bank(), 'watch', 'withdraw', second.id), /withdrawn/);
  assert.equal(world.run('watch', 'dispute', id, ...bank().options(hub)).status, 2);
});
