// What is owed: documents by their filters, clocks, and the legal debt summed
// by case, unit and institution.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import { hold, nodal, respond, submit, targetAt, targets } from '../support/cases.mjs';
import { clockOf, reach, uuid } from '../support/clocks.mjs';
import { World, until } from '../support/hub.mjs';

const world = new World();
let hub;
const cases = [];

before(async () => {
  world.prepare();
  hub = await world.hub();
  await world.register(hub);
  for (const letter of ['b', 'e', 'a', 'f']) cases.push((await submit(world, hub, letter)).body);
});
after(() => world.remove());

const person = (name) => world.person(name);
const officer = () => person('kl_kochi_cyber.officer');
const auditor = () => person('payments_audit.auditor');
const ask = async (path, who = officer()) => {
  const { status, body, text } = await who.get(hub, path);
  assert.equal(status, 200, text);
  return body;
};
const list = async (path, who) => (await ask(path, who)).items;
const pages = async (path, limit) => {
  const found = [];
  let cursor = '';
  do {
    const body = await ask(`${path}${path.includes('?') ? '&' : '?'}limit=${limit}${cursor}`);
    assert.ok(body.items.length <= limit);
    found.push(...body.items);
    cursor = body.next_cursor && `&cursor=${encodeURIComponent(body.next_cursor)}`;
  } while (cursor !== undefined);
  return found;
};

// ---- working days of India, counted here a second time

const HOLIDAYS = new Set(readFileSync('hub/domain/data/holidays.tsv', 'utf8').split('\n')
  .map((line) => line.split('\t')).filter(([country]) => country === 'IN').map(([, day]) => day));
const OFFSET = 5.5 * 3600_000;
const DAY = 86_400_000;

function works(day) {
  const date = new Date(day * DAY);
  const saturday = date.getUTCDay() === 6 && [2, 4].includes(Math.ceil(date.getUTCDate() / 7));
  return date.getUTCDay() !== 0 && !saturday && !HOLIDAYS.has(date.toISOString().slice(0, 10));
}

/** The end of the n-th working day after today, in India. */
function workingDays(now, n) {
  let day = Math.floor((now + OFFSET) / DAY);
  for (let left = n; left > 0;) if (works(++day)) left--;
  return (day + 1) * DAY - OFFSET;
}

describe('documents owed', () => {
  test('by when, in hours, days and working days of their law', async () => {
    const all = await list('/v1/formalities?limit=200');
    const now = Date.now();
    assert.ok(all.length >= 6);
    for (const [span, end] of [['30m', now + 1_800_000], ['25h', now + 25 * 3600_000], ['2d', now + 2 * DAY],
      ['4d', now + 4 * DAY], ['1wd', workingDays(now, 1)], ['2wd', workingDays(now, 2)],
      ['9wd', workingDays(now, 9)]]) {
      const got = await list(`/v1/formalities?limit=200&owes_within=${span}`);
      assert.deepEqual(got.map(({ id }) => id),
        all.filter(({ due_at: due }) => Date.parse(due) <= end).map(({ id }) => id), span);
    }
  });

  test('do not count as owed once they are settled', async () => {
    const { body: receipt } = await submit(world, hub, 'e');
    await officer().post(hub, `/v1/requests/${receipt.requests[0].id}/withdrawal`, { reason: 'x' });
    const of = `case=${receipt.id}`;
    assert.deepEqual(await list(`/v1/formalities?${of}&owes_within=9d`), []);
    assert.ok((await list(`/v1/formalities?${of}&status=superseded`)).length > 0);
  });

  test('by institution and unit, each as far as the reader sees', async () => {
    const all = await list('/v1/formalities?limit=200');
    const to = (slug) => all.filter(({ institutions }) => institutions.some((one) => one.slug === slug));
    for (const slug of ['malabar_bank', 'deccan_bank', 'harbour_bank'])
      assert.deepEqual((await list(`/v1/formalities?limit=200&institution=${slug}`)).map(({ id }) => id),
        to(slug).map(({ id }) => id), slug);
    assert.equal((await list('/v1/formalities?limit=200&unit=kl_kochi_cyber')).length, all.length);
    const seen = await list('/v1/formalities?limit=200&unit=kl_kochi_cyber', auditor());
    assert.deepEqual(seen.map(({ id }) => id), all.map(({ id }) => id));
    const bank = person('malabar_bank.nodal');
    const own = await list('/v1/formalities?limit=200&institution=malabar_bank', bank);
    assert.deepEqual(own.map(({ id }) => id), to('malabar_bank').map(({ id }) => id));
    const other = await bank.get(hub, '/v1/formalities?institution=deccan_bank');
    assert.deepEqual([other.status, other.body.code], [422, 'unknown_institution']);
  });

  test('and the link to the next page asks the same question', async () => {
    const query = `status=due,overdue&unit=kl_kochi_cyber&case=${cases[0].id}&owes_within=9wd`;
    const all = await list(`/v1/formalities?limit=200&${query}`);
    assert.ok(all.length > 1 && all.length < (await list('/v1/formalities?limit=200')).length);
    const found = [];
    for (let path = `/v1/formalities?limit=1&${query}`; path !== undefined;) {
      const { status, body, headers, text } = await officer().get(hub, path);
      assert.equal(status, 200, text);
      found.push(...body.items);
      path = /^<([^>]*)>; rel="next"$/.exec(headers.link ?? '')?.[1];
      assert.equal(path !== undefined, 'next_cursor' in body);
    }
    assert.deepEqual(found.map(({ id }) => id), all.map(({ id }) => id));
  });

  test('wrong questions are refused', async () => {
    for (const query of ['owes_within=', 'owes_within=2', 'owes_within=wd', 'owes_within=0d', 'owes_within=2w',
      'owes_within=-1d', 'owes_within=1000d', 'owes_within=2wd2', 'unit=nobody', 'unit=us_sanjose_pd',
      'institution=nobody', 'status=owed', 'limit=201'])
      assert.ok([400, 422].includes((await officer().get(hub, `/v1/formalities?${query}`)).status), query);
  });
});

