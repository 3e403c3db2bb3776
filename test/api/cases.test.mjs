// Cases: the six examples submitted, read back, waited for and paged
// through; the second person's approval.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import {
  EXPECTED, LETTERS, example, freshExample, hold, nodal, respond, submit, targetAt, targets,
} from '../support/cases.mjs';
import { World, until } from '../support/hub.mjs';

const world = new World();
let hub;
const receipts = {};

before(async () => {
  world.prepare(['us_sanjose_pd.supervisor-2']);
  hub = await world.hub();
  await world.register(hub);
});
after(() => world.remove());

const person = (name) => world.person(name);
const officer = () => person('kl_kochi_cyber.officer');

/** A time as the hub writes it. */
const utc = (text) => new Date(text).toISOString();

// What a case reads back, of what was posted.
const posted = ({ key, ...txn }) => ({ ...txn, layer: txn.layer ?? 1, at: utc(txn.at) });
const stored = ({ id, position, ...txn }) => txn;

const REFS = { a: 'IN-KL', b: 'IN-KL', c: 'US-CA', d: 'KZ-ALA', e: 'IN-KL', f: 'IN-KL' };

describe('the six examples', () => {
  for (const letter of LETTERS) {
    test(`${letter} is taken, with a receipt for every target`, async () => {
      const body = example(letter);
      const answer = await submit(world, hub, letter, { body });
      const receipt = answer.body;
      const waits = letter === 'c';

      receipts[letter] = { receipt, body };
      assert.equal(answer.headers.location, `/v1/cases/${receipt.id}`);
      assert.match(receipt.ref, new RegExp(`^${REFS[letter]}-\\d{4}-\\d{6}-[0-9A-Z]$`));
      assert.equal(receipt.status, waits ? 'validated' : 'dispatched');
      assert.equal(receipt.priority, 'p1');
      assert.deepEqual(receipt.transactions.map(({ key }) => key),
        body.transactions.map(({ key }) => key));
      assert.equal(receipt.requests.length, body.requests.length);
      body.requests.forEach((request, i) => {
        const made = receipt.requests[i];
        assert.equal(made.action, request.action);
        assert.equal(made.status, waits ? 'pending_approval' : 'issued');
        assert.equal(made.desired_status, 'issued');
        assert.deepEqual(made.targets.map((target) => target.amount_requested),
          request.targets.map((target) => target.amount));
        assert.deepEqual(made.targets.map((target) => target.identifier.type),
          request.targets.map((target) => target.identifier.type));
        for (const target of made.targets) {
          assert.equal(target.status, waits ? 'proposed' : 'queued');
          assert.equal(target.duplicate, false);
        }
      });
      assert.deepEqual(targets(receipt).map(({ institution }) => institution.slug).sort(),
        EXPECTED[letter].targets.filter(({ passed = [], layer }) => layer === 1 || !passed.includes('proposed'))
          .map(({ institution }) => institution).sort());
    });

    test(`${letter} reads back as it was posted`, async () => {
      const { receipt, body } = receipts[letter];
      const { body: read } = await person(EXPECTED[letter].submitted_by)
        .get(hub, `/v1/cases/${receipt.id}`);

      for (const member of ['typology', 'authorised', 'report_channel', 'language', 'loss', 'complainant',
        'narrative'])
        assert.deepEqual(read[member], body[member], member);
      assert.deepEqual(read.external_refs ?? [], body.external_refs ?? []);
      assert.equal(read.occurred_at, utc(body.occurred_at));
      assert.equal(read.reported_at, utc(body.reported_at));
      assert.equal(read.ref, receipt.ref);
      assert.deepEqual(read.transactions.map(stored), body.transactions.map(posted));
      body.requests.forEach((request, i) => request.targets.forEach((target, j) => {
        const made = read.requests[i].targets[j];
        assert.deepEqual(made.account, target.identifier);
        assert.equal(made.holder, target.holder);
        assert.equal(made.action, request.action);
        assert.ok(!JSON.stringify(made.identifier).includes(target.identifier.value));
      }));
    });
  }

  test('a case is found by its spoken reference, and by no other', async () => {
    const { receipt } = receipts.b;
    const found = await officer().get(hub, `/v1/cases/${receipt.ref}`);
    assert.equal(found.status, 200);
    assert.equal(found.body.id, receipt.id);
    const last = receipt.ref.at(-1) === 'A' ? 'B' : 'A';
    const wrong = await officer().get(hub, `/v1/cases/${receipt.ref.slice(0, -1)}${last}`);
    assert.equal(wrong.status, 404);
  });

  test('a target reads the same alone and in its case', async () => {
    const { receipt } = receipts.a;
    const { body: read } = await officer().get(hub, `/v1/cases/${receipt.id}`);
    for (const target of targets(read)) {
      const alone = await officer().get(hub, `/v1/targets/${target.id}`);
      assert.equal(alone.status, 200);
      // Alone it also tells what was answered and brought forward.
      const same = Object.fromEntries(Object.keys(target).map((key) => [key, alone.body[key]]));
      assert.deepEqual(same, target);
      assert.deepEqual(alone.body.responses, []);
      assert.equal(alone.body.case_id, receipt.id);
    }
  });

  test('a second live request for the same thing is superseded and says no more', async () => {
    const again = await submit(world, hub, 'e', { body: example('e') });
    const [target] = targets(again.body);
    assert.equal(target.status, 'superseded');
    assert.equal(target.duplicate, true);
    assert.ok(!again.text.includes(receipts.e.receipt.id));
    assert.ok(!again.text.includes(targets(receipts.e.receipt)[0].id));
  });
});

