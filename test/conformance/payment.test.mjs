// UETRs against uuid, Brazil's taxpayer numbers against cpf-cnpj-validator,
// whole card numbers against card-validator, crypto addresses against two
// validators and noble's Keccak.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';
import test from 'node:test';
import { keccak_256 } from '@noble/hashes/sha3.js';
import { validate as isBitcoin } from 'bitcoin-address-validation';
import { cnpj, cpf } from 'cpf-cnpj-validator';
import * as uuid from 'uuid';
import { DIGITS, LOWER, UPPER, compare, damage, ours, random, table, unusedExplanations }
  from './verdicts.mjs';

const require = createRequire(import.meta.url);
const cards = require('card-validator');
const creditCardType = require('credit-card-type');
const coins = require('multicoin-address-validator');
const HEX = '0123456789abcdef';
const bytes = (r) => Uint8Array.from({ length: 16 }, () => r.below(256));

test('UETRs are UUIDs of version 4 and no other', () => {
  const r = random(9562);
  const values = [];
  for (let i = 0; i < 500; i++) {
    const v4 = uuid.v4({ random: bytes(r) });
    values.push(v4, v4.toUpperCase(), uuid.v1(), uuid.v6(), uuid.v7(),
      uuid.v5(v4, uuid.v5.URL), uuid.v3(v4, uuid.v3.URL), damage(r, v4, HEX),
      [8, 4, 4, 4, 12].map((n) => r.text(HEX, n)).join('-'));
  }
  compare('uetr', 'uuid', values,
    (value) => uuid.validate(value) && uuid.version(value) === 4);
});

test('random Pix keys are UUIDs', () => {
  const r = random(9563);
  const values = Array.from({ length: 1000 }, (_, i) =>
    i % 2 ? uuid.v4({ random: bytes(r) }) : damage(r, uuid.v4({ random: bytes(r) }), HEX));
  compare('pix_key', 'uuid', values, (value) => uuid.validate(value));
  assert.deepEqual(unusedExplanations('uuid'), []);
});

// A check digit behind `text`, modulo 11 (Receita Federal).
function taxDigit(text, longest) {
  const sum = [...text].reverse()
    .reduce((s, c, i) => s + (c.charCodeAt(0) - 48) * (2 + (i % (longest - 1))), 0);
  return String(sum % 11 < 2 ? 0 : 11 - (sum % 11));
}

function taxNumber(body, longest) {
  const first = body + taxDigit(body, longest);
  return first + taxDigit(first, longest);
}

test('CPFs and CNPJs, with letters too, right and damaged', () => {
  const r = random(11);
  const values = [];
  for (let i = 0; i < 1500; i++) {
    const numbers = [taxNumber(r.text(DIGITS, 9), 11), taxNumber(r.text(DIGITS, 12), 9),
      taxNumber(r.text(UPPER + DIGITS, 12), 9)];
    const right = [...numbers, cpf.format(numbers[0]), cnpj.format(numbers[1])];
    values.push(...right, ...right.map((value) => damage(r, value)));
  }
  for (let i = 0; i < 500; i++) {
    const body = r.text(UPPER + DIGITS, 12);
    for (let k = 0; k < 4; k++) values.push(body + r.text(DIGITS, 2));
  }
  compare('pix_key', 'cpf-cnpj-validator', values,
    (value) => cpf.isValid(value) || cnpj.isValid(value));
  assert.deepEqual(unusedExplanations('cpf-cnpj-validator'), []);
});

function luhnDigit(body) {
  const sum = [...body].reverse().reduce((s, d, i) => {
    const n = i % 2 ? Number(d) : 2 * d;
    return s + (n > 9 ? n - 9 : n);
  }, 0);
  return String((10 - (sum % 10)) % 10);
}

// Numbers of every scheme the oracle knows: its prefixes, its lengths.
function schemeNumbers(r, each) {
  return Object.values(creditCardType.types).flatMap((type) => {
    const { patterns, lengths } = creditCardType.getTypeInfo(type);
    return Array.from({ length: each }, () => {
      const pattern = r.pick(patterns);
      const prefix = Array.isArray(pattern)
        ? String(pattern[0] + r.below(pattern[1] - pattern[0] + 1))
        : String(pattern);
      const length = r.pick(lengths);
      const body = prefix + r.text(DIGITS, length - 1 - prefix.length);
      return body + luhnDigit(body);
    });
  });
}

