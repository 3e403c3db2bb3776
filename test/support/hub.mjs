// A whole hub for the tests: a private PostgreSQL, a development PKI, one or
// more `freezeline serve` processes, the example registry, and the people of
// it.
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Database } from './database.mjs';
import { Person } from './person.mjs';

export { Person };

export const FREEZELINE = process.env.FREEZELINE ?? 'build/debug/freezeline';

export const read = (path) => JSON.parse(readFileSync(path, 'utf8'));

const REGISTRY = read('docs/examples/registry.json');

/** One `freezeline serve`.  After start() its ports are known; it may be
 * killed and started again. */
export class Hub {
  constructor(world, settings = {}) {
    this.world = world;
    this.settings = settings;
    this.log = '';
  }

  async start() {
    const file = join(this.world.directory, `hub-${this.settings.name ?? 'a'}.ini`);
    writeFileSync(file, this.world.ini(this.settings), { mode: 0o600 });
    const child = spawn(FREEZELINE, ['serve', '--config', file], { stdio: ['ignore', 'pipe', 'pipe'] });
    this.process = child;
    child.stderr.setEncoding('utf8');
    child.stderr.on('data', (text) => { this.log += text; });
    // Closed: its last words have been read as well.
    this.ended = new Promise((resolve) => {
      child.on('close', (code, signal) => resolve({ code, signal }));
    });
    [this.port, this.adminPort] = await new Promise((resolve, reject) => {
      createInterface({ input: child.stdout }).on('line', (line) => {
        const match = /^listening port=(\d+) admin_port=(\d+)$/.exec(line);
        if (match) resolve(match.slice(1).map(Number));
        else this.log += `${line}\n`;
      });
      this.ended.then(({ code, signal }) =>
        reject(new Error(`the hub ended (${code ?? signal}):\n${this.log.slice(-4000)}`)));
    });
    return this;
  }

