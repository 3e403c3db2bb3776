// What a hostile client can put on a line that it is allowed to use: framing
// tricks, bodies without end, trickles, and a server that stops under it.
import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';

import { Line, get, pause } from '../support/line.mjs';
import { Pki } from '../support/pki.mjs';

const post = (headers, body = '') =>
  `POST /x HTTP/1.1\r\nHost: localhost\r\n${headers}\r\n${body}`;

// The answers as a client reads them, each by its length.  Behind one that
// closes there is none: the library writes the head of its own error pages
// twice, the second time as the page.
const statuses = (text) => {
  const found = [];
  for (let rest = text; rest !== '';) {
    const [head, status] = /^HTTP\/1\.1 (\d{3}) [^]*?\r\n\r\n/.exec(rest) ?? [];
    assert.ok(head, `no answer: ${rest}`);
    if (status !== '100') found.push(Number(status));
    if (/\r\nconnection: close\r\n/i.test(head)) break;
    const length = /\r\ncontent-length: (\d+)\r\n/i.exec(head)?.[1] ?? 0;
    rest = rest.slice(head.length + Number(length));
  }
  return found;
};

let pki;
let line;

before(() => {
  pki = new Pki();
  pki.issue('server', { purpose: 'serverAuth' });
  pki.issue('good');
  pki.list();
});
after(() => pki.remove());

async function startLine() { line = await Line.start(pki); }
async function stopLine() {
  assert.deepEqual(await line.stop(),
    { last: 'stopped', code: 0, signal: null });
}

async function openGood() {
  const client = line.open('good');
  assert.ok(await client.ready);
  return client;
}

// Refused here: a problem, a closed connection, no handler, and nothing of
// what was smuggled behind it is served.
const refused = {
  'two Content-Length': post('Content-Length: 3\r\nContent-Length: 3\r\n', 'abc'),
  'two differing Content-Length':
    post('Content-Length: 3\r\nContent-Length: 30\r\n', 'abc'),
  'two Host': get('/x', 'Host: other\r\n'),
  'two Content-Type':
    post('Content-Type: a/b\r\nContent-Type: a/c\r\nContent-Length: 0\r\n'),
  'two Idempotency-Key':
    post('Idempotency-Key: a\r\nidempotency-key: b\r\nContent-Length: 0\r\n'),
  'two webhook-signature':
    post('webhook-signature: a\r\nWebhook-Signature: b\r\nContent-Length: 0\r\n'),
  'Transfer-Encoding beside Content-Length':
    post('Content-Length: 4\r\nTransfer-Encoding: chunked\r\n', '0\r\n\r\n'),
  'Content-Length beside Transfer-Encoding':
    post('Transfer-Encoding: chunked\r\nContent-Length: 4\r\n', '0\r\n\r\n'),
  'Transfer-Encoding twice':
    post('Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n',
      '0\r\n\r\n'),
  'Transfer-Encoding: xchunked':
    post('Transfer-Encoding: xchunked\r\n', '0\r\n\r\n'),
  'Transfer-Encoding: identity': post('Transfer-Encoding: identity\r\n', 'x'),
  'Transfer-Encoding over HTTP/1.0':
    post('Transfer-Encoding: chunked\r\n', '0\r\n\r\n')
      .replace('HTTP/1.1', 'HTTP/1.0'),
  'Content-Encoding: gzip':
    post('Content-Encoding: gzip\r\nContent-Length: 0\r\n'),
  'a space before the colon': get('/x', 'X-Thing : y\r\n'),
  'a coded NUL in the path': get('/x%00y'),
  'a coded NUL in the query': get('/x?a=%00'),
  'a signed Content-Length': post('Content-Length: +3\r\n', 'abc'),
  'a negative Content-Length': post('Content-Length: -3\r\n', 'abc'),
  'a hexadecimal Content-Length': post('Content-Length: 0x3\r\n', 'abc'),
  'an enormous Content-Length':
    post('Content-Length: 99999999999999999999999\r\n', 'abc'),
  'a body over the limit': post('Content-Length: 4097\r\n'),
  'more headers than anybody needs':
    get('/x', 'X: y\r\n'.repeat(120)),
  'headers over the memory limit': get('/x', `X: ${'y'.repeat(40_000)}\r\n`),
  'no Host': 'GET /x HTTP/1.1\r\n\r\n',
  'a chunk size that is no number':
    post('Transfer-Encoding: chunked\r\n', 'zz\r\nabc\r\n0\r\n\r\n'),
  'a chunk size that overflows':
    post('Transfer-Encoding: chunked\r\n',
      'ffffffffffffffffff\r\nabc\r\n0\r\n\r\n'),
};

