// A fresh database under load: an ANALYZE of empty tables leaves statistics
// by which a sequential scan costs nothing, and plans made then stay.
import { fourTargets } from './bodies.mjs';
import { atLeast } from './frame.mjs';
import { BenchWorld } from './hub_world.mjs';

const CLIENTS = 16;

async function fresh(bench) {
  const world = await BenchWorld.start(bench, { isAnalyzed: true });
  try {
    const rates = [];
    for (let third = 0; third < 3; third++) {
      rates.push((await world.post([world.first], {
        as: 'kl_kochi_cyber.officer', body: fourTargets, clients: CLIENTS,
        'warm-up': 0 })).rate);
    }
    return { ours: rates[2], theirs: rates[0] };
  } finally {
    await world.stop();
  }
}

export const freshGates = [
  { name: 'fresh-database', unit: 'cases/s', aim: atLeast(0.85),
    measure: fresh },
];
