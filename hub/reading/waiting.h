/*
 * Those who wait for news: long polls, parked without a thread.  A waiter is
 * on the list from before its look at the database until it is answered, so
 * that a commit between look and parking is not missed.  No lock of its own:
 * the reader's holds.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "hub/base/id.h"

/* What it waits for; in the struct of the one who waits. */
struct waiter {
	struct waiter *next, *previous;
	bool is_listed, is_parked;
	bool is_rung;  /* there was news since its look began */
	bool is_inbox; /* waits for mail of `institution` */
	struct id institution;
	bool has_case; /* `case_id` is known: after the first look */
	struct id case_id;
	int64_t row_version; /* as it was seen */
	int64_t until;       /* monotonic */
};

struct waiting {
	struct waiter *first;
	size_t count, parked;
};

void waiting_add(struct waiting *waiting, struct waiter *waiter);
void waiting_remove(struct waiting *waiting, struct waiter *waiter);

/* Park it; false where it was rung since waiting_add or the last wake: then
 * it must look again. */
bool waiting_park(struct waiting *waiting, struct waiter *waiter);

/* Called with each waiter that is no longer parked. */
typedef void waiting_wake(void *context, struct waiter *waiter);

/* News of a case, or mail of an institution: wake the parked whom it
 * concerns, mark those that are looking.  Returns how many it woke. */
size_t waiting_ring_case(struct waiting *waiting, const struct id *case_id,
    waiting_wake *wake, void *context);
size_t waiting_ring_mail(struct waiting *waiting, const struct id *institution,
    waiting_wake *wake, void *context);

/* Wake the parked whose time is over at `now` (INT64_MAX: all).  Returns when
 * the next one's is; INT64_MAX: nobody's. */
int64_t waiting_expire(
    struct waiting *waiting, int64_t now, waiting_wake *wake, void *context);
