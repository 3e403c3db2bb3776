/*
 * Leases: which node does what only one may do at a time.  Endpoint shards
 * belong to dispatchers, the named leases to sequencer and clerk.  An owner
 * is one process, not one machine: a restarted hub is another owner.  What an
 * owner writes is fenced by the epoch, which every change of owner raises.
 *
 * A lease is free when it has expired, or at once when its owner is gone: no
 * session that called lease_hold is left.
 */
#pragma once

#include "hub/base/id.h"
#include "hub/store/db.h"

enum { LEASE_SHARDS = 64, LEASE_SECONDS = 10 };

/* The epoch of each shard that is ours; 0: it is not. */
struct lease_shards {
	int64_t epochs[LEASE_SHARDS];
	size_t count;
};

/* From now on this session stands for its owner; several may.  `is_held`
 * false where another just looked: call again. */
NODISCARD enum rc lease_hold(
    struct db *db, const struct id *owner, bool *is_held, struct err *err);

/* Take all shards that are free and tell those that are ours then.  `taken`:
 * how many were taken; `since`: when the owner before us was alive for the
 * last time, 0 when nobody was. */
NODISCARD enum rc lease_take_shards(struct db *db, const struct id *owner,
    struct lease_shards *shards, size_t *taken, int64_t *since,
    struct err *err);

/* Hold them for another LEASE_SECONDS and tell which are still ours. */
NODISCARD enum rc lease_renew_shards(struct db *db, const struct id *owner,
    struct lease_shards *shards, struct err *err);

/* Give them back. */
NODISCARD enum rc
lease_release_shards(struct db *db, const struct id *owner, struct err *err);

/* Take or renew a named lease; `epoch` 0 when it is another's. */
NODISCARD enum rc lease_take(struct db *db, const char *name,
    const struct id *owner, int64_t *epoch, struct err *err);

NODISCARD enum rc lease_release(
    struct db *db, const char *name, const struct id *owner, struct err *err);
