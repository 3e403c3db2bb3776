/*
 * The sequencer: a thread that gives committed events their place in the
 * public order, as soon as it is woken and twice a second.  One node by the
 * lease "sequencer"; the others wait for it.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "hub/base/common.h"
#include "hub/base/err.h"
#include "hub/base/id.h"

struct sequencer;

struct sequencer_settings {
	const char *conninfo;
	struct id owner; /* of this process: made anew at each start */
	/* Called on its thread when events got their leaves; or NULL. */
	void (*sequenced)(void *context, size_t count);
	void *context;
};

struct sequencer_counters {
	uint64_t rounds, events;
	int64_t floor;
	int is_owner; /* 1: this node sequences */
};

/* RC_UNAVAILABLE, RC_FAILED as db_open. */
NODISCARD enum rc sequencer_start(const struct sequencer_settings *settings,
    struct sequencer **sequencer, struct err *err);

/* One last round, give the lease back, free. */
void sequencer_stop(struct sequencer *sequencer);

/* Events were committed.  Any thread. */
void sequencer_wake(struct sequencer *sequencer);

/* Any thread. */
void sequencer_counters(
    struct sequencer *sequencer, struct sequencer_counters *counters);
