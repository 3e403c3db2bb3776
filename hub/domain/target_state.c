/*
 * The life of a target: see target_state.h.  Rows are grouped by event, in
 * the order of docs/domain.md, section 2.
 */
#include "hub/domain/target_state.h"

static const char *const state_names[] = {
	[TARGET_PROPOSED] = "proposed",
	[TARGET_QUEUED] = "queued",
	[TARGET_SENT] = "sent",
	[TARGET_DELIVERED] = "delivered",
	[TARGET_UNDELIVERABLE] = "undeliverable",
	[TARGET_ACKNOWLEDGED] = "acknowledged",
	[TARGET_IN_REVIEW] = "in_review",
	[TARGET_HELD_FULL] = "held_full",
	[TARGET_HELD_PARTIAL] = "held_partial",
	[TARGET_BLOCKED] = "blocked",
	[TARGET_NOT_HELD] = "not_held",
	[TARGET_REJECTED] = "rejected",
	[TARGET_REJECTED_FINAL] = "rejected_final",
	[TARGET_RELEASE_PENDING] = "release_pending",
	[TARGET_RELEASED] = "released",
	[TARGET_ATTACHED] = "attached",
	[TARGET_RESTORED] = "restored",
	[TARGET_CANCELLED] = "cancelled",
	[TARGET_SUPERSEDED] = "superseded",
};

static const char *const event_names[] = {
	[TARGET_EVENT_PROPOSED] = "proposed",
	[TARGET_EVENT_DUPLICATE] = "duplicate",
	[TARGET_EVENT_ISSUED] = "issued",
	[TARGET_EVENT_DISMISSED] = "dismissed",
	[TARGET_EVENT_ATTEMPTED] = "attempted",
	[TARGET_EVENT_DELIVERED] = "delivered",
	[TARGET_EVENT_ESCALATED] = "escalated",
	[TARGET_EVENT_RECEIPT] = "receipt",
	[TARGET_EVENT_PENDING] = "pending",
	[TARGET_EVENT_HELD_FULL] = "held_full",
	[TARGET_EVENT_HELD_PART] = "held_part",
	[TARGET_EVENT_BLOCKED] = "blocked",
	[TARGET_EVENT_NOT_HELD] = "not_held",
	[TARGET_EVENT_REJECTED] = "rejected",
	[TARGET_EVENT_REJECTED_FINAL] = "rejected_final",
	[TARGET_EVENT_CORRECTED] = "corrected",
	[TARGET_EVENT_WINDOW_OVER] = "window_over",
	[TARGET_EVENT_EXTENDED] = "extended",
	[TARGET_EVENT_REDUCED] = "reduced",
	[TARGET_EVENT_RELEASE_ORDERED] = "release_ordered",
	[TARGET_EVENT_EXPIRED] = "expired",
	[TARGET_EVENT_RELEASED] = "released",
	[TARGET_EVENT_ATTACHED] = "attached",
	[TARGET_EVENT_RESTORED] = "restored",
	[TARGET_EVENT_PART_RESTORED] = "part_restored",
	[TARGET_EVENT_WITHDRAWN] = "withdrawn",
	[TARGET_EVENT_MERGED] = "merged",
};

static const struct words state_words = { "target status", state_names,
	TARGET_STATE_COUNT };
static const struct words event_words = { "target event", event_names,
	TARGET_EVENT_COUNT };

/* clang-format off */

/* An answer may overtake the hub's own record of the delivery, so it is taken
 * from every state between queued and in_review. */
#define ANSWERED(event, to)                  \
	{ TARGET_QUEUED,        event, to }, \
	{ TARGET_SENT,          event, to }, \
	{ TARGET_DELIVERED,     event, to }, \
	{ TARGET_UNDELIVERABLE, event, to }, \
	{ TARGET_ACKNOWLEDGED,  event, to }, \
	{ TARGET_IN_REVIEW,     event, to }

#define FROM_HOLDS(event, to)               \
	{ TARGET_HELD_FULL,    event, to }, \
	{ TARGET_HELD_PARTIAL, event, to }, \
	{ TARGET_BLOCKED,      event, to }

