// Every answer of the API in the tests is held against docs/openapi.json.
import Ajv2020 from 'ajv/dist/2020.js';
import { readFileSync } from 'node:fs';

const document = JSON.parse(readFileSync('docs/openapi.json', 'utf8'));
const ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: false });
ajv.addSchema(document, 'openapi');

const routes = Object.entries(document.paths).map(([path, methods]) => ({
  pattern: new RegExp(`^${path.replace(/\{[^}]+\}/g, '[^/]+')}$`),
  path,
  methods,
}));

const escape = (text) => text.replace(/~/g, '~0').replace(/\//g, '~1');

const follow = (node, pointer) => {
  if (node?.$ref === undefined) return { node, pointer };
  const target = node.$ref.slice(1);
  const found = target.slice(1).split('/')
    .reduce((at, part) => at[part.replace(/~1/g, '/').replace(/~0/g, '~')], document);
  return { node: found, pointer: target };
};

const compiled = new Map();

/** What is wrong with an answer, in sentences; [] where nothing is. */
export function faults(method, path, status, type, body) {
  const pathname = path.split('?')[0];
  const route = routes.find(({ pattern }) => pattern.test(pathname));
  const operation = route?.methods[method.toLowerCase()];
  // What is no route has only problems to answer.
  const name = operation === undefined ? 'problem' : `${method} ${route.path} ${status}`;
  if (operation === undefined && status < 400) return [`${method} ${path}: no such route in openapi.json`];
  if (!compiled.has(name)) compiled.set(name, compile(operation, route, method, status));
  const validate = compiled.get(name);
  if (validate === null) return [`${name} is not in openapi.json`];
  if (validate === true) return [];
  // What is printed, and a document, has no schema.
  if (!/json/.test(type ?? '') && operation?.responses[status]?.content?.[type?.split(';')[0]]) return [];
  if (!/json/.test(type ?? '')) return [`${name}: no JSON but ${type}`];
  return validate(body) ? []
    : validate.errors.map(({ instancePath, message, params }) =>
      `${name}: ${instancePath} ${message} ${JSON.stringify(params)}`);
}

function compile(operation, route, method, status) {
  if (operation === undefined)
    return ajv.compile({ $ref: 'openapi#/components/schemas/Problem' });
  const base = `/paths/${escape(route.path)}/${method.toLowerCase()}/responses`;
  const key = operation.responses[status] !== undefined ? String(status)
    : operation.responses[`${String(status)[0]}XX`] !== undefined ? `${String(status)[0]}XX`
      : operation.responses.default !== undefined ? 'default' : undefined;
  if (key === undefined) return null;
  const { node, pointer } = follow(operation.responses[key], `${base}/${key}`);
  if (node.content === undefined) return true;
  const media = Object.keys(node.content)[0];
  return ajv.compile({ $ref: `openapi#${encodeURI(`${pointer}/content/${escape(media)}/schema`)}` });
}
