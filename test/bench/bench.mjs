// `make bench`: every gate is measured in interleaved rounds, so that a noisy
// minute hits all of them and both sides, and is judged by the median ratio:
//
//   gate NAME RATIO aim AIM met|missed MIN-MAX
//
// BENCH_ROUNDS (7), BENCH_SECONDS (3, of one measurement), BENCH_ONLY (a
// regular expression on names).  Exits 1 when an aim is missed.
import { Bench, noAim } from './frame.mjs';
import { gates } from './gates.mjs';
import { median } from './median.mjs';

const rounds = Number(process.env.BENCH_ROUNDS ?? 7);
const seconds = Number(process.env.BENCH_SECONDS ?? 3);
const only = new RegExp(process.env.BENCH_ONLY ?? '');

// A line of detail for every round, on standard error.
function tell(round, gate, { ours, theirs }) {
  console.error(`round ${round + 1} ${gate.name}: ours ${ours.toFixed(2)}, ` +
    `baseline ${theirs.toFixed(2)}, ratio ${(ours / theirs).toFixed(3)}`);
}

function judge(gate, pairs) {
  const ratios = pairs.map(({ ours, theirs }) => ours / theirs);
  const middle = median(ratios);
  const met = gate.aim.isMet(middle);
  console.log(`gate ${gate.name} ${middle.toFixed(2)} aim ${gate.aim.text} ` +
    `${met ? 'met' : 'missed'} ` +
    `${Math.min(...ratios).toFixed(2)}-${Math.max(...ratios).toFixed(2)}`);
  const of = (side) => median(pairs.map((pair) => pair[side])).toFixed(2);
  const line = `figure ${gate.name} ${of('ours')} baseline ${of('theirs')} ` +
    gate.unit;
  if (gate.aim === noAim) console.log(line);
  else console.error(line);
  return met;
}

async function main() {
  const chosen = gates.filter((gate) => only.test(gate.name));
  const pairs = new Map(chosen.map((gate) => [gate, []]));
  const bench = new Bench(seconds);
  try {
    for (let round = 0; round < rounds; round++) {
      bench.begin(round);
      for (const gate of chosen) {
        const pair = await gate.measure(bench);
        tell(round, gate, pair);
        pairs.get(gate).push(pair);
      }
    }
  } finally {
    await bench.stop();
  }
  const missed = chosen.filter((gate) => !judge(gate, pairs.get(gate)));
  process.exitCode = missed.length === 0 ? 0 : 1;
}

await main();
