/*
 * The lanes: one for each endpoint that is pushed to, with the letters that
 * wait in memory and how many are under way.  Decides what is fetched and
 * what is sent next; pure but for memory: no clock, no database, no network.
 * The dispatcher's thread alone.
 *
 *	ready	  fetched, waits for a slot
 *	under way in flight, or not yet recorded
 *	known	  all in memory: ready or under way
 *
 * Times are those of clock_monotonic.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "hub/dispatch/breaker.h"
#include "hub/dispatch/letter.h"

enum {
	LANES_PRIORITIES = 3,
	LANES_LOOK_AHEAD_LEAST = 8,
	LANES_LOOK_AHEAD_MOST = 128,
	LANES_KNOWN_LIMIT = 8192, /* letters in memory, all lanes */
};

/* First attempts and retries wait side by side. */
enum lane_sort { LANE_FRESH, LANE_DUE, LANE_SORTS };

struct lane_list {
	struct letter *first, **last;
	size_t count; /* that wait */
	size_t known;
	bool may_have_more; /* in the database */
};

struct lane_queue {
	struct lane_list lists[LANE_SORTS];
	/* Of first attempts: rows behind `cursor` were not fetched yet.  Below
	 * `floor` all is settled since more than a minute; `sample` is the next
	 * floor. */
	int64_t cursor, floor, sample;
	bool sweeps; /* the next fetch looks from 0 */
};

struct lane {
	int32_t number;
	const struct endpoint *endpoint; /* of the present view, or NULL */
	struct keys_signer signer;
	bool is_open; /* active, a webhook, its shard is ours */
	size_t in_flight;
	struct breaker breaker;
	int64_t used_at;     /* monotonic: its last attempt began */
	int64_t ping_at;     /* none before; 0: not planned */
	bool is_released;    /* its retries are to be made due */
	int64_t paced_until; /* of its rate limit: when its next slot begins */
	struct letter *under_way;
	size_t look_ahead; /* letters that may wait, by how it flows */
	bool has_flowed;   /* a 2xx since the last fetch */
	struct lane_queue queues[LANES_PRIORITIES];
};

struct lanes {
	struct lane **items; /* by number; owned */
	size_t count;
	size_t next[LANES_PRIORITIES]; /* whose turn it is */
	size_t ready, in_flight, known;
	struct letter **table; /* those known, by seq */
	/* A fetch is under way.  What is recorded meanwhile may be among its
	 * rows still, so it stays known until the fetch has ended. */
	bool is_fetching;
	struct letter *gone;
};

void lanes_init(struct lanes *lanes);

/* Frees the letters that wait; none may be in flight. */
void lanes_clear(struct lanes *lanes);

struct lane *lanes_find(const struct lanes *lanes, int32_t number);

/* Found or made; never NULL. */
struct lane *lanes_get(struct lanes *lanes, int32_t number);

/* There may be rows that no fetch has seen. */
void lanes_expect_fresh(struct lanes *lanes);
void lanes_expect_due(struct lanes *lanes);

/* Once a minute: raise the floors, and have the next fetch look below. */
void lanes_raise_floors(struct lanes *lanes);

/* Fetch from 0: letters were dropped, or leases taken. */
void lanes_drop_floors(struct lanes *lanes);

/* What the next fetch is to bring: at most `capacity` wants; with any, a fetch
 * is under way until lanes_fetched.  Look-aheads grow here. */
size_t
lanes_plan(struct lanes *lanes, struct outbox_want *wants, size_t capacity);

/* The fetch of these wants brought so many rows of each sort, after its letters
 * were added: where they are as many as wanted, there are more.  `yields` NULL:
 * it failed. */
struct lanes_yield {
	int32_t rows[LANE_SORTS];
};
void lanes_fetched(struct lanes *lanes, const struct outbox_want *wants,
    const struct lanes_yield *yields, size_t count);

bool lanes_knows(const struct lanes *lanes, int64_t seq);

/* A fetched letter waits; the lanes own it.  Its lane must exist. */
void lanes_add(struct lanes *lanes, struct letter *letter);

/* The next letter to send, and its lane; NULL when none may go.  It counts as
 * in flight.  Priority by priority, and inside one in turn, lane after lane;
 * a quarter of a lane's slots is kept for first attempts of priority 0, in
 * the others retries go first.  A lane gives no more than its breaker and its
 * rate allow, and no letter while an earlier one of its order key is under
 * way. */
struct letter *lanes_take(struct lanes *lanes, int64_t now, struct lane **lane);

/* When a lane that may not send now may: at most `until`. */
int64_t lanes_next(const struct lanes *lanes, int64_t now, int64_t until);

/* It is no longer in flight; the lane's look-ahead and breaker follow. */
struct landing {
	bool is_delivered;
	int64_t now;
	int64_t at_least; /* microseconds, that the receiver asked to wait */
	uint32_t random;
};
enum breaker_turn lanes_landed(struct lanes *lanes, const struct letter *letter,
    const struct landing *landing);

/* It is recorded, or given up because its shard is another's: frees it.  Where
 * it was not delivered, those that wait for it are dropped: a fetch finds them
 * again when it is. */
void lanes_forget(struct lanes *lanes, struct letter *letter);

/* Drop what waits in lanes that are not open. */
void lanes_drop_closed(struct lanes *lanes);
