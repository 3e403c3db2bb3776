/*
 * Money divided: what is held for several claims goes back pro rata, to the
 * minor unit (docs/domain.md, R15).  Pure; nothing is lost and nothing made.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "hub/base/common.h"
#include "hub/base/err.h"

enum { APPORTION_LIMIT = 500 };

/* Divide `total` in proportion to `weights` by largest remainder, a tie to
 * the first: the parts sum to it exactly, and none is above its weight where
 * the total is not above their sum.  RC_INVALID `nothing_to_divide`,
 * `negative_amount`, `amount_too_large`, `too_many_items`; `parts` is then
 * untouched. */
NODISCARD enum rc apportion_divide(int64_t total, const int64_t *weights,
    size_t count, int64_t *parts, struct err *err);

/* Who pays whom.  `payments` is held_count rows of claim_count. */
struct apportion_plan {
	const int64_t *held, *claims;
	size_t held_count, claim_count;
	/* Filled. */
	int64_t *paid;     /* by each that holds; the rest is to be released */
	int64_t *awarded;  /* to each claim */
	int64_t *payments; /* from each to each */
};

/* All that is held, or all that is claimed, whichever is less, pro rata on
 * both sides.  Refuses as apportion_divide does. */
NODISCARD enum rc
apportion_make_plan(struct apportion_plan *plan, struct err *err);
