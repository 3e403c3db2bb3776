/*
 * The life of a case: see case_state.h.
 */
#include "hub/domain/case_state.h"

static const char *const state_names[] = {
	[CASE_RECEIVED] = "received",
	[CASE_VALIDATED] = "validated",
	[CASE_DISPATCHED] = "dispatched",
	[CASE_IN_PROGRESS] = "in_progress",
	[CASE_CLOSED] = "closed",
	[CASE_REJECTED] = "rejected",
	[CASE_WITHDRAWN] = "withdrawn",
	[CASE_MERGED] = "merged",
};

static const char *const event_names[] = {
	[CASE_EVENT_SUBMITTED] = "submitted",
	[CASE_EVENT_DISPATCHED] = "dispatched",
	[CASE_EVENT_ANSWERED] = "answered",
	[CASE_EVENT_CLOSED] = "closed",
	[CASE_EVENT_REJECTED] = "rejected",
	[CASE_EVENT_WITHDRAWN] = "withdrawn",
	[CASE_EVENT_MERGED] = "merged",
};

static const struct words state_words = { "case status", state_names,
	CASE_STATE_COUNT };
static const struct words event_words = { "case event", event_names,
	CASE_EVENT_COUNT };

/* clang-format off */
static const struct move moves[] = {
	/* from              event                   to               */
	{ STATE_NEW,        CASE_EVENT_SUBMITTED,  CASE_VALIDATED   },
	{ CASE_RECEIVED,    CASE_EVENT_SUBMITTED,  CASE_VALIDATED   },

	/* One whose first request is issued at once has one event, not two. */
	{ STATE_NEW,        CASE_EVENT_DISPATCHED, CASE_DISPATCHED  },
	{ CASE_VALIDATED,   CASE_EVENT_DISPATCHED, CASE_DISPATCHED  },

	{ CASE_DISPATCHED,  CASE_EVENT_ANSWERED,   CASE_IN_PROGRESS },
	{ CASE_IN_PROGRESS, CASE_EVENT_CLOSED,     CASE_CLOSED      },

	{ STATE_NEW,        CASE_EVENT_REJECTED,   CASE_REJECTED    },
	{ CASE_RECEIVED,    CASE_EVENT_REJECTED,   CASE_REJECTED    },

	{ CASE_RECEIVED,    CASE_EVENT_WITHDRAWN,  CASE_WITHDRAWN   },
	{ CASE_VALIDATED,   CASE_EVENT_WITHDRAWN,  CASE_WITHDRAWN   },
	{ CASE_DISPATCHED,  CASE_EVENT_WITHDRAWN,  CASE_WITHDRAWN   },
	{ CASE_IN_PROGRESS, CASE_EVENT_WITHDRAWN,  CASE_WITHDRAWN   },

	{ CASE_RECEIVED,    CASE_EVENT_MERGED,     CASE_MERGED      },
	{ CASE_VALIDATED,   CASE_EVENT_MERGED,     CASE_MERGED      },
	{ CASE_DISPATCHED,  CASE_EVENT_MERGED,     CASE_MERGED      },
	{ CASE_IN_PROGRESS, CASE_EVENT_MERGED,     CASE_MERGED      },
};
/* clang-format on */

const struct machine case_machine = { "case", &state_words, &event_words, moves,
	COUNT(moves) };
