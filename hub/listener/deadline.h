/*
 * Absolute deadlines.  The HTTP library only knows inactivity, which a
 * trickle of bytes defeats; here a thread shuts the socket of any connection
 * whose time is up.  A socket is never closed here, so its descriptor cannot
 * have become another's: the connection removes its deadline before the
 * library closes it.
 */
#pragma once

#include <stdatomic.h>
#include <stdint.h>

#include "hub/base/common.h"
#include "hub/base/err.h"

struct reaper;

struct deadline {
	struct deadline *next, *previous; /* under the reaper's lock */
	int socket;
	_Atomic int64_t due; /* monotonic microseconds; 0: none */
};

/* Start the thread. */
NODISCARD enum rc reaper_start(struct reaper **reaper, struct err *err);
void reaper_stop(struct reaper *reaper);

/* How many connections were shut. */
uint64_t reaper_count(const struct reaper *reaper);

/* From now on, until deadline_remove returns, `deadline->socket` may be shut
 * down: it must stay open. */
void
deadline_add(struct reaper *reaper, struct deadline *deadline, int within_ms);
void deadline_remove(struct reaper *reaper, struct deadline *deadline);

/* Start anew; 0: no deadline. */
void deadline_set(struct deadline *deadline, int within_ms);
