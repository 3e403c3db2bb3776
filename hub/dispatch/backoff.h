/*
 * When a failed delivery is tried again, and which failures people must mend.
 * Pure tables; used by the dispatcher.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

/* What came of attempt `n`. */
struct backoff_failure {
	int n;                       /* 1: the first */
	int status;                  /* 0: no response */
	bool is_tls;                 /* handshake, certificate, name or pin */
	int priority;                /* 0: freeze and release */
	int64_t age_seconds;         /* of the message */
	int64_t retry_after_seconds; /* -1: not said */
};

/* Microseconds until the next attempt: by the table, ± 20 % by `random`, and
 * with 429 and 503 not before the receiver's Retry-After, as far as it is
 * obeyed.  The retries never end. */
int64_t backoff_delay(const struct backoff_failure *failure, uint32_t random);

/* The least wait alone: of a Retry-After that is obeyed, else 0. */
int64_t backoff_at_least(const struct backoff_failure *failure);

/* So many seconds, ± 20 %, in microseconds. */
int64_t backoff_jittered(int64_t seconds, uint32_t random);

/* A retry alone will not help: a person must mend something. */
bool backoff_needs_people(const struct backoff_failure *failure);
