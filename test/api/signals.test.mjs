// Risk signals from a telco to banks and wallets, under agreements that two
// admins make; a signal belongs to no case and is of no use when expired.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import { World, until } from '../support/hub.mjs';
import { isV1, isV1a, publicKey } from '../support/signatures.mjs';
import { Webhooks } from '../support/webhooks.mjs';

const world = new World();
let hub, webhooks;

const person = (name) => world.person(name);
const telco = () => person('steppe_mobile.service');
const DAY = 24 * 3_600_000;
const at = (milliseconds) => new Date(Date.now() + milliseconds).toISOString();

before(async () => {
  world.prepare();
  webhooks = await Webhooks.start(world, 'steppe_wallet.service');
  hub = await world.hub();
  await world.register(hub, (slug) => (slug === 'steppe_wallet' ? webhooks.url(slug) : undefined));
});
after(async () => {
  webhooks.stop();
  await world.remove();
});

const agreement = (more = {}) => ({ source: 'steppe_mobile', destination: 'steppe_wallet',
  purpose: 'to stop payments that callers talk people into', kinds: ['calls', 'sms_burst'],
  valid_until: at(30 * DAY), ...more });
const propose = (body, by = person('admin-1')) => by.post(hub, '/v1/agreements', body);
const confirm = (id, by = person('admin-2')) => by.post(hub, `/v1/agreements/${id}/confirmation`);
const withdraw = (id, by, reason = 'it has served its purpose') =>
  by.post(hub, `/v1/agreements/${id}/withdrawal`, { reason });
const agreements = async (by) => (await by.get(hub, '/v1/agreements?limit=200')).body.items;

/** One that is in force, also in the hub's view of the registry. */
async function agreed(more) {
  const { status, body, text } = await propose(agreement(more));
  assert.equal(status, 201, text);
  assert.equal((await confirm(body.id)).status, 200);
  await until(async () => (await agreements(person('admin-1')))
    .some(({ id, status: now }) => id === body.id && now === 'active'));
  return body.id;
}

async function ended(id) {
  assert.equal((await withdraw(id, person('admin-1'))).status, 200);
  await until(async () => (await agreements(person('admin-1')))
    .some((one) => one.id === id && one.status === 'withdrawn'));
}

let next = 5550000;
const signal = (more = {}) => ({ kind: 'calls', subject: { type: 'msisdn', value: `+7700${next++}` },
  facts: { count: 7, total_seconds: 5400, longest_seconds: 3100, new_callers: 2 },
  observed: { from: at(-7_200_000), until: at(-60_000) }, expires_at: at(2 * DAY), ...more });
const send = (body, by = telco()) => by.post(hub, '/v1/signals', body);
const list = async (by) => (await by.get(hub, '/v1/signals?limit=200')).body.items;

describe('without an agreement', () => {
  test('nothing flows', async () => {
    const { status, body } = await send(signal());
    assert.deepEqual([status, body.code], [403, 'no_agreement']);
    assert.equal(await world.database.sql('SELECT count(*) FROM signal'), '0');
  });

  test('nothing flows under one that only one person wants', async () => {
    const { body: proposed } = await propose(agreement());
    const own = await confirm(proposed.id, person('admin-1'));
    assert.deepEqual([own.status, own.body.code], [403, 'own_proposal']);
    assert.equal((await send(signal())).body.code, 'no_agreement');
    await withdraw(proposed.id, person('admin-1'));
  });

  test('nothing flows under one that is over, or not yet', async () => {
    const later = await agreed({ valid_from: at(DAY) });
    assert.equal((await send(signal())).body.code, 'no_agreement');
    await ended(later);
    const gone = await agreed();
    await ended(gone);
    assert.equal((await send(signal())).body.code, 'no_agreement');
    assert.equal((await withdraw(gone, person('admin-1'))).status, 409);
    assert.equal((await confirm(gone)).status, 409);
  });
});

