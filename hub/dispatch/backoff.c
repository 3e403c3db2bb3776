/*
 * Retries: see backoff.h.
 */
#include "hub/dispatch/backoff.h"

#include "hub/base/clock.h"

enum {
	HTTP_TIMEOUT = 408,
	HTTP_GONE = 410,
	HTTP_EARLY = 425,
	HTTP_LIMITED = 429,
	HTTP_UNAVAILABLE = 503,
	/* Of the jitter, in percent. */
	JITTER = 20,
};

/* After attempt 1, 2 …; after the last of them it stays.  The later rows of
 * the schedule (2 min, 5 min, 15 min, hourly) come with the breaker. */
static const int delays_seconds[] = { 2, 5, 10, 20, 40, 60 };

/* How long a Retry-After is obeyed, by priority: a freeze does not wait. */
static const int64_t obeyed_seconds[] = { 60, 300, 900 };

static int64_t
at_least(const struct backoff_failure *failure)
{
	int64_t limit = obeyed_seconds[failure->priority];

	if (failure->status != HTTP_LIMITED &&
	    failure->status != HTTP_UNAVAILABLE)
		return 0;
	if (failure->retry_after_seconds <= 0)
		return 0;
	return failure->retry_after_seconds < limit
	    ? failure->retry_after_seconds * CLOCK_SECOND
	    : limit * CLOCK_SECOND;
}

int64_t
backoff_delay(const struct backoff_failure *failure, uint32_t random)
{
	int last = (int)COUNT(delays_seconds) - 1;
	int row = failure->n - 1 < last ? failure->n - 1 : last;
	int64_t seconds = delays_seconds[row < 0 ? 0 : row];
	/* From 80 to 120 percent, in thousandths. */
	int64_t share = 1000 - JITTER * 10 + random % (JITTER * 20 + 1);
	int64_t delay = seconds * CLOCK_SECOND * share / 1000;
	int64_t least = at_least(failure);

	return delay > least ? delay : least;
}

bool
backoff_needs_people(const struct backoff_failure *failure)
{
	switch (failure->status) {
	case HTTP_TIMEOUT:
	case HTTP_EARLY:
	case HTTP_LIMITED:
		return false;
	case HTTP_GONE:
		return true;
	default:
		return failure->is_tls ||
		    (failure->status >= 400 && failure->status < 500);
	}
}
