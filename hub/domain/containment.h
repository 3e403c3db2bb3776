/*
 * How much of the disputed money was contained: what the outcome of a case is
 * made of.  Computed, never typed in (docs/domain.md, section 2).  Pure.
 */
#pragma once

#include "hub/domain/trail.h"

/* A list of rows, however they are kept. */
struct containment_rows {
	struct money loss; /* what is disputed where no payment is named */
	const struct txn *const *txns;
	const struct target *const *targets;
	/* Paid or not, of money held at these targets. */
	const struct restitution *const *restitutions;
	size_t txn_count, target_count, restitution_count;
};

/* Of one currency, in minor units. */
struct containment {
	int64_t disputed; /* the first payments */
	int64_t asked;    /* of all that was sent, each layer anew */
	int64_t held;     /* at this moment, attached too */
	int64_t returned; /* given back, or back before anybody asked */
};

struct containment
containment_of(const struct containment_rows *rows, const char *currency);

/* What is held or returned of what is disputed, at most all of it. */
int containment_percent(const struct containment *contained);

/* OUTCOME_CONTAINED_FULL where it is in every currency of the rows,
 * OUTCOME_DISSIPATED where nothing is in any. */
enum case_outcome containment_outcome(const struct containment_rows *rows);
