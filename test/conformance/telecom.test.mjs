// Telephone numbers against libphonenumber-js, IMEI and ICCID against a Luhn
// package.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import test from 'node:test';
import { DIGITS, compare, damage, ours, random, table, unusedExplanations } from './verdicts.mjs';

const require = createRequire(import.meta.url);
const phone = require('libphonenumber-js/max');
const examples = require('libphonenumber-js/mobile/examples');
const luhn = require('fast-luhn');
const { getCountries, getExampleNumber, parsePhoneNumberFromString } = phone;

test('a mobile number of every country is right in any spelling', () => {
  const numbers = getCountries().map((country) => getExampleNumber(country, examples))
    .filter(Boolean);
  const wanted = numbers.map((number) => number.number);
  assert.ok(wanted.length > 200);
  assert.deepEqual(ours('msisdn', wanted).map((v) => v.value), wanted);
  assert.deepEqual(ours('msisdn', numbers.map((n) => n.formatInternational()))
    .map((v) => v.value), wanted);
});

test('numbers of any country code and length', () => {
  const r = random(164);
  const values = [];
  for (let code = 0; code < 1000; code++)
    for (let length = 3; length <= 16; length += 1 + r.below(3))
      values.push(`+${code}${r.text(DIGITS, length)}`);
  compare('msisdn', 'libphonenumber-js', values,
    (value) => parsePhoneNumberFromString(value)?.isPossible() ?? false);
  assert.deepEqual(unusedExplanations('libphonenumber-js'), []);
});

test('national spellings without + are refused', () => {
  const values = getCountries().map((country) => getExampleNumber(country, examples))
    .filter(Boolean).map((number) => number.formatNational());
  assert.deepEqual(ours('msisdn', values).filter((v) => v.verdict === 'ok'), []);
});

test('country codes are the oracle\'s, and the networks without a country', () => {
  const codes = new Set(getCountries().map((country) => phone.getCountryCallingCode(country)));
  const listed = table('calling_code.tsv').map(([code]) => code);
  assert.deepEqual([...codes].filter((code) => !listed.includes(code)), []);
  assert.deepEqual(listed.filter((code) => !codes.has(code)),
    ['870', '878', '881', '882', '883']);
});

test('IMEIs, right and damaged', () => {
  const r = random(23003);
  const values = [];
  for (let i = 0; i < 3000; i++) {
    const body = r.text(DIGITS, 14);
    const digit = [...DIGITS].find((d) => luhn(body + d));
    values.push(body + digit, body + r.pick(DIGITS));
  }
  compare('imei', 'fast-luhn', values, luhn);
  const short = values.map((value) => value.slice(0, 14));
  assert.ok(ours('imei', short).every((v) => luhn(v.value)));
});

test('ICCIDs, right and damaged', () => {
  const r = random(118);
  const values = [];
  for (let i = 0; i < 3000; i++) {
    const body = `89${r.text(DIGITS, r.pick([16, 17]))}`;
    values.push(body + [...DIGITS].find((d) => luhn(body + d)), body + r.pick(DIGITS));
  }
  compare('iccid', 'fast-luhn', values, luhn);
  assert.deepEqual(unusedExplanations('fast-luhn'), []);
});

test('damaged IMEIs of 15 digits are refused as often as Luhn can', () => {
  const r = random(15);
  const values = Array.from({ length: 2000 }, () => damage(r, '490154203237518'))
    .filter((value) => value.length === 15);
  compare('imei', 'fast-luhn', values, luhn);
});
