// Documents: filed by the unit and by institutions, decided on, corrected,
// waived; and their bytes, which go in and out whole and sealed or not at all.
import assert from 'node:assert/strict';
import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { request } from 'node:https';
import { after, before, describe, test } from 'node:test';
import { about, submit, targetAt } from '../support/cases.mjs';
import { FREEZELINE, World, until } from '../support/hub.mjs';

const world = new World();
const LIMIT = 20 * 1024 * 1024;
// The sanitizer keeps what was freed.
const isBounded = !/asan/.test(FREEZELINE);
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

const pdf = (text = randomBytes(8).toString('hex')) => Buffer.from(`%PDF-1.7\n${text}\n%%EOF\n`);
const sha256 = (bytes) => createHash('sha256').update(bytes).digest();
const digestOf = (bytes) => `sha-256=:${sha256(bytes).toString('base64')}:`;

/** File `bytes` on a case; `more`: further header fields. */
const file = (id, bytes, more = {}, by = officer(), options = {}) =>
  by.post(hub, `/v1/cases/${id}/documents`, bytes, {
    ...options,
    headers: { 'content-type': 'application/pdf', 'content-digest': digestOf(bytes),
      'document-type': 'OFFICER_LETTER', ...more } });

/** The answer to a POST that announces a body and sends none of it. */
const lengthOnly = (path, length) => new Promise((resolve, reject) => {
  const call = request({ host: 'localhost', port: hub.port, method: 'POST', path, ...officer().tls, agent: false,
    headers: { 'content-type': 'application/pdf', 'content-length': length, 'idempotency-key': 'length-only' } },
  (response) => { resolve(response.statusCode); call.destroy(); });
  call.on('error', reject);
  call.flushHeaders();
});

/** A case whose first request owes a letter and a FIR. */
async function owing() {
  const { body: receipt } = await submit(world, hub, 'b');
  const { body: kase } = await officer().get(hub, `/v1/cases/${receipt.id}`);
  const [first] = kase.requests;
  const owed = (type) => first.formalities.find((one) => one.type === type);
  const target = first.targets.find(({ status }) => status !== 'proposed');
  return { id: kase.id, request: first, target, owed, nodal: person(`${target.institution.slug}.nodal`) };
}

const debtsOf = async (id) => (await officer().get(hub, `/v1/formalities?case=${id}&limit=200`)).body.items;
const timelineTypes = async (id) => (await officer().get(hub, `/v1/cases/${id}/timeline?limit=200`))
  .body.items.map(({ type }) => type);
const count = (list, one) => list.filter((each) => each === one).length;
const isSwept = async () => 0 === await world.database.value(`SELECT count(*) FROM document_chunk k
  WHERE NOT EXISTS (SELECT FROM document d WHERE d.content_id = k.content_id)`);

