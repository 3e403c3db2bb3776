// Statistics: the figures of both reports are computed a second time here,
// from what this file answered and the times that the hub recorded.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { hold, later, less, minor, money, part, respond, submit, targetAt, targets } from '../support/cases.mjs';
import { World } from '../support/hub.mjs';

const world = new World();
let hub;

const person = (name) => world.person(name);
const officer = () => person('kl_kochi_cyber.officer');
const auditor = () => person('payments_audit.auditor');
const MONEY = ['HOLD_AMOUNT', 'HOLD_TXN_SETTLEMENT'];
const CSV = { headers: { accept: 'text/csv' } };

async function report(by, name, query = {}, options = {}) {
  const text = new URLSearchParams(query).toString();
  const answer = await by.get(hub, `/v1/reports/${name}${text && `?${text}`}`, options);
  assert.equal(answer.status, 200, answer.text);
  return answer;
}

// ---- what happened, as this file knows it: {unit, typology, priority, case, slug, fate, money}
const facts = [];
const cases = [];

function note(file, target, fate, amount) {
  facts.push({ unit: file.unit, typology: file.typology, priority: file.priority, case: file.id,
    slug: target.institution.slug, fate, money: amount });
}

async function open(letter, unit) {
  const made = (await submit(world, hub, letter)).body;
  const seen = (await person(`${unit}.officer`).get(hub, `/v1/cases/${made.id}`)).body;
  const file = { ...made, unit, typology: seen.typology, priority: seen.priority };
  cases.push(file);
  for (const request of seen.requests.filter(({ action }) => MONEY.includes(action)))
    for (const target of request.targets) note(file, target, 'asked', target.amount_requested);
  return file;
}

const lead = (amount, n) => ({ code: 'OUT_XFER', to: { institution: 'malabar_bank',
  identifier: { type: 'in_account', value: `55018720${n}`, ifsc: 'MLBX0000550' } },
txn: { type: 'rrn', value: `60711124${n}`, channel: 'imps', at: later(-1) }, money: amount });

/** All issued targets with their times in microseconds. */
const rows = () => world.database.rows(`SELECT i.slug, i.kind, r.priority, t.status,
  (extract(epoch FROM t.queued_at) * 1000000)::bigint AS queued,
  (extract(epoch FROM t.acknowledged_at) * 1000000)::bigint AS acknowledged,
  (SELECT json_agg(json_build_object('code', s.code, 'at', (extract(epoch FROM s.received_at) * 1000000)::bigint))
     FROM response s WHERE s.target_id = t.target_id) AS answers
  FROM target t JOIN institution i USING (institution_id) JOIN freeze_request r USING (request_id)
  WHERE t.queued_at IS NOT NULL`);

