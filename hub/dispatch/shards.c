/*
 * Shards: see shards.h.  All times are of CLOCK_MONOTONIC: a jump of the wall
 * clock neither ends nor prolongs a lease.
 */
#include "hub/dispatch/shards.h"

#include <string.h>

#include "hub/base/clock.h"

enum { RENEW_SECONDS = 2, START_SECONDS = 7 };

void
shards_init(struct shards *shards, const struct id *owner)
{
	memset(shards, 0, sizeof(*shards));
	shards->owner = *owner;
	shards->is_new = true;
}

bool
shards_are_due(const struct shards *shards, int64_t now)
{
	return shards->is_new ||
	    now - shards->renewed_at >= RENEW_SECONDS * CLOCK_SECOND;
}

static bool
has_lost(const struct lease_shards *before, const struct lease_shards *after)
{
	for (size_t i = 0; i < LEASE_SHARDS; i++)
		if (before->epochs[i] != 0 &&
		    before->epochs[i] != after->epochs[i])
			return true;
	return false;
}

enum rc
shards_renew(struct shards *shards, struct db *db, struct shards_change *change,
    struct err *err)
{
	int64_t began = clock_monotonic();
	struct lease_shards held;
	size_t taken = 0;

	*change = (struct shards_change){ .since = 0 };
	if (!shards->is_held)
		TRY(lease_hold(db, &shards->owner, &shards->is_held, err));
	TRY(lease_renew_shards(db, &shards->owner, &held, err));
	change->has_lost = has_lost(&shards->held, &held);
	shards->held = held;
	if (held.count < LEASE_SHARDS)
		TRY(lease_take_shards(db, &shards->owner, &shards->held, &taken,
		    &change->since, err));
	change->has_taken = taken > 0;
	shards->changes += change->has_taken + change->has_lost;
	shards->is_new = false;
	shards->renewed_at = began;
	return RC_OK;
}

void
shards_reopened(struct shards *shards)
{
	shards->is_new = true;
	shards->is_held = false;
}

bool
shards_may_start(const struct shards *shards, int64_t now)
{
	return shards->renewed_at > 0 && shards->held.count > 0 &&
	    now - shards->renewed_at <= START_SECONDS * CLOCK_SECOND;
}

int64_t
shards_epoch(const struct shards *shards, int shard)
{
	return shards->held.epochs[shard % LEASE_SHARDS];
}
