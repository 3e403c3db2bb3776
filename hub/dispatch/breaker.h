/*
 * The breaker of one endpoint: suspends it when it fails again and again, so
 * that its backlog is not tried in vain, lets one probe through at a time,
 * and after the first 2xx opens it slowly.  It discards nothing: what is held
 * back waits.  Pure: no clock, no network.  The dispatcher's thread alone.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
	BREAKER_IN_A_ROW = 5, /* so many failures suspend */
	BREAKER_WINDOW = 20,  /* or half of so many attempts */
};

enum breaker_state {
	BREAKER_CLOSED,     /* all may go */
	BREAKER_SUSPENDED,  /* one probe at a time */
	BREAKER_RECOVERING, /* more with each 2xx */
};

/* Zero is a closed one. */
struct breaker {
	enum breaker_state state;
	int in_a_row;    /* failures */
	uint32_t window; /* the last attempts, the newest in bit 0; 1: failed */
	int window_count;
	int probes;       /* that failed since it was suspended */
	int64_t probe_at; /* monotonic: no probe before */
	bool is_probing;
	int open; /* recovering: so many may be in flight */
};

/* What the end of an attempt made of it. */
enum breaker_turn { BREAKER_SAME, BREAKER_TRIPPED, BREAKER_RELEASED };

/* How many may be in flight at `now` (monotonic): at most `concurrency`. */
size_t
breaker_limit(const struct breaker *breaker, size_t concurrency, int64_t now);

/* An attempt begins. */
void breaker_start(struct breaker *breaker);

/* An attempt ended.  `at_least`: microseconds that the receiver asked us to
 * wait.  BREAKER_RELEASED: what waits for its retry may go now. */
enum breaker_turn breaker_note(struct breaker *breaker, bool is_delivered,
    size_t concurrency, int64_t now, int64_t at_least, uint32_t random);