describe('versions', () => {
  test('an unchanged case is 304 without a body, a changed one 200 with a new ETag', async () => {
    const { body: receipt } = await submit(world, hub, 'e');
    const path = `/v1/cases/${receipt.id}`;
    const first = await officer().get(hub, path);
    const same = await officer().get(hub, path, { headers: { 'if-none-match': first.headers.etag } });
    assert.equal(same.status, 304);
    assert.equal(same.text, '');
    assert.equal(same.headers.etag, first.headers.etag);
    await respond(world, hub, targets(receipt)[0], { code: 'RECEIPT' });
    const changed = await officer().get(hub, path, { headers: { 'if-none-match': first.headers.etag } });
    assert.equal(changed.status, 200);
    assert.notEqual(changed.headers.etag, first.headers.etag);
    assert.ok(changed.body.row_version > first.body.row_version);
  });

  test('a target has its own ETag', async () => {
    const { body: receipt } = await submit(world, hub, 'a');
    const [one, other] = targets(receipt);
    const before = await officer().get(hub, `/v1/targets/${one.id}`);
    const known = { headers: { 'if-none-match': before.headers.etag } };
    assert.equal((await officer().get(hub, `/v1/targets/${one.id}`, known)).status, 304);
    await respond(world, hub, one, { code: 'RECEIPT' });
    assert.equal((await officer().get(hub, `/v1/targets/${one.id}`, known)).status, 200);
    const { headers } = await officer().get(hub, `/v1/targets/${other.id}`);
    assert.equal((await officer().get(hub, `/v1/targets/${other.id}`,
      { headers: { 'if-none-match': headers.etag } })).status, 304);
  });
});

