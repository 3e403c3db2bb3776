// What others' libraries say to the hub's deliveries: Standard Webhooks, Svix,
// node:crypto and CloudEvents, over the body as it came and as most
// integrators have it, serialised again.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { HTTP } from 'cloudevents';
import { Webhook as StandardWebhook } from 'standardwebhooks';
import { Webhook as SvixWebhook } from 'svix';
import { submit, targets } from '../support/cases.mjs';
import { World, until } from '../support/hub.mjs';
import { isV1a, publicKey } from '../support/signatures.mjs';
import { Webhooks } from '../support/webhooks.mjs';

const world = new World();
let hub;
let webhooks;
let key;

before(async () => {
  world.prepare();
  hub = await world.hub();
  webhooks = await Webhooks.start(world);
  await world.register(hub, (slug) => webhooks.url(slug),
    (slug) => (slug === 'deccan_bank' ? { adapter: 'cloudevents' } : {}));
  const { body } = await world.person('malabar_bank.nodal').get(hub, '/v1/meta');
  key = publicKey(body.signing_key.public_key);
});
after(async () => {
  webhooks.stop();
  await world.remove();
});

// What a case brings to an institution.
async function delivery(letter, slug) {
  const before_ = webhooks.to(slug).length;
  const { body } = await submit(world, hub, letter);
  assert.ok(targets(body).some(({ institution }) => institution.slug === slug), slug);
  return until(() => webhooks.to(slug)[before_]);
}
const secret = (slug) => world.institutions[slug].endpoint.secret;

const libraries = {
  standardwebhooks: (slug) => new StandardWebhook(secret(slug)),
  svix: (slug) => new SvixWebhook(secret(slug)),
};
const places = { json: ['a', 'malabar_bank'], cloudevents: ['e', 'deccan_bank'] };

for (const [adapter, [letter, slug]] of Object.entries(places)) {
  describe(`a delivery written as ${adapter}`, () => {
    let one;
    before(async () => { one = await delivery(letter, slug); });
    for (const [name, make] of Object.entries(libraries)) {
      test(`satisfies ${name}, as it came and serialised again`, () => {
        const webhook = make(slug);
        webhook.verify(one.body, one.headers); // throws where it does not hold
        webhook.verify(JSON.stringify(JSON.parse(one.body)), one.headers);
      });
      test(`and ${name} sees any change of it`, () => {
        const webhook = make(slug);
        const stale = { ...one.headers, 'webhook-timestamp': String(Number(one.headers['webhook-timestamp']) - 301) };
        const renamed = { ...one.headers, 'webhook-id': 'msg_01h455vb4pex5vsknk084sn02q' };
        for (const [body, headers] of [[`${one.body} `, one.headers], [one.body, stale], [one.body, renamed]])
          assert.throws(() => webhook.verify(body, headers));
        assert.throws(() => make(slug === 'malabar_bank' ? 'deccan_bank' : 'malabar_bank')
          .verify(one.body, one.headers));
      });
    }
    test('is signed with the published key as well', () => {
      assert.ok(isV1a(key, one.headers, one.body));
      assert.ok(!isV1a(key, one.headers, `${one.body} `));
    });
  });
}

describe('a CloudEvent', () => {
  test('is one to the library of CloudEvents, with the envelope as data', async () => {
    const one = await delivery('e', 'deccan_bank');
    assert.equal(one.headers['content-type'], 'application/cloudevents+json');
    const event = HTTP.toEvent({ headers: one.headers, body: one.body });
    assert.equal(event.validate(), true);
    assert.equal(event.specversion, '1.0');
    assert.equal(event.id, one.id);
    assert.equal(event.type, 'freeze.requested');
    assert.equal(event.source, 'urn:freezeline:hub');
    assert.equal(event.subject, event.data.request.id);
    assert.equal(event.data.id, one.id);
    assert.equal(event.data.targets.length, 1);
    assert.equal(new Date(event.time).toISOString(), event.data.created_at);
  });
});
