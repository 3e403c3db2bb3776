/*
 * How often one principal may ask: a token bucket each, in a bounded table.
 * Whoever is pushed out of a full table starts with a full bucket again.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "hub/base/id.h"

struct rate;

/* `count` tokens in so many seconds, as many at once.  Never NULL. */
struct rate *rate_new(unsigned count, unsigned seconds);
void rate_free(struct rate *rate);

struct rate_verdict {
	bool is_allowed;
	unsigned limit, left, seconds; /* of the window, and how long it is */
	unsigned retry_seconds;
};

/* Take a token at `now` (monotonic microseconds).  Any thread. */
struct rate_verdict
rate_take(struct rate *rate, const struct id *principal, int64_t now);