// Not visible behind the library's parser; each must be harmless: at most one
// answer to it, and the server lives.
const harmless = {
  'bare LF': 'GET /x HTTP/1.1\nHost: localhost\n\n',
  'a raw NUL in the target': 'GET /x\0y HTTP/1.1\r\nHost: localhost\r\n\r\n',
  'a raw NUL in a header': get('/x', 'X: a\0b\r\n'),
  'a folded header': get('/x', 'X: a\r\n b\r\n'),
  'a folded Transfer-Encoding':
    post('Transfer-Encoding:\r\n chunked\r\nContent-Length: 5\r\n',
      '0\r\n\r\n'),
  'bare CR': 'GET /x HTTP/1.1\rHost: localhost\r\r',
  'an absolute target': get('https://elsewhere.example/x'),
  'an unknown method': get().replace('GET', 'FROB'),
  'garbage': '\x16\x03\x01\x02\0\x01\xfc\x03\x03\r\n\r\n',
  'an HTTP/2 preface': 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
  'HTTP/9.9': get().replace('HTTP/1.1', 'HTTP/9.9'),
};

describe('framing', () => {
  before(startLine);
  after(stopLine);
  // The server serves the next client, whatever the last one did.
  beforeEach(async () => {
    const client = await openGood();
    assert.match(await line.exchange(client, get()), /^HTTP\/1\.1 200 /);
    client.socket.destroy();
  });

  for (const [name, bytes] of Object.entries(refused)) {
    it(`${name}: refused, nothing behind it is served`, async () => {
      const { handled } = await line.count();
      const client = await openGood();
      const text = await line.exchange(client, bytes + get('/smuggled'));
      const [status, ...more] = statuses(text);
      assert.deepEqual(more, []);
      if (status !== undefined) {
        assert.ok(status >= 400 && status < 500, text);
        assert.match(text, /^Connection: close\r$/mi);
      }
      await client.closed;
      assert.equal((await line.count()).handled, handled);
    });
  }
  it('a refusal is a problem and closes', async () => {
    const client = await openGood();
    const text = await line.exchange(client, refused['two Content-Length']);
    assert.match(text, /^HTTP\/1\.1 400 /);
    assert.match(text, /\r\nConnection: close\r\n/i);
    assert.match(text, /\r\nContent-Type: application\/problem\+json\r\n/i);
    const body = JSON.parse(text.split('\r\n\r\n')[1]);
    assert.equal(body.code, 'repeated_header');
    assert.equal(body.status, 400);
    assert.match(body.trace_id, /^[0-9a-f]{32}$/);
  });
  for (const [name, bytes] of Object.entries(harmless)) {
    it(`${name}: harmless, no second request`, async () => {
      const { handled } = await line.count();
      const client = await openGood();
      const text = await line.exchange(client, bytes, 1, 1500);
      await pause(50);
      client.socket.destroy();
      assert.ok(statuses(text).length <= 1, text);
      assert.ok((await line.count()).handled <= handled + 1);
    });
  }
  it('chunks within the limit are served', async () => {
    const client = await openGood();
    const text = await line.exchange(client,
      post('Transfer-Encoding: chunked\r\n', '3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n'));
    assert.match(text, /^HTTP\/1\.1 200 [^]*\r\n\r\nabcde$/);
    client.socket.destroy();
  });
  it('chunks over the limit are 413', async () => {
    const { handled } = await line.count();
    const client = await openGood();
    const text = await line.exchange(client, post(
      'Transfer-Encoding: chunked\r\n',
      `1100\r\n${'x'.repeat(0x1100)}\r\n0\r\n\r\n`));
    assert.deepEqual(statuses(text), [413]);
    assert.equal((await line.count()).handled, handled);
    await client.closed;
  });
  it('chunks without end are cut', async () => {
    const { handled } = await line.count();
    const client = await openGood();
    client.socket.write(post('Transfer-Encoding: chunked\r\n'));
    for (let i = 0; i < 40 && !client.socket.destroyed; i++) {
      client.socket.write(`400\r\n${'x'.repeat(0x400)}\r\n`);
      await pause(5);
    }
    assert.ok(await client.closed < 1400, 'cut before the deadline');
    assert.equal((await line.count()).handled, handled);
  });
  it('requests in a row on one connection are served in order', async () => {
    const client = await openGood();
    const text = await line.exchange(client,
      get('/a') + get('/b') + get('/c'), 3);
    assert.deepEqual(text.match(/X-Path: \/./g),
      ['X-Path: /a', 'X-Path: /b', 'X-Path: /c']);
    client.socket.destroy();
  });
  it('a client that reads late gets every byte in order', async () => {
    const number = 2000;
    const client = await openGood();
    client.socket.pause();
    for (let i = 0; i < number; i++) {
      const body = String(i).padEnd(4000, '.');
      client.socket.write(post(`Content-Length: ${body.length}\r\n`, body));
    }
    // More than the sockets' buffers hold: the server has to wait.
    await pause(300);
    assert.ok((await line.count()).open > 0);
    client.socket.resume();
    const end = Date.now() + 10_000;
    const seen = () => client.text.match(/\r\n\r\n\d+\.+/g) ?? [];
    while (seen().length < number && Date.now() < end) await pause(50);
    await pause(50);
    assert.deepEqual(statuses(client.text), Array(number).fill(200));
    assert.deepEqual(seen().map((text) => [parseInt(text, 10), text.length]),
      Array.from({ length: number }, (_, i) => [i, 4004]));
    client.socket.destroy();
  });
  for (const [method, head] of [['HEAD', /^HTTP\/1\.1 200 [^]*\r\n\r\n$/],
    ['GET', /^HTTP\/1\.1 200 [^]*\r\n\r\n$/]]) {
    it(`an answer without a body comes at once to ${method}`, async () => {
      const client = await openGood();
      const begun = Date.now();
      const text = await line.exchange(client, get().replace('GET', method));
      assert.match(text, head);
      assert.ok(Date.now() - begun < 1000);
      client.socket.destroy();
    });
  }
  it('a trace id is taken over, a wrong one is not', async () => {
    const id = '0af7651916cd43dd8448eb211c80319c';
    const client = await openGood();
    assert.match(await line.exchange(client,
      get('/x', `traceparent: 00-${id}-b7ad6b7169203331-01\r\n`)),
    new RegExp(`X-Trace: ${id}`));
    assert.doesNotMatch(await line.exchange(client,
      get('/x', `traceparent: 00-${'0'.repeat(32)}-b7ad6b7169203331-01\r\n`)),
    /X-Trace: 0{32}/);
    client.socket.destroy();
  });
});