before(async () => {
  world.prepare();
  hub = await world.hub();
  await world.register(hub);
  const a = await open('a', 'kl_kochi_cyber');
  const b = await open('b', 'kl_kochi_cyber');
  const c = await open('c', 'us_sanjose_pd');
  for (const { id } of c.requests)
    assert.equal((await person('us_sanjose_pd.supervisor').post(hub, `/v1/requests/${id}/approval`,
      { decision: 'approve' })).status, 200);
  await submit(world, hub, 'c'); // not approved: nobody is asked anything
  const d = await open('d', 'kz_almaty_cyber');
  const e = await open('e', 'kl_kochi_cyber');
  const f = await open('f', 'kl_kochi_cyber');
  // Each bank's targets wait for another time.
  const wait = { malabar_bank: 60, deccan_bank: 200, kaveri_wallet: 400, harbour_bank: 3000 };
  world.database.sql(Object.entries(wait).map(([slug, seconds]) => `UPDATE target SET
    queued_at = queued_at - interval '${seconds} seconds' WHERE institution_id =
    (SELECT institution_id FROM institution WHERE slug = '${slug}')`).join(';'));

  const held = async (file, slug) => {
    const target = targetAt(file, slug);
    await respond(world, hub, target, hold(target.amount_requested));
    return target;
  };
  // a: held in full, rejected, and one that nobody answers
  const one = await held(a, 'malabar_bank');
  note(a, one, 'held', one.amount_requested);
  const two = targetAt(a, 'kaveri_wallet');
  await respond(world, hub, two, { code: 'REJ_ACCT_CLOSED' });
  note(a, two, 'rejected', two.amount_requested);
  // b: first a fifth is held and the rest gone, then it is two fifths: the last answer counts
  const moved = targetAt(b, 'deccan_bank');
  for (const [percent, n] of [[20, '1001'], [40, '1002']]) {
    const kept = part(moved.amount_requested, percent);
    const rest = less(moved.amount_requested, kept);
    await respond(world, hub, moved, { ...hold(kept, 'HLD_PART'), leads: [lead(rest, n)] });
    if (percent === 40) {
      note(b, moved, 'held', kept);
      note(b, moved, 'moved', rest);
    }
  }
  // e: gone through a cash machine; f: given back already; c and d: held, and a line is barred
  const cash = targetAt(e, 'deccan_bank');
  await respond(world, hub, cash, { code: 'OUT_ATM',
    exits: [{ code: 'OUT_ATM', place: 'Nagpur', money: cash.amount_requested, at: later(-1) }] });
  note(e, cash, 'moved', cash.amount_requested);
  const back = targetAt(f, 'malabar_bank');
  await respond(world, hub, back, { code: 'REV_DONE' });
  note(f, back, 'returned', back.amount_requested);
  note(c, await held(c, 'harbour_bank'), 'held', targetAt(c, 'harbour_bank').amount_requested);
  await respond(world, hub, targetAt(d, 'steppe_mobile'), { code: 'BLK_MSISDN' });
});
after(() => world.remove());

// ---- the second computation

/** Linear interpolation between the ranks, as SQL's percentile_cont. */
function percentile(values, share) {
  const sorted = [...values].sort((x, y) => x - y);
  const at = share * (sorted.length - 1);
  const low = Math.floor(at);
  const high = Math.min(low + 1, sorted.length - 1);
  return sorted[low] + (sorted[high] - sorted[low]) * (at - low);
}

const CLOCK = { p1: 300, p2: 1800, p3: 14400 };
const spanOf = (values) => (values.length === 0 ? undefined
  : [percentile(values, 0.5), percentile(values, 0.95)]);

async function speeds({ kind, priority } = {}) {
  const all = (await rows()).filter((row) => (kind ?? row.kind) === row.kind
    && (priority ?? row.priority) === row.priority);
  return Object.fromEntries([...new Set(all.map(({ slug }) => slug))].map((slug) => {
    const own = all.filter((row) => row.slug === slug);
    const acks = own.filter(({ acknowledged }) => acknowledged !== null);
    const holds = own.flatMap(({ queued, answers }) => {
      const first = (answers ?? []).filter(({ code }) => /^(HLD|BLK)_/.test(code)).map(({ at }) => at);
      return first.length === 0 ? [] : [(Math.min(...first) - queued) / 1e6];
    });
    const late = own.filter((row) => row.acknowledged === null
      && Date.now() - row.queued / 1000 > CLOCK[row.priority] * 1000);
    return [slug, {
      asked: own.length, acknowledged: acks.length, held: holds.length, due: acks.length + late.length,
      inTime: acks.filter((row) => row.acknowledged - row.queued <= CLOCK[row.priority] * 1e6).length,
      ack: spanOf(acks.map((row) => (row.acknowledged - row.queued) / 1e6)), hold: spanOf(holds),
    }];
  }));
}

const near = (got, wanted) => assert.ok(Math.abs(got - wanted) <= 0.0011, `${got} is not ${wanted}`);

function sameSpan(got, wanted) {
  assert.equal(got === undefined, wanted === undefined);
  if (got === undefined) return;
  near(got.p50_seconds, wanted[0]);
  near(got.p95_seconds, wanted[1]);
}

