// The commands of officers and nodal officers against a hub that records what
// it is asked and answers as told: paths, keys, bodies, exit codes, output.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:https';
import { after, before, beforeEach, describe, it } from 'node:test';

import { freezeline } from '../support/freezeline.mjs';
import { Pki } from '../support/pki.mjs';

let pki;
let server;
let env;
let calls; // { method, url, headers, body }
let answers; // [status, body, headers] of the next calls; 'cut': no answer

const problem = { type: '/problems/bad_amount', title: 'wrong', status: 422,
  detail: 'the amount is wrong', code: 'bad_amount',
  errors: [{ pointer: '/requests/0/targets/1/amount', code: 'wrong_scale',
    detail: 'INR has two decimals' }], trace_id: 'ab'.repeat(16) };
const target = (more = {}) => ({ id: 'tgt_1', institution: { id: 'ins_1',
  slug: 'malabar_bank', name: 'Malabar' }, status: 'queued', layer: 1,
generation: 1, identifier: { type: 'in_account', masked: '…6789' },
amount_requested: { amount: '14999.00', currency: 'INR' }, ...more });
const file = (...targets) => ({ id: 'case_1', ref: 'IN-KL-2026-000123-C',
  status: 'in_progress', typology: 'upi_push', priority: 'p1',
  loss: { amount: '49999.00', currency: 'INR' },
  received_at: '2026-03-14T05:50:01.204Z', requests: [{ id: 'frq_1',
    action: 'HOLD_AMOUNT', status: 'issued', targets }] });

