// Evidence: events that nobody can change, timelines that verify offline,
// readings on record; and nobody's data in clear, anywhere.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import {
  EXPECTED, LETTERS, example, respond, submit, targets,
} from '../support/cases.mjs';
import { World, read, until } from '../support/hub.mjs';
import { complaints } from '../support/timeline.mjs';
import { Webhooks } from '../support/webhooks.mjs';

const world = new World();
const cases = {};
let hub, webhooks;

const person = (name) => world.person(name);
const look = async (letter) =>
  (await person(EXPECTED[letter].submitted_by).get(hub, `/v1/cases/${cases[letter].id}`)).body;

/** The six examples to their ends, with their own names and numbers. */
async function play(letter) {
  const { acts } = EXPECTED[letter];
  cases[letter] = (await submit(world, hub, letter, { body: example(letter) })).body;
  for (const { act, by, body } of letter === 'c' ? acts : [])
    await person(by).post(hub, `/v1/requests/${cases[letter].requests[0].id}/${act}`, body);
  for (const target of targets(await look(letter))) await reply(letter, target);
  for (const { act, by, body } of letter === 'c' ? [] : acts) {
    const status = act === 'issue' ? 'proposed' : 'rejected';
    const target = targets(await look(letter)).find((one) => one.status === status);
    await person(by).post(hub, `/v1/targets/${target.id}/${act}`, body);
    await reply(letter, targets(await look(letter)).find(({ id }) => id === target.id));
  }
}

/** As the institution's robot would. */
async function reply(letter, target) {
  const rules = read(`docs/examples/robots/${target.institution.slug}.rules.json`).rules;
  const value = target.account.value ?? target.account.last4;
  const fits = (what, wanted) => what === undefined || [what].flat().includes(wanted);
  const rule = rules.find(({ match }) => fits(match.action, target.action) &&
    fits(match.identifier_type, target.account.type) && fits(match.identifier_value, value));
  for (const { body } of rule.answers)
    await respond(world, hub, target, fill(body, target));
}

function fill(value, target) {
  if (Array.isArray(value)) return value.map((item) => fill(item, target));
  if (value !== null && typeof value === 'object')
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, fill(item, target)]));
  if (value === '$requested') return target.amount_requested;
  if (value === '$ref') return `H-${target.id.slice(-10).toUpperCase()}`;
  const now = /^\$now([+-]\d+)?$/.exec(value);
  return now ? new Date(Date.now() + Number(now[1] ?? 0) * 1000).toISOString() : value;
}

before(async () => {
  world.prepare();
  webhooks = await Webhooks.start(world);
  hub = await world.hub({ log_level: 'debug' });
  // Some by webhook, some by inbox: both ways carry the data.
  await world.register(hub, (slug) =>
    (['malabar_bank', 'kaveri_wallet', 'steppe_wallet'].includes(slug) ? webhooks.url(slug) : undefined));
  for (const letter of LETTERS) await play(letter);
  await until(async () => await world.database.value(
    'SELECT (SELECT count(*) FROM event) = (SELECT count(*) FROM event_leaf)') === true);
});
after(async () => {
  webhooks.stop();
  await world.remove();
});

describe('the examples', () => {
  for (const letter of LETTERS)
    test(`${letter} ended as expected.json says`, async () => {
      const end = targets(await look(letter));
      for (const expected of EXPECTED[letter].targets) {
        const target = end.find(({ institution }) => institution.slug === expected.institution);
        assert.deepEqual([target.status, target.response_code, target.layer, target.generation, target.amount_held],
          [expected.status, expected.response_code, expected.layer, expected.generation, expected.amount_held]);
      }
    });
});

