// A dispatcher under test: the driver as a child, a receiver that checks both
// signatures of what it gets, and the database behind them.
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { createPublicKey, verify } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:https';
import { createInterface } from 'node:readline';
import { Webhook } from 'standardwebhooks';

/** Rows of a query, each an array of texts. */
export function sql(text, conninfo = process.env.FREEZELINE_TEST_OWNER) {
  const out = execFileSync('psql', ['-XAtq', '-v', 'ON_ERROR_STOP=1', '-F', '|',
    '-c', text, conninfo], { encoding: 'utf8' });
  return out.split('\n').filter((line) => line !== '')
    .map((line) => line.split('|'));
}

export async function until(what, isTrue, ms = 10_000) {
  const end = Date.now() + ms;
  while (!isTrue()) {
    assert.ok(Date.now() < end, `not within ${ms} ms: ${what}`);
    await new Promise((resolve) => { setTimeout(resolve, 20); });
  }
}

export class Dispatcher {
  // files: keyring, certificate, key, authority.
  static async start(files, { isFresh = false, env = {} } = {}) {
    const driver = new Dispatcher();
    driver.reports = [];
    driver.answers = [];
    driver.log = '';
    driver.child = spawn(process.env.DISPATCH_DRIVER,
      isFresh ? [...files, 'fresh'] : files, { stdio: ['pipe', 'pipe', 'pipe'], env: { ...process.env, ...env } });
    driver.ended = once(driver.child, 'exit');
    driver.child.stderr.setEncoding('utf8');
    driver.child.stderr.on('data', (text) => { driver.log += text; });
    createInterface({ input: driver.child.stdout }).on('line', (line) => {
      const said = JSON.parse(line);
      if (said.report) driver.reports.push(said);
      else driver.answers.shift()?.(said);
    });
    driver.public = (await driver.answer()).public;
    return driver;
  }

  answer() {
    const said = new Promise((resolve) => { this.answers.push(resolve); });
    return Promise.race([said, this.ended.then(([code, signal]) => {
      throw new Error(`the driver ended (${code ?? signal}):\n${this.log}`);
    })]);
  }

  say(line) {
    const said = this.answer();
    this.child.stdin.write(`${line}\n`);
    return said;
  }

  endpoint(url, concurrency = 8, guard = 'allow') {
    return this.say(`endpoint ${url} ${concurrency} ${guard}`);
  }

  messages({ endpoint }, count,
    { priority = 0, bytes = 300, of = 'case', order = 0 } = {}) {
    return this.say(
      `messages ${endpoint} ${priority} ${count} ${bytes} ${of} ${order}`);
  }

  of(fact, { endpoint }) {
    return this.reports.filter((one) =>
      one.report === fact && one.endpoint === endpoint);
  }

  kill(signal = 'SIGKILL') {
    this.child.kill(signal);
    return signal === 'SIGKILL' ? this.ended : undefined;
  }

  async end() {
    this.child.stdin.end();
    const [code] = await this.ended;
    assert.equal(code, 0, this.log);
  }
}

// DER of an Ed25519 public key, before its 32 bytes (RFC 8410).
const SPKI = Buffer.from('302a300506032b6570032100', 'hex');

function isSignedByHub(publicKey, headers, text) {
  const key = createPublicKey({ format: 'der', type: 'spki',
    key: Buffer.concat([SPKI,
      Buffer.from(publicKey.replace(/^whpk_/, ''), 'base64')]) });
  const signed = Buffer.from(
    `${headers['webhook-id']}.${headers['webhook-timestamp']}.${text}`);
  return headers['webhook-signature'].split(' ')
    .filter((one) => one.startsWith('v1a,'))
    .some((one) => verify(null, signed, key,
      Buffer.from(one.slice(4), 'base64')));
}

/** An institution.  `answer(request, response, n)` decides; the default is
 * 200.  What it got stands in `got`, in order. */
export class Bank {
  static async start(pki, answer = (_, response) => response.end('{}')) {
    const bank = new Bank();
    bank.got = [];
    bank.wrong = [];
    bank.answer = answer;
    bank.server = createServer({ ...pki.credentials('server'),
      ca: pki.read('ca.pem'), requestCert: true, rejectUnauthorized: true },
    (request, response) => bank.take(request, response));
    bank.server.listen(0, '127.0.0.1');
    await once(bank.server, 'listening');
    bank.url = `https://localhost:${bank.server.address().port}/hook`;
    return bank;
  }

  trust({ secret }, publicKey) {
    this.webhook = new Webhook(secret);
    this.publicKey = publicKey;
  }

  async take(request, response) {
    let text = '';
    for await (const piece of request) text += piece;
    const { headers } = request;
    try {
      this.webhook.verify(text, headers);
      assert.ok(isSignedByHub(this.publicKey, headers, text), 'v1a');
      assert.equal(headers['content-type'], 'application/json');
      assert.match(headers['webhook-id'], /^msg_[0-9a-z]{26}$/);
      assert.match(headers.traceparent, /^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/);
      assert.match(headers['user-agent'], /^Freezeline/);
      assert.equal(request.socket.getPeerCertificate().subject.CN, 'hub');
    } catch (error) {
      this.wrong.push(error.message);
    }
    this.got.push({ id: headers['webhook-id'], text, at: Date.now() });
    this.answer(request, response, this.got.length);
  }

  ids() {
    return new Set(this.got.map(({ id }) => id));
  }

  stop() {
    this.server.close();
    this.server.closeAllConnections();
    assert.deepEqual(this.wrong, []);
  }
}
