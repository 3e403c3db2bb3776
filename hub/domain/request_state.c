/*
 * The life of a freeze request: see request_state.h.
 */
#include "hub/domain/request_state.h"

static const char *const state_names[] = {
	[REQUEST_DRAFT] = "draft",
	[REQUEST_PENDING_APPROVAL] = "pending_approval",
	[REQUEST_ISSUED] = "issued",
	[REQUEST_COMPLETED] = "completed",
	[REQUEST_REFUSED] = "refused",
	[REQUEST_WITHDRAWN] = "withdrawn",
	[REQUEST_EXPIRED] = "expired",
	[REQUEST_SUSPENDED] = "suspended",
};

static const char *const event_names[] = {
	[REQUEST_EVENT_DRAFTED] = "drafted",
	[REQUEST_EVENT_APPROVAL_ASKED] = "approval_asked",
	[REQUEST_EVENT_ISSUED] = "issued",
	[REQUEST_EVENT_CONFIRMED] = "confirmed",
	[REQUEST_EVENT_AMENDED] = "amended",
	[REQUEST_EVENT_COMPLETED] = "completed",
	[REQUEST_EVENT_REFUSED] = "refused",
	[REQUEST_EVENT_WITHDRAWN] = "withdrawn",
	[REQUEST_EVENT_EXPIRED] = "expired",
	[REQUEST_EVENT_SUSPENDED] = "suspended",
};

static const struct words state_words = { "request status", state_names,
	REQUEST_STATE_COUNT };
static const struct words event_words = { "request event", event_names,
	REQUEST_EVENT_COUNT };

/* clang-format off */
static const struct move moves[] = {
	/* from                      event                         to                       */
	{ STATE_NEW,                REQUEST_EVENT_DRAFTED,        REQUEST_DRAFT            },
	{ STATE_NEW,                REQUEST_EVENT_APPROVAL_ASKED, REQUEST_PENDING_APPROVAL },
	{ REQUEST_DRAFT,            REQUEST_EVENT_APPROVAL_ASKED, REQUEST_PENDING_APPROVAL },

	{ STATE_NEW,                REQUEST_EVENT_ISSUED,         REQUEST_ISSUED           },
	{ REQUEST_DRAFT,            REQUEST_EVENT_ISSUED,         REQUEST_ISSUED           },
	{ REQUEST_PENDING_APPROVAL, REQUEST_EVENT_ISSUED,         REQUEST_ISSUED           },
	{ REQUEST_PENDING_APPROVAL, REQUEST_EVENT_REFUSED,        REQUEST_REFUSED          },

	{ REQUEST_ISSUED,           REQUEST_EVENT_CONFIRMED,      REQUEST_ISSUED           },
	{ REQUEST_ISSUED,           REQUEST_EVENT_AMENDED,        REQUEST_ISSUED           },
	{ REQUEST_ISSUED,           REQUEST_EVENT_COMPLETED,      REQUEST_COMPLETED        },
	{ REQUEST_ISSUED,           REQUEST_EVENT_SUSPENDED,      REQUEST_SUSPENDED        },

	/* A suspension ends one way or the other: by hand, or by the clock. */
	{ REQUEST_SUSPENDED,        REQUEST_EVENT_ISSUED,         REQUEST_ISSUED           },

	{ REQUEST_DRAFT,            REQUEST_EVENT_WITHDRAWN,      REQUEST_WITHDRAWN        },
	{ REQUEST_PENDING_APPROVAL, REQUEST_EVENT_WITHDRAWN,      REQUEST_WITHDRAWN        },
	{ REQUEST_ISSUED,           REQUEST_EVENT_WITHDRAWN,      REQUEST_WITHDRAWN        },
	{ REQUEST_SUSPENDED,        REQUEST_EVENT_WITHDRAWN,      REQUEST_WITHDRAWN        },

	{ REQUEST_DRAFT,            REQUEST_EVENT_EXPIRED,        REQUEST_EXPIRED          },
	{ REQUEST_PENDING_APPROVAL, REQUEST_EVENT_EXPIRED,        REQUEST_EXPIRED          },
	{ REQUEST_ISSUED,           REQUEST_EVENT_EXPIRED,        REQUEST_EXPIRED          },
	{ REQUEST_SUSPENDED,        REQUEST_EVENT_EXPIRED,        REQUEST_EXPIRED          },
};
/* clang-format on */

const struct machine request_machine = { "request", &state_words, &event_words,
	moves, COUNT(moves) };
