// Legal formality: bases with their ranks and dates, and in whose name an
// officer asks.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { about, freshExample, nodal, submit, targetAt } from '../support/cases.mjs';
import { World } from '../support/hub.mjs';

const world = new World();
let hub;

before(async () => {
  world.prepare();
  hub = await world.hub();
  await world.register(hub);
});
after(() => world.remove());

const officer = () => world.person('kl_kochi_cyber.officer');
const OTHERS = { authority: 'NCB Singapore', reference: 'SGP/FRAUD/2026/118' };

/** The UUID in a TypeID. */
function uuidOf(id) {
  const digits = '0123456789abcdefghjkmnpqrstvwxyz';
  const value = [...id.split('_')[1]].reduce((sum, c) => (sum << 5n) | BigInt(digits.indexOf(c)), 0n);
  return value.toString(16).padStart(32, '0').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

/** Example b, its first request changed. */
function asking(change) {
  const body = freshExample('b');
  Object.assign(body.requests[0], change);
  return body;
}

describe('the profiles', () => {
  test('nine of them stand in the enumerations, each basis with its law', async () => {
    const { body } = await officer().get(hub, '/v1/meta');

    assert.deepEqual(body.profiles.map(({ name }) => name).sort(),
      ['EU', 'IN', 'INTERPOL', 'KR', 'KZ', 'RU', 'UK', 'US', 'generic']);
    for (const profile of body.profiles) {
      const documents = profile.documents.map(({ code }) => code);
      for (const basis of profile.bases) {
        assert.ok(basis.source.length > 5);
        assert.ok(basis.owes.length > 0);
        for (const { document } of basis.owes) assert.ok(documents.includes(document));
      }
    }
    const crpc = body.profiles.find(({ name }) => name === 'IN').bases.find(({ code }) => code === 'CRPC_102');
    assert.equal(crpc.valid_from, '1974-04-01T00:00:00.000Z');
    assert.equal(crpc.valid_to, '2024-07-01T00:00:00.000Z');
  });

  for (const [what, change, code, pointer] of [
    ['a repealed law', { action: 'PRESERVE_RECORDS', scope: 'records', basis: 'CRPC_91' },
      'basis_not_in_force', '/requests/0/basis'],
    ['an authority without its reference', { on_behalf_of: { authority: 'NCB' } },
      'missing_member', '/requests/0/on_behalf_of/reference'],
    ['an authority as a word', { on_behalf_of: 'NCB' }, 'wrong_type', '/requests/0/on_behalf_of'],
    ['an unknown member of it', { on_behalf_of: { ...OTHERS, rank: 'SI' } },
      'unknown_member', '/requests/0/on_behalf_of/rank'],
  ])
    test(`${what} is refused, nothing is made`, async () => {
      const before = (await officer().get(hub, '/v1/cases?limit=200')).body.items.length;
      const { status, body } = await officer().post(hub, '/v1/cases', asking(change));

      assert.equal(status, 422);
      assert.equal(body.errors[0].code, code);
      assert.equal(body.errors[0].pointer, pointer);
      assert.equal((await officer().get(hub, '/v1/cases?limit=200')).body.items.length, before);
    });
});

describe('on behalf of another authority', () => {
  test('its name and reference reach the institution and the file, and nobody who looks on', async () => {
    const { body: receipt } = await submit(world, hub, 'b', { body: asking({ on_behalf_of: OTHERS }) });
    const target = receipt.requests[0].targets[0];
    const bank = nodal(world, target);

    const { body: file } = await officer().get(hub, `/v1/cases/${receipt.id}`);
    assert.deepEqual(file.requests[0].on_behalf_of, OTHERS);
    const auditor = world.person('payments_audit.auditor');
    const { body: masked } = await auditor.get(hub, `/v1/cases/${receipt.id}`);
    assert.equal(masked.requests[0].on_behalf_of, undefined);
    const { text } = await auditor.get(hub, `/v1/cases/${receipt.id}/timeline`);
    assert.ok(!text.includes(OTHERS.reference));
    const [message] = await about(hub, bank, target);
    assert.deepEqual(message.request.authority.on_behalf_of, OTHERS);
    assert.ok(targetAt(receipt, target.institution.slug));
    // A later message opens what the database keeps sealed.
    const withdrawn = await officer().post(hub, `/v1/requests/${receipt.requests[0].id}/withdrawal`,
      { reason: 'the account was named by mistake' });
    assert.equal(withdrawn.status, 200);
    const messages = await about(hub, bank, target);
    assert.deepEqual(messages.at(-1).request.authority.on_behalf_of, OTHERS);
    assert.equal(messages.at(-1).type, 'freeze.withdrawn');
  });

  test('a request of one\'s own names nobody', async () => {
    const { body: receipt } = await submit(world, hub, 'b');
    const { body: file } = await officer().get(hub, `/v1/cases/${receipt.id}`);

    assert.equal(file.requests[0].on_behalf_of, undefined);
  });
});

describe('legal debt', () => {
  const debts = (who, query = '') => world.person(who).get(hub, `/v1/formalities?limit=200${query}`);
  const owing = { basis: 'BNSS_106', authorities: [{ profile: 'INTERPOL' }] };
  let receipt, ours;

  test('an issued request owes what each of its laws asks, from its issue on', async () => {
    ({ body: receipt } = await submit(world, hub, 'b', { body: asking(owing) }));
    const { body } = await debts('kl_kochi_cyber.officer', `&case=${receipt.id}`);
    const request = receipt.requests[0];

    ours = body.items.filter((item) => item.request_id === request.id);
    assert.deepEqual(ours.map(({ type }) => type).sort(), ['FIR', 'FIU_REQUEST', 'MAGISTRATE_REPORT',
      'MLA_REQUEST', 'NCB_MESSAGE', 'OFFICER_LETTER']);
    assert.ok(ours.every(({ status }) => status === 'due'));
    assert.deepEqual(ours.map(({ due_at: at }) => at), ours.map(({ due_at: at }) => at).sort());
    for (const item of ours) {
      assert.equal(item.owed_since, request.issued_at);
      assert.equal(item.case_ref, receipt.ref);
      assert.equal(item.owed_by.slug, 'kl_kochi_cyber');
      assert.deepEqual(item.institutions.map(({ slug }) => slug).sort(),
        [...new Set(request.targets.map(({ institution }) => institution.slug))].sort());
    }
    const magistrate = ours.find(({ type }) => type === 'MAGISTRATE_REPORT');
    assert.equal(Date.parse(magistrate.due_at) - Date.parse(magistrate.owed_since), 48 * 3600_000);
    assert.equal(magistrate.basis, 'BNSS_106');
    assert.match(ours.find(({ type }) => type === 'MLA_REQUEST').profile, /^INTERPOL@/);
  });

  test('both laws stand in the file and in the envelope, the strictest span holds', async () => {
    const { body: file } = await officer().get(hub, `/v1/cases/${receipt.id}`);
    const [request] = file.requests;
    const target = request.targets[0];

    assert.deepEqual(request.authorities.map(({ basis }) => basis), ['RAPID_INTERVENTION']);
    assert.deepEqual(request.formalities.map(({ id }) => id).sort(), ours.map(({ id }) => id).sort());
    assert.equal(Date.parse(request.expires_at) - Date.parse(request.issued_at), 72 * 3600_000);
    const [message] = await about(hub, nodal(world, target), target);
    assert.deepEqual(message.request.authority.others, request.authorities);
  });

  test('each sees what is theirs', async () => {
    const ids = ({ body }) => body.items.map(({ id }) => id);
    const slug = receipt.requests[0].targets[0].institution.slug;
    const own = await debts(`${slug}.nodal`, `&case=${receipt.id}`);

    assert.ok(ours.every(({ id }) => ids(own).includes(id)));
    for (const item of own.body.items)
      assert.deepEqual(item.institutions.map((one) => one.slug), [slug]);
    assert.deepEqual(ids(await debts('payments_audit.auditor', `&case=${receipt.id}`)).sort(),
      ids(await debts('kl_kochi_cyber.supervisor', `&case=${receipt.id}`)).sort());
    for (const stranger of ['us_sanjose_pd.officer', 'kz_almaty_cyber.supervisor', 'steppe_mobile.nodal'])
      assert.deepEqual(ids(await debts(stranger)), []);
    assert.equal((await debts('admin-1')).status, 403);
  });

  test('what is past its time is overdue everywhere, and its targets unperfected', async () => {
    const late = ours.find(({ type }) => type === 'MAGISTRATE_REPORT');
    const target = receipt.requests[0].targets[0];

    world.database.sql(`UPDATE formality SET created_at = created_at - interval '9 days', due_at = due_at -
      interval '9 days' WHERE request_id = '${uuidOf(late.request_id)}' AND type = 'MAGISTRATE_REPORT'`);
    const { body } = await debts('kl_kochi_cyber.officer', '&status=overdue');
    assert.deepEqual(body.items.map(({ id, status }) => [id, status]), [[late.id, 'overdue']]);
    assert.ok(!(await debts('kl_kochi_cyber.officer', '&status=due')).body.items.some(({ id }) => id === late.id));
    const { body: seen } = await nodal(world, target).get(hub, `/v1/targets/${target.id}`);
    assert.equal(seen.unperfected, true);
    const { body: file } = await officer().get(hub, `/v1/cases/${receipt.id}`);
    assert.equal(file.requests[0].targets[0].unperfected, true);
    assert.equal(file.requests[0].formalities.find(({ id }) => id === late.id).status, 'overdue');
    const { body: another } = await submit(world, hub, 'b');
    const { body: fine } = await officer().get(hub, `/v1/targets/${another.requests[0].targets[0].id}`);
    assert.equal(fine.unperfected, false);
  });

  test('pages go on without gap or repetition', async () => {
    const whole = (await debts('kl_kochi_cyber.officer')).body.items.map(({ id }) => id);
    const found = [];
    let query = '?limit=4';

    while (query !== undefined) {
      const { body } = await officer().get(hub, `/v1/formalities${query}`);
      found.push(...body.items.map(({ id }) => id));
      query = body.next_cursor && `?limit=4&cursor=${encodeURIComponent(body.next_cursor)}`;
    }
    assert.deepEqual(found, whole);
    assert.equal(new Set(found).size, found.length);
  });

  test('wrong queries are refused', async () => {
    for (const query of ['status=late', 'case=1', 'cursor=zz', 'limit=0', 'unit=x'])
      assert.ok([400, 422].includes((await officer().get(hub, `/v1/formalities?${query}`)).status), query);
  });

  test('a withdrawn request owes nothing any more', async () => {
    await officer().post(hub, `/v1/requests/${receipt.requests[0].id}/withdrawal`, { reason: 'another person' });
    const { body } = await debts('kl_kochi_cyber.officer', `&case=${receipt.id}&status=due,overdue`);

    assert.deepEqual(body.items.filter(({ request_id: id }) => id === receipt.requests[0].id), []);
  });

  test('a second law is refused where it forbids the action', async () => {
    const { status, body } = await officer().post(hub, '/v1/cases',
      asking({ authorities: [{ profile: 'EU', basis: 'EPOC_PR' }] }));

    assert.equal(status, 422);
    assert.equal(body.errors[0].pointer, '/requests/0/authorities/0/basis');
  });

  test('the command line lists it', () => {
    const text = world.freezeline('formality', 'list', ...officer().options(hub), '--status', 'due,overdue');

    assert.match(text, /OFFICER_LETTER/);
    assert.match(text, new RegExp(receipt.ref.slice(0, 5)));
  });
});