describe('clocks', () => {
  test('stand with who owes them by when, the first due first', async () => {
    const [receipt] = cases;
    const all = await list(`/v1/deadlines?limit=200&case=${receipt.id}`);
    const dues = all.map(({ due_at: due }) => due);
    assert.deepEqual(dues, [...dues].sort());
    const rows = Number(world.database.sql(`SELECT count(*) FROM deadline
      WHERE case_id = '${uuid(receipt.id)}' AND status <> 'ended'`));
    assert.equal(all.length, rows);
    const [target] = targets(receipt);
    const ack = all.find(({ subject, kind }) => subject === target.id && kind === 'acknowledgement');
    assert.equal(ack.owed_by.slug, target.institution.slug);
    assert.equal(ack.institution.slug, target.institution.slug);
    assert.equal(ack.target_id, target.id);
    assert.equal(ack.case_ref, receipt.ref);
    assert.equal(ack.late, false);
    const paper = all.find(({ kind }) => kind === 'formality');
    assert.equal(paper.owed_by.slug, 'kl_kochi_cyber');
    assert.match(paper.subject, /^fml_/);
    assert.equal(paper.target_id, undefined);
  });

  test('by kind, status, unit and institution', async () => {
    const all = await list('/v1/deadlines?limit=200');
    const same = async (query, keep) => assert.deepEqual(
      (await list(`/v1/deadlines?limit=200&${query}`)).map(({ subject, kind }) => subject + kind),
      all.filter(keep).map(({ subject, kind }) => subject + kind), query);
    await same('kind=decision', ({ kind }) => kind === 'decision');
    await same('kind=formality,request_expiry', ({ kind }) => ['formality', 'request_expiry'].includes(kind));
    await same('unit=kl_kochi_cyber', () => true);
    await same('kind=decision&institution=deccan_bank',
      ({ kind, institution }) => kind === 'decision' && institution?.slug === 'deccan_bank');
    await same('status=passed', () => false);
    await same('status=running', () => true);
    for (const query of ['status=ended', 'status=late', 'kind=lunch', 'case=x', 'unit=us_sanjose_pd', 'institution=x'])
      assert.equal((await officer().get(hub, `/v1/deadlines?${query}`)).status, 422, query);
  });

  test('an institution sees its own alone, and nothing that is the police\'s', async () => {
    const all = await list('/v1/deadlines?limit=200');
    const bank = await list('/v1/deadlines?limit=200', person('malabar_bank.nodal'));
    assert.ok(bank.length > 0);
    for (const item of bank) {
      assert.equal(item.institution.slug, 'malabar_bank');
      assert.ok(!['request_expiry', 'confirmation'].includes(item.kind));
      assert.ok(all.some(({ subject, kind }) => subject === item.subject && kind === item.kind));
    }
    assert.ok(bank.some(({ kind }) => kind === 'formality'));
    assert.equal((await person('malabar_bank.nodal').get(hub, '/v1/deadlines?institution=deccan_bank')).status, 422);
    for (const stranger of ['us_sanjose_pd.supervisor', 'kz_almaty_cyber.officer', 'steppe_mobile.nodal'])
      assert.deepEqual(await list('/v1/deadlines', person(stranger)), [], stranger);
    assert.equal((await list('/v1/deadlines?limit=200', auditor())).length, all.length);
    assert.equal((await person('admin-1').get(hub, '/v1/deadlines')).status, 403);
  });

  test('that ran out stay on the list while they are owed', async () => {
    const { body: receipt } = await submit(world, hub, 'e');
    const [target] = targets(receipt);
    const [paper] = await list(`/v1/formalities?case=${receipt.id}`);
    reach(world, paper.id, 'formality', 2);
    await until(() => world.database.sql(`SELECT status FROM formality
      WHERE formality_id = '${uuid(paper.id)}'`) === 'overdue', { what: 'the end' });
    reach(world, paper.id, 'formality', 3);
    await until(() => clockOf(world, paper.id, 'formality') === 'passed', { what: 'the last reminder' });
    const passed = await list(`/v1/deadlines?status=passed&case=${receipt.id}`);
    assert.deepEqual(passed.map(({ subject, status, late, next_at: next }) => [subject, status, late, next]),
      [[paper.id, 'passed', true, undefined]]);
    assert.equal((await list(`/v1/formalities?case=${receipt.id}&owes_within=30m`))[0].id, paper.id);
    await respond(world, hub, target, hold(target.amount_requested));
    await officer().post(hub, `/v1/requests/${receipt.requests[0].id}/withdrawal`, { reason: 'x' });
    assert.deepEqual(await list(`/v1/deadlines?status=passed&case=${receipt.id}`), []);
    const left = await list(`/v1/deadlines?case=${receipt.id}`);
    assert.deepEqual(left.map(({ kind, owed_by: owner }) => [kind, owner.slug]), [['release', 'deccan_bank']]);
  });

  test('pages go on without gap or repetition', async () => {
    const whole = await list('/v1/deadlines?limit=200');
    const found = await pages('/v1/deadlines', 5);
    assert.deepEqual(found.map(({ subject, kind }) => subject + kind), whole.map(({ subject, kind }) => subject + kind));
  });

  test('to read them is on record', async () => {
    const count = () => Number(world.database.sql(
      "SELECT count(*) FROM event WHERE type = 'list.read'"));
    const before_ = count();
    await list('/v1/deadlines', person('kl_kochi_cyber.supervisor'));
    await until(() => count() > before_, { what: 'the record' });
  });
});