describe('an agreement', () => {
  test('is between a telco and a bank or wallet, with an end', async () => {
    for (const [more, pointer] of [
      [{ source: 'malabar_bank' }, '/source'],
      [{ source: 'nobody' }, '/source'],
      [{ destination: 'steppe_mobile' }, '/destination'],
      [{ destination: 'kl_kochi_cyber' }, '/destination'],
      [{ kinds: [] }, '/kinds'],
      [{ kinds: ['gossip'] }, '/kinds/0'],
      [{ valid_until: at(-1000) }, '/valid_until'],
      [{ valid_from: at(2 * DAY), valid_until: at(DAY) }, '/valid_until'],
      [{ purpose: '' }, '/purpose'],
      [{ purpose: 'card 4111 1111 1111 1111' }, '/purpose'],
      [{ more: 1 }, '/more'],
    ]) {
      const { status, body } = await propose(agreement(more));
      assert.deepEqual([status, body.errors?.[0].pointer], [422, pointer], JSON.stringify(more));
    }
  });

  test('is made by admins and seen by its sides', async () => {
    for (const name of ['steppe_mobile.nodal', 'malabar_bank.nodal', 'kl_kochi_cyber.officer', 'payments_audit.auditor'])
      assert.equal((await propose(agreement(), person(name))).status, 403, name);
    const id = await agreed();
    const [one] = (await agreements(person('steppe_wallet.nodal'))).filter((each) => each.id === id);
    assert.deepEqual([one.source.slug, one.destination.slug, one.kinds, one.status],
      ['steppe_mobile', 'steppe_wallet', ['calls', 'sms_burst'], 'active']);
    assert.deepEqual(await agreements(person('malabar_bank.nodal')), []);
    assert.ok((await agreements(person('payments_audit.auditor'))).length > 0);
    assert.equal((await person('kl_kochi_cyber.officer').get(hub, '/v1/agreements')).status, 403);
    assert.equal((await withdraw(id, person('malabar_bank.nodal'))).status, 404);
    assert.equal((await withdraw(id, telco())).status, 403);
    assert.equal((await withdraw(id, person('steppe_wallet.nodal'))).body.status, 'withdrawn');
  });
});

