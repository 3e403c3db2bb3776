// The echo server as a child, and clients that write raw bytes to it.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect as connectTcp } from 'node:net';
import { createInterface } from 'node:readline';
import { connect as connectTls } from 'node:tls';

export class Line {
  static async start(pki, ...args) {
    const line = new Line();
    line.pki = pki;
    line.child = spawn(process.env.ECHO_SERVER, [pki.directory, ...args], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    line.exit = once(line.child, 'exit');
    line.lines = createInterface({ input: line.child.stdout })[
      Symbol.asyncIterator]();
    const first = (await line.lines.next()).value ?? '';
    if (!first.startsWith('port ')) throw new Error(`no port: ${first}`);
    line.port = Number(first.slice(5));
    return line;
  }

  async say(command) {
    this.child.stdin.write(`${command}\n`);
    return (await this.lines.next()).value;
  }

  async count() {
    return JSON.parse(await this.say('count'));
  }

  // Wait until `isTrue(counters)`.
  async until(isTrue, within = 5000) {
    const end = Date.now() + within;
    for (;;) {
      const counters = await this.count();
      if (isTrue(counters)) return counters;
      if (Date.now() > end) {
        throw new Error(`never so: ${JSON.stringify(counters)}`);
      }
      await new Promise((done) => { setTimeout(done, 20); });
    }
  }

  // The exit status; the last word must be `stopped`.
  async stop() {
    const last = await this.say('stop');
    const [code, signal] = await this.exit;
    return { last, code, signal };
  }

  // A client of certificate `name` (null: none).  `text`: what it has read;
  // `closed`: a promise of the end, with the error if there was one.
  open(name, options = {}) {
    const socket = options.plain
      ? connectTcp(this.port, '127.0.0.1')
      : connectTls({ host: '127.0.0.1', port: this.port,
        ca: this.pki.read('ca.pem'), servername: 'localhost',
        ...this.pki.credentials(name), ...options });
    const client = { socket, text: '', error: null, sinceOpen: Date.now() };
    socket.on('data', (data) => { client.text += data.toString('latin1'); });
    socket.on('error', (error) => { client.error = error; });
    client.ready = new Promise((done) => {
      socket.once(options.plain ? 'connect' : 'secureConnect', () => done(true));
      socket.once('close', () => done(false));
    });
    client.closed = new Promise((done) => {
      socket.once('close', () => done(Date.now() - client.sinceOpen));
    });
    return client;
  }

  // Send `bytes`, read until the server closes or `count` answers are there.
  async exchange(client, bytes, count = 1, within = 4000) {
    const before = client.text.length;
    const seen = () =>
      client.text.slice(before).match(/HTTP\/1\.1 (?!100)\d{3}/g) ?? [];
    const isWhole = () => {
      const text = client.text.slice(before);
      const at = text.lastIndexOf('\r\n\r\n');
      if (seen().length < count || at < 0) return false;
      const heads = text.split('HTTP/1.1 ').pop();
      const [head, body = ''] = heads.split('\r\n\r\n');
      const length = /content-length: (\d+)/i.exec(head);
      return !length || body.length >= Number(length[1]);
    };
    client.socket.write(bytes, 'latin1');
    const end = Date.now() + within;
    while (!isWhole() && !client.socket.destroyed && Date.now() < end) {
      await new Promise((done) => { setTimeout(done, 10); });
    }
    return client.text.slice(before);
  }
}

export const get = (path = '/x', headers = '') =>
  `GET ${path} HTTP/1.1\r\nHost: localhost\r\n${headers}\r\n`;
export const pause = (ms) => new Promise((done) => { setTimeout(done, ms); });
