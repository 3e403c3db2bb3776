/*
 * Which readings are on record already: one event for each (principal, case,
 * view) in five minutes (docs/trust.md, "Evidence").  Whoever asks while the
 * first one's record is being committed waits for it.  A bounded table: what
 * is pushed out of it is recorded once more, never less.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "hub/base/id.h"

struct access_log;

/* Compared as bytes: zero it before it is filled. */
struct access_key {
	struct id principal, case_id; /* case zero: a list */
	uint32_t view;
};

/* One who waits; in the memory of the request. */
struct access_waiter {
	struct access_waiter *next;
};

enum access_state {
	ACCESS_RECORDED, /* answer at once */
	ACCESS_MINE,     /* record it, then access_log_settle */
	ACCESS_WAITS,    /* the waiter comes back from access_log_settle */
};

struct access_log *access_log_new(void);
void access_log_free(struct access_log *log);

/* At `now` (monotonic microseconds).  Any thread. */
enum access_state access_log_ask(struct access_log *log,
    const struct access_key *key, int64_t now, struct access_waiter *waiter);

/* The record of one who was told ACCESS_MINE is committed, or not.  Returns
 * those who waited for it. */
struct access_waiter *access_log_settle(struct access_log *log,
    const struct access_key *key, int64_t now, bool is_recorded);
