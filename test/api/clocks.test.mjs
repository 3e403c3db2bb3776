// Clocks of a whole hub: emergencies and their lapse, holds that end by
// themselves, reminders, overlays, and the customer's liability.  Where a
// clock must run out, its row (and its subject) is moved back in the database:
// the clerk then finds that it has come.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import {
  about, freshExample, hold, later, nodal, respond, submit, targetAt, targets,
} from '../support/cases.mjs';
import { World, until } from '../support/hub.mjs';

const world = new World();
let hub;

before(async () => {
  world.prepare();
  hub = await world.hub();
  await world.register(hub);
});
after(() => world.remove());

const person = (name) => world.person(name);
const officer = () => person('kl_kochi_cyber.officer');
const supervisor = () => person('kl_kochi_cyber.supervisor');

const uuid = (id) => {
  const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';
  let value = 0n;
  for (const letter of id.split('_').pop()) value = value * 32n + BigInt(alphabet.indexOf(letter));
  return value.toString(16).padStart(32, '0').slice(-32);
};

/** Move a clock back so that its end came a second ago. */
function runOut(id, kind) {
  const moved = world.database.sql(`UPDATE deadline
       SET started_at = started_at - (due_at - now()) - interval '1 s',
           due_at = now() - interval '1 s', stage = 2, next_at = now() - interval '1 s'
     WHERE subject_id = '${uuid(id)}' AND kind = '${kind}' AND status = 'running' RETURNING kind`);
  assert.equal(moved, kind);
}

const endsNow = (table, column, key, id) => world.database.sql(
  `UPDATE ${table} SET ${column} = now() - interval '1 s' WHERE ${key} = '${uuid(id)}'`);

const readTarget = async (target, who = officer()) => {
  const { status, body } = await who.get(hub, `/v1/targets/${target.id}`);
  assert.equal(status, 200);
  return body;
};
const readCase = async (receipt, who = officer()) => (await who.get(hub, `/v1/cases/${receipt.id}`)).body;
const events = async (receipt) => {
  const { body } = await officer().get(hub, `/v1/cases/${receipt.id}/timeline?limit=200`);
  return body.items.map(({ type }) => type);
};

function emergencyCase() {
  const body = freshExample('e');
  body.requests[0].emergency = true;
  return body;
}

const approval = (who, receipt, body = { decision: 'approve' }) =>
  who.post(hub, `/v1/requests/${receipt.requests[0].id}/approval`, body);

