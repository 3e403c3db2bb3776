/*
 * The dispatcher's counters, for the metrics: written by its thread, copied
 * by any other.
 */
#pragma once

#include <pthread.h>
#include <stddef.h>
#include <stdint.h>

#include "hub/base/id.h"
#include "hub/client/courier.h"

enum { TALLY_BUCKETS = 16, TALLY_STATUSES = 600, TALLY_AGES = 1024 };

/* Upper bounds of the buckets in microseconds; the last has none. */
extern const int64_t tally_bounds[TALLY_BUCKETS];

struct tally_histogram {
	uint64_t counts[TALLY_BUCKETS]; /* not cumulative */
	uint64_t count;
	int64_t sum; /* microseconds */
};

/* Since when the oldest message of a priority to an endpoint waits. */
struct tally_age {
	struct id institution;
	int32_t endpoint;
	int priority;
	int64_t created_at;
};

struct dispatcher_counters {
	uint64_t statuses[TALLY_STATUSES];    /* attempts by HTTP status */
	uint64_t errors[COURIER_ERROR_COUNT]; /* by the courier's word */
	uint64_t started, recorded, refused;  /* refused: by the epoch */
	uint64_t batches, fetches, lease_changes, reports;
	uint64_t in_flight, waiting, unrecorded, unreported; /* now */
	uint64_t shards, suspended;
	uint64_t pings, failed_pings;
	struct tally_histogram delivered; /* submit to 2xx */
	struct tally_histogram woken;     /* wake to send */
	struct tally_age ages[TALLY_AGES];
	size_t age_count;
};

struct tally {
	pthread_mutex_t lock;
	struct dispatcher_counters counters;
};

void tally_init(struct tally *tally);
void tally_clear(struct tally *tally);

/* Copy them out. */
void tally_read(struct tally *tally, struct dispatcher_counters *counters);

/* An attempt ended. */
void tally_attempt(struct tally *tally, int status, enum courier_error error);

/* Not locked: the caller holds the lock or is alone. */
void tally_observe(struct tally_histogram *histogram, int64_t microseconds);
