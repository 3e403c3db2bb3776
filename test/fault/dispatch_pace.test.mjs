// The dispatcher and institutions that are down for long, slow by contract,
// or sent messages that must keep their order.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { after, before, describe, it } from 'node:test';

import { Bank, Dispatcher, sql, until } from '../support/dispatcher.mjs';
import { Pki } from '../support/pki.mjs';

let pki;
let hub;
const banks = [];

before(async () => {
  pki = new Pki();
  pki.issue('server', { purpose: 'serverAuth' });
  pki.issue('hub');
  execFileSync(process.env.FREEZELINE, ['keyring', 'create', pki.path('keyring')]);
  hub = await Dispatcher.start([pki.path('keyring'), pki.path('hub.pem'),
    pki.path('hub.key'), pki.path('ca.pem')], { isFresh: true });
  await hub.say('start');
});
after(async () => {
  await hub.end();
  for (const bank of banks) bank.stop();
  pki.remove();
});

async function open(answer, { concurrency = 8 } = {}) {
  const bank = await Bank.start(pki, answer);
  banks.push(bank);
  const end = await hub.endpoint(bank.url, concurrency);
  bank.trust(end, hub.public);
  return { bank, end };
}

const count = (text) => Number(sql(`SELECT count(*) FROM ${text}`)[0][0]);
const of = ({ endpoint }) => `endpoint_no = ${endpoint}`;
const waiting = (end) =>
  count(`outbox WHERE ${of(end)}`) + count(`outbox_retry WHERE ${of(end)}`);
const suspended = async () => (await hub.say('counters')).suspended;
const pause = (ms) => new Promise((resolve) => { setTimeout(resolve, ms); });

describe('an institution that is down', () => {
  it('is only probed, loses nothing, and costs few attempts', async () => {
    let isDown = true;
    const { bank, end } = await open((_, response) => {
      if (isDown) response.socket.destroy();
      else response.end();
    });
    await hub.messages(end, 500);
    await until('it is suspended', () => bank.got.length >= 5);
    await pause(1200);
    assert.equal(await suspended(), 1);
    // What was in flight when it was noticed, not the backlog.
    assert.ok(bank.got.length <= 20, `${bank.got.length} attempts`);
    const healthy = await open();
    const began = Date.now();
    await hub.messages(healthy.end, 1);
    await until('another gets its own', () => healthy.bank.got.length === 1);
    assert.ok(Date.now() - began < 1000);
    isDown = false;
    await until('all came', () => waiting(end) === 0, 30_000);
    assert.equal(bank.ids().size, 500);
    assert.equal(await suspended(), 0);
    const { length } = bank.got;
    assert.ok(length <= 650, `${length} attempts for 500`);
  });
  it('is opened slowly when it is back', async () => {
    let isDown = true;
    let now = 0;
    const most = [];
    const { bank, end } = await open((_, response) => {
      if (isDown) {
        response.writeHead(503).end();
        return;
      }
      most.push(++now);
      setTimeout(() => { now--; response.end(); }, 20);
    });
    await hub.messages(end, 60);
    await until('it is suspended', () => bank.got.length >= 5);
    await pause(300);
    isDown = false;
    await until('all came', () => waiting(end) === 0, 30_000);
    assert.equal(most[0], 1);
    // One more with each that it takes: 1, 2, 3 … 8 at once.
    assert.ok(Math.max(...most.slice(0, 4)) <= 4, `${most.slice(0, 4)}`);
    assert.equal(Math.max(...most), 8);
  });
  it('gets what waits for a retry when it is back, not later', async () => {
    let isDown = true;
    const { bank, end } = await open((_, response) =>
      response.writeHead(isDown ? 500 : 200).end());
    await hub.messages(end, 6);
    await until('they failed', () =>
      count(`outbox_retry WHERE ${of(end)}`) >= 5);
    sql(`UPDATE outbox_retry SET next_at = now() + interval '1 hour'
      WHERE ${of(end)}`);
    isDown = false;
    await hub.messages(end, 1);
    await until('all came', () => waiting(end) === 0, 20_000);
    assert.equal(bank.ids().size, 7);
  });
});

describe('a rate limit', () => {
  it('is kept while a backlog drains, and full use is made of it', async () => {
    const { bank, end } = await open();
    sql(`UPDATE endpoint SET rate_limit = 100 WHERE ${of(end)}`);
    sql('UPDATE registry_version SET version = version + 1');
    await hub.say('registry');
    await pause(300);
    await hub.messages(end, 300);
    await until('all came', () => waiting(end) === 0, 20_000);
    const times = bank.got.map(({ at }) => at);
    for (const [i, at] of times.entries()) {
      const many = times.slice(i).filter((other) => other < at + 1000).length;
      // Ten more where the receiver's clock squeezed what was well spaced.
      assert.ok(many <= 110, `${many} within a second`);
    }
    const span = times.at(-1) - times[0];
    assert.ok(span >= 2800 && span < 8000, `${span} ms for 300`);
  });
});

describe('messages of one order key', () => {
  it('come one after another, others do not wait for them', async () => {
    let now = 0;
    let most = 0;
    const { bank, end } = await open((_, response) => {
      most = Math.max(most, ++now);
      setTimeout(() => { now--; response.end(); }, 5);
    });
    await hub.messages(end, 20, { order: 77 });
    await until('all came', () => waiting(end) === 0);
    assert.equal(most, 1);
    assert.deepEqual(bank.got.map(({ text }) => JSON.parse(text).n),
      [...Array(20).keys()]);
    await hub.messages(end, 20);
    await until('all came', () => waiting(end) === 0);
    assert.ok(most > 1);
  });
  it('do not overtake one that failed, others do', async () => {
    let failures = 1;
    const { bank, end } = await open((_, response) => {
      response.writeHead(failures-- > 0 ? 500 : 200).end();
    });
    await hub.messages(end, 3, { order: 77, bytes: 300 });
    await until('the first failed', () =>
      count(`outbox_retry WHERE ${of(end)}`) === 1);
    await hub.messages(end, 1, { order: 78, bytes: 400 });
    await until('another key came', () => bank.got.length === 2);
    assert.equal(bank.got[1].text.length, 400);
    await until('all came', () => waiting(end) === 0, 20_000);
    assert.deepEqual(bank.got.filter(({ text }) => text.length === 300)
      .map(({ text }) => JSON.parse(text).n), [0, 0, 1, 2]);
  });
});
