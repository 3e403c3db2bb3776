/*
 * Commands on a whole case: what an officer does to it after it was
 * submitted.  Part of command.h, which alone includes it.
 */
#pragma once

#include <stdbool.h>

#include "hub/base/id.h"
#include "hub/domain/vocabulary.h"

/* Take back everything that a case asks for. */
struct withdraw_case {
	struct id case_id;
	int reason;       /* withdrawal_reason_words */
	const char *note; /* "" : none */
};

/* Two complaints are one: `case_id` goes on in `into`. */
struct merge_case {
	struct id case_id, into;
	const char *note; /* "" : none */
};

/* Nothing of it waits any more.  Without an outcome: what was contained. */
struct close_case {
	struct id case_id;
	bool has_outcome;
	enum case_outcome outcome; /* only one that is not computed */
	const char *reason;        /* needed with an outcome; "" : none */
};
