// Our verdicts beside an oracle's.  A value on which they differ must fit an
// entry of explained.json, which names the standard that decides; everything
// else fails.  Values come from a seeded generator, so a run repeats itself.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

const explained = JSON.parse(readFileSync(new URL('explained.json', import.meta.url), 'utf8'));
const used = new Set();

// mulberry32: small, and enough for test values.
export function random(seed) {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (n) => Math.floor(next() * n);
  const pick = (list) => list[below(list.length)];
  const text = (alphabet, length) =>
    Array.from({ length }, () => alphabet[below(alphabet.length)]).join('');
  return { below, pick, text };
}

export const DIGITS = '0123456789';
export const UPPER = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
export const LOWER = 'abcdefghijklmnopqrstuvwxyz';

// A table of hub/domain/data as rows.
export function table(name) {
  return readFileSync(new URL(`../../hub/domain/data/${name}`, import.meta.url), 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => line.split('\t'));
}

// One change that a tired hand makes: a wrong, doubled, lost or swapped
// character.
export function damage(r, text, alphabet = DIGITS) {
  const at = r.below(text.length);
  switch (r.below(4)) {
    case 0:
      return text.slice(0, at) + r.pick(alphabet) + text.slice(at + 1);
    case 1:
      return text.slice(0, at) + text[at] + text.slice(at);
    case 2:
      return text.slice(0, at) + text.slice(at + 1);
    default:
      return text.slice(0, at) + (text[at + 1] ?? '') + text[at] + text.slice(at + 2);
  }
}

// What our program says to each value: 'ok' or the code, and the normal form.
export function ours(type, values) {
  const run = spawnSync(process.env.IDENTIFIER_PROGRAM, [type], {
    input: values.map((value) => `${value}\n`).join(''),
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  assert.ok(run.status === 0 || run.status === 1, `status ${run.status}: ${run.stderr}`);
  const lines = run.stdout.split('\n').slice(0, -1);
  assert.equal(lines.length, values.length);
  return lines.map((line) => {
    const [head, ...rest] = line.split(' ');
    return head === 'ok' ? { verdict: 'ok', value: rest[0] } : { verdict: rest[0] };
  });
}

function explain(type, oracle, value, verdict) {
  return explained.find(
    (entry) =>
      entry.type === type &&
      entry.oracle === oracle &&
      entry.ours.includes(verdict) &&
      new RegExp(entry.values).test(value),
  );
}

// Fail on every value that we and the oracle judge differently and that no
// entry explains.  Both verdicts must occur, or the test would say nothing.
export function compare(type, oracle, values, isValid) {
  const verdicts = ours(type, values);
  const strange = [];
  let good = 0;
  values.forEach((value, i) => {
    const { verdict } = verdicts[i];
    good += verdict === 'ok';
    if ((verdict === 'ok') === isValid(value)) return;
    const entry = explain(type, oracle, value, verdict);
    if (entry) used.add(entry);
    else strange.push(`${value}: ours ${verdict}, ${oracle} ${isValid(value)}`);
  });
  assert.deepEqual(strange.slice(0, Number(process.env.SHOWN ?? 20)), [], `${strange.length} unexplained`);
  assert.ok(good > 0 && good < values.length, `${good} of ${values.length} good`);
}

// Entries of these oracles that no value needed: a stale excuse.
export function unusedExplanations(oracle) {
  return explained.filter((entry) => entry.oracle === oracle && !used.has(entry));
}
