// Receivers of the hub's deliveries: one mutual-TLS server, a path for each
// institution.  It stores what comes, in order, and answers as it is told.
import { once } from 'node:events';
import { createServer } from 'node:https';

export class Webhooks {
  /** With the certificate of `name`; demands the client's. */
  static async start(world, name = 'malabar_bank.service') {
    const webhooks = new Webhooks();
    webhooks.deliveries = [];
    webhooks.plans = {};
    webhooks.connections = 0;
    const { ca, cert, key } = world.person(name).tls;
    webhooks.server = createServer({ ca, cert, key, requestCert: true, rejectUnauthorized: true },
      (request, response) => webhooks.take(request, response));
    webhooks.server.on('secureConnection', () => { webhooks.connections++; });
    webhooks.server.on('tlsClientError', () => {});
    webhooks.server.keepAliveTimeout = 60_000;
    webhooks.server.listen(0, 'localhost');
    await once(webhooks.server, 'listening');
    webhooks.port = webhooks.server.address().port;
    return webhooks;
  }

  url(slug) {
    return `https://localhost:${this.port}/${slug}`;
  }

  /** `plan(delivery, n)`: status of the n-th delivery to an institution, from
   * 1; may be a promise. */
  plan(slug, plan) {
    this.plans[slug] = plan;
  }

  async take(request, response) {
    let body = '';
    request.setEncoding('utf8');
    for await (const piece of request) body += piece;
    const slug = request.url.slice(1);
    const delivery = { slug, at: Date.now(), method: request.method, headers: request.headers,
      body, message: JSON.parse(body), id: request.headers['webhook-id'],
      peer: request.socket.getPeerCertificate().subject.CN };
    const n = this.to(slug).push(delivery);
    this.deliveries.push(delivery);
    delivery.status = await (this.plans[slug]?.(delivery, n) ?? 204);
    if (!response.destroyed) response.writeHead(delivery.status).end();
  }

  to(slug) {
    return this.deliveries.filter((delivery) => delivery.slug === slug);
  }

  stop() {
    this.server.close();
    this.server.closeAllConnections();
  }
}
