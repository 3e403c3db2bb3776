// `make bench-against REV=…`: the hub of another commit and ours, each on a
// database of its own, measured in turn, so that a noisy minute hits both:
//
//   cases-64 rate 1.12 1.05-1.20 before 1432.1 after 1603.9
//   cases-64 cpu 0.84 0.80-0.88 before 0.811 after 0.681
//
// The ratio is the median of the rounds' ratios (after / before), then the
// smallest and the largest.  cpu, hub and desk are milliseconds of processor
// for each command: of the hub and the server, of the hub, of the desk's
// backends.
//
// BENCH_ROUNDS (7), BENCH_SECONDS (2), BENCH_ONLY (a regular expression on
// names like cases-64).  Exits 1 where a rate fell by more than a tenth.
import { spawn } from 'node:child_process';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';

import { median } from './median.mjs';

const SIDE = new URL('side.mjs', import.meta.url).pathname;
const LOST = 0.9;
const rounds = Number(process.env.BENCH_ROUNDS ?? 7);
const only = new RegExp(process.env.BENCH_ONLY ?? '');

class Side {
  constructor(tree) {
    this.child = spawn(process.execPath, [SIDE], { cwd: tree,
      env: { ...process.env,
        LOAD: resolve(process.env.LOAD),
        FREEZELINE: join(tree, 'build/release/freezeline') },
      stdio: ['pipe', 'pipe', 'inherit'] });
    this.lines = createInterface({ input: this.child.stdout })[
      Symbol.asyncIterator]();
    this.ended = new Promise((done) => { this.child.on('close', done); });
  }

  async next() {
    const { value, done } = await this.lines.next();
    if (done) throw new Error('one side ended');
    return JSON.parse(value);
  }

  measure(what) {
    this.child.stdin.write(`${JSON.stringify(what)}\n`);
    return this.next();
  }

  stop() {
    this.child.stdin.end();
    return this.ended;
  }
}

const chosen = ['cases', 'answers']
  .flatMap((kind) => [1, 16, 64].map((clients) => ({ kind, clients })))
  .filter(({ kind, clients }) => only.test(`${kind}-${clients}`));

async function measureAll(before, after) {
  const pairs = new Map(chosen.map((what) => [what, []]));
  for (let round = 0; round < rounds; round++) {
    for (const what of chosen) {
      const pair = {};
      const turn = [['before', before], ['after', after]];
      for (const [name, side] of round % 2 ? turn.reverse() : turn)
        pair[name] = await side.measure(what);
      pairs.get(what).push(pair);
    }
  }
  return pairs;
}

// A line for each figure; the ratio of the rates.
function tell({ kind, clients }, pairs) {
  const ratioOf = (figure) => {
    const ratios = pairs.map(({ before, after }) =>
      after[figure] / before[figure]);
    const of = (side) => median(pairs.map((pair) => pair[side][figure]))
      .toPrecision(4);
    console.log(`${kind}-${clients} ${figure} ${median(ratios).toFixed(2)} ` +
      `${Math.min(...ratios).toFixed(2)}-${Math.max(...ratios).toFixed(2)} ` +
      `before ${of('before')} after ${of('after')}`);
    return median(ratios);
  };
  return ['rate', 'p99', 'cpu', 'hub', 'desk'].map(ratioOf)[0];
}

const sides = [process.argv[2], '.'].map((tree) => new Side(resolve(tree)));
try {
  for (const side of sides) await side.next(); // it is ready
  const pairs = await measureAll(...sides);
  const rates = chosen.map((what) => tell(what, pairs.get(what)));
  process.exitCode = rates.every((ratio) => ratio >= LOST) ? 0 : 1;
} finally {
  for (const side of sides) await side.stop();
}