describe('waiting', () => {
  const waiting = (etag, seconds) => ({
    headers: { 'if-none-match': etag, prefer: `wait=${seconds}` },
  });

  for (const what of ['cases', 'targets']) {
    test(`of ${what} ends as soon as something changes`, async () => {
      const { body: receipt } = await submit(world, hub, 'e');
      const [target] = targets(receipt);
      const path = what === 'cases' ? `/v1/cases/${receipt.id}` : `/v1/targets/${target.id}`;
      const { headers } = await officer().get(hub, path);
      const waits = officer().get(hub, path, waiting(headers.etag, 30));
      await respond(world, hub, target, { code: 'RECEIPT' });
      const told = performance.now();
      const answer = await waits;
      assert.equal(answer.status, 200);
      assert.match(answer.headers['preference-applied'], /^wait=30$/);
      assert.notEqual(answer.headers.etag, headers.etag);
      assert.ok(performance.now() - told < 3000, 'it waited on');
      assert.ok(answer.text.includes('acknowledged'));
    });
  }

  test('ends with 304 where nothing changes', async () => {
    const { body: receipt } = await submit(world, hub, 'e');
    const path = `/v1/cases/${receipt.id}`;
    const { headers } = await officer().get(hub, path);
    const answer = await officer().get(hub, path, waiting(headers.etag, 1));
    assert.equal(answer.status, 304);
    assert.equal(answer.headers['preference-applied'], 'wait=1');
    assert.ok(answer.milliseconds >= 900, `after ${answer.milliseconds} ms`);
  });

  test('is over at once where the known version is old', async () => {
    const { body: receipt } = await submit(world, hub, 'e');
    const answer = await officer().get(hub, `/v1/cases/${receipt.id}`, waiting('"0"', 30));
    assert.equal(answer.status, 200);
    assert.ok(answer.milliseconds < 3000);
  });

  test('many wait for one case and all are told', async () => {
    const { body: receipt } = await submit(world, hub, 'e');
    const path = `/v1/cases/${receipt.id}`;
    const { headers } = await officer().get(hub, path);
    const all = Array.from({ length: 30 }, () => officer().get(hub, path, waiting(headers.etag, 30)));
    await respond(world, hub, targets(receipt)[0], { code: 'RECEIPT' });
    for (const { status } of await Promise.all(all)) assert.equal(status, 200);
  });
});

describe('a dry run', () => {
  const dry = (letter, body, by = EXPECTED[letter].submitted_by) =>
    person(by).post(hub, '/v1/cases?dry_run=true', body, { key: null });

  for (const letter of LETTERS) {
    test(`of ${letter} tells who would receive what and stores nothing`, async () => {
      const before = await world.database.counts();
      const { status, body } = await dry(letter, freshExample(letter));
      assert.equal(status, 200);
      assert.equal(body.dry_run, true);
      assert.deepEqual(await world.database.counts(), before);
      for (const target of targets(body)) {
        assert.equal(target.status, letter === 'c' ? 'proposed' : 'queued');
        assert.equal(target.endpoint_kind, 'inbox');
      }
      assert.equal((await person(EXPECTED[letter].submitted_by).get(hub, `/v1/cases/${body.id}`)).status, 404);
    });
  }

  test('finds what is wrong as a real one would', async () => {
    const body = freshExample('a');
    body.requests[1].targets[1].identifier.ifsc = 'ZZZQ0000044';
    const { status, body: problem } = await dry('a', body);
    assert.equal(status, 422);
    assert.equal(problem.errors[0].pointer, '/requests/1/targets/1/identifier/ifsc');
  });

  test('is asked for by true and by nothing else', async () => {
    const before = await world.database.counts();
    for (const query of ['dry_run=maybe', 'dry_run=1', 'dry_run=TRUE', 'dry_run=', 'dry-run=true',
      'dry_run=true&dry_run=false', 'dry_run=true&force=true']) {
      const { status } = await officer().post(hub, `/v1/cases?${query}`, freshExample('a'), { key: null });
      assert.equal(status, 422, query);
    }
    assert.deepEqual(await world.database.counts(), before);
  });
});

