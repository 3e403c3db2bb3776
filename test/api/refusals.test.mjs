// Refusals: each wrong thing gets its status, code and pointer, and leaves
// nothing behind; digits of a whole card number are nowhere afterwards.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { freshExample, hold, submit, targets } from '../support/cases.mjs';
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
const at = (value, pointer) => pointer.split('/').slice(1).reduce((node, key) => node[key], value);

/** The body with one place changed; undefined removes it. */
function changed(body, pointer, value) {
  const parent = at(body, pointer.slice(0, pointer.lastIndexOf('/')));
  const key = pointer.slice(pointer.lastIndexOf('/') + 1);
  if (value === undefined) delete parent[key];
  else parent[key] = typeof value === 'function' ? value(parent[key]) : value;
  return body;
}

/** POST a thing that must be refused, and see that nothing has changed. */
async function refused(path, body, { status, code, pointer }, { who = officer(), ...options } = {}) {
  const before = await world.database.counts();
  const answer = await who.post(hub, path, body, options);
  const seen = `${answer.status} ${answer.text}`;
  assert.equal(answer.status, status, seen);
  if (code !== undefined) assert.equal(answer.body.code, code, seen);
  if (pointer !== undefined) assert.equal(answer.body.errors[0]?.pointer, pointer, seen);
  assert.match(answer.headers['content-type'], /^application\/problem\+json/);
  assert.equal(answer.body.status, status);
  // What the listener refuses by its headers has not been routed yet.
  if (!FRAMING.includes(answer.body.code)) assert.equal(answer.body.instance, path.split('?')[0]);
  assert.match(answer.body.trace_id, /^[0-9a-f]{32}$/);
  assert.deepEqual(await world.database.counts(), before);
  return answer;
}

const FRAMING = ['body_too_large', 'repeated_header', 'bad_content_encoding'];

const wrong = (code, pointer) => ({ status: 422, code, pointer });
const ID = '/requests/1/targets/1/identifier';

