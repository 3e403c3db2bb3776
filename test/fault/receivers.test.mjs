// The receiver samples, each against the hub's dispatcher and against forgers.
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { createHmac, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { request } from 'node:https';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';

import { Dispatcher, sql, until } from '../support/dispatcher.mjs';
import { Pki } from '../support/pki.mjs';

const SAMPLES = 'adapters/receivers';
const LINES = 60;
const code = (name) => readFileSync(join(SAMPLES, name), 'utf8');

let pki;
let hub;
let directory;
const children = [];

before(async () => {
  pki = new Pki();
  directory = pki.path('receivers');
  mkdirSync(directory);
  pki.issue('server', { purpose: 'serverAuth' });
  pki.issue('hub');
  execFileSync(process.env.FREEZELINE, ['keyring', 'create', pki.path('keyring')]);
  hub = await Dispatcher.start([pki.path('keyring'), pki.path('hub.pem'),
    pki.path('hub.key'), pki.path('ca.pem')], { isFresh: true });
  await hub.say('start');
});
after(async () => {
  await hub.end();
  for (const child of children.toReversed()) {
    const ended = once(child, 'exit');
    child.kill('SIGTERM');
    await ended;
  }
  pki.remove();
});

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

// Until something listens there.
async function isListening(at) {
  for (let i = 0; i < 600; i++) {
    const socket = connect(at);
    const isOpen = await new Promise((resolve) => {
      socket.on('connect', () => resolve(true)).on('error', () => resolve(false));
    });
    socket.destroy();
    if (isOpen) return;
    await new Promise((resolve) => { setTimeout(resolve, 50); });
  }
  throw new Error(`nothing listens at ${JSON.stringify(at)}`);
}

function run(program, args, env, log) {
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env.PATH, HOME: directory, ...env } });
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (text) => log.push(String(text)));
  }
  children.push(child);
  return child;
}

// A web server that ends mutual TLS for those that do not.
function nginx(name, port, location, log) {
  const file = join(directory, `${name}.conf`);
  writeFileSync(file, `daemon off; master_process off; pid ${directory}/${name}.pid;
error_log stderr; events {} http { access_log off;
client_body_temp_path ${directory}/${name}.body; proxy_temp_path ${directory}/${name}.proxy;
fastcgi_temp_path ${directory}/${name}.fcgi; uwsgi_temp_path ${directory}/${name}.uwsgi;
scgi_temp_path ${directory}/${name}.scgi;
server { listen 127.0.0.1:${port} ssl; ssl_certificate ${pki.path('server.pem')};
ssl_certificate_key ${pki.path('server.key')}; ssl_client_certificate ${pki.path('ca.pem')};
ssl_verify_client on; location / { ${location} } } }`);
  run('/usr/sbin/nginx', ['-c', file, '-p', directory, '-e', 'stderr'], {}, log);
}

const node = async (env, log) => run(process.execPath, [join(SAMPLES, 'receiver.mjs')], env, log);
const python = async (env, log) => run('/usr/bin/python3', [join(SAMPLES, 'receiver.py')], env, log);
async function go(env, log) {
  const built = join(directory, 'receiver_go');
  execFileSync('go', ['build', '-o', built, join(SAMPLES, 'receiver.go')],
    { env: { PATH: process.env.PATH, HOME: directory, GO111MODULE: 'off', GOCACHE: join(directory, 'go') } });
  run(built, [], env, log);
}
async function java(env, log) {
  const p12 = join(directory, 'server.p12');
  execFileSync('openssl', ['pkcs12', '-export', '-in', pki.path('server.pem'),
    '-inkey', pki.path('server.key'), '-out', p12, '-passout', 'pass:secret']);
  run('java', [join(SAMPLES, 'Receiver.java')], { ...env, P12: p12, PASSWORD: 'secret' }, log);
}
async function php(env, log) {
  const inner = await freePort();
  run('php', ['-S', `127.0.0.1:${inner}`, join(SAMPLES, 'receiver.php')], env, log);
  await isListening({ port: inner, host: '127.0.0.1' });
  nginx('php', env.PORT, `proxy_pass http://127.0.0.1:${inner};`, log);
}
async function c(env, log) {
  const built = join(directory, 'receiver_c');
  const socket = join(directory, 'fcgi.socket');
  execFileSync('gcc', ['-Wall', '-Wextra', '-Werror', '-o', built, join(SAMPLES, 'receiver.c'), '-lcrypto']);
  run('/usr/sbin/fcgiwrap', ['-f', '-s', `unix:${socket}`], {}, log);
  await isListening({ path: socket });
  nginx('c', env.PORT, `include /etc/nginx/fastcgi_params; fastcgi_param SCRIPT_FILENAME ${built};
    fastcgi_param SECRET ${env.SECRET}; fastcgi_param STORE ${env.STORE};
    fastcgi_pass unix:${socket};`, log);
}

// A delivery as the hub would make it, but for what is asked.
function deliver(port, secret, { id, at, body, signatures, certificate = 'hub' }) {
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  const good = `v1,${createHmac('sha256', key).update(`${id}.${at}.${body}`).digest('base64')}`;
  const tls = certificate === null ? {} : pki.credentials(certificate);
  return new Promise((resolve) => {
    const call = request({ host: 'localhost', port, method: 'POST', path: '/hook', agent: false,
      ca: pki.read('ca.pem'), ...tls,
      headers: { 'content-type': 'application/json', 'webhook-id': id, 'webhook-timestamp': at,
        'webhook-signature': signatures?.(good) ?? good } },
    (response) => {
      response.resume();
      response.on('end', () => resolve(response.statusCode));
    });
    call.on('error', () => resolve('no answer'));
    call.end(body);
  });
}

