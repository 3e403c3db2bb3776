// Rosters: who is on duty, where that is shown, and who is told when nobody
// is.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { submit, targetAt, targets } from '../support/cases.mjs';
import { World, until } from '../support/hub.mjs';

const world = new World();
const SPARE = ['state.supervisor', 'station.officer', 'station.second', 'station.supervisor'];
const DAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];
const id = {};
let hub;

const person = (name) => world.person(name);
const always = (...people) => ({ weekly: [{ days: DAYS, from: '00:00', until: '24:00', on_duty: people }] });
/** In Kolkata. */
const today = () => new Date(Date.now() + 5.5 * 3_600_000).toISOString().slice(0, 10);

async function unit(slug, people, parent) {
  const principals = people.map((name) => ({ name, certificate: world.pem(name),
    role: name.endsWith('.supervisor') ? 'supervisor' : 'officer' }));
  const made = await person('admin-1').post(hub, '/v1/institutions', { slug, name: `Unit ${slug}`,
    kind: 'police_unit', country: 'IN', region: 'KL', principals, parent });
  assert.equal(made.status, 201, made.text);
  await world.confirm(hub, 'institutions', made.body.id);
  id[slug] = made.body.id;
}

const set = (slug, body, by = 'station.supervisor') =>
  person(by).post(hub, `/v1/institutions/${id[slug]}/roster`, body);
const show = (slug, by = 'station.supervisor') => person(by).get(hub, `/v1/institutions/${id[slug]}/roster`);
async function now(by, query = '') {
  const { status, body, text } = await person(by).get(hub, `/v1/rosters/now${query}`);
  assert.equal(status, 200, text);
  return body.items;
}
/** Set it, until the hub's view of the registry has it. */
async function use(slug, body, by) {
  const { status, text } = await set(slug, body, by);
  assert.equal(status, 200, text);
  await until(async () => {
    const seen = (await show(slug, by)).body;
    return JSON.stringify(seen.weekly) === JSON.stringify(body.weekly)
      && JSON.stringify(seen.exceptions) === JSON.stringify(body.exceptions ?? []);
  });
}
const inbox = async (by, type) => (await person(by).get(hub, '/v1/inbox?limit=200')).body.items
  .map((item) => JSON.parse(item.body)).filter((one) => one.type === type);

before(async () => {
  world.prepare(SPARE);
  hub = await world.hub();
  await world.register(hub);
  await unit('state', ['state.supervisor']);
  await unit('station', ['station.officer', 'station.second', 'station.supervisor'], 'state');
  await world.knows(hub, 'station.supervisor');
  for (const name of [...SPARE, 'malabar_bank.nodal', 'malabar_bank.service', 'kl_kochi_cyber.officer'])
    id[name] = (await person(name).get(hub, '/v1/me')).body.principal.id;
  id.malabar_bank = world.institutions.malabar_bank.id;
});
after(() => world.remove());

