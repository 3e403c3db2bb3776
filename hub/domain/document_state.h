/*
 * The life of a document: a paper that was filed on a case, and what those
 * who must rely on it found.
 */
#pragma once

#include <stdbool.h>

#include "hub/domain/machine.h"

enum document_state {
	DOCUMENT_FILED,
	DOCUMENT_VERIFIED,
	DOCUMENT_DEFECTIVE,  /* a better one is awaited */
	DOCUMENT_REJECTED,   /* this paper will not do; another may */
	DOCUMENT_SUPERSEDED, /* a newer one stands in its place */
	DOCUMENT_STATE_COUNT
};

enum document_event {
	DOCUMENT_EVENT_FILED,
	DOCUMENT_EVENT_VERIFIED,
	DOCUMENT_EVENT_FOUND_DEFECTIVE,
	DOCUMENT_EVENT_REJECTED,
	DOCUMENT_EVENT_SUPERSEDED,
	DOCUMENT_EVENT_COUNT
};

extern const struct machine document_machine;

/* May an institution still rely on it? */
bool document_state_counts(enum document_state state);
