// Volumes: what an officer, a unit and a complainant ask for above the limits
// of the profile is told to the unit above, and waits where it is extreme.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { freshExample, submit, targets } from '../support/cases.mjs';
import { World, until } from '../support/hub.mjs';

const world = new World();
const SPARE = ['state.supervisor', 'one.officer', 'two.officer', 'two.supervisor', 'fast.officer', 'rich.officer',
  'far.supervisor'];
let hub;

const person = (name) => world.person(name);

async function unit(slug, people, parent) {
  const principals = people.map((role) => ({ role: role.replace(/^.*\./, ''), name: role, certificate: world.pem(role) }));
  const made = await person('admin-1').post(hub, '/v1/institutions', { slug, name: `Unit ${slug}`,
    kind: 'police_unit', country: 'IN', region: 'KL', principals, parent });
  assert.equal(made.status, 201, made.text);
  await world.confirm(hub, 'institutions', made.body.id);
}

/** A complaint of somebody who has not complained before. */
let serial = 0;
function complaint(change = {}) {
  const body = freshExample('a');
  serial += 1;
  body.complainant = { name: 'A. N. Other', msisdn: `+9198765${String(serial).padStart(5, '0')}` };
  return { ...body, ...change };
}
const ask = (by, body = complaint()) => submit(world, hub, 'a', { by, body });
const dry = async (by, body = complaint()) => {
  const { status, body: answer, text } = await person(by).post(hub, '/v1/cases?dry_run=true', body);
  assert.equal(status, 200, text);
  return answer;
};
const alerts = async (by, query = '') => {
  const { status, body, text } = await person(by).get(hub, `/v1/alerts?limit=200${query}`);
  assert.equal(status, 200, text);
  return body.items;
};
const inbox = async (by) => (await person(by).get(hub, '/v1/inbox?limit=200')).body.items
  .map((item) => JSON.parse(item.body));

before(async () => {
  world.prepare(SPARE);
  // a tenth: 2 requests of an officer, 50 of a unit, 5,000,000.00 INR, no second case in a month
  hub = await world.hub({ velocity_percent: 10 });
  await world.register(hub);
  await unit('state', ['state.supervisor']);
  await unit('one', ['one.officer'], 'state');
  await unit('two', ['two.officer', 'two.supervisor', 'fast.officer', 'rich.officer'], 'state');
  await unit('far', ['far.supervisor']);
  await world.knows(hub, 'far.supervisor');
});
after(() => world.remove());

describe('a dry run', () => {
  test('shows receivers, channels, targets, who must approve and the volumes', async () => {
    const body = complaint();
    const answer = await dry('one.officer', body);
    const { impact } = answer;
    const asked = body.requests.map((request) => request.targets.length);
    assert.deepEqual(impact.requests.map((one) => one.targets), asked);
    assert.equal(impact.targets, asked.reduce((a, b) => a + b));
    for (const request of impact.requests)
      assert.equal(request.needs_second_person, request.approval_reasons.length > 0);
    const [officer] = impact.volumes.filter(({ kind }) => kind === 'officer_requests');
    assert.deepEqual(officer, { kind: 'officer_requests', grade: 'usual', count: body.requests.length, most: 2 });
    for (const target of targets(answer)) {
      assert.ok(target.institution.slug);
      assert.equal(target.endpoint_kind, 'inbox');
    }
  });

  test('counts nothing', async () => {
    for (let i = 0; i < 4; i++) await dry('one.officer');
    assert.equal((await dry('one.officer')).impact.volumes[0].grade, 'usual');
    assert.deepEqual(await alerts('state.supervisor', '&unit=one'), []);
  });

  test('tells how fast a receiver usually is, once it has been', async () => {
    const made = (await ask('one.officer')).body;
    const [first] = targets(made);
    const nodal = person(`${first.institution.slug}.nodal`);
    assert.equal((await nodal.post(hub, `/v1/targets/${first.id}/responses`, { code: 'RECEIPT' })).status, 201);
    const answer = await dry('one.officer');
    const again = targets(answer).find(({ institution }) => institution.slug === first.institution.slug);
    assert.equal(again.usual_acknowledgement.asked, 1);
    assert.ok(again.usual_acknowledgement.p50_milliseconds >= 0);
    const other = targets(answer).find(({ institution }) => institution.slug !== first.institution.slug);
    assert.equal(other?.usual_acknowledgement, undefined);
  });
});