  /** GET of the admin listener: {status, text}. */
  admin(path) {
    return new Promise((resolve, reject) => {
      const call = request({ host: '127.0.0.1', port: this.adminPort, path, agent: false }, (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (more) => { text += more; });
        response.on('end', () => resolve({ status: response.statusCode, text }));
      });
      call.on('error', reject);
      call.end();
    });
  }

  /** The sum of a metric over all its labels. */
  async metric(name) {
    const { text } = await this.admin('/metrics');
    const lines = text.split('\n').filter((line) => line.split(/[ {]/)[0] === name);
    if (lines.length === 0) throw new Error(`no metric ${name}`);
    return lines.reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(' ') + 1)), 0);
  }

  get isRunning() {
    return this.process !== undefined && this.process.exitCode === null && this.process.signalCode === null;
  }

  signal(name) {
    this.process.kill(name);
  }

  /** {code, signal} of the end that it comes to by itself. */
  async stop() {
    if (this.isRunning) this.process.kill('SIGTERM');
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
    this.database = new Database(this.directory);
  }

  /** {status, stdout, stderr} */
  run(...args) {
    return spawnSync(FREEZELINE, args, { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
  }

  /** The output; throws with the complaint. */
  freezeline(...args) {
    const { status, stdout, stderr } = this.run(...args);
    if (status !== 0) throw new Error(`freezeline ${args[0]}: ${status}\n${stderr}`);
    return stdout;
  }

  /** Everything but the hub.  `more`: names of further certificates. */
  prepare(more = []) {
    const people = REGISTRY.institutions.flatMap(({ principals = [] }) =>
      principals.map(({ certificate }) => certificate.slice(1, -4)));
    const others = ['admin-1', 'admin-2', 'stranger', ...more];
    this.database.start();
    this.certificates([...others, ...people.map((name) =>
      (name.endsWith('.service') ? `${name}:both` : name))]);
    this.freezeline('keyring', 'create', this.path('keyring'));
    this.freezeline('migrate', '--owner_database', this.database.owner,
      '--database', this.database.hub, '--keyring_file', this.path('keyring'),
      '--first-admins', join(this.pki, 'admin-1.pem'), join(this.pki, 'admin-2.pem'));
    for (const name of [...others, ...people]) this.people[name] = new Person(this.pki, name);
  }

  /** The PKI is made once and copied: a process for each certificate takes
   * longer than most tests. */
  certificates(names) {
    const kept = 'build/test-pki';
    mkdirSync(kept, { recursive: true });
    execFileSync('flock', [`${kept}.lock`, 'sh', '-c',
      'find "$0" -name ca.pem -mtime +6 | grep -q . && rm -r "$0"; exec sh certs/make-dev-pki.sh "$0" "$@"',
      kept, ...names],
    { env: { ...process.env, FREEZELINE }, stdio: ['ignore', 'ignore', 'inherit'] });
    cpSync(kept, this.pki, { recursive: true });
  }

  path(name) {
    return join(this.directory, name);
  }

  pem(name) {
    return readFileSync(join(this.pki, `${name}.pem`), 'utf8');
  }

  ini({ name, ...settings }) {
    const pki = (file) => join(this.pki, file);
    const all = {
      listen_port: 0,
      admin_port: 0,
      certificate_file: pki('server.pem'),
      key_file: pki('server.key'),
      client_ca_file: pki('ca.pem'),
      crl_file: pki('crl.pem'),
      keyring_file: this.path('keyring'),
      database: this.database.hub,
      hub_certificate_file: pki('hub-client.pem'),
      hub_key_file: pki('hub-client.key'),
      receiver_ca_file: pki('ca.pem'),
      registry_delay_seconds: 0,
      velocity_percent: 100000, // many cases of few people in a minute
      allow_private_receivers: true,
      shutdown_seconds: 5,
      ...settings,
    };
    return Object.entries(all).map(([key, value]) => `${key} = ${value}\n`).join('');
  }

  /** Start one more; `settings.name` tells it from the others. */
  async hub(settings = {}) {
    const hub = new Hub(this, settings);
    this.hubs.push(hub);
    return hub.start();
  }

  /** Register the example institutions; `url(slug)` gives a webhook's URL, or
   * nothing for an inbox; `more(slug)` further members of its endpoint. */
  async register(hub, url = () => undefined, more = () => ({})) {
    this.institutions = {};
    for (const one of REGISTRY.institutions) {
      const body = structuredClone(one);
      for (const principal of body.principals ?? [])
        principal.certificate = this.pem(principal.certificate.slice(1, -4));
      body.endpoint = url(one.slug) === undefined ? { kind: 'inbox' }
        : { kind: 'webhook', url: url(one.slug), allow_private: true, ...more(one.slug) };
      const made = await this.person('admin-1').post(hub, '/v1/institutions', body);
      if (made.status !== 201) throw new Error(`${one.slug}: ${made.text}`);
      await this.confirm(hub, 'institutions', made.body.id);
      this.institutions[one.slug] = made.body;
    }
    for (const each of this.hubs) await this.knows(each, 'payments_audit.auditor');
  }

  async confirm(hub, what, id) {
    const confirmed = await this.person('admin-2').post(hub, `/v1/${what}/${id}/confirmation`);
    if (confirmed.status !== 200) throw new Error(`${what} ${id}: ${confirmed.text}`);
  }

  /** Until a hub's view of the registry has somebody. */
  knows(hub, name) {
    return until(async () => (await this.person(name).get(hub, '/v1/me')).status === 200);
  }

  /** "kl_kochi_cyber.officer" */
  person(name) {
    if (this.people[name] === undefined) throw new Error(`nobody is called ${name}`);
    return this.people[name];
  }

  /** What all hubs have logged. */
  get log() {
    return this.hubs.map(({ log }) => log).join('');
  }

  /** "31 proofs hold", or what `freezeline check --integrity` found. */
  integrity() {
    const { stdout, stderr } = this.run('check', '--integrity', '--json',
      '--config', this.path(`hub-${this.hubs[0].settings.name ?? 'a'}.ini`));
    if (!stdout.startsWith('{')) return stderr;
    const { findings } = JSON.parse(stdout);
    const found = findings.filter(({ grade, what }) => grade === 'problem' || what.startsWith('integrity: '));
    return found.map(({ what }) => what.replace('integrity: ', '')).join('; ');
  }

  /** Stop and remove all; throws where a hub did not end well, or left rows
   * behind that do not fit together. */
  async remove() {
    const bad = [];
    const proofs = this.hubs.length > 0 ? this.integrity() : 'none';
    if (!/^(\d+ proofs hold|none)$/.test(proofs)) bad.push(`integrity: ${proofs}`);
    for (const hub of this.hubs) {
      const { code, signal } = await hub.stop();
      const isMeant = code === 0 || signal === 'SIGKILL';
      if (!isMeant || /AddressSanitizer|LeakSanitizer|runtime error:/.test(hub.log))
        bad.push(`hub ${hub.settings.name ?? 'a'} ended with ${code ?? signal}:\n${hub.log.slice(-6000)}`);
    }
    for (const person of Object.values(this.people)) person.close();
    this.database.destroy();
    rmSync(this.directory, { recursive: true, force: true });
    if (bad.length > 0) throw new Error(bad.join('\n'));
  }
}

/** Ask until `check` gives something true, and give that; throws where it
 * never does. */
export async function until(check, { milliseconds = 15_000, every = 25, what = 'it' } = {}) {
  const end = Date.now() + milliseconds;
  for (;;) {
    const found = await check();
    if (found) return found;
    if (Date.now() > end) throw new Error(`${what} did not happen in ${milliseconds} ms`);
    await new Promise((resolve) => { setTimeout(resolve, every); });
  }
}
