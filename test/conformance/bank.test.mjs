// IBAN and BIC against ibantools, IFSC against razorpay's branch list, routing
// numbers against abavalidator, money's scales against currency-codes.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import test from 'node:test';
import { countrySpecs, isValidBIC, isValidIBAN } from 'ibantools';
import { DIGITS, LOWER, UPPER, compare, damage, ours, random, table, unusedExplanations }
  from './verdicts.mjs';

const require = createRequire(import.meta.url);
const ifsc = require('ifsc');
const branches = require('ifsc/src/IFSC.json');
const bankNames = require('ifsc/src/banknames.json');
const aba = require('abavalidator');
const currencies = require('currency-codes');

const ALNUM = UPPER + DIGITS;
const classes = { n: DIGITS, a: UPPER, c: ALNUM };

function checkDigits(country, national) {
  const number = `${national}${country}00`.replace(/[A-Z]/g, (c) => c.charCodeAt(0) - 55);
  return String(98n - (BigInt(number) % 97n)).padStart(2, '0');
}

const iban = (country, national) => country + checkDigits(country, national) + national;

const national = (r, form) =>
  form.replace(/(\d+)([nac])/g, (_, count, kind) => r.text(classes[kind], Number(count)));

test('IBANs of every country in the registry, right and damaged', () => {
  const r = random(13616);
  const values = table('iban.tsv').flatMap(([country, , form]) => {
    const right = Array.from({ length: 20 }, () => iban(country, national(r, form)));
    return [...right, ...right.map((value) => damage(r, value, ALNUM))];
  });
  compare('iban', 'ibantools', values, isValidIBAN);
});

test('IBANs made of the oracle\'s own forms', () => {
  const r = random(13617);
  const kinds = { '[0-9]': DIGITS, '[A-Z]': UPPER, '[A-Z0-9]': ALNUM, '[0-9A-Z]': ALNUM };
  const values = Object.entries(countrySpecs)
    .filter(([, spec]) => spec.chars && spec.bban_regexp)
    .flatMap(([country, spec]) =>
      Array.from({ length: 20 }, () => {
        const bban = [...spec.bban_regexp.matchAll(/(\[[^\]]*\])\{(\d+)\}/g)]
          .map(([, kind, count]) => r.text(kinds[kind], Number(count)))
          .join('');
        return iban(country, bban);
      }));
  compare('iban', 'ibantools', values, isValidIBAN);
  assert.deepEqual(unusedExplanations('ibantools').filter((e) => e.type === 'iban'), []);
});

test('IBANs are normalised', () => {
  const r = random(13618);
  const values = table('iban.tsv').map(([country, , form]) => iban(country, national(r, form)));
  const spelled = values.map((value) => value.toLowerCase().replace(/(.{4})/g, '$1 '));
  assert.deepEqual(ours('iban', spelled).map((v) => v.value), values);
});

test('BICs with every country, right and damaged', () => {
  const r = random(9362);
  const values = table('country.tsv').flatMap(([country]) => {
    const right = Array.from({ length: 6 }, (_, i) =>
      r.text(UPPER, 4) + country + r.text(ALNUM, 2) + (i % 2 ? r.text(ALNUM, 3) : ''));
    return [...right, ...right.map((value) => damage(r, value, ALNUM + LOWER))];
  });
  for (let i = 0; i < 500; i++) values.push(r.text(ALNUM, r.pick([7, 8, 8, 9, 11, 11, 12])));
  compare('bic', 'ibantools', values, isValidBIC);
  assert.deepEqual(unusedExplanations('ibantools'), []);
});

const branchCode = (branch) =>
  typeof branch === 'number' ? String(branch).padStart(6, '0') : branch;

test('every bank code of the branch list is known', () => {
  const codes = [...new Set([...Object.keys(branches), ...Object.keys(bankNames)])];
  const values = codes.map((code) => `123456789 ${code}`);
  const bad = ours('in_account', values)
    .map((v, i) => [codes[i], v.verdict]).filter(([, verdict]) => verdict !== 'ok');
  assert.ok(codes.length > 1300);
  assert.deepEqual(bad, []);
});

test('IFSCs of existing branches are right', () => {
  const r = random(11);
  const values = Object.entries(branches).flatMap(([bank, list]) =>
    Array.from({ length: Math.min(list.length, 20) }, () => `${bank}0${branchCode(r.pick(list))}`));
  const known = values.filter((value) => ifsc.validate(value));
  assert.ok(known.length > 2000);
  assert.deepEqual(ours('ifsc', known).filter((v) => v.verdict !== 'ok'), []);
});

// The list knows each branch, we know each bank: what we refuse it must
// refuse too, but not the other way round.
test('what is refused as IFSC is no branch', () => {
  const r = random(12);
  const banks = Object.keys(branches);
  const values = Array.from({ length: 4000 }, () => {
    const bank = r.pick(banks);
    return damage(r, `${bank}0${branchCode(r.pick(branches[bank]))}`, ALNUM);
  });
  const verdicts = ours('ifsc', values);
  const refused = values.filter((_, i) => verdicts[i].verdict !== 'ok');
  assert.ok(refused.length > 1000);
  assert.deepEqual(refused.filter((value) => ifsc.validate(value)), []);
});

test('routing numbers, right and damaged', () => {
  const r = random(371);
  const values = [];
  for (let i = 0; i < 4000; i++) {
    const digits = r.pick(['0', '1', '2', '3', '6', '7', '8', '9']) + r.text(DIGITS, 7);
    const sum = [...digits].reduce((s, d, k) => s + d * [3, 7, 1][k % 3], 0);
    values.push(digits + ((10 - (sum % 10)) % 10));
    values.push(damage(r, values.at(-1)));
  }
  compare('us_account', 'abavalidator', values.map((value) => `12345678 ${value}`),
    (line) => aba.validate(line.split(' ')[1]));
  assert.deepEqual(unusedExplanations('abavalidator'), []);
});

test('currencies and their minor units', () => {
  const ourScales = new Map(table('currency.tsv').map(([code, scale]) => [code, Number(scale)]));
  // Precious metals, units of account, test codes: ISO 4217 gives no minor unit.
  const withoutUnit = /^(XAG|XAU|XBA|XBB|XBC|XBD|XDR|XPD|XPT|XSU|XTS|XUA|XXX)$/;
  // Withdrawn: CUC 2021.  Newer than the oracle: XAD 2024, XCG 2025.
  const dated = /^(CUC|XAD|XCG)$/;
  const differs = currencies.data
    .filter(({ code, digits }) => ourScales.get(code) !== digits)
    .map(({ code }) => code)
    .concat([...ourScales.keys()].filter((code) => !currencies.code(code)))
    .filter((code) => !withoutUnit.test(code) && !dated.test(code));
  assert.ok(currencies.data.length > 150);
  assert.deepEqual(differs, []);
});
