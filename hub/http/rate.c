/*
 * Token buckets: see rate.h.  Sets of WAYS buckets by a hash of the id, the
 * one that was idle longest goes first.  Tokens are counted in microseconds,
 * so that nothing is rounded away.
 */
#include "hub/http/rate.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "hub/base/clock.h"
#include "hub/base/log.h"

enum { SETS = 1024, WAYS = 4, LOCKS = 16 };

struct bucket {
	struct id principal; /* zero: free */
	int64_t at;          /* when it was last filled up */
	int64_t tokens;      /* times a million */
};

struct rate {
	unsigned per_second;
	pthread_mutex_t locks[LOCKS];
	struct bucket buckets[SETS][WAYS];
};

struct rate *
rate_new(unsigned per_second)
{
	struct rate *rate = calloc(1, sizeof(*rate));

	if (rate == NULL)
		log_panic("out of memory", NULL);
	rate->per_second = per_second;
	for (size_t i = 0; i < LOCKS; i++)
		(void)pthread_mutex_init(&rate->locks[i], NULL);
	return rate;
}

void
rate_free(struct rate *rate)
{
	if (rate == NULL)
		return;
	for (size_t i = 0; i < LOCKS; i++)
		(void)pthread_mutex_destroy(&rate->locks[i]);
	free(rate);
}

/* The last bytes of a UUIDv7 base are zero; bytes 8 to 13 are random. */
static uint32_t
hash(const struct id *principal)
{
	uint32_t word;

	memcpy(&word, principal->bytes + 9, sizeof(word));
	return (word ^ principal->bytes[15]) * UINT32_C(2654435761) >> 16;
}

static int64_t
full(const struct rate *rate)
{
	return (int64_t)rate->per_second * CLOCK_SECOND;
}

static struct bucket *
find(struct rate *rate, struct bucket *set, const struct id *principal,
    int64_t now)
{
	struct bucket *oldest = set;

	for (size_t i = 0; i < WAYS; i++) {
		if (id_equal(&set[i].principal, principal))
			return &set[i];
		if (set[i].at < oldest->at)
			oldest = &set[i];
	}
	*oldest = (struct bucket){ *principal, now, full(rate) };
	return oldest;
}

static void
fill(const struct rate *rate, struct bucket *bucket, int64_t now)
{
	int64_t passed = now - bucket->at;

	if (passed > CLOCK_SECOND)
		passed = CLOCK_SECOND;
	if (passed > 0)
		bucket->tokens += passed * rate->per_second;
	if (bucket->tokens > full(rate))
		bucket->tokens = full(rate);
	bucket->at = now;
}

struct rate_verdict
rate_take(struct rate *rate, const struct id *principal, int64_t now)
{
	uint32_t set = hash(principal) % SETS;
	pthread_mutex_t *lock = &rate->locks[set % LOCKS];
	struct rate_verdict verdict = { .limit = rate->per_second,
		.retry_seconds = 1 };
	struct bucket *bucket;

	(void)pthread_mutex_lock(lock);
	bucket = find(rate, rate->buckets[set], principal, now);
	fill(rate, bucket, now);
	verdict.is_allowed = bucket->tokens >= CLOCK_SECOND;
	if (verdict.is_allowed)
		bucket->tokens -= CLOCK_SECOND;
	verdict.left = (unsigned)(bucket->tokens / CLOCK_SECOND);
	(void)pthread_mutex_unlock(lock);
	return verdict;
}
