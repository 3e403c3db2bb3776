// Run in a network of its own (client_egress.test.mjs): a name server that
// lies, a receiver at public and at private addresses, and the courier.
// Prints one JSON line for each delivery of the list on standard input.
import { createHash, X509Certificate } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { Pki } from './pki.mjs';
import { Driver, Receiver } from './receiver.mjs';

// name: answers, one after another; the last stays.  Each a list of addresses.
const NAMES = JSON.parse(process.argv[2]);
const asked = {};

const readName = (packet, at) => {
  const labels = [];
  for (; packet[at] !== 0; at += packet[at] + 1)
    labels.push(packet.toString('latin1', at + 1, at + 1 + packet[at]));
  return [labels.join('.').toLowerCase(), at + 1];
};

function bytesOf(address) {
  if (!address.includes(':')) return Buffer.from(address.split('.').map(Number));
  const [head, tail = ''] = address.split('::');
  const words = (text) => (text === '' ? [] : text.split(':').map((word) => parseInt(word, 16)));
  const [first, last] = [words(head), words(tail)];
  const all = [...first, ...Array(8 - first.length - last.length).fill(0), ...last];
  return Buffer.from(all.flatMap((word) => [word >> 8, word & 255]));
}

// RFC 1035, 4.1: header, the question again, one record for each address.
function answer(packet) {
  const [name, end] = readName(packet, 12);
  const type = packet.readUInt16BE(end);
  const answers = NAMES[name];
  asked[name] ??= 0;
  const turn = type === 1 ? asked[name]++ : Math.max(0, asked[name] - 1);
  const records = (answers?.[Math.min(turn, answers.length - 1)] ?? [])
    .map(bytesOf).filter(({ length }) => length === (type === 28 ? 16 : 4));
  const header = Buffer.alloc(12);
  packet.copy(header, 0, 0, 2);
  header.writeUInt16BE(answers === undefined ? 0x8183 : 0x8180, 2);
  header.writeUInt16BE(1, 4);
  header.writeUInt16BE(records.length, 6);
  return Buffer.concat([header, packet.subarray(12, end + 4), ...records.map((bytes) => {
    const record = Buffer.alloc(12);
    record.writeUInt16BE(0xc00c, 0);
    record.writeUInt16BE(type, 2);
    record.writeUInt16BE(1, 4);
    record.writeUInt16BE(bytes.length, 10);
    return Buffer.concat([record, bytes]);
  })]);
}

const server = createSocket('udp4', (packet, from) =>
  server.send(answer(packet), from.port, from.address));
server.bind(53, '127.0.0.1');
await once(server, 'listening');

const pki = new Pki();
pki.issue('server', { purpose: 'serverAuth' });
pki.issue('hub');
const pin = `sha256//${createHash('sha256').update(new X509Certificate(pki.read('server.pem'))
  .publicKey.export({ type: 'spki', format: 'der' })).digest('base64')}`;
const receiver = await Receiver.start(pki, {}, 'server', '::');
const driver = Driver.start(pki, 'hub', 3000);
let tried = 0;
receiver.server.on('connection', () => { tried++; });
for (const host of JSON.parse(process.argv[3])) {
  tried = 0;
  const seen = await driver.send(`https://${host}:${receiver.port}/ok`, { guard: 'guard', pin });
  console.log(JSON.stringify({ host, tried, ...seen }));
  receiver.server.closeAllConnections();
  await new Promise((resolve) => { setTimeout(resolve, 50); });
}
await driver.stop();
receiver.stop();
server.close();
pki.remove();
