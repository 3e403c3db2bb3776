// The institution's program: what it takes and refuses, that a 2xx is on the
// disk, that a repeat changes nothing, and that a killed one goes on.
import assert from 'node:assert/strict';
import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { after, before, beforeEach, describe, it } from 'node:test';
import { createHash, X509Certificate } from 'node:crypto';

import { Hub, Keys, message, newId, Nodal, until } from '../support/nodal.mjs';
import { Pki } from '../support/pki.mjs';

let pki;
let hub;
let rules;
const writeRules = (name, document) => {
  writeFileSync(pki.path(name), JSON.stringify(document));
  return pki.path(name);
};
const receipt = { body: { code: 'RECEIPT' } };
const hold = { after_ms: 30, body: { code: 'HLD_PART', amount_held: '$part 40',
  hold_ref: '$ref', held_at: '$now' } };

before(async () => {
  pki = new Pki();
  pki.issue('server', { purpose: 'serverAuth' });
  pki.issue('bank', { purpose: 'serverAuth,clientAuth' });
  pki.issue('hub');
  pki.issue('other');
  hub = await Hub.start(pki);
  rules = writeRules('rules.json', { rules: [{ name: 'hold',
    answers: [receipt, hold] }] });
});
after(() => {
  hub.stop();
  pki.remove();
});
beforeEach(() => {
  hub.answers.length = 0;
  hub.statuses.length = 0;
});

const listen = (name, ...args) =>
  new Nodal(hub, name, '--listen', '127.0.0.1:0', ...args).start();

