/*
 * Inside effects_*.c: how a row goes through its machine, and what is saved
 * because of it.
 */
#pragma once

#include "hub/domain/effects.h"

/* One row's way through its machine; `state` is the row's own. */
struct step {
	const struct machine *machine;
	int from, move;
	const struct id *case_id, *subject;
	const char *prefix;
};

/* The event of the step, and where it leads; a step that the machine does not
 * allow stays where it is and fails the batch. */
struct event *effects_step(struct effects *effects,
    const struct command *command, const struct step *step, int *to);

/* Save the row at the end of the batch. */
void effects_touch_row(struct row_state *row);

/* The same for a case, which must be in the snapshot. */
void effects_touch_case_of(struct effects *effects,
    const struct command *command, const struct id *case_id);
