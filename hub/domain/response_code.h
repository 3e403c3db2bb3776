/*
 * What a nodal officer may answer: one row a code, with what must come with
 * it and who may say it (docs/domain.md, section 4).
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "hub/domain/vocabulary.h"

enum response_code {
	RESPONSE_RECEIPT, /* acknowledged, nothing decided */
	RESPONSE_HLD_FULL,
	RESPONSE_HLD_PART,
	RESPONSE_HLD_INFLIGHT,
	RESPONSE_HLD_ACCT,
	RESPONSE_HLD_ALREADY,
	RESPONSE_BLK_INSTR,
	RESPONSE_BLK_MSISDN,
	RESPONSE_BLK_IMEI,
	RESPONSE_BLK_ORDER,
	RESPONSE_BLK_MERCH,
	RESPONSE_BLK_LISTING,
	RESPONSE_NIL_BAL,
	RESPONSE_OUT_XFER,
	RESPONSE_OUT_ATM,
	RESPONSE_OUT_POS,
	RESPONSE_OUT_CHEQUE,
	RESPONSE_OUT_BIOMETRIC,
	RESPONSE_OUT_BRANCH,
	RESPONSE_OUT_VASP,
	RESPONSE_OUT_GOODS,
	RESPONSE_OUT_BILLPAY,
	RESPONSE_OUT_FOREIGN,
	RESPONSE_OUT_RESIDUAL,
	RESPONSE_REV_DONE,
	RESPONSE_TXN_FAILED,
	RESPONSE_PND_REVIEW,
	RESPONSE_PND_CALLBACK,
	RESPONSE_PND_CUSTOMER,
	RESPONSE_PND_INFO,
	RESPONSE_PND_INDEMNITY,
	RESPONSE_PND_NEXT_AGENT,
	RESPONSE_REJ_ACCT_NOT_FOUND,
	RESPONSE_REJ_TXN_NOT_FOUND,
	RESPONSE_REJ_AMBIGUOUS,
	RESPONSE_REJ_MISMATCH,
	RESPONSE_REJ_NOT_OURS,
	RESPONSE_REJ_ACCT_CLOSED,
	RESPONSE_REJ_ID_INVALID,
	RESPONSE_REJ_INCOMPLETE,
	RESPONSE_REJ_DUPLICATE,
	RESPONSE_REJ_TOO_OLD,
	RESPONSE_REJ_NO_AUTHORITY,
	RESPONSE_REJ_RANK,
	RESPONSE_REJ_DOC_MISSING,
	RESPONSE_REJ_DOC_INVALID,
	RESPONSE_REJ_SIGNATURE,
	RESPONSE_REJ_SCOPE,
	RESPONSE_REJ_OFFENCE,
	RESPONSE_REJ_JURISDICTION,
	RESPONSE_REJ_CONFLICT_OF_LAW,
	RESPONSE_REJ_PRIVILEGE,
	RESPONSE_REJ_PROTECTED,
	RESPONSE_REJ_COMMERCIAL,
	RESPONSE_REJ_UNSUPPORTED,
	RESPONSE_REJ_IMPOSSIBLE,
	RESPONSE_REJ_TECH,
	RESPONSE_RELEASED, /* a release was carried out */
	RESPONSE_REDUCED,  /* a reduction was */
	RESPONSE_CODE_COUNT
};

enum response_family {
	FAMILY_RECEIPT,
	FAMILY_HELD,
	FAMILY_BLOCKED,
	FAMILY_OUT,
	FAMILY_RETURNED, /* REV_DONE, TXN_FAILED */
	FAMILY_PENDING,
	FAMILY_REJECTED,
	FAMILY_RELEASED,
	FAMILY_REDUCED,
	FAMILY_COUNT
};

/* What must come with a code. */
enum {
	NEEDS_AMOUNT_HELD = 1 << 0,
	NEEDS_BALANCE = 1 << 1,
	NEEDS_HELD_AT = 1 << 2,
	NEEDS_HOLD_REF = 1 << 3,
	NEEDS_EXPIRES_AT = 1 << 4,
	NEEDS_PRIOR_AUTHORITY = 1 << 5,
	NEEDS_QUEUE_RANK = 1 << 6,
	NEEDS_LEAD = 1 << 7,
	NEEDS_EXIT = 1 << 8, /* one of this code, with its place */
	NEEDS_ETA = 1 << 9,
	NEEDS_MISMATCH = 1 << 10,
	NEEDS_RESIDUAL = 1 << 11,
	NEEDS_SUM = 1 << 12,      /* held + leads + exits + residual */
	MAY_BE_EXIT = 1 << 13,    /* may stand in `exits` */
	IS_CORRECTABLE = 1 << 14, /* REJ_*: a correction reopens it */
};

struct response_rule {
	const char *name, *label;
	enum response_family family;
	uint32_t flags;
	uint32_t kinds; /* bit per enum institution_kind that may say it */
	const char *elsewhere; /* equivalents in other schemes, or "" */
};

extern const struct words response_code_words;

const struct response_rule *response_code_rule(enum response_code code);

/* May an institution of this kind answer with this code? */
bool response_code_allowed(enum response_code code, enum institution_kind kind);