function sameSpeeds(items, wanted) {
  assert.deepEqual(items.map(({ institution }) => institution.slug).sort(), Object.keys(wanted).sort());
  for (const item of items) {
    const own = wanted[item.institution.slug];
    assert.deepEqual([item.asked, item.acknowledged, item.held, item.due, item.in_time],
      [own.asked, own.acknowledged, own.held, own.due, own.inTime], item.institution.slug);
    if (own.due === 0) assert.equal(item.in_time_share, undefined);
    else near(item.in_time_share, own.inTime / own.due);
    sameSpan(item.acknowledgement, own.ack);
    sameSpan(item.hold, own.hold);
  }
}

function outcomes(key, keep = () => true) {
  const lines = new Map();
  for (const fact of facts.filter(keep)) {
    const at = `${fact[key]} ${fact.money.currency}`;
    if (!lines.has(at)) lines.set(at, { cases: new Set(), fates: {} });
    const line = lines.get(at);
    line.cases.add(fact.case);
    const sum = line.fates[fact.fate] ??= { count: 0, minor: 0n };
    sum.count += 1;
    sum.minor += minor(fact.money);
  }
  return Object.fromEntries([...lines].map(([at, { cases: seen, fates }]) => [at, {
    cases: seen.size,
    ...Object.fromEntries(['asked', 'held', 'moved', 'returned', 'rejected'].map((fate) => [fate,
      { count: fates[fate]?.count ?? 0, sum: money(fates[fate]?.minor ?? 0n, at.split(' ')[1]) }])),
  }]));
}

const lines = (body) => Object.fromEntries(body.items.map(({ unit, typology, month, currency, ...rest }) =>
  [`${unit?.slug ?? typology ?? month} ${currency}`, rest]));

// ---- response times

describe('the league table', () => {
  test('has the percentiles, counts and shares of each institution', async () => {
    const { body } = await report(auditor(), 'response-times');
    sameSpeeds(body.items, await speeds());
    const bank = body.items.find(({ institution }) => institution.slug === 'malabar_bank');
    assert.ok(bank.acknowledgement.p50_seconds >= 60 && bank.acknowledgement.p50_seconds < 120);
    // 400 seconds are too long for p1.
    const wallet = body.items.find(({ institution }) => institution.slug === 'kaveri_wallet');
    assert.deepEqual([wallet.due, wallet.in_time, wallet.in_time_share], [1, 0, 0]);
  });

  test('begins with the fastest and ends with who never acknowledged', async () => {
    const { body } = await report(auditor(), 'response-times');
    const times = body.items.map(({ acknowledgement }) => acknowledgement?.p50_seconds ?? Infinity);
    assert.deepEqual(times, [...times].sort((x, y) => x - y));
    assert.ok(times.includes(Infinity));
  });

  test('counts the first hold, not a later answer', async () => {
    const { body } = await report(auditor(), 'response-times');
    const { held, hold: span } = body.items.find(({ institution }) => institution.slug === 'deccan_bank');
    assert.equal(held, 1); // in two answers
    const [{ first, second }] = await world.database.rows(`SELECT
      extract(epoch FROM min(s.received_at) - t.queued_at) AS first,
      extract(epoch FROM t.answered_at - t.queued_at) AS second
      FROM target t JOIN response s USING (target_id) WHERE s.code = 'HLD_PART' GROUP BY t.target_id`);
    assert.ok(second > first);
    near(span.p50_seconds, first);
  });

  test('can be of one kind or one priority', async () => {
    for (const query of [{ kind: 'bank' }, { kind: 'telco' }, { kind: 'vasp' }, { priority: 'p1' },
      { priority: 'p3' }, { kind: 'wallet', priority: 'p1' }]) {
      const { body } = await report(officer(), 'response-times', query);
      sameSpeeds(body.items, await speeds(query));
      for (const [key, value] of Object.entries(query)) assert.equal(body[key], value);
    }
  });

  test('is of its period', async () => {
    for (const query of [{ until: later(-1) }, { from: later(1), until: later(2) }])
      assert.deepEqual((await report(auditor(), 'response-times', query)).body.items, []);
    const { body } = await report(auditor(), 'response-times', { from: later(-1), until: later(1) });
    sameSpeeds(body.items, await speeds());
  });
});

