// A receiver that takes down when each message came and how long after its
// case was posted: the reference of its payment is the time of the call, in
// the last twelve digits of the microseconds (`oneTarget` in bodies.mjs).
import { readFileSync } from 'node:fs';
import { once } from 'node:events';
import { createServer } from 'node:https';

const WRAP = 1e12;

const micros = () => (performance.timeOrigin + performance.now()) * 1000;

const quantile = (sorted, share) =>
  sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];

export class Arrivals {
  static async start(pki) {
    const arrivals = new Arrivals();
    arrivals.begin();
    arrivals.server = createServer({
      cert: readFileSync(pki.path('server.pem')),
      key: readFileSync(pki.path('server.key')),
      ca: readFileSync(pki.path('ca.pem')),
      requestCert: true,
      rejectUnauthorized: true,
      keepAliveTimeout: 60_000,
    }, (request, response) => {
      const pieces = [];
      request.on('data', (piece) => pieces.push(piece));
      request.on('end', () => {
        arrivals.take(request, Buffer.concat(pieces).toString());
        response.writeHead(204).end();
      });
    });
    arrivals.server.listen(0, '127.0.0.1');
    await once(arrivals.server, 'listening');
    arrivals.port = arrivals.server.address().port;
    return arrivals;
  }

  take(request, text) {
    const at = micros();
    if (request.url === '/raw') return;
    this.lastText = text;
    const { txn } = JSON.parse(text).targets[0];
    const late = (at % WRAP - Number(txn.value) + WRAP) % WRAP;
    this.milliseconds.push(late / 1000);
  }

  begin() {
    this.milliseconds = [];
  }

  end() {
    const sorted = this.milliseconds.sort((a, b) => a - b);
    if (sorted.length === 0) throw new Error('no message came');
    return { p50_ms: quantile(sorted, 0.5), p99_ms: quantile(sorted, 0.99) };
  }

  stop() {
    this.server.close();
    this.server.closeAllConnections();
  }
}
