// An HTTPS receiver that demands a client certificate and misbehaves as its
// path says; and the driver of the hub's clients as a child.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:https';
import { createServer as createTcpServer } from 'node:net';
import { createInterface } from 'node:readline';
import { createServer as createTlsServer } from 'node:tls';

const forever = (response, write) => {
  const more = () => {
    while (!response.destroyed && write()) { /* until its buffer is full */ }
  };
  response.on('drain', more);
  more();
};

// What each path does with a whole request.
const behaviours = {
  '/ok': (_, response) => response.end('fine'),
  '/busy': (_, response) => response.writeHead(503, { 'Retry-After': '17' })
    .end(),
  '/at-once': (_, response) => response.writeHead(429, { 'Retry-After': '0' })
    .end(),
  '/gone': (_, response) => response.writeHead(410).end(),
  '/redirect': (_, response) => response.writeHead(307, { Location: '/ok' })
    .end(),
  '/mirror': (request, response) => response
    .end(`${request.method} ${request.headers['content-type']} ${
      request.headers['webhook-id']} ${request.text.length} ${
      request.socket.getPeerCertificate().subject.CN}`),
  '/echo': (request, response) => response.end(request.text),
  '/headers': (_, response) => response.writeHead(201, {
    'Content-Type': 'application/json', ETag: '"7"', Location: '/v1/cases/1',
    Link: ['</a>; rel=next', '</b>; rel=prev'],
    'Idempotent-Replayed': 'true', 'Preference-Applied': 'wait=5' }).end('{}'),
  '/informed': (_, response) => {
    response.socket.end('HTTP/1.1 103 Early Hints\r\nRetry-After: 9\r\n' +
      'ETag: "early"\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok');
  },
  '/endless': (_, response) => forever(response,
    () => response.write('x'.repeat(8192))),
  '/just': (_, response) => response.end('x'.repeat(60_000)),
  '/large': (_, response) => response.end('x'.repeat(70_000)),
  '/endless-headers': (_, response) => {
    response.socket.write('HTTP/1.1 200 OK\r\n');
    forever(response.socket, () => response.socket.write('X: yyyyyyyyyyy\r\n'));
  },
  '/endless-hints': (_, response) => forever(response.socket,
    () => response.socket.write('HTTP/1.1 103 Early Hints\r\n\r\n')),
  '/long-header': (_, response) => response
    .writeHead(200, { ETag: `"${'x'.repeat(600)}"` }).end(),
  '/silent': () => {},
  '/trickle': (_, response) => {
    const timer = setInterval(() => response.write('.'), 50);
    response.on('close', () => clearInterval(timer));
  },
  '/cut': (request) => request.socket.destroy(),
  '/half': (_, response) => {
    response.writeHead(200, { 'Content-Length': '1000' }).write('half');
    setTimeout(() => response.socket.destroy(), 20);
  },
  '/then-close': (_, response) => response.writeHead(200,
    { Connection: 'close' }).end('fine'),
  '/garbage': (_, response) => response.socket.end('what is HTTP?\r\n\r\n'),
};

async function listen(server, address = '127.0.0.1') {
  server.listen(0, address);
  await once(server, 'listening');
  return server.address().port;
}

export class Receiver {
  // options: of tls.createServer.
  static async start(pki, options = {}, name = 'server', address = undefined) {
    const receiver = new Receiver();
    receiver.connections = 0;
    receiver.requests = 0;
    receiver.server = createServer({ ...pki.credentials(name),
      ca: pki.read('ca.pem'), requestCert: true, rejectUnauthorized: true,
      ...options }, async (request, response) => {
      receiver.requests++;
      request.text = '';
      for await (const piece of request) request.text += piece;
      behaviours[request.url.split('?')[0]]?.(request, response);
    });
    receiver.server.on('secureConnection', () => { receiver.connections++; });
    receiver.server.on('tlsClientError', () => {});
    receiver.port = await listen(receiver.server, address);
    return receiver;
  }

  stop() {
    this.server.close();
    this.server.closeAllConnections();
  }
}

// Takes a connection and says `bytes`; never anything else.
export async function startTcp(bytes) {
  const sockets = new Set();
  const server = createTcpServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    if (bytes) socket.end(bytes);
  });
  const port = await listen(server);
  return { port, stop: () => {
    server.close();
    for (const socket of sockets) socket.destroy();
  } };
}

// A TLS server that says nothing in the language of HTTP.
export async function startTls(pki, options) {
  const server = createTlsServer({ ...pki.credentials('server'), ...options },
    (socket) => { socket.on('error', () => {}); socket.end('SSH-2.0-x\r\n'); });
  server.on('tlsClientError', () => {});
  return { port: await listen(server), stop: () => server.close() };
}

export class Driver {
  static start(pki, name, totalMs = 1500) {
    const driver = new Driver();
    const files = name === null ? ['-', '-']
      : [pki.path(`${name}.pem`), pki.path(`${name}.key`)];
    driver.child = spawn(process.env.CLIENT_DRIVER,
      [...files, pki.path('ca.pem'), String(totalMs)], {
        stdio: ['pipe', 'pipe', 'inherit'],
        // None of these may be obeyed.
        env: { ...process.env, https_proxy: 'http://127.0.0.1:1',
          ALL_PROXY: 'socks5://127.0.0.1:1' } });
    driver.exit = once(driver.child, 'exit');
    driver.lines = createInterface({ input: driver.child.stdout })[
      Symbol.asyncIterator]();
    return driver;
  }

  async say(line, count = 1) {
    this.child.stdin.write(`${line}\n`);
    const answers = [];
    for (let i = 0; i < count; i++) {
      answers.push(JSON.parse((await this.lines.next()).value));
    }
    return answers;
  }

  async send(url, { guard = 'allow', pin = '-', bytes = 100 } = {}) {
    return (await this.say(`send ${url} ${guard} ${pin} ${bytes} 1`))[0];
  }

  async call(base, method, path, body = '-') {
    return (await this.say(`call ${base} ${method} ${path} ${body}`))[0];
  }

  async stop() {
    this.child.stdin.end();
    return this.exit;
  }
}