// ---- outcomes

describe('the outcomes', () => {
  test('have sums and counts by unit, typology and month', async () => {
    for (const key of ['unit', 'typology'])
      assert.deepEqual(lines((await report(auditor(), 'outcomes', { group: key })).body), outcomes(key), key);
    const month = new Date().toISOString().slice(0, 7);
    for (const fact of facts) fact.month = month;
    assert.deepEqual(lines((await report(auditor(), 'outcomes', { group: 'month' })).body), outcomes('month'));
    assert.deepEqual(lines((await report(auditor(), 'outcomes')).body), outcomes('unit'));
  });

  test('hold what is known by hand', async () => {
    const kochi = lines((await report(officer(), 'outcomes')).body)['kl_kochi_cyber INR'];
    const inr = (amount) => ({ amount, currency: 'INR' });
    assert.deepEqual(kochi, {
      cases: 4,
      asked: { count: 6, sum: inr('914999.00') },
      held: { count: 2, sum: inr('294999.00') },
      moved: { count: 2, sum: inr('460000.00') },
      returned: { count: 1, sum: inr('125000.00') },
      rejected: { count: 1, sum: inr('15000.00') },
    });
  });

  test('are of the own unit for the police', async () => {
    for (const unit of ['kl_kochi_cyber', 'us_sanjose_pd', 'kz_almaty_cyber'])
      for (const role of ['officer', 'supervisor'])
        assert.deepEqual(lines((await report(person(`${unit}.${role}`), 'outcomes')).body),
          outcomes('unit', (fact) => fact.unit === unit), `${unit}.${role}`);
  });

  test('can be of one kind of institution, one priority, one period', async () => {
    const kinds = { malabar_bank: 'bank', deccan_bank: 'bank', harbour_bank: 'bank', kaveri_wallet: 'wallet',
      steppe_wallet: 'wallet', nadi_gateway: 'payment_gateway' };
    for (const kind of ['bank', 'wallet', 'payment_gateway', 'vasp'])
      assert.deepEqual(lines((await report(auditor(), 'outcomes', { kind })).body),
        outcomes('unit', ({ slug }) => kinds[slug] === kind), kind);
    for (const priority of ['p1', 'p2', 'p3'])
      assert.deepEqual(lines((await report(auditor(), 'outcomes', { priority })).body),
        outcomes('unit', (fact) => fact.priority === priority), priority);
    assert.deepEqual((await report(auditor(), 'outcomes', { until: later(-1) })).body.items, []);
  });
});

// ---- as rows

const table = (text) => {
  assert.ok(text.endsWith('\r\n'));
  const [titles, ...all] = text.slice(0, -2).split('\r\n').map((line) => line.split(','));
  return all.map((cells) => {
    assert.equal(cells.length, titles.length);
    return Object.fromEntries(titles.map((title, i) => [title, cells[i]]));
  });
};

