// Waits for a machine that does nothing else: BENCH_QUIET is how many seconds
// at most before each measurement (0: not at all).
import { readFileSync } from 'node:fs';

const SAMPLE_MS = 500;
const IDLE_ENOUGH = 0.9;

const limit = Number(process.env.BENCH_QUIET ?? 0) * 1000;

// Ticks of all processors: idle ones and all (proc(5), the first line).
function ticks() {
  const fields = readFileSync('/proc/stat', 'latin1').split('\n')[0]
    .split(' ').filter(Boolean).slice(1, 9).map(Number);
  return { idle: fields[3] + fields[4],
    all: fields.reduce((sum, n) => sum + n, 0) };
}

export async function untilQuiet() {
  const end = performance.now() + limit;
  while (performance.now() < end) {
    const before = ticks();
    await new Promise((done) => { setTimeout(done, SAMPLE_MS); });
    const after = ticks();
    const all = after.all - before.all;
    if ((after.idle - before.idle) / all >= IDLE_ENOUGH) return;
  }
}
