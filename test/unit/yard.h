/*
 * Three lanes for the tests of the lanes: endpoints 1 and 2 with eight slots,
 * 3 with one.
 */
#pragma once

#include "hub/dispatch/lanes.h"

enum { YARD_WANTS = 64 };

struct yard {
	struct lanes lanes;
	int64_t now; /* monotonic */
	struct outbox_want wants[YARD_WANTS];
};

extern struct yard yard;

/* A fixture. */
void yard_set_up(void);
void yard_tear_down(void);

void yard_add(int32_t endpoint, int priority, int64_t seq, int attempts);
void yard_add_keyed(int32_t endpoint, int priority, int64_t seq, int attempts,
    int64_t order_key);

/* The seq of the next letter, 0 for none; its lane's number in `*from`. */
int64_t yard_take(int32_t *from);
struct letter *yard_take_letter(void);

enum breaker_turn yard_landed(struct letter *letter, bool is_delivered);

/* Among the first `count` wants; NULL: none. */
const struct outbox_want *
yard_want_of(size_t count, int32_t endpoint, int priority);

/* A fetch that brings nothing. */
void yard_fetch_nothing(void);