static const struct move moves[] = {
	/* from                   event                         to                      */
	{ STATE_NEW,             TARGET_EVENT_PROPOSED,        TARGET_PROPOSED         },
	{ STATE_NEW,             TARGET_EVENT_DUPLICATE,       TARGET_SUPERSEDED       },
	/* Of a request issued at once: one event, not two. */
	{ STATE_NEW,             TARGET_EVENT_ISSUED,          TARGET_QUEUED           },
	{ TARGET_PROPOSED,       TARGET_EVENT_ISSUED,          TARGET_QUEUED           },
	{ TARGET_PROPOSED,       TARGET_EVENT_DISMISSED,       TARGET_CANCELLED        },

	{ TARGET_QUEUED,         TARGET_EVENT_ATTEMPTED,       TARGET_SENT             },
	{ TARGET_QUEUED,         TARGET_EVENT_DELIVERED,       TARGET_DELIVERED        },
	{ TARGET_SENT,           TARGET_EVENT_DELIVERED,       TARGET_DELIVERED        },
	{ TARGET_UNDELIVERABLE,  TARGET_EVENT_DELIVERED,       TARGET_DELIVERED        },
	{ TARGET_QUEUED,         TARGET_EVENT_ESCALATED,       TARGET_UNDELIVERABLE    },
	{ TARGET_SENT,           TARGET_EVENT_ESCALATED,       TARGET_UNDELIVERABLE    },

	{ TARGET_QUEUED,         TARGET_EVENT_RECEIPT,         TARGET_ACKNOWLEDGED     },
	{ TARGET_SENT,           TARGET_EVENT_RECEIPT,         TARGET_ACKNOWLEDGED     },
	{ TARGET_DELIVERED,      TARGET_EVENT_RECEIPT,         TARGET_ACKNOWLEDGED     },
	{ TARGET_UNDELIVERABLE,  TARGET_EVENT_RECEIPT,         TARGET_ACKNOWLEDGED     },
	ANSWERED(TARGET_EVENT_PENDING,        TARGET_IN_REVIEW),
	ANSWERED(TARGET_EVENT_HELD_FULL,      TARGET_HELD_FULL),
	ANSWERED(TARGET_EVENT_HELD_PART,      TARGET_HELD_PARTIAL),
	ANSWERED(TARGET_EVENT_BLOCKED,        TARGET_BLOCKED),
	ANSWERED(TARGET_EVENT_NOT_HELD,       TARGET_NOT_HELD),
	ANSWERED(TARGET_EVENT_REJECTED,       TARGET_REJECTED),
	ANSWERED(TARGET_EVENT_REJECTED_FINAL, TARGET_REJECTED_FINAL),
	/* More of the money was found (docs/decisions/0002-moves.md). */
	{ TARGET_HELD_PARTIAL,   TARGET_EVENT_HELD_PART,       TARGET_HELD_PARTIAL     },
	{ TARGET_HELD_PARTIAL,   TARGET_EVENT_HELD_FULL,       TARGET_HELD_FULL        },

	{ TARGET_REJECTED,       TARGET_EVENT_CORRECTED,       TARGET_QUEUED           },
	{ TARGET_REJECTED,       TARGET_EVENT_WINDOW_OVER,     TARGET_REJECTED_FINAL   },

	{ TARGET_HELD_FULL,      TARGET_EVENT_EXTENDED,        TARGET_HELD_FULL        },
	{ TARGET_HELD_PARTIAL,   TARGET_EVENT_EXTENDED,        TARGET_HELD_PARTIAL     },
	{ TARGET_BLOCKED,        TARGET_EVENT_EXTENDED,        TARGET_BLOCKED          },
	{ TARGET_HELD_FULL,      TARGET_EVENT_REDUCED,         TARGET_HELD_FULL        },
	{ TARGET_HELD_PARTIAL,   TARGET_EVENT_REDUCED,         TARGET_HELD_PARTIAL     },

	FROM_HOLDS(TARGET_EVENT_RELEASE_ORDERED, TARGET_RELEASE_PENDING),
	FROM_HOLDS(TARGET_EVENT_EXPIRED,         TARGET_RELEASE_PENDING),
	FROM_HOLDS(TARGET_EVENT_WITHDRAWN,       TARGET_RELEASE_PENDING),
	/* The only way out of release_pending. */
	{ TARGET_RELEASE_PENDING, TARGET_EVENT_RELEASED,       TARGET_RELEASED         },

	{ TARGET_HELD_FULL,      TARGET_EVENT_ATTACHED,        TARGET_ATTACHED         },
	{ TARGET_HELD_PARTIAL,   TARGET_EVENT_ATTACHED,        TARGET_ATTACHED         },
	/* A further order of the court takes the place of the first; at the end
	 * of the last one nothing holds the money any more. */
	{ TARGET_ATTACHED,       TARGET_EVENT_ATTACHED,        TARGET_ATTACHED         },
	{ TARGET_ATTACHED,       TARGET_EVENT_EXPIRED,         TARGET_RELEASE_PENDING  },
	{ TARGET_HELD_FULL,      TARGET_EVENT_RESTORED,        TARGET_RESTORED         },
	{ TARGET_HELD_PARTIAL,   TARGET_EVENT_RESTORED,        TARGET_RESTORED         },
	{ TARGET_ATTACHED,       TARGET_EVENT_RESTORED,        TARGET_RESTORED         },
	{ TARGET_HELD_FULL,      TARGET_EVENT_PART_RESTORED,   TARGET_HELD_FULL        },
	{ TARGET_HELD_PARTIAL,   TARGET_EVENT_PART_RESTORED,   TARGET_HELD_PARTIAL     },
	{ TARGET_ATTACHED,       TARGET_EVENT_PART_RESTORED,   TARGET_ATTACHED         },

	{ TARGET_PROPOSED,       TARGET_EVENT_WITHDRAWN,       TARGET_CANCELLED        },
	ANSWERED(TARGET_EVENT_WITHDRAWN,      TARGET_CANCELLED),
	{ TARGET_REJECTED,       TARGET_EVENT_WITHDRAWN,       TARGET_CANCELLED        },
	{ TARGET_PROPOSED,       TARGET_EVENT_MERGED,          TARGET_SUPERSEDED       },
	ANSWERED(TARGET_EVENT_MERGED,         TARGET_SUPERSEDED),
	{ TARGET_REJECTED,       TARGET_EVENT_MERGED,          TARGET_SUPERSEDED       },
};
/* clang-format on */

const struct machine target_machine = { "target", &state_words, &event_words,
	moves, COUNT(moves) };

bool
target_state_is_held(enum target_state state)
{
	return state == TARGET_HELD_FULL || state == TARGET_HELD_PARTIAL ||
	    state == TARGET_BLOCKED;
}

/* The same list as the predicate of SQL's index target_live. */
bool
target_state_is_over(enum target_state state)
{
	return state == TARGET_SUPERSEDED || state == TARGET_CANCELLED ||
	    state == TARGET_REJECTED_FINAL || state == TARGET_NOT_HELD ||
	    state == TARGET_RELEASED || state == TARGET_RESTORED;
}
