/*
 * The dispatcher's leases: it takes every shard that is free, holds them by
 * renewal and starts nothing when the last one is too long ago.
 */
#pragma once

#include "hub/store/lease.h"

struct shards {
	struct id owner;
	struct lease_shards held;
	int64_t
	    renewed_at;   /* monotonic: when the last renewal began; 0: none */
	bool is_new;      /* the session: renew at once */
	bool is_held;     /* the session stands for us (lease_hold) */
	uint64_t changes; /* taken or lost, for metrics */
};

/* What a renewal changed. */
struct shards_change {
	bool has_taken, has_lost;
	int64_t since; /* lease.h; 0: nobody held them */
};

void shards_init(struct shards *shards, const struct id *owner);

/* Is a renewal due?  Every two seconds. */
bool shards_are_due(const struct shards *shards, int64_t now);

/* Renew, and take what is free. */
NODISCARD enum rc shards_renew(struct shards *shards, struct db *db,
    struct shards_change *change, struct err *err);

/* The session is new: nobody stands for us. */
void shards_reopened(struct shards *shards);

/* Deliveries may start: the leases hold for as long as one takes, at least
 * until they are renewed. */
bool shards_may_start(const struct shards *shards, int64_t now);

/* 0: not ours. */
int64_t shards_epoch(const struct shards *shards, int shard);