describe('slow clients', () => {
  before(startLine);
  after(stopLine);

  const trickle = async (client, bytes, gap = 60) => {
    for (const byte of bytes) {
      if (client.socket.destroyed) break;
      client.socket.write(byte);
      await pause(gap);
    }
  };
  it('that never shake hands are cut', async () => {
    const { reaps } = await line.count();
    const client = line.open(null, { plain: true });
    await client.ready;
    client.socket.write('\x16\x03\x01', 'latin1');
    const lived = await client.closed;
    assert.ok(lived > 800 && lived < 2500, `${lived} ms`);
    assert.ok((await line.count()).reaps > reaps);
  });
  it('that trickle headers are cut', async () => {
    const client = await openGood();
    await trickle(client, get('/x', `X: ${'y'.repeat(60)}\r\n`));
    assert.ok(await client.closed < 2500);
    assert.equal(client.text, '');
  });
  it('that trickle headers on a used connection are cut', async () => {
    const client = await openGood();
    await line.exchange(client, get());
    client.sinceOpen = Date.now();
    const begun = Date.now();
    client.socket.write('GET /x HTTP/1.1\r\n');
    await trickle(client, `X: ${'y'.repeat(100)}`);
    await client.closed;
    assert.ok(Date.now() - begun < 2500);
  });
  it('that trickle a body are cut', async () => {
    const { handled } = await line.count();
    const client = await openGood();
    client.socket.write(post('Content-Length: 200\r\n'));
    await trickle(client, 'x'.repeat(100));
    assert.ok(await client.closed < 3500);
    assert.equal((await line.count()).handled, handled);
  });
  it('that are idle are let go', async () => {
    const client = await openGood();
    await line.exchange(client, get());
    const lived = await client.closed;
    assert.ok(lived > 3000 && lived < 6000, `${lived} ms`);
  });
  it('in a crowd do not keep a good one waiting', async () => {
    const crowd = Array.from({ length: 150 },
      () => line.open(null, { plain: true }));
    await Promise.all(crowd.map((client) => client.ready));
    const begun = Date.now();
    const client = await openGood();
    assert.match(await line.exchange(client, get()), /^HTTP\/1\.1 200 /);
    assert.ok(Date.now() - begun < 1000);
    client.socket.destroy();
    await Promise.all(crowd.map((one) => one.closed));
    await line.until((counters) => counters.open === 0);
  });
});

