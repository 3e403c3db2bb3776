// migrate and check against a private server: as owner, as hub, with what an
// operator gets wrong.
import assert from 'node:assert/strict';
import { chmodSync, writeFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';

import { freezeline } from '../support/freezeline.mjs';
import { Pki } from '../support/pki.mjs';

const owner = process.env.FREEZELINE_TEST_OWNER;
const hub = process.env.FREEZELINE_TEST_HUB;
let pki;
let env;

before(async () => {
  pki = new Pki();
  for (const name of ['one', 'two', 'out']) pki.issue(name);
  pki.issue('server', { purpose: 'serverAuth' });
  pki.issue('late', { from: -9, to: -1 });
  pki.list();
  assert.equal((await freezeline(['keyring', 'create', pki.path('keys')])).code,
    0);
  writeFileSync(pki.path('hub.ini'), `certificate_file = ${
    pki.path('server.pem')}\nkey_file = ${pki.path('server.key')}
client_ca_file = ${pki.path('ca.pem')}\ncrl_file = ${pki.path('crl.pem')}
hub_certificate_file = ${pki.path('out.pem')}\nhub_key_file = ${
  pki.path('out.key')}\nreceiver_ca_file = ${pki.path('ca.pem')}
keyring_file = ${pki.path('keys')}\n`);
  env = { FREEZELINE_CONFIG: pki.path('hub.ini'), FREEZELINE_DATABASE: hub,
    FREEZELINE_OWNER_DATABASE: owner };
});
after(() => pki.remove());

const run = (args, more = {}) => freezeline(args, { ...env, ...more });
const found = async (args, more) => {
  const { code, out } = await run(['check', '--json', ...args], more);
  const { findings, problems } = JSON.parse(out);
  // The test's certificates live for days only, which is warned of.
  const warnings = findings.filter(({ grade, what }) =>
    grade === 'warning' && !/ expires in \d+ days$/.test(what)).length;
  return { code, problems, warnings, says: (pattern) => findings.some((one) =>
    one.grade !== 'ok' && pattern.test(`${one.what}; ${one.mend}`)) };
};

describe('migrate', () => {
  it('tells what is pending, and check how to mend it', async () => {
    const { code, out, err } = await run(['migrate', '--status']);
    assert.equal(code, 1);
    assert.match(out, /0001_foundation\s+pending/);
    assert.match(err, /run freezeline migrate/);
    const check = await found([]);
    assert.equal(check.code, 1);
    assert.ok(check.says(/schema: .*; freezeline migrate/));
  });
  it('as the hub is refused', async () => {
    assert.equal((await run(['migrate'],
      { FREEZELINE_OWNER_DATABASE: hub })).code, 1);
  });
  it('applies once, and again nothing', async () => {
    const first = await run(['migrate']);
    assert.equal(first.code, 0);
    assert.match(first.out, /applying 0001_foundation/);
    const second = await run(['migrate']);
    assert.equal(second.out, 'the schema is current\n');
    assert.equal((await run(['migrate', '--status'])).code, 0);
  });
  const admins = (...names) => ['migrate', '--first-admins',
    ...names.map((name) => pki.path(`${name}.pem`))];
  for (const [names, said] of [[['one', 'one'], /same key/],
    [['one', 'late'], /expired/], [['ca', 'one'], /no client/],
    [['one', 'server'], /no client/], [['one', 'absent'], /absent\.pem/]]) {
    it(`takes no ${names.join(' and ')} as the first admins`, async () => {
      const { code, err } = await run(admins(...names));
      assert.equal(code, 1);
      assert.match(err, said);
    });
  }
  it('needs two certificates and a country of two letters', async () => {
    assert.equal((await run(['migrate', '--first-admins', 'x'])).code, 2);
    const { code, err } = await run([...admins('one', 'two'), '--country',
      'India']);
    assert.equal(code, 1);
    assert.match(err, /two capital letters/);
  });
  it('puts the first two admins in, once', async () => {
    const first = await run([...admins('one', 'two'), '--country', 'IN']);
    assert.equal(first.code, 0);
    const second = await run(admins('one', 'two'));
    assert.equal(second.code, 1);
    assert.match(second.err, /registered already/);
  });
});

describe('check', () => {
  it('of a healthy hub finds nothing', async () => {
    const check = await found(['--integrity']);
    assert.deepEqual([check.code, check.problems, check.warnings], [0, 0, 0]);
  });
  it('warns of a registry without delay and still passes', async () => {
    const check = await found(['--registry-delay-seconds', '0']);
    assert.deepEqual([check.code, check.warnings], [0, 1]);
    assert.ok(check.says(/at once/));
  });
  it('finds a keyring that others may read', async () => {
    chmodSync(pki.path('keys'), 0o644);
    const check = await found([]);
    chmodSync(pki.path('keys'), 0o600);
    assert.equal(check.code, 1);
    assert.ok(check.says(/chmod 600/));
  });
  const wrong = [
    [['--certificate-file', 'late.pem'], /has expired; renew/],
    [['--certificate-file', 'one.pem'], /not for this use/],
    [['--key-file', 'one.key'], /listener refuses its files/],
    [['--client-ca-file', 'server.pem'], /client_ca_file is not for this/],
    [['--hub-certificate-file', 'server.pem'], /hub_certificate_file is not/],
    [['--receiver-ca-file', 'absent.pem'], /receiver_ca_file: /],
    [['--keyring-file', 'absent'], /keyring: cannot open/],
  ];
  for (const [[option, name], said] of wrong) {
    it(`finds ${option} ${name}`, async () => {
      const check = await found([option, pki.path(name)]);
      assert.equal(check.code, 1);
      assert.ok(check.says(said));
    });
  }
  it('finds a role that could change the timeline', async () => {
    const check = await found([], { FREEZELINE_DATABASE: owner });
    assert.equal(check.code, 1);
    assert.ok(check.says(/must not have UPDATE on event;/));
  });
  it('finds no server, and a setting that is none', async () => {
    const lost = await found([], { FREEZELINE_DATABASE: 'host=/nonexistent' });
    assert.ok(lost.says(/database: .*; start PostgreSQL/));
    const typo = await found(['--dispach', 'true']);
    assert.equal(typo.code, 1);
    assert.ok(typo.says(/did you mean dispatch\?/));
  });
});