describe('rows for a spreadsheet', () => {
  test('say what the JSON says', async () => {
    const json = (await report(auditor(), 'response-times')).body.items;
    const { text, headers } = await report(auditor(), 'response-times', {}, CSV);
    assert.equal(headers['content-type'], 'text/csv; charset=utf-8');
    const speed = table(text);
    assert.deepEqual(speed.map((row) => row.institution), json.map(({ institution }) => institution.slug));
    for (const [i, row] of speed.entries()) {
      assert.equal(row.kind, json[i].kind);
      for (const name of ['asked', 'acknowledged', 'held', 'due', 'in_time']) assert.equal(Number(row[name]), json[i][name]);
      for (const span of ['acknowledgement', 'hold'])
        for (const p of ['p50_seconds', 'p95_seconds'])
          assert.equal(row[`${span}_${p}`] === '' ? undefined : Number(row[`${span}_${p}`]), json[i][span]?.[p]);
    }
    const outcome = (await report(auditor(), 'outcomes', { group: 'typology' })).body.items;
    const got = table((await report(auditor(), 'outcomes', { group: 'typology' }, CSV)).text);
    assert.deepEqual(got.map((row) => [row.group, row.currency, row.asked, row.asked_sum, row.moved_sum]),
      outcome.map((one) => [one.typology, one.currency, String(one.asked.count), one.asked.sum.amount, one.moved.sum.amount]));
    const units = table((await report(officer(), 'outcomes', {}, CSV)).text);
    assert.equal(units[0].group, 'kl_kochi_cyber');
  });
});

// ---- who, and what is refused

for (const name of ['response-times', 'outcomes']) {
  test(`${name}: for auditors and the police alone`, async () => {
    for (const who of ['kl_kochi_cyber.officer', 'kl_kochi_cyber.supervisor', 'payments_audit.auditor'])
      assert.equal((await person(who).get(hub, `/v1/reports/${name}`)).status, 200, who);
    for (const who of ['malabar_bank.nodal', 'malabar_bank.service', 'admin-1', 'stranger']) {
      const { status, body } = await person(who).get(hub, `/v1/reports/${name}`);
      assert.equal(status, 403, who);
      if (who !== 'stranger') assert.equal(body.code, 'role_not_allowed');
    }
  });

  test(`${name}: what it cannot answer is refused`, async () => {
    for (const [query, code] of [['from=yesterday', 'bad_time'], ['until=', 'bad_time'], ['from=2026-13-01T00:00:00Z', 'bad_time'],
      ['from=2020-01-01T00:00:00Z', 'bad_period'], [`from=${later(1)}`, 'bad_period'],
      [`from=${later(-1)}&until=${later(-2)}`, 'bad_period'], ['kind=banks', 'not_one_of'], ['kind=', 'not_one_of'],
      ['priority=1', 'not_one_of'], ['priority=p4', 'not_one_of'], ['limit=5', 'unknown_parameter'],
      ['kind=bank&kind=telco', 'repeated_parameter'],
      ['group=officer', name === 'outcomes' ? 'not_one_of' : 'unknown_parameter']]) {
      const { status, body } = await officer().get(hub, `/v1/reports/${name}?${query}`);
      assert.deepEqual([status, body.code], [422, code], query);
    }
  });

  test(`${name}: holds nothing of a case`, async () => {
    const ids = cases.flatMap((file) => [file.id, file.ref, ...targets(file).map(({ id }) => id)]);
    for (const options of [{}, CSV]) {
      const { text } = await report(auditor(), name, {}, options);
      for (const id of ids) assert.ok(!text.includes(id), id);
      assert.ok(!/case_|tgt_|\*\*/.test(text), text);
    }
  });
}

test('freezeline prints both', () => {
  const run = (...args) => world.freezeline('report', ...args, ...officer().options(hub));
  assert.match(run('response-times', '--kind', 'bank'), /malabar_bank +bank +\d+ +\d+ +\d+ +\d\.\d{3} +6\d\.\d{3}/);
  assert.match(run('outcomes', '--group', 'typology'), /card_not_present +INR +1 +49999\.00 +14999\.00/);
  assert.match(run('outcomes', '--csv', '--from', later(-1), '--until', later(1)), /^group,currency,cases,[^\n]*\r\nkl_kochi_cyber,INR,4,/);
  assert.equal(JSON.parse(run('outcomes', '--json')).group, 'unit');
  for (const args of [['outcomes', '--from', 'soon'], ['outcomes', '--group', 'a&b'], ['response-times', '--group', 'unit']])
    assert.notEqual(world.run('report', ...args, ...officer().options(hub)).status, 0, args.join(' '));
});
