/*
 * The bell: tells the other nodes that something was committed, and hears
 * it from them.  A thread with a session of its own; rings are put together
 * into at most one NOTIFY in two milliseconds.  Only a short cut: everybody
 * who is woken also looks twice a second.
 */
#pragma once

#include "hub/base/common.h"
#include "hub/base/err.h"
#include "hub/base/id.h"

enum bell_flag {
	BELL_MESSAGES = 1 << 0, /* for the dispatcher */
	BELL_EVENTS = 1 << 1,   /* for the sequencer */
	BELL_REGISTRY = 1 << 2, /* for the views of the registry */
	BELL_LEAVES = 1 << 3,   /* sequenced: for those who wait for events */
	BELL_ALL = (1 << 4) - 1,
};

struct bell;

struct bell_settings {
	const char *conninfo;
	struct id node; /* of this process: its own rings are not heard */
	/* Called on the bell's thread; with BELL_ALL after a time without a
	 * session, when rings may have been missed. */
	void (*heard)(void *context, unsigned flags);
	void *context;
};

/* RC_UNAVAILABLE, RC_FAILED as db_open. */
NODISCARD enum rc bell_start(
    const struct bell_settings *settings, struct bell **bell, struct err *err);
void bell_stop(struct bell *bell);

/* Ring with these flags.  Any thread; does not wait. */
void bell_ring(struct bell *bell, unsigned flags);