describe('pages', () => {
  const collect = async (who, path, limit) => {
    const items = [];
    let cursor;
    do {
      const query = `${path}?limit=${limit}${cursor === undefined ? '' : `&cursor=${encodeURIComponent(cursor)}`}`;
      const { status, headers, body } = await who.get(hub, query);
      assert.equal(status, 200);
      assert.ok(body.items.length <= limit);
      cursor = body.next_cursor;
      if (cursor === undefined) {
        assert.equal(headers.link, undefined);
      } else {
        const [, next] = /^<([^>]+)>; ?rel="next"$/.exec(headers.link);
        const url = new URL(next, 'https://localhost');
        assert.equal(url.pathname, path);
        assert.equal(url.searchParams.get('cursor'), cursor);
        assert.equal(url.searchParams.get('limit'), String(limit));
      }
      items.push(...body.items);
    } while (cursor !== undefined);
    return items;
  };

  test('of cases hold each once, newest first', async () => {
    for (let i = 0; i < 5; i++) await submit(world, hub, 'e');
    const whole = await collect(officer(), '/v1/cases', 200);
    const paged = await collect(officer(), '/v1/cases', 2);
    assert.ok(paged.length >= 8);
    assert.deepEqual(paged, whole);
    assert.equal(new Set(paged.map(({ id }) => id)).size, paged.length);
    const times = paged.map(({ received_at }) => received_at);
    assert.deepEqual(times, [...times].sort().reverse());
  });

  test('of cases stay steady while new ones come', async () => {
    const first = await officer().get(hub, '/v1/cases?limit=3');
    await submit(world, hub, 'e');
    const next = await officer().get(hub, `/v1/cases?limit=3&cursor=${encodeURIComponent(first.body.next_cursor)}`);
    const seen = new Set(first.body.items.map(({ id }) => id));
    assert.ok(next.body.items.every(({ id }) => !seen.has(id)));
  });

  test('of a timeline are in the order of the leaves, each once', async () => {
    const path = `/v1/cases/${receipts.a.receipt.id}/timeline`;
    const whole = await until(async () => {
      const { body } = await officer().get(hub, `${path}?limit=200`);
      return body.items.filter(({ type }) => type === 'target.issued').length === 3 && body.items;
    });
    const paged = await collect(officer(), path, 3);
    // The reading itself may have added one meanwhile.
    assert.deepEqual(paged.slice(0, whole.length), whole);
    const leaves = paged.map(({ leaf_index }) => leaf_index);
    assert.deepEqual(leaves, [...new Set(leaves)].sort((x, y) => x - y));
    const types = paged.map(({ type }) => type);
    for (const type of ['case.dispatched', 'request.issued', 'target.issued'])
      assert.ok(types.includes(type), `${type} in ${types}`);
  });

  test('of an inbox hold each message once, oldest first', async () => {
    const bank = person('deccan_bank.nodal');
    const whole = await collect(bank, '/v1/inbox', 200);
    const paged = await collect(bank, '/v1/inbox', 2);
    assert.ok(paged.length >= 5);
    assert.deepEqual(paged.map(({ id }) => id), whole.map(({ id }) => id));
  });

  for (const [name, query] of [['no cursor of ours', 'cursor=AAAA'], ['no cursor at all', 'cursor='],
    ['none', 'limit=0'], ['too many', 'limit=201'], ['half ones', 'limit=1.5'], ['words', 'limit=ten'],
    ['negative', 'limit=-1'], ['a parameter that nobody knows', 'page=2'],
    ['a parameter twice', 'limit=2&limit=3'], ['more than a number holds', 'limit=99999999999999999999']])
    test(`with ${name} are refused`, async () => {
      const { status } = await officer().get(hub, `/v1/cases?${query}`);
      assert.equal(status, 422);
    });

  test('of another list do not take its cursor', async () => {
    const { body } = await officer().get(hub, '/v1/cases?limit=1');
    const { status } = await officer().get(hub,
      `/v1/cases/${receipts.a.receipt.id}/timeline?cursor=${encodeURIComponent(body.next_cursor)}`);
    assert.equal(status, 422);
  });
});

