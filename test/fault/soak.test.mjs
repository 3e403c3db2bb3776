// Nothing is lost: two dispatchers, forty endpoints of which twelve are bad,
// dispatchers and PostgreSQL killed at random, one dispatcher stopped and
// resumed past its leases.  SOAK_SECONDS=1800 for long; SEED replays the
// order of the faults.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHash, randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:https';
import { after, before, describe, it } from 'node:test';

import { Dispatcher, sql } from '../support/dispatcher.mjs';
import { Pki } from '../support/pki.mjs';

const SECONDS = Number(process.env.SOAK_SECONDS ?? 180);
const SEED = Number(process.env.SEED ?? randomInt(1, 2 ** 31));
const HEALTHY = 28;
// What a dispatcher can have sent and not recorded when it is killed.
const UNRECORDED = 512 + 128;

const pause = (ms) => new Promise((resolve) => { setTimeout(resolve, ms); });

// xorshift32: the same faults for the same seed.
let state = SEED;
function random(below) {
  state ^= state << 13;
  state ^= state >>> 17;
  state ^= state << 5;
  return (state >>> 0) % below;
}

const forever = (response, piece) => {
  const more = () => { while (!response.destroyed && response.write(piece)); };
  response.on('drain', more).on('error', () => {});
  more();
};

// What each bad endpoint does with a delivery that it has read; the number is
// the status that it has answered in whole.
const manners = {
  hung: () => 0,
  slow: async (response) => { await pause(3000); response.writeHead(200).end(); return 200; },
  flapping: (response) => {
    const status = Math.floor(Date.now() / 5000) % 2 === 0 ? 200 : 503;
    response.writeHead(status).end();
    return status;
  },
  resetting: (response) => { response.socket.resetAndDestroy(); return 0; },
  failing: (response) => { response.writeHead(500).end(); return 500; },
  gone: (response) => { response.writeHead(410).end(); return 410; },
  redirecting: (response) => { response.writeHead(302, { Location: '/elsewhere' }).end(); return 302; },
  limiting: (response) => { response.writeHead(429, { 'Retry-After': '2' }).end(); return 429; },
  endless: (response) => { response.writeHead(200); forever(response, 'x'.repeat(8192)); return 0; },
  chatty: (response) => {
    response.socket.write('HTTP/1.1 200 OK\r\n');
    forever(response.socket, 'X-More: and more\r\n');
    return 0;
  },
  expired: (response) => { response.writeHead(200).end(); return 200; },
  foreign: (response) => { response.writeHead(200).end(); return 200; },
};
const certificates = { expired: 'expired-server', foreign: 'other-server' };

class Place {
  static async start(pki, manner) {
    const place = Object.assign(new Place(), { manner, got: [], open: 0 });
    place.server = createServer({ ...pki.credentials(certificates[manner] ?? 'server'),
      ca: pki.read('ca.pem'), requestCert: true, rejectUnauthorized: true },
    (request, response) => { place.take(request, response).catch(() => {}); });
    place.server.on('tlsClientError', () => {});
    place.server.on('clientError', (_, socket) => socket.destroy());
    place.server.keepAliveTimeout = 60_000;
    place.server.listen(0, '127.0.0.1');
    await once(place.server, 'listening');
    place.url = `https://localhost:${place.server.address().port}/hook`;
    return place;
  }

  async take(request, response) {
    const hash = createHash('sha256');
    response.on('error', () => {});
    for await (const piece of request) hash.update(piece);
    const delivery = { id: request.headers['webhook-id'], hash: hash.digest('hex'), at: Date.now() };
    if (this.manner === undefined) {
      this.got.push({ ...delivery, status: 200 });
      response.writeHead(200).end();
      return;
    }
    this.got.push({ ...delivery, status: await manners[this.manner](response) });
  }

  stop() {
    this.server.close();
    this.server.closeAllConnections();
  }
}

// TypeID of a message's UUID (docs/domain.md).
const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';
function typeId(uuid) {
  let value = BigInt(`0x${uuid.replaceAll('-', '')}`);
  let text = '';
  for (let i = 0; i < 26; i++) {
    text = ALPHABET[Number(value % 32n)] + text;
    value /= 32n;
  }
  return `msg_${text}`;
}

