// Hubs for the gates: a private PostgreSQL with room, a World
// (test/support/hub.mjs) whose institutions have webhooks, and the generator
// as one of its people.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { World } from '../support/hub.mjs';
import { startPostgres } from './pgbench.mjs';

export class BenchWorld extends World {
  // `receive(world)` starts what has a `port` and takes the institutions'
  // messages at /post; without it they wait.  `isAnalyzed`: ANALYZE before the
  // first hub connects, with the tables empty.  More settings are the hubs'.
  static async start(bench, { receive, isAnalyzed, ...settings } = {}) {
    const world = new BenchWorld();
    world.bench = bench;
    world.settings = { dispatch: false, requests_per_second: 1_000_000,
      log_level: 'warn', ...settings };
    try {
      await world.furnish(receive, isAnalyzed);
    } catch (error) {
      await world.stop();
      throw error;
    }
    return world;
  }

  async furnish(receive, isAnalyzed) {
    this.postgres = await startPostgres({ directory: this.directory });
    this.prepare();
    if (isAnalyzed) this.database.sql('ANALYZE');
    this.first = await this.hub({ name: 'first' });
    this.receiver = await receive?.(this.keys);
    const port = this.receiver?.port ?? 1;
    await this.register(this.first, () => `https://localhost:${port}/post`);
  }

  ini(settings) {
    // One officer files hundreds of cases a second.
    return super.ini({ velocity_percent: 0, ...this.settings, ...settings });
  }

  // What nginx.mjs and frame.mjs want of a PKI.
  get keys() {
    return { path: (name) => join(this.pki, name) };
  }

  // A file for the generator.
  file(name, text) {
    writeFileSync(this.path(name), text);
    return this.path(name);
  }

  // One run of the generator that posts `body` to `hubs`.
  post(hubs, { as, body, path = '/v1/cases', ...options }) {
    return this.bench.load({
      port: hubs.map((hub) => hub.port).join(','),
      pki: this.keys,
      as,
      method: 'POST',
      path,
      header: ['Content-Type: application/json',
        'Idempotency-Key: {{uuid}}'],
      body: this.file('body.json', JSON.stringify(body)),
      ...options,
    });
  }

  async stop() {
    await this.receiver?.stop();
    await this.remove();
  }
}

// TypeID text of a UUID: 26 digits of Crockford's base32.
const DIGITS = '0123456789abcdefghjkmnpqrstvwxyz';

export function typeId(prefix, uuid) {
  let number = BigInt(`0x${uuid.replaceAll('-', '')}`);
  let text = '';
  for (let i = 0; i < 26; i++) {
    text = DIGITS[Number(number & 31n)] + text;
    number >>= 5n;
  }
  return `${prefix}_${text}`;
}
