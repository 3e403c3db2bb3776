// A hub that only takes answers and hands out an inbox, its signatures made
// with node:crypto; and `freezeline nodal` as a child.
import { spawn } from 'node:child_process';
import { createHmac, generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { Agent, createServer, request as httpsRequest } from 'node:https';

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';
export const newId = (prefix) => `${prefix}_0${
  Array.from(randomBytes(25), (byte) => ALPHABET[byte % 32]).join('')}`;

export const until = async (isTrue, within = 10_000) => {
  const end = Date.now() + within;
  while (!isTrue()) {
    if (Date.now() > end) throw new Error(`never so: ${isTrue}`);
    await new Promise((done) => { setTimeout(done, 10); });
  }
};

export class Keys {
  constructor() {
    this.secret = randomBytes(32);
    this.pair = generateKeyPairSync('ed25519');
  }

  // What the institution is given.
  text() {
    const { x } = this.pair.publicKey.export({ format: 'jwk' });
    const raw = Buffer.from(x, 'base64url').toString('base64');
    return `# the hub's keys\nwhpk_${raw}\nwhsec_${
      this.secret.toString('base64')} # v1\n`;
  }

  headers(id, body, at = Math.floor(Date.now() / 1000), only = ['v1', 'v1a']) {
    const text = `${id}.${at}.${body}`;
    const made = {
      v1: createHmac('sha256', this.secret).update(text).digest('base64'),
      v1a: sign(null, Buffer.from(text), this.pair.privateKey)
        .toString('base64'),
    };
    return { 'webhook-id': id, 'webhook-timestamp': String(at),
      'webhook-signature': only.map((name) => `${name},${made[name]}`)
        .join(' ') };
  }
}

export const message = (target = newId('tgt'), more = {}) => ({
  id: newId('msg'), type: 'freeze.requested', spec: '1.0',
  request: { id: newId('frq'), generation: 1, action: 'HOLD_AMOUNT' },
  targets: [{ id: target, layer: 1,
    identifier: { type: 'in_account', value: '000123456789' },
    amount_requested: { amount: '100.00', currency: 'INR' } }], ...more });

export class Hub {
  static async start(pki) {
    const hub = new Hub();
    hub.pki = pki;
    hub.keys = new Keys();
    hub.answers = []; // { target, key, body }, also the refused ones
    hub.statuses = []; // of the next answers; 201 when empty
    hub.inbox = [];
    hub.checkpoints = [];
    hub.server = createServer({ ...pki.credentials('server'),
      ca: pki.read('ca.pem'), requestCert: true, rejectUnauthorized: true },
    (request, response) => hub.take(request, response));
    hub.server.listen(0, '127.0.0.1');
    await once(hub.server, 'listening');
    hub.port = hub.server.address().port;
    hub.agent = new Agent({ keepAlive: true, maxSockets: 16 });
    return hub;
  }

  async take(request, response) {
    let text = '';
    for await (const chunk of request) text += chunk;
    const answer = (status, body) => response
      .writeHead(status, { 'Content-Type': 'application/json' })
      .end(JSON.stringify(body));
    const target = /^\/v1\/targets\/([^/]+)\/responses$/.exec(request.url);
    if (target) {
      const status = this.statuses.shift() ?? 201;
      this.answers.push({ target: target[1], status,
        key: request.headers['idempotency-key'], body: text });
      if (status === 'cut') request.socket.destroy();
      else answer(status, status < 400 ? {} : { code: 'no', detail: 'no' });
    } else if (request.url.startsWith('/v1/inbox/checkpoint')) {
      const { ids } = JSON.parse(text);
      this.checkpoints.push(...ids);
      this.inbox = this.inbox.filter(({ id }) => !ids.includes(id));
      answer(200, { delivered: ids.length });
    } else {
      if (!this.inbox.length) {
        await new Promise((done) => { setTimeout(done, 50); });
      }
      answer(200, { items: this.inbox.map(({ id, body, headers }) =>
        ({ id, type: 'x', headers: headers ?? this.keys.headers(id, body),
          body })) });
    }
  }

  // POST to the institution's webhook; the HTTP status.
  deliver(port, body, { headers, as = 'hub', method = 'POST' } = {}) {
    return new Promise((done, failed) => {
      const request = httpsRequest({ host: 'localhost', port, method,
        path: '/hook', agent: as === 'hub' ? this.agent : undefined,
        ca: this.pki.read('ca.pem'), ...this.pki.credentials(as),
        headers: { 'content-type': 'application/json',
          'content-length': Buffer.byteLength(body), ...headers ??
            this.keys.headers(JSON.parse(body).id, body) } },
      (response) => {
        response.resume();
        response.on('end', () => done(response.statusCode));
      });
      request.on('error', failed);
      request.end(body);
    });
  }

  stop() {
    this.agent.destroy();
    this.server.close();
    this.server.closeAllConnections();
  }
}

export class Nodal {
  constructor(hub, name, ...args) {
    const { pki } = hub;
    const keyFile = pki.path(`${name}.keys`);
    this.store = pki.path(`${name}.store`);
    writeFileSync(keyFile, hub.keys.text(), { mode: 0o600 });
    this.args = ['nodal', '--store', this.store, '--keys', keyFile,
      '--hub', `https://localhost:${hub.port}`, '--cert', pki.path('bank.pem'),
      '--key', pki.path('bank.key'), '--ca', pki.path('ca.pem'), ...args];
  }

  async start() {
    this.child = spawn(process.env.FREEZELINE, this.args, {
      stdio: ['ignore', 'pipe', 'pipe'], env: { PATH: process.env.PATH } });
    this.exit = once(this.child, 'exit');
    this.log = '';
    this.child.stderr.on('data', (data) => { this.log += data; });
    let text = '';
    for await (const data of this.child.stdout) {
      text += data;
      if (text.includes('\n')) break;
    }
    this.port = Number(/port (\d+)/.exec(text)?.[1]);
    return this;
  }

  async stop(signal = 'SIGTERM') {
    this.child.kill(signal);
    return this.exit;
  }
}
