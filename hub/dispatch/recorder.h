/*
 * The recorder: attempts that ended, in batches, to the database; the next
 * batch goes when the last is answered.  What was recorded is told to its
 * user, which reports it.  The dispatcher's thread alone.
 */
#pragma once

#include "hub/dispatch/channel.h"
#include "hub/dispatch/letter.h"

enum { RECORDER_BATCH = 128 };

struct recorder {
	struct channel channel;
	struct id owner;
	struct letter *first, **last; /* noted */
	size_t count;
	int64_t noted_at;                     /* monotonic: the first of them */
	struct letter *batch[RECORDER_BATCH]; /* being recorded */
	size_t batch_count;
	bool may_be_recorded; /* the connection broke before the answer */
	int64_t retry_at;
	uint64_t batches;
};

void recorder_init(struct recorder *recorder, const struct id *owner);

/* Its attempt is over. */
void recorder_add(struct recorder *recorder, struct letter *letter);

/* Send a batch if one is due: full, 3 ms old, or `is_idle`, when nothing more
 * can come soon. */
void recorder_flush(struct recorder *recorder, bool is_idle);

/* Microseconds until recorder_flush is due; -1: it is not. */
int64_t recorder_wait(const struct recorder *recorder);

/* Nothing is noted, nothing under way. */
bool recorder_is_empty(const struct recorder *recorder);

/* Take an answer.  `count` letters of the batch are the caller's then; those
 * with `is_recorded` false belong to another dispatcher.  0: no answer, or
 * the batch is sent again. */
size_t recorder_take(
    struct recorder *recorder, struct letter **letters, bool *is_recorded);
