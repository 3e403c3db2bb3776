// docs/openapi.json by itself: lint, closed schemas, examples that are right.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { test } from 'node:test';
import { api, errors, schemas } from './schemas.mjs';

test('the linter finds nothing', () => {
  const out = execFileSync(process.execPath, [
    'test/node_modules/@redocly/cli/bin/cli.js', 'lint', 'docs/openapi.json',
    '--config', 'test/openapi/redocly.yaml', '--format', 'json',
  ], { encoding: 'utf8', env: { ...process.env, REDOCLY_TELEMETRY: 'off' }, stdio: ['ignore', 'pipe', 'ignore'] });
  const { totals, problems } = JSON.parse(out);
  assert.deepEqual(problems.map((p) => `${p.ruleId}: ${p.message}`), []);
  assert.equal(totals.errors + totals.warnings, 0);
});

// Lists of enumerations are open by nature.
const open = new Set(['#/components/schemas/Meta/properties/enumerations']);

function openObjects(schema, at, inherited = false) {
  if (schema === null || typeof schema !== 'object') return [];
  if (Array.isArray(schema)) {
    return schema.flatMap((s, i) => openObjects(s, `${at}/${i}`, inherited));
  }
  const closed = schema.additionalProperties === false || schema.unevaluatedProperties === false;
  const found = schema.properties !== undefined && schema.type === 'object' &&
    !closed && !inherited && !open.has(at) ? [at] : [];
  return found.concat(Object.entries(schema).flatMap(([key, value]) =>
    (key === 'examples' || key === 'if' || key === 'then' ? []
      : openObjects(value, `${at}/${key}`, false))));
}

test('no schema lets unknown members pass', () => {
  // IdentifierMembers is closed by whoever refers to it.
  const found = Object.entries(schemas)
    .filter(([name]) => name !== 'IdentifierMembers')
    .flatMap(([name, schema]) => openObjects(schema, `#/components/schemas/${name}`));
  assert.deepEqual(found, []);
});

for (const [name, schema] of Object.entries(schemas)) {
  test(`examples of ${name} are right`, () => {
    assert.deepEqual((schema.examples ?? []).flatMap((value) => errors(name, value)), []);
  });
}

test('every body, receipt and view has an example', () => {
  const named = Object.values(api.paths).flatMap((path) => Object.values(path)).flatMap((op) =>
    [op.requestBody, ...Object.values(op.responses)]
      .map((part) => part?.content?.['application/json']?.schema?.$ref)
      .filter(Boolean).map((ref) => ref.split('/').pop()));
  const pages = (name) => schemas[name].properties?.items?.items?.$ref?.split('/').pop() ?? name;
  const bare = [...new Set(named.map(pages))].filter((name) => name !== 'Meta' && !schemas[name].examples);
  assert.ok(named.length > 40);
  assert.deepEqual(bare, []);
});

test('every POST but the checkpoint and what changes nothing takes an Idempotency-Key', () => {
  const without = Object.entries(api.paths)
    .filter(([, path]) => path.post && !(path.post.parameters ?? [])
      .some((p) => p.$ref?.includes('IdempotencyKey')))
    .map(([path]) => path);
  assert.deepEqual(without, ['/v1/inbox/checkpoint', '/v1/parse', '/v1/restitution-plans', '/v1/lookups']);
});

test('operations have names of their own', () => {
  const ids = [...Object.values(api.paths), ...Object.values(api.webhooks)]
    .flatMap((path) => Object.values(path)).map((op) => op.operationId);
  assert.equal(new Set(ids).size, ids.length);
});

const right = schemas.CaseDraft.examples[0];
const change = (edit) => {
  const body = structuredClone(right);
  edit(body);
  return body;
};
const wrong = [
  ['an unknown member', (b) => { b.lost = 1; }],
  ['an unknown member of a target', (b) => { b.requests[0].targets[0].acount = 1; }],
  ['an unknown member of an identifier', (b) => { b.requests[0].targets[0].identifier.iban = 'x'; }],
  ['a number for money', (b) => { b.loss.amount = 125000; }],
  ['money without a currency', (b) => { delete b.loss.currency; }],
  ['an unknown typology', (b) => { b.typology = 'fraud'; }],
  ['no targets', (b) => { b.requests[0].targets = []; }],
  ['no requests', (b) => { delete b.requests; }],
  ['a date without a time', (b) => { b.occurred_at = '2026-03-14'; }],
  ['an account without a bank', (b) => { delete b.requests[0].targets[0].identifier.ifsc; }],
  ['null', (b) => { b.narrative = null; }],
];
for (const [what, edit] of wrong) {
  test(`a case with ${what} is wrong`, () => {
    assert.notDeepEqual(errors('CaseDraft', change(edit)), []);
  });
}