// Body of example (a), pointer, what stands there, code, pointer of the error
// where it is another.
const FIELDS = [
  ['/typology', undefined, 'missing_member'],
  ['/typology', 'theft', 'not_one_of'],
  ['/typology', 'CARD_NOT_PRESENT', 'not_one_of'],
  ['/typology', 7, 'wrong_type'],
  ['/typology', null, 'wrong_type'],
  ['/authorised', true, 'wrong_type'],
  ['/authorised', 'perhaps', 'not_one_of'],
  ['/occurred_at', undefined, 'missing_member'],
  ['/occurred_at', '2026-02-30T00:00:00Z', 'bad_time'],
  ['/occurred_at', '2026-03-11', 'bad_time'],
  ['/occurred_at', '2026-03-11T16:02:10', 'bad_time'],
  ['/occurred_at', 1773245130, 'wrong_type'],
  ['/reported_at', '2126-03-11T16:02:10Z', 'in_future'],
  ['/occurred_at', () => new Date().toISOString(), 'out_of_order'],
  ['/transactions/0/at', () => new Date().toISOString(), 'out_of_order'],
  ['/report_channel', 'fax', 'not_one_of'],
  ['/priority', 'p0', 'not_one_of'],
  ['/profile', 'FR', 'unknown_profile'],
  ['/language', 'en_IN', 'bad_form'],
  ['/loss', undefined, 'missing_member'],
  ['/loss', '49999.00', 'wrong_type'],
  ['/loss/amount', 49999, 'wrong_type'],
  ['/loss/amount', '49999', undefined],
  ['/loss/amount', '49999.000', undefined],
  ['/loss/amount', '-1.00', undefined],
  ['/loss/amount', '0.00', undefined],
  ['/loss/amount', '1e5', undefined],
  ['/loss/amount', '49,999.00', undefined],
  ['/loss/amount', '99999999999999999999.00', undefined],
  ['/loss/currency', 'XXQ', undefined],
  ['/loss/currency', 'inr', undefined],
  ['/loss/cents', 1, 'unknown_member'],
  ['/complainant/name', undefined, 'missing_member'],
  ['/complainant/name', '', undefined],
  ['/complainant/name', 'x'.repeat(201), 'text_too_long'],
  ['/complainant/msisdn', '0910998765432', 'bad_form'],
  ['/complainant/msisdn', 'Kochi', 'bad_form'],
  ['/complainant/email', 'nobody', 'bad_form'],
  ['/complainant/phone', '+919876500011', 'unknown_member'],
  ['/narrative', 'x'.repeat(20001), 'text_too_long'],
  ['/narrative', ['text'], 'wrong_type'],
  ['/narrativ', 'a typo at 2 a.m.', 'unknown_member'],
  ['/external_refs', {}, 'wrong_type'],
  ['/external_refs/0/value', undefined, 'missing_member'],
  ['/transactions', [], 'too_few_items'],
  ['/transactions', undefined, 'missing_member'],
  ['/transactions', (list) => Array(65).fill(list[0]), 'too_many_items'],
  ['/transactions/1/key', 't1', 'duplicate_key'],
  ['/transactions/0/channel', 'telepathy', 'not_one_of'],
  ['/transactions/0/mcc', '605', 'bad_form'],
  ['/transactions/0/money/amount', '1.5', undefined],
  ['/transactions/0/layer', 0, 'out_of_range'],
  ['/transactions/0/layer', 33, 'out_of_range'],
  ['/transactions/0/layer', 1.5, 'wrong_type'],
  ['/transactions/0/layer', '1', 'wrong_type'],
  ['/transactions/1/parent', 't9', 'unknown_key'],
  ['/transactions/0/reference/type', 'in_account', undefined, '/transactions/0/reference/ifsc'],
  ['/transactions/2/to/ifsc', 'ZZZQ0000044', 'unknown_bank'],
  ['/requests', [], 'too_few_items'],
  ['/requests', (list) => Array(17).fill(list[0]), 'too_many_items'],
  ['/requests/0/action', 'ARREST', 'not_one_of'],
  ['/requests/0/action', 'hold_amount', 'not_one_of'],
  ['/requests/1/action', 'PROVIDE_INFO', 'action_not_allowed'],
  ['/requests/1/action', 'RELEASE', 'action_not_allowed'],
  ['/requests/1/action', 'DEBIT_FREEZE', 'action_not_allowed'],
  ['/requests/0/action', 'BLOCK_CARD', 'action_not_possible', '/requests/0/targets/0/institution'],
  ['/requests/0/scope', 'everything', 'not_one_of'],
  ['/requests/0/scope', 'account', 'scope_too_wide'],
  ['/requests/0/basis', 'MY_WORD', 'unknown_basis'],
  ['/requests/0/basis', 'CRPC_102', 'basis_not_in_force'],
  ['/requests/0/emergency', 'yes', 'wrong_type'],
  ['/requests/0/expires_at', '2020-01-01T00:00:00Z', 'expiry_out_of_range'],
  ['/requests/0/expires_at', '2126-01-01T00:00:00Z', 'expiry_out_of_range'],
  ['/requests/0/targets', [], 'too_few_items'],
  ['/requests/0/targets/0/institution', 'no_such_bank', 'unknown_institution'],
  ['/requests/0/targets/0/institution', 'kl_kochi_cyber', 'not_an_addressee'],
  ['/requests/0/targets/0/institution', undefined, 'no_route'],
  ['/requests/0/targets/0/transaction', 't9', 'unknown_key'],
  ['/requests/0/targets/0/amount', undefined, 'missing_member'],
  ['/requests/0/targets/0/amount/amount', '20000.01', 'more_than_disputed'],
  ['/requests/0/targets/0/amount/currency', 'USD', 'other_currency'],
  ['/requests/0/targets/0/urgent', true, 'unknown_member'],
  ['/requests/1/targets', ([target]) => [target, target], 'target_twice', '/requests/1/targets/1'],
  [ID, undefined, 'missing_member'],
  [`${ID}/type`, undefined, 'missing_member'],
  [`${ID}/type`, 'account', 'not_one_of'],
  [`${ID}/bank`, 'MLBX', 'unknown_member'],
  [`${ID}/ifsc`, 'ZZZQ0000044', 'unknown_bank'],
  [`${ID}/ifsc`, 'MLBX1000044', 'bad_form'],
  [`${ID}/value`, 4410220197, 'wrong_type'],
];

