// Answers of institutions for the tests: one target of each kind, a good
// answer for every code of domain.md, section 4.
import { fresh, freshExample, later, part, submit, targets } from './cases.mjs';

/** What an institution of each kind is asked for. */
export const KINDS = {
  bank: { slug: 'deccan_bank', action: 'HOLD_AMOUNT',
    identifier: { type: 'in_account', value: '77120034418', ifsc: 'DKNX0000712' } },
  wallet: { slug: 'kaveri_wallet', action: 'HOLD_AMOUNT',
    identifier: { type: 'wallet_id', provider: 'kaveri', value: 'KV-8h2Qm41x' } },
  payment_gateway: { slug: 'nadi_gateway', action: 'HOLD_TXN_SETTLEMENT',
    identifier: { type: 'merchant_id', value: 'NADI00471182' } },
  ecommerce: { slug: 'bazar_market', action: 'CANCEL_ORDER',
    identifier: { type: 'listing_url', value: 'https://bazar-market.example/item/1' } },
  telco: { slug: 'steppe_mobile', action: 'HOLD_AMOUNT',
    identifier: { type: 'msisdn', value: '+77005550177' } },
};

/** What every target asks for. */
export const W = { amount: '400.00', currency: 'INR' };

/** Targets of one kind in one case, each of 400.00 INR where nothing else is
 * said. */
export async function someTargets(world, hub, kind, count, amount = W.amount) {
  const { slug, action, identifier } = KINDS[kind];
  const body = freshExample('e');
  body.requests = [{ action, targets: Array.from({ length: count }, () => fresh({
    institution: slug, identifier, amount: { ...W, amount } })) }];
  return targets((await submit(world, hub, 'e', { body })).body);
}

// ---- the codes, from domain.md, section 4

const MONEY = ['bank', 'wallet'];
const ALL = Object.keys(KINDS);

export const stop = (code, amount = W) => ({ code, amount_held: amount, hold_ref: 'H-1', expires_at: later(48) });
const exit = (code) => ({ code, exits: [{ code, place: 'Nagpur', money: W, at: later(-1) }] });
export const lead = (amount = W, more = {}) => ({ code: 'OUT_XFER', to: { institution: 'malabar_bank',
  ...fresh({ identifier: { type: 'in_account', value: '550187234406', ifsc: 'MLBX0000550' } }) },
txn: fresh({ type: 'rrn', value: '607111240981', channel: 'imps', at: later(-1) }), money: amount, ...more });
const pending = (code) => ({ code, eta: later(1) });
const plain = (code) => ({ code });

// code → [a good answer, what the target becomes, whose it is]
export const CODES = {
  RECEIPT: [plain, 'acknowledged', ALL],
  HLD_FULL: [(code) => ({ ...stop(code), balance: W, held_at: later(0) }), 'held_full', MONEY],
  HLD_PART: [(code) => ({ ...stop(code, part(W, 25)), balance: part(W, 25), held_at: later(0),
    residual: { money: part(W, 75), reason: 'unknown' } }), 'held_partial', MONEY],
  HLD_INFLIGHT: [(code) => stop(code), 'held_full', ALL],
  HLD_ALREADY: [(code) => ({ ...stop(code), prior_authority: 'Enforcement Directorate', queue_rank: 2 }), 'held_full',
    MONEY],
  BLK_INSTR: [plain, 'blocked', MONEY],
  BLK_MSISDN: [plain, 'blocked', ['telco']],
  BLK_IMEI: [plain, 'blocked', ['telco']],
  BLK_ORDER: [plain, 'blocked', ['ecommerce']],
  BLK_LISTING: [plain, 'blocked', ['ecommerce']],
  BLK_MERCH: [plain, 'blocked', ['payment_gateway']],
  NIL_BAL: [plain, 'not_held', [...MONEY, 'payment_gateway']],
  OUT_XFER: [(code) => ({ code, leads: [lead()] }), 'not_held', [...MONEY, 'payment_gateway', 'telco']],
  OUT_GOODS: [exit, 'not_held', [...MONEY, 'ecommerce']],
  OUT_RESIDUAL: [(code) => ({ code, residual: { money: W, reason: 'below_threshold' } }), 'not_held', MONEY],
  REV_DONE: [plain, 'not_held', [...MONEY, 'payment_gateway', 'ecommerce']],
  TXN_FAILED: [plain, 'not_held', [...MONEY, 'payment_gateway']],
};
for (const code of ['OUT_ATM', 'OUT_POS', 'OUT_CHEQUE', 'OUT_BIOMETRIC', 'OUT_BRANCH', 'OUT_VASP', 'OUT_BILLPAY',
  'OUT_FOREIGN'])
  CODES[code] = [exit, 'not_held', MONEY];
for (const code of ['PND_REVIEW', 'PND_CALLBACK', 'PND_CUSTOMER', 'PND_INFO', 'PND_INDEMNITY', 'PND_NEXT_AGENT'])
  CODES[code] = [pending, 'in_review', ALL];
export const CORRECTABLE = ['REJ_INCOMPLETE', 'REJ_ID_INVALID', 'REJ_MISMATCH', 'REJ_AMBIGUOUS', 'REJ_DOC_MISSING',
  'REJ_DOC_INVALID', 'REJ_RANK'];
for (const code of CORRECTABLE)
  CODES[code] = [code === 'REJ_MISMATCH' ? () => ({ code, mismatch: ['name', 'amount'] }) : plain, 'rejected', ALL];
for (const code of ['REJ_ACCT_NOT_FOUND', 'REJ_TXN_NOT_FOUND', 'REJ_NOT_OURS', 'REJ_ACCT_CLOSED', 'REJ_DUPLICATE',
  'REJ_TOO_OLD', 'REJ_NO_AUTHORITY', 'REJ_SIGNATURE', 'REJ_SCOPE', 'REJ_OFFENCE', 'REJ_JURISDICTION',
  'REJ_CONFLICT_OF_LAW', 'REJ_PRIVILEGE', 'REJ_PROTECTED', 'REJ_COMMERCIAL', 'REJ_UNSUPPORTED', 'REJ_IMPOSSIBLE',
  'REJ_TECH'])
  CODES[code] = [plain, 'rejected_final', ALL];
// HLD_ACCT answers a DEBIT_FREEZE alone; RELEASED and REDUCED answer orders.
export const ELSEWHERE = ['HLD_ACCT', 'RELEASED', 'REDUCED'];

/** A good answer of this code. */
export const good = (code) => CODES[code][0](code);
