/*
 * The life of a formality: see formality_state.h.
 */
#include "hub/domain/formality_state.h"

static const char *const state_names[] = {
	[FORMALITY_NOT_REQUIRED] = "not_required",
	[FORMALITY_DUE] = "due",
	[FORMALITY_SUBMITTED] = "submitted",
	[FORMALITY_VERIFIED] = "verified",
	[FORMALITY_DEFECTIVE] = "defective",
	[FORMALITY_REJECTED] = "rejected",
	[FORMALITY_OVERDUE] = "overdue",
	[FORMALITY_WAIVED] = "waived",
	[FORMALITY_SUPERSEDED] = "superseded",
};

static const char *const event_names[] = {
	[FORMALITY_EVENT_NOT_REQUIRED] = "not_required",
	[FORMALITY_EVENT_OWED] = "owed",
	[FORMALITY_EVENT_SUBMITTED] = "submitted",
	[FORMALITY_EVENT_VERIFIED] = "verified",
	[FORMALITY_EVENT_FOUND_DEFECTIVE] = "found_defective",
	[FORMALITY_EVENT_REJECTED] = "rejected",
	[FORMALITY_EVENT_TIME_OVER] = "time_over",
	[FORMALITY_EVENT_WAIVED] = "waived",
	[FORMALITY_EVENT_SUPERSEDED] = "superseded",
};

static const struct words state_words = { "formality status", state_names,
	FORMALITY_STATE_COUNT };
static const struct words event_words = { "formality event", event_names,
	FORMALITY_EVENT_COUNT };

/* clang-format off */
static const struct move moves[] = {
	/* from                 event                            to                     */
	{ STATE_NEW,            FORMALITY_EVENT_NOT_REQUIRED,    FORMALITY_NOT_REQUIRED },
	{ STATE_NEW,            FORMALITY_EVENT_OWED,            FORMALITY_DUE          },

	{ FORMALITY_DUE,        FORMALITY_EVENT_SUBMITTED,       FORMALITY_SUBMITTED    },
	{ FORMALITY_OVERDUE,    FORMALITY_EVENT_SUBMITTED,       FORMALITY_SUBMITTED    },
	{ FORMALITY_DEFECTIVE,  FORMALITY_EVENT_SUBMITTED,       FORMALITY_SUBMITTED    },
	{ FORMALITY_REJECTED,   FORMALITY_EVENT_SUBMITTED,       FORMALITY_SUBMITTED    },
	/* A better one before anybody has decided. */
	{ FORMALITY_SUBMITTED,  FORMALITY_EVENT_SUBMITTED,       FORMALITY_SUBMITTED    },

	{ FORMALITY_SUBMITTED,  FORMALITY_EVENT_VERIFIED,        FORMALITY_VERIFIED     },
	{ FORMALITY_SUBMITTED,  FORMALITY_EVENT_FOUND_DEFECTIVE, FORMALITY_DEFECTIVE    },
	{ FORMALITY_SUBMITTED,  FORMALITY_EVENT_REJECTED,        FORMALITY_REJECTED     },

	/* Never while a document waits for its decision: that is not theirs. */
	{ FORMALITY_DUE,        FORMALITY_EVENT_TIME_OVER,       FORMALITY_OVERDUE      },
	{ FORMALITY_DEFECTIVE,  FORMALITY_EVENT_TIME_OVER,       FORMALITY_OVERDUE      },
	{ FORMALITY_REJECTED,   FORMALITY_EVENT_TIME_OVER,       FORMALITY_OVERDUE      },

	{ FORMALITY_DUE,        FORMALITY_EVENT_WAIVED,          FORMALITY_WAIVED       },
	{ FORMALITY_SUBMITTED,  FORMALITY_EVENT_WAIVED,          FORMALITY_WAIVED       },
	{ FORMALITY_DEFECTIVE,  FORMALITY_EVENT_WAIVED,          FORMALITY_WAIVED       },
	{ FORMALITY_REJECTED,   FORMALITY_EVENT_WAIVED,          FORMALITY_WAIVED       },
	{ FORMALITY_OVERDUE,    FORMALITY_EVENT_WAIVED,          FORMALITY_WAIVED       },

	{ FORMALITY_DUE,        FORMALITY_EVENT_SUPERSEDED,      FORMALITY_SUPERSEDED   },
	{ FORMALITY_SUBMITTED,  FORMALITY_EVENT_SUPERSEDED,      FORMALITY_SUPERSEDED   },
	{ FORMALITY_DEFECTIVE,  FORMALITY_EVENT_SUPERSEDED,      FORMALITY_SUPERSEDED   },
	{ FORMALITY_REJECTED,   FORMALITY_EVENT_SUPERSEDED,      FORMALITY_SUPERSEDED   },
	{ FORMALITY_OVERDUE,    FORMALITY_EVENT_SUPERSEDED,      FORMALITY_SUPERSEDED   },
};
/* clang-format on */

const struct machine formality_machine = { "formality", &state_words,
	&event_words, moves, COUNT(moves) };

bool
formality_state_is_owed(enum formality_state state)
{
	return state == FORMALITY_DUE || state == FORMALITY_DEFECTIVE ||
	    state == FORMALITY_REJECTED || state == FORMALITY_OVERDUE;
}

enum formality_state
formality_state_at(enum formality_state state, int64_t due_at, int64_t at)
{
	return formality_state_is_owed(state) && at >= due_at
	    ? FORMALITY_OVERDUE
	    : state;
}
