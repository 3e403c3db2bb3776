/*
 * Counters: see tally.h.
 */
#include "hub/dispatch/tally.h"

#include <string.h>

#include "hub/base/clock.h"

#define MS INT64_C(1000)

const int64_t tally_bounds[TALLY_BUCKETS] = {
	1 * MS,
	2 * MS,
	5 * MS,
	10 * MS,
	20 * MS,
	50 * MS,
	100 * MS,
	200 * MS,
	500 * MS,
	1 * CLOCK_SECOND,
	2 * CLOCK_SECOND,
	5 * CLOCK_SECOND,
	10 * CLOCK_SECOND,
	30 * CLOCK_SECOND,
	60 * CLOCK_SECOND,
	INT64_MAX,
};

void
tally_init(struct tally *tally)
{
	memset(&tally->counters, 0, sizeof(tally->counters));
	pthread_mutex_init(&tally->lock, NULL);
}

void
tally_clear(struct tally *tally)
{
	pthread_mutex_destroy(&tally->lock);
}

void
tally_read(struct tally *tally, struct dispatcher_counters *counters)
{
	pthread_mutex_lock(&tally->lock);
	*counters = tally->counters;
	pthread_mutex_unlock(&tally->lock);
}

void
tally_attempt(struct tally *tally, int status, enum courier_error error)
{
	struct dispatcher_counters *counters = &tally->counters;

	pthread_mutex_lock(&tally->lock);
	if (error != COURIER_NONE)
		counters->errors[error]++;
	else
		counters
		    ->statuses[status > 0 && status < TALLY_STATUSES ? status
								     : 0]++;
	pthread_mutex_unlock(&tally->lock);
}

void
tally_observe(struct tally_histogram *histogram, int64_t microseconds)
{
	size_t bucket = 0;

	while (microseconds > tally_bounds[bucket])
		bucket++;
	histogram->counts[bucket]++;
	histogram->count++;
	histogram->sum += microseconds;
}
