// What the generator posts: templates, whose holes make each one another.
import { randomInt } from 'node:crypto';

const inr = (amount) => ({ amount, currency: 'INR' });

const transaction = (key, digit, reference) => ({
  key,
  reference: { type: 'rrn', value: `${digit}${reference}` },
  channel: 'upi',
  money: inr('80000.00'),
  at: '2026-03-11T16:02:10+05:30',
  from: { type: 'upi_vpa', value: 'meera.varghese@deccan' },
});

const target = (institution, identifier, of) => ({
  institution,
  identifier,
  transaction: of,
  amount: inr('40000.00'),
});

const account = (ifsc, digit) =>
  ({ type: 'in_account', value: `${digit}{{n:11}}`, ifsc });

const complaint = (rest) => ({
  typology: 'upi_push',
  authorised: 'yes',
  occurred_at: '2026-03-11T16:02:10+05:30',
  reported_at: '2026-03-11T16:21:00+05:30',
  report_channel: 'helpline',
  language: 'en',
  loss: inr('160000.00'),
  complainant: { name: 'Meera Varghese', msisdn: '+919876500011',
    email: 'meera.varghese@example.com', address: 'Thevara, Kochi, Kerala' },
  narrative: 'A caller said he was from my bank and that my account was ' +
    'being emptied. He stayed on the line while I approved two payments.',
  ...rest,
});

// One request of four targets at four institutions: six events (case,
// request, targets) and four messages.
export const fourTargets = complaint({
  transactions: [transaction('t1', 1, '{{n:11}}'),
    transaction('t2', 2, '{{n:11}}')],
  requests: [{
    action: 'HOLD_AMOUNT',
    targets: [
      target('malabar_bank', account('MLBX0000044', 1), 't1'),
      target('deccan_bank', account('DKNX0000044', 2), 't1'),
      target('kaveri_wallet', { type: 'wallet_id', provider: 'kaveri',
        value: 'KV{{n:11}}' }, 't2'),
      target('nadi_gateway', { type: 'merchant_id', value: 'NADI{{n:11}}' },
        't2'),
    ],
  }],
});

// Four targets at the one bank that answers them, so that one certificate
// answers all.
export const fourToAnswer = complaint({
  transactions: [transaction('t1', 3, '{{n:11}}'),
    transaction('t2', 4, '{{n:11}}')],
  requests: [{
    action: 'HOLD_AMOUNT',
    targets: [5, 6, 7, 8].map((digit) => target('malabar_bank',
      account('MLBX0000044', digit), digit % 2 ? 't1' : 't2')),
  }],
});

// One target, whose payment's reference is the time of the call.
export const oneTarget = complaint({
  transactions: [transaction('t1', '', '{{micros:12}}')],
  requests: [{
    action: 'HOLD_AMOUNT',
    targets: [target('malabar_bank', account('MLBX0000044', 9), 't1')],
  }],
});

// The whole amount is held, for a hold of two days.
export function answer(now = Date.now()) {
  return {
    code: 'HLD_FULL',
    amount_held: inr('40000.00'),
    balance: inr('40000.00'),
    hold_ref: 'H-{{n:11}}',
    held_at: new Date(now - 1000).toISOString(),
    expires_at: new Date(now + 2 * 86_400_000).toISOString(),
  };
}

// A body for one call outside the generator, whose numbers begin lower.
export const filled = (body) => JSON.stringify(body)
  .replaceAll(/\{\{\w+:(\d+)\}\}/g, (_, width) =>
    `9${String(randomInt(1e10)).padStart(width - 1, '0')}`);