describe('an upload', () => {
  test('is kept as it came, and says what it is', async () => {
    const { id, request: first } = await owing();
    const bytes = pdf();
    const answer = await file(id, bytes, { 'document-issuer': encodeURIComponent('थाना Kochi, "cyber"'),
      'document-number': 'FIR%20118/2026', 'document-date': '2026-03-13', 'document-language': 'en-IN',
      'document-name': 'letter.pdf', 'document-request': first.id });

    assert.equal(answer.status, 201, answer.text);
    assert.equal(answer.headers.location, `/v1/documents/${answer.body.id}`);
    assert.equal(answer.body.sha256, sha256(bytes).toString('hex'));
    const { body } = await officer().get(hub, answer.headers.location);
    assert.deepEqual([body.issuer, body.number, body.issued_on, body.language, body.name],
      ['थाना Kochi, "cyber"', 'FIR 118/2026', '2026-03-13', 'en-IN', 'letter.pdf']);
    assert.deepEqual([body.status, body.size, body.media_type, body.picture, body.signature_info.check],
      ['filed', bytes.length, 'application/pdf', false, 'not_signed']);
    const { body: kase } = await officer().get(hub, `/v1/cases/${id}`);
    assert.deepEqual(kase.documents.map((one) => one.id), [answer.body.id]);
  });

  test('leaves with its type, its digest and a name of ours, each time as an event', async () => {
    const { id } = await owing();
    const bytes = pdf();
    const { body } = await file(id, bytes, { 'document-name': '..%2F..%2Fetc%2Fpasswd' });

    for (let i = 0; i < 2; i++) {
      const out = await officer().get(hub, `/v1/documents/${body.id}/content`);
      assert.equal(out.status, 200);
      assert.ok(out.bytes.equals(bytes));
      assert.equal(out.headers['content-type'], 'application/pdf');
      assert.equal(out.headers['content-disposition'], `attachment; filename="${body.id}.pdf"`);
      assert.equal(out.headers['x-content-type-options'], 'nosniff');
      assert.equal(out.headers['content-digest'], digestOf(bytes));
    }
    await until(async () => count(await timelineTypes(id), 'document.read') === 2);
  });

  test('of 20 MB goes in and out in bounded memory, one byte more does not', async () => {
    const { id } = await owing();
    const bytes = Buffer.concat([Buffer.from('%PDF-1.7\n'), randomBytes(LIMIT - 9)]);
    const pid = hub.process.pid;
    const resident = () => Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]);
    writeFileSync(`/proc/${pid}/clear_refs`, '5');
    const began = resident();
    const { status, body, text } = await file(id, bytes);
    assert.equal(status, 201, text);
    assert.ok(!isBounded || resident() - began < 8 * 1024, `${resident() - began} kB more`);
    const out = await officer().get(hub, `/v1/documents/${body.id}/content`);
    assert.ok(out.bytes.equals(bytes));
    assert.equal(await lengthOnly(`/v1/cases/${id}/documents`, LIMIT + 1), 413);
    assert.equal(await lengthOnly('/v1/cases', 1024 * 1024 + 1), 413);
    // What does not say its length is read to its end, without being kept.
    const over = await file(id, Buffer.concat([bytes, Buffer.from('x')]), { 'content-length': undefined });
    assert.equal(over.status, 413);
    assert.ok(!isBounded || resident() - began < 50 * 1024, `${resident() - began} kB more`);
  });

  test('answers its Idempotency-Key once, also for other header fields', async () => {
    const { id } = await owing();
    const bytes = pdf();
    const key = 'document-key-1';
    const first = await file(id, bytes, {}, officer(), { key });
    const again = await file(id, bytes, {}, officer(), { key });
    assert.deepEqual([again.status, again.body.id, again.headers['idempotent-replayed']],
      [201, first.body.id, 'true']);
    for (const other of [() => file(id, pdf('other'), {}, officer(), { key }),
      () => file(id, bytes, { 'document-number': '2' }, officer(), { key })]) {
      const { status, body } = await other();
      assert.deepEqual([status, body.code], [422, 'idempotency_key_reused']);
    }
    // What was staged for the others is swept by the intake itself.
    await until(isSwept);
  });

  const card = '4111 1111 1111 1111';
  for (const [what, bytes, more, status, code, pointer] of [
    ['of another digest', pdf(), { 'content-digest': digestOf(Buffer.from('x')) }, 422, 'digest_mismatch', '/headers/content-digest'],
    ['without a digest', pdf(), { 'content-digest': undefined }, 400, 'content_digest_missing', '/headers/content-digest'],
    ['with a digest that is none', pdf(), { 'content-digest': 'sha-256=:abc:' }, 400, 'bad_content_digest', '/headers/content-digest'],
    ['that is empty', Buffer.alloc(0), {}, 422, 'empty_document', ''],
    ['of a type that it is not', pdf(), { 'content-type': 'image/png' }, 422, 'media_type_mismatch', '/headers/content-type'],
    ['of JSON', Buffer.from('{}'), { 'content-type': 'application/json' }, 422, 'unknown_document_format', '/headers/content-type'],
    ['of a program', Buffer.from('MZ\x90\0'), { 'content-type': 'application/pdf' }, 422, 'unknown_document_format', '/headers/content-type'],
    ['without a kind', pdf(), { 'document-type': undefined }, 422, 'missing_member', '/headers/document-type'],
    ['of an unknown kind', pdf(), { 'document-type': 'LOVE_LETTER' }, 422, 'not_one_of', '/headers/document-type'],
    ['of a bank\'s kind', pdf(), { 'document-type': 'ACCOUNT_STATEMENT' }, 422, 'not_one_of', '/headers/document-type'],
    ['of a day to come', pdf(), { 'document-date': '2999-01-01' }, 422, 'in_future', '/headers/document-date'],
    ['of no day', pdf(), { 'document-date': '2026-02-30' }, 422, 'bad_date', '/headers/document-date'],
    ['with a card number for a name', pdf(), { 'document-name': encodeURIComponent(`${card}.pdf`) }, 422, 'card_number_refused', '/headers/document-name'],
    ['with a card number for a number', pdf(), { 'document-number': '4111111111111111' }, 422, 'card_number_refused', '/headers/document-number'],
    ['with a half escape', pdf(), { 'document-issuer': 'a%2' }, 422, 'bad_text', '/headers/document-issuer'],
    ['with an escaped line end', pdf(), { 'document-issuer': 'a%0d%0ab' }, 422, 'bad_text', '/headers/document-issuer'],
    ['with bytes that are no UTF-8', pdf(), { 'document-issuer': '%ff' }, 422, 'bad_text', '/headers/document-issuer'],
    ['signed in an unknown way', pdf(), { 'document-signature-format': 'wax' }, 422, 'not_one_of', '/headers/document-signature-format'],
    ['that cannot bear its signature', pdf(), { 'document-signature-format': 'cades' }, 422, 'signature_format_mismatch', '/headers/document-signature-format'],
    ['with a signature of no kind', pdf(), { 'document-signature': 'AAAA' }, 422, 'not_allowed', '/headers/document-signature'],
    ['detached without a signature', pdf(), { 'document-signature-format': 'detached_ed25519' }, 422, 'missing_member', '/headers/document-signature'],
    ['for a formality of nowhere', pdf(), { 'document-formality': 'fml_01h455vb4pex5vsknk084sn02q' }, 422, 'unknown_formality', '/headers/document-formality'],
    ['for what is no formality', pdf(), { 'document-formality': 'tgt_01h455vb4pex5vsknk084sn02q' }, 422, 'bad_id', '/headers/document-formality'],
    ['about a request of nowhere', pdf(), { 'document-request': 'frq_01h455vb4pex5vsknk084sn02q' }, 422, 'unknown_request', '/headers/document-request'],
    ['in place of a document of nowhere', pdf(), { 'document-supersedes': 'doc_01h455vb4pex5vsknk084sn02q' }, 422, 'unknown_document', '/headers/document-supersedes'],
  ])
    test(`${what} is refused, nothing is kept`, async () => {
      const { id } = await owing();
      const answer = await file(id, bytes, more);

      assert.equal(answer.status, status, answer.text);
      assert.equal(answer.body.code, code);
      assert.equal(answer.body.errors?.[0]?.pointer, pointer);
      assert.ok(!answer.text.includes('4111'));
      assert.deepEqual((await officer().get(hub, `/v1/cases/${id}`)).body.documents, []);
      await until(isSwept);
    });

  test('is the unit\'s and its institutions\' own', async () => {
    const { id, request: first, nodal } = await owing();
    const { body } = await file(id, pdf());
    for (const [name, status] of [['us_sanjose_pd.officer', 404], ['kz_almaty_cyber.supervisor', 404],
      ['steppe_wallet.nodal', 404], ['payments_audit.auditor', 403], ['admin-1', 403]]) {
      const more = name.endsWith('nodal') ? { 'document-type': 'CORRESPONDENCE', 'document-request': first.id } : {};
      assert.equal((await file(id, pdf(), more, person(name))).status, status, name);
    }
    for (const [name, status] of [['us_sanjose_pd.officer', 404], ['steppe_wallet.nodal', 404],
      [nodal.name, 404], ['payments_audit.auditor', 200], ['admin-1', 403]])
      assert.equal((await person(name).get(hub, `/v1/documents/${body.id}`)).status, status, name);
    for (const [name, status] of [['us_sanjose_pd.officer', 404], ['steppe_wallet.nodal', 404],
      [nodal.name, 404], ['payments_audit.auditor', 403], ['kl_kochi_cyber.supervisor', 200]])
      assert.equal((await person(name).get(hub, `/v1/documents/${body.id}/content`)).status, status, name);
    const masked = (await person('payments_audit.auditor').get(hub, `/v1/documents/${body.id}`)).body;
    assert.equal(masked.issuer, undefined);
  });
});