// domain.md, section 6: one that is wrong for each type, and where.
const IDENTIFIERS = [
  [{ type: 'iban', value: 'GB82WEST12345698765433' }, '/value'],
  [{ type: 'iban', value: 'GB82WEST1234569876543' }, '/value'],
  [{ type: 'iban', value: 'ZZ82WEST12345698765432' }, '/value'],
  [{ type: 'bic', value: 'DEUTDEF' }, '/value'],
  [{ type: 'ifsc', value: 'SBIN1005943' }, '/value'],
  [{ type: 'ifsc', value: 'ZZZQ0005943' }, '/value'],
  [{ type: 'in_account', value: '12345678', ifsc: 'SBIN0005943' }, '/value'],
  [{ type: 'in_account', value: '1234567890123456789', ifsc: 'SBIN0005943' }, '/value'],
  [{ type: 'in_account', value: '123456789', bank_code: 'ZZZQ' }, '/bank_code'],
  [{ type: 'in_account', value: '123456789' }, '/ifsc'],
  [{ type: 'upi_vpa', value: 'somebody' }, '/value'],
  [{ type: 'upi_vpa', value: 'a b@oksbi' }, '/value'],
  [{ type: 'ru_account', value: '40702810002280000594', bic: '044525593' }, '/value'],
  [{ type: 'kz_account', value: 'KZ86125KZT5004100101' }, '/value'],
  [{ type: 'iin', value: '850101300004' }, '/value'],
  [{ type: 'us_account', value: '1234', aba: '021000022' }, '/aba'],
  [{ type: 'us_account', value: '123', aba: '021000021' }, '/value'],
  [{ type: 'uk_account', value: '3192681', sort_code: '601613' }, '/value'],
  [{ type: 'uk_account', value: '31926819', sort_code: '60161' }, '/sort_code'],
  [{ type: 'pix_key', value: '529.982.247-24' }, '/value'],
  [{ type: 'pix_key', value: '0910998765432' }, '/value'],
  [{ type: 'pix_e2e', value: 'E12345678202009091221abcdef123' }, '/value'],
  [{ type: 'card', bin: '41111', last4: '1111', length: 16 }, '/bin'],
  [{ type: 'card', bin: '411111', last4: '111', length: 16 }, '/last4'],
  [{ type: 'card', bin: '411111', last4: '1111', length: 20 }, '/length'],
  [{ type: 'card' }, '/bin'],
  [{ type: 'rrn', value: '123456789' }, '/value'],
  [{ type: 'utr', value: 'SBIN1' }, '/value'],
  [{ type: 'uetr', value: '7c9e6679-7425-10de-944b-e07fc1f90ae7' }, '/value'],
  [{ type: 'arn', value: '7456' }, '/value'],
  [{ type: 'msisdn', value: '0910998765432' }, '/value'],
  [{ type: 'msisdn', value: '+0910998765432' }, '/value'],
  [{ type: 'imei', value: '490154203237519' }, '/value'],
  [{ type: 'iccid', value: '8991101200003204511' }, '/value'],
  [{ type: 'imsi', value: '4049012345678901' }, '/value'],
  [{ type: 'wallet_id', provider: 'kaveri', value: 'x'.repeat(65) }, '/value'],
  [{ type: 'wallet_id', value: 'KV-1' }, '/provider'],
  [{ type: 'crypto_address', chain: 'bitcoin', value: '1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN3' }, '/value'],
  [{ type: 'crypto_address', chain: 'dogedoge', value: '1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2' }, '/chain'],
  [{ type: 'merchant_id', value: 'NADI004711829999' }, '/value'],
  [{ type: 'terminal_id', value: 'DK7T00931' }, '/value'],
  [{ type: 'order_id', value: 'x'.repeat(65) }, '/value'],
  [{ type: 'listing_url', value: 'http://bazar-market.example/item/1' }, '/value'],
  [{ type: 'listing_url', value: 'javascript:alert(1)' }, '/value'],
];