describe('a delivery', () => {
  let nodal;
  before(async () => { nodal = await listen('taking', '--rules', rules); });
  after(async () => assert.deepEqual(await nodal.stop(), [0, null]));

  it('is answered by its rule, each answer under its own key', async () => {
    const one = message();
    assert.equal(await hub.deliver(nodal.port, JSON.stringify(one)), 200);
    await until(() => hub.answers.length === 2);
    const target = one.targets[0].id;
    assert.deepEqual(hub.answers.map(({ key }) => key),
      [`${one.id}.${target}.0`, `${one.id}.${target}.1`]);
    assert.deepEqual(JSON.parse(hub.answers[0].body), { code: 'RECEIPT' });
    const held = JSON.parse(hub.answers[1].body);
    assert.deepEqual(held.amount_held, { amount: '40.00', currency: 'INR' });
    assert.equal(held.hold_ref, `H-${target.slice(-10).toUpperCase()}`);
  });

  it('that is repeated gets its 2xx and no second answer', async () => {
    const body = JSON.stringify(message());
    assert.equal(await hub.deliver(nodal.port, body), 200);
    await until(() => hub.answers.length === 2);
    assert.deepEqual(await Promise.all([1, 2, 3].map(() =>
      hub.deliver(nodal.port, body))), [200, 200, 200]);
    const last = JSON.stringify(message());
    await hub.deliver(nodal.port, last);
    await until(() => hub.answers.length === 4);
    assert.equal(readFileSync(nodal.store, 'utf8')
      .match(new RegExp(JSON.parse(body).id, 'g')).length >= 1, true);
    assert.equal(readFileSync(nodal.store, 'utf8').split('\n')
      .filter((line) => line.includes('"k":"message"') &&
        line.includes(`"id":"${JSON.parse(body).id}"`)).length, 1);
  });

  it('of many at once is taken whole', async () => {
    const many = Array.from({ length: 60 }, () => message());
    const statuses = await Promise.all(many.map((one) =>
      hub.deliver(nodal.port, JSON.stringify(one))));
    assert.ok(statuses.every((status) => status === 200));
    await until(() => hub.answers.length === 120);
    assert.equal(new Set(hub.answers.map(({ key }) => key)).size, 120);
  });

  it('without targets, or that no rule fits, is stored and not answered',
    async () => {
      const ping = message(undefined, { type: 'test.ping', targets: [] });
      const other = message(undefined, { type: 'deadline.warning' });
      assert.equal(await hub.deliver(nodal.port, JSON.stringify(ping)), 200);
      assert.equal(await hub.deliver(nodal.port, JSON.stringify(other)), 200);
      await until(() => readFileSync(nodal.store, 'utf8').split('\n')
        .some((line) => line.includes('"k":"done"') &&
          line.includes(other.id)));
      assert.equal(hub.answers.length, 0);
    });

  it('of a signal is stored, told in the log without its number, and not answered',
    async () => {
      const id = newId('msg');
      const signal = { id, type: 'signal.received', spec: '1.0',
        signal: { id: newId('sig'), kind: 'calls',
          subject: { type: 'msisdn', value: '+77005550177' },
          expires_at: '2026-03-14T05:40:00.000Z' },
        institution: { slug: 'steppe_mobile' } };
      assert.equal(await hub.deliver(nodal.port, JSON.stringify(signal)), 200);
      await until(() => readFileSync(nodal.store, 'utf8').split('\n')
        .some((line) => line.includes('"k":"done"') && line.includes(id)));
      await until(() => nodal.log.includes(signal.signal.id));
      assert.match(nodal.log, /signal received.*steppe_mobile/);
      assert.ok(!nodal.log.includes('77005550177'));
      assert.equal(hub.answers.length, 0);
    });

  const now = () => Math.floor(Date.now() / 1000);
  const wrong = {
    'signed by v1 alone': (id, body) =>
      [body, hub.keys.headers(id, body, now(), ['v1']), 401],
    'signed by v1a alone': (id, body) =>
      [body, hub.keys.headers(id, body, now(), ['v1a']), 401],
    'signed by a stranger': (id, body) =>
      [body, new Keys().headers(id, body), 401],
    'with another body': (id, body) =>
      [`${body} `, hub.keys.headers(id, body), 401],
    'with another id in its body': (id, body) => {
      const other = newId('msg');
      return [body, hub.keys.headers(other, body), 400];
    },
    'of six minutes ago': (id, body) =>
      [body, hub.keys.headers(id, body, now() - 360), 401],
    'of six minutes ahead': (id, body) =>
      [body, hub.keys.headers(id, body, now() + 360), 401],
    'without a signature': (id, body) =>
      [body, { 'webhook-id': id, 'webhook-timestamp': String(now()) }, 400],
    'without any header': (id, body) => [body, {}, 400],
    'that is no JSON': (id) => ['no', hub.keys.headers(id, 'no'), 400],
  };
  for (const [what, make] of Object.entries(wrong)) {
    it(`${what} is refused and not stored`, async () => {
      const one = message();
      const [body, headers, status] = make(one.id, JSON.stringify(one));
      assert.equal(await hub.deliver(nodal.port, body, { headers }), status);
      assert.ok(!readFileSync(nodal.store, 'utf8').includes(one.id));
    });
  }
  it('by another method is refused', async () => {
    const body = JSON.stringify(message());
    assert.equal(await hub.deliver(nodal.port, body, { method: 'PUT' }), 405);
  });
});

describe('a receiver that knows the key of its hub', () => {
  it('takes nothing from another certificate', async () => {
    const key = new X509Certificate(pki.read('hub.pem')).publicKey
      .export({ type: 'spki', format: 'der' });
    const nodal = await listen('pinned', '--rules', rules, '--hub-spki',
      createHash('sha256').update(key).digest('hex'));
    const body = JSON.stringify(message());
    assert.equal(await hub.deliver(nodal.port, body, { as: 'other' }), 403);
    assert.equal(await hub.deliver(nodal.port, body), 200);
    assert.deepEqual(await nodal.stop(), [0, null]);
  });
});

