/*
 * The outbox: rows that wait for their delivery, how attempts ended, and what
 * people must hear of.  Used by the dispatcher, which asks and does not wait
 * (ask.h) for the two hot statements.  Sealed bytes stay sealed here.
 */
#pragma once

#include "hub/domain/snapshot.h"
#include "hub/store/ask.h"

/* How many rows of one endpoint and priority are wanted. */
struct outbox_want {
	int32_t endpoint;
	int priority;
	int64_t floor; /* first attempts: of rows behind this seq */
	int32_t fresh, due;
};

/* A row and its message.  Blobs and targets are borrowed from the rows that
 * it was read from. */
struct outbox_row {
	int64_t seq;
	int32_t endpoint;
	int shard, priority;
	int attempts; /* so far */
	int level;    /* of escalation */
	int64_t
	    order_key; /* none may overtake an earlier of its key; 0: none */
	int64_t created_at, escalate_at;
	struct id message;
	enum message_type type;
	int generation;
	const struct id *targets; /* in the arena */
	size_t target_count;
	int key_no;              /* of a hub data key; -1: the case's */
	struct blob wrapped_key; /* the case's */
	struct blob sealed;
};

NODISCARD enum rc outbox_fetch(struct ask *ask, const struct outbox_want *wants,
    size_t count, struct err *err);

/* A row of the answer.  RC_TOO_LARGE at the arena's limit, RC_FAILED
 * `bad_row` for a type of message that this program does not know. */
NODISCARD enum rc outbox_row(const struct rows *rows, size_t number,
    struct arena *arena, struct outbox_row *row, struct err *err);

/* How an attempt ended. */
struct outbox_attempt {
	int64_t seq, epoch; /* the epoch of its fetch */
	int shard;
	struct id message;
	int32_t endpoint;
	int n;
	int64_t at;
	int status;
	const char *error; /* "" for a whole response */
	int32_t milliseconds;
	const char *remote;
	int32_t response_length;
	const uint8_t *response_sha256; /* NULL: not known */
	const char *key_ids;
	bool is_delivered;
	int64_t next_at; /* where it is not delivered */
	int level;
};

/* Record a batch; `again`: it may have been recorded already.  The answer has
 * one row for each that was: outbox_recorded. */
NODISCARD enum rc outbox_complete(struct ask *ask, const struct id *owner,
    const struct outbox_attempt *const *attempts, size_t count, bool again,
    struct err *err);

int64_t outbox_recorded(const struct rows *rows, size_t number);

/* Something for the desk to tell the case. */
struct outbox_fact {
	enum delivery_fact fact;
	struct id message;
	int32_t endpoint;
	enum message_type type;
	int generation;
	int64_t at;
	int64_t attempted_at; /* of a delivery: its beginning; 0: not known */
	int status;
	const char *error;
	const struct id *targets;
	size_t target_count;
};

/* Raise what is late at these endpoints, and say which; in `arena`. */
NODISCARD enum rc outbox_escalate(struct db *db, const struct id *owner,
    const int32_t *endpoints, size_t endpoint_count, struct arena *arena,
    struct outbox_fact **facts, size_t *count, struct err *err);

/* It takes messages again: its retries are due. */
NODISCARD enum rc outbox_release(
    struct db *db, const struct id *owner, int32_t endpoint, struct err *err);

/* What a dead hub recorded since and did not report; in `arena`. */
NODISCARD enum rc
outbox_unreported(struct db *db, int64_t since, struct arena *arena,
    struct outbox_fact **facts, size_t *count, struct err *err);

struct outbox_age {
	int32_t endpoint;
	int priority;
	int64_t created_at;
};

/* The oldest row of each endpoint and priority that has one; `ages` has room
 * for all. */
NODISCARD enum rc
outbox_oldest(struct db *db, const int32_t *endpoints, size_t endpoint_count,
    struct outbox_age *ages, size_t *count, struct err *err);
