/*
 * The life of a case.  Containment is computed, never typed in.
 */
#pragma once

#include "hub/domain/machine.h"

enum case_state {
	CASE_RECEIVED,
	CASE_VALIDATED,
	CASE_DISPATCHED,
	CASE_IN_PROGRESS,
	CASE_CLOSED,
	CASE_REJECTED,
	CASE_WITHDRAWN,
	CASE_MERGED,
	CASE_STATE_COUNT
};

enum case_event {
	CASE_EVENT_SUBMITTED,  /* whole and valid, waits for an approval */
	CASE_EVENT_DISPATCHED, /* its first request was issued */
	CASE_EVENT_ANSWERED,   /* the first outcome arrived */
	CASE_EVENT_CLOSED,
	CASE_EVENT_REJECTED,
	CASE_EVENT_WITHDRAWN,
	CASE_EVENT_MERGED,
	CASE_EVENT_COUNT
};

extern const struct machine case_machine;
