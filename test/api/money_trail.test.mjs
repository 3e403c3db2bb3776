// The money trail: example (b) with its two onward accounts, seen as nodes,
// edges, sums and what is held in excess.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { freshExample, hold, later, minor, respond, submit, targetAt, targets } from '../support/cases.mjs';
import { World } from '../support/hub.mjs';

const world = new World();
let hub;
let file; // the case, answered to the end
let asked; // its identifiers, whole
const inr = (amount) => ({ amount, currency: 'INR' });
const officer = () => world.person('kl_kochi_cyber.officer');
const trail = (by, of = file, options = {}) => by.get(hub, `/v1/cases/${of.id}/trail`, options);
const show = async (of) => (await officer().get(hub, `/v1/cases/${of.id}`)).body;

const lead = (n, institution, identifier, amount) => ({
  code: 'OUT_XFER', to: { institution, identifier },
  txn: { type: 'rrn', value: `6071112409${n}`, channel: 'imps', at: later(-0.2) }, money: inr(amount),
});

const onward = (n) => [
  lead(`${n}1`, 'malabar_bank', { type: 'in_account', value: `5501872344${n}1`, ifsc: 'MLBX0000550' }, '450000.00'),
  lead(`${n}2`, 'kaveri_wallet', { type: 'wallet_id', provider: 'kaveri', value: `KV-31pTt9a${n}` }, '250000.00'),
];

/** Issue the proposed target at an institution; the target. */
async function issued(of, slug) {
  const target = targetAt(await show(of), slug);
  const { status, text } = await officer().post(hub, `/v1/targets/${target.id}/issue`, {});
  assert.equal(status, 200, text);
  return target;
}

before(async () => {
  world.prepare();
  hub = await world.hub();
  await world.register(hub);
  const body = freshExample('b');
  const leads = onward(1);
  file = (await submit(world, hub, 'b', { body })).body;
  asked = [body.transactions[0].from, body.transactions[0].reference, ...leads.map(({ to }) => to.identifier)]
    .map(({ value }) => value);
  await respond(world, hub, targetAt(file, 'deccan_bank'), { code: 'OUT_XFER', leads });
  const malabar = await issued(file, 'malabar_bank');
  await respond(world, hub, malabar, hold(malabar.amount_requested));
  await respond(world, hub, await issued(file, 'kaveri_wallet'), {
    ...hold(inr('100000.00'), 'HLD_PART'),
    exits: [{ code: 'OUT_ATM', terminal_id: 'ATM-77', money: inr('120000.00'), at: later(-0.1) }],
    residual: { money: inr('30000.00'), reason: 'unknown' },
  });
});
after(() => world.remove());

