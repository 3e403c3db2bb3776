// Scopes: who may call what, whose rows nobody else sees, and certificates
// that are not, or no longer, good.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { X509Certificate, createHash } from 'node:crypto';
import { connect } from 'node:tls';
import { after, before, describe, test } from 'node:test';
import { example, hold, respond, submit, targetAt, targets } from '../support/cases.mjs';
import { World, until } from '../support/hub.mjs';
import { Pki } from '../support/pki.mjs';

const world = new World();
const strangers = new Pki();
const SPARE = ['leaver', 'thief', 'kl_state.supervisor', 'kl_kollam.officer', 'late.officer'];
let hub;
let kochi; // a case of kl_kochi_cyber with targets at three institutions
let kollam; // and one of a unit below kl_state

const person = (name) => world.person(name);

async function enrol(institution, role, name) {
  const made = await person('admin-1').post(hub, '/v1/principals',
    { institution, role, name, certificate: world.pem(name) });
  assert.equal(made.status, 201, made.text);
  await world.confirm(hub, 'principals', made.body.id);
  await world.knows(hub, name);
  return made.body;
}

async function institution(body) {
  const made = await person('admin-1').post(hub, '/v1/institutions', { kind: 'police_unit', country: 'IN',
    region: 'KL', ...body });
  assert.equal(made.status, 201, made.text);
  await world.confirm(hub, 'institutions', made.body.id);
  return made.body;
}

before(async () => {
  world.prepare(SPARE);
  hub = await world.hub();
  await world.register(hub);
  await institution({ slug: 'kl_state', name: 'State Cyber Cell' });
  await institution({ slug: 'kl_kollam', name: 'Cyber Crime Police, Kollam', parent: 'kl_state' });
  await enrol('kl_state', 'supervisor', 'kl_state.supervisor');
  await enrol('kl_kollam', 'officer', 'kl_kollam.officer');
  kochi = (await submit(world, hub, 'a')).body;
  kollam = (await submit(world, hub, 'b', { by: 'kl_kollam.officer' })).body;
});
after(async () => {
  strangers.remove();
  await world.remove();
});

// ---- roles

const WHO = {
  officer: 'kl_kochi_cyber.officer',
  supervisor: 'kl_kochi_cyber.supervisor',
  nodal: 'malabar_bank.nodal',
  service: 'malabar_bank.service',
  auditor: 'payments_audit.auditor',
  admin: 'admin-1',
};
const POLICE = ['officer', 'supervisor'];
const BANK = ['nodal', 'service'];
const ALL = Object.keys(WHO);