describe('a wrong field', () => {
  for (const [pointer, value, code, shown = pointer] of FIELDS)
    test(`${pointer} ${value === undefined ? 'missing' : `as ${String(JSON.stringify(value)).slice(0, 40)}`}`,
      () => refused('/v1/cases', changed(freshExample('a'), pointer, value), wrong(code, shown)));
});

describe('a wrong identifier', () => {
  for (const [identifier, member] of IDENTIFIERS)
    test(JSON.stringify(identifier).slice(0, 90), async () => {
      const body = freshExample('a');
      body.requests[1].targets[1] = { ...body.requests[1].targets[1], identifier, institution: 'malabar_bank' };
      const { text } = await refused('/v1/cases', body, wrong(undefined, `${ID}${member}`));
      const value = identifier.value ?? '';
      assert.ok(value.length < 8 || !text.includes(value), 'the value is echoed');
    });
});

describe('a body that cannot be read', () => {
  const whole = JSON.stringify(freshExample('a'));
  const nested = (levels) => `{"narrative":${'['.repeat(levels)}${']'.repeat(levels)}}`;
  const TEXTS = [
    ['nothing', '', 400, 'bad_json'],
    ['half of it', whole.slice(0, 300), 400, 'bad_json'],
    ['two values', `${whole}{}`, 400, 'bad_json'],
    ['single quotes', whole.replace(/"/g, '\''), 400, 'bad_json'],
    ['a comma too many', whole.replace(/}$/, ',}'), 400, 'bad_json'],
    ['not UTF-8', Buffer.from('{"narrative":"\xff\xfe"}', 'latin1'), 400, 'bad_json'],
    ['half a surrogate pair', '{"narrative":"\\ud800"}', 400, 'bad_json'],
    ['a NUL', '{"narrative":"a\\u0000b"}', 400, 'bad_json'],
    ['a member twice', whole.replace('{', '{"typology":"other",'), 400, 'duplicate_member'],
    ['a member twice, deep', whole.replace('"bin":', '"bin":"411111","bin":'), 400, 'duplicate_member'],
    ['33 levels', nested(33), 400, 'json_too_deep'],
    ['100,000 levels', nested(100_000), 400, 'json_too_deep'],
    ['an array', '[]', 422, 'not_an_object'],
    ['a number too large', whole.replace('"layer":2', `"layer":${'9'.repeat(400)}`), 400, 'bad_json'],
  ];
  for (const [name, text, status, code] of TEXTS)
    test(name, () => refused('/v1/cases', text, { status, code }));

  test('more than 1 MB is 413, said or not', async () => {
    const body = `{"narrative":"${'x'.repeat(1_100_000)}"}`;
    await refused('/v1/cases', body, { status: 413 });
    await refused('/v1/cases', body, { status: 413 }, { headers: { 'content-length': undefined,
      'transfer-encoding': 'chunked' } });
  });

  test('just under 1 MB is read', async () => {
    const body = JSON.stringify({ ...freshExample('a'), padding: 'x'.repeat(1_000_000) });
    await refused('/v1/cases', body, wrong('unknown_member', '/padding'));
  });
});

describe('headers', () => {
  const CASE = '/v1/cases';
  const KEYS = [
    ['missing', null, 400, 'idempotency_key_missing'],
    ['empty', '', 400, undefined],
    ['of 256 characters', 'k'.repeat(256), 400, undefined],
    ['with a space', 'a b', 400, undefined],
    ['of another script', 'ключ', 400, undefined],
  ];
  for (const [name, key, status, code] of KEYS)
    test(`an Idempotency-Key ${name} is refused`, () =>
      refused(CASE, freshExample('a'), { status, code },
        key === null ? { key } : { headers: { 'idempotency-key': Buffer.from(key).toString('latin1') } }));

  test('an Idempotency-Key of 255 characters is taken', () =>
    submit(world, hub, 'a', { key: 'k'.repeat(255) }));

  test('every POST that changes something asks for it', async () => {
    const { body: receipt } = await submit(world, hub, 'e');
    const [target] = targets(receipt);
    for (const [path, body, who] of [
      [`/v1/requests/${receipt.requests[0].id}/approval`, { decision: 'approve' }, 'kl_kochi_cyber.supervisor'],
      [`/v1/requests/${receipt.requests[0].id}/withdrawal`, { reason: 'x' }, 'kl_kochi_cyber.officer'],
      [`/v1/targets/${target.id}/issue`, {}, 'kl_kochi_cyber.officer'],
      [`/v1/targets/${target.id}/dismissal`, { reason: 'x' }, 'kl_kochi_cyber.officer'],
      [`/v1/targets/${target.id}/corrections`, { note: 'x' }, 'kl_kochi_cyber.officer'],
      [`/v1/targets/${target.id}/reminders`, {}, 'kl_kochi_cyber.officer'],
      [`/v1/targets/${target.id}/responses`, { code: 'RECEIPT' }, 'deccan_bank.nodal'],
      ['/v1/institutions', { slug: 'x1', name: 'x', kind: 'bank', country: 'IN' }, 'admin-1'],
      ['/v1/endpoints', { institution: 'deccan_bank', kind: 'inbox' }, 'admin-1'],
      ['/v1/certificates/revocations', { spki_sha256: 'ab'.repeat(32), reason: 'x' }, 'admin-1'],
    ])
      await refused(path, body, { status: 400, code: 'idempotency_key_missing' },
        { who: world.person(who), key: null });
  });

  for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'application/xml', 'application/jsonp', ''])
    test(`Content-Type ${type || 'empty'} is refused`, () =>
      refused(CASE, JSON.stringify(freshExample('a')), { status: 415 }, { headers: { 'content-type': type } }));

  test('a body without Content-Type is refused', () =>
    refused(CASE, JSON.stringify(freshExample('a')), { status: 415 }, { headers: { 'content-type': undefined } }));

  test('Content-Type with a charset is taken', () =>
    submit(world, hub, 'a', { headers: { 'content-type': 'application/json; charset=utf-8' } }));

  const foreign = [
    ['Sec-Fetch-Site: cross-site', { 'sec-fetch-site': 'cross-site' }],
    ['Sec-Fetch-Site: same-site', { 'sec-fetch-site': 'same-site' }],
    ['a Sec-Fetch-Site that nobody knows', { 'sec-fetch-site': 'elsewhere' }],
    ['a foreign Origin', { origin: 'https://evil.example' }],
    ['the Origin null', { origin: 'null' }],
    ['an Origin of another port', { origin: 'https://localhost:1' }],
    ['a foreign Origin beside same-origin', { origin: 'https://evil.example', 'sec-fetch-site': 'same-origin' }],
  ];
  for (const [name, headers] of foreign)
    test(`${name} is refused on a POST`, () =>
      refused(CASE, freshExample('a'), { status: 403, code: 'cross_site' }, { headers }));

  test('a look from another site is no act', async () => {
    const { status } = await officer().get(hub, '/v1/me', { headers: { 'sec-fetch-site': 'cross-site' } });
    assert.equal(status, 200);
  });

  test('the own Origin is taken', () =>
    submit(world, hub, 'a', { headers: { origin: `https://localhost:${hub.port}`, 'sec-fetch-site': 'same-origin' } }));

  for (const [name, headers] of [
    ['a second Idempotency-Key', { 'idempotency-key': ['a', 'b'] }],
    ['a compressed body', { 'content-encoding': 'gzip' }],
    ['a second Content-Type', { 'content-type': ['application/json', 'text/plain'] }],
  ])
    test(`${name} is refused`, () => refused(CASE, freshExample('a'), { status: 400 }, { headers }));

  for (const prefer of ['wait=61', 'wait=-1', 'wait=x', 'wait='])
    test(`Prefer: ${prefer} is at most ignored`, async () => {
      const { body: receipt } = await submit(world, hub, 'e');
      const { headers } = await officer().get(hub, `/v1/cases/${receipt.id}`);
      if (prefer === 'wait=61') return; // capped: it would last a minute
      const answer = await officer().get(hub, `/v1/cases/${receipt.id}`,
        { headers: { prefer, 'if-none-match': headers.etag } });
      assert.equal(answer.status, 304);
      assert.equal(answer.headers['preference-applied'], undefined);
      assert.ok(answer.milliseconds < 2000);
    });
});

