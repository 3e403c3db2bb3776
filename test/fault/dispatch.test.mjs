// The dispatcher against institutions that serve, fail, hang and heal, and
// against itself: killed, stopped and resumed, two at once.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { after, before, describe, it } from 'node:test';

import { Bank, Dispatcher, sql, until } from '../support/dispatcher.mjs';
import { Pki } from '../support/pki.mjs';

let pki;
let files;
let hub;
const banks = [];

before(async () => {
  pki = new Pki();
  pki.issue('server', { purpose: 'serverAuth' });
  pki.issue('expired-server', { purpose: 'serverAuth', from: -9, to: -1 });
  pki.issue('hub');
  execFileSync(process.env.FREEZELINE, ['keyring', 'create', pki.path('keyring')]);
  files = [pki.path('keyring'), pki.path('hub.pem'), pki.path('hub.key'),
    pki.path('ca.pem')];
  hub = await Dispatcher.start(files, { isFresh: true });
  await hub.say('start');
});
after(async () => {
  await hub.end();
  for (const bank of banks) bank.stop();
  pki.remove();
});

// A bank and its endpoint.
async function open(answer, { concurrency = 8, driver = hub } = {}) {
  const bank = await Bank.start(pki, answer);
  banks.push(bank);
  const end = await driver.endpoint(bank.url, concurrency);
  bank.trust(end, driver.public);
  return { bank, end };
}

const count = (text) => Number(sql(`SELECT count(*) FROM ${text}`)[0][0]);
const waiting = ({ endpoint }) =>
  count(`outbox WHERE endpoint_no = ${endpoint}`) +
  count(`outbox_retry WHERE endpoint_no = ${endpoint}`);
const attempts = ({ endpoint }) => sql(`SELECT n, status, error, remote,
  response_length, encode(response_sha256, 'hex'), key_ids FROM attempt
  WHERE endpoint_no = ${endpoint} ORDER BY at, n`);
const status = (code, headers) => (_, response) =>
  response.writeHead(code, headers).end();

describe('a message', () => {
  it('is delivered once, signed twice, recorded and reported', async () => {
    const { bank, end } = await open();
    await hub.messages(end, 3);
    await hub.messages(end, 2, { of: 'hub', priority: 2 });
    await until('five reports', () => hub.of('delivered', end).length === 5);
    assert.equal(bank.got.length, 5);
    assert.equal(bank.ids().size, 5);
    assert.deepEqual(bank.got.map(({ text }) => JSON.parse(text).n).sort(),
      [0, 0, 1, 1, 2]);
    assert.equal(waiting(end), 0);
    const rows = attempts(end);
    assert.equal(rows.length, 5);
    for (const row of rows) {
      // The SHA-256 of "{}".
      assert.deepEqual(row.slice(0, 6), ['1', '200', '', '127.0.0.1', '2',
        '44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a']);
      assert.match(row[6], /^hub-[0-9a-f]{8} key_[0-9a-z]{26}$/);
    }
    assert.deepEqual(hub.of('attempted', end), []);
  });
  it('with a large body arrives whole', async () => {
    const { bank, end } = await open();
    await hub.messages(end, 1, { bytes: 20_000 });
    await until('it came', () => bank.got.length === 1);
    assert.equal(bank.got[0].text.length, 20_000);
  });
  it('of priority 0 overtakes those of 2', async () => {
    const { bank, end } = await open((_, response) =>
      setTimeout(() => response.end(), 20), { concurrency: 1 });
    await hub.messages(end, 30, { priority: 2, bytes: 300 });
    await until('the first came', () => bank.got.length >= 1);
    await hub.messages(end, 1, { priority: 0, bytes: 301 });
    await until('all came', () => bank.got.length === 31);
    const at = bank.got.findIndex(({ text }) => text.length === 301);
    assert.ok(at <= 8, `it was number ${at}`);
  });
});

