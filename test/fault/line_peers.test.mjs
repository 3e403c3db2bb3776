// Who may speak: every wrong certificate over TLS 1.2 and 1.3, on new and on
// resumed connections.  Refused means: the client reads no HTTP byte and the
// handler's counter does not move.
import assert from 'node:assert/strict';
import { createHash, X509Certificate } from 'node:crypto';
import { copyFileSync, writeFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';

import { Line, get, pause } from '../support/line.mjs';
import { Pki } from '../support/pki.mjs';

const wrong = ['none', 'stranger', 'other', 'self-signed', 'expired',
  'not-yet-valid', 'revoked', 'wrong-usage', 'no-purpose', 'cannot-sign',
  'an-authority', 'server'];

let pki;

before(() => {
  pki = new Pki();
  pki.issue('server', { purpose: 'serverAuth' });
  pki.issue('good');
  pki.issue('stranger', { ca: 'stranger-ca' });
  pki.issue('other', { ca: 'other-ca' });
  pki.selfSign('self-signed');
  pki.issue('expired', { from: -9, to: -1 });
  pki.issue('not-yet-valid', { from: 1 });
  pki.issue('revoked');
  pki.issue('wrong-usage', { purpose: 'codeSigning,emailProtection' });
  pki.issue('no-purpose', { purpose: null });
  pki.issue('cannot-sign', { usage: 'keyEncipherment' });
  pki.issue('an-authority', { isAuthority: true,
    usage: 'digitalSignature,keyCertSign' });
  pki.revoke('revoked');
  pki.list();
});

after(() => pki.remove());

async function speak(line, name, options) {
  const client = line.open(name, options);
  const isOpen = await client.ready;
  const text = isOpen ? await line.exchange(client, get()) : '';
  const isReused = isOpen && client.socket.isSessionReused();
  client.socket.destroy();
  return { text: client.text || text, isReused };
}

async function isRefused(line, name, options) {
  const { handled } = await line.count();
  const { text } = await speak(line, name, options);
  assert.equal(text, '', 'an HTTP byte was read');
  assert.equal((await line.count()).handled, handled, 'a handler ran');
}

// A session of a good connection, as a thief would present it.
async function stolenSession(line, version) {
  const client = line.open('good', { minVersion: version,
    maxVersion: version });
  let session = null;
  client.socket.on('session', (ticket) => { session = ticket; });
  await client.ready;
  await line.exchange(client, get());
  session ??= client.socket.getSession();
  client.socket.destroy();
  return session;
}

for (const mode of ['by default', 'with TLS 1.2 allowed']) {
  describe(`peers ${mode}`, () => {
    let line;
    before(async () => {
      line = await Line.start(pki, ...(mode === 'by default' ? [] : ['tls12']));
    });
    after(async () => {
      assert.deepEqual(await line.stop(),
        { last: 'stopped', code: 0, signal: null });
    });

    for (const version of ['TLSv1.2', 'TLSv1.3']) {
      const bounds = { minVersion: version, maxVersion: version };
      const isOff = version === 'TLSv1.2' && mode === 'by default';

      it(`a good one over ${version} is ${isOff ? 'refused' : 'served'}`,
        async () => {
          if (isOff) {
            await isRefused(line, 'good', bounds);
            return;
          }
          const { text } = await speak(line, 'good', bounds);
          assert.match(text, /^HTTP\/1\.1 200 /);
          const key = new X509Certificate(pki.read('good.pem')).publicKey
            .export({ type: 'spki', format: 'der' });
          assert.match(text, new RegExp(`X-Peer-Key: ${
            createHash('sha256').update(key).digest('hex')}`));
        });
      it(`a good one over ${version} never resumes`, async () => {
        if (isOff) return;
        const session = await stolenSession(line, version);
        const second = await speak(line, 'good', { ...bounds, session });
        assert.match(second.text, /^HTTP\/1\.1 200 /);
        assert.equal(second.isReused, false);
      });
      for (const name of wrong) {
        const certificate = name === 'none' ? null : name;
        it(`${name} over ${version}, new: refused`, () =>
          isRefused(line, certificate, bounds));
        it(`${name} over ${version}, resumed: refused`, async () => {
          const session = isOff ? undefined
            : await stolenSession(line, version);
          await isRefused(line, certificate, { ...bounds, session });
        });
      }
    }
    it('older versions are refused', () => isRefused(line, 'good',
      { minVersion: 'TLSv1', maxVersion: 'TLSv1.1',
        ciphers: 'DEFAULT@SECLEVEL=0' }));
    it('refusals are counted', async () => {
      assert.ok((await line.count()).refused > wrong.length);
    });
  });
}

// A revoked certificate on a kept-alive connection: 403 on its next request.
for (const [mode, version] of [['plainly', 'TLSv1.3'], ['tls12', 'TLSv1.2']]) {
  describe(`a revocation over ${version}`, () => {
    const name = `revoked-later-${version}`;
    let line;
    before(async () => {
      pki.issue(name);
      line = await Line.start(pki, mode);
    });
    after(async () => {
      assert.deepEqual(await line.stop(),
        { last: 'stopped', code: 0, signal: null });
    });
    const open = async (who) => {
      const client = line.open(who, { minVersion: version,
        maxVersion: version });
      assert.ok(await client.ready);
      assert.match(await line.exchange(client, get()), /^HTTP\/1\.1 200 /);
      return client;
    };

    it('reaches a connection that is already open', async () => {
      const kept = await open(name);
      const waiting = await open(name);
      const good = await open('good');
      waiting.socket.write(get('/wait'));
      await line.until((counters) => counters.waiting === 1);
      pki.revoke(name);
      pki.list();
      assert.equal(await line.say('reload'), 'ok');
      const { handled } = await line.count();
      const text = await line.exchange(kept, get());
      assert.match(text, /^HTTP\/1\.1 403 /);
      assert.match(text, /\r\nContent-Type: application\/problem\+json\r\n/i);
      assert.match(text, /"code":"certificate_revoked"/);
      await kept.closed;
      // What was accepted before is answered; what follows is refused.
      assert.equal(await line.say('release'), 'ok');
      waiting.socket.write(get());
      await waiting.closed;
      assert.deepEqual(waiting.text.match(/^HTTP\/1\.1 \d+/gm),
        ['HTTP/1.1 200', 'HTTP/1.1 200', 'HTTP/1.1 403']);
      assert.equal((await line.count()).handled, handled);
      assert.match(await line.exchange(good, get()), /^HTTP\/1\.1 200 /);
      good.socket.destroy();
      await isRefused(line, name, { minVersion: version,
        maxVersion: version });
    });
  });
}

describe('a reload', () => {
  let line;
  before(async () => { line = await Line.start(pki); });
  after(async () => {
    assert.deepEqual(await line.stop(),
      { last: 'stopped', code: 0, signal: null });
  });

  it('of broken files changes nothing', async () => {
    copyFileSync(pki.path('crl.pem'), pki.path('crl.kept'));
    for (const [text, code] of [['', 'bad_revocation_list'],
      ['-----BEGIN X509 CRL-----\nAAAA\n-----END X509 CRL-----\n',
        'bad_revocation_list']]) {
      writeFileSync(pki.path('crl.pem'), text);
      assert.equal(await line.say('reload'), code);
    }
    pki.list(86_400, 'stranger-ca');
    assert.equal(await line.say('reload'), 'bad_revocation_list');
    pki.list(86_400, 'other-ca');
    assert.notEqual(await line.say('reload'), 'ok');
    copyFileSync(pki.path('crl.kept'), pki.path('crl.pem'));
    assert.match((await speak(line, 'good')).text, /^HTTP\/1\.1 200 /);
    await isRefused(line, 'revoked');
  });
  it('of a list that then expires refuses everybody', async () => {
    pki.list(2);
    assert.equal(await line.say('reload'), 'ok');
    const kept = line.open('good');
    await kept.ready;
    assert.match(await line.exchange(kept, get()), /^HTTP\/1\.1 200 /);
    await pause(2500);
    assert.match(await line.exchange(kept, get()), /^HTTP\/1\.1 403 /);
    await isRefused(line, 'good');
    assert.equal(await line.say('reload'), 'revocation_list_expired');
    pki.list(1, 'stranger-ca');
    await pause(1500);
    assert.equal(await line.say('reload'), 'bad_revocation_list');
    pki.list();
    assert.equal(await line.say('reload'), 'ok');
    assert.match((await speak(line, 'good')).text, /^HTTP\/1\.1 200 /);
  });
});