describe('the legal debt', () => {
  const OWED = ['due', 'defective', 'rejected', 'overdue'];
  /** Summed here from the list of documents. */
  async function expected(keysOf) {
    const groups = new Map();
    for (const item of await list(`/v1/formalities?limit=200&status=${OWED}`))
      for (const key of keysOf(item)) {
        const group = groups.get(key) ?? { owed: 0, overdue: 0, types: {} };
        group.owed++;
        group.overdue += item.status === 'overdue';
        group.types[item.type] = (group.types[item.type] ?? 0) + 1;
        group.since = [group.since, item.owed_since].filter(Boolean).sort()[0];
        group.due_at = [group.due_at, item.due_at].filter(Boolean).sort()[0];
        groups.set(key, group);
      }
    return groups;
  }

  for (const [by, keysOf, keyOf] of [
    ['case', ({ case_id: id }) => [id], ({ case_id: id }) => id],
    ['unit', ({ owed_by: { slug } }) => [slug], ({ unit }) => unit.slug],
    ['institution', ({ institutions }) => institutions.map(({ slug }) => slug), ({ institution }) => institution.slug],
  ])
    test(`by ${by}: what is owed, by whom, since when`, async () => {
      const body = await ask(`/v1/reports/legal-debt?limit=200&by=${by}`);
      const groups = await expected(keysOf);
      assert.equal(body.by, by);
      assert.deepEqual(body.items.map(keyOf).sort(), [...groups.keys()].sort());
      assert.deepEqual(body.items.map(({ since }) => since), body.items.map(({ since }) => since).sort());
      for (const item of body.items) {
        const want = groups.get(keyOf(item));
        assert.deepEqual([item.owed, item.overdue, item.since, item.due_at],
          [want.owed, want.overdue, want.since, want.due_at]);
        const types = {};
        for (const { type, owed } of item.documents) types[type] = (types[type] ?? 0) + owed;
        assert.deepEqual(types, want.types);
      }
    });

  test('of one institution', async () => {
    const [item, ...more] = (await ask('/v1/reports/legal-debt?by=institution&institution=deccan_bank')).items;
    assert.deepEqual(more, []);
    assert.equal(item.institution.slug, 'deccan_bank');
    const ofCases = (await ask('/v1/reports/legal-debt?by=case&institution=deccan_bank')).items;
    assert.equal(ofCases.reduce((sum, { owed }) => sum + owed, 0), item.owed);
    assert.equal(ofCases.length, item.cases);
  });

  test('is the reader\'s scope alone', async () => {
    assert.deepEqual((await ask('/v1/reports/legal-debt', person('us_sanjose_pd.officer'))).items
      .map(({ unit }) => unit.slug).filter((slug) => slug !== 'us_sanjose_pd'), []);
    const whole = (await ask('/v1/reports/legal-debt?by=case&limit=200', auditor())).items;
    assert.ok(whole.length >= cases.length);
    for (const [name, status] of [['malabar_bank.nodal', 403], ['malabar_bank.service', 403], ['admin-1', 403]])
      assert.equal((await person(name).get(hub, '/v1/reports/legal-debt')).status, status, name);
    for (const query of ['by=district', 'by=', 'unit=us_sanjose_pd', 'institution=x', 'limit=0', 'cursor=zz', 'kind=bank'])
      assert.ok([400, 422].includes((await officer().get(hub, `/v1/reports/legal-debt?${query}`)).status), query);
  });

  test('pages go on without gap or repetition', async () => {
    const whole = await list('/v1/reports/legal-debt?by=case&limit=200');
    const found = await pages('/v1/reports/legal-debt?by=case', 2);
    assert.deepEqual(found.map(({ case_id: id }) => id), whole.map(({ case_id: id }) => id));
  });

  test('stands as rows for a spreadsheet', async () => {
    const { text } = await officer().get(hub, '/v1/reports/legal-debt', { headers: { accept: 'text/csv' } });
    const [titles, ...rows] = text.trim().split('\r\n');
    assert.equal(titles, 'group,profile,document,owed,overdue,since,due_at');
    assert.ok(rows.length > 0);
    for (const row of rows) assert.match(row, /^kl_kochi_cyber,[A-Za-z]+,[A-Z_]+,\d+,\d+,2\d{3}-[^,]+Z,2\d{3}-[^,]+Z$/);
  });
});

test('freezeline lists what is owed', () => {
  const run = (...args) => world.freezeline(...args, ...officer().options(hub));
  assert.match(run('formality', 'list', '--owes-within', '9wd', '--institution', 'deccan_bank'), /OFFICER_LETTER/);
  assert.match(run('deadline', 'list', '--kind', 'decision,formality'), /decision/);
  assert.match(run('report', 'legal-debt', '--by', 'institution'), /malabar_bank/);
  assert.match(run('report', 'legal-debt', '--by', 'case', '--csv'), /^group,profile/);
  assert.equal(world.run('deadline', 'list', '--kind', 'lunch', ...officer().options(hub)).status, 3);
  const target = targetAt(cases[1], 'deccan_bank');
  assert.match(world.freezeline('deadline', 'list', ...nodal(world, target).options(hub)), /deccan_bank/);
});