describe('an emergency', () => {
  test('goes out at once, however wide, with a time to confirm it by', async () => {
    const body = emergencyCase();
    body.requests[0] = { ...body.requests[0], action: 'RECEIVE_ONLY', scope: 'account', basis: 'BNSS_106' };
    const { body: receipt } = await submit(world, hub, 'e', { body });
    const [target] = targets(receipt);
    assert.equal(receipt.requests[0].status, 'issued');
    assert.equal(target.status, 'queued');
    const [message] = await about(hub, nodal(world, target), target);
    assert.equal(message.type, 'freeze.requested');
    const left = Date.parse(message.request.confirm_by) - Date.now();
    assert.ok(left > 55 * 60_000 && left <= 60 * 60_000, String(left));
    const { requests: [request] } = await readCase(receipt);
    assert.equal(request.emergency, true);
    assert.equal(request.confirm_by, message.request.confirm_by);
    assert.equal(request.approved_by, undefined);
  });

  test('stands once another supervisor has confirmed it, and only once', async () => {
    const { body: receipt } = await submit(world, hub, 'e', { body: emergencyCase() });
    const answer = await approval(supervisor(), receipt);
    assert.equal(answer.status, 200, answer.text);
    const { requests: [request] } = await readCase(receipt);
    assert.equal(request.approved_by, (await supervisor().get(hub, '/v1/me')).body.principal.id);
    assert.equal(request.status, 'issued');
    const again = await approval(supervisor(), receipt);
    assert.equal(again.status, 409);
    assert.equal(again.body.code, 'not_pending');
    assert.equal(world.database.sql(`SELECT status FROM deadline WHERE kind = 'confirmation'
      AND subject_id = '${uuid(request.id)}'`), 'ended');
    await until(async () => (await events(receipt)).includes('request.confirmed'));
  });

  for (const [name, status] of [['kl_kochi_cyber.officer', 403], ['us_sanjose_pd.supervisor', 404],
    ['deccan_bank.nodal', 403], ['deccan_bank.service', 403], ['payments_audit.auditor', 403], ['admin-1', 403]])
    test(`is not confirmed by ${name}`, async () => {
      const { body: receipt } = await submit(world, hub, 'e', { body: emergencyCase() });
      assert.equal((await approval(person(name), receipt)).status, status);
      assert.equal((await readCase(receipt)).requests[0].approved_by, undefined);
    });

  test('is not confirmed by the supervisor who asked for it', async () => {
    const { body: receipt } = await submit(world, hub, 'e',
      { body: emergencyCase(), by: 'kl_kochi_cyber.supervisor' });
    const own = await approval(supervisor(), receipt);
    assert.equal(own.status, 403);
    assert.equal(own.body.code, 'own_request');
  });

  test('is not asked for by an institution', async () => {
    const { status, body } = await person('deccan_bank.nodal').post(hub, '/v1/cases', emergencyCase());
    assert.equal(status, 403);
    assert.equal(body.code, 'second_person_needed');
  });

  test('that a supervisor refuses is withdrawn, and what it held released', async () => {
    const { body: receipt } = await submit(world, hub, 'e', { body: emergencyCase() });
    const [target] = targets(receipt);
    await respond(world, hub, target, hold(target.amount_requested));
    assert.equal((await approval(supervisor(), receipt,
      { decision: 'refuse', reason: 'no emergency' })).status, 200);
    assert.equal((await readTarget(target)).status, 'release_pending');
    assert.equal((await readCase(receipt)).requests[0].status, 'withdrawn');
    const types = (await about(hub, nodal(world, target), target)).map(({ type }) => type);
    assert.ok(types.includes('release.ordered'), String(types));
  });

  test('lapses when nobody confirms it in time', async () => {
    const { body: receipt } = await submit(world, hub, 'e', { body: emergencyCase() });
    const [target] = targets(receipt);
    await respond(world, hub, target, hold(target.amount_requested));
    endsNow('freeze_request', 'confirm_by', 'request_id', receipt.requests[0].id);
    runOut(receipt.requests[0].id, 'confirmation');
    const late = await approval(supervisor(), receipt);
    assert.equal(late.status, 409);
    assert.ok(['confirmation_late', 'not_pending'].includes(late.body.code), late.text);
    await until(async () => (await readTarget(target)).status === 'release_pending', { what: 'the lapse' });
    assert.equal((await readCase(receipt)).requests[0].status, 'withdrawn');
    const order = (await about(hub, nodal(world, target), target)).find(({ type }) => type === 'release.ordered');
    assert.match(order.release.reason, /no other supervisor/);
    const told = (await about(hub, officer(), target)).filter(({ type }) => type === 'deadline.breached');
    assert.equal(told.length, 1);
    assert.equal(told[0].deadline.kind, 'confirmation');
  });
});

