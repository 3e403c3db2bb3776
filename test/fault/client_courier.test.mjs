// The courier against receivers that serve, misbehave or are somebody else.
import assert from 'node:assert/strict';
import { createHash, X509Certificate } from 'node:crypto';
import { after, before, describe, it } from 'node:test';

import { Pki } from '../support/pki.mjs';
import { Driver, Receiver, startTcp, startTls }
  from '../support/receiver.mjs';

let pki;
let receiver;
let driver;
let base;
const pinOf = (name) => `sha256//${createHash('sha256')
  .update(new X509Certificate(pki.read(`${name}.pem`)).publicKey
    .export({ type: 'spki', format: 'der' })).digest('base64')}`;

before(async () => {
  pki = new Pki();
  pki.issue('server', { purpose: 'serverAuth' });
  pki.issue('other-server', { purpose: 'serverAuth', ca: 'other-ca' });
  pki.issue('expired-server', { purpose: 'serverAuth', from: -9, to: -1 });
  pki.issue('hub');
  pki.issue('stranger', { ca: 'stranger-ca' });
  receiver = await Receiver.start(pki);
  base = `https://localhost:${receiver.port}`;
  driver = Driver.start(pki, 'hub');
});
after(async () => {
  assert.deepEqual(await driver.stop(), [0, null]);
  receiver.stop();
  pki.remove();
});

// path: what must come of it, and how soon.
const outcomes = {
  '/ok': { error: 'none', status: 200, head: 'fine', length: 4,
    remote: '127.0.0.1', endpoint: 7, explanation: '', retryAfter: -1 },
  '/mirror': { error: 'none', status: 200,
    head: 'POST application/json msg_1 100 hub' },
  '/busy': { error: 'none', status: 503, retryAfter: 17 },
  '/at-once': { error: 'none', status: 429, retryAfter: 0 },
  '/gone': { error: 'none', status: 410, retryAfter: -1 },
  '/redirect': { error: 'none', status: 307 },
  '/informed': { error: 'none', status: 200, head: 'ok', retryAfter: -1 },
  '/just': { error: 'none', status: 200, length: 60_000,
    head: 'x'.repeat(256) },
  '/large': { error: 'too_large', status: 200 },
  '/endless': { error: 'too_large', status: 200,
    explanation: 'more than 65536 bytes of response' },
  '/endless-headers': { error: 'too_large' },
  '/endless-hints': { error: 'too_large' },
  '/silent': { error: 'timeout', status: 0 },
  '/trickle': { error: 'timeout', status: 200 },
  '/cut': { error: 'connect', status: 0 },
  '/half': { error: 'connect', status: 200, head: 'half' },
  '/garbage': { error: 'protocol', status: 0 },
};

describe('an outcome', () => {
  for (const [path, expected] of Object.entries(outcomes)) {
    it(`of ${path} is ${expected.error} ${expected.status ?? ''}`,
      async () => {
        const seen = await driver.send(base + path);
        for (const [name, value] of Object.entries(expected)) {
          assert.equal(seen[name], value, `${name}: ${JSON.stringify(seen)}`);
        }
        assert.ok(seen.ms < 2000, `${seen.ms} ms`);
        if (expected.error === 'too_large') {
          assert.ok(seen.length < 100_000, `${seen.length} bytes`);
        }
      });
  }
  it('of an empty body is delivered', async () => {
    const { head } = await driver.send(`${base}/mirror`, { bytes: 0 });
    assert.equal(head, 'POST application/json msg_1 0 hub');
  });
  it('of a large body is delivered', async () => {
    const { head } = await driver.send(`${base}/mirror`, { bytes: 99_999 });
    assert.equal(head, 'POST application/json msg_1 99999 hub');
  });
});

describe('connections', () => {
  it('are kept: 200 deliveries one after another need none more', async () => {
    await driver.send(`${base}/ok`);
    const { connections } = receiver;
    for (let i = 0; i < 200; i++) {
      assert.equal((await driver.send(`${base}/ok`)).status, 200);
    }
    assert.equal(receiver.connections, connections);
  });
  it('are kept: two volleys of eight need eight', async () => {
    const { connections } = receiver;
    for (let i = 0; i < 5; i++) {
      const seen = await driver.say(`send ${base}/ok allow - 100 8`, 8);
      assert.ok(seen.every(({ status }) => status === 200));
    }
    assert.ok(receiver.connections <= connections + 8);
  });
  it('that the receiver closed are opened anew', async () => {
    for (let i = 0; i < 3; i++) {
      assert.equal((await driver.send(`${base}/then-close`)).status, 200);
    }
    receiver.server.closeAllConnections();
    assert.equal((await driver.send(`${base}/ok`)).status, 200);
  });
});