describe('a signature', () => {
  const pair = generateKeyPairSync('ed25519');
  const raw = Buffer.from(pair.publicKey.export({ format: 'jwk' }).x, 'base64url').toString('base64');
  const signed = (bytes, over = bytes) => ({ 'document-signature-format': 'detached_ed25519',
    'document-signature': sign(null, over, pair.privateKey).toString('base64'), 'document-signer-key': raw });

  test('that is detached is checked over the whole content', async () => {
    const { id } = await owing();
    const bytes = Buffer.concat([pdf(), randomBytes(700_000)]);
    const { status, body, text } = await file(id, bytes, signed(bytes));
    assert.equal(status, 201, text);
    assert.equal(body.signature_check, 'good_named_key');
    const bad = await file(id, bytes, signed(bytes, bytes.subarray(1)));
    assert.deepEqual([bad.status, bad.body.code, bad.body.errors[0].pointer],
      [422, 'signature_mismatch', '/headers/document-signature']);
  });

  test('that the hub cannot check is said to be so', async () => {
    const { id } = await owing();
    const { body } = await file(id, pdf(), { 'document-signature-format': 'pades' });
    assert.equal(body.signature_check, 'not_checked');
  });
});

describe('a document owed', () => {
  test('is submitted, found defective, corrected and verified; all hear of it', async () => {
    const { id, target, owed, nodal } = await owing();
    const letter = owed('OFFICER_LETTER');
    const bytes = pdf();
    const filed = await file(id, bytes, { 'document-formality': letter.id });
    assert.equal(filed.status, 201, filed.text);
    assert.deepEqual(filed.body.formalities.map((one) => [one.id, one.status]), [[letter.id, 'submitted']]);

    const heard = await about(hub, nodal, target);
    const available = heard.find(({ type }) => type === 'document.available');
    assert.equal(available.document.id, filed.body.id);
    assert.deepEqual(available.request.authority.docs,
      [{ id: filed.body.id, type: 'OFFICER_LETTER', sha256: filed.body.sha256 }]);
    assert.equal(heard.at(-1).type, 'formality.updated');
    assert.equal(heard.at(-1).formality.status, 'submitted');
    assert.ok((await nodal.get(hub, `/v1/documents/${filed.body.id}/content`)).bytes.equals(bytes));

    const decide = (document, body, by = nodal) =>
      by.post(hub, `/v1/documents/${document}/decisions`, body);
    const defective = await decide(filed.body.id,
      { decision: 'defective', defects: ['seal_missing', 'other'], note: 'the stamp of 2019' });
    assert.equal(defective.status, 200, defective.text);
    assert.equal(defective.body.formalities[0].status, 'defective');
    const told = (await about(hub, officer(), target)).filter(({ type }) => type === 'formality.updated').at(-1);
    assert.deepEqual([told.formality.status, told.formality.note, told.document.defects, told.institution.slug],
      ['defective', 'the stamp of 2019', ['seal_missing', 'other'], target.institution.slug]);
    assert.equal((await decide(filed.body.id, { decision: 'verified' })).status, 409);

    const better = await file(id, pdf(), { 'document-supersedes': filed.body.id });
    assert.equal(better.status, 201, better.text);
    assert.equal(better.body.formalities[0].status, 'submitted');
    const { body: old } = await officer().get(hub, `/v1/documents/${filed.body.id}`);
    assert.deepEqual([old.status, old.note, old.defects], ['superseded', 'the stamp of 2019', ['seal_missing', 'other']]);
    assert.equal((await decide(better.body.id, { decision: 'verified' })).body.formalities[0].status, 'verified');
    const [debt] = (await debtsOf(id)).filter((one) => one.id === letter.id);
    assert.deepEqual([debt.status, debt.document_id], ['verified', better.body.id]);
    await until(async () => {
      const types = await timelineTypes(id);
      return ['document.filed', 'document.found_defective', 'document.superseded', 'document.verified',
        'formality.submitted', 'formality.found_defective', 'formality.verified'].every((one) => types.includes(one));
    });
  });

  test('is never a picture', async () => {
    const { id, owed } = await owing();
    const png = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');
    const as = { 'content-type': 'image/png', 'document-type': 'OFFICER_LETTER' };
    const { status, body } = await file(id, png, { ...as, 'document-formality': owed('OFFICER_LETTER').id });
    assert.deepEqual([status, body.code, body.errors[0].pointer],
      [422, 'picture_is_no_document', '/headers/document-formality']);
    assert.equal((await debtsOf(id)).find(({ type }) => type === 'OFFICER_LETTER').status, 'due');
    const kept = await file(id, png, { ...as, 'document-type': 'EVIDENCE' });
    assert.equal(kept.status, 201, kept.text);
  });

  test('is what the law asks for', async () => {
    const { id, owed } = await owing();
    const { body } = await file(id, pdf(), { 'document-formality': owed('FIR').id });
    assert.deepEqual([body.code, body.errors[0].pointer], ['wrong_document_type', '/headers/document-type']);
  });

  for (const [what, body, code, pointer] of [
    ['a decision without one', {}, 'missing_member', '/decision'],
    ['a defect that nobody knows', { decision: 'defective', defects: ['ugly'] }, 'not_one_of', '/defects/0'],
    ['a defect of nothing', { decision: 'rejected' }, 'missing_member', '/defects'],
    ['a defect of what is good', { decision: 'verified', defects: ['language'] }, 'not_allowed', '/defects'],
    ['another defect without words', { decision: 'rejected', defects: ['other'] }, 'missing_member', '/note'],
    ['a card number', { decision: 'rejected', defects: ['other'], note: '4111111111111111' }, 'card_number_refused', '/note'],
  ])
    test(`${what} decides nothing`, async () => {
      const { id, owed, nodal } = await owing();
      const { body: document } = await file(id, pdf(), { 'document-formality': owed('OFFICER_LETTER').id });
      const answer = await nodal.post(hub, `/v1/documents/${document.id}/decisions`, body);
      assert.deepEqual([answer.status, answer.body.errors[0].code, answer.body.errors[0].pointer], [422, code, pointer]);
      assert.equal((await officer().get(hub, `/v1/documents/${document.id}`)).body.status, 'filed');
    });

  test('is decided on by whom it is for', async () => {
    const { id, owed, nodal } = await owing();
    const { body } = await file(id, pdf(), { 'document-formality': owed('OFFICER_LETTER').id });
    const decide = (by) => by.post(hub, `/v1/documents/${body.id}/decisions`, { decision: 'verified' });
    for (const [name, status] of [['steppe_wallet.nodal', 404], ['kl_kochi_cyber.officer', 403],
      ['kl_kochi_cyber.supervisor', 403], ['us_sanjose_pd.supervisor', 404], ['payments_audit.auditor', 403]])
      if (world.people[name] !== undefined) assert.equal((await decide(person(name))).status, status, name);
    assert.equal((await decide(nodal)).status, 200);
  });

  test('is waived by another supervisor, with a reason', async () => {
    const { id, target, owed, nodal } = await owing();
    const fir = owed('FIR');
    const waive = (by, body = { reason: 'the state FIR covers it' }) =>
      by.post(hub, `/v1/formalities/${fir.id}/waivers`, body);
    for (const [by, status] of [[officer(), 403], [nodal, 403], [person('us_sanjose_pd.supervisor'), 404]])
      assert.equal((await waive(by)).status, status, by.name);
    assert.equal((await waive(supervisor(), {})).status, 422);
    const { status, body, text } = await waive(supervisor());
    assert.equal(status, 200, text);
    assert.equal(body.status, 'waived');
    const last = (await about(hub, nodal, target)).at(-1);
    assert.deepEqual([last.type, last.formality.status, last.formality.note], ['formality.updated', 'waived', undefined]);
    assert.equal((await waive(supervisor())).status, 409);
    assert.equal((await file(id, pdf(), { 'document-type': 'FIR', 'document-formality': fir.id })).status, 409);
  });
});