describe('a receiver', () => {
  it('that answers 500 gets the same webhook-id until it heals', async () => {
    let isIll = true;
    const { bank, end } = await open((_, response) =>
      response.writeHead(isIll ? 500 : 204).end());
    await hub.messages(end, 4);
    await until('four failed', () => bank.got.length === 4);
    await until('they are told', () => hub.of('attempted', end).length === 4);
    assert.equal(count(`outbox WHERE endpoint_no = ${end.endpoint}`), 0);
    assert.equal(count(`outbox_retry WHERE endpoint_no = ${end.endpoint}
      AND attempts = 1 AND level = 0 AND last_code = 500`), 4);
    isIll = false;
    await until('four came', () => bank.got.length === 8);
    const spans = bank.got.slice(4).map(({ at }, i) => at - bank.got[i].at);
    assert.ok(spans.every((ms) => ms >= 1500 && ms < 3500), `${spans} ms`);
    assert.equal(bank.ids().size, 4);
    await until('it is told', () => hub.of('delivered', end).length === 4);
    assert.deepEqual(attempts(end).map((row) => row[1]).sort(),
      ['204', '204', '204', '204', '500', '500', '500', '500']);
    assert.deepEqual(hub.of('escalated', end), []);
    assert.equal(waiting(end), 0);
  });
  for (const [name, answer] of Object.entries({ 'is gone': status(410),
    'wants another key': status(401), 'knows no such path': status(404) })) {
    it(`that ${name} is told to people at once and retried`, async () => {
      const { bank, end } = await open(answer);
      await hub.messages(end, 1);
      await until('people hear of it', () => hub.of('escalated', end).length);
      assert.equal(hub.of('attempted', end).length, 1);
      await until('it was retried', () => bank.got.length === 2);
      await until('that is recorded', () => attempts(end).length === 2);
      assert.equal(hub.of('escalated', end).length, 1);
      assert.equal(count(`outbox_retry WHERE endpoint_no = ${end.endpoint}
        AND level = 1`), 1);
    });
  }
  it('that says 429 is left alone as long as it asks', async () => {
    const { bank, end } = await open(status(429, { 'Retry-After': '5' }));
    await hub.messages(end, 1);
    await until('it is recorded', () => attempts(end).length === 1);
    const [[seconds]] = sql(`SELECT extract(epoch FROM next_at - now())
      FROM outbox_retry WHERE endpoint_no = ${end.endpoint}`);
    assert.ok(seconds > 3.5 && seconds <= 5, `${seconds} s`);
    assert.deepEqual(hub.of('escalated', end), []);
    assert.equal(bank.got.length, 1);
  });
  it('that redirects is not followed', async () => {
    const { bank, end } = await open(
      status(307, { Location: 'https://localhost:1/elsewhere' }));
    await hub.messages(end, 1);
    await until('it is recorded', () => attempts(end).length === 1);
    assert.equal(attempts(end)[0][1], '307');
    assert.equal(bank.got.length, 1);
  });
  it('that is somebody else gets nothing, and people hear of it', async () => {
    const other = await Bank.start({ ...pki,
      credentials: () => pki.credentials('expired-server'),
      read: (name) => pki.read(name) });
    banks.push(other);
    const end = await hub.endpoint(other.url);
    await hub.messages(end, 1);
    await until('people hear of it', () => hub.of('escalated', end).length);
    assert.equal(attempts(end)[0][2], 'tls');
    assert.equal(other.got.length, 0);
  });
  it('at a private address that nobody allowed gets nothing', async () => {
    const bank = await Bank.start(pki);
    banks.push(bank);
    const end = await hub.endpoint(bank.url, 8, 'guard');
    await hub.messages(end, 1);
    await until('it is recorded', () => attempts(end).length === 1);
    assert.equal(attempts(end)[0][2], 'refused');
    assert.equal(bank.got.length, 0);
  });
  it('that hangs does not delay the others', async () => {
    const silent = await open(() => {});
    const healthy = await open();
    await hub.messages(silent.end, 40);
    await until('it holds eight', () => silent.bank.got.length === 8);
    const spans = [];
    for (let i = 0; i < 60; i++) {
      const began = Date.now();
      await hub.messages(healthy.end, 1);
      await until('it came', () => healthy.bank.got.length === i + 1);
      spans.push(Date.now() - began);
    }
    spans.sort((a, b) => a - b);
    assert.ok(spans[54] < 150, `p90 ${spans[54]} ms`);
    assert.equal(silent.bank.got.length, 8);
  });
  it('never has more than its concurrency in flight', async () => {
    let now = 0;
    let most = 0;
    const { bank, end } = await open((_, response) => {
      most = Math.max(most, ++now);
      setTimeout(() => { now--; response.end(); }, 5);
    }, { concurrency: 3 });
    await hub.messages(end, 60);
    await until('all came', () => bank.got.length === 60);
    assert.equal(most, 3);
  });
});

describe('people', () => {
  it('hear of a message that is late, tried or not', async () => {
    const { end } = await open(status(500));
    await hub.messages(end, 1);
    await until('it failed', () => hub.of('attempted', end).length === 1);
    sql(`UPDATE outbox_retry SET escalate_at = now()
      WHERE endpoint_no = ${end.endpoint}`);
    const silent = await open(() => {}, { concurrency: 1 });
    await hub.messages(silent.end, 3);
    await until('one hangs', () => silent.bank.got.length === 1);
    sql(`UPDATE outbox SET escalate_at = now()
      WHERE endpoint_no = ${silent.end.endpoint}`);
    await until('four are told', () => hub.of('escalated', end).length === 1 &&
      hub.of('escalated', silent.end).length === 3);
    assert.equal(count(`outbox_retry WHERE level = 1 AND attempts = 0
      AND endpoint_no = ${silent.end.endpoint}`), 3);
  });
});

