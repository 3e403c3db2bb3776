// Baselines in the database alone: a private PostgreSQL (sql/private-server.sh)
// and pgbench on it.
//
//   const postgres = await bench.once('postgres', () => startPostgres());
//   await postgres.sql('owner', 'CREATE TABLE …');
//   const { rate, p99_ms, cpu_seconds } = await postgres.pgbench({
//     script: 'SELECT post_case();', clients: 16, seconds: bench.seconds });
import { execFile } from 'node:child_process';
import { appendFileSync, mkdtempSync, readFileSync, readdirSync, rmSync,
  writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { untilQuiet } from './quiet.mjs';

const run = promisify(execFile);
const PG = new URL('../../sql/private-server.sh', import.meta.url).pathname;
const TICKS = 100; // USER_HZ: proc(5) counts in it on every Linux

// pgbench of 64 clients beside the hub's own connections, and no checkpoint
// that hits one side only.
const SETTINGS = `max_connections = 120
shared_buffers = 512MB
max_wal_size = 8GB
checkpoint_timeout = 30min
`;

// Seconds of processor time of a process, the children it has waited for and
// all below it (fields 14 to 17 of /proc/PID/stat).
export function cpuSeconds(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const own = fields.slice(11, 15).reduce((sum, n) => sum + Number(n), 0);
    return readFileSync(`/proc/${pid}/task/${pid}/children`, 'latin1')
      .split(' ').filter(Boolean)
      .reduce((sum, child) => sum + cpuSeconds(child), own / TICKS);
  } catch {
    return 0; // gone meanwhile
  }
}

// "host=… dbname=…" as the variables that libpq reads: an argument would
// show the password in the list of processes.
function variables(conninfo) {
  const names = { host: 'PGHOST', dbname: 'PGDATABASE', user: 'PGUSER',
    password: 'PGPASSWORD' };
  return Object.fromEntries(conninfo.trim().split(' ')
    .map((pair) => pair.split(/=(.*)/s))
    .map(([name, value]) => [names[name], value]));
}

// Milliseconds of each transaction, from pgbench's log files.
function latencies(directory) {
  return readdirSync(directory).filter((name) => name.startsWith('log.'))
    .flatMap((name) => readFileSync(join(directory, name), 'latin1')
      .split('\n').filter(Boolean)
      .map((line) => Number(line.split(' ')[2]) / 1000))
    .sort((a, b) => a - b);
}

const quantile = (sorted, share) =>
  sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];

class Postgres {
  constructor(directory) {
    this.directory = directory;
  }

  async command(name, ...more) {
    return (await run('sh', [PG, name, this.directory, ...more])).stdout;
  }

  async start() {
    await this.command('start');
    this.pid = Number(readFileSync(join(this.directory, 'pg/postmaster.pid'),
      'latin1').split('\n')[0]);
  }

  // role: 'hub' or 'owner'.
  async conninfo(role) {
    return (await this.command('conninfo', role)).trim();
  }

  async environment(role, database) {
    const own = variables(await this.conninfo(role));
    return { ...process.env, ...own, PGDATABASE: database ?? own.PGDATABASE };
  }

  async sql(role, text, database) {
    const { stdout } = await run('psql', ['-X', '-q', '-At', '-v',
      'ON_ERROR_STOP=1', '-c', text],
    { env: await this.environment(role, database), maxBuffer: Infinity });
    return stdout;
  }

  // `script` runs over and over, for `seconds` or as many `transactions` of
  // each client; `define`: { name: value } for its :name.  Throws where a
  // transaction failed.
  async pgbench({ script, clients, seconds, transactions, role = 'hub',
    database, define = {} }) {
    const directory = mkdtempSync(join(tmpdir(), 'pgbench-'));
    const file = join(directory, 'script.sql');
    writeFileSync(file, script);
    const words = ['-n', '-M', 'prepared', '-c', `${clients}`, '-j',
      `${Math.min(clients, 2)}`, ...transactions === undefined
        ? ['-T', `${Math.ceil(seconds)}`] : ['-t', `${transactions}`],
      '-f', file, '--log', '--log-prefix',
      join(directory, 'log'),
      ...Object.entries(define).flatMap(([k, v]) => ['-D', `${k}=${v}`])];
    try {
      await untilQuiet();
      const before = cpuSeconds(this.pid);
      const { stdout } = await run('pgbench', words,
        { env: await this.environment(role, database) });
      const cpu_seconds = cpuSeconds(this.pid) - before;
      const failed = /failed transactions: (\d+)/.exec(stdout)?.[1];
      const rate = Number(/tps = ([\d.]+) \(without/.exec(stdout)?.[1]);
      if (failed !== '0' || !(rate > 0)) throw new Error(`pgbench: ${stdout}`);
      const sorted = latencies(directory);
      return {
        requests: sorted.length,
        rate,
        p50_ms: quantile(sorted, 0.5),
        p99_ms: quantile(sorted, 0.99),
        cpu_seconds,
      };
    } finally {
      rmSync(directory, { recursive: true, force: true });
    }
  }

  async stop() {
    await this.command('destroy');
    rmSync(this.directory, { recursive: true, force: true });
  }
}

// A fresh server, in a directory that is removed with it; `settings` are lines
// of postgresql.conf.
export async function startPostgres({
  directory = mkdtempSync(join(tmpdir(), 'bench-pg-')), settings = SETTINGS,
} = {}) {
  const postgres = new Postgres(directory);
  try {
    await postgres.start();
    appendFileSync(join(postgres.directory, 'pg/postgresql.conf'), settings);
    await postgres.command('stop');
    await postgres.start();
  } catch (error) {
    await postgres.stop();
    throw error;
  }
  return postgres;
}