describe('paths', () => {
  const ids = ['case_0', 'case_zzzzzzzzzzzzzzzzzzzzzzzzzz', 'tgt_01h455vb4pex5vsknk084sn02q', 'IN-KL-2026-000123-X',
    'x', '%00', '..%2f..%2fetc%2fpasswd', "'%20OR%20'1'='1", 'case_01H455VB4PEX5VSKNK084SN02Q'];
  for (const id of ids)
    test(`/v1/cases/${id} is no case`, async () => {
      const { status } = await officer().get(hub, `/v1/cases/${id}`);
      assert.ok(status === 404 || status === 400, String(status));
    });

  test('what is no route is 404, a wrong method 405 with Allow', async () => {
    assert.equal((await officer().get(hub, '/v1/nothing')).status, 404);
    assert.equal((await officer().get(hub, '/v1/cases/')).status, 404);
    assert.equal((await officer().get(hub, '//v1/cases')).status, 404);
    const { status, headers } = await officer().call(hub, 'DELETE', '/v1/cases');
    assert.equal(status, 405);
    assert.match(headers.allow, /GET/);
    assert.match(headers.allow, /POST/);
  });
});

describe('a whole card number', () => {
  // All pass Luhn and begin as issuers' numbers do; none is anybody's.
  const CARDS = ['4111111111111111', '4111 1111 1111 1111', '5555-5555-5555-4444', '378282246310005',
    '6011000990139424', '2223000048400011'];
  const used = new Set();
  const text = (card) => {
    used.add(card);
    return `my card is ${card}, please`;
  };

  const PLACES = ['/narrative', '/complainant/name', '/complainant/email', '/complainant/address',
    '/external_refs/0/scheme', '/external_refs/0/value', '/transactions/0/key', '/requests/0/reason',
    '/requests/0/basis', '/requests/0/targets/0/holder', '/requests/0/targets/0/institution', '/profile'];
  PLACES.forEach((pointer, i) => test(`is refused in ${pointer}`, async () => {
    const body = freshExample('a');
    const card = CARDS[i % CARDS.length];
    // Short members hold the bare number.
    const value = ['/narrative', '/complainant/address', '/requests/0/reason'].includes(pointer)
      ? text(card) : (used.add(card), card);
    const answer = await refused('/v1/cases', changed(body, pointer, value), wrong('card_number_refused', pointer));
    assert.ok(!answer.text.includes(card));
  }));

  const IDENTIFIERS_WITH = [
    [{ type: 'order_id', value: '4111111111111111' }, '/value'],
    [{ type: 'wallet_id', provider: 'kaveri', value: '5555555555554444' }, '/value'],
    [{ type: 'card', token: '4111111111111111' }, '/token'],
    [{ type: 'card', bin: '4111111111111111', last4: '1111', length: 16 }, '/bin'],
    [{ type: 'card', bin: '411111', last4: '4111111111111111', length: 16 }, '/last4'],
    [{ type: 'merchant_id', value: '378282246310005' }, '/value'],
  ];
  for (const [identifier, member] of IDENTIFIERS_WITH)
    test(`is refused in ${identifier.type}${member}`, async () => {
      const body = freshExample('a');
      for (const digits of Object.values(identifier)) if (/^\d{13,}$/.test(digits)) used.add(digits);
      body.requests[1].targets[1] = { ...body.requests[1].targets[1], identifier, institution: 'malabar_bank' };
      const { text: problem } = await refused('/v1/cases', body, wrong('card_number_refused', `${ID}${member}`));
      // A trace id may have thirteen digits in a row by chance.
      assert.ok(!/\d{13}/.test(problem.replace(/"trace_id":"[0-9a-f]{32}"/, '')));
    });

  test('is refused in answers, corrections, reasons and notes', async () => {
    const { body: receipt } = await submit(world, hub, 'e');
    const [target] = targets(receipt);
    const path = `/v1/targets/${target.id}`;
    const bank = world.person('deccan_bank.nodal');
    const card = '4111 1111 1111 1111';
    const answers = [
      [{ code: 'RECEIPT', note: text(card) }, '/note'],
      [{ ...hold(target.amount_requested), hold_ref: '4111111111111111' }, '/hold_ref'],
      [{ ...hold(target.amount_requested, 'HLD_ALREADY'), prior_authority: text(card), queue_rank: 1 },
        '/prior_authority'],
      [{ code: 'OUT_ATM', exits: [{ code: 'OUT_ATM', place: text(card), money: target.amount_requested }] },
        '/exits/0/place'],
      [{ code: 'OUT_XFER', leads: [{ code: 'OUT_XFER', to: { holder: text(card) }, money: target.amount_requested }] },
        '/leads/0/to/holder'],
      [{ code: 'REJ_NOT_OURS', suggested_institution: card }, '/suggested_institution'],
    ];
    for (const [body, pointer] of answers)
      await refused(`${path}/responses`, body, wrong('card_number_refused', pointer), { who: bank });
    await refused(`${path}/reminders`, { note: text(card) }, wrong('card_number_refused', '/note'));
    await refused(`${path}/dismissal`, { reason: text(card) }, wrong('card_number_refused', '/reason'));
    await refused(`${path}/corrections`, { note: text(card) }, wrong('card_number_refused', '/note'));
    await refused(`${path}/corrections`, { holder: text(card) }, wrong('card_number_refused', '/holder'));
    await refused(`/v1/requests/${receipt.requests[0].id}/withdrawal`, { reason: text(card) },
      wrong('card_number_refused', '/reason'));
    await refused(`/v1/requests/${receipt.requests[0].id}/approval`, { decision: 'refuse', reason: text(card) },
      wrong('card_number_refused', '/reason'), { who: world.person('kl_kochi_cyber.supervisor') });
  });

  test('may stand where nobody reads it, and is still not kept', async () => {
    const card = '4111111111111111';
    used.add(card);
    await refused('/v1/cases', { ...freshExample('a'), [card]: 1 }, { status: 422, code: 'unknown_member' });
    await refused('/v1/cases', `{"narrative": ${card}`, { status: 400 });
    await officer().get(hub, `/v1/cases/${card}`);
    await officer().get(hub, `/v1/cases?cursor=${card}`);
    await officer().get(hub, '/v1/me', { headers: { 'x-card': card, traceparent: card, 'user-agent': card } });
  });

  test('a number that only looks like one is taken', async () => {
    const body = freshExample('a');
    body.narrative = 'the reference was 4111111111111112, the order 1234567890123456';
    await submit(world, hub, 'a', { body });
  });

  test('leaves no digit behind: not in the log, not in the database', () => {
    const needles = [...used].flatMap((card) => [card, card.replace(/[ -]/g, '')]);
    assert.ok(needles.length >= 12);
    for (const needle of needles) assert.ok(!world.log.includes(needle), 'in the log');
    assert.deepEqual(world.database.search(needles), []);
  });
});
