/*
 * The life of a grievance: see grievance_state.h.
 */
#include "hub/domain/grievance_state.h"

static const char *const state_names[] = {
	[GRIEVANCE_FILED] = "filed",
	[GRIEVANCE_BANK_ENDORSED] = "bank_endorsed",
	[GRIEVANCE_WITH_OFFICER] = "with_officer",
	[GRIEVANCE_DECIDED_RELEASE] = "decided_release",
	[GRIEVANCE_DECIDED_CONTINUE] = "decided_continue",
	[GRIEVANCE_ESCALATED_1] = "escalated_1",
	[GRIEVANCE_ESCALATED_2] = "escalated_2",
	[GRIEVANCE_CLOSED] = "closed",
};

static const char *const event_names[] = {
	[GRIEVANCE_EVENT_FILED] = "filed",
	[GRIEVANCE_EVENT_ENDORSED] = "endorsed",
	[GRIEVANCE_EVENT_TAKEN] = "taken",
	[GRIEVANCE_EVENT_RELEASE_DECIDED] = "release_decided",
	[GRIEVANCE_EVENT_CONTINUE_DECIDED] = "continue_decided",
	[GRIEVANCE_EVENT_ESCALATED] = "escalated",
	[GRIEVANCE_EVENT_CLOSED] = "closed",
	[GRIEVANCE_EVENT_TIME_OVER] = "time_over",
};

static const struct words state_words = { "grievance status", state_names,
	GRIEVANCE_STATE_COUNT };
static const struct words event_words = { "grievance event", event_names,
	GRIEVANCE_EVENT_COUNT };

/* clang-format off */
static const struct move moves[] = {
	/* from                        event                             to                         */
	{ STATE_NEW,                  GRIEVANCE_EVENT_FILED,            GRIEVANCE_FILED            },
	{ GRIEVANCE_FILED,            GRIEVANCE_EVENT_ENDORSED,         GRIEVANCE_BANK_ENDORSED    },
	/* The police filed it, or the institution's time is over. */
	{ GRIEVANCE_FILED,            GRIEVANCE_EVENT_TAKEN,            GRIEVANCE_WITH_OFFICER     },
	{ GRIEVANCE_BANK_ENDORSED,    GRIEVANCE_EVENT_TAKEN,            GRIEVANCE_WITH_OFFICER     },

	/* A release waits for no step: the officer may see at once that it is right. */
	{ GRIEVANCE_FILED,            GRIEVANCE_EVENT_RELEASE_DECIDED,  GRIEVANCE_DECIDED_RELEASE  },
	{ GRIEVANCE_BANK_ENDORSED,    GRIEVANCE_EVENT_RELEASE_DECIDED,  GRIEVANCE_DECIDED_RELEASE  },
	{ GRIEVANCE_WITH_OFFICER,     GRIEVANCE_EVENT_RELEASE_DECIDED,  GRIEVANCE_DECIDED_RELEASE  },
	{ GRIEVANCE_ESCALATED_1,      GRIEVANCE_EVENT_RELEASE_DECIDED,  GRIEVANCE_DECIDED_RELEASE  },
	{ GRIEVANCE_ESCALATED_2,      GRIEVANCE_EVENT_RELEASE_DECIDED,  GRIEVANCE_DECIDED_RELEASE  },

	{ GRIEVANCE_WITH_OFFICER,     GRIEVANCE_EVENT_CONTINUE_DECIDED, GRIEVANCE_DECIDED_CONTINUE },

	/* An officer who does not decide is passed by. */
	{ GRIEVANCE_WITH_OFFICER,     GRIEVANCE_EVENT_ESCALATED,        GRIEVANCE_ESCALATED_1      },
	{ GRIEVANCE_DECIDED_CONTINUE, GRIEVANCE_EVENT_ESCALATED,        GRIEVANCE_ESCALATED_1      },
	{ GRIEVANCE_ESCALATED_1,      GRIEVANCE_EVENT_ESCALATED,        GRIEVANCE_ESCALATED_2      },

	/* The clock passes by whoever has it and does nothing. */
	{ GRIEVANCE_FILED,            GRIEVANCE_EVENT_TIME_OVER,        GRIEVANCE_WITH_OFFICER     },
	{ GRIEVANCE_BANK_ENDORSED,    GRIEVANCE_EVENT_TIME_OVER,        GRIEVANCE_ESCALATED_1      },
	{ GRIEVANCE_WITH_OFFICER,     GRIEVANCE_EVENT_TIME_OVER,        GRIEVANCE_ESCALATED_1      },
	{ GRIEVANCE_ESCALATED_1,      GRIEVANCE_EVENT_TIME_OVER,        GRIEVANCE_ESCALATED_2      },

	/* Of one that was escalated: the hold goes on, by two people. */
	{ GRIEVANCE_ESCALATED_1,      GRIEVANCE_EVENT_CLOSED,           GRIEVANCE_CLOSED           },
	{ GRIEVANCE_ESCALATED_2,      GRIEVANCE_EVENT_CLOSED,           GRIEVANCE_CLOSED           },
	{ GRIEVANCE_DECIDED_RELEASE,  GRIEVANCE_EVENT_CLOSED,           GRIEVANCE_CLOSED           },
	{ GRIEVANCE_DECIDED_CONTINUE, GRIEVANCE_EVENT_CLOSED,           GRIEVANCE_CLOSED           },
};
/* clang-format on */

const struct machine grievance_machine = { "grievance", &state_words,
	&event_words, moves, COUNT(moves) };

bool
grievance_state_is_open(enum grievance_state state)
{
	return state == GRIEVANCE_FILED || state == GRIEVANCE_BANK_ENDORSED ||
	    state == GRIEVANCE_WITH_OFFICER ||
	    grievance_state_is_escalated(state);
}

bool
grievance_state_is_escalated(enum grievance_state state)
{
	return state == GRIEVANCE_ESCALATED_1 || state == GRIEVANCE_ESCALATED_2;
}

bool
grievance_state_is_over(enum grievance_state state)
{
	return state == GRIEVANCE_DECIDED_RELEASE || state == GRIEVANCE_CLOSED;
}
