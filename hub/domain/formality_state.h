/*
 * The life of a formality: a legal document that a request owes.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "hub/domain/machine.h"

enum formality_state {
	FORMALITY_NOT_REQUIRED,
	FORMALITY_DUE,
	FORMALITY_SUBMITTED,
	FORMALITY_VERIFIED,
	FORMALITY_DEFECTIVE, /* a better document is awaited */
	FORMALITY_REJECTED,  /* this document will not do; another may */
	FORMALITY_OVERDUE,
	FORMALITY_WAIVED,
	FORMALITY_SUPERSEDED, /* the request that owed it is over */
	FORMALITY_STATE_COUNT
};

enum formality_event {
	FORMALITY_EVENT_NOT_REQUIRED,
	FORMALITY_EVENT_OWED,
	FORMALITY_EVENT_SUBMITTED,
	FORMALITY_EVENT_VERIFIED,
	FORMALITY_EVENT_FOUND_DEFECTIVE,
	FORMALITY_EVENT_REJECTED,
	FORMALITY_EVENT_TIME_OVER,
	FORMALITY_EVENT_WAIVED,
	FORMALITY_EVENT_SUPERSEDED,
	FORMALITY_EVENT_COUNT
};

extern const struct machine formality_machine;

/* Is a document still awaited? */
bool formality_state_is_owed(enum formality_state state);

/* What it is at a time: `overdue` from due_at on, whether or not a clock has
 * told so yet. */
enum formality_state
formality_state_at(enum formality_state state, int64_t due_at, int64_t at);
