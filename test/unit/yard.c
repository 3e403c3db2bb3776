/*
 * A yard of lanes: see yard.h.
 */
#include "test/unit/yard.h"

#include "hub/base/clock.h"
#include "hub/base/common.h"

static struct endpoint webhooks[] = {
	{ .number = 1, .concurrency = 8 },
	{ .number = 2, .concurrency = 8 },
	{ .number = 3, .concurrency = 1 },
};

struct yard yard;

void
yard_set_up(void)
{
	lanes_init(&yard.lanes);
	yard.now = 1000 * CLOCK_SECOND;
	for (size_t i = 0; i < COUNT(webhooks); i++) {
		struct lane *lane = lanes_get(&yard.lanes, webhooks[i].number);

		lane->endpoint = &webhooks[i];
		lane->is_open = true;
	}
}

void
yard_tear_down(void)
{
	lanes_clear(&yard.lanes);
}

void
yard_add_keyed(int32_t endpoint, int priority, int64_t seq, int attempts,
    int64_t order_key)
{
	static const uint8_t sealed[] = { 1, 2, 3 };
	struct outbox_row row = { .seq = seq,
		.endpoint = endpoint,
		.priority = priority,
		.attempts = attempts,
		.order_key = order_key,
		.sealed = { sealed, sizeof(sealed) } };

	lanes_add(&yard.lanes, letter_new(&row, 1));
}

void
yard_add(int32_t endpoint, int priority, int64_t seq, int attempts)
{
	yard_add_keyed(endpoint, priority, seq, attempts, 0);
}

/* The seq of the next letter, 0 for none; its lane's number in `*from`. */
int64_t
yard_take(int32_t *from)
{
	struct lane *lane;
	struct letter *letter = lanes_take(&yard.lanes, yard.now, &lane);

	if (letter == NULL)
		return 0;
	if (from != NULL)
		*from = lane->number;
	return letter->row.seq;
}

struct letter *
yard_take_letter(void)
{
	struct lane *lane;

	return lanes_take(&yard.lanes, yard.now, &lane);
}

enum breaker_turn
yard_landed(struct letter *letter, bool is_delivered)
{
	const struct landing landing = { is_delivered, yard.now, 0, 200 };

	letter->attempt.is_delivered = is_delivered;
	return lanes_landed(&yard.lanes, letter, &landing);
}

const struct outbox_want *
yard_want_of(size_t count, int32_t endpoint, int priority)
{
	for (size_t i = 0; i < count; i++)
		if (yard.wants[i].endpoint == endpoint &&
		    yard.wants[i].priority == priority)
			return &yard.wants[i];
	return NULL;
}

/* A fetch that brings nothing. */
void
yard_fetch_nothing(void)
{
	struct lanes_yield yields[YARD_WANTS] = { 0 };
	size_t count = lanes_plan(&yard.lanes, yard.wants, YARD_WANTS);

	lanes_fetched(&yard.lanes, yard.wants, yields, count);
}