describe('the egress guard', () => {
  it('refuses a name that is a loopback address', async () => {
    const { requests, connections } = receiver;
    const seen = await driver.send(`${base}/ok`, { guard: 'guard' });
    assert.equal(seen.error, 'refused');
    assert.match(seen.explanation, /^(127\.0\.0\.1|::1) is no public address/);
    assert.deepEqual([receiver.requests, receiver.connections],
      [requests, connections]);
  });
  it('refuses a kept connection that another delivery opened', async () => {
    assert.equal((await driver.send(`${base}/ok`)).status, 200);
    const { requests } = receiver;
    const seen = await driver.send(`${base}/ok`, { guard: 'guard' });
    assert.equal(seen.error, 'refused');
    assert.equal(receiver.requests, requests);
    assert.equal((await driver.send(`${base}/ok`)).status, 200);
  });
});

describe('a receiver that is somebody else', () => {
  const refusals = {
    'of another authority': [{}, 'other-server'],
    'whose certificate has expired': [{}, 'expired-server'],
    'that speaks TLS 1.1': [{ minVersion: 'TLSv1', maxVersion: 'TLSv1.1',
      ciphers: 'DEFAULT@SECLEVEL=0' }, 'server'],
  };
  for (const [name, [options, certificate]] of Object.entries(refusals)) {
    it(`${name} gets nothing`, async () => {
      const other = await Receiver.start(pki, options, certificate);
      const seen = await driver.send(`https://localhost:${other.port}/ok`);
      assert.equal(seen.error, 'tls');
      assert.notEqual(seen.explanation, '');
      assert.equal(other.requests, 0);
      other.stop();
    });
  }
  it('whose name is not in its certificate gets nothing', async () => {
    const { requests } = receiver;
    // Loopback (RFC 6761), and in no certificate.
    const seen = await driver.send(
      `https://x.localhost:${receiver.port}/ok`);
    assert.equal(seen.error, 'tls');
    assert.equal(receiver.requests, requests);
  });
  it('is known by its pinned key instead', async () => {
    const other = await Receiver.start(pki, {}, 'other-server');
    const url = `https://localhost:${other.port}/ok`;
    const right = await driver.send(url, { pin: pinOf('other-server') });
    assert.equal(right.status, 200);
    const { requests } = other;
    const wrong = await driver.send(url, { pin: pinOf('server') });
    assert.equal(wrong.error, 'tls');
    // Nor does the kept connection serve a delivery without the pin.
    assert.equal((await driver.send(url)).error, 'tls');
    assert.equal(other.requests, requests);
    other.stop();
  });
  it('that refuses our certificate is a TLS error', async () => {
    for (const version of ['TLSv1.2', 'TLSv1.3']) {
      const strict = await Receiver.start(pki, { ca: pki.read('other-ca.pem'),
        minVersion: version, maxVersion: version });
      const seen = await driver.send(`https://localhost:${strict.port}/ok`);
      assert.ok(['tls', 'connect'].includes(seen.error), seen.error);
      assert.equal(seen.status, 0);
      assert.equal(strict.requests, 0);
      strict.stop();
    }
  });
  it('that speaks no TLS is a TLS error', async () => {
    const server = await startTcp('HTTP/1.1 200 OK\r\n\r\n');
    const seen = await driver.send(`https://127.0.0.1:${server.port}/`);
    assert.equal(seen.error, 'tls');
    server.stop();
  });
  it('that speaks no HTTP is a protocol error', async () => {
    const server = await startTls(pki);
    const seen = await driver.send(`https://127.0.0.1:${server.port}/`);
    assert.equal(seen.error, 'protocol');
    server.stop();
  });
  it('that never shakes hands is a timeout', async () => {
    const server = await startTcp('');
    const seen = await driver.send(`https://127.0.0.1:${server.port}/`);
    assert.equal(seen.error, 'timeout');
    server.stop();
  });
  it('that is not there is a connect error', async () => {
    const server = await startTcp('');
    server.stop();
    const seen = await driver.send(`https://127.0.0.1:${server.port}/`);
    assert.equal(seen.error, 'connect');
  });
  it('whose name does not exist is a DNS error', async () => {
    const seen = await driver.send('https://no-such-host.invalid/');
    assert.equal(seen.error, 'dns');
  });
});
