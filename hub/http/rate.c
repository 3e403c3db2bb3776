/*
 * Token buckets: see rate.h.  Sets of WAYS buckets by a hash of the id, the
 * one that was idle longest goes first.  Tokens are counted in parts of
 * the window in microseconds, so that nothing is rounded away.
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
	int64_t tokens;      /* times the span */
};

struct rate {
	unsigned count, seconds;
	int64_t span; /* of the window */
	pthread_mutex_t locks[LOCKS];
	struct bucket buckets[SETS][WAYS];
};

struct rate *
rate_new(unsigned count, unsigned seconds)
{
	struct rate *rate = calloc(1, sizeof(*rate));

	if (rate == NULL)
		log_panic("out of memory", NULL);
	rate->count = count;
	rate->seconds = seconds;
	rate->span = seconds * CLOCK_SECOND;
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
	return (int64_t)rate->count * rate->span;
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

	if (passed > rate->span)
		passed = rate->span;
	if (passed > 0)
		bucket->tokens += passed * rate->count;
	if (bucket->tokens > full(rate))
		bucket->tokens = full(rate);
	bucket->at = now;
}

/* Until there is a whole token again, rounded up. */
static unsigned
seconds_until_next(const struct rate *rate, const struct bucket *bucket)
{
	int64_t per_second = rate->count * CLOCK_SECOND;
	int64_t missing = rate->span - bucket->tokens;

	return (unsigned)((missing + per_second - 1) / per_second);
}

struct rate_verdict
rate_take(struct rate *rate, const struct id *principal, int64_t now)
{
	uint32_t set = hash(principal) % SETS;
	pthread_mutex_t *lock = &rate->locks[set % LOCKS];
	struct rate_verdict verdict = { .limit = rate->count,
		.seconds = rate->seconds,
		.retry_seconds = 1 };
	struct bucket *bucket;

	(void)pthread_mutex_lock(lock);
	bucket = find(rate, rate->buckets[set], principal, now);
	fill(rate, bucket, now);
	verdict.is_allowed = bucket->tokens >= rate->span;
	if (verdict.is_allowed)
		bucket->tokens -= rate->span;
	else
		verdict.retry_seconds = seconds_until_next(rate, bucket);
	verdict.left = (unsigned)(bucket->tokens / rate->span);
	(void)pthread_mutex_unlock(lock);
	return verdict;
}