describe('waiting requests', () => {
  const waiters = async (number) => {
    const { waiting } = await line.count();
    const clients = Array.from({ length: number }, () => line.open('good'));
    await Promise.all(clients.map((client) => client.ready));
    for (const client of clients) client.socket.write(get('/wait'));
    await line.until((counters) => counters.waiting === waiting + number);
    return clients;
  };

  it('outlast the deadlines and are answered when released', async () => {
    await startLine();
    const clients = await waiters(20);
    await pause(2000);
    assert.equal(await line.say('release'), 'ok');
    for (const client of clients) {
      for (let i = 0; i < 200 && !client.text.includes('200 OK'); i++) {
        await pause(10);
      }
      assert.deepEqual(statuses(client.text), [200]);
      client.socket.destroy();
    }
    await stopLine();
  });
  it('whose clients have gone are answered into the void', async () => {
    await startLine();
    const clients = await waiters(20);
    for (const client of clients) client.socket.destroy();
    await pause(100);
    assert.equal(await line.say('release'), 'ok');
    await line.until((counters) => counters.open === 0);
    await stopLine();
  });
  it('get 503 at a stop, and their owners may answer later', async () => {
    await startLine();
    const clients = await waiters(100);
    for (const client of clients.slice(0, 30)) client.socket.destroy();
    await stopLine();
    for (const client of clients.slice(30)) {
      await client.closed;
      assert.deepEqual(statuses(client.text), [503]);
      assert.match(client.text, /"code":"stopping"/);
    }
  });
});

describe('the plain listener', () => {
  it('serves without a certificate', async () => {
    line = await Line.start(pki, 'plain');
    const client = line.open(null, { plain: true });
    await client.ready;
    assert.match(await line.exchange(client, get()),
      /^HTTP\/1\.1 200 [^]*X-Peer-Key: none/);
    client.socket.destroy();
    await stopLine();
  });
});