describe('a hold', () => {
  test('ends by itself; the bank is ordered to release and reminded until it has', async () => {
    const { body: receipt } = await submit(world, hub, 'e', { body: freshExample('e') });
    const [target] = targets(receipt);
    const bank = nodal(world, target);
    await respond(world, hub, target, hold(target.amount_requested));
    endsNow('target', 'expires_at', 'target_id', target.id);
    runOut(target.id, 'hold_expiry');
    await until(async () => (await readTarget(target)).status === 'release_pending', { what: 'the expiry' });
    runOut(target.id, 'release');
    const breach = await until(async () => (await about(hub, bank, target))
      .find(({ type }) => type === 'deadline.breached'), { what: 'the breach' });
    assert.equal(breach.deadline.kind, 'release');
    assert.equal(breach.deadline.percent, 100);
    assert.equal(breach.targets[0].identifier.value, (await readTarget(target)).account.value);
    const told = (await about(hub, officer(), target)).filter(({ type }) => type === 'deadline.breached');
    assert.deepEqual(told.map(({ deadline }) => deadline.kind).sort(), ['hold_expiry', 'release']);
    assert.equal(told[0].targets[0].identifier.value, undefined);
    await respond(world, hub, target, { code: 'RELEASED' });
    assert.equal((await readTarget(target)).status, 'released');
    assert.equal(world.database.sql(`SELECT count(*) FROM deadline
      WHERE subject_id = '${uuid(target.id)}' AND status = 'running'`), '0');
    const types = await until(async () => {
      const all = await events(receipt);
      return all.includes('target.released') && all;
    });
    for (const type of ['target.expired', 'deadline.breached']) assert.ok(types.includes(type), type);
  });

  test('is not ended by a clock that was moved without it', async () => {
    const { body: receipt } = await submit(world, hub, 'e', { body: freshExample('e') });
    const [target] = targets(receipt);
    await respond(world, hub, target, hold(target.amount_requested));
    runOut(target.id, 'hold_expiry');
    await until(async () => world.database.sql(`SELECT due_at > now() FROM deadline
      WHERE subject_id = '${uuid(target.id)}' AND kind = 'hold_expiry'`) === 't', { what: 'the clock going on' });
    assert.equal((await readTarget(target)).status, 'held_full');
  });
});

describe('a correction window', () => {
  test('that is over makes the rejection final', async () => {
    const { body: receipt } = await submit(world, hub, 'e', { body: freshExample('e') });
    const [target] = targets(receipt);
    await respond(world, hub, target, { code: 'REJ_INCOMPLETE', note: 'no time of the payment' });
    endsNow('target', 'correct_until', 'target_id', target.id);
    runOut(target.id, 'correction');
    await until(async () => (await readTarget(target)).status === 'rejected_final', { what: 'the end' });
    const late = await officer().post(hub, `/v1/targets/${target.id}/corrections`, { holder: 'A. Person' });
    assert.equal(late.status, 409);
  });
});

describe('a request', () => {
  test('that nobody answered ends with what it asked for', async () => {
    const { body: receipt } = await submit(world, hub, 'e', { body: freshExample('e') });
    const [target] = targets(receipt);
    endsNow('freeze_request', 'expires_at', 'request_id', receipt.requests[0].id);
    runOut(receipt.requests[0].id, 'request_expiry');
    await until(async () => (await readTarget(target)).status === 'cancelled', { what: 'the expiry' });
    assert.equal((await readCase(receipt)).requests[0].status, 'expired');
    const types = (await about(hub, nodal(world, target), target)).map(({ type }) => type);
    assert.ok(types.includes('freeze.withdrawn'), String(types));
  });
});

describe('what is late', () => {
  test('shows on the target, the case and in the messages', async () => {
    const { body: receipt } = await submit(world, hub, 'e', { body: freshExample('e') });
    const [target] = targets(receipt);
    const fresh = await readTarget(target);
    assert.deepEqual(fresh.overlays, []);
    assert.equal(Date.parse(fresh.acknowledge_by) - Date.parse(fresh.queued_at), 5 * 60_000);
    assert.equal(Date.parse(fresh.decide_by) - Date.parse(fresh.queued_at), 30 * 60_000);
    world.database.sql(`UPDATE target SET queued_at = queued_at - interval '6 min'
      WHERE target_id = '${uuid(target.id)}'`);
    runOut(target.id, 'acknowledgement');
    const breach = await until(async () => (await about(hub, nodal(world, target), target))
      .find(({ type }) => type === 'deadline.breached'), { what: 'the breach' });
    assert.equal(breach.deadline.kind, 'acknowledgement');
    assert.deepEqual((await readTarget(target)).overlays, ['overdue_ack']);
    assert.deepEqual(targets(await readCase(receipt))[0].overlays, ['overdue_ack']);
    await respond(world, hub, target, { code: 'RECEIPT' });
    const seen = await readTarget(target);
    assert.deepEqual(seen.overlays, []);
    assert.equal(seen.acknowledge_by, undefined);
    world.database.sql(`UPDATE target SET queued_at = queued_at - interval '30 min'
      WHERE target_id = '${uuid(target.id)}'`);
    assert.deepEqual((await readTarget(target, nodal(world, target))).overlays, ['overdue_decision']);
    await respond(world, hub, target, hold(target.amount_requested));
    assert.deepEqual((await readTarget(target)).overlays, []);
  });

  test('is counted by the metrics', async () => {
    const { text } = await hub.admin('/metrics');
    const [, passed] = /^freezeline_deadlines_passed_total (\d+)$/m.exec(text);
    assert.ok(Number(passed) >= 6, passed);
    assert.match(text, /^freezeline_deadlines_failed_total 0$/m);
    assert.match(text, /^freezeline_deadlines_is_owner 1$/m);
  });
});