// Method, path, body; who may (domain.md, section 9, and openapi.json).
const ROUTES = [
  ['GET', () => '/v1/me', undefined, ALL],
  ['GET', () => '/v1/meta', undefined, ALL],
  ['GET', () => '/openapi.json', undefined, ALL],
  ['GET', () => '/v1/institutions', undefined, ALL],
  ['POST', () => '/v1/cases', {}, [...POLICE, 'nodal']],
  ['GET', () => '/v1/cases', undefined, [...POLICE, 'nodal', 'auditor']],
  ['GET', () => `/v1/cases/${kochi.id}`, undefined, [...POLICE, 'nodal', 'auditor']],
  ['GET', () => `/v1/cases/${kochi.id}/timeline`, undefined, [...POLICE, 'nodal', 'auditor']],
  ['POST', () => `/v1/cases/${kochi.id}/requests`, {}, POLICE],
  ['POST', () => `/v1/cases/${kochi.id}/withdrawal`, {}, POLICE],
  ['POST', () => `/v1/cases/${kochi.id}/closing`, { nothing: 1 }, POLICE],
  ['POST', () => `/v1/cases/${kochi.id}/merge`, {}, POLICE],
  ['GET', () => `/v1/targets/${own().id}`, undefined, [...POLICE, ...BANK, 'auditor']],
  ['POST', () => `/v1/requests/${kochi.requests[0].id}/approval`, {}, ['supervisor']],
  ['POST', () => `/v1/requests/${kochi.requests[0].id}/withdrawal`, {}, POLICE],
  ['POST', () => `/v1/requests/${kochi.requests[0].id}/amendment`, {}, POLICE],
  ['POST', () => `/v1/targets/${own().id}/issue`, { x: 1 }, POLICE],
  ['POST', () => `/v1/targets/${own().id}/dismissal`, {}, POLICE],
  ['POST', () => `/v1/targets/${own().id}/corrections`, {}, POLICE],
  ['POST', () => `/v1/targets/${own().id}/reminders`, { x: 1 }, POLICE],
  ['POST', () => `/v1/targets/${own().id}/attachments`, {}, POLICE],
  ['POST', () => `/v1/cases/${kochi.id}/restitutions`, {}, POLICE],
  ['GET', () => `/v1/restitutions/${NOBODY.rst}`, undefined, [...POLICE, ...BANK, 'auditor']],
  ['POST', () => `/v1/restitutions/${NOBODY.rst}/order`, {}, ['supervisor']],
  ['POST', () => `/v1/restitutions/${NOBODY.rst}/refusal`, {}, POLICE],
  ['POST', () => `/v1/restitutions/${NOBODY.rst}/payments`, {}, ['nodal']],
  ['POST', () => `/v1/targets/${own().id}/responses`, {}, BANK],
  ['POST', () => '/v1/parse', { text: 'Rs 500 debited' }, POLICE],
  ['GET', () => '/v1/reports/response-times', undefined, [...POLICE, 'auditor']],
  ['GET', () => '/v1/reports/outcomes', undefined, [...POLICE, 'auditor']],
  ['GET', () => '/v1/rosters/now', undefined, ALL],
  ['GET', () => `/v1/institutions/${NOBODY.ins}/roster`, undefined, ALL],
  ['POST', () => `/v1/institutions/${NOBODY.ins}/roster`, { x: 1 }, ['supervisor', 'nodal', 'admin']],
  ['GET', () => '/v1/alerts', undefined, ['supervisor', 'auditor']],
  ['GET', () => '/v1/reports/legal-debt', undefined, [...POLICE, 'auditor']],
  ['GET', () => '/v1/deadlines', undefined, [...POLICE, 'auditor', 'nodal', 'service']],
  ['GET', () => '/v1/inbox', undefined, [...POLICE, ...BANK]],
  ['POST', () => '/v1/inbox/checkpoint', { ids: [] }, [...POLICE, ...BANK]],
  ['POST', () => '/v1/institutions', {}, ['admin']],
  ['POST', () => `/v1/institutions/${NOBODY.ins}/confirmation`, {}, ['admin']],
  ['POST', () => `/v1/institutions/${NOBODY.ins}/place`, { x: 1 }, ['admin']],
  ['POST', () => `/v1/institutions/${NOBODY.ins}/place/confirmation`, {}, ['admin']],
  ['POST', () => '/v1/principals', {}, ['admin']],
  ['POST', () => `/v1/principals/${NOBODY.prn}/confirmation`, {}, ['admin']],
  ['GET', () => '/v1/endpoints', undefined, ALL],
  ['POST', () => '/v1/endpoints', {}, ['nodal', 'admin']],
  ['POST', () => `/v1/endpoints/${NOBODY.end}/confirmation`, {}, ['admin']],
  ['POST', () => '/v1/certificates/revocations', {}, ['admin']],
];
const SUFFIX = '01h455vb4pex5vsknk084sn02q';
const NOBODY = Object.fromEntries(['case', 'frq', 'tgt', 'ins', 'prn', 'end', 'rst'].map((prefix) =>
  [prefix, `${prefix}_${SUFFIX}`]));
const own = () => targetAt(kochi, 'malabar_bank');

describe('a role', () => {
  for (const [method, path, body, allowed] of ROUTES)
    for (const role of ALL) {
      const may = allowed.includes(role);
      const name = `${method} ${path.toString().slice(6)}`;
      // Bodies are wrong on purpose: who may gets 2xx, 404 or 422, who may
      // not never learns what is wrong with them.
      test(`${role} ${may ? 'may' : 'may not'} ${name}`, async () => {
        const { status, body: answer, text } = await person(WHO[role]).call(hub, method, path(), { body });
        if (may) {
          assert.ok([200, 404, 409, 422].includes(status), `${status} ${text}`);
        } else {
          assert.equal(status, 403, text);
          assert.equal(answer.code, 'role_not_allowed');
        }
      });
    }
});

