// Cases and answers over mutual TLS against pgbench, which calls one function
// for each on the same tables of the same server: baseline.mjs.
import { Baseline } from './baseline.mjs';
import { answer, filled, fourTargets, fourToAnswer } from './bodies.mjs';
import { atLeast, atMost } from './frame.mjs';
import { BenchWorld, typeId } from './hub_world.mjs';
import { cpuSeconds } from './pgbench.mjs';

export const OFFICER = 'kl_kochi_cyber.officer';
export const BANK = 'malabar_bank.service';

const newestCase = (world) => world.database.sql(
  'SELECT case_id FROM case_file ORDER BY case_id DESC LIMIT 1');

// The hub takes the cases and the answer that the baseline is made from.
async function startBaseline(world) {
  const call = async (person, path, body) => {
    const got = await world.person(person)
      .post(world.first, path, filled(body));
    if (got.status !== 201) throw new Error(got.text);
  };
  const take = async (body) => {
    await call(OFFICER, '/v1/cases', body);
    return newestCase(world);
  };
  return Baseline.start(world, {
    four: await take(fourTargets),
    waiting: await take(fourToAnswer),
    respond: (target) => call(BANK,
      `/v1/targets/${typeId('tgt', target)}/responses`, answer()),
  });
}

async function startWorld(bench) {
  const world = await BenchWorld.start(bench);
  try {
    world.baseline = await startBaseline(world);
  } catch (error) {
    await world.stop();
    throw error;
  }
  world.rates = { hub: {}, baseline: {} };
  return world;
}

const theWorld = (bench) => bench.once('hub', startWorld);

// ---- cases

// Rate, p99 and processor seconds a case of both sides; measured once a round.
const cases = (bench, clients) => bench.inRound(`cases-${clients}`,
  () => measureCases(bench, clients));

async function measureCases(bench, clients) {
  const world = await theWorld(bench);
  const { postgres, first } = world;
  const each = (run, cpu) => ({ rate: run.rate, p99: run.p99_ms,
    cpu: cpu / run.requests * 1000 });

  return bench.pair(async () => {
    const run = await world.post([first], { as: OFFICER, body: fourTargets,
      clients, pid: [first.process.pid, postgres.pid] });
    return each(run, run.server_cpu_seconds);
  }, async () => {
    const idle = await connectCost(world, clients);
    const run = await world.baseline.run({
      script: 'SELECT bench.post_case();', clients, seconds: bench.seconds });
    return each(run, run.cpu_seconds - idle);
  });
}

// Processor seconds of connecting: no work of pgbench's transactions.
const connectCost = ({ bench, postgres }, clients) =>
  bench.once(`connect-${clients}`, async () => {
    const before = cpuSeconds(postgres.pid);
    await postgres.pgbench({ script: 'SELECT 1;', clients, transactions: 1 });
    return cpuSeconds(postgres.pid) - before;
  });

const pick = ({ ours, theirs }, what) =>
  ({ ours: ours[what], theirs: theirs[what] });

const ofCases = (name, unit, aim, clients, what) => ({
  name,
  unit,
  aim,
  measure: async (bench) => pick(await cases(bench, clients), what),
});

// ---- answers

// As many targets that wait at the bank, those of one case far apart: the hub
// takes cases of four for it.
export async function unanswered(world, count) {
  const since = newestCase(world);
  await world.post([world.first], { as: OFFICER, body: fourToAnswer,
    clients: 64, requests: Math.ceil(count / 4) });
  const rows = await world.postgres.sql('owner', `SELECT target_id
	FROM target JOIN institution USING (institution_id)
	WHERE case_id > '${since}' AND slug = 'malabar_bank'
	ORDER BY position, target_id LIMIT ${count}`);
  return rows.trim().split('\n').map((uuid) => `${typeId('tgt', uuid)}\n`);
}

// A run of the hub answers a number of targets, as many as the last run would
// have in its time.
async function answerHub(world, clients, rates) {
  const { seconds } = world.bench;
  const count = Math.ceil((rates[clients] ?? 600 * clients ** 0.5) * seconds);
  const targets = await unanswered(world, count);
  const run = await world.post([world.first], { as: BANK, body: answer(),
    path: '/v1/targets/{{line}}/responses', clients, requests: count,
    lines: world.file('targets', targets.join('')) });
  rates[clients] = run.rate;
  return run.rate;
}

// pgbench goes by time: twice as many targets wait as it answered last time.
async function answerBaseline({ baseline, bench }, clients, rates) {
  const { seconds } = bench;
  await baseline.wait(2 * (rates[clients] ?? 2000 * clients ** 0.3) * seconds);
  const run = await baseline.run({ script: 'SELECT bench.post_answer();',
    clients, seconds });
  rates[clients] = run.rate;
  return run.rate;
}

async function answers(bench, clients) {
  const world = await theWorld(bench);
  return bench.pair(() => answerHub(world, clients, world.rates.hub),
    () => answerBaseline(world, clients, world.rates.baseline));
}

const ofAnswers = (clients, aim) => ({
  name: `answers-${clients}`,
  unit: 'answers/s',
  aim,
  measure: (bench) => answers(bench, clients),
});

// ---- more clients, more hubs

// The hub's own rates: no baseline but itself.
async function manyClients(bench) {
  const world = await theWorld(bench);
  const run = await world.post([world.first], { as: OFFICER,
    body: fourTargets, clients: 256 });
  return { ours: run.rate, theirs: (await cases(bench, 64)).ours.rate };
}

async function twoHubs(bench) {
  const world = await theWorld(bench);
  const second = await bench.once('second hub',
    () => world.hub({ name: 'second' }).then((hub) => ({ hub })));
  const rate = (hubs) => async () => (await world.post(hubs,
    { as: OFFICER, body: fourTargets, clients: 128, threads: 2 })).rate;
  return bench.pair(rate([world.first, second.hub]), rate([world.first]));
}

export const hubGates = [
  ofCases('cases-1', 'cases/s', atLeast(0.7), 1, 'rate'),
  ofCases('cases-16', 'cases/s', atLeast(1.6), 16, 'rate'),
  ofCases('cases-64', 'cases/s', atLeast(3), 64, 'rate'),
  ofCases('cases-p99-64', 'ms', atMost(0.3), 64, 'p99'),
  ofCases('cases-cpu-64', 'ms of processor', atMost(0.3), 64, 'cpu'),
  { name: 'cases-256-to-64', unit: 'cases/s', aim: atLeast(0.9),
    measure: manyClients },
  ofAnswers(1, atLeast(0.65)),
  ofAnswers(16, atLeast(1.4)),
  ofAnswers(64, atLeast(3)),
  { name: 'two-hubs', unit: 'cases/s', aim: atLeast(1.4), measure: twoHubs },
];
