// Deliveries: real webhooks over mutual TLS, what is signed, recorded, tried
// again, and what the case sees of it.
import assert from 'node:assert/strict';
import { createServer } from 'node:https';
import { after, before, describe, test } from 'node:test';
import { about, freshExample, hold, submit, targetAt, targets } from '../support/cases.mjs';
import { World, until } from '../support/hub.mjs';
import { Pki } from '../support/pki.mjs';
import { isV1, isV1a, publicKey } from '../support/signatures.mjs';
import { Webhooks } from '../support/webhooks.mjs';

const world = new World();
const strangers = new Pki();
let hub, webhooks, key;

before(async () => {
  world.prepare();
  webhooks = await Webhooks.start(world);
  hub = await world.hub();
  await world.register(hub, (slug) => (BY_WEBHOOK.includes(slug) ? webhooks.url(slug) : undefined));
  const { body } = await officer().get(hub, '/v1/meta');
  key = publicKey(body.signing_key.public_key);
});
after(async () => {
  webhooks.stop();
  strangers.remove();
  await world.remove();
});

const BY_WEBHOOK = ['malabar_bank', 'deccan_bank', 'kaveri_wallet', 'nadi_gateway', 'harbour_bank'];
const officer = () => world.person('kl_kochi_cyber.officer');
const look = async (target) => (await officer().get(hub, `/v1/targets/${target.id}`)).body;

const delivered = (target) => until(async () => {
  const seen = await look(target);
  return seen.delivered_at !== undefined && seen;
}, { what: `the delivery of ${target.id}` });

const of = (target) => webhooks.to(target.institution.slug)
  .filter(({ message }) => message.targets?.some(({ id }) => id === target.id));

/** Attempts on the messages of a target, in order. */
const attempts = (target) => world.database.rows(`
  SELECT a.n, a.status, a.error, a.milliseconds, a.remote, a.key_ids FROM attempt a JOIN message m USING (message_id)
   WHERE EXISTS (SELECT FROM target t WHERE t.target_id = ANY (m.target_ids)
                  AND t.identifier_hash = (SELECT identifier_hash FROM target WHERE target_id = '${uuid(target.id)}'))
     AND m.endpoint_no IN (SELECT endpoint_no FROM endpoint WHERE kind = 'webhook') ORDER BY a.at, a.n`);

