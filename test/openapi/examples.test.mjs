// Every file of docs/examples against the schemas and against each other.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { errors, list, read } from './schemas.mjs';

const folder = 'docs/examples/';
const cases = list(folder, '.json').filter((name) => /^[a-f]_/.test(name));
const registry = read(`${folder}registry.json`).institutions;
const expected = read(`${folder}expected.json`).cases;
const institutions = new Map(registry.map((i) => [i.slug, i]));
const people = new Set(registry.flatMap((i) => i.principals.map((p) => `${i.slug}.${p.role}`)));

// What the demo puts in the place of "@NAME.pem" and "{port}".
function filled(institution) {
  const text = JSON.stringify(institution)
    .replaceAll(/"@[a-z0-9_.]+\.pem"/g, JSON.stringify('-----BEGIN CERTIFICATE-----\n'))
    .replaceAll('{port}', '9443');
  return JSON.parse(text);
}

test('there are six cases', () => {
  assert.deepEqual(cases.map((name) => name[0]), ['a', 'b', 'c', 'd', 'e', 'f']);
});

for (const name of cases) {
  test(`${name} is a case`, () => {
    assert.deepEqual(errors('CaseDraft', read(folder + name)), []);
  });
  test(`${name}: the payments add up to what its targets ask`, () => {
    const body = read(folder + name);
    const asked = new Map();
    for (const request of body.requests) {
      for (const target of request.targets) {
        asked.set(request.action, (asked.get(request.action) ?? 0) + Number(target.amount.amount));
        assert.equal(target.amount.currency, body.loss.currency);
      }
    }
    const most = Math.max(...asked.values());
    assert.ok(most <= Number(body.loss.amount));
  });
}

for (const institution of registry) {
  test(`${institution.slug} is an institution`, () => {
    assert.deepEqual(errors('InstitutionDraft', filled(institution)), []);
    for (const p of institution.principals) {
      assert.equal(p.certificate, `@${institution.slug}.${p.role}.pem`);
    }
  });
}

test('three police units and eight institutions of all five kinds take part', () => {
  const kinds = registry.map((i) => i.kind).filter((kind) => kind !== 'auditor');
  assert.equal(kinds.filter((kind) => kind === 'police_unit').length, 3);
  assert.equal(kinds.length, 11);
  for (const kind of ['bank', 'wallet', 'telco', 'payment_gateway', 'ecommerce']) {
    assert.ok(kinds.includes(kind), kind);
  }
});

const bodies = { issue: 'Empty', approval: 'ApprovalDraft', corrections: 'CorrectionDraft' };

for (const end of expected) {
  test(`expected end of case ${end.case}`, () => {
    assert.ok(cases.includes(end.file));
    assert.ok(people.has(end.submitted_by));
    for (const act of end.acts) {
      assert.ok(people.has(act.by), act.by);
      assert.deepEqual(errors(bodies[act.act], act.body), []);
    }
    for (const target of end.targets) {
      assert.ok(institutions.has(target.institution), target.institution);
      assert.deepEqual(errors('TargetStatus', target.status), []);
      assert.deepEqual(errors('ResponseCode', target.response_code), []);
      assert.deepEqual(errors('Money', target.amount_held), []);
      for (const status of target.passed ?? []) {
        assert.deepEqual(errors('TargetStatus', status), []);
      }
    }
  });
}

// ---- the robots

const robots = list(`${folder}robots/`, '.rules.json');
const requested = { amount: '125000.00', currency: 'INR' };
const made = [
  [/^\$requested$/, () => requested],
  [/^\$(part|rest) [1-9][0-9]?$/, () => ({ amount: '1.00', currency: 'INR' })],
  [/^\$now([+-][0-9]+)?$/, () => '2026-03-14T05:50:01.204Z'],
  [/^\$ref$/, () => 'H-1'],
];

function answer(value) {
  if (typeof value === 'string' && value.startsWith('$')) {
    const row = made.find(([form]) => form.test(value));
    assert.ok(row, `no such value: ${value}`);
    return row[1]();
  }
  if (Array.isArray(value)) return value.map(answer);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, answer(v)]));
}

const only = (object, keys) =>
  assert.deepEqual(Object.keys(object).filter((key) => !keys.includes(key)), []);

test('each institution has its robot', () => {
  const responders = registry.filter((i) => i.endpoint).map((i) => `${i.slug}.rules.json`).sort();
  assert.deepEqual(robots, responders);
});

for (const name of robots) {
  test(`${name} follows robots/README.md`, () => {
    const robot = read(`${folder}robots/${name}`);
    only(robot, ['about', 'receiver', 'rules']);
    only(robot.receiver ?? {}, ['delay_ms', 'fail_first', 'fail_status']);
    assert.ok(robot.rules.length > 0);
    for (const rule of robot.rules) {
      only(rule, ['name', 'match', 'answers']);
      only(rule.match, ['type', 'action', 'generation', 'identifier_type', 'identifier_value', 'layer']);
      for (const step of rule.answers) {
        only(step, ['after_ms', 'body']);
        assert.ok(Number.isInteger(step.after_ms) && step.after_ms >= 0);
        assert.deepEqual(errors('ResponseDraft', answer(step.body)), []);
      }
    }
  });
}

test('a robot for every manner of the demo', () => {
  const all = robots.map((name) => read(`${folder}robots/${name}`));
  const codes = new Set(all.flatMap((r) => r.rules).flatMap((r) => r.answers).map((a) => a.body.code));
  for (const code of ['HLD_FULL', 'HLD_PART', 'HLD_INFLIGHT', 'OUT_XFER', 'OUT_ATM', 'REJ_MISMATCH',
    'PND_REVIEW', 'BLK_MSISDN', 'BLK_LISTING', 'RECEIPT']) {
    assert.ok(codes.has(code), code);
  }
  assert.ok(all.some((r) => r.receiver?.fail_first > 0));
  assert.ok(all.some((r) => r.receiver?.delay_ms >= 1000));
  assert.ok(registry.some((i) => i.endpoint?.kind === 'inbox'));
});

const minor = (money) => Math.round(Number(money.amount) * 100);

test('amounts that robots name add up to what was asked', () => {
  const asked = new Map();
  for (const name of cases) {
    for (const request of read(folder + name).requests) {
      for (const t of request.targets) asked.set(t.identifier.value, minor(t.amount));
    }
  }
  const rules = robots.flatMap((name) => read(`${folder}robots/${name}`).rules);
  for (const rule of rules) {
    for (const { body } of rule.answers) {
      for (const lead of body.leads ?? []) asked.set(lead.to.identifier.value, minor(lead.money));
    }
  }
  let compared = 0;
  for (const rule of rules.filter((r) => r.match.identifier_value)) {
    for (const { body } of rule.answers.filter(({ body: b }) => b.leads || b.exits || b.residual)) {
      const parts = [body.amount_held, body.residual?.money,
        ...(body.leads ?? []).map((l) => l.money), ...(body.exits ?? []).map((e) => e.money)];
      const sum = parts.filter(Boolean).reduce((total, m) => total + minor(m), 0);
      assert.equal(sum, asked.get(rule.match.identifier_value), rule.name);
      compared++;
    }
  }
  assert.equal(compared, 4);
});