// ---- whose

/** Requests that a case may be given later. */
const kochi_requests = example('a').requests.map((request) => ({ ...request,
  targets: request.targets.map(({ transaction, ...target }) => target) }));

/** A problem without what must differ. */
const bare = ({ status, body, headers }) => {
  const { instance, trace_id, ...rest } = body;
  const { date, traceparent, ratelimit, 'content-length': length, ...shown } = headers;
  return { status, body: rest, headers: shown };
};

describe('what is not yours', () => {
  const answers = [
    ['a receipt', { code: 'RECEIPT' }],
    ['a hold', () => hold(targetAt(kochi, 'malabar_bank').amount_requested)],
    ['a wrong code', { code: 'BLK_IMEI' }],
    ['a release', { code: 'RELEASED' }],
  ];

  test('bank A reads of bank B what does not exist', async () => {
    for (const who of ['deccan_bank.nodal', 'deccan_bank.service', 'kaveri_wallet.nodal']) {
      const none = await person(who).get(hub, `/v1/targets/${NOBODY.tgt}`);
      const other = await person(who).get(hub, `/v1/targets/${own().id}`);
      assert.equal(none.status, 404);
      assert.deepEqual(bare(other), bare(none), who);
    }
  });

  for (const [name, body] of answers)
    test(`bank A answers bank B's target with ${name}, as one that does not exist`, async () => {
      const draft = typeof body === 'function' ? body() : body;
      const before = await world.database.counts();
      for (const who of ['deccan_bank.nodal', 'steppe_mobile.nodal']) {
        const none = await person(who).post(hub, `/v1/targets/${NOBODY.tgt}/responses`, draft);
        const other = await person(who).post(hub, `/v1/targets/${own().id}/responses`, draft);
        assert.equal(none.status, 404, none.text);
        assert.deepEqual(bare(other), bare(none), who);
      }
      assert.deepEqual(await world.database.counts(), before);
    });

  test('a bank without a target in a case reads no case', async () => {
    for (const path of [`/v1/cases/${kochi.id}`, `/v1/cases/${kochi.ref}`]) {
      const none = await person('deccan_bank.nodal').get(hub, `/v1/cases/${NOBODY.case}`);
      const other = await person('deccan_bank.nodal').get(hub, path);
      assert.equal(none.status, 404);
      assert.deepEqual(bare(other), bare(none));
    }
  });

  for (const unit of ['kz_almaty_cyber', 'us_sanjose_pd']) {
    test(`${unit} reads and does nothing with another unit's case`, async () => {
      for (const role of POLICE) {
        const who = person(`${unit}.${role}`);
        for (const [method, path, absent, body] of [
          ['GET', `/v1/cases/${kochi.id}`, `/v1/cases/${NOBODY.case}`],
          ['GET', `/v1/cases/${kochi.id}/timeline`, `/v1/cases/${NOBODY.case}/timeline`],
          ['GET', `/v1/targets/${own().id}`, `/v1/targets/${NOBODY.tgt}`],
          ['POST', `/v1/cases/${kochi.id}/requests`, `/v1/cases/${NOBODY.case}/requests`,
            { requests: kochi_requests }],
          ['POST', `/v1/cases/${kochi.id}/closing`, `/v1/cases/${NOBODY.case}/closing`, {}],
          ['POST', `/v1/cases/${kochi.id}/withdrawal`, `/v1/cases/${NOBODY.case}/withdrawal`, { reason: 'other' }],
          ['POST', `/v1/cases/${kochi.id}/merge`, `/v1/cases/${NOBODY.case}/merge`, { into: kollam.id }],
          ['POST', `/v1/targets/${own().id}/issue`, `/v1/targets/${NOBODY.tgt}/issue`, {}],
          ['POST', `/v1/targets/${own().id}/dismissal`, `/v1/targets/${NOBODY.tgt}/dismissal`, { reason: 'x' }],
          ['POST', `/v1/targets/${own().id}/attachments`, `/v1/targets/${NOBODY.tgt}/attachments`,
            { basis: 'BNSS_107', issuer: 'x', number: '1', issued_on: '2026-03-20', expires_at: '2027-03-20T00:00:00Z' }],
          ['POST', `/v1/cases/${kochi.id}/restitutions`, `/v1/cases/${NOBODY.case}/restitutions`,
            { targets: [{ target: own().id }], reason: 'x', claims: [{ amount: own().amount_requested,
              payee: { type: 'in_account', value: '000111000197', ifsc: 'SBIN0005943' } }] }],
          ['POST', `/v1/targets/${own().id}/reminders`, `/v1/targets/${NOBODY.tgt}/reminders`, {}],
          ['POST', `/v1/targets/${own().id}/corrections`, `/v1/targets/${NOBODY.tgt}/corrections`, { note: 'x' }],
          ['POST', `/v1/requests/${kochi.requests[0].id}/amendment`, `/v1/requests/${NOBODY.frq}/amendment`,
            { reason: 'x', successor: 'convert' }],
          ['POST', `/v1/requests/${kochi.requests[0].id}/withdrawal`, `/v1/requests/${NOBODY.frq}/withdrawal`,
            { reason: 'x' }],
        ]) {
          const none = await who.call(hub, method, absent, { body });
          const other = await who.call(hub, method, path, { body });
          assert.equal(none.status, 404, `${method} ${absent}: ${none.text}`);
          assert.deepEqual(bare(other), bare(none), `${method} ${path}`);
        }
      }
      const { body: list } = await person(`${unit}.supervisor`).get(hub, '/v1/cases');
      assert.deepEqual(list.items, []);
    });
  }

  test('a state supervisor reads the cases of the units below, an officer beside does not', async () => {
    const read = (who, one) => person(who).get(hub, `/v1/cases/${one.id}`);
    assert.equal((await read('kl_state.supervisor', kollam)).status, 200);
    assert.equal((await read('kl_state.supervisor', kochi)).status, 404);
    assert.equal((await read('kl_kochi_cyber.officer', kollam)).status, 404);
    assert.equal((await read('kl_kollam.officer', kochi)).status, 404);
    const { body } = await person('kl_state.supervisor').get(hub, '/v1/cases');
    assert.deepEqual(body.items.map(({ id }) => id), [kollam.id]);
  });

  test('a bank sees the header and its own targets, nobody else\'s and no complainant', async () => {
    const { status, body, text } = await person('malabar_bank.nodal').get(hub, `/v1/cases/${kochi.id}`);
    assert.equal(status, 200);
    assert.deepEqual(targets(body).map(({ id }) => id), [own().id]);
    for (const target of targets(kochi))
      assert.equal(text.includes(target.id), target.id === own().id);
    assert.equal(body.complainant, undefined);
    assert.equal(body.narrative, undefined);
    assert.equal(body.external_refs, undefined);
    for (const txn of body.transactions)
      assert.deepEqual([txn.from, txn.to, txn.reference], [undefined, undefined, undefined]);
    for (const word of ['Meera', '919876500011', 'Thevara', 'kaveri', 'nadi'])
      assert.ok(!text.toLowerCase().includes(word.toLowerCase()), word);
  });

  test('a bank\'s timeline tells of its own targets alone', async () => {
    const path = `/v1/cases/${kochi.id}/timeline?limit=200`;
    await until(async () => (await person('kl_kochi_cyber.officer').get(hub, path)).body.items.length >= 6);
    const { status, body, text } = await person('malabar_bank.nodal').get(hub, path);
    assert.equal(status, 200);
    assert.ok(body.items.length >= 1);
    for (const { values } of body.items)
      assert.equal(values.find(({ field }) => field === 'target')?.value, own().id);
    for (const target of targets(kochi))
      assert.equal(text.includes(target.id), target.id === own().id);
    assert.ok(!text.includes('narrative') && !text.includes('kaveri'));
    const none = await person('deccan_bank.nodal').get(hub, path.replace(kochi.id, NOBODY.case));
    assert.deepEqual(bare(await person('deccan_bank.nodal').get(hub, path)), bare(none));
  });

  test('an auditor sees all rows, masked, and nobody\'s data', async () => {
    const { status, body, text } = await person('payments_audit.auditor').get(hub, `/v1/cases/${kochi.id}`);
    assert.equal(status, 200);
    assert.equal(targets(body).length, 3);
    for (const target of targets(body)) assert.equal(target.account, undefined);
    for (const word of ['Meera', '919876500011', '004410220', 'KV-'])
      assert.ok(!text.includes(word), word);
  });

  test('each institution\'s inbox is its own', async () => {
    for (const target of targets(kochi))
      for (const slug of ['malabar_bank', 'kaveri_wallet', 'nadi_gateway', 'deccan_bank']) {
        const { body } = await person(`${slug}.nodal`).get(hub, '/v1/inbox?limit=200');
        const has = body.items.some((entry) => entry.body.includes(target.id));
        assert.equal(has, slug === target.institution.slug, slug);
      }
  });

  test('a police unit reads the answers in its own inbox; its checkpoint moves no target', async () => {
    const { body: receipt } = await submit(world, hub, 'e');
    const [target] = targets(receipt);
    await respond(world, hub, target, { code: 'RECEIPT' });
    const who = person('kl_kochi_cyber.officer');
    const { body: inbox } = await who.get(hub, '/v1/inbox?limit=200');
    const mine = inbox.items.filter((entry) => entry.body.includes(target.id));
    assert.deepEqual(mine.map(({ type }) => type), ['receipt.recorded']);
    const before = await who.get(hub, `/v1/targets/${target.id}`);
    const done = await who.post(hub, '/v1/inbox/checkpoint', { ids: mine.map(({ id }) => id) }, { key: null });
    assert.deepEqual(done.body, { delivered: 1 });
    assert.deepEqual((await who.get(hub, `/v1/targets/${target.id}`)).body, before.body);
    const { body: other } = await person('kz_almaty_cyber.officer').get(hub, '/v1/inbox?limit=200');
    assert.deepEqual(other.items, []);
  });

  test('a checkpoint of another institution\'s message changes nothing', async () => {
    const { body } = await person('malabar_bank.nodal').get(hub, '/v1/inbox');
    const ids = body.items.map(({ id }) => id);
    const before = await world.database.counts();
    const done = await person('deccan_bank.nodal').post(hub, '/v1/inbox/checkpoint', { ids }, { key: null });
    assert.deepEqual(done.body, { delivered: 0 });
    assert.deepEqual(await world.database.counts(), before);
  });

  test('endpoints are one\'s own, and all for an admin', async () => {
    const { body: mine } = await person('malabar_bank.nodal').get(hub, '/v1/endpoints');
    assert.deepEqual(mine.items.map(({ institution: { slug } }) => slug), ['malabar_bank']);
    const { body: all } = await person('admin-1').get(hub, '/v1/endpoints?limit=200');
    assert.ok(all.items.length >= 11);
    assert.ok(!JSON.stringify(all).includes('whsec_'));
  });

  test('a nodal officer proposes for the own institution only', async () => {
    const draft = (institution_) => ({ institution: institution_, kind: 'inbox' });
    const other = await person('malabar_bank.nodal').post(hub, '/v1/endpoints', draft('deccan_bank'));
    assert.ok([403, 404, 422].includes(other.status), other.text);
    const mine = await person('malabar_bank.nodal').post(hub, '/v1/endpoints', draft('malabar_bank'));
    assert.equal(mine.status, 201, mine.text);
    assert.equal(mine.body.status, 'proposed');
  });

  test('a service never submits and never confirms a release', async () => {
    const { body: receipt } = await submit(world, hub, 'e');
    const [target] = targets(receipt);
    await respond(world, hub, target, hold(target.amount_requested), { role: 'service' });
    const done = await person('kl_kochi_cyber.officer').post(hub,
      `/v1/requests/${receipt.requests[0].id}/withdrawal`, { reason: 'a mistake' });
    assert.equal(done.status, 200);
    const path = `/v1/targets/${target.id}/responses`;
    const robot = await person('deccan_bank.service').post(hub, path, { code: 'RELEASED' });
    assert.equal(robot.status, 403);
    assert.equal(robot.body.code, 'role_not_allowed');
    assert.equal((await person('deccan_bank.nodal').post(hub, path, { code: 'RELEASED' })).status, 201);
  });
});

