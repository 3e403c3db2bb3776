/*
 * Deadlines: a thread that looks for clocks of which a stage has come, and
 * brings one command for each to the desk.  One node by the lease
 * "deadlines".  It decides nothing itself.
 */
#pragma once

#include <stdint.h>

#include "hub/base/common.h"
#include "hub/base/err.h"
#include "hub/base/id.h"
#include "hub/desk/desk.h"

struct deadlines;

struct deadlines_settings {
	const char *conninfo;
	struct id owner; /* of this process: made anew at each start */
	/* What time it is; NULL: clock_now. */
	int64_t (*now)(void *context);
	/* Queue a command at the desk. */
	void (*submit)(void *context, struct command *command, desk_done *done,
	    void *done_context);
	void *context;
};

struct deadlines_counters {
	uint64_t passed, failed;
	int is_owner; /* 1: this node looks */
};

/* RC_UNAVAILABLE, RC_FAILED as db_open. */
NODISCARD enum rc deadlines_start(const struct deadlines_settings *settings,
    struct deadlines **deadlines, struct err *err);

/* Wait for what is at the desk, give the lease back, free. */
void deadlines_stop(struct deadlines *deadlines);

/* Look now.  Any thread. */
void deadlines_wake(struct deadlines *deadlines);

/* Any thread. */
void deadlines_counters(
    struct deadlines *deadlines, struct deadlines_counters *counters);
