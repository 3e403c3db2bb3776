// The line against nginx: both answer with the same headers and as many
// bytes, so what is compared is TLS, HTTP and the event loops.
import { writeFileSync } from 'node:fs';

import { Line } from '../support/line.mjs';
import { atLeast } from './frame.mjs';
import { startNginx } from './nginx.mjs';

const KEEP_ALIVE_CLIENTS = 32;
const CONNECT_CLIENTS = 16;

// Of the size of a small case; the counter makes every body another.
const body = (n) => JSON.stringify({
  n,
  reference: 'IN-KL-2026-000123-C',
  narrative: 'a'.repeat(600),
});

async function start(bench) {
  const pki = await bench.pki();
  const template = pki.path('body.json');
  writeFileSync(template, body('{{n:12}}'));
  const line = await bench.once('line', () => Line.start(pki));
  const nginx = await bench.once('nginx', () => startNginx({
    pki,
    headers: [['X-Peer-Key', '0'.repeat(64)], ['X-Path', '/post'],
      ['X-Trace', '0'.repeat(32)]],
    body: body('0'.repeat(12)),
  }));
  return { line, nginx, template };
}

// Requests a second of both with the same options.
async function compare(bench, options) {
  const { line, nginx, template } = await start(bench);
  const rate = ({ port }) => async () => (await bench.load({
    port, ...options(template),
  })).rate;
  return bench.pair(rate(line), rate(nginx));
}

export const lineGates = [
  {
    name: 'line-get',
    unit: 'requests/s',
    aim: atLeast(0.9),
    measure: (bench) => compare(bench, () => ({
      clients: KEEP_ALIVE_CLIENTS,
      path: '/get',
    })),
  },
  {
    name: 'line-post',
    unit: 'requests/s',
    aim: atLeast(0.9),
    measure: (bench) => compare(bench, (template) => ({
      clients: KEEP_ALIVE_CLIENTS,
      method: 'POST',
      path: '/post',
      header: ['Content-Type: application/json',
        'Idempotency-Key: "{{uuid}}"'],
      body: template,
    })),
  },
  {
    name: 'line-connect',
    unit: 'requests/s',
    aim: atLeast(1),
    measure: (bench) => compare(bench, () => ({
      clients: CONNECT_CLIENTS,
      path: '/get',
      connect: true,
    })),
  },
];
