/*
 * The response codes, one row each: see response_code.h and docs/domain.md,
 * section 4, whose table this is.
 */
#include "hub/domain/response_code.h"

#define KIND(name) (1u << INSTITUTION_##name)

/* Who says what: banks hold money, gateways settlements, marketplaces goods
 * and telcos lines. */
enum {
	BANKS = KIND(BANK) | KIND(WALLET) | KIND(VASP),
	GATEWAYS = KIND(PAYMENT_GATEWAY),
	SHOPS = KIND(ECOMMERCE),
	TELCOS = KIND(TELCO),
	RESPONDERS = BANKS | GATEWAYS | SHOPS | TELCOS,
	NOT_POLICE = ((1u << INSTITUTION_KIND_COUNT) - 1) & ~KIND(POLICE_UNIT),
};

/* Money that was held: what, since when, until when, under which name. */
enum {
	STOPPED = NEEDS_AMOUNT_HELD | NEEDS_HOLD_REF | NEEDS_EXPIRES_AT |
	    NEEDS_SUM,
	HELD = STOPPED | NEEDS_BALANCE | NEEDS_HELD_AT,
	EXIT = NEEDS_EXIT | NEEDS_SUM | MAY_BE_EXIT,
};

/* clang-format off */
/*  code                  family    flags            kinds                       label, equivalents elsewhere */
#define CODES(ROW) \
ROW(RECEIPT,              RECEIPT,  0,               NOT_POLICE,                 "Received, nothing decided yet", "") \
ROW(HLD_FULL,             HELD,     HELD,            BANKS,                      "The whole amount is held", "CFCFRMS put on hold; MED TOTALLY_ACCEPTED") \
ROW(HLD_PART,             HELD,     HELD,            BANKS,                      "Part of the amount is held", "CFCFRMS put on hold; MED PARTIALLY_ACCEPTED") \
ROW(HLD_INFLIGHT,         HELD,     STOPPED,         RESPONDERS,                 "Stopped before it was credited", "SWIFT gSRP stop") \
ROW(HLD_ACCT,             HELD,     HELD,            BANKS,                      "Debits of the whole account are frozen", "PBOC mode 02") \
ROW(HLD_ALREADY,          HELD,     STOPPED | NEEDS_PRIOR_AUTHORITY | NEEDS_QUEUE_RANK, BANKS, "Held earlier for another authority", "PBOC prior freezing authority") \
ROW(BLK_INSTR,            BLOCKED,  0,               BANKS,                      "Card or other instrument blocked", "") \
ROW(BLK_MSISDN,           BLOCKED,  0,               TELCOS,                     "Telephone number barred", "") \
ROW(BLK_IMEI,             BLOCKED,  0,               TELCOS,                     "Device barred", "") \
ROW(BLK_ORDER,            BLOCKED,  0,               SHOPS,                      "Order cancelled or delivery intercepted", "") \
ROW(BLK_MERCH,            BLOCKED,  0,               GATEWAYS,                   "Settlement to the merchant suspended", "") \
ROW(BLK_LISTING,          BLOCKED,  0,               SHOPS,                      "Listing suspended", "") \
ROW(NIL_BAL,              OUT,      NEEDS_SUM,       BANKS | GATEWAYS,           "No funds in the account", "ISO 20022 AM04; MED NO_BALANCE") \
ROW(OUT_XFER,             OUT,      NEEDS_LEAD | NEEDS_SUM, BANKS | GATEWAYS | TELCOS, "Moved on to another account", "CFCFRMS Money Transfer to") \
ROW(OUT_ATM,              OUT,      EXIT,            BANKS,                      "Withdrawn at a cash machine", "trail sheet ATM") \
ROW(OUT_POS,              OUT,      EXIT,            BANKS,                      "Spent at a point of sale", "trail sheet POS") \
ROW(OUT_CHEQUE,           OUT,      EXIT,            BANKS,                      "Withdrawn by cheque", "trail sheet Cheque") \
ROW(OUT_BIOMETRIC,        OUT,      EXIT,            BANKS,                      "Withdrawn by fingerprint or face", "trail sheet AEPS") \
ROW(OUT_BRANCH,           OUT,      EXIT,            BANKS,                      "Withdrawn at a branch", "") \
ROW(OUT_VASP,             OUT,      EXIT,            BANKS,                      "Changed into crypto-assets", "") \
ROW(OUT_GOODS,            OUT,      EXIT,            BANKS | SHOPS,              "Spent on goods already handed over", "") \
ROW(OUT_BILLPAY,          OUT,      EXIT,            BANKS,                      "Spent on a bill or recharge", "") \
ROW(OUT_FOREIGN,          OUT,      EXIT,            BANKS,                      "Sent abroad", "") \
ROW(OUT_RESIDUAL,         OUT,      NEEDS_RESIDUAL | NEEDS_SUM, BANKS,           "The rest is below the threshold", "CFCFRMS Others less than 500") \
ROW(REV_DONE,             RETURNED, 0,               BANKS | GATEWAYS | SHOPS,   "Already returned to the payer", "ISO 20022 ARDT") \
ROW(TXN_FAILED,           RETURNED, 0,               BANKS | GATEWAYS,           "Never credited", "funds not received") \
ROW(PND_REVIEW,           PENDING,  NEEDS_ETA,       RESPONDERS,                 "Being reviewed", "ISO 20022 PDCR") \
ROW(PND_CALLBACK,         PENDING,  NEEDS_ETA,       RESPONDERS,                 "Calling back to verify the request", "ISO 20022 ARPL") \
ROW(PND_CUSTOMER,         PENDING,  NEEDS_ETA,       RESPONDERS,                 "Waiting for the customer", "ISO 20022 PDCR") \
ROW(PND_INFO,             PENDING,  NEEDS_ETA,       RESPONDERS,                 "Waiting for more information", "ISO 20022 ARPL") \
ROW(PND_INDEMNITY,        PENDING,  NEEDS_ETA,       RESPONDERS,                 "Waiting for an indemnity", "ISO 20022 INDM") \
ROW(PND_NEXT_AGENT,       PENDING,  NEEDS_ETA,       RESPONDERS,                 "Passed on to the next institution", "ISO 20022 PTNA") \
ROW(REJ_ACCT_NOT_FOUND,   REJECTED, 0,               RESPONDERS,                 "No such account", "CFCFRMS 01; ISO 20022 NFOU") \
ROW(REJ_TXN_NOT_FOUND,    REJECTED, 0,               RESPONDERS,                 "No such transaction", "CFCFRMS 02; ISO 20022 NOOR") \
ROW(REJ_AMBIGUOUS,        REJECTED, IS_CORRECTABLE,  RESPONDERS,                 "Several accounts or transactions match", "ETSI InsufficientInformation") \
ROW(REJ_MISMATCH,         REJECTED, IS_CORRECTABLE | NEEDS_MISMATCH, RESPONDERS, "Details disagree with the records", "ETSI ManifestErrors") \
ROW(REJ_NOT_OURS,         REJECTED, 0,               RESPONDERS,                 "Belongs to another institution", "ISO 20022 FRNA") \
ROW(REJ_ACCT_CLOSED,      REJECTED, 0,               RESPONDERS,                 "Account is closed", "ISO 20022 AC04") \
ROW(REJ_ID_INVALID,       REJECTED, IS_CORRECTABLE,  RESPONDERS,                 "Identifier is not valid", "") \
ROW(REJ_INCOMPLETE,       REJECTED, IS_CORRECTABLE,  RESPONDERS,                 "Request is incomplete", "Incomplete") \
ROW(REJ_DUPLICATE,        REJECTED, 0,               RESPONDERS,                 "Already requested", "") \
ROW(REJ_TOO_OLD,          REJECTED, 0,               RESPONDERS,                 "Too old to act on", "PeriodExpired") \
ROW(REJ_NO_AUTHORITY,     REJECTED, 0,               RESPONDERS,                 "No legal authority given", "ETSI InvalidIssuingAuthority") \
ROW(REJ_RANK,             REJECTED, IS_CORRECTABLE,  RESPONDERS,                 "Rank of the officer is too low", "ETSI InvalidIssuingAuthority") \
ROW(REJ_DOC_MISSING,      REJECTED, IS_CORRECTABLE,  RESPONDERS,                 "A required document is missing", "") \
ROW(REJ_DOC_INVALID,      REJECTED, IS_CORRECTABLE,  RESPONDERS,                 "A document is not valid", "") \
ROW(REJ_SIGNATURE,        REJECTED, 0,               RESPONDERS,                 "Signature does not verify", "") \
ROW(REJ_SCOPE,            REJECTED, 0,               RESPONDERS,                 "Asks for more than the authority allows", "") \
ROW(REJ_OFFENCE,          REJECTED, 0,               RESPONDERS,                 "Offence is not covered", "ETSI") \
ROW(REJ_JURISDICTION,     REJECTED, 0,               RESPONDERS,                 "Outside the jurisdiction", "ETSI") \
ROW(REJ_CONFLICT_OF_LAW,  REJECTED, 0,               RESPONDERS,                 "Another law forbids it", "ETSI; ISO 20022 LEGL") \
ROW(REJ_PRIVILEGE,        REJECTED, 0,               RESPONDERS,                 "Protected by privilege or immunity", "ETSI") \
ROW(REJ_PROTECTED,        REJECTED, 0,               RESPONDERS,                 "Salary, pension, benefit or escrow money", "") \
ROW(REJ_COMMERCIAL,       REJECTED, 0,               RESPONDERS,                 "Dispute over goods, or the payer's own mistake", "") \
ROW(REJ_UNSUPPORTED,      REJECTED, 0,               RESPONDERS,                 "This action is not supported", "ISO 20022 NOAP") \
ROW(REJ_IMPOSSIBLE,       REJECTED, 0,               RESPONDERS,                 "Cannot be carried out", "DeFactoImpossibility") \
ROW(REJ_TECH,             REJECTED, 0,               RESPONDERS,                 "Technical failure", "") \
ROW(RELEASED,             RELEASED, 0,               NOT_POLICE,                 "The release was carried out", "") \
ROW(REDUCED,              REDUCED,  NEEDS_AMOUNT_HELD, RESPONDERS,               "The hold was reduced as ordered", "")

#define NAME_ROW(code, family, flags, kinds, label, elsewhere) \
	[RESPONSE_##code] = #code,
#define RULE_ROW(code, family, flags, kinds, label, elsewhere) \
	[RESPONSE_##code] = { #code, label, FAMILY_##family, flags, kinds, elsewhere },
/* clang-format on */

static const char *const names[] = { CODES(NAME_ROW) };

static const struct response_rule rules[] = { CODES(RULE_ROW) };

_Static_assert(COUNT(rules) == RESPONSE_CODE_COUNT, "a rule for each code");

const struct words response_code_words = { "response code", names,
	RESPONSE_CODE_COUNT };

const struct response_rule *
response_code_rule(enum response_code code)
{
	return &rules[code];
}

bool
response_code_allowed(enum response_code code, enum institution_kind kind)
{
	return (rules[code].kinds & (1u << kind)) != 0;
}