class Soak {
  constructor() {
    this.epochs = []; // of all shards, after each fault
    this.faults = { 'dispatcher killed': 0, 'dispatcher stopped': 0, 'database killed': 0 };
  }

  async start() {
    this.pki = new Pki();
    this.pki.issue('server', { purpose: 'serverAuth' });
    this.pki.issue('expired-server', { purpose: 'serverAuth', from: -9, to: -1 });
    this.pki.issue('other-server', { purpose: 'serverAuth', ca: 'other-ca' });
    this.pki.issue('hub');
    execFileSync(process.env.FREEZELINE, ['keyring', 'create', this.pki.path('keyring')]);
    this.files = [this.pki.path('keyring'), this.pki.path('hub.pem'), this.pki.path('hub.key'), this.pki.path('ca.pem')];
    this.seeder = await this.driver({ isFresh: true });
    this.places = [];
    for (const manner of [...Array(HEALTHY).fill(undefined), ...Object.keys(manners)]) {
      const place = await Place.start(this.pki, manner);
      place.end = await this.seeder.endpoint(place.url);
      this.places.push(place);
    }
    this.hubs = [await this.hub(), await this.hub()];
  }

  driver(options = {}) {
    return Dispatcher.start(this.files, { ...options, env: { QUIET: '1' } });
  }

  async hub() {
    const hub = await this.driver();
    await hub.say('start');
    return hub;
  }

  // Messages for somebody, of one transaction each, until the time is over.
  // The database may be gone at the moment: then nothing was committed, or it
  // was, and the table tells.
  async seed(until) {
    while (Date.now() < until) {
      const place = this.places[random(this.places.length)];
      const priority = random(4) === 0 ? 1 + random(2) : 0;
      try {
        await this.seeder.messages(place.end, 1 + random(8), { priority, order: random(3) === 0 ? 1 + random(4) : 0 });
        await pause(40);
      } catch {
        this.seeder = await this.patiently(() => this.driver());
      }
    }
  }

  async patiently(start) {
    for (let i = 0; ; i++) {
      try {
        return await start();
      } catch (error) {
        if (i === 60) throw error;
        await pause(500);
      }
    }
  }

  async fault() {
    const which = random(2);
    const kind = random(5);
    if (kind < 3) {
      this.faults['dispatcher killed']++;
      await this.hubs[which].kill();
      await pause(random(1500));
      this.hubs[which] = await this.patiently(() => this.hub());
    } else if (kind === 3) {
      this.faults['dispatcher stopped']++;
      this.hubs[which].kill('SIGSTOP');
      await pause(11_000); // its leases last ten seconds
      this.hubs[which].kill('SIGCONT');
    } else {
      this.faults['database killed']++;
      execFileSync('sh', ['sql/private-server.sh', 'crash', process.env.FREEZELINE_TEST_SERVER]);
    }
  }

  async harm(until) {
    while (Date.now() < until) {
      await pause(2000 + random(6000));
      if (Date.now() < until) await this.fault();
      this.epochs.push(sql('SELECT epoch FROM shard_lease ORDER BY shard').flat().map(Number));
    }
  }

  // The faults are over; the healthy have no more than what is under way.
  async settle() {
    const healthy = this.places.filter(({ manner }) => manner === undefined).map(({ end }) => end.endpoint);
    const waits = () => Number(sql(`SELECT (SELECT count(*) FROM outbox WHERE endpoint_no IN (${healthy})) +
      (SELECT count(*) FROM outbox_retry WHERE endpoint_no IN (${healthy}))`)[0][0]);
    for (let i = 0; i < 240 && waits() > 0; i++) await pause(500);
    await pause(1000);
    for (const hub of this.hubs) await hub.say('stop');
  }

  read() {
    this.messages = sql('SELECT message_id, endpoint_no FROM message')
      .map(([id, endpoint]) => ({ id: typeId(id), endpoint: Number(endpoint) }));
    this.pending = new Map(sql(`SELECT message_id, 0, NULL, 0 FROM outbox UNION ALL
      SELECT message_id, attempts, next_at, level FROM outbox_retry`)
      .map(([id, attempts, next, level]) => [typeId(id), { attempts: Number(attempts), next, level: Number(level) }]));
    this.attempts = new Map();
    for (const [id, status] of sql("SELECT message_id, status FROM attempt WHERE error = ''")) {
      const of = this.attempts.get(typeId(id)) ?? [];
      of.push(Number(status));
      this.attempts.set(typeId(id), of);
    }
  }