describe('a trail', () => {
  test('has each account, exit and residual as a node', async () => {
    const { status, body, text } = await trail(officer());
    assert.equal(status, 200, text);
    assert.equal(body.ref, file.ref);
    const seen = body.nodes.map(({ kind, layer, institution, status: at, code, amount, amount_held: held }) =>
      [kind, layer, institution?.slug, at, code, (amount ?? held)?.amount].filter((x) => x !== undefined).join(' '));
    assert.deepEqual(seen.sort(), [
      'account 1 deccan_bank not_held 0.00',
      'account 2 kaveri_wallet held_partial 100000.00',
      'account 2 malabar_bank held_full 450000.00',
      'exit 3 OUT_ATM 120000.00',
      'residual 3 30000.00',
      'source 0',
    ]);
  });

  test('has payments and leads as edges with amount, time and reference', async () => {
    const { body } = await trail(officer());
    const node = (id) => body.nodes.find((one) => one.id === id);
    const name = (id) => node(id).institution?.slug ?? node(id).kind;
    const seen = body.edges.map((edge) =>
      [edge.kind, edge.layer, name(edge.from), name(edge.to), edge.amount.amount].join(' '));
    assert.deepEqual(seen.sort(), [
      'lead 2 deccan_bank kaveri_wallet 250000.00',
      'lead 2 deccan_bank malabar_bank 450000.00',
      'lead 3 kaveri_wallet exit 120000.00',
      'residual 3 kaveri_wallet residual 30000.00',
      'transaction 1 source deccan_bank 700000.00',
    ]);
    assert.ok(body.edges.every(({ counted }) => counted));
    for (const edge of body.edges.filter(({ txn_id: txn }) => txn !== undefined)) {
      assert.equal(edge.reference.type, 'rrn');
      assert.ok(Date.parse(edge.at) < Date.now());
    }
    assert.equal(body.edges.filter(({ txn_id: txn }) => txn !== undefined).length, 3);
  });

  test('adds up by layer and for the case', async () => {
    const { body } = await trail(officer());
    const parts = ({ layer, ...sums }) => [layer, ...['disputed', 'asked', 'held', 'moved_on', 'exited',
      'residual', 'released', 'open'].map((part) => Number(sums[part].amount) / 1000)];
    assert.deepEqual(body.layers.map(parts), [[1, 700, 700, 0, 700, 0, 0, 0, 0], [2, 700, 700, 550, 0, 120, 30, 0, 0]]);
    assert.deepEqual(body.totals.map(parts), [[undefined, 700, 1400, 550, 700, 120, 30, 0, 0]]);
    for (const { asked: all, disputed, layer, ...rest } of [...body.layers, ...body.totals])
      assert.equal(Object.values(rest).reduce((sum, one) => sum + minor(one), 0n), minor(all), `${layer} ${disputed}`);
    assert.deepEqual(body.over_held, []);
    assert.ok(body.nodes.every(({ over_held: over }) => over === undefined));
  });

  test('shows every identifier masked', async () => {
    for (const who of ['kl_kochi_cyber.officer', 'payments_audit.auditor']) {
      const { status, text } = await trail(world.person(who));
      assert.equal(status, 200, who);
      for (const value of asked) assert.ok(!text.includes(value), `${who}: ${value}`);
      assert.ok(!text.includes('ATM-77'), who);
    }
  });

  test('is the same until the case changes', async () => {
    const { headers } = await trail(officer());
    assert.equal((await trail(officer(), file, { headers: { 'if-none-match': headers.etag } })).status, 304);
    assert.equal((await trail(officer(), file, { headers: { 'if-none-match': '"1"' } })).status, 200);
  });

  test('is for the unit, those above it and auditors', async () => {
    for (const [name, code] of [['kl_kochi_cyber.supervisor', 200], ['payments_audit.auditor', 200],
      ['us_sanjose_pd.officer', 404], ['kz_almaty_cyber.officer', 404], ['deccan_bank.nodal', 403],
      ['malabar_bank.nodal', 403], ['malabar_bank.service', 403], ['admin-1', 403]])
      assert.equal((await trail(world.person(name))).status, code, name);
  });

  test('is not of what is no case', async () => {
    const target = targetAt(file, 'deccan_bank');
    for (const [id, code] of [['case_01h455vb4pex5vsknk084sn02q', 404], [target.id, 404], ['x', 404]])
      assert.ok([code, 400, 422].includes((await trail(officer(), { id })).status), id);
    assert.equal((await officer().get(hub, `/v1/cases/${file.id}/trail?limit=1`)).status >= 400, true);
  });
});

describe('the ledger', () => {
  test('counts an unanswered hop as open', async () => {
    const made = (await submit(world, hub, 'b')).body;
    const { body } = await trail(officer(), made);
    assert.deepEqual(body.totals.map(({ held, open }) => [held, open]), [[inr('0.00'), inr('700000.00')]]);
    assert.deepEqual(body.nodes.map(({ kind }) => kind).sort(), ['account', 'source']);
  });

  test('finds what is held twice and orders the earlier hop to let go', async () => {
    const made = (await submit(world, hub, 'b')).body;
    const first = targetAt(made, 'deccan_bank');
    await respond(world, hub, first, { code: 'PND_REVIEW', eta: later(2), leads: [onward(2)[0]] });
    const second = await issued(made, 'malabar_bank');
    await respond(world, hub, second, hold(second.amount_requested));
    assert.deepEqual((await trail(officer(), made)).body.over_held, []);
    await respond(world, hub, first, hold(first.amount_requested));
    const { body } = await trail(officer(), made);
    assert.deepEqual(body.over_held.map(({ disputed, held, surplus }) => [disputed, held, surplus]),
      Array(2).fill([inr('700000.00'), inr('1150000.00'), inr('450000.00')]));
    assert.deepEqual(body.over_held.map((one) => one.txn_id !== undefined || one.target_id), [true, first.id]);
    const over = body.nodes.filter(({ over_held: one }) => one !== undefined);
    assert.deepEqual(over.map(({ target_id: id, over_held: one }) => [id, one]),
      [[first.id, { reduce_by: inr('450000.00'), reduce_to: inr('250000.00') }]]);

    await respond(world, hub, first, { code: 'REDUCED', amount_held: inr('250000.00') });
    const after_ = (await trail(officer(), made)).body;
    assert.deepEqual(after_.over_held, []);
    assert.equal(after_.totals[0].held.amount, '700000.00');
  });
});

