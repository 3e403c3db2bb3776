// One side of `make bench-against` (against.mjs): a hub of the tree in which it
// is started, with that tree's settings and bodies and a database of its own.
// A line {kind, clients} on standard input is one measurement, a line on
// standard output what came of it: the rate, and milliseconds of processor for
// each command, of all, of the hub, of the desk's backends.
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';

import { Bench } from './frame.mjs';
import { BANK, OFFICER, unanswered } from './gates_hub.mjs';
import { cpuSeconds } from './pgbench.mjs';

const own = (name) => import(pathToFileURL(`test/bench/${name}.mjs`));
const { answer, fourTargets } = await own('bodies');
const { BenchWorld } = await own('hub_world');
const bench = new Bench(Number(process.env.BENCH_SECONDS ?? 2));

const backends = ({ database }) => database.sql(`SELECT pid
	FROM pg_stat_activity WHERE application_name = 'freezeline desk'`)
  .split('\n').map(Number);

const sum = (pids) => pids.reduce((all, pid) => all + cpuSeconds(pid), 0);

// Processor seconds of all, of the hub and of the desk's backends.
const spent = (world, desks) => {
  const hub = cpuSeconds(world.first.process.pid);
  return { cpu: hub + cpuSeconds(world.postgres.pid), hub, desk: sum(desks) };
};

const cases = (world, clients) => () => world.post([world.first],
  { as: OFFICER, body: fourTargets, clients });

async function answers(world, clients) {
  const count = Math.ceil((world.rates[clients] ?? 600 * clients ** 0.5) *
    bench.seconds);
  const lines = world.file('targets',
    (await unanswered(world, count)).join(''));
  return async () => {
    const run = await world.post([world.first], { as: BANK, body: answer(),
      path: '/v1/targets/{{line}}/responses', clients, requests: count,
      lines });
    world.rates[clients] = run.rate;
    return run;
  };
}

async function measure(world, { kind, clients }) {
  const desks = backends(world);
  const run = await (kind === 'answers' ? answers : cases)(world, clients);
  const before = spent(world, desks);
  const { rate, p99_ms: p99, requests } = await run();
  const after = spent(world, desks);
  const each = (name) => (after[name] - before[name]) / requests * 1000;
  return { rate, p99, cpu: each('cpu'), hub: each('hub'), desk: each('desk') };
}

const world = await BenchWorld.start(bench);
world.rates = {};
try {
  await world.post([world.first], { as: OFFICER, body: fourTargets,
    clients: 64, seconds: 1 }); // connections and caches are warm
  console.log('{}');
  for await (const line of createInterface({ input: process.stdin }))
    console.log(JSON.stringify(await measure(world, JSON.parse(line))));
} finally {
  await world.stop();
}