before(async () => {
  pki = new Pki();
  pki.issue('server', { purpose: 'serverAuth' });
  pki.issue('officer');
  server = createServer({ ...pki.credentials('server'), ca: pki.read('ca.pem'),
    requestCert: true, rejectUnauthorized: true }, async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    calls.push({ method: request.method, url: request.url,
      headers: request.headers, body });
    const answer = answers.shift() ?? [200, {}];
    if (answer === 'cut') { request.socket.destroy(); return; }
    response.writeHead(answer[0], { 'Content-Type': answer[0] < 400
      ? 'application/json' : 'application/problem+json', ...answer[2] })
      .end(answer[0] === 304 ? '' : JSON.stringify(answer[1]));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  env = { FREEZELINE_HUB: `https://localhost:${server.address().port}`,
    FREEZELINE_CERT: pki.path('officer.pem'),
    FREEZELINE_KEY: pki.path('officer.key'),
    FREEZELINE_CA: pki.path('ca.pem') };
  writeFileSync(pki.path('case.json'), '{"typology":"upi_push"}');
});
after(() => {
  server.close();
  server.closeAllConnections();
  pki.remove();
});
beforeEach(() => {
  calls = [];
  answers = [];
});

const run = (...args) => freezeline(args, env);

describe('case submit', () => {
  it('posts the file as it is and shows who is asked', async () => {
    answers.push([201, file(target())]);
    const { code, out } = await run('case', 'submit', pki.path('case.json'));
    assert.equal(code, 0);
    assert.equal(calls[0].body, '{"typology":"upi_push"}');
    assert.match(calls[0].headers['idempotency-key'], /^key_[0-9a-z]{26}$/);
    assert.match(out, /IN-KL-2026-000123-C/);
    assert.match(out, /malabar_bank\s+in_account …6789/);
  });
  it('without an answer tries again with the same key', async () => {
    answers.push('cut', [503, problem], [201, file()]);
    const { code } = await run('case', 'submit', pki.path('case.json'));
    assert.equal(code, 0);
    assert.equal(calls.length, 3);
    assert.equal(new Set(calls.map(({ headers }) =>
      headers['idempotency-key'])).size, 1);
  });
  it('prints the key when nobody answers, and exits 4', async () => {
    answers.push(...Array(6).fill('cut'));
    const { code, err } = await run('case', 'submit', pki.path('case.json'),
      '--idempotency-key', 'mine-1');
    assert.equal(code, 4);
    assert.match(err, /--idempotency-key mine-1/);
    assert.ok(calls.every(({ headers }) =>
      headers['idempotency-key'] === 'mine-1'));
  });
  it('says what is wrong, where, and the trace id, and exits 3', async () => {
    answers.push([422, problem]);
    const { code, err, out } = await run('case', 'submit',
      pki.path('case.json'));
    assert.equal(code, 3);
    assert.equal(out, '');
    assert.match(err, /refused: the amount is wrong \(bad_amount\)/);
    assert.match(err, /at \/requests\/0\/targets\/1\/amount: INR has two/);
    assert.match(err, /trace id (ab){16}/);
    assert.equal(calls.length, 1);
  });
  it('as a dry run carries no key', async () => {
    answers.push([200, { dry_run: true, ...file(target()) }]);
    const { code, out } = await run('case', 'submit', pki.path('case.json'),
      '--dry-run');
    assert.equal(code, 0);
    assert.equal(calls[0].url, '/v1/cases?dry_run=true');
    assert.equal(calls[0].headers['idempotency-key'], undefined);
    assert.match(out, /nothing was submitted/);
  });
  it('with --json prints what the hub said, also in trouble', async () => {
    answers.push([201, file()], [422, problem]);
    const good = await run('case', 'submit', '--json', pki.path('case.json'));
    assert.deepEqual(JSON.parse(good.out), file());
    const bad = await run('case', 'submit', '--json', pki.path('case.json'));
    assert.deepEqual(JSON.parse(bad.err), problem);
  });
  it('of a file that is not there exits 1 and calls nobody', async () => {
    const { code, err } = await run('case', 'submit', '/nonexistent');
    assert.deepEqual([code, calls.length], [1, 0]);
    assert.match(err, /cannot read \/nonexistent/);
  });
});

describe('case show and list', () => {
  const event = (leaf_index) => ({ leaf_index, event_id: String(leaf_index),
    type: 'target.held_full', actor: null, happened_at:
      '2026-03-14T05:50:01.204Z', recorded_at: '2026-03-14T05:50:01.204Z',
    values: [], leaf: '{"v":1}' });
  it('reads all pages of the timeline into one document', async () => {
    answers.push([200, { items: [event(1), event(2)], next_cursor: 'a/b+c=' }],
      [200, { items: [event(5)] }]);
    const { code, out } = await run('case', 'show', 'case_1', '--timeline',
      '--json');
    assert.equal(code, 0);
    assert.deepEqual(JSON.parse(out), { items: [event(1), event(2),
      event(5)] });
    assert.deepEqual(calls.map(({ url }) => url), [
      '/v1/cases/case_1/timeline?limit=200',
      '/v1/cases/case_1/timeline?limit=200&cursor=a%2Fb%2Bc%3D']);
  });
  it('ticks what was sent, delivered and acknowledged', async () => {
    answers.push([200, file(target({ sent_at: '2026-03-14T05:50:02.000Z',
      status: 'sent' }))]);
    const { out } = await run('case', 'show', 'case_1');
    assert.match(out, /✓ 14 Mar 05:50\s+sent/);
    assert.ok(!out.includes('\u001b'));
  });
  it('takes no id that is none', async () => {
    for (const id of ['../me', 'a/b', 'a?b', '']) {
      const { code } = await run('case', 'show', id);
      assert.equal(code, 2);
    }
    assert.equal(calls.length, 0);
  });
  it('lists with a cursor to go on', async () => {
    answers.push([200, { items: [file()], next_cursor: 'next1' }]);
    const { out } = await run('case', 'list', '--limit', '1', '--cursor', 'x');
    assert.equal(calls[0].url, '/v1/cases?limit=1&cursor=x');
    assert.match(out, /IN-KL-2026-000123-C\s+case_1/);
    assert.match(out, /more: --cursor next1/);
  });
});

describe('case watch', () => {
  it('waits by ETag and prints the targets that changed', async () => {
    answers.push([200, file(target(), target({ id: 'tgt_2' })),
      { ETag: '"1"' }], [304, null],
    [200, file(target(), target({ id: 'tgt_2', status: 'delivered' })),
      { ETag: '"2"' }],
    [200, file(target({ status: 'held_full', amount_held:
      { amount: '14999.00', currency: 'INR' } }), target({ id: 'tgt_2',
      status: 'not_held' })), { ETag: '"3"' }]);
    const { code, out } = await run('case', 'watch', 'case_1',
      '--until-settled');
    assert.equal(code, 0);
    assert.deepEqual(calls.map(({ headers }) => headers['if-none-match']),
      [undefined, '"1"', '"1"', '"2"']);
    assert.deepEqual(calls.map(({ headers }) => headers.prefer),
      [undefined, 'wait=30', 'wait=30', 'wait=30']);
    const ids = out.split('\n').slice(1).map((line) => line.slice(0, 5))
      .filter(Boolean);
    assert.deepEqual(ids, ['tgt_1', 'tgt_2', 'tgt_2', 'tgt_1', 'tgt_2']);
  });
  it('with --json prints a line for each state and ends with the case',
    async () => {
      answers.push([200, file(target()), { ETag: '"1"' }],
        [200, { ...file(), status: 'closed' }, { ETag: '"2"' }]);
      const { code, out } = await run('case', 'watch', 'case_1', '--json');
      assert.equal(code, 0);
      assert.deepEqual(out.trim().split('\n').map((line) =>
        JSON.parse(line).status), ['in_progress', 'closed']);
    });
});

describe('acts', () => {
  const acts = [
    [['case', 'approve', 'frq_1'], '/v1/requests/frq_1/approval',
      { decision: 'approve' }],
    [['case', 'approve', 'frq_1', '--refuse', '--reason', 'no "basis"'],
      '/v1/requests/frq_1/approval',
      { decision: 'refuse', reason: 'no "basis"' }],
    [['case', 'withdraw', 'frq_1', '--reason', 'wrong'],
      '/v1/requests/frq_1/withdrawal', { reason: 'wrong' }],
    [['case', 'issue', 'tgt_1'], '/v1/targets/tgt_1/issue', {}],
    [['case', 'dismiss', 'tgt_1', '--reason', 'ours'],
      '/v1/targets/tgt_1/dismissal', { reason: 'ours' }],
    [['case', 'remind', 'tgt_1', '--note', 'please'],
      '/v1/targets/tgt_1/reminders', { note: 'please' }],
    [['case', 'correct', 'tgt_1', '--identifier',
      '{"type":"iban","value":"x"}', '--holder', 'A', '--amount', '5.00',
      'INR'], '/v1/targets/tgt_1/corrections',
    { identifier: { type: 'iban', value: 'x' }, holder: 'A',
      amount: { amount: '5.00', currency: 'INR' } }],
    [['respond', 'tgt_1', 'HLD_PART', '--amount-held', '1.00', 'INR',
      '--hold-ref', 'H-1', '--residual', '2.00', 'INR', 'spent'],
    '/v1/targets/tgt_1/responses', { code: 'HLD_PART',
      amount_held: { amount: '1.00', currency: 'INR' }, hold_ref: 'H-1',
      residual: { money: { amount: '2.00', currency: 'INR' },
        reason: 'spent' } }],
    [['respond', 'tgt_1', 'REJ_MISMATCH', '--mismatch', 'name,account'],
      '/v1/targets/tgt_1/responses', { code: 'REJ_MISMATCH',
        mismatch: ['name', 'account'] }],
    [['institution', 'confirm', 'ins_1'],
      '/v1/institutions/ins_1/confirmation', {}],
    [['endpoint', 'confirm', 'end_1'],
      '/v1/endpoints/end_1/confirmation', {}],
  ];
  for (const [args, url, body] of acts) {
    it(`${args.join(' ')} is one call`, async () => {
      const { code } = await run(...args, '--idempotency-key', 'k-1');
      assert.equal(code, 0);
      assert.deepEqual([calls.length, calls[0].method, calls[0].url],
        [1, 'POST', url]);
      assert.deepEqual(JSON.parse(calls[0].body), body);
      assert.equal(calls[0].headers['idempotency-key'], 'k-1');
    });
  }
  const wrong = [
    ['case', 'withdraw', 'frq_1'],
    ['case', 'dismiss', 'tgt_1'],
    ['case', 'approve', 'frq_1', '--refuse'],
    ['case', 'correct', 'tgt_1', '--identifier', '{'],
    ['respond', 'tgt_1'],
    ['respond', 'tgt_1', 'NIL_BAL', '--file', 'x'],
    ['respond', 'tgt_1', 'HLD_PART', '--amount-held', '1.00'],
    ['case', 'issue'],
    ['inbox', '--wait', '61'],
  ];
  for (const args of wrong) {
    it(`${args.join(' ')} is wrong usage and no call`, async () => {
      const { code } = await run(...args);
      assert.deepEqual([code, calls.length], [2, 0]);
    });
  }
});

describe('inbox', () => {
  const body = JSON.stringify({ id: 'msg_1', type: 'freeze.requested',
    case: { ref: 'IN-1' }, targets: [{ id: 'tgt_1', identifier:
      { type: 'rrn', value: '123456789012' }, amount_requested:
      { amount: '5.00', currency: 'INR' } }] });
  const page = { items: [{ id: 'msg_1', type: 'freeze.requested',
    headers: { 'webhook-id': 'msg_1' }, body }] };
  it('shows what waits and leaves it there', async () => {
    answers.push([200, page]);
    const { out } = await run('inbox', '--wait', '5');
    assert.match(out, /msg_1\s+freeze.requested\s+IN-1\s+tgt_1\s+rrn 12345/);
    assert.equal(calls[0].headers.prefer, 'wait=5');
    assert.equal(calls.length, 1);
  });
  it('with --checkpoint takes what was shown', async () => {
    answers.push([200, page]);
    const { code } = await run('inbox', '--checkpoint');
    assert.equal(code, 0);
    assert.equal(calls[1].url, '/v1/inbox/checkpoint');
    assert.deepEqual(JSON.parse(calls[1].body), { ids: ['msg_1'] });
  });
});

describe('the line', () => {
  it('to nobody exits 4', async () => {
    const { code, err } = await freezeline(['me', '--hub',
      'https://localhost:1'], env);
    assert.equal(code, 4);
    assert.match(err, /freezeline: /);
  });
  it('with a settings file that is wrong says so', async () => {
    writeFileSync(pki.path('client.ini'), 'hubb = https://x\n');
    const { code, err } = await freezeline(['me'],
      { FREEZELINE_CLIENT_CONFIG: pki.path('client.ini') });
    assert.equal(code, 2);
    assert.match(err, /did you mean hub\?/);
  });
  it('takes its settings from a file', async () => {
    writeFileSync(pki.path('client.ini'), `hub = ${env.FREEZELINE_HUB}\n` +
      `cert = ${env.FREEZELINE_CERT}\nkey = ${env.FREEZELINE_KEY}\n` +
      `ca = ${env.FREEZELINE_CA}\n`);
    answers.push([200, { principal: { id: 'prn_1', name: 'Latha Menon',
      role: 'officer', rank: 'SI' }, institution: { name: 'Kochi',
      kind: 'police_unit' }, spki_sha256: 'ab' }]);
    const { code, out } = await freezeline(['me'],
      { FREEZELINE_CLIENT_CONFIG: pki.path('client.ini') });
    assert.equal(code, 0);
    assert.match(out, /Latha Menon \(SI officer\) at Kochi, police_unit/);
  });
});

describe('verify', () => {
  const vectors = JSON.parse(readFileSync('test/vectors/leaf.json'))
    .filter(({ inputs }) => inputs.every(({ field }) => field !== 'numbers'));
  const timeline = () => ({ items: vectors.map(({ event, inputs, leaf }, n) =>
    ({ ...event, leaf_index: n, leaf, values: inputs.map(({ field, salt,
      value }) => ({ field, salt, value: JSON.parse(value) })) })) });
  const verify = (document) => {
    writeFileSync(pki.path('timeline.json'), JSON.stringify(document));
    return freezeline(['verify', pki.path('timeline.json')]);
  };
  it('agrees with the vectors', async () => {
    const { code, out } = await verify(timeline());
    assert.match(out, / 0 problems/);
    assert.equal(code, 0);
  });
  it('finds a changed value and exits 5', async () => {
    const document = timeline();
    document.items[0].values[1].value.amount = '59999.00';
    const { code, out } = await verify(document);
    assert.equal(code, 5);
    assert.match(out, /event 1 .*amount is not what the leaf commits to/);
  });
  it('finds two events that changed places', async () => {
    const document = timeline();
    document.items.reverse();
    assert.equal((await verify(document)).code, 5);
  });
  it('of what is no timeline exits 5, of no file 1', async () => {
    assert.equal((await verify({})).code, 5);
    assert.equal((await freezeline(['verify', '/nonexistent'])).code, 1);
  });
});

describe('parse', () => {
  const text = 'Card 4111111111111111: Rs.500 debited on 14-03-26. UPI Ref 607391240018\n\nAvl Bal Rs 5\n';
  it('shows the facts of what is pasted, cards masked', async () => {
    const { code, out } = await freezeline(['parse'], {}, text);
    assert.equal(code, 0);
    assert.match(out, /money\s+500\.00 INR\s+96/);
    assert.match(out, /reference\s+rrn 607391240018\s+94/);
    assert.match(out, /^set aside: balance$/m);
    assert.match(out, /^masked card numbers: 1$/m);
    assert.ok(!out.includes('4111'));
  });
  it('prints the JSON of the API', async () => {
    const { code, out } = await freezeline(['parse', '--json', '--country', 'KZ'], {}, text);
    assert.equal(code, 0);
    const { country, drafts, masked } = JSON.parse(out);
    assert.equal(country, 'IN');
    assert.equal(drafts[0].kind, 'debit');
    assert.deepEqual(masked, [{ start: 5, end: 21 }]);
  });
  it('finds nothing in nothing', async () => {
    const { code, out } = await freezeline(['parse'], {}, '');
    assert.equal(code, 0);
    assert.match(out, /no payment found/);
  });
  it('refuses more than it reads at once', async () => {
    const { code, err } = await freezeline(['parse'], {}, 'a'.repeat(20481));
    assert.equal(code, 1);
    assert.match(err, /too large/);
  });
  it('takes no file', async () => {
    assert.equal((await freezeline(['parse', 'x'])).code, 2);
  });
});
