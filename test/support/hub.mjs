// A whole hub for the tests: a private PostgreSQL, a development PKI, one or
// more `freezeline serve` processes, the example registry, and people who
// call it with their certificates.
import { execFileSync, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { Agent, request as httpsRequest } from 'node:https';
import { request as httpRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { faults } from './schema.mjs';

export const FREEZELINE = process.env.FREEZELINE ?? 'build/debug/freezeline';

export const read = (path) => JSON.parse(readFileSync(path, 'utf8'));

/** A case of docs/examples, by its letter's file name. */
export const example = (name) => read(`docs/examples/${name}.json`);

const REGISTRY = read('docs/examples/registry.json');

/** One person or machine with a certificate. */
export class Person {
  constructor(directory, name) {
    this.name = name;
    this.files = {
      ca: join(directory, 'ca.pem'),
      cert: join(directory, `${name}.pem`),
      key: join(directory, `${name}.key`),
    };
    this.tls = {
      ca: readFileSync(this.files.ca),
      cert: readFileSync(this.files.cert),
      key: readFileSync(this.files.key),
    };
    this.agent = new Agent({ ...this.tls, keepAlive: true, maxSockets: 64 });
  }

  /** {status, headers, body (parsed where it is JSON), text}. */
  call(hub, method, path, { body, headers = {}, key, agent } = {}) {
    const text = body === undefined ? undefined
      : typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body);
    const all = { ...headers };
    if (text !== undefined) {
      all['content-type'] ??= 'application/json';
      all['content-length'] = Buffer.byteLength(text);
    }
    if (key !== null && method === 'POST') all['idempotency-key'] ??= key ?? randomUUID();
    return new Promise((resolve, reject) => {
      const call = httpsRequest(
        { host: 'localhost', port: hub.port, method, path, headers: all, agent: agent ?? this.agent },
        (response) => {
          const chunks = [];
          response.on('data', (chunk) => chunks.push(chunk));
          response.on('error', reject);
          response.on('end', () => {
            const raw = Buffer.concat(chunks).toString('utf8');
            const isJson = /json/.test(response.headers['content-type'] ?? '');
            const body = isJson && raw !== '' ? JSON.parse(raw) : undefined;
            const wrong = faults(method, path, response.statusCode, response.headers['content-type'], body);
            if (wrong.length > 0) {
              reject(new Error(`${wrong.join('\n')}\n${raw.slice(0, 2000)}`));
              return;
            }
            resolve({ status: response.statusCode, headers: response.headers, text: raw, body });
          });
        },
      );
      call.on('error', reject);
      if (text !== undefined) call.write(text);
      call.end();
    });
  }

  get(hub, path, options) {
    return this.call(hub, 'GET', path, options);
  }

  post(hub, path, body, options) {
    return this.call(hub, 'POST', path, { body, ...options });
  }

  close() {
    this.agent.destroy();
  }
}

/** One `freezeline serve`. */
export class Hub {
  constructor(world, settings = {}) {
    this.world = world;
    this.settings = settings;
    this.log = '';
  }

  async start() {
    const file = join(this.world.directory, `hub-${this.settings.name ?? 'a'}.ini`);
    writeFileSync(file, this.world.ini(this.settings), { mode: 0o600 });
    this.process = spawn(FREEZELINE, ['serve', '--config', file], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.process.stderr.setEncoding('utf8');
    this.process.stderr.on('data', (text) => { this.log += text; });
    this.ended = new Promise((resolve) => {
      this.process.on('exit', (code, signal) => resolve({ code, signal }));
    });
    const lines = createInterface({ input: this.process.stdout });
    const ports = await new Promise((resolve, reject) => {
      lines.on('line', (line) => {
        const match = /^listening port=(\d+) admin_port=(\d+)$/.exec(line);
        if (match) resolve(match.slice(1).map(Number));
      });
      this.ended.then(({ code, signal }) =>
        reject(new Error(`the hub ended (${code ?? signal}):\n${this.log}`)));
    });
    [this.port, this.adminPort] = ports;
    return this;
  }

  /** GET of the admin listener. */
  admin(path) {
    return new Promise((resolve, reject) => {
      const call = httpRequest(
        { host: '127.0.0.1', port: this.adminPort, path },
        (response) => {
          let text = '';
          response.setEncoding('utf8');
          response.on('data', (more) => { text += more; });
          response.on('end', () => resolve({ status: response.statusCode, text }));
        },
      );
      call.on('error', reject);
      call.end();
    });
  }

  signal(name) {
    this.process.kill(name);
  }

  async stop() {
    if (this.process.exitCode === null && this.process.signalCode === null)
      this.process.kill('SIGTERM');
    return this.ended;
  }

  async kill() {
    this.process.kill('SIGKILL');
    return this.ended;
  }
}

/** The surroundings of hubs. */
export class World {
  constructor() {
    this.directory = mkdtempSync(join(tmpdir(), 'freezeline-'));
    this.pki = join(this.directory, 'pki');
    this.people = {};
    this.hubs = [];
  }

  freezeline(...args) {
    return execFileSync(FREEZELINE, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  }

  pg(...args) {
    return execFileSync('sh', ['sql/private-server.sh', ...args], { encoding: 'utf8' }).trim();
  }

  /** Everything but the hub. */
  prepare() {
    this.pg('start', this.directory);
    this.database = this.pg('conninfo', this.directory, 'hub');
    this.owner = this.pg('conninfo', this.directory, 'owner');
    const names = REGISTRY.institutions.flatMap((one) =>
      (one.principals ?? []).map(({ certificate }) => certificate.slice(1, -4)));
    execFileSync('sh', ['certs/make-dev-pki.sh', this.pki, 'admin-1', 'admin-2', 'stranger',
      ...names.map((name) => `${name}:both`)],
    { env: { ...process.env, FREEZELINE }, stdio: ['ignore', 'ignore', 'inherit'] });
    this.freezeline('migrate', '--owner_database', this.owner, '--database', this.database,
      '--keyring_file', join(this.directory, 'keyring'), '--first-admins',
      join(this.pki, 'admin-1.pem'), join(this.pki, 'admin-2.pem'));
    for (const name of ['admin-1', 'admin-2', 'stranger', ...names])
      this.people[name] = new Person(this.pki, name);
  }

  ini(settings) {
    const pki = (name) => join(this.pki, name);
    const all = {
      listen_port: 0,
      admin_port: 0,
      certificate_file: pki('server.pem'),
      key_file: pki('server.key'),
      client_ca_file: pki('ca.pem'),
      crl_file: pki('crl.pem'),
      keyring_file: join(this.directory, 'keyring'),
      database: this.database,
      hub_certificate_file: pki('hub-client.pem'),
      hub_key_file: pki('hub-client.key'),
      receiver_ca_file: pki('ca.pem'),
      registry_delay_seconds: 0,
      allow_private_receivers: true,
      shutdown_seconds: 5,
      ...settings,
    };
    delete all.name;
    return Object.entries(all).map(([name, value]) => `${name} = ${value}\n`).join('');
  }

  async hub(settings) {
    const hub = await new Hub(this, settings).start();
    this.hubs.push(hub);
    return hub;
  }

  /** Register the example institutions; `url(slug)` gives a webhook's URL or
   * nothing for an inbox. */
  async register(hub, url = () => undefined) {
    this.institutions = {};
    for (const one of REGISTRY.institutions) {
      const body = structuredClone(one);
      for (const principal of body.principals ?? [])
        principal.certificate = readFileSync(join(this.pki, principal.certificate.slice(1)), 'utf8');
      const webhook = url(one.slug);
      body.endpoint = webhook === undefined ? { kind: 'inbox' }
        : { kind: 'webhook', url: webhook, allow_private: true };
      const made = await this.people['admin-1'].post(hub, '/v1/institutions', body);
      if (made.status !== 201) throw new Error(`${one.slug}: ${made.text}`);
      const confirmed = await this.people['admin-2'].post(
        hub, `/v1/institutions/${made.body.id}/confirmation`);
      if (confirmed.status !== 200) throw new Error(`${one.slug}: ${confirmed.text}`);
      this.institutions[one.slug] = made.body;
    }
  }

  /** "kl_kochi_cyber.officer" */
  person(name) {
    return this.people[name];
  }

  sql(text, role = 'owner') {
    const conninfo = role === 'owner' ? this.owner : this.database;
    return execFileSync('psql', ['-X', '-q', '-t', '-A', '-v', 'ON_ERROR_STOP=1', '-d', conninfo, '-c', text],
      { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }).trim();
  }

  async remove() {
    for (const hub of this.hubs) await hub.stop();
    for (const person of Object.values(this.people)) person.close();
    this.pg('destroy', this.directory);
    rmSync(this.directory, { recursive: true, force: true });
  }
}

/** Ask until `check` gives something true; the last word where it never does. */
export async function until(check, { milliseconds = 15_000, every = 50 } = {}) {
  const end = Date.now() + milliseconds;
  for (;;) {
    const found = await check();
    if (found) return found;
    if (Date.now() > end) throw new Error('it did not happen in time');
    await new Promise((resolve) => setTimeout(resolve, every));
  }
}