describe('events', () => {
  for (const statement of [
    'UPDATE event SET type = \'x\'', 'DELETE FROM event', 'TRUNCATE event',
    'UPDATE event_leaf SET leaf_index = leaf_index + 1000', 'DELETE FROM event_leaf',
    'UPDATE event_value SET sealed = \'\'', 'DELETE FROM event_value',
    'UPDATE response SET code = \'NIL_BAL\'', 'DELETE FROM response',
    'UPDATE attempt SET status = 204', 'DELETE FROM attempt',
    'DELETE FROM message', 'UPDATE message SET type = \'x\'', 'DELETE FROM target', 'DELETE FROM case_file',
    'DELETE FROM allowed_move', 'INSERT INTO allowed_move VALUES (\'target\', \'new\', \'x\', \'released\')',
    'UPDATE schema_migration SET sha256 = \'\'',
    'ALTER TABLE event DISABLE TRIGGER ALL', 'DROP TABLE event', 'SET ROLE freezeline_owner',
    'CREATE TABLE mine (x integer)', 'DROP TRIGGER event_append_only ON event',
  ])
    test(`the hub's role may not ${statement}`, () => {
      assert.throws(() => world.database.sql(statement, 'hub'), /permission denied|append-only|must be owner/);
    });

  for (const table of ['event', 'event_leaf', 'response', 'attempt'])
    test(`not even the owner changes or deletes a row of ${table}`, () => {
      for (const statement of [`DELETE FROM ${table}`, `UPDATE ${table} SET case_id = case_id`])
        if (table !== 'attempt' || statement.startsWith('DELETE'))
          assert.throws(() => world.database.sql(statement), /append-only/);
    });

  test('have leaves without a gap, each once', async () => {
    const [{ low, high, leaves, events, different }] = await world.database.rows(`SELECT min(leaf_index) AS low,
      max(leaf_index) AS high, count(*) AS leaves, count(DISTINCT event_id) AS different,
      (SELECT count(*) FROM event) AS events FROM event_leaf`);
    assert.equal(low, 0);
    assert.equal(high, leaves - 1);
    assert.equal(different, leaves);
    assert.equal(leaves, events);
    assert.ok(events > 100);
  });

  test('stand with the state they lead to: every proof of the integrity check holds', () => {
    assert.match(world.integrity(), /^\d\d proofs hold$/);
  });

  test('tell of every move of a target: their chain leads to its status', async () => {
    assert.deepEqual(await world.database.rows(`
      SELECT t.target_id FROM target t
       WHERE t.status IS DISTINCT FROM (SELECT e.to_status FROM event e WHERE e.subject_id = t.target_id
               AND e.machine = 'target' ORDER BY e.event_id DESC LIMIT 1)`), []);
    assert.deepEqual(await world.database.rows(`
      SELECT * FROM (SELECT e.subject_id, e.from_status, lag(e.to_status) OVER (PARTITION BY e.subject_id
               ORDER BY e.event_id) AS last FROM event e WHERE e.machine IS NOT NULL) AS x
       WHERE last IS DISTINCT FROM from_status AND NOT (last IS NULL AND from_status = 'new')`), []);
  });
});

describe('a reading', () => {
  const readings = async (id) => (await world.database.value(
    `SELECT count(*) FROM event e JOIN case_file c USING (case_id) WHERE e.type = 'case.read' AND c.ref = '${id}'`));

  test('is an event of its reader, once in five minutes', async () => {
    const { id, ref } = (await submit(world, hub, 'e')).body;
    assert.equal(await readings(ref), 0);
    const officer = person('kl_kochi_cyber.officer');
    for (let i = 0; i < 5; i++) await officer.get(hub, `/v1/cases/${id}`);
    assert.equal(await readings(ref), 1);
    await officer.get(hub, `/v1/cases/${id}/timeline`);
    assert.equal(await readings(ref), 2);
    await person('payments_audit.auditor').get(hub, `/v1/cases/${id}`);
    assert.equal(await readings(ref), 3);
    const { body } = await until(async () => {
      const page = await officer.get(hub, `/v1/cases/${id}/timeline?limit=200`);
      return page.body.items.filter(({ type }) => type === 'case.read').length === 3 && page;
    });
    const seen = body.items.filter(({ type }) => type === 'case.read').map(({ actor, values }) =>
      [actor, values.find(({ field }) => field === 'view').value]);
    const me = async (name) => (await person(name).get(hub, '/v1/me')).body.principal.id;
    assert.deepEqual(seen, [[await me('kl_kochi_cyber.officer'), 'case'], [await me('kl_kochi_cyber.officer'), 'timeline'],
      [await me('payments_audit.auditor'), 'case']]);
  });

  test('of what is not the reader\'s is none', async () => {
    const { id, ref } = (await submit(world, hub, 'e')).body;
    await person('kz_almaty_cyber.officer').get(hub, `/v1/cases/${id}`);
    await person('kaveri_wallet.nodal').get(hub, `/v1/cases/${id}`);
    assert.equal(await readings(ref), 0);
  });

  test('of a list is one event with the number of cases', async () => {
    const before_ = await world.database.value('SELECT count(*) FROM event WHERE type = \'list.read\'');
    await person('us_sanjose_pd.officer').get(hub, '/v1/cases');
    await person('us_sanjose_pd.officer').get(hub, '/v1/cases');
    const after_ = await world.database.value('SELECT count(*) FROM event WHERE type = \'list.read\'');
    assert.equal(after_, before_ + 1);
  });
});