describe('a hop', () => {
  const stranger = (amount) => ({ code: 'OUT_XFER', to: { identifier: {
    type: 'in_account', value: '99988877766', ifsc: 'SBIN0005943' } }, money: inr(amount) });
  const graph = async (made) => {
    const { body } = await trail(officer(), made);
    return { ...body, node: (id) => body.nodes.find((one) => one.id === id) };
  };

  test('to an institution that the hub does not know is drawn dashed', async () => {
    const made = (await submit(world, hub, 'b')).body;
    await respond(world, hub, targetAt(made, 'deccan_bank'), { code: 'OUT_XFER', leads: [stranger('600000.00')],
      exits: [{ code: 'OUT_ATM', place: 'Aluva', money: inr('50000.00'), at: later(-0.1) }],
      residual: { money: inr('50000.00'), reason: 'unknown' } });
    const { nodes, edges, node } = await graph(made);
    const unknown = nodes.find(({ kind }) => kind === 'unknown');
    assert.deepEqual([unknown.layer, unknown.code, unknown.amount], [2, 'OUT_XFER', inr('600000.00')]);
    assert.deepEqual(Object.fromEntries(edges.map((edge) => [node(edge.to).kind, edge.certain])),
      { account: true, unknown: false, exit: true, residual: false });
    const printed = world.freezeline('case', 'trail', made.id, ...officer().options(hub));
    assert.match(printed, /^ {4}~unknown OUT_XFER +600000\.00 INR/m);
    assert.match(printed, /^ {4}exit OUT_ATM/m);
  });

  test('back to an earlier account is a node that names it, and ends', async () => {
    const body = freshExample('b');
    const made = (await submit(world, hub, 'b', { body })).body;
    const first = targetAt(made, 'deccan_bank');
    await respond(world, hub, first, { code: 'OUT_XFER', leads: [onward(3)[0]], residual: {
      money: inr('250000.00'), reason: 'spent' } });
    const second = await issued(made, 'malabar_bank');
    await respond(world, hub, second, { code: 'OUT_XFER', leads: [{ ...lead('39', 'deccan_bank',
      body.requests[0].targets[0].identifier, '450000.00') }] });
    const { nodes } = await graph(made);
    const hops = nodes.filter(({ target_id: id }) => id !== undefined);
    const back = hops.find(({ layer }) => layer === 3);
    assert.equal(back.institution.slug, 'deccan_bank');
    assert.equal(back.same_account_as, nodes.find(({ target_id: id }) => id === first.id).id);
    assert.equal(hops.filter(({ same_account_as: same }) => same !== undefined).length, 1);
    const printed = world.freezeline('case', 'trail', made.id, ...officer().options(hub));
    assert.equal(printed.split('deccan_bank').length - 1, 2);
  });

  test('of five hundred is found quickly', async () => {
    const body = freshExample('b');
    const [target] = body.requests[0].targets;
    body.requests[0].targets = Array.from({ length: 500 }, (_, i) => ({ ...target,
      identifier: { type: 'in_account', value: `6701${String(i).padStart(7, '0')}`, ifsc: 'DKNX0000712' },
      institution: 'deccan_bank' }));
    const made = (await submit(world, hub, 'b', { body })).body;
    const [some, more] = targets(made);
    for (const one of [some, more]) await respond(world, hub, one, hold(one.amount_requested));
    const begun = performance.now();
    const { nodes, edges } = await graph(made);
    assert.ok(performance.now() - begun < 1500, `${performance.now() - begun} ms`);
    assert.deepEqual([nodes.length, edges.length], [501 + (body.transactions[0].to ? 1 : 0), 500 + (body.transactions[0].to ? 1 : 0)]);
  });
});

test('freezeline prints the trail as a tree', () => {
  const run = (...args) => world.freezeline(...args, ...officer().options(hub));
  const lines = run('case', 'trail', file.id).split('\n');
  const at = (text) => lines.findIndex((line) => line.includes(text));
  assert.equal(lines[0], file.ref);
  assert.match(lines[at('source')], /^source upi_vpa /);
  assert.match(lines[at('deccan_bank')], /^ {2}deccan_bank rrn .*700000\.00 INR.*not_held/);
  assert.match(lines[at('malabar_bank')], /^ {4}malabar_bank in_account .*450000\.00 INR/);
  assert.match(lines[at('OUT_ATM')], /^ {6}exit OUT_ATM +120000\.00 INR/);
  assert.ok(at('kaveri_wallet') < at('OUT_ATM'));
  assert.match(lines[at('case ')], /550000\.00 INR/);
  assert.equal(JSON.parse(run('case', 'trail', file.id, '--json')).case_id, file.id);
  assert.equal(targets(file).length, 1);
});
