// Simple calls to a hub that serves, misbehaves or is somebody else: a whole
// answer, or a sentence that tells the person at the terminal what to mend.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';

import { Line } from '../support/line.mjs';
import { Pki } from '../support/pki.mjs';
import { Driver, Receiver, startTcp } from '../support/receiver.mjs';

// Of enum rc (hub/base/err.h).
const UNAVAILABLE = 10;
const FAILED = 12;

let pki;
let receiver;
let driver;
let base;

before(async () => {
  pki = new Pki();
  pki.issue('server', { purpose: 'serverAuth' });
  pki.issue('other-server', { purpose: 'serverAuth', ca: 'other-ca' });
  pki.issue('officer');
  pki.issue('stranger', { ca: 'stranger-ca' });
  pki.issue('revoked');
  pki.revoke('revoked');
  pki.list();
  receiver = await Receiver.start(pki);
  base = `https://localhost:${receiver.port}`;
  driver = Driver.start(pki, 'officer');
});
after(async () => {
  assert.deepEqual(await driver.stop(), [0, null]);
  receiver.stop();
  pki.remove();
});

describe('an answer', () => {
  it('comes with its status, headers and body', async () => {
    assert.deepEqual(await driver.call(base, 'GET', '/headers'), {
      rc: 0, status: 201, type: 'application/json', etag: '?7?',
      link: '</a>; rel=next, </b>; rel=prev', location: '/v1/cases/1',
      replayed: 'true', preference: 'wait=5', retryAfter: -1, length: 2,
      body: '{}' });
  });
  it('has nothing of the one before or of an early hint', async () => {
    await driver.call(base, 'GET', '/headers');
    assert.deepEqual(await driver.call(base, 'GET', '/informed'), {
      rc: 0, status: 200, type: '', etag: '', link: '', location: '',
      replayed: '', preference: '', retryAfter: -1, length: 2, body: 'ok' });
  });
  it('is an answer whatever its status', async () => {
    const busy = await driver.call(base, 'GET', '/busy');
    assert.deepEqual([busy.rc, busy.status, busy.retryAfter], [0, 503, 17]);
    const moved = await driver.call(base, 'GET', '/redirect');
    assert.deepEqual([moved.rc, moved.status], [0, 307]);
  });
  for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']) {
    it(`to ${method} without a body is asked for without a type`,
      async () => {
        const { body } = await driver.call(base, method, '/mirror');
        assert.equal(body, `${method} undefined undefined 0 officer`);
      });
  }
  for (const method of ['POST', 'PUT', 'PATCH', 'DELETE']) {
    it(`to ${method} with a body is asked for as JSON`, async () => {
      const { body } = await driver.call(base, method, '/mirror', '{}');
      assert.equal(body, `${method} application/json undefined 2 officer`);
    });
  }
  it('to HEAD has no body', async () => {
    const { rc, status, length } = await driver.call(base, 'HEAD', '/ok');
    assert.deepEqual([rc, status, length], [0, 200, 0]);
  });
  it('needs no second connection', async () => {
    await driver.call(base, 'GET', '/ok');
    const { connections } = receiver;
    for (let i = 0; i < 50; i++) await driver.call(base, 'POST', '/ok', '{}');
    assert.equal(receiver.connections, connections);
  });
});

describe('no answer', () => {
  const failures = {
    '/silent': [UNAVAILABLE, 'timeout'],
    '/cut': [UNAVAILABLE, 'connection_lost'],
    '/half': [UNAVAILABLE, 'connection_lost'],
    '/endless': [FAILED, 'answer_too_large'],
    '/long-header': [FAILED, 'answer_too_large'],
    '/garbage': [FAILED, 'no_answer'],
  };
  for (const [path, [rc, code]] of Object.entries(failures)) {
    it(`from ${path} is ${code}`, async () => {
      const seen = await driver.call(base, 'GET', path);
      assert.deepEqual([seen.rc, seen.code], [rc, code], seen.text);
      assert.ok(seen.text.startsWith(`${base}: `), seen.text);
    });
  }
  it('from nobody is no_connection', async () => {
    const server = await startTcp('');
    server.stop();
    const seen = await driver.call(`https://127.0.0.1:${server.port}`, 'GET',
      '/');
    assert.deepEqual([seen.rc, seen.code], [UNAVAILABLE, 'no_connection']);
  });
  it('from an unknown name is unknown_host', async () => {
    const seen = await driver.call('https://no-such-host.invalid', 'GET', '/');
    assert.deepEqual([seen.rc, seen.code], [UNAVAILABLE, 'unknown_host']);
  });
  it('from a server of another authority is untrusted_server', async () => {
    const other = await Receiver.start(pki, {}, 'other-server');
    const seen = await driver.call(`https://localhost:${other.port}`, 'GET',
      '/ok');
    assert.deepEqual([seen.rc, seen.code], [FAILED, 'untrusted_server']);
    assert.equal(other.requests, 0);
    other.stop();
  });
});

describe('the line of the hub', () => {
  let line;
  before(async () => { line = await Line.start(pki); });
  after(() => line.stop());

  it('answers', async () => {
    const seen = await driver.call(`https://localhost:${line.port}`, 'POST',
      '/x', 'hello');
    assert.deepEqual([seen.rc, seen.status, seen.body], [0, 200, 'hello']);
  });
  for (const name of [null, 'stranger', 'revoked']) {
    it(`refuses ${name ?? 'nobody'}, who is told so`, async () => {
      const other = Driver.start(pki, name);
      const { handled } = await line.count();
      const seen = await other.call(`https://localhost:${line.port}`, 'GET',
        '/x');
      assert.deepEqual(await other.stop(), [0, null]);
      // The hub's alert may be lost where our request crosses its end of
      // the connection; the sentence is the same in substance.
      assert.ok(seen.code === 'certificate_refused' ? seen.rc === FAILED
        : seen.code === 'connection_lost' && seen.rc === UNAVAILABLE);
      assert.match(seen.text, /not accept our certificate/);
      assert.equal((await line.count()).handled, handled);
    });
  }
});
