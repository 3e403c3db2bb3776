/*
 * Does a saved timeline agree with itself?  Leaf bytes, commitments, what is
 * shown beside them, and order; nothing is asked of a hub
 * (docs/trust.md, "Evidence").  That no event is missing is the tree's to
 * prove, and not said here.
 */
#pragma once

#include <stddef.h>

#include "hub/base/common.h"
#include "hub/base/err.h"
#include "hub/wire/json_view.h"

/* Told of each problem: the event ("event 17 (leaf 4)") and a sentence. */
typedef void
timeline_check_report(void *context, const char *where, const char *problem);

struct timeline_check_result {
	size_t events, values, problems;
	size_t bare; /* events without all of their values */
};

/* Check {"items":[…]}.  RC_INVALID `not_a_timeline` where there are no
 * events to be found; else RC_OK, whatever was reported. */
NODISCARD enum rc
timeline_check(const struct json_view *timeline, timeline_check_report *report,
    void *context, struct timeline_check_result *result, struct err *err);