describe('the desk', () => {
  it('that has no database gets its reports later', async () => {
    const { bank, end } = await open();
    await hub.say('desk down');
    await hub.messages(end, 3);
    await until('they came', () => bank.got.length === 3);
    await until('they are recorded', () => attempts(end).length === 3);
    assert.deepEqual(hub.of('delivered', end), []);
    await hub.say('desk up');
    await until('it is told', () => hub.of('delivered', end).length === 3);
  });
});

describe('a database session that is lost', () => {
  it('is opened again, and nothing is lost or recorded twice', async () => {
    const { bank, end } = await open((_, response) =>
      setTimeout(() => response.end(), 3));
    await hub.messages(end, 400);
    for (let i = 0; i < 4; i++) {
      sql(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity
        WHERE application_name IN ('freezeline dispatcher',
          'freezeline recorder')`, process.env.FREEZELINE_TEST_HUB);
      await new Promise((resolve) => { setTimeout(resolve, 300); });
    }
    await hub.messages(end, 10);
    await until('all are recorded', () => waiting(end) === 0, 20_000);
    assert.equal(bank.ids().size, 410);
    assert.equal(count(`(SELECT DISTINCT message_id FROM attempt
      WHERE endpoint_no = ${end.endpoint} AND status = 200) AS a`), 410);
  });
});

describe('two dispatchers', () => {
  it('share nothing: one delivers, the other takes over when it dies', async () => {
    const { bank, end } = await open((_, response) =>
      setTimeout(() => response.end(), 10), { concurrency: 4 });
    const other = await Dispatcher.start(files);
    await other.say('start');
    assert.equal((await other.say('counters')).shards, 0);
    await hub.messages(end, 300);
    await until('half came', () => bank.got.length > 100);
    await hub.kill();
    hub = other;
    await until('the rest came', () => waiting(end) === 0, 20_000);
    assert.equal(bank.ids().size, 300);
    // In flight at the kill, or not yet recorded.
    assert.ok(bank.got.length <= 300 + 140, `${bank.got.length} deliveries`);
    assert.equal((await hub.say('counters')).shards, 64);
  });
  it('that is stopped and resumed records nothing any more', async () => {
    const held = [];
    let isHolding = true;
    const { bank, end } = await open((_, response) => {
      if (isHolding) held.push(response);
      else response.end();
    });
    await hub.messages(end, 5);
    await until('five are in flight', () => held.length === 5);
    const zombie = hub;
    zombie.kill('SIGSTOP');
    hub = await Dispatcher.start(files);
    sql('UPDATE shard_lease SET expires_at = now()');
    isHolding = false;
    await hub.say('start');
    await until('it delivers', () => waiting(end) === 0, 20_000);
    assert.equal(attempts(end).length, 5);
    zombie.kill('SIGCONT');
    for (const response of held) response.end();
    // Also what it had in flight to the receivers of other tests.
    let refused = 0;
    for (let i = 0; i < 200 && refused < 5; i++) {
      ({ refused } = await zombie.say('counters'));
      await new Promise((resolve) => { setTimeout(resolve, 50); });
    }
    await zombie.end();
    assert.ok(refused >= 5, `${refused} refused`);
    assert.equal(attempts(end).length, 5);
    assert.equal(bank.ids().size, 5);
    assert.equal(count(`(SELECT DISTINCT owner FROM shard_lease
      WHERE expires_at > now()) AS o`), 1);
  });
  it('a report that died with its hub is repeated', async () => {
    const { bank, end } = await open();
    await hub.say('desk down');
    await hub.messages(end, 3);
    await until('they are recorded', () => attempts(end).length === 3);
    await hub.kill();
    hub = await Dispatcher.start(files);
    await hub.say('start');
    await until('it is told', () => hub.of('delivered', end).length === 3);
    assert.equal(bank.got.length, 3);
  });
});

describe('a stop', () => {
  it('lets what is in flight end, records it and gives the leases back',
    async () => {
      const { bank, end } = await open((_, response) =>
        setTimeout(() => response.end(), 300));
      await hub.messages(end, 30);
      await until('eight are in flight', () => bank.got.length === 8);
      await hub.say('stop');
      assert.equal(attempts(end).length, bank.got.length);
      assert.equal(waiting(end), 30 - bank.got.length);
      assert.equal(count('shard_lease WHERE owner IS NOT NULL'), 0);
      await hub.say('start');
      await until('the rest came', () => waiting(end) === 0);
      assert.equal(bank.got.length, 30);
    });
});
