/*
 * Commands on a whole case: what an officer does to it after it was
 * submitted.  Part of command.h, which alone includes it.
 */
#pragma once

#include "hub/base/id.h"

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