describe('an institution\'s document', () => {
  test('is for the unit alone, which decides on it', async () => {
    const { body: receipt } = await submit(world, hub, 'a');
    const target = targetAt(receipt, 'malabar_bank');
    const { body: kase } = await officer().get(hub, `/v1/cases/${receipt.id}`);
    const request = kase.requests.find(({ targets }) => targets.some(({ id }) => id === target.id));
    const bytes = pdf();
    const more = { 'document-type': 'ACCOUNT_STATEMENT', 'document-request': request.id };
    const filed = await file(kase.id, bytes, more, bank());
    assert.equal(filed.status, 201, filed.text);
    const [told] = (await about(hub, officer(), target)).filter(({ type }) => type === 'document.available');
    assert.deepEqual([told.document.id, told.institution.slug], [filed.body.id, 'malabar_bank']);
    for (const [by, status] of [[officer(), 200], [bank(), 200], [person('deccan_bank.nodal'), 404]])
      assert.equal((await by.get(hub, `/v1/documents/${filed.body.id}`)).status, status, by.name);
    const decide = (by) => by.post(hub, `/v1/documents/${filed.body.id}/decisions`, { decision: 'verified' });
    assert.equal((await decide(bank())).body.code, 'own_document');
    assert.equal((await decide(supervisor())).body.status, 'verified');
    const nameless = await file(kase.id, bytes, { 'document-type': 'ACCOUNT_STATEMENT' }, bank());
    assert.deepEqual([nameless.status, nameless.body.errors[0].pointer], [422, '/headers/document-request']);
    assert.equal((await file(kase.id, bytes, { ...more, 'document-type': 'FIR' }, bank())).body.code, 'not_one_of');
  });
});

