/*
 * The life of a restitution: money that is held at one institution goes back
 * to the victim of one case.
 */
#pragma once

#include <stdbool.h>

#include "hub/domain/machine.h"

enum restitution_state {
	RESTITUTION_PROPOSED,
	RESTITUTION_ORDERED, /* by a court or another authority */
	RESTITUTION_PAYING,  /* the institution has begun */
	RESTITUTION_PAID,    /* with proof */
	RESTITUTION_FAILED,  /* or refused; it may be proposed anew */
	RESTITUTION_STATE_COUNT
};

enum restitution_event {
	RESTITUTION_EVENT_PROPOSED,
	RESTITUTION_EVENT_ORDERED,
	RESTITUTION_EVENT_REFUSED, /* a proposal that nobody orders */
	RESTITUTION_EVENT_BEGUN,
	RESTITUTION_EVENT_PAID,
	RESTITUTION_EVENT_FAILED,
	RESTITUTION_EVENT_COUNT
};

extern const struct machine restitution_machine;

/* Ordered and not paid: the institution owes it, and nothing else may be done
 * with the money. */
bool restitution_state_is_owed(enum restitution_state state);

/* Proposed or owed: its sum is no longer free for another one. */
bool restitution_state_is_open(enum restitution_state state);