describe('a saved timeline', () => {
  const save = (letter) => {
    const name = EXPECTED[letter].submitted_by;
    const text = world.freezeline('case', 'show', cases[letter].id, '--timeline', '--json',
      ...person(name).options(hub));
    return JSON.parse(text);
  };
  const verify = (timeline) => {
    const file = world.path('timeline.json');
    writeFileSync(file, JSON.stringify(timeline));
    return world.run('verify', file).status;
  };

  for (const letter of LETTERS)
    test(`of ${letter} verifies, by two programs`, () => {
      const timeline = save(letter);
      assert.ok(timeline.items.length >= 6);
      assert.deepEqual(complaints(timeline), []);
      assert.equal(verify(timeline), 0);
      const types = timeline.items.map(({ type }) => type);
      assert.ok(types.some((type) => type.startsWith('case.')) && types.some((type) => type.startsWith('request.')));
      for (const { passed = [] } of EXPECTED[letter].targets)
        for (const status of passed)
          assert.ok(types.some((type) => type.startsWith('target.')), status);
    });

  const first = (timeline) => timeline.items.find(({ values }) => values.length > 1);
  const TAMPERED = [
    ['a value', (timeline) => { first(timeline).values[0].value += 'x'; }],
    ['a salt', (timeline) => { first(timeline).values[0].salt = 'ab'.repeat(32); }],
    ['a field\'s name', (timeline) => { first(timeline).values[0].field = 'other'; }],
    ['two values', (timeline) => {
      const [one, two] = first(timeline).values;
      [one.value, two.value] = [two.value, one.value];
    }],
    ['a value more', (timeline) => { first(timeline).values.push({ field: 'x', salt: 'ab'.repeat(32), value: 'y' }); }],
    ['the actor', (timeline) => { first(timeline).actor = null; }],
    ['the time', (timeline) => { first(timeline).recorded_at = '2020-01-01T00:00:00.000000Z'; }],
    ['the time of the happening', (timeline) => { first(timeline).happened_at = '2020-01-01T00:00:00.000000Z'; }],
    ['the type', (timeline) => { first(timeline).type = 'target.released'; }],
    ['the case', (timeline) => { first(timeline).case_id = 'case_01h455vb4pex5vsknk084sn02q'; }],
    ['the event\'s id', (timeline) => { first(timeline).event_id = '1'; }],
    ['a byte of a leaf', (timeline) => { first(timeline).leaf = first(timeline).leaf.replace('"v":1', '"v":2'); }],
    ['a space in a leaf', (timeline) => { first(timeline).leaf = first(timeline).leaf.replace('"v":1', '"v": 1'); }],
    ['two events\' order', (timeline) => {
      const { items } = timeline;
      [items[0], items[1]] = [items[1], items[0]];
    }],
    ['an event twice', (timeline) => { timeline.items.splice(1, 0, structuredClone(timeline.items[0])); }],
  ];
  for (const [name, change] of TAMPERED)
    test(`in which somebody changed ${name} is found, by two programs`, () => {
      const timeline = save('f');
      change(timeline);
      assert.notDeepEqual(complaints(timeline), []);
      assert.equal(verify(timeline), 5);
    });

  test('without its values still verifies: they may be erased, the leaves stay', () => {
    const timeline = save('f');
    for (const event of timeline.items) event.values = [];
    assert.deepEqual(complaints(timeline), []);
    assert.equal(verify(timeline), 0);
  });
});

describe('nobody\'s data', () => {
  /** All that must not stand anywhere in clear. */
  function needles() {
    const found = new Set();
    const visit = (value, key) => {
      if (Array.isArray(value)) value.forEach((item) => visit(item, key));
      else if (value !== null && typeof value === 'object')
        for (const [name, item] of Object.entries(value)) visit(item, name);
      else if (SECRET.includes(key) && String(value).length >= 7 && !/^\$/.test(value))
        for (const piece of String(value).split(/(?<=[.,;]) /)) found.add(piece.slice(0, 60));
    };
    for (const letter of LETTERS) visit(example(letter));
    for (const slug of ['deccan_bank', 'malabar_bank']) visit(read(`docs/examples/robots/${slug}.rules.json`).rules);
    for (const { acts } of Object.values(EXPECTED)) visit(acts);
    for (const phone of [...found].filter((one) => one.startsWith('+'))) found.add(phone.slice(1));
    return [...found];
  }
  const SECRET = ['value', 'ifsc', 'holder', 'name', 'msisdn', 'email', 'address', 'narrative', 'note'];

  test('stands in the database\'s files, its log and its write-ahead log', () => {
    const all = needles();
    assert.ok(all.length > 40, `${all.length} needles`);
    for (const needle of ['Meera Varghese', '004410220197', 'KV-8h2Qm41x', '+919876500022', 'Айгуль Сериккызы',
      'GB75HLYM40127631926819', 'rajan.pillai@deccan', '031420985617', '7c9e6679-7425-40de-944b-e07fc1f90ae7'])
      assert.ok(all.includes(needle), needle);
    assert.deepEqual(world.database.search(all), []);
  });

  test('that is there is found by this search', async () => {
    // The officers are known by name; so it would find the rest.
    assert.notDeepEqual(world.database.search(['Latha Menon']), []);
  });

  test('stands in the hub\'s log or metrics', async () => {
    const { text } = await hub.admin('/metrics');
    assert.match(hub.log, /listening|started|"level"/);
    for (const needle of needles()) {
      assert.ok(!hub.log.includes(needle), needle);
      assert.ok(!text.includes(needle), needle);
    }
  });

  test('is in a message to an institution, but what it must act on', () => {
    assert.ok(webhooks.deliveries.length >= 5);
    for (const { body } of webhooks.deliveries)
      for (const word of ['Meera', 'Varghese', '919876500011', 'Thevara', 'Айгуль', 'ноутбук', 'narrative'])
        assert.ok(!body.includes(word), word);
  });
});