describe('a signal', () => {
  let id;

  before(async () => { id = await agreed(); });

  test('comes to the wallet, signed, and stands in both lists', async () => {
    const body = signal();
    const { status, body: receipt, text } = await send(body);
    assert.equal(status, 201, text);
    assert.deepEqual([receipt.kind, receipt.recipients], ['calls', 1]);
    const delivery = await until(() => webhooks.to('steppe_wallet')
      .find(({ message }) => message.signal?.id === receipt.id));
    assert.equal(delivery.message.type, 'signal.received');
    assert.deepEqual(delivery.message.signal.subject, body.subject);
    assert.deepEqual(delivery.message.signal.facts, body.facts);
    assert.equal(delivery.message.institution.slug, 'steppe_mobile');
    assert.equal(delivery.message.case, undefined);
    const { secret } = world.institutions.steppe_wallet.endpoint;
    const { body: meta } = await telco().get(hub, '/v1/meta');
    assert.ok(isV1(secret, delivery.headers, delivery.body), 'v1');
    assert.ok(isV1a(publicKey(meta.signing_key.public_key), delivery.headers, delivery.body), 'v1a');
    assert.equal(JSON.stringify(delivery.message), delivery.body);
    for (const by of [telco(), person('steppe_wallet.nodal'), person('steppe_wallet.service')]) {
      const [seen] = (await list(by)).filter((one) => one.id === receipt.id);
      assert.deepEqual([seen.subject, seen.facts, seen.from.slug], [body.subject, body.facts, 'steppe_mobile']);
    }
    assert.deepEqual(await list(person('malabar_bank.nodal')), []);
    await until(() => world.database.sql(`SELECT count(*) FROM attempt a JOIN message m USING (message_id)
      WHERE m.type = 'signal.received' AND a.status = 204`) !== '0');
  });

  test('is sent once for one key', async () => {
    const body = signal();
    const [first, again] = [await telco().post(hub, '/v1/signals', body, { key: 'one-signal' }),
      await telco().post(hub, '/v1/signals', body, { key: 'one-signal' })];
    assert.equal(again.headers['idempotent-replayed'], 'true');
    assert.equal(again.body.id, first.body.id);
    assert.equal((await list(telco())).filter((one) => one.id === first.body.id).length, 1);
  });

  test('is an event without the number', async () => {
    const body = signal({ kind: 'sms_burst', facts: { count: 40, new_senders: 9 } });
    const { body: receipt } = await send(body);
    const leaf = await until(() => world.database.sql(
      `SELECT convert_from(leaf, 'UTF8') FROM event WHERE type = 'signal.sent' ORDER BY event_id DESC LIMIT 1`));
    assert.match(leaf, /"case":null/);
    assert.ok(!leaf.includes(body.subject.value));
    assert.equal(typeof receipt.id, 'string');
  });

  test('is of a kind that is agreed, of one telco\'s own, with an end', async () => {
    const swap = { kind: 'sim_swap', facts: { count: 1 } };
    for (const [more, status, code, pointer] of [
      [swap, 422, 'kind_not_agreed', '/kind'],
      [{ to: 'malabar_bank' }, 403, 'no_agreement', undefined],
      [{ to: 'nobody' }, 422, 'unknown_institution', '/to'],
      [{ kind: 'gossip' }, 422, 'not_one_of', '/kind'],
      [{ facts: {} }, 422, 'missing_member', '/facts/count'],
      [{ facts: { count: 2, total_seconds: 10, longest_seconds: 11, new_callers: 0 } }, 422, 'contradiction',
        '/facts/longest_seconds'],
      [{ facts: { count: 2, total_seconds: 10, longest_seconds: 9, new_callers: 3 } }, 422, 'contradiction',
        '/facts/new_callers'],
      [{ facts: { count: -1, total_seconds: 0, longest_seconds: 0, new_callers: 0 } }, 422, 'out_of_range',
        '/facts/count'],
      [{ facts: { count: 2, new_senders: 1 } }, 422, 'unknown_member', '/facts/new_senders'],
      [{ subject: { type: 'msisdn', value: '0910998765432' } }, 422, undefined, '/subject/value'],
      [{ subject: { type: 'order_id', value: '4111111111111111' } }, 422, 'card_number_refused', '/subject/value'],
      [{ expires_at: undefined }, 422, 'missing_member', '/expires_at'],
      [{ expires_at: at(-1000) }, 422, 'in_the_past', '/expires_at'],
      [{ expires_at: at(8 * DAY) }, 422, 'too_late', '/expires_at'],
      [{ observed: { from: at(-1000), until: at(-2000) } }, 422, 'bad_span', '/observed/until'],
      [{ observed: { from: at(0), until: at(DAY) } }, 422, 'in_the_future', '/observed/until'],
      [{ observed: { from: at(-31 * DAY), until: at(-30 * DAY) } }, 422, 'too_old', '/observed/from'],
    ]) {
      const answer = await send(signal(more));
      assert.equal(answer.status, status, `${JSON.stringify(more)} ${answer.text}`);
      if (code !== undefined) assert.equal(answer.body.code ?? answer.body.errors[0].code, code, answer.text);
      if (pointer !== undefined) assert.equal(answer.body.errors[0].pointer, pointer, answer.text);
    }
    assert.equal((await send(signal(), person('steppe_wallet.nodal'))).body.code, 'telco_needed');
    for (const name of ['kl_kochi_cyber.officer', 'payments_audit.auditor', 'admin-1']) {
      assert.equal((await send(signal(), person(name))).status, 403, name);
      assert.equal((await person(name).get(hub, '/v1/signals')).status, 403, name);
    }
    assert.equal((await telco().post(hub, '/v1/signals', signal(), { key: null })).body.code, 'idempotency_key_missing');
  });

  test('is listed no more when it is expired', async () => {
    const { body: receipt } = await send(signal({ expires_at: at(1500) }));
    const has = async () => (await list(telco())).some((one) => one.id === receipt.id);
    assert.ok(await has());
    await until(async () => !(await has()), { what: 'its end' });
    assert.ok(!(await list(person('steppe_wallet.nodal'))).some((one) => one.id === receipt.id));
  });

  test('goes page by page, the newest first', async () => {
    for (let i = 0; i < 3; i++) await send(signal());
    const all = await list(telco());
    const seen = [];
    let path = '/v1/signals?limit=2';
    while (path !== undefined) {
      const { body, headers } = await telco().get(hub, path);
      seen.push(...body.items.map((one) => one.id));
      path = /<([^>]*)>; rel="next"/.exec(headers.link ?? '')?.[1];
    }
    assert.deepEqual(seen, all.map((one) => one.id));
    assert.deepEqual(all.map(({ sent_at: sent }) => sent), all.map(({ sent_at: sent }) => sent).sort().reverse());
    assert.equal((await telco().get(hub, '/v1/signals?cursor=00')).status, 422);
  });

  test('stands nowhere in the clear: no file, log or URL has the number', async () => {
    const body = signal();
    await send(body);
    await until(() => webhooks.to('steppe_wallet').some(({ body: text }) => text.includes(body.subject.value)));
    const digits = body.subject.value.slice(1);
    assert.deepEqual(world.database.search([digits]), []);
    assert.ok(!world.log.includes(digits));
  });

  test('freezeline sends and lists', async () => {
    const run = (who, ...args) => world.freezeline(...args, ...who.options(hub));
    writeFileSync(world.path('signal.json'), JSON.stringify(signal()));
    const { id: made } = JSON.parse(run(telco(), 'signal', 'send', world.path('signal.json'), '--json'));
    assert.match(run(person('steppe_wallet.nodal'), 'signal', 'list'), new RegExp(made));
    assert.match(run(telco(), 'agreement', 'list'), new RegExp(`${id}.*active`));
    writeFileSync(world.path('agreement.json'), JSON.stringify(agreement()));
    const { id: proposed } = JSON.parse(
      run(person('admin-1'), 'agreement', 'add', world.path('agreement.json'), '--json'));
    assert.match(run(person('admin-2'), 'agreement', 'confirm', proposed), /active/);
    assert.equal(world.run('agreement', 'withdraw', proposed, ...person('admin-1').options(hub)).status, 2);
    await until(() => /withdrawn/.test(run(person('admin-1'), 'agreement', 'withdraw', proposed, '--reason', 'x')));
  });
});