// Luhn for UnionPay too: the rule asks for it.
const isWholeCard = (value) => cards.number(value, { luhnValidateUnionPay: true }).isValid;

// Numbers of our own table.
function tableNumbers(r, each) {
  return table('iin.tsv').flatMap(([first, last, shortest, longest, step]) =>
    Array.from({ length: each }, () => {
      const prefix = String(Number(first) + r.below(last - first + 1));
      const length = Number(shortest) + step * r.below((longest - shortest) / step + 1);
      const body = prefix + r.text(DIGITS, length - 1 - prefix.length);
      return body + luhnDigit(body);
    }));
}

test('every row of the issuer table refuses its numbers', () => {
  const r = random(7811);
  const right = tableNumbers(r, 100);
  assert.deepEqual(ours('order_id', right).filter((v) => v.verdict !== 'card_number_refused'), []);
  compare('order_id', 'card-validator', right.flatMap((value) => [value, damage(r, value)]),
    (value) => !isWholeCard(value));
});

test('whole card numbers of every scheme are refused as order ids', () => {
  const r = random(7812);
  const right = schemeNumbers(r, 300);
  compare('order_id', 'card-validator', [...right, ...right.map((value) => damage(r, value))],
    (value) => !isWholeCard(value));
});

test('any digits are an order id unless they are a card number', () => {
  const r = random(7813);
  const values = Array.from({ length: 20000 }, () => r.text(DIGITS, 12 + r.below(9)));
  compare('order_id', 'card-validator', values, (value) => !isWholeCard(value));
  assert.deepEqual(unusedExplanations('card-validator'), []);
});

test('card numbers are found in every spelling', () => {
  const r = random(7814);
  const found = schemeNumbers(r, 50);
  const plain = ours('order_id', found);
  const spelled = found.filter((_, i) => plain[i].verdict === 'card_number_refused')
    .flatMap((value) => [
      value.replace(/(.{4})(?=.)/g, '$1-'), value.replace(/(.{4})(?=.)/g, '$1 '),
      [...value].join(' '), value.replace(/./g, (d) => String.fromCodePoint(0xff10 + Number(d))),
      value.replace(/./g, (d) => String.fromCodePoint(0x966 + Number(d))),
      value.replace(/(.{4})(?=.)/g, '$1\u00a0'), `ref:${value};`]);
  assert.ok(spelled.length > 2000);
  assert.deepEqual(ours('order_id', spelled).filter((v) => v.verdict !== 'card_number_refused'),
    []);
});

const BASE58 = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';
const RIPPLE = 'rpshnaf39wBUDNEGHJKLM4PQRST7VWXYZ2bcdeCg65jkm8oFqi1tuvAxyz';

function base58(bytes, alphabet) {
  let number = BigInt(`0x${Buffer.from(bytes).toString('hex')}`);
  let text = '';
  for (; number > 0n; number /= 58n) text = alphabet[Number(number % 58n)] + text;
  return alphabet[0].repeat(bytes.findIndex((b) => b !== 0)) + text;
}

function base58check(r, version, alphabet = BASE58) {
  const sha = (bytes) => createHash('sha256').update(bytes).digest();
  const body = Buffer.concat([Buffer.from(version),
    Buffer.from(r.text(HEX, 40), 'hex')]);
  return base58([...body, ...sha(sha(body)).subarray(0, 4)], alphabet);
}

const chains = [
  ['bitcoin', 'btc', [[0x00], [0x05]]],
  ['litecoin', 'ltc', [[0x30], [0x32], [0x05]]],
  ['dogecoin', 'doge', [[0x1e], [0x16]]],
  ['dash', 'dash', [[0x4c], [0x10]]],
  ['zcash', 'zec', [[0x1c, 0xb8], [0x1c, 0xbd]]],
  ['tron', 'trx', [[0x41]]],
  ['ripple', 'xrp', [[0x00]], RIPPLE],
];

for (const [chain, symbol, versions, alphabet] of chains) {
  test(`base58 addresses of ${chain}, right, damaged and of other chains`, () => {
    const r = random(58);
    const values = [];
    for (let i = 0; i < 400; i++) {
      const right = base58check(r, r.pick(versions), alphabet);
      values.push(right, damage(r, right, BASE58), base58check(r, [r.below(256)], alphabet));
    }
    compare('crypto_address', 'multicoin-address-validator',
      values.map((value) => `${value} ${chain}`),
      (line) => coins.validate(line.split(' ')[0], symbol));
  });
}

