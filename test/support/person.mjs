// One person or machine with a certificate who calls hubs.  Every answer is
// held against docs/openapi.json.
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Agent, request } from 'node:https';
import { join } from 'node:path';
import { faults } from './schema.mjs';

const bytesOf = (body) => {
  if (body === undefined || typeof body === 'string' || Buffer.isBuffer(body)) return body;
  return JSON.stringify(body);
};

export class Person {
  constructor(directory, name) {
    this.name = name;
    this.files = {
      ca: join(directory, 'ca.pem'),
      cert: join(directory, `${name}.pem`),
      key: join(directory, `${name}.key`),
    };
    this.tls = {
      ca: readFileSync(this.files.ca),
      cert: readFileSync(this.files.cert),
      key: readFileSync(this.files.key),
    };
    this.agent = this.newAgent({ maxSockets: 64 });
  }

  newAgent(options = {}) {
    return new Agent({ ...this.tls, keepAlive: true, ...options });
  }

  /** {status, headers, text, bytes, body (parsed where it is JSON), milliseconds}.
   * `key`: the Idempotency-Key, null for none; a header of undefined is left
   * out.  `milliseconds`: how long to wait for an answer. */
  call(hub, method, path, { body, headers = {}, key, agent, milliseconds = 90_000 } = {}) {
    const bytes = bytesOf(body);
    const all = { ...headers };
    if (bytes !== undefined && !('content-type' in all)) all['content-type'] = 'application/json';
    if (bytes !== undefined && !('content-length' in all)) all['content-length'] = Buffer.byteLength(bytes);
    if (method === 'POST' && key !== null && !('idempotency-key' in all))
      all['idempotency-key'] = key ?? randomUUID();
    for (const name of Object.keys(all)) if (all[name] === undefined) delete all[name];
    const began = performance.now();
    return new Promise((resolve, reject) => {
      const call = request(
        { host: 'localhost', port: hub.port, method, path, headers: all, agent: agent ?? this.agent,
          timeout: milliseconds },
        (response) => {
          const chunks = [];
          response.on('data', (chunk) => chunks.push(chunk));
          response.on('error', reject);
          response.on('end', () => {
            const bytes = Buffer.concat(chunks);
            const answer = whole(method, path, response, bytes.toString('utf8'));
            answer.bytes = bytes;
            answer.milliseconds = performance.now() - began;
            if (answer.wrong.length === 0) resolve(answer);
            else reject(new Error(`${answer.wrong.join('\n')}\n${answer.text.slice(0, 2000)}`));
          });
        },
      );
      call.on('timeout', () => call.destroy(new Error(`no answer to ${method} ${path}`)));
      call.on('error', reject);
      if (bytes !== undefined) call.write(bytes);
      call.end();
    });
  }

  get(hub, path, options) {
    return this.call(hub, 'GET', path, options);
  }

  post(hub, path, body, options) {
    return this.call(hub, 'POST', path, { body, ...options });
  }

  /** What `freezeline` needs to call a hub as this person. */
  options(hub) {
    return ['--hub', `https://localhost:${hub.port}`, '--cert', this.files.cert,
      '--key', this.files.key, '--ca', this.files.ca];
  }

  close() {
    this.agent.destroy();
  }
}

function whole(method, path, response, text) {
  const type = response.headers['content-type'];
  const isJson = /json/.test(type ?? '') && text !== '' && method !== 'HEAD';
  const body = isJson ? JSON.parse(text) : undefined;
  return { status: response.statusCode, headers: response.headers, text, body,
    wrong: faults(method, path, response.statusCode, type, body) };
}