describe('after a kill', () => {
  it('posts the same bytes under the same key, and what was left', async () => {
    const nodal = await listen('killed', '--rules', rules);
    const one = message();
    hub.statuses.push(201, 'cut', 503);
    assert.equal(await hub.deliver(nodal.port, JSON.stringify(one)), 200);
    await until(() => hub.answers.length >= 2);
    await nodal.stop('SIGKILL');
    const before = hub.answers.map(({ key, body }) => `${key} ${body}`);
    // A torn line of a write that was under way.
    writeFileSync(nodal.store, 'deadbeef {"k":"mess', { flag: 'a' });
    hub.statuses.length = 0;
    await nodal.start();
    await until(() => hub.answers.at(-1).status === 201 &&
      hub.answers.at(-1).key.endsWith('.1'));
    const last = hub.answers.at(-1);
    assert.equal(`${last.key} ${last.body}`, before.at(-1));
    assert.equal(await hub.deliver(nodal.port, JSON.stringify(one)), 200);
    const count = hub.answers.length;
    await hub.deliver(nodal.port, JSON.stringify(message()));
    await until(() => hub.answers.length === count + 2);
    assert.deepEqual(await nodal.stop(), [0, null]);
  });

  it('every message that got its 2xx is answered, once', async () => {
    const nodal = await listen('stormed', '--rules', rules);
    const taken = [];
    for (let round = 0; round < 5; round += 1) {
      const many = Array.from({ length: 20 }, () => message());
      const sent = many.map((one) =>
        hub.deliver(nodal.port, JSON.stringify(one)).then(
          (status) => { if (status === 200) taken.push(one.id); }, () => {}));
      await until(() => taken.length > round * 10);
      await nodal.stop('SIGKILL');
      await Promise.all(sent);
      await nodal.start();
    }
    const done = () => new Set(hub.answers
      .filter(({ status, key }) => status === 201 && key.endsWith('.1'))
      .map(({ key }) => key.split('.')[0]));
    await until(() => taken.every((id) => done().has(id)), 20_000);
    // The same key never with two bodies.
    const bodies = new Map();
    for (const { key, body } of hub.answers) {
      assert.equal(bodies.get(key) ?? body, body);
      bodies.set(key, body);
    }
    assert.deepEqual(await nodal.stop(), [0, null]);
  });
});

describe('answers', () => {
  it('are posted until the hub has spoken', async () => {
    const nodal = await listen('retried', '--rules', rules);
    hub.statuses.push(503, 'cut', 201, 201);
    await hub.deliver(nodal.port, JSON.stringify(message()));
    await until(() => hub.answers.length === 4);
    assert.equal(new Set(hub.answers.slice(0, 3).map(({ key, body }) =>
      key + body)).size, 1);
    assert.deepEqual(await nodal.stop(), [0, null]);
  });
  it('end at a refusal', async () => {
    const nodal = await listen('refused', '--rules', rules);
    const one = message();
    hub.statuses.push(422);
    await hub.deliver(nodal.port, JSON.stringify(one));
    await until(() => nodal.log.includes('answer refused'));
    await hub.deliver(nodal.port, JSON.stringify(message()));
    await until(() => hub.answers.length === 3);
    assert.equal(hub.answers.filter(({ key }) => key.startsWith(one.id)).length,
      1);
    assert.deepEqual(await nodal.stop(), [0, null]);
  });
});

describe('a rule file', () => {
  it('breaks the first deliveries and slows the others', async () => {
    const nodal = await listen('broken', '--rules', writeRules('broken.json',
      { receiver: { fail_first: 2, fail_status: 502, delay_ms: 300 },
        rules: [] }));
    const body = JSON.stringify(message());
    assert.equal(await hub.deliver(nodal.port, body), 502);
    assert.equal(await hub.deliver(nodal.port, body), 502);
    const began = Date.now();
    assert.equal(await hub.deliver(nodal.port, body), 200);
    assert.ok(Date.now() - began >= 290);
    assert.deepEqual(await nodal.stop(), [0, null]);
  });
  it('breaks until a file appears', async () => {
    const healed = pki.path('healed');
    const nodal = await listen('healing', '--rules', writeRules('until.json',
      { receiver: { fail_until_file: healed }, rules: [] }));
    const body = JSON.stringify(message());
    assert.equal(await hub.deliver(nodal.port, body), 500);
    writeFileSync(healed, '');
    assert.equal(await hub.deliver(nodal.port, body), 200);
    assert.deepEqual(await nodal.stop(), [0, null]);
  });
});

