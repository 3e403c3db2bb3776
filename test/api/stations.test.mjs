// Stations: the tree of units with its districts, moved by two people, and
// who sees and counts what of it.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { submit } from '../support/cases.mjs';
import { World, until } from '../support/hub.mjs';

const world = new World();
const UNITS = ['zone', 'range', 'station', 'outpost'];
const SPARE = [...UNITS.map((unit) => `${unit}.officer`), 'zone.supervisor', 'range.supervisor'];
const units = {};
let hub;

const person = (name) => world.person(name);
const admin = () => person('admin-1');

async function unit(slug, more = {}) {
  const principals = [['officer', `${slug}.officer`], ['supervisor', `${slug}.supervisor`]]
    .filter(([, name]) => SPARE.includes(name))
    .map(([role, name]) => ({ role, name, certificate: world.pem(name) }));
  const made = await admin().post(hub, '/v1/institutions', { slug, name: `Unit ${slug}`,
    kind: 'police_unit', country: 'IN', region: 'KL', principals, ...more });
  assert.equal(made.status, 201, made.text);
  await world.confirm(hub, 'institutions', made.body.id);
  units[slug] = made.body.id;
}

const place = (slug, body, by = 'admin-1') =>
  person(by).post(hub, `/v1/institutions/${units[slug]}/place`, body);
const confirm = (slug, by = 'admin-2') =>
  person(by).post(hub, `/v1/institutions/${units[slug]}/place/confirmation`);

async function row(slug) {
  const { body } = await admin().get(hub, '/v1/institutions?limit=200');
  return body.items.find((one) => one.slug === slug);
}

async function sees(name, query = '') {
  const { status, body, text } = await person(name).get(hub, `/v1/cases?limit=200${query}`);
  assert.equal(status, 200, text);
  return [...new Set(body.items.map((one) => one.unit.slug))].sort();
}

async function move(slug, body) {
  assert.equal((await place(slug, body)).status, 201);
  assert.equal((await confirm(slug)).status, 200);
  await until(async () => (await row(slug)).proposed_place === undefined);
}

before(async () => {
  world.prepare(SPARE);
  hub = await world.hub();
  await world.register(hub);
  await unit('zone', { district: 'Central' });
  await unit('range', { parent: 'zone' });
  await unit('station', { parent: 'range', district: 'Ernakulam, West' });
  await unit('outpost', { parent: 'station' });
  await world.knows(hub, 'outpost.officer');
  for (const slug of UNITS) await submit(world, hub, 'a', { by: `${slug}.officer` });
});
after(() => world.remove());

describe('a supervisor', () => {
  test('sees the units below at any depth', async () => {
    assert.deepEqual(await sees('zone.supervisor'), [...UNITS].sort());
    assert.deepEqual(await sees('range.supervisor'), ['outpost', 'range', 'station']);
  });

  test('asks for a part of them by unit or district', async () => {
    assert.deepEqual(await sees('zone.supervisor', '&unit=station'), ['outpost', 'station']);
    assert.deepEqual(await sees('zone.supervisor', `&unit=${units.outpost}`), ['outpost']);
    assert.deepEqual(await sees('zone.supervisor', '&district=Central'), ['range', 'zone']);
    assert.deepEqual(await sees('zone.supervisor', '&district=Ernakulam,%20West&unit=outpost'), ['outpost']);
  });

  // Not theirs, not there, not a unit: all the same.
  for (const [by, query] of [['range.supervisor', 'unit=zone'], ['range.supervisor', 'unit=nobody'],
    ['range.supervisor', 'unit=malabar_bank'], ['range.supervisor', 'district=Central2'],
    ['station.officer', 'unit=outpost'], ['zone.supervisor', 'unit=outpost&district=Central'],
    ['malabar_bank.nodal', 'unit=zone'], ['malabar_bank.nodal', 'district=Central']])
    test(`${by} is refused ${query}`, async () => {
      const { status, body } = await person(by).get(hub, `/v1/cases?${query}`);
      assert.equal(status, 422);
      assert.equal(body.code, 'unknown_unit');
    });
});

