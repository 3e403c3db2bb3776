// Takes Freezeline's webhooks: node receiver.mjs, Node 18 or later.
// PORT CERT KEY CA SECRET STORE: see docs/connect-a-bank.md.
import { createHmac, randomUUID, timingSafeEqual } from 'node:crypto';
import { closeSync, fsyncSync, linkSync, openSync, readFileSync, rmSync,
  writeFileSync } from 'node:fs';
import { createServer } from 'node:https';

const { PORT, CERT, KEY, CA, SECRET, STORE } = process.env;
const secret = Buffer.from(SECRET.replace(/^whsec_/, ''), 'base64');
const LIMIT = 64 * 1024;

function isGenuine({ id, timestamp, signature }, body) {
  if (!/^msg_[0-9a-z]{26}$/.test(id) || !/^\d{1,12}$/.test(timestamp) ||
      Math.abs(Date.now() / 1000 - timestamp) > 300) return false;
  const good = createHmac('sha256', secret).update(`${id}.${timestamp}.`)
    .update(body).digest(); // over the bytes as they came
  return (signature ?? '').split(' ').some((one) => {
    const given = Buffer.from(one.replace(/^v1,/, ''), 'base64');
    return one.startsWith('v1,') && given.length === good.length &&
      timingSafeEqual(given, good);
  });
}

function sync(path, text) {
  const file = openSync(path, text === undefined ? 'r' : 'wx');
  if (text !== undefined) writeFileSync(file, text);
  fsyncSync(file);
  closeSync(file);
}

// One file for each webhook-id, for ever: one that is there came before.
function keep(id, body) {
  const draft = `${STORE}/${randomUUID()}.draft`;
  sync(draft, body);
  try {
    linkSync(draft, `${STORE}/${id}.json`);
    console.log(`stored ${id}`);
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
  } finally { rmSync(draft); }
  sync(STORE);
}

createServer({ cert: readFileSync(CERT), key: readFileSync(KEY),
  ca: readFileSync(CA), requestCert: true, rejectUnauthorized: true,
}, async (request, response) => {
  let body = Buffer.alloc(0);
  for await (const piece of request) {
    body = Buffer.concat([body, piece]);
    if (body.length > LIMIT) return request.destroy();
  }
  const of = (name) => request.headers[`webhook-${name}`];
  const head = { id: of('id'), timestamp: of('timestamp'), signature: of('signature') };
  if (!isGenuine(head, body)) return response.writeHead(401).end();
  keep(head.id, body); // a 2xx says that it is on the disk
  return response.writeHead(204).end();
}).listen(Number(PORT), () => console.log(`ready on ${PORT}`));
