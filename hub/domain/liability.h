/*
 * What a bank's customer bears of an unauthorised payment, by how soon after
 * the bank's notice it was reported (the `liability` of a profile).  A help
 * for the officer who explains it, with its evidence; the bank decides.
 */
#pragma once

#include <stdbool.h>

#include "hub/domain/profile.h"
#include "hub/domain/snapshot.h"

enum liability_answer {
	LIABILITY_BAND_NONE,
	LIABILITY_BAND_CAPPED,
	LIABILITY_BAND_POLICY,
	LIABILITY_BAND_UNLIMITED,
	LIABILITY_BAND_UNKNOWN,        /* evidence is missing */
	LIABILITY_BAND_NOT_APPLICABLE, /* the customer authorised it */
	LIABILITY_ANSWER_COUNT
};
extern const struct words liability_band_words;

struct liability_verdict {
	const struct liability *law;
	enum liability_answer band;
	bool has_limit;
	struct money limit;
	int working_days;  /* from the notice to the report */
	int64_t credit_by; /* 0: nothing is owed */
	/* What would tell more. */
	bool needs_notice, needs_account_type, needs_authorised;
};

/* False where the case's law has no such rule. */
bool liability_judge(const struct case_file *file, const struct txn *txns,
    size_t txn_count, struct liability_verdict *verdict);
