/*
 * A state machine as a table of allowed moves.  SQL has the same rows in
 * allowed_move; docs/state-machine.md is printed from them.
 */
#pragma once

#include <stddef.h>

#include "hub/base/common.h"
#include "hub/base/err.h"
#include "hub/domain/words.h"

/* The pseudo-state of what is not there yet, in every machine. */
enum { STATE_NEW = -1 };
#define STATE_NEW_NAME "new"

struct move {
	int from, event, to;
};

struct machine {
	const char *name; /* "target" */
	const struct words *states, *events;
	const struct move *moves;
	size_t move_count;
};

/* Where `event` leads from `from`.  RC_CONFLICT `move_not_allowed` when the
 * table has no such row. */
NODISCARD enum rc machine_next(const struct machine *machine, int from,
    int event, int *to, struct err *err);

/* A state's wire word, also of STATE_NEW. */
const char *machine_state_name(const struct machine *machine, int state);

/* All machines, ends with NULL. */
extern const struct machine *const machines[];