/** An id without its prefix, as the database has it. */
function uuid(id) {
  const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';
  let value = 0n;
  for (const c of id.split('_')[1]) value = value * 32n + BigInt(alphabet.indexOf(c));
  return value.toString(16).padStart(32, '0').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

describe('a delivery', () => {
  test('of (a) comes to each of the three, signed twice, from the hub\'s own certificate', async () => {
    const began = Date.now();
    const { body } = await submit(world, hub, 'a');
    for (const target of targets(body)) {
      const [first] = await until(() => of(target).length > 0 && of(target));
      assert.ok(first.at - began < 3000, 'the first attempt is late');
      assert.equal(first.method, 'POST');
      assert.match(first.headers['content-type'], /^application\/json/);
      assert.equal(first.peer, 'Freezeline hub');
      assert.equal(JSON.stringify(first.message), first.body);
      assert.equal(first.message.id, first.id);
      assert.equal(first.message.type, 'freeze.requested');
      assert.equal(first.message.case.ref, body.ref);
      const { secret } = world.institutions[target.institution.slug].endpoint;
      assert.ok(isV1(secret, first.headers, first.body), 'v1');
      assert.ok(isV1a(key, first.headers, first.body), 'v1a');
      assert.ok(!isV1(secret, first.headers, `${first.body} `));
      assert.match(first.headers.traceparent ?? '00-0-0-0', /^00-/);
    }
  });

  test('is recorded, and moves the target with its times', async () => {
    const { body } = await submit(world, hub, 'e');
    const [target] = targets(body);
    const seen = await delivered(target);
    assert.equal(seen.status, 'delivered');
    assert.ok(seen.queued_at <= (seen.sent_at ?? seen.queued_at));
    assert.ok((seen.sent_at ?? seen.queued_at) <= seen.delivered_at);
    const [attempt, ...more] = await attempts(target);
    assert.deepEqual(more, []);
    assert.deepEqual([attempt.n, attempt.status, attempt.error], [1, 204, '']);
    assert.match(attempt.remote, /127\.0\.0\.1|::1/);
    assert.equal(of(target).length, 1);
    assert.equal(await world.database.value(`SELECT count(*) FROM outbox o JOIN message m USING (message_id)
      WHERE '${uuid(target.id)}' = ANY (m.target_ids) AND m.type = 'freeze.requested'`), 0);
  });

  test('keeps its connections', async () => {
    const before_ = webhooks.connections;
    const made = [];
    for (let i = 0; i < 20; i++) made.push(targets((await submit(world, hub, 'e')).body)[0]);
    for (const target of made) await delivered(target);
    assert.ok(webhooks.connections - before_ <= 8, `${webhooks.connections - before_} new connections`);
  });

  test('overtaken by its answer keeps both', async () => {
    const robot = world.person('deccan_bank.service');
    webhooks.plan('deccan_bank', async ({ message }) => {
      const [{ id, amount_requested }] = message.targets;
      const answer = await robot.post(hub, `/v1/targets/${id}/responses`, hold(amount_requested));
      assert.equal(answer.status, 201, answer.text);
      return 204;
    });
    const { body } = await submit(world, hub, 'e');
    const [target] = targets(body);
    const seen = await delivered(target);
    webhooks.plan('deccan_bank', () => 204);
    assert.equal(seen.status, 'held_full');
    assert.ok(seen.answered_at !== undefined);
  });
});

describe('a receiver', () => {
  test('that fails is tried again with the same webhook-id, signed anew, until it is healed', async () => {
    const already = webhooks.to('malabar_bank').length;
    webhooks.plan('malabar_bank', (_, n) => (n === already + 1 ? 500 : 204));
    const { body } = await submit(world, hub, 'f');
    const [target] = targets(body);
    await until(async () => (await look(target)).status === 'sent');
    const failed = await look(target);
    assert.ok(failed.sent_at !== undefined && failed.delivered_at === undefined);
    const seen = await delivered(target);
    assert.equal(seen.status, 'delivered');
    const [first, second, ...more] = of(target);
    assert.deepEqual(more, []);
    assert.equal(second.id, first.id);
    assert.equal(second.body, first.body);
    const { secret } = world.institutions.malabar_bank.endpoint;
    for (const one of [first, second]) assert.ok(isV1(secret, one.headers, one.body) && isV1a(key, one.headers, one.body));
    const pause = second.at - first.at;
    assert.ok(pause >= 1500 && pause < 4500, `after ${pause} ms`);
    assert.deepEqual((await attempts(target)).map(({ n, status }) => [n, status]), [[1, 500], [2, 204]]);
  });

  test('that redirects is not followed', async () => {
    let trap = 0;
    webhooks.plan('elsewhere', () => { trap++; return 204; });
    const already = webhooks.to('nadi_gateway').length;
    webhooks.plan('nadi_gateway', (_, n) => (n === already + 1 ? 307 : 204));
    const { body } = await submit(world, hub, 'a');
    const target = targetAt(body, 'nadi_gateway');
    await until(() => of(target).length >= 1);
    await delivered(target);
    assert.equal(trap, 0);
    assert.equal((await attempts(target))[0].status, 307);
  });

  test('that hangs costs the others nothing', async () => {
    let let_go;
    const hung = new Promise((done) => { let_go = done; });
    webhooks.plan('kaveri_wallet', () => hung);
    const { body } = await submit(world, hub, 'a');
    const began = Date.now();
    for (const slug of ['malabar_bank', 'nadi_gateway']) await delivered(targetAt(body, slug));
    assert.ok(Date.now() - began < 3000);
    assert.notEqual((await look(targetAt(body, 'kaveri_wallet'))).status, 'delivered');
    let_go(204);
    webhooks.plan('kaveri_wallet', () => 204);
    await delivered(targetAt(body, 'kaveri_wallet'));
  });

  test('whose 2xx is not there keeps the message: kill and start send it again', async () => {
    let let_go;
    const hung = new Promise((done) => { let_go = done; });
    webhooks.plan('kaveri_wallet', () => hung);
    const { body } = await submit(world, hub, 'a');
    const target = targetAt(body, 'kaveri_wallet');
    await until(() => of(target).length === 1);
    await hub.kill();
    webhooks.plan('kaveri_wallet', () => 204);
    let_go(204);
    await hub.start();
    await until(() => of(target).length === 2, { milliseconds: 30_000 });
    await delivered(target);
    const [first, second] = of(target);
    assert.equal(second.id, first.id);
    assert.equal(second.body, first.body);
  });
});

describe('the hub', () => {
  const proposed = async (slug, endpoint) => {
    const made = await world.person('admin-1').post(hub, '/v1/institutions', { slug, name: slug, kind: 'bank',
      country: 'IN', endpoint: { kind: 'webhook', allow_private: true, ...endpoint } });
    assert.equal(made.status, 201, made.text);
    await world.confirm(hub, 'institutions', made.body.id);
  };
  const ask = async (slug) => {
    const draft = freshExample('e');
    draft.requests[0].targets[0].institution = slug;
    const { body } = await submit(world, hub, 'e', { body: draft });
    return targets(body)[0];
  };
  test('gives nothing to a receiver of another authority', async () => {
    strangers.issue('receiver', { purpose: 'serverAuth' });
    const false_ = await Webhooks.start({ person: () => ({ tls: { ...strangers.credentials('receiver'),
      ca: world.person('admin-1').tls.ca } }) });
    await proposed('false_bank', { url: false_.url('x') });
    const target = await ask('false_bank');
    const [attempt] = await until(async () => {
      const found = await attempts(target);
      return found.length > 0 && found;
    });
    assert.equal(attempt.status, 0);
    assert.notEqual(attempt.error, '');
    assert.deepEqual(false_.deliveries, []);
    assert.ok(['sent', 'undeliverable'].includes((await until(async () => {
      const seen = await look(target);
      return seen.status !== 'queued' && seen;
    })).status));
    false_.stop();
  });

  test('calls no private address that the registry does not allow', async () => {
    await proposed('inner_bank', { url: webhooks.url('inner_bank'), allow_private: false });
    const target = await ask('inner_bank');
    const [attempt] = await until(async () => {
      const found = await attempts(target);
      return found.length > 0 && found;
    });
    assert.equal(attempt.status, 0);
    assert.deepEqual(webhooks.to('inner_bank'), []);
  });

  test('keeps what nobody takes: a closed port, then an open one', async () => {
    const closed = await Webhooks.start(world);
    const { port } = closed;
    closed.stop();
    await proposed('later_bank', { url: closed.url('later_bank') });
    const target = await ask('later_bank');
    await until(async () => (await attempts(target)).length >= 1);
    const { ca, cert, key: secret } = world.person('malabar_bank.service').tls;
    const got = [];
    const server = createServer({ ca, cert, key: secret, requestCert: true, rejectUnauthorized: true }, (request, response) => {
      request.resume().on('end', () => { got.push(request.headers['webhook-id']); response.writeHead(204).end(); });
    }).listen(port, 'localhost');
    await delivered(target);
    assert.equal(got.length, 1);
    server.close();
    server.closeAllConnections();
  });

  test('tells the police unit of answers, by its inbox', async () => {
    const { body } = await submit(world, hub, 'e');
    const [target] = targets(body);
    await delivered(target);
    const answer = await world.person('deccan_bank.nodal').post(hub, `/v1/targets/${target.id}/responses`,
      { code: 'RECEIPT' });
    assert.equal(answer.status, 201);
    assert.deepEqual((await about(hub, officer(), target)).map(({ type }) => type), ['receipt.recorded']);
  });
});