test('every explanation for multicoin-address-validator is needed', () => {
  assert.deepEqual(unusedExplanations('multicoin-address-validator'), []);
});

const BECH32 = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l';

function bech32(r, hrp, version, count, constant) {
  const generator = [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3];
  const polymod = (values) => values.reduce((sum, value) => {
    const top = sum >>> 25;
    return generator.reduce((s, g, i) => ((top >>> i) & 1 ? s ^ g : s),
      ((sum & 0x1ffffff) << 5) ^ value);
  }, 1);
  const values = [version, ...Array.from({ length: count }, () => r.below(32))];
  if ((count * 5) % 8 !== 0) values[count] &= 32 - 2 ** ((count * 5) % 8);
  const spread = [...[...hrp].map((c) => c.charCodeAt(0) >> 5), 0,
    ...[...hrp].map((c) => c.charCodeAt(0) & 31)];
  const sum = polymod([...spread, ...values, 0, 0, 0, 0, 0, 0]) ^ constant;
  const check = Array.from({ length: 6 }, (_, i) => (sum >>> (5 * (5 - i))) & 31);
  return `${hrp}1${[...values, ...check].map((v) => BECH32[v]).join('')}`;
}

test('segwit addresses of bitcoin, right, damaged and of the wrong checksum', () => {
  const r = random(350);
  const values = [];
  for (let i = 0; i < 500; i++) {
    const right = [bech32(r, 'bc', 0, r.pick([32, 52]), 1), bech32(r, 'bc', 1, 52, 0x2bc830a3)];
    values.push(...right, ...right.map((value) => damage(r, value, BECH32)),
      right[0].toUpperCase(), bech32(r, 'bc', 1, 52, 1), bech32(r, 'bc', 0, 32, 0x2bc830a3),
      bech32(r, 'bc', 0, 33 + r.below(19), 1), bech32(r, 'tb', 0, 32, 1));
  }
  compare('crypto_address', 'bitcoin-address-validation', values.map((v) => `${v} bitcoin`),
    (line) => isBitcoin(line.split(' ')[0], 'mainnet'));
  assert.deepEqual(unusedExplanations('bitcoin-address-validation'), []);
});

// EIP-55 with another Keccak.
function eip55(lower) {
  const hash = Buffer.from(keccak_256(new TextEncoder().encode(lower))).toString('hex');
  return [...lower].map((c, i) => (parseInt(hash[i], 16) >= 8 ? c.toUpperCase() : c)).join('');
}

test('EIP-55 capitals are put in, and wrong ones refused', () => {
  const r = random(55);
  const plain = Array.from({ length: 2000 }, () => r.text(HEX, 40));
  const wanted = plain.map((value) => `0x${eip55(value)}`);
  assert.deepEqual(ours('crypto_address', plain.map((v) => `0x${v} ethereum`))
    .map((v) => v.value), wanted);
  const values = wanted.flatMap((value) => [value, damage(r, value, HEX + UPPER.slice(0, 6))]);
  compare('crypto_address', 'noble-hashes', values.map((value) => `${value} ethereum`),
    (line) => {
      const digits = line.split(' ')[0].slice(2);
      return /^0x[0-9a-fA-F]{40} /.test(line) &&
        (eip55(digits.toLowerCase()) === digits || /^[0-9a-f]*$|^[0-9A-F]*$/.test(digits));
    });
});

test('base58 keys of Solana have 32 bytes', () => {
  const r = random(32);
  const values = [];
  for (let i = 0; i < 1000; i++) {
    const bytes = Array.from({ length: r.pick([31, 32, 32, 33]) }, () => 1 + r.below(255));
    values.push([base58(bytes, BASE58), bytes.length === 32]);
  }
  const verdicts = ours('crypto_address', values.map(([value]) => `${value} solana`));
  assert.deepEqual(verdicts.map((v) => v.verdict === 'ok'), values.map(([, right]) => right));
});

test('no letter outside an alphabet slips through', () => {
  const r = random(0);
  const values = Array.from({ length: 2000 }, () =>
    `${r.pick(['1', '3', 'bc1q', '0x', 'T'])}${r.text(`${LOWER}${UPPER}${DIGITS}_-`, 33)}`);
  for (const chain of ['bitcoin', 'tron', 'ethereum', 'ripple'])
    assert.deepEqual(ours('crypto_address', values.map((v) => `${v} ${chain}`))
      .filter((v) => v.verdict === 'ok'), []);
});