const now = () => Math.floor(Date.now() / 1000);
const newId = () => `msg_${randomBytes(13).toString('hex')}`;
const BODY = '{"type":"freeze.requested","note":"₹ 5,000"}';

const forgeries = {
  'a body that was changed': () => ({ signatures: (good) => good.replace(/^v1,./, (two) => (two === 'v1,A' ? 'v1,B' : 'v1,A')) }),
  'a time six minutes ago': () => ({ at: String(now() - 360) }),
  'a time six minutes ahead': () => ({ at: String(now() + 360) }),
  'a time that is no number': () => ({ at: 'now' }),
  'no signature': () => ({ signatures: () => '' }),
  'half a signature': () => ({ signatures: (good) => good.slice(0, 20) }),
  'a signature of another sort': () => ({ signatures: (good) => good.replace('v1,', 'v1a,') }),
  'an id that leaves the folder': () => ({ id: '../../../msg_0123456789abcdefgh' }),
};

const receivers = { 'receiver.mjs': node, 'receiver.py': python, 'receiver.go': go,
  'Receiver.java': java, 'receiver.php': php, 'receiver.c': c };

for (const [name, start] of Object.entries(receivers)) {
  describe(name, () => {
    const log = [];
    let port;
    let end;
    let store;
    const kept = () => readdirSync(store).filter((file) => !/^\./.test(file)).sort();
    before(async () => {
      port = await freePort();
      store = join(directory, `store ${name}`.replaceAll(' ', '_'));
      mkdirSync(store);
      end = await hub.endpoint(`https://localhost:${port}/hook`);
      await start({ PORT: String(port), CERT: pki.path('server.pem'), KEY: pki.path('server.key'),
        CA: pki.path('ca.pem'), SECRET: end.secret, STORE: store }, log);
      await isListening({ port, host: '127.0.0.1' });
    });
    const attempts = () => sql(`SELECT status FROM attempt WHERE endpoint_no = ${end.endpoint}`).flat();

    it('takes what the hub delivers, byte for byte', async () => {
      await hub.messages(end, 3);
      await until(`three came\n${log.join('')}`, () => kept().length === 3);
      await until('they are recorded', () => attempts().length === 3);
      assert.deepEqual(attempts(), ['204', '204', '204']);
      const bodies = kept().map((file) => readFileSync(join(store, file), 'utf8'));
      assert.deepEqual(bodies.map((text) => JSON.parse(text).n).sort(), [0, 1, 2]);
      assert.ok(bodies.every((text) => text.length >= 300 && !text.endsWith('\n')));
    });
    it('takes a repeated delivery and keeps it once', async () => {
      const before = kept().map((file) => statSync(join(store, file)).mtimeMs);
      sql(`INSERT INTO outbox (seq, endpoint_no, shard, priority, message_id, message_at, created_at, escalate_at)
        SELECT seq, endpoint_no, endpoint_no % 64, 0, message_id, created_at, created_at, created_at + interval '1 hour'
          FROM message WHERE endpoint_no = ${end.endpoint}`);
      await hub.say('wake');
      await until('three came again', () => attempts().length === 6);
      assert.deepEqual(new Set(attempts()), new Set(['204']));
      assert.deepEqual(kept().map((file) => statSync(join(store, file)).mtimeMs), before);
    });
    it('takes any of several signatures', async () => {
      const id = newId();
      const status = await deliver(port, end.secret, { id, at: String(now()), body: BODY,
        signatures: (good) => `v1a,AAAA ${good.replace(/v1,./, 'v1,!')} ${good} v2,x` });
      assert.equal(status, 204, log.join(''));
      assert.equal(readFileSync(join(store, `${id}.json`), 'utf8'), BODY);
    });
    for (const [what, forge] of Object.entries(forgeries)) {
      it(`refuses ${what}`, async () => {
        const before = kept();
        const forged = { id: newId(), at: String(now()), body: BODY, ...forge() };
        const status = await deliver(port, end.secret, forged);
        assert.equal(status, 401, log.join(''));
        assert.deepEqual(kept(), before);
      });
    }
    it('refuses what another secret signed', async () => {
      const before = kept();
      const status = await deliver(port, `whsec_${randomBytes(32).toString('base64')}`,
        { id: newId(), at: String(now()), body: BODY });
      assert.equal(status, 401);
      assert.deepEqual(kept(), before);
    });
    it('takes nothing from a stranger without a certificate', async () => {
      const before = kept();
      const status = await deliver(port, end.secret,
        { id: newId(), at: String(now()), body: BODY, certificate: null });
      // nginx says so in HTTP, the others in the handshake.
      assert.ok(status === 'no answer' || status === 400, `${status}`);
      assert.deepEqual(kept(), before);
    });
    it('leaves no draft behind', () => {
      assert.ok(kept().every((file) => /^msg_[0-9a-z]{26}\.json$/.test(file)), `${kept()}`);
    });
    it(`is no longer than ${LINES} lines of code`, () => {
      const lines = code(name).split('\n').filter((line) =>
        !/^\s*($|\/\/|\/\*|\*|#include|import |"""|"[a-z0-9/]+"$)/.test(line));
      assert.ok(lines.length <= LINES, `${lines.length} lines`);
    });
  });
}