// ---- two admins

describe('the registry', () => {
  test('what one admin proposed the same cannot confirm, and it has no effect till then', async () => {
    const made = await person('admin-1').post(hub, '/v1/principals', { institution: 'kl_kochi_cyber',
      role: 'officer', name: 'Late Comer', certificate: world.pem('late.officer') });
    assert.equal(made.status, 201);
    const own_ = await person('admin-1').post(hub, `/v1/principals/${made.body.id}/confirmation`);
    assert.equal(own_.status, 403, own_.text);
    assert.equal((await person('late.officer').get(hub, '/v1/me')).status, 403);
    await world.confirm(hub, 'principals', made.body.id);
    await world.knows(hub, 'late.officer');
  });

  test('a key belongs to one principal for ever', async () => {
    const again = await person('admin-1').post(hub, '/v1/principals', { institution: 'kl_kochi_cyber',
      role: 'supervisor', name: 'Late Comer again', certificate: world.pem('late.officer') });
    assert.ok([409, 422].includes(again.status), again.text);
  });

  test('a slug and a route belong to one institution', async () => {
    for (const body of [{ slug: 'malabar_bank' },
      { slug: 'malabar_two', routes: [{ scheme: 'ifsc_bank', value: 'MLBX' }] }]) {
      const again = await person('admin-1').post(hub, '/v1/institutions',
        { name: 'Another', kind: 'bank', country: 'IN', ...body });
      assert.ok([409, 422].includes(again.status), again.text);
    }
  });
});