  async stop() {
    for (const hub of this.hubs) await hub.end();
    await this.seeder.end();
    for (const place of this.places) place.stop();
    this.pki.remove();
  }
}

describe(`for ${SECONDS} s, seed ${SEED}`, () => {
  const soak = new Soak();
  const isGood = (status) => status >= 200 && status < 300;
  before(async () => {
    await soak.start();
    const until = Date.now() + SECONDS * 1000;
    await Promise.all([soak.seed(until), soak.harm(until)]);
    await soak.settle();
    soak.read();
    console.log(`# seed ${SEED}: ${soak.messages.length} messages, ${JSON.stringify(soak.faults)}`);
  }, { timeout: SECONDS * 1000 + 300_000 });
  after(() => soak.stop());
  const placeOf = (endpoint) => soak.places.find(({ end }) => end.endpoint === endpoint);

  it('something happened', () => {
    assert.ok(soak.messages.length > SECONDS, `${soak.messages.length} messages`);
    assert.ok(Object.values(soak.faults).reduce((sum, n) => sum + n) >= SECONDS / 20);
  });
  it('every message to a healthy endpoint came', () => {
    const lost = soak.messages.filter(({ id, endpoint }) => placeOf(endpoint).manner === undefined &&
      !placeOf(endpoint).got.some((one) => one.id === id));
    assert.deepEqual(lost, []);
  });
  it('every other message came or visibly waits for its next attempt', () => {
    const taken = (id, endpoint) => placeOf(endpoint).got.some((one) => one.id === id && isGood(one.status));
    const lost = soak.messages.filter(({ id, endpoint }) => !soak.pending.has(id) && !taken(id, endpoint));
    assert.deepEqual(lost, []);
    for (const [id, { attempts, next }] of soak.pending)
      assert.ok(attempts === 0 || next !== '', `${id} has no next attempt`);
  });
  it('what is late has been told to people', () => {
    const silent = sql(`SELECT message_id FROM outbox WHERE escalate_at < now() - interval '20 s' UNION ALL
      SELECT message_id FROM outbox_retry WHERE level = 0 AND escalate_at < now() - interval '20 s'`);
    assert.deepEqual(silent, []);
  });
  it('a message that came twice came with the same id and the same bytes', () => {
    const known = new Set(soak.messages.map(({ id }) => id));
    for (const { got } of soak.places) {
      const hashes = new Map();
      for (const { id, hash } of got) {
        assert.ok(known.has(id), `${id} was never committed`);
        assert.equal(hashes.get(id) ?? hash, hash, id);
        hashes.set(id, hash);
      }
    }
  });
  it('no attempt is missing beyond those under way at a kill', () => {
    let missing = 0;
    for (const { got, manner } of soak.places) {
      if (certificates[manner]) assert.deepEqual(got, []);
      const taken = new Map();
      for (const { id, status } of got.filter((one) => isGood(one.status))) taken.set(id, [...(taken.get(id) ?? []), status]);
      for (const [id, statuses] of taken)
        missing += Math.max(0, statuses.length - (soak.attempts.get(id) ?? []).filter(isGood).length);
    }
    const kills = Object.values(soak.faults).reduce((sum, n) => sum + n);
    assert.ok(missing <= kills * UNRECORDED, `${missing} missing after ${kills} faults`);
    console.log(`# ${missing} deliveries without their attempt after ${kills} faults`);
  });
  it('what has an attempt with a 2xx waits no more', () => {
    for (const [id, statuses] of soak.attempts)
      assert.ok(!statuses.some(isGood) || !soak.pending.has(id), id);
  });
  it('the epoch of no shard ever fell', () => {
    const { epochs } = soak;
    assert.ok(epochs.length >= 2, `${epochs.length} looks`);
    for (const [i, now] of epochs.entries())
      for (const [shard, epoch] of now.entries())
        assert.ok(i === 0 || epoch >= epochs[i - 1][shard], `shard ${shard} at look ${i}`);
  });
});