describe('the customer\'s liability', () => {
  const withEvidence = (more) => ({ ...freshExample('e'), authorised: 'no', ...more });
  const liability = async (body) => {
    const { body: receipt } = await submit(world, hub, 'e', { body });
    const read = await readCase(receipt);
    return { receipt, read, got: read.customer_liability };
  };

  test('is none within three working days of the notice', async () => {
    const body = withEvidence({ account_type: 'savings' });
    body.bank_notice_at = body.occurred_at;
    const { read, got } = await liability(body);
    assert.equal(got.law, 'RBI_2017');
    assert.equal(got.band, 'none');
    assert.equal(got.limit, undefined);
    assert.deepEqual(got.missing, []);
    assert.equal(got.evidence.reported_at, read.reported_at);
    assert.equal(got.evidence.account_type, 'savings');
    assert.ok(got.evidence.working_days <= 1);
    const credit = (Date.parse(got.credit_by) - Date.parse(read.reported_at)) / 86_400_000;
    assert.ok(credit > 10 && credit < 22, String(credit));
  });

  test('says what evidence is missing', async () => {
    const { got } = await liability({ ...withEvidence({}), authorised: 'unknown' });
    assert.equal(got.band, 'unknown');
    assert.deepEqual(got.missing, ['bank_notice_at', 'authorised']);
  });

  test('does not apply to what the customer authorised', async () => {
    const { got } = await liability({ ...withEvidence({}), authorised: 'yes' });
    assert.equal(got.band, 'not_applicable');
  });

  test('is shown to auditors, but not to the bank that is asked', async () => {
    const { receipt } = await liability(withEvidence({}));
    const auditor = await readCase(receipt, person('payments_audit.auditor'));
    assert.equal(auditor.customer_liability.law, 'RBI_2017');
    const bank = await readCase(receipt, nodal(world, targetAt(receipt, 'deccan_bank')));
    assert.equal(bank.customer_liability, undefined);
  });

  test('has no place in a law that knows none', async () => {
    const { body: receipt } = await submit(world, hub, 'd', { body: freshExample('d') });
    const read = await readCase(receipt, person('kz_almaty_cyber.officer'));
    assert.equal(read.customer_liability, undefined);
  });

  for (const [member, value, code] of [['bank_notice_at', later(1), 'in_future'],
    ['bank_notice_at', '2020-01-01T00:00:00Z', 'out_of_order'], ['bank_notice_at', 'today', 'bad_time'],
    ['account_type', 'gold', 'not_one_of'], ['account_type', 7, 'wrong_type']])
    test(`takes no ${member} ${value}`, async () => {
      const { status, body } = await officer().post(hub, '/v1/cases', { ...freshExample('e'), [member]: value });
      assert.equal(status, 422);
      assert.equal(body.errors[0].pointer, `/${member}`);
      assert.equal(body.errors[0].code, code);
    });
});

describe('working days', () => {
  test('are counted where the law counts them', async () => {
    const { body: receipt } = await submit(world, hub, 'd', { body: freshExample('d') });
    const { requests: [request] } = await readCase(receipt, person('kz_almaty_cyber.officer'));
    const end = new Date(request.expires_at);
    // The end of a day in Almaty, at least five days from now.
    assert.equal(end.toISOString().slice(11), '19:00:00.000Z');
    const days = (end - Date.parse(request.created_at)) / 86_400_000;
    assert.ok(days > 5 && days < 20, String(days));
  });
});