// ---- certificates

const spki = (name) => createHash('sha256').update(
  new X509Certificate(world.pem(name)).publicKey.export({ type: 'spki', format: 'der' })).digest('hex');

const revoke = (name) => person('admin-1').post(hub, '/v1/certificates/revocations',
  { spki_sha256: spki(name), reason: 'laptop lost' });

/** What a TLS client without HTTP manners reads before the end. */
function bytesFor(options, text = 'GET /v1/me HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n') {
  return new Promise((resolve) => {
    let read = '';
    const socket = connect({ host: 'localhost', port: hub.port, servername: 'localhost',
      rejectUnauthorized: false, ...options }, () => socket.write(text));
    socket.on('data', (data) => { read += data.toString('latin1'); });
    socket.on('error', () => {});
    socket.on('close', () => resolve(read));
  });
}

describe('a certificate', () => {
  test('of the right authority that nobody enrolled is 403', async () => {
    for (const path of ['/v1/me', '/v1/cases', '/v1/nothing']) {
      const { status, body } = await person('stranger').get(hub, path);
      assert.equal(status, 403);
      assert.equal(body.code, 'certificate_not_enrolled');
    }
    const { status } = await person('stranger').post(hub, '/v1/cases', {});
    assert.equal(status, 403);
  });

  test('of the hub itself is a client\'s but nobody\'s', async () => {
    const answer = await bytesFor({ ...fileTls('hub-client') });
    assert.match(answer, /^HTTP\/1\.1 403 /);
  });

  describe('that is not good reads no HTTP byte:', () => {
    const bad = {
      none: () => ({}),
      'of another authority': () => strangers.credentials('mallory'),
      'of another authority with the same name': () => strangers.credentials('mallory-2'),
      'self-signed': () => strangers.credentials('self'),
      expired: () => strangers.credentials('expired'),
      'not yet valid': () => strangers.credentials('early'),
      'of wrong usage': () => strangers.credentials('signer'),
      'the server\'s own': () => fileTls('server'),
    };
    before(() => {
      strangers.adoptAuthority('ca', world.pki, 'hub-ca');
      strangers.issue('mallory');
      strangers.issue('mallory-2', { ca: 'stranger-ca' });
      strangers.selfSign('self');
      strangers.issue('expired', { ca: 'hub-ca', from: -9, to: -1 });
      strangers.issue('early', { ca: 'hub-ca', from: 1, to: 9 });
      strangers.issue('signer', { ca: 'hub-ca', purpose: 'codeSigning' });
      strangers.issue('good', { ca: 'hub-ca' });
    });
    for (const [name, tls] of Object.entries(bad))
      for (const version of ['TLSv1.2', 'TLSv1.3'])
        test(`${name}, over ${version}`, async () => {
          const requests = await hub.metric('freezeline_http_requests_total');
          assert.equal(await bytesFor({ ...tls(), minVersion: version, maxVersion: version }), '');
          assert.equal(await hub.metric('freezeline_http_requests_total'), requests);
        });

    test('one made in the same way that is good reads a 403', async () => {
      assert.match(await bytesFor(strangers.credentials('good')), /^HTTP\/1\.1 403 [^]*certificate_not_enrolled/);
    });
  });

  test('over TLS 1.2 is refused though it is good', async () => {
    const tls = person('kl_kochi_cyber.officer').tls;
    assert.equal(await bytesFor({ ...tls, minVersion: 'TLSv1.2', maxVersion: 'TLSv1.2' }), '');
    assert.match(await bytesFor({ ...tls, minVersion: 'TLSv1.3' }), /^HTTP\/1\.1 200 /);
  });

  test('revoked through the API is 403 on the next request of its open connection', async () => {
    await enrol('kl_kochi_cyber', 'officer', 'leaver');
    const leaver = person('leaver');
    const agent = leaver.newAgent({ maxSockets: 1 });
    assert.equal((await leaver.get(hub, '/v1/cases', { agent })).status, 200);
    const done = await revoke('leaver');
    assert.equal(done.status, 200, done.text);
    assert.deepEqual(done.body, { spki_sha256: spki('leaver'), status: 'revoked' });
    for (const call of [() => leaver.get(hub, '/v1/cases', { agent }),
      () => leaver.post(hub, '/v1/cases', {}, { agent }),
      () => leaver.get(hub, '/v1/me', { agent: leaver.newAgent() })]) {
      const { status, body } = await call();
      assert.equal(status, 403);
      assert.equal(body.code, 'certificate_revoked');
    }
    agent.destroy();
  });

  test('that waits while it is revoked gets nothing more', async () => {
    const { status } = await revoke('leaver');
    assert.ok([200, 409].includes(status));
    const { body } = await person('leaver').get(hub, `/v1/cases/${kochi.id}`, { headers: { prefer: 'wait=5' } });
    assert.equal(body.code, 'certificate_revoked');
  });

  test('revoked by the list is 403 on its open connection and refused on a new one', async () => {
    await enrol('kl_kochi_cyber', 'officer', 'thief');
    const thief = person('thief');
    const agent = thief.newAgent({ maxSockets: 1 });
    assert.equal((await thief.get(hub, '/v1/me', { agent })).status, 200);
    world.freezeline('ca', 'revoke', world.pki, `${world.pki}/thief.pem`);
    hub.signal('SIGHUP');
    const last = await until(async () => {
      const answer = await thief.get(hub, '/v1/me', { agent }).catch((error) => ({ error }));
      return answer.status !== 200 && answer;
    });
    assert.equal(last.status, 403);
    assert.match(last.body.code, /revoked/);
    assert.equal(await bytesFor(thief.tls), '');
    assert.equal((await person('kl_kochi_cyber.officer').get(hub, '/v1/me')).status, 200);
    agent.destroy();
  });

  test('a reload with a broken file keeps what was good', async () => {
    const crl = `${world.pki}/crl.pem`;
    execFileSync('sh', ['-c', `cp '${crl}' '${crl}.good' && echo nonsense > '${crl}'`]);
    const before = hub.log.length;
    hub.signal('SIGHUP');
    await until(() => /crl|reload|revocation/i.test(hub.log.slice(before)));
    assert.equal((await person('kl_kochi_cyber.officer').get(hub, '/v1/me',
      { agent: person('kl_kochi_cyber.officer').newAgent() })).status, 200);
    assert.equal(await bytesFor(person('thief').tls), '');
    execFileSync('mv', [`${crl}.good`, crl]);
    hub.signal('SIGHUP');
  });
});

function fileTls(name) {
  return { cert: world.pem(name), key: execFileSync('cat', [`${world.pki}/${name}.key`], { encoding: 'utf8' }) };
}
