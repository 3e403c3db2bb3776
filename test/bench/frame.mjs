// What gates share: aims, servers that start once, and the load generator.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

import { Pki } from '../support/pki.mjs';
import { untilQuiet } from './quiet.mjs';

const run = promisify(execFile);

export const atLeast = (number) => ({
  text: `>=${number}`,
  isMet: (ratio) => ratio >= number,
});

export const atMost = (number) => ({
  text: `<=${number}`,
  isMet: (ratio) => ratio <= number,
});

// Printed and judged by nobody.
export const noAim = { text: 'none', isMet: () => true };

// Numbers that a run of the generator may use: no two runs share any.
const NUMBERS = 1_000_000;

export class Bench {
  constructor(seconds) {
    this.seconds = seconds;
    this.started = new Map();
    this.runs = 0;
    this.begin(0);
  }

  begin(round) {
    this.round = round;
    this.measured = new Map();
  }

  // What `measure` resolves to, measured once in each round: several gates
  // look at the same run.
  inRound(name, measure) {
    if (!this.measured.has(name)) this.measured.set(name, measure());
    return this.measured.get(name);
  }

  // What `start` resolves to, started at the first call for `name` and, if it
  // has a function `stop`, stopped at the end, the last one first.
  once(name, start) {
    if (!this.started.has(name)) this.started.set(name, start(this));
    return this.started.get(name);
  }

  async stop() {
    for (const thing of [...this.started.values()].reverse()) {
      try {
        await (await thing).stop?.();
      } catch (error) {
        console.error(error.message);
      }
    }
  }

  // Both sides of one measurement, each round in the other order.
  async pair(ours, theirs) {
    const isTurned = this.round % 2 === 1;
    const first = await (isTurned ? theirs : ours)();
    const second = await (isTurned ? ours : theirs)();
    return isTurned
      ? { ours: second, theirs: first }
      : { ours: first, theirs: second };
  }

  // server.pem, client.pem, ca.pem and crl.pem with their keys.
  pki() {
    return this.once('pki', async () => {
      const pki = new Pki();
      pki.issue('server', { purpose: 'serverAuth' });
      pki.issue('client');
      pki.list();
      pki.stop = () => pki.remove();
      return pki;
    });
  }

  // One run of the load generator with its own options (test/bench/load);
  // `as` is a certificate of the pki.  Throws unless every answer was a 2xx:
  // a fast refusal is no result.
  async load({ port, pki, as = 'client', seconds = this.seconds, ...options }) {
    const keys = pki ?? await this.pki();
    const words = ['--port', String(port), '--seconds', String(seconds),
      '--first', String(NUMBERS * this.runs++),
      '--ca', keys.path('ca.pem'), '--cert', keys.path(`${as}.pem`),
      '--key', keys.path(`${as}.key`)];
    for (const [name, value] of Object.entries(options)) {
      if (value === true) words.push(`--${name}`);
      else for (const one of [value].flat()) words.push(`--${name}`, `${one}`);
    }
    await untilQuiet();
    const { stdout } = await run(process.env.LOAD, words);
    const result = JSON.parse(stdout);
    if (result.good !== result.requests || result.failures > 0 ||
        result.exhausted) {
      throw new Error(`not all went well: ${stdout}`);
    }
    return result;
  }
}