describe('an officer', () => {
  let third;
  let extreme;

  test('above the limit is told of to the unit above, and goes on', async () => {
    const per = complaint().requests.length;
    let asked = 0;
    while (asked <= 2) {
      third = (await ask('fast.officer')).body;
      asked += per;
    }
    assert.notEqual(third.requests[0].status, 'pending_approval');
    const [alert] = (await alerts('state.supervisor', '&unit=two'))
      .filter(({ kind }) => kind === 'officer_requests');
    assert.equal(alert.grade, 'alert');
    assert.equal(alert.most, 2);
    assert.equal(alert.count, asked);
    assert.equal(alert.case_id, third.id);
    assert.equal(alert.unit.slug, 'two');
    assert.equal(alert.told.slug, 'state');
    const [message] = (await inbox('state.supervisor')).filter(({ type }) => type === 'alert.velocity');
    assert.equal(message.alert.id, alert.id);
    assert.equal(message.case.ref, alert.case_ref);
  });

  test('is in the timeline of the case that crossed it', async () => {
    const { body } = await until(async () => {
      const seen = await person('state.supervisor').get(hub, `/v1/cases/${third.id}/timeline?limit=200`);
      return seen.body.items.some(({ type }) => type === 'alert.velocity') && seen;
    });
    const [event] = body.items.filter(({ type }) => type === 'alert.velocity');
    assert.ok(event.values.some(({ field, value }) => field === 'kind' && value === 'officer_requests'));
  });

  test('far above it waits for another supervisor, who approves', async () => {
    for (let i = 0; i < 12 && extreme?.requests[0].status !== 'pending_approval'; i++)
      extreme = (await ask('fast.officer')).body;
    assert.equal(extreme.requests[0].status, 'pending_approval');
    const kinds = (await alerts('state.supervisor', '&unit=two')).filter(({ kind }) => kind === 'officer_requests');
    assert.deepEqual(kinds.map(({ grade }) => grade), ['extreme', 'alert']);
    const { impact } = await dry('fast.officer');
    assert.deepEqual(impact.requests[0].approval_reasons, ['velocity']);
    for (const { id } of extreme.requests) {
      const answer = await person('two.supervisor').post(hub, `/v1/requests/${id}/approval`, { decision: 'approve' });
      assert.equal(answer.status, 200, answer.text);
      assert.equal(answer.body.status, 'issued');
    }
  });

  test('in an emergency waits for nobody', async () => {
    const body = complaint();
    for (const request of body.requests) request.emergency = true;
    const { body: made } = await ask('fast.officer', body);
    assert.equal(made.requests[0].status, 'issued');
    assert.ok(made.requests[0].confirm_by);
  });

  test('is counted alone', async () => {
    const { body } = await ask('two.officer');
    assert.equal(body.requests[0].status, 'issued');
  });

  test('is counted in money', async () => {
    const money = (await dry('rich.officer')).impact.volumes.find(({ kind }) => kind === 'officer_amount');
    const sum = Number(money.sum.amount);
    assert.equal(money.most_sum.amount, '5000000.00');
    world.database.sql(`UPDATE target SET requested_minor = 500000000 - ${Math.round(sum * 100)} + 1
      WHERE target_id = (SELECT target_id FROM target JOIN freeze_request USING (request_id)
        JOIN principal p ON p.principal_id = requested_by WHERE p.name = 'two.officer' LIMIT 1)`);
    const seen = (await dry('two.officer')).impact.volumes.find(({ kind }) => kind === 'officer_amount');
    assert.equal(seen.grade, 'alert');
  });
});

describe('a complainant', () => {
  test('with a second case is flagged for review, and the case goes out', async () => {
    const body = complaint();
    await ask('rich.officer', body);
    const again = complaint({ complainant: body.complainant });
    const { body: made } = await ask('rich.officer', again);
    assert.equal(made.requests[0].status, 'issued');
    const found = (await alerts('state.supervisor', '&unit=two')).filter(({ kind }) => kind === 'complainant_cases');
    assert.equal(found[0].case_id, made.id);
    assert.ok(!JSON.stringify(found).includes(body.complainant.msisdn));
  });

  test('stands nowhere in clear', async () => {
    const rows = await world.database.rows(`SELECT count(*) AS n FROM case_file
      WHERE complainant_hash IS NOT NULL AND octet_length(complainant_hash) = 32`);
    assert.ok(Number(rows[0].n) > 5);
  });
});

describe('alerts', () => {
  test('are seen by supervisors above, and by auditors', async () => {
    const all = await alerts('state.supervisor');
    assert.ok(all.length >= 3);
    assert.deepEqual(await alerts('payments_audit.auditor'), all);
    assert.deepEqual(await alerts('two.supervisor'), all);
    assert.deepEqual(await alerts('far.supervisor'), []);
    assert.deepEqual(await alerts('kl_kochi_cyber.supervisor'), []);
  });

  test('come in pages', async () => {
    const all = await alerts('state.supervisor');
    const seen = [];
    let cursor = '';
    do {
      const { body } = await person('state.supervisor').get(hub, `/v1/alerts?limit=2${cursor}`);
      seen.push(...body.items);
      cursor = body.next_cursor && `&cursor=${body.next_cursor}`;
    } while (cursor);
    assert.deepEqual(seen, all);
  });

  for (const by of ['two.officer', 'malabar_bank.nodal', 'malabar_bank.service', 'admin-1'])
    test(`are not ${by}'s to see`, async () => {
      assert.equal((await person(by).get(hub, '/v1/alerts')).status, 403);
    });

  for (const [query, code] of [['unit=two', 'unknown_unit'], ['district=East', 'unknown_unit'],
    ['cursor=00', 'bad_cursor'], ['limit=0', 'bad_limit'], ['kind=x', 'unknown_parameter']])
    test(`refuse ${query}`, async () => {
      const { status, body } = await person('far.supervisor').get(hub, `/v1/alerts?${query}`);
      assert.ok([400, 422].includes(status));
      assert.equal(body.code, code);
    });

  test('are never changed', async () => {
    assert.throws(() => world.database.sql("UPDATE alert SET grade = 'alert'"));
    assert.throws(() => world.database.sql('DELETE FROM alert'));
  });
});
