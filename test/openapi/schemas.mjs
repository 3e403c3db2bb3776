// docs/openapi.json as JSON schemas, for the tests of this folder.
import { readFileSync, readdirSync } from 'node:fs';
import Ajv2020 from 'ajv/dist/2020.js';

const root = new URL('../../', import.meta.url);

export const read = (path) => JSON.parse(readFileSync(new URL(path, root), 'utf8'));
export const list = (folder, end) =>
  readdirSync(new URL(folder, root)).filter((name) => name.endsWith(end)).sort();

export const api = read('docs/openapi.json');
export const schemas = api.components.schemas;

const ajv = new Ajv2020({ strict: false, allErrors: true });
ajv.addFormat('date-time',
  /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)$/);
ajv.addFormat('uri-reference', /^\S*$/);
ajv.addSchema(api, 'openapi.json');

const compiled = new Map();

// The errors of a value against a component's schema; none: it is right.
export function errors(name, value) {
  if (!compiled.has(name)) {
    compiled.set(name, ajv.compile({ $ref: `openapi.json#/components/schemas/${name}` }));
  }
  const validate = compiled.get(name);
  return validate(value) ? [] : validate.errors.map((e) => `${e.instancePath} ${e.message}`);
}
