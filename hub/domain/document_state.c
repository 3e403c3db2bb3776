/*
 * The life of a document: see document_state.h.
 */
#include "hub/domain/document_state.h"

static const char *const state_names[] = {
	[DOCUMENT_FILED] = "filed",
	[DOCUMENT_VERIFIED] = "verified",
	[DOCUMENT_DEFECTIVE] = "defective",
	[DOCUMENT_REJECTED] = "rejected",
	[DOCUMENT_SUPERSEDED] = "superseded",
};

static const char *const event_names[] = {
	[DOCUMENT_EVENT_FILED] = "filed",
	[DOCUMENT_EVENT_VERIFIED] = "verified",
	[DOCUMENT_EVENT_FOUND_DEFECTIVE] = "found_defective",
	[DOCUMENT_EVENT_REJECTED] = "rejected",
	[DOCUMENT_EVENT_SUPERSEDED] = "superseded",
};

static const struct words state_words = { "document status", state_names,
	DOCUMENT_STATE_COUNT };
static const struct words event_words = { "document event", event_names,
	DOCUMENT_EVENT_COUNT };

/* clang-format off */
static const struct move moves[] = {
	/* from                event                           to                   */
	{ STATE_NEW,           DOCUMENT_EVENT_FILED,           DOCUMENT_FILED      },

	/* Once: who comes second reads what was decided. */
	{ DOCUMENT_FILED,      DOCUMENT_EVENT_VERIFIED,        DOCUMENT_VERIFIED   },
	{ DOCUMENT_FILED,      DOCUMENT_EVENT_FOUND_DEFECTIVE, DOCUMENT_DEFECTIVE  },
	{ DOCUMENT_FILED,      DOCUMENT_EVENT_REJECTED,        DOCUMENT_REJECTED   },

	/* What was verified stands. */
	{ DOCUMENT_FILED,      DOCUMENT_EVENT_SUPERSEDED,      DOCUMENT_SUPERSEDED },
	{ DOCUMENT_DEFECTIVE,  DOCUMENT_EVENT_SUPERSEDED,      DOCUMENT_SUPERSEDED },
	{ DOCUMENT_REJECTED,   DOCUMENT_EVENT_SUPERSEDED,      DOCUMENT_SUPERSEDED },
};
/* clang-format on */

const struct machine document_machine = { "document", &state_words,
	&event_words, moves, COUNT(moves) };

bool
document_state_counts(enum document_state state)
{
	return state == DOCUMENT_FILED || state == DOCUMENT_VERIFIED;
}
