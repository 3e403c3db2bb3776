// Pings keep a connection open for the next freeze, and only where that works.
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
    pki.path('hub.key'), pki.path('ca.pem')],
  { isFresh: true, env: { PING_SECONDS: '1' } });
  await hub.say('start');
});
after(async () => {
  await hub.end();
  for (const bank of banks) bank.stop();
  pki.remove();
});

async function open(answer) {
  const bank = await Bank.start(pki, answer);
  banks.push(bank);
  bank.connections = 0;
  bank.server.on('secureConnection', () => { bank.connections++; });
  bank.server.keepAliveTimeout = 30_000;
  const end = await hub.endpoint(bank.url);
  bank.trust(end, hub.public);
  return { bank, end };
}

const types = (bank) => bank.got.map(({ text }) => JSON.parse(text).type);
const pause = (ms) => new Promise((resolve) => { setTimeout(resolve, ms); });

describe('an endpoint that is not used', () => {
  it('gets signed pings over one connection, which a message uses',
    async () => {
      const { bank, end } = await open();
      await until('three pings came', () => bank.got.length >= 3, 15_000);
      assert.equal(bank.connections, 1);
      assert.deepEqual(new Set(types(bank)), new Set(['test.ping']));
      assert.equal(bank.ids().size, bank.got.length);
      const { text } = bank.got[0];
      assert.equal(JSON.stringify(JSON.parse(text)), text);
      await hub.messages(end, 1);
      await until('it came', () => types(bank).includes(undefined));
      assert.equal(bank.connections, 1);
      // A ping is no delivery.
      await until('it is told', () => hub.of('delivered', end).length === 1);
      assert.equal(sql('SELECT count(*) FROM attempt')[0][0], '1');
    });
  it('is left alone when it closes its connections anyway', async () => {
    const { bank } = await open((_, response) =>
      response.writeHead(200, { Connection: 'close' }).end());
    await until('two pings came', () => bank.got.length >= 2, 15_000);
    await pause(3000);
    assert.equal(bank.got.length, 2);
  });
  it('and refuses pings is left alone, and not suspended', async () => {
    const { bank, end } = await open((request, response) =>
      response.writeHead(bank.isWell ? 200 : 404).end());
    await until('one ping came', () => bank.got.length >= 1, 15_000);
    await pause(3000);
    assert.equal(bank.got.length, 1);
    assert.equal((await hub.say('counters')).suspended, 0);
    bank.isWell = true;
    await hub.messages(end, 1);
    await until('a message comes at once', () => bank.got.length === 2);
    assert.deepEqual(hub.of('escalated', end), []);
  });
});
