// The private PostgreSQL of a test: its roles, its rows and its files.
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** One psql that stays: a new one for each look takes longer than the test. */
class Session {
  constructor(conninfo) {
    this.process = spawn('psql', ['-X', '-q', '-t', '-A', '-d', conninfo], { stdio: ['pipe', 'pipe', 'pipe'] });
    this.text = '';
    this.complaint = '';
    this.process.stdout.setEncoding('utf8').on('data', (text) => this.take(text));
    this.process.stderr.setEncoding('utf8').on('data', (text) => { this.complaint += text; });
    this.process.on('close', () => this.settle?.(new Error(`psql ended: ${this.complaint}`)));
    this.last = Promise.resolve();
  }

  take(text) {
    this.text += text;
    const end = this.text.indexOf(`${MARK}\n`);
    if (end < 0) return;
    const found = this.text.slice(0, end).trim();
    this.text = this.text.slice(end + MARK.length + 1);
    this.settle(this.complaint === '' ? null : new Error(this.complaint), found);
    this.complaint = '';
  }

  /** One after another, in the order of the calls. */
  query(text) {
    this.last = this.last.catch(() => {}).then(() => new Promise((resolve, reject) => {
      this.settle = (error, found) => (error ? reject(error) : resolve(found));
      this.process.stdin.write(`${text};\n\\echo ${MARK}\n`);
    }));
    return this.last;
  }

  end() {
    this.settle = undefined;
    this.process.stdin.end();
  }
}

const MARK = '-- end of the rows --';

export class Database {
  constructor(directory) {
    this.directory = directory;
  }

  script(...args) {
    return execFileSync('sh', ['sql/private-server.sh', ...args], { encoding: 'utf8' }).trim();
  }

  start() {
    this.script('start', this.directory);
    this.hub = this.script('conninfo', this.directory, 'hub');
    this.owner = this.script('conninfo', this.directory, 'owner');
    const secret = /^admin_password=(.*)$/m.exec(readFileSync(join(this.directory, 'pg.env'), 'utf8'))[1];
    this.admin = this.owner.replace('user=freezeline_owner', 'user=freezeline_admin')
      .replace(/password=\S+/, `password=${secret}`);
  }

  destroy() {
    this.session?.end();
    this.script('destroy', this.directory);
  }

  /** Stop the server as a fault would; its socket's directory stays. */
  async halt() {
    const pidFile = join(this.files(), 'postmaster.pid');
    process.kill(Number(readFileSync(pidFile, 'utf8').split('\n')[0]), 'SIGINT');
    while (existsSync(pidFile)) await new Promise((done) => { setTimeout(done, 20); });
  }

  resume() {
    this.script('start', this.directory);
  }

  /** Where its files lie. */
  files() {
    return realpathSync(join(this.directory, 'pg'));
  }

  /** What psql prints; throws with what it says. */
  sql(text, role = 'owner') {
    return execFileSync('psql',
      ['-X', '-q', '-t', '-A', '-v', 'ON_ERROR_STOP=1', '-d', this[role], '-c', text],
      { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }).trim();
  }

  /** All rows, as objects. */
  async rows(query) {
    this.session ??= new Session(this.owner);
    return JSON.parse(await this.session.query(`SELECT coalesce(json_agg(x), '[]') FROM (${query}) AS x`));
  }

  /** The only column of the only row. */
  async value(query) {
    const [row] = await this.rows(query);
    return row === undefined ? undefined : Object.values(row)[0];
  }

  /** How many rows each table has that a call could have left behind. */
  async counts() {
    const tables = ['case_file', 'disputed_txn', 'freeze_request', 'target', 'response', 'lead',
      'external_ref', 'idempotency', 'event', 'event_value', 'message', 'outbox', 'institution',
      'principal', 'certificate', 'endpoint'];
    const rows = await this.rows(tables.map((table) =>
      `SELECT '${table}' AS name, count(*) AS rows FROM ${table}`).join(' UNION ALL '));
    return Object.fromEntries(rows.map(({ name, rows: count }) => [name, count]));
  }

  /** Which of the needles stand in the server's files, its log among them. */
  search(needles) {
    this.sql('CHECKPOINT', 'admin');
    return grep(this.directory, this.files(), needles);
  }
}

/** Which of the needles stand in the files below `folder`. */
function grep(directory, folder, needles) {
  const patterns = join(directory, 'needles');
  writeFileSync(patterns, `${needles.join('\n')}\n`);
  try {
    const found = execFileSync('grep', ['-raFo', '--no-messages', '-f', patterns, folder],
      { encoding: 'utf8', env: { ...process.env, LC_ALL: 'C' }, maxBuffer: 64 * 1024 * 1024 });
    return [...new Set(found.trim().split('\n'))];
  } catch (error) {
    if (error.status === 1) return [];
    throw error;
  }
}