describe('a report', () => {
  const items = async (name, query, by = 'zone.supervisor') => {
    const { status, body, text } = await person(by).get(hub, `/v1/reports/${name}?${query}`);
    assert.equal(status, 200, text);
    return body.items;
  };

  test('has a line for each district', async () => {
    const found = await items('outcomes', 'group=district');
    assert.deepEqual(found.map(({ district, cases }) => [district, cases]),
      [['Central', 2], ['Ernakulam, West', 2]]);
  });

  test('quotes a district in CSV, and a formula is none', async () => {
    const csv = { headers: { accept: 'text/csv' } };
    await move('range', { parent: 'zone', district: '=1+1' });
    const { text } = await person('zone.supervisor').get(hub, '/v1/reports/outcomes?group=district', csv);
    assert.match(text, /^"Ernakulam, West",INR,2,/m);
    assert.match(text, /^'=1\+1,INR,1,/m);
    await move('range', { parent: 'zone' });
  });

  test('counts one unit and those below, one typology, one institution', async () => {
    const [one] = await items('outcomes', 'unit=station&group=district');
    assert.equal(one.cases, 2);
    const [all] = await items('outcomes', 'unit=station&group=typology');
    const [bank] = await items('outcomes', 'unit=station&institution=malabar_bank&group=typology');
    assert.ok(bank.asked.count < all.asked.count);
    assert.deepEqual(await items('outcomes', `unit=station&typology=${all.typology}&group=typology`), [all]);
    assert.deepEqual(await items('outcomes', 'typology=sim_swap'), []);
  });

  test('of response times is of the units that are asked for', async () => {
    const asked = async (query) => Object.fromEntries((await items('response-times', query))
      .map((one) => [one.institution.slug, one.asked]));
    const all = await asked('');
    const half = await asked('unit=station');
    for (const [slug, count] of Object.entries(half)) assert.equal(count * 2, all[slug], slug);
    const only = Object.keys(half)[0];
    assert.deepEqual(await asked(`institution=${only}`), { [only]: all[only] });
    assert.deepEqual(await asked('typology=sim_swap'), {});
  });

  for (const [query, code] of [['unit=zone', 'unknown_unit'], ['district=Nowhere', 'unknown_unit'],
    ['institution=nobody', 'unknown_institution'], ['typology=theft', 'not_one_of'],
    ['group=station', 'not_one_of']])
    test(`refuses ${query}`, async () => {
      const { status, body } = await person('range.supervisor').get(hub, `/v1/reports/outcomes?${query}`);
      assert.equal(status, 422);
      assert.equal(body.code, code);
    });
});

describe('a unit', () => {
  test('is moved by two people, and scopes follow', async () => {
    const proposed = await place('outpost', { parent: 'zone', district: 'East' });
    assert.equal(proposed.status, 201, proposed.text);
    await until(async () => (await row('outpost')).proposed_place !== undefined);
    assert.deepEqual((await row('outpost')).proposed_place, { parent_id: units.zone, district: 'East' });
    assert.deepEqual(await sees('range.supervisor'), ['outpost', 'range', 'station']);
    assert.equal((await confirm('outpost', 'admin-1')).body.code, 'own_proposal');
    assert.equal((await confirm('outpost')).status, 200);
    await until(async () => (await sees('range.supervisor')).length === 2);
    assert.deepEqual(await sees('zone.supervisor', '&district=East'), ['outpost']);
    assert.equal((await row('outpost')).parent_id, units.zone);
    assert.equal((await confirm('outpost')).status, 404);
    await move('outpost', { parent: 'station' });
  });

  const wrong = [
    ['hangs on none below it', 'zone', { parent: 'outpost' }, 'circle_of_units'],
    ['does not hang on itself', 'range', { parent: 'range' }, 'circle_of_units'],
    ['does not hang on a bank', 'range', { parent: 'malabar_bank' }, 'other_kind'],
    ['does not hang on nobody', 'range', { parent: 'nobody' }, 'unknown_institution'],
    ['has a district of words', 'range', { district: 7 }, 'wrong_type'],
    ['has no other members', 'range', { state: 'KL' }, 'unknown_member'],
  ];
  for (const [name, slug, body, code] of wrong)
    test(name, async () => {
      const { status, body: answer, text } = await place(slug, body);
      assert.equal(status, 422, text);
      assert.equal(answer.code ?? answer.errors?.[0].code, code, text);
    });

  for (const by of ['zone.supervisor', 'zone.officer', 'malabar_bank.nodal', 'payments_audit.auditor'])
    test(`is not moved by ${by}`, async () => {
      assert.equal((await place('outpost', { parent: 'zone' }, by)).status, 403);
      assert.equal((await confirm('outpost', by)).status, 403);
    });

  test('makes no circle with one that was proposed at the same time', async () => {
    await move('outpost', {});
    assert.equal((await place('outpost', { parent: 'station' })).status, 201);
    assert.equal((await place('station', { parent: 'outpost' })).status, 201);
    assert.equal((await confirm('outpost')).status, 200);
    const second = await confirm('station');
    assert.equal(second.status, 409, second.text);
    assert.equal(second.body.code, 'circle_of_units');
    assert.equal((await row('station')).parent_id, units.range);
    await move('station', { parent: 'range', district: 'Ernakulam, West' });
  });
});
