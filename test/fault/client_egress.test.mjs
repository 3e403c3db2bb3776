// The egress guard against names and numbers that lead inside: a network of
// its own (user and network namespaces) where the private addresses answer,
// so that only the guard is between the courier and them.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { before, describe, it } from 'node:test';

const PUBLIC = '93.184.216.34';
const PUBLIC6 = '2606:2800:220:1::1';
const INSIDE = ['10.1.2.3', '172.16.0.9', '192.168.1.1', '169.254.169.254', '100.64.1.1', 'fd00::1', 'fe90::1'];

const names = {
  'public.test': [[PUBLIC]],
  'public6.test': [[PUBLIC6]],
  'loopback.test': [['127.0.0.1']],
  'loopback6.test': [['::1']],
  'ten.test': [['10.1.2.3']],
  'twelve.test': [['172.16.0.9']],
  'home.test': [['192.168.1.1']],
  'metadata.test': [['169.254.169.254']],
  'carrier.test': [['100.64.1.1']],
  'unique.test': [['fd00::1']],
  'zero.test': [['0.0.0.0']],
  'mapped.test': [['::ffff:7f00:1']],
  'translated.test': [['64:ff9b::7f00:1']],
  'both.test': [['127.0.0.1', PUBLIC]],
  'turned.test': [[PUBLIC], ['127.0.0.1']],
};
const numbers = ['127.0.0.1', '127.1', '2130706433', '0x7f000001', '0177.0.0.1', '0', '[::1]',
  '[::ffff:127.0.0.1]', '[::ffff:a01:203]', '[fd00::1]', '10.1.2.3', '169.254.169.254'];
const refused = Object.keys(names).filter((name) => !/public|both|turned/.test(name));

let seen;
before(() => {
  const directory = mkdtempSync(join(tmpdir(), 'freezeline-egress-'));
  const resolver = join(directory, 'resolv.conf');
  writeFileSync(resolver, 'nameserver 127.0.0.1\noptions timeout:1 attempts:1\n');
  const hosts = ['public.test', 'public6.test', ...refused, ...numbers, 'both.test', 'turned.test', 'turned.test'];
  const script = `set -e
    ip link set lo up
    for address in ${[PUBLIC, PUBLIC6, ...INSIDE].join(' ')}; do
      case $address in *:*) ip addr add "$address/128" dev lo nodad ;; *) ip addr add "$address/32" dev lo ;; esac
    done
    mount --bind "$0" /etc/resolv.conf
    exec "$@"`;
  const { status, stdout, stderr } = spawnSync('unshare', ['--user', '--map-root-user', '--mount', '--net',
    'sh', '-c', script, resolver, process.execPath, 'test/support/egress_inside.mjs',
    JSON.stringify(names), JSON.stringify(hosts)], { encoding: 'utf8', timeout: 90_000 });
  rmSync(directory, { recursive: true });
  assert.equal(status, 0, stderr);
  seen = stdout.trim().split('\n').map((line) => JSON.parse(line));
  assert.deepEqual(seen.map(({ host }) => host), hosts);
});
const of = (host) => seen.filter((one) => one.host === host);

describe('the egress guard lets', () => {
  for (const [name, address] of [['public.test', PUBLIC], ['public6.test', PUBLIC6]]) {
    it(`a name with a public address pass: ${name}`, () => {
      const [one] = of(name);
      assert.deepEqual([one.error, one.status, one.remote, one.tried], ['none', 200, address, 1]);
    });
  }
  for (const host of [...refused, ...numbers]) {
    it(`nobody connect to ${host}`, () => {
      const [one] = of(host);
      assert.equal(one.error, 'refused', JSON.stringify(one));
      assert.match(one.explanation, /is no public address/);
      assert.equal(one.tried, 0);
    });
  }
  it('of two addresses only the public one be used', () => {
    const [one] = of('both.test');
    assert.deepEqual([one.error, one.remote, one.tried], ['none', PUBLIC, 1]);
  });
  it('a name that turns inside after its first delivery be refused', () => {
    const [first, second] = of('turned.test');
    assert.deepEqual([first.error, first.remote], ['none', PUBLIC]);
    assert.deepEqual([second.error, second.tried], ['refused', 0], JSON.stringify(second));
  });
});
