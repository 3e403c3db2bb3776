// Delivery: from a case's submission to its institution, and the way out of a
// backlog.  No aims yet.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

import { Arrivals } from './arrivals.mjs';
import { fourTargets, oneTarget } from './bodies.mjs';
import { noAim } from './frame.mjs';
import { BenchWorld } from './hub_world.mjs';
import { startNginx } from './nginx.mjs';

const run = promisify(execFile);
const OFFICER = 'kl_kochi_cyber.officer';
const PER_SECOND = 50;
const BACKLOG_CASES = 2500; // of four messages each

const pause = (ms) => new Promise((done) => { setTimeout(done, ms); });

// ---- steady

const steadyWorld = (bench) => bench.once('steady', async () => {
  const world = await BenchWorld.start(bench, { receive: Arrivals.start });
  world.delivering = await world.hub({ name: 'delivering', dispatch: true });
  return world;
});

// From the moment that the call was due until the receiver has read the whole
// message; and the round trips of the same bytes by libcurl.
const steady = (bench) => bench.inRound('steady', async () => {
  const world = await steadyWorld(bench);
  const arrivals = world.receiver;

  return bench.pair(async () => {
    arrivals.begin();
    await world.post([world.delivering], { as: OFFICER, body: oneTarget,
      rate: PER_SECOND, clients: 4 });
    return arrivals.end();
  }, async () => {
    const { stdout } = await run(process.env.CURL_POST, [
      `https://localhost:${arrivals.port}/raw`, world.keys.path('ca.pem'),
      world.keys.path('hub-client.pem'), world.keys.path('hub-client.key'),
      world.file('message.json', arrivals.lastText), String(PER_SECOND),
      String(PER_SECOND * bench.seconds)]);
    return JSON.parse(stdout);
  });
});

const ofSteady = (quantile) => ({
  name: `steady-50-${quantile}`,
  unit: 'ms',
  aim: noAim,
  measure: async (bench) => {
    const { ours, theirs } = await steady(bench);
    return { ours: ours[`${quantile}_ms`], theirs: theirs[`${quantile}_ms`] };
  },
});

// ---- backlog

const backlogWorld = (bench) => bench.once('backlog',
  () => BenchWorld.start(bench, {
    receive: (pki) => startNginx({ pki, headers: [], body: 'ok' }),
  }));

const waiting = async (world) => Number(await world.postgres.sql('owner',
  `SELECT (SELECT count(*) FROM outbox) +
	  (SELECT count(*) FROM outbox_retry)`));

// Messages a second, from the hub's start until each is recorded; and as many
// posts of the same size by the generator.
async function backlog(bench) {
  const world = await backlogWorld(bench);

  await world.post([world.first], { as: OFFICER, body: fourTargets,
    clients: 64, requests: BACKLOG_CASES });
  const count = await waiting(world);
  const began = performance.now();
  const hub = await world.hub({ name: 'draining', dispatch: true });
  while (await waiting(world) > 0) await pause(50);
  const seconds = (performance.now() - began) / 1000;
  await hub.stop();
  const raw = await world.post([world.receiver], { as: 'hub-client',
    path: '/post', body: fourTargets, clients: 32 });
  return { ours: count / seconds, theirs: raw.rate };
}

export const deliveryGates = [
  ofSteady('p50'),
  ofSteady('p99'),
  { name: 'drain-10000', unit: 'messages/s', aim: noAim, measure: backlog },
];