test('an upload that is cut off by kill -9 leaves nothing, and the key still works', async () => {
  const { id } = await owing();
  const bytes = Buffer.concat([pdf(), randomBytes(3_000_000)]);
  const pieces = () => world.database.value('SELECT count(*) FROM document_chunk');
  const before = await pieces();
  const broken = new Promise((resolve) => {
    const call = request({ host: 'localhost', port: hub.port, method: 'POST', path: `/v1/cases/${id}/documents`,
      ...officer().tls, agent: false, headers: { 'content-type': 'application/pdf', 'content-length': bytes.length,
        'content-digest': digestOf(bytes), 'document-type': 'OFFICER_LETTER', 'idempotency-key': 'cut-off' } });
    call.on('error', resolve);
    call.write(bytes.subarray(0, 2_000_000), () => hub.kill());
  });
  await broken;
  await hub.ended;
  await hub.start();
  assert.equal(await pieces(), before);
  await world.knows(hub, 'payments_audit.auditor');
  const { status, text } = await file(id, bytes, {}, officer(), { key: 'cut-off' });
  assert.equal(status, 201, text);
});

test('what a crash left staged is swept an hour later, and nothing else', async () => {
  const { id } = await owing();
  const { body } = await file(id, pdf());
  world.database.sql(`UPDATE document_chunk SET staged_at = now() - interval '2 hours';
    INSERT INTO document_chunk (content_id, number, staged_at, sealed)
    SELECT c, n, now() - make_interval(mins => m), 'x'
      FROM (VALUES (gen_random_uuid(), 61), (gen_random_uuid(), 59)) AS v (c, m), generate_series(0, 2) AS n`);
  await hub.stop();
  await hub.start();
  await world.knows(hub, 'payments_audit.auditor');
  await until(async () => 3 === await world.database.value(`SELECT count(*) FROM document_chunk k
    WHERE NOT EXISTS (SELECT FROM document d WHERE d.content_id = k.content_id)`));
  assert.equal((await officer().get(hub, `/v1/documents/${body.id}/content`)).status, 200);
});

