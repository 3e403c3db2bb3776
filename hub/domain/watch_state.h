/*
 * The life of a watch entry: a flagged identifier on somebody's list.
 */
#pragma once

#include <stdbool.h>

#include "hub/domain/machine.h"

enum watch_state {
	WATCH_ACTIVE,
	WATCH_DISPUTED, /* still listed, and marked so */
	WATCH_DELISTED, /* the objection was right */
	WATCH_WITHDRAWN,
	WATCH_EXPIRED,
	WATCH_STATE_COUNT
};

enum watch_event {
	WATCH_EVENT_LISTED,
	WATCH_EVENT_DISPUTED,
	WATCH_EVENT_KEPT, /* by two people */
	WATCH_EVENT_DELISTED,
	WATCH_EVENT_WITHDRAWN,
	WATCH_EVENT_TIME_OVER,
	WATCH_EVENT_COUNT
};

extern const struct machine watch_machine;

/* Is it on the list?  SQL's look-ups have the same states. */
bool watch_state_is_listed(enum watch_state state);