describe('a program', () => {
  const program = (name, text) => {
    writeFileSync(pki.path(name), `#!/bin/sh\n${text}\n`);
    chmodSync(pki.path(name), 0o755);
    return pki.path(name);
  };
  it('reads the request and says the answer', async () => {
    const nodal = await listen('asked', '--exec', program('asked.sh',
      `cat > ${pki.path('request.json')}\necho '{"code":"NIL_BAL"}'`));
    const body = JSON.stringify(message());
    await hub.deliver(nodal.port, body);
    await until(() => hub.answers.length === 1);
    assert.equal(hub.answers[0].body, '{"code":"NIL_BAL"}');
    assert.equal(readFileSync(pki.path('request.json'), 'utf8'), body);
    assert.deepEqual(await nodal.stop(), [0, null]);
  });
  it('that fails is asked again', async () => {
    const nodal = await listen('failing', '--exec', program('failing.sh',
      `cat > /dev/null\nif [ ! -e ${pki.path('once')} ]; then\n` +
      `touch ${pki.path('once')}\nexit 3\nfi\necho '{"code":"NIL_BAL"}'`));
    await hub.deliver(nodal.port, JSON.stringify(message()));
    await until(() => hub.answers.length === 1);
    assert.match(nodal.log, /ended with status 3/);
    assert.deepEqual(await nodal.stop(), [0, null]);
  });
});

describe('an inbox', () => {
  it('is read, stored, checkpointed and answered; a forgery is left',
    async () => {
      const good = message();
      const forged = message();
      hub.inbox = [good, forged].map((one) =>
        ({ id: one.id, body: JSON.stringify(one) }));
      hub.inbox[1].headers = new Keys().headers(forged.id,
        hub.inbox[1].body);
      const nodal = await new Nodal(hub, 'inbox', '--inbox', '--rules',
        rules).start();
      await until(() => hub.answers.length === 2);
      assert.ok(hub.answers.every(({ key }) => key.startsWith(good.id)));
      assert.deepEqual(hub.checkpoints, [good.id]);
      assert.ok(!readFileSync(nodal.store, 'utf8').includes(forged.id));
      hub.inbox = [];
      assert.deepEqual(await nodal.stop(), [0, null]);
    });
});

describe('a wrong start', () => {
  const wrong = [
    [[], /one of --listen and --inbox/, 2],
    [['--inbox', '--listen', '127.0.0.1:0'], /one of --listen/, 2],
    [['--inbox'], /one of --rules and --exec/, 2],
    [['--listen', 'somewhere', '--exec', 'x'], /ADDRESS:PORT/, 2],
    [['--inbox', '--rules', '/nonexistent'], /cannot read/, 1],
    [['--listen', '127.0.0.1:0', '--exec', 'x', '--hub-spki', 'ab'],
      /64 hex/, 1],
  ];
  for (const [args, said, code] of wrong) {
    it(`with ${args.join(' ') || 'nothing'} says why`, async () => {
      const nodal = await new Nodal(hub, 'wrong', ...args).start();
      assert.deepEqual(await nodal.exit, [code, null]);
      assert.match(nodal.log, said);
    });
  }
  it('beside another that has the store is refused', async () => {
    const nodal = await listen('shared', '--rules', rules);
    const second = await listen('shared', '--rules', rules);
    assert.deepEqual(await second.exit, [1, null]);
    assert.match(second.log, /another process/);
    assert.deepEqual(await nodal.stop(), [0, null]);
  });
});