test('nothing of a document stands in the database\'s files in the clear', async () => {
  const { id } = await owing();
  const words = ['zqcanarycontent', 'zqcanaryissuer', 'zqcanarynumber', 'zqcanaryname'];
  const { body } = await file(id, pdf(`${words[0]} `.repeat(20_000)), { 'document-issuer': words[1],
    'document-number': words[2], 'document-name': words[3] });
  assert.equal((await officer().get(hub, `/v1/documents/${body.id}`)).body.issuer, words[1]);
  assert.deepEqual(world.database.search(words), []);
  assert.ok(!world.log.includes('zqcanary'));
});

test('freezeline files, gets, decides and waives', async () => {
  const { id, owed, nodal } = await owing();
  const run = (who, ...args) => world.freezeline(...args, ...who.options(hub));
  const path = world.path('letter.pdf');
  const bytes = pdf();
  writeFileSync(path, bytes);
  const out = JSON.parse(run(officer(), 'document', 'add', id, path, '--type', 'OFFICER_LETTER',
    '--formality', owed('OFFICER_LETTER').id, '--issuer', 'Station, Kochi', '--json'));
  assert.equal(out.formalities[0].status, 'submitted');
  const copy = world.path('copy.pdf');
  run(nodal, 'document', 'get', out.id, '--output', copy);
  assert.ok(readFileSync(copy).equals(bytes));
  assert.match(run(nodal, 'document', 'decide', out.id, 'defective', '--defects', 'seal_missing,language'), /defective/);
  assert.match(run(supervisor(), 'formality', 'waive', owed('FIR').id, '--reason', 'not needed'), /waived/);
  assert.equal(world.run('document', 'get', out.id, ...nodal.options(hub)).status, 2);
});