describe('a roster', () => {
  test('is shown as it was set, with who is on duty now', async () => {
    const body = { ...always(id['station.officer'], id['station.second']),
      exceptions: [{ date: '2030-01-01', closed: true },
        { date: '2030-01-02', from: '10:00', until: '14:30', on_duty: [id['station.officer']] }] };
    await use('station', body);
    const { body: seen } = await show('station', 'station.officer');
    assert.deepEqual(seen.on_duty.map((one) => one.id), [id['station.officer'], id['station.second']]);
    assert.equal(seen.hands_over_to, undefined);
    assert.deepEqual((await show('station', 'state.supervisor')).body.weekly, body.weekly);
    assert.deepEqual((await show('station', 'payments_audit.auditor')).body.exceptions, body.exceptions);
  });

  test('is listed to those who may see it', async () => {
    const slugs = async (by, query) => (await now(by, query)).map((one) => one.institution.slug);
    assert.deepEqual(await slugs('state.supervisor'), ['station']);
    assert.deepEqual(await slugs('state.supervisor', '?unit=state'), ['station']);
    assert.deepEqual(await slugs('state.supervisor', '?unit=kl_kochi_cyber'), []);
    assert.deepEqual(await slugs('station.officer'), ['station']);
    assert.deepEqual(await slugs('kl_kochi_cyber.supervisor'), []);
    assert.deepEqual(await slugs('malabar_bank.nodal'), []);
  });

  for (const by of ['kl_kochi_cyber.supervisor', 'malabar_bank.nodal'])
    test(`of another is not there for ${by}`, async () => {
      assert.equal((await show('station', by)).status, 404);
      assert.equal((await set('station', always(id['station.officer']), by)).status, 404);
    });

  for (const by of ['station.officer', 'payments_audit.auditor', 'malabar_bank.service'])
    test(`is not ${by}'s to set`, async () => {
      assert.equal((await set('station', always(id['station.officer']), by)).status, 403);
    });

  const shift = (change) => ({ weekly: [{ days: ['monday'], from: '08:00', until: '20:00',
    on_duty: [id['station.officer']], ...change }] });
  const wrong = [
    ['a person of another unit', () => shift({ on_duty: [id['kl_kochi_cyber.officer']] }), 'unknown_principal', '/weekly/0/on_duty/0'],
    ['a bank\'s person', () => shift({ on_duty: [id['malabar_bank.nodal']] }), 'unknown_principal', '/weekly/0/on_duty/0'],
    ['somebody twice', () => shift({ on_duty: [id['station.officer'], id['station.officer']] }), 'person_twice', '/weekly/0/on_duty/1'],
    ['nobody', () => shift({ on_duty: [] }), 'too_few', '/weekly/0/on_duty'],
    ['no weekday', () => shift({ days: [] }), 'too_few', '/weekly/0/days'],
    ['no such weekday', () => shift({ days: ['funday'] }), 'not_one_of', '/weekly/0/days/0'],
    ['an hour that is none', () => shift({ from: '25:00' }), 'bad_form', '/weekly/0/from'],
    ['a minute that is none', () => shift({ until: '20:60' }), 'bad_form', '/weekly/0/until'],
    ['an end before its beginning', () => shift({ until: '07:00' }), 'bad_order', '/weekly/0/until'],
    ['two shifts at once', () => ({ weekly: [...shift().weekly, ...shift({ from: '19:59', until: '24:00' }).weekly] }), 'overlap', '/weekly/1'],
    ['a date that is none', () => ({ weekly: [], exceptions: [{ date: '2030-02-30', closed: true }] }), 'bad_form', '/exceptions/0/date'],
    ['a closed date with people', () => ({ weekly: [], exceptions: [{ date: '2030-02-03', closed: true, on_duty: [id['station.officer']] }] }), 'not_allowed_here', '/exceptions/0/closed'],
    ['an open date without people', () => ({ weekly: [], exceptions: [{ date: '2030-02-03', from: '01:00', until: '02:00' }] }), 'too_few', '/exceptions/0/on_duty'],
    ['no week', () => ({ exceptions: [] }), 'missing_member', '/weekly'],
    ['a word too much', () => ({ ...shift(), zone: 'UTC' }), 'unknown_member', '/zone'],
  ];
  for (const [name, body, code, pointer] of wrong)
    test(`with ${name} is refused`, async () => {
      const { status, body: answer, text } = await set('station', body());
      assert.equal(status, 422, text);
      assert.equal(answer.errors?.[0].code ?? answer.code, code, text);
      assert.equal(answer.errors[0].pointer, pointer, text);
      assert.equal((await show('station')).body.weekly[0].days.length, 7);
    });
});

