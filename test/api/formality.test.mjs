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

/** Example b, its first request changed. */
function asking(change) {
  const body = freshExample('b');
  Object.assign(body.requests[0], change);
  return body;
}

describe('the profiles', () => {
  test('eight of them stand in the enumerations, each basis with its law', async () => {
    const { body } = await officer().get(hub, '/v1/meta');

    assert.deepEqual(body.profiles.map(({ name }) => name).sort(),
      ['EU', 'IN', 'INTERPOL', 'KZ', 'RU', 'UK', 'US', 'generic']);
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
