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

/* After attempt 1, 2 …; then by the age of the message. */
static const int delays_seconds[] = { 2, 5, 10, 20, 40, 60, 60, 60, 60, 60, 120,
	120, 120, 120, 120 };

/* Until this age, so often; the last row has no end. */
static const struct {
	int64_t until_seconds;
	int seconds;
} delays_by_age[] = {
	{ INT64_C(2) * 3600, 300 },
	{ INT64_C(24) * 3600, 900 },
	{ INT64_MAX, 3600 },
};

/* How long a Retry-After is obeyed, by priority: a freeze does not wait. */
static const int64_t obeyed_seconds[] = { 60, 300, 900 };

int64_t
backoff_at_least(const struct backoff_failure *failure)
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

static int64_t
scheduled_seconds(const struct backoff_failure *failure)
{
	size_t row = 0;

	if (failure->n <= (int)COUNT(delays_seconds))
		return delays_seconds[failure->n < 1 ? 0 : failure->n - 1];
	while (failure->age_seconds >= delays_by_age[row].until_seconds)
		row++;
	return delays_by_age[row].seconds;
}

int64_t
backoff_jittered(int64_t seconds, uint32_t random)
{
	/* From 80 to 120 percent, in thousandths. */
	int64_t share = 1000 - JITTER * 10 + random % (JITTER * 20 + 1);

	return seconds * CLOCK_SECOND * share / 1000;
}

int64_t
backoff_delay(const struct backoff_failure *failure, uint32_t random)
{
	int64_t delay = backoff_jittered(scheduled_seconds(failure), random);
	int64_t least = backoff_at_least(failure);

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