describe('who is on duty', () => {
  test('stands on the case, for the police', async () => {
    const { body: made } = await submit(world, hub, 'a', { by: 'station.officer' });
    const { body: seen } = await person('station.officer').get(hub, `/v1/cases/${made.id}`);
    assert.deepEqual(seen.unit_on_duty.map((one) => one.id), [id['station.officer'], id['station.second']]);
    const bank = await person(`${targets(made)[0].institution.slug}.nodal`).get(hub, `/v1/cases/${made.id}`);
    assert.equal(bank.body.unit_on_duty, undefined);
    const auditor = await person('payments_audit.auditor').get(hub, `/v1/cases/${made.id}`);
    assert.equal(auditor.body.unit_on_duty, undefined);
  });

  test('stands in the reminder of what their institution owes, and in its event', async () => {
    await use('malabar_bank', always(id['malabar_bank.nodal']), 'malabar_bank.nodal');
    const { body: made } = await submit(world, hub, 'a', { by: 'station.officer' });
    const target = targetAt(made, 'malabar_bank');
    world.database.sql(`UPDATE deadline SET started_at = now() - interval '60 s', due_at = now() + interval '59 s',
      next_at = now() - interval '1 s' WHERE kind = 'acknowledgement' AND case_id =
      (SELECT case_id FROM case_file WHERE ref = '${made.ref}')`);
    const warning = await until(async () => (await inbox('malabar_bank.nodal', 'deadline.warning'))
      .find((one) => one.targets[0].id === target.id));
    assert.deepEqual(warning.deadline.on_duty.map((one) => one.id), [id['malabar_bank.nodal']]);
    const event = await until(async () => (await person('station.officer')
      .get(hub, `/v1/cases/${made.id}/timeline?limit=200`)).body.items
      .find(({ type, values }) => type === 'deadline.warning' && values.some(({ field }) => field === 'on_duty')));
    assert.ok(event.values.some(({ field, value }) => field === 'first_on_duty' && value === id['malabar_bank.nodal']));
  });

  test('is nobody on a closed date: the unit above is told of the breach too', async () => {
    await use('station', { ...always(id['station.officer']), exceptions: [{ date: today(), closed: true }] });
    const [seen] = await now('station.officer');
    assert.deepEqual(seen.on_duty, []);
    assert.equal(seen.hands_over_to.slug, 'state');
    const { body: made } = await submit(world, hub, 'a', { by: 'station.officer' });
    const target = targetAt(made, 'malabar_bank');
    world.database.sql(`UPDATE deadline SET started_at = now() - interval '600 s', due_at = now() - interval '1 s',
      stage = 2, next_at = now() - interval '1 s' WHERE kind = 'acknowledgement' AND case_id =
      (SELECT case_id FROM case_file WHERE ref = '${made.ref}')`);
    const find = (by) => until(async () => (await inbox(by, 'deadline.breached'))
      .find((one) => one.targets.some((each) => each.id === target.id)));
    const above = await find('state.supervisor');
    assert.equal(above.case.ref, made.ref);
    await find('station.supervisor');
    const bank = await find('malabar_bank.nodal');
    assert.deepEqual(bank.deadline.on_duty.map((one) => one.id), [id['malabar_bank.nodal']]);
    assert.equal(above.deadline.on_duty, undefined);
  });

  test('is somebody: the unit above is not told', async () => {
    await use('station', always(id['station.officer']));
    const before = (await inbox('state.supervisor', 'deadline.breached')).length;
    const { body: made } = await submit(world, hub, 'a', { by: 'station.officer' });
    world.database.sql(`UPDATE deadline SET started_at = now() - interval '600 s', due_at = now() - interval '1 s',
      stage = 2, next_at = now() - interval '1 s' WHERE kind = 'acknowledgement' AND case_id =
      (SELECT case_id FROM case_file WHERE ref = '${made.ref}')`);
    await until(async () => (await inbox('station.supervisor', 'deadline.breached'))
      .some((one) => one.case.ref === made.ref));
    assert.equal((await inbox('state.supervisor', 'deadline.breached')).length, before);
  });

  test('is nobody\'s question without a roster', async () => {
    await use('station', { weekly: [] });
    assert.deepEqual(await now('station.officer'), []);
    const { body } = await show('station');
    assert.equal(body.on_duty, undefined);
  });
});
