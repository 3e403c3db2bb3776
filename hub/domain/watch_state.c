/*
 * The life of a watch entry: see watch_state.h.
 */
#include "hub/domain/watch_state.h"

static const char *const state_names[] = {
	[WATCH_ACTIVE] = "active",
	[WATCH_DISPUTED] = "disputed",
	[WATCH_DELISTED] = "delisted",
	[WATCH_WITHDRAWN] = "withdrawn",
	[WATCH_EXPIRED] = "expired",
};

static const char *const event_names[] = {
	[WATCH_EVENT_LISTED] = "listed",
	[WATCH_EVENT_DISPUTED] = "disputed",
	[WATCH_EVENT_KEPT] = "kept",
	[WATCH_EVENT_DELISTED] = "delisted",
	[WATCH_EVENT_WITHDRAWN] = "withdrawn",
	[WATCH_EVENT_TIME_OVER] = "time_over",
};

static const struct words state_words = { "watch entry status", state_names,
	WATCH_STATE_COUNT };
static const struct words event_words = { "watch entry event", event_names,
	WATCH_EVENT_COUNT };

/* clang-format off */
static const struct move moves[] = {
	/* from            event                   to              */
	{ STATE_NEW,      WATCH_EVENT_LISTED,     WATCH_ACTIVE    },
	{ WATCH_ACTIVE,   WATCH_EVENT_DISPUTED,   WATCH_DISPUTED  },
	{ WATCH_DISPUTED, WATCH_EVENT_KEPT,       WATCH_ACTIVE    },
	{ WATCH_DISPUTED, WATCH_EVENT_DELISTED,   WATCH_DELISTED  },
	{ WATCH_ACTIVE,   WATCH_EVENT_WITHDRAWN,  WATCH_WITHDRAWN },
	{ WATCH_DISPUTED, WATCH_EVENT_WITHDRAWN,  WATCH_WITHDRAWN },
	/* No entry is without an end, and an objection does not put it off. */
	{ WATCH_ACTIVE,   WATCH_EVENT_TIME_OVER,  WATCH_EXPIRED   },
	{ WATCH_DISPUTED, WATCH_EVENT_TIME_OVER,  WATCH_EXPIRED   },
};
/* clang-format on */

const struct machine watch_machine = { "watch_entry", &state_words,
	&event_words, moves, COUNT(moves) };

bool
watch_state_is_listed(enum watch_state state)
{
	return state == WATCH_ACTIVE || state == WATCH_DISPUTED;
}