describe('two people', () => {
  const supervisor = () => person('us_sanjose_pd.supervisor');
  const approval = (who, receipt, body = { decision: 'approve' }) =>
    who.post(hub, `/v1/requests/${receipt.requests[0].id}/approval`, body);
  const inboxOf = async (receipt) => {
    const { body } = await person('harbour_bank.nodal').get(hub, '/v1/inbox?limit=200');
    return body.items.filter((entry) => entry.body.includes(targets(receipt)[0].id));
  };

  test('(c) leaves only when a supervisor approves it', async () => {
    const { receipt } = receipts.c;
    const [target] = targets(receipt);
    assert.deepEqual(await inboxOf(receipt), []);
    assert.equal((await nodal(world, target).get(hub, `/v1/targets/${target.id}`)).status, 404);
    assert.equal((await nodal(world, target).post(hub, `/v1/targets/${target.id}/responses`,
      { code: 'RECEIPT' })).status, 404);

    const answer = await approval(supervisor(), receipt);
    assert.equal(answer.status, 200);
    assert.equal(answer.body.status, 'issued');
    assert.ok(answer.body.issued_at !== undefined);
    assert.equal(answer.body.targets[0].status, 'queued');
    const [entry] = await inboxOf(receipt);
    assert.equal(entry.type, 'freeze.requested');
    await respond(world, hub, target, hold(target.amount_requested));
    const { body } = await person('us_sanjose_pd.officer').get(hub, `/v1/cases/${receipt.id}`);
    assert.equal(body.requests[0].approved_by, (await supervisor().get(hub, '/v1/me')).body.principal.id);
    assert.equal(targets(body)[0].status, 'held_full');
  });

  test('the same supervisor twice, or after the fact, is a conflict', async () => {
    const { status, body } = await approval(supervisor(), receipts.c.receipt);
    assert.equal(status, 409);
    assert.equal(body.code, 'not_pending');
  });

  test('an officer, a stranger unit and a bank cannot approve', async () => {
    const { body: receipt } = await submit(world, hub, 'c');
    for (const [name, status] of [['us_sanjose_pd.officer', 403], ['harbour_bank.nodal', 403],
      ['kl_kochi_cyber.supervisor', 404], ['kz_almaty_cyber.supervisor', 404], ['payments_audit.auditor', 403],
      ['admin-1', 403]])
      assert.equal((await approval(person(name), receipt)).status, status, name);
    assert.deepEqual(await inboxOf(receipt), []);
    const { body } = await person('us_sanjose_pd.officer').get(hub, `/v1/cases/${receipt.id}`);
    assert.equal(body.requests[0].status, 'pending_approval');
  });

  test('a supervisor cannot approve an own request, another one can', async () => {
    const made = await person('admin-1').post(hub, '/v1/principals', { institution: 'us_sanjose_pd',
      role: 'supervisor', name: 'Priya Natarajan', rank: 'captain',
      certificate: world.pem('us_sanjose_pd.supervisor-2') });
    assert.equal(made.status, 201, made.text);
    await world.confirm(hub, 'principals', made.body.id);
    const { body: receipt } = await submit(world, hub, 'c', { by: 'us_sanjose_pd.supervisor' });
    const own = await approval(supervisor(), receipt);
    assert.equal(own.status, 403);
    assert.equal(own.body.code, 'own_request');
    assert.deepEqual(await inboxOf(receipt), []);
    assert.equal((await approval(person('us_sanjose_pd.supervisor-2'), receipt)).status, 200);
    assert.equal((await inboxOf(receipt)).length, 1);
  });

  test('a refusal needs its reason and cancels what it would have sent', async () => {
    const { body: receipt } = await submit(world, hub, 'c');
    const without = await approval(supervisor(), receipt, { decision: 'refuse' });
    assert.equal(without.status, 422);
    assert.equal(without.body.errors[0].pointer, '/reason');
    const refused = await approval(supervisor(), receipt, { decision: 'refuse', reason: 'no link to the payment' });
    assert.equal(refused.status, 200);
    assert.equal(refused.body.status, 'refused');
    assert.equal(refused.body.targets[0].status, 'cancelled');
    assert.equal((await approval(supervisor(), receipt)).status, 409);
    assert.deepEqual(await inboxOf(receipt), []);
  });

  test('a sum above the threshold waits however it is split', async () => {
    const body = freshExample('e');
    const [txn] = body.transactions;
    body.loss.amount = txn.money.amount = '6000000.00';
    const target = (i, amount) => ({ ...structuredClone(body.requests[0].targets[0]),
      identifier: { type: 'in_account', value: `7712003441${i}`, ifsc: 'DKNX0000712' },
      amount: { amount, currency: 'INR' } });
    body.requests = [1, 2, 3].map((i) => ({ action: 'HOLD_AMOUNT', targets: [target(i, '2000000.00')] }));
    const { body: receipt } = await submit(world, hub, 'e', { body });
    for (const request of receipt.requests) assert.equal(request.status, 'pending_approval');
  });

  test('a whole account waits even for a small sum', async () => {
    const body = freshExample('e');
    body.requests[0] = { ...body.requests[0], action: 'RECEIVE_ONLY', scope: 'account', basis: 'BNSS_106' };
    const { body: receipt } = await submit(world, hub, 'e', { body });
    assert.equal(receipt.requests[0].status, 'pending_approval');
    assert.equal(targetAt(receipt, 'deccan_bank').status, 'proposed');
  });
});
