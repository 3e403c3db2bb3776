/*
 * The life of a restitution: see restitution_state.h.
 */
#include "hub/domain/restitution_state.h"

static const char *const state_names[] = {
	[RESTITUTION_PROPOSED] = "proposed",
	[RESTITUTION_ORDERED] = "ordered",
	[RESTITUTION_PAYING] = "paying",
	[RESTITUTION_PAID] = "paid",
	[RESTITUTION_FAILED] = "failed",
};

static const char *const event_names[] = {
	[RESTITUTION_EVENT_PROPOSED] = "proposed",
	[RESTITUTION_EVENT_ORDERED] = "ordered",
	[RESTITUTION_EVENT_REFUSED] = "refused",
	[RESTITUTION_EVENT_BEGUN] = "begun",
	[RESTITUTION_EVENT_PAID] = "paid",
	[RESTITUTION_EVENT_FAILED] = "failed",
};

static const struct words state_words = { "restitution status", state_names,
	RESTITUTION_STATE_COUNT };
static const struct words event_words = { "restitution event", event_names,
	RESTITUTION_EVENT_COUNT };

/* clang-format off */
static const struct move moves[] = {
	/* from                  event                       to                    */
	{ STATE_NEW,            RESTITUTION_EVENT_PROPOSED, RESTITUTION_PROPOSED },
	{ RESTITUTION_PROPOSED, RESTITUTION_EVENT_ORDERED,  RESTITUTION_ORDERED  },
	/* Or its sum would be bespoken for ever. */
	{ RESTITUTION_PROPOSED, RESTITUTION_EVENT_REFUSED,  RESTITUTION_FAILED   },
	{ RESTITUTION_ORDERED,  RESTITUTION_EVENT_BEGUN,    RESTITUTION_PAYING   },
	/* Who pays at once need not say that it begins. */
	{ RESTITUTION_ORDERED,  RESTITUTION_EVENT_PAID,     RESTITUTION_PAID     },
	{ RESTITUTION_PAYING,   RESTITUTION_EVENT_PAID,     RESTITUTION_PAID     },
	{ RESTITUTION_ORDERED,  RESTITUTION_EVENT_FAILED,   RESTITUTION_FAILED   },
	{ RESTITUTION_PAYING,   RESTITUTION_EVENT_FAILED,   RESTITUTION_FAILED   },
};
/* clang-format on */

const struct machine restitution_machine = { "restitution", &state_words,
	&event_words, moves, COUNT(moves) };

bool
restitution_state_is_owed(enum restitution_state state)
{
	return state == RESTITUTION_ORDERED || state == RESTITUTION_PAYING;
}

bool
restitution_state_is_open(enum restitution_state state)
{
	return state == RESTITUTION_PROPOSED ||
	    restitution_state_is_owed(state);
}
