/*
 * Whose turn it is: what a lane may send now.  See lanes.h.
 */
#include "hub/base/clock.h"
#include "hub/dispatch/lanes_inside.h"

/* The generic cell rate algorithm's tolerance: a wake-up that comes late does
 * not cost a slot, and no more than this much is sent ahead. */
#define PACE_TOLERANCE (CLOCK_SECOND / 50)

/* ---- the way of a letter */

static bool
is_busy(const struct lane *lane, int64_t order_key)
{
	const struct letter *letter = lane->under_way;

	if (order_key == 0)
		return false;
	while (letter != NULL && letter->row.order_key != order_key)
		letter = letter->right;
	return letter != NULL;
}

static void
begin_way(struct lane *lane, struct letter *letter)
{
	letter->left = NULL;
	letter->right = lane->under_way;
	if (letter->right != NULL)
		letter->right->left = letter;
	lane->under_way = letter;
	letter->is_under_way = true;
}

void
lanes_end_way(struct lanes *lanes, struct letter *letter)
{
	struct lane *lane = lanes_find(lanes, letter->row.endpoint);

	if (!letter->is_under_way)
		return;
	letter->is_under_way = false;
	if (letter->right != NULL)
		letter->right->left = letter->left;
	if (letter->left != NULL)
		letter->left->right = letter->right;
	else
		lane->under_way = letter->right;
}

/* ---- how many may go */

static int64_t
pace(const struct lane *lane)
{
	int rate = lane->endpoint->rate_limit;

	return rate <= 0 ? 0 : CLOCK_SECOND / rate;
}

static bool
is_paced(const struct lane *lane, int64_t now)
{
	return pace(lane) > 0 && lane->paced_until > now + PACE_TOLERANCE;
}

static void
take_slot(struct lanes *lanes, struct lane *lane, int64_t now)
{
	if (lane->paced_until < now)
		lane->paced_until = now;
	lane->paced_until += pace(lane);
	breaker_start(&lane->breaker);
	lane->used_at = now;
	lane->in_flight++;
	lanes->in_flight++;
}

static bool
has_slot(
    const struct lane *lane, int priority, enum lane_sort sort, size_t limit)
{
	/* Of few slots none can be kept. */
	size_t kept = priority == 0 && sort == LANE_FRESH ? 0 : limit / 4;

	return lane->in_flight < limit - kept;
}

static size_t
limit_of(const struct lane *lane, int64_t now)
{
	if (!lane->is_open || is_paced(lane, now))
		return 0;
	return breaker_limit(
	    &lane->breaker, (size_t)lane->endpoint->concurrency, now);
}

/* The first letter of this priority that may go: where it hangs. */
static struct letter **
may_send(struct lane *lane, int priority, int64_t now, enum lane_sort *sort)
{
	struct lane_list *lists = lane->queues[priority].lists;
	static const enum lane_sort order[] = { LANE_DUE, LANE_FRESH };
	size_t limit = limit_of(lane, now);
	struct letter **slot;

	for (size_t i = 0; i < COUNT(order); i++) {
		*sort = order[i];
		if (!has_slot(lane, priority, *sort, limit))
			continue;
		slot = &lists[*sort].first;
		while (*slot != NULL && is_busy(lane, (*slot)->row.order_key))
			slot = &(*slot)->next;
		if (*slot != NULL)
			return slot;
	}
	return NULL;
}

struct letter *
lanes_take(struct lanes *lanes, int64_t now, struct lane **lane)
{
	for (int p = 0; lanes->ready > 0 && p < LANES_PRIORITIES; p++)
		for (size_t i = 0; i < lanes->count; i++) {
			size_t turn = (lanes->next[p] + i) % lanes->count;
			struct lane *at = lanes->items[turn];
			enum lane_sort sort;
			struct letter **slot = may_send(at, p, now, &sort);
			struct letter *letter;

			if (slot == NULL)
				continue;
			*lane = at;
			lanes->next[p] = turn + 1;
			take_slot(lanes, at, now);
			letter = lanes_pull(
			    lanes, &at->queues[p].lists[sort], slot);
			begin_way(at, letter);
			return letter;
		}
	return NULL;
}

static bool
is_waiting(const struct lane *lane)
{
	for (int p = 0; p < LANES_PRIORITIES; p++)
		for (int sort = 0; sort < LANE_SORTS; sort++)
			if (lane->queues[p].lists[sort].count > 0)
				return true;
	return false;
}

int64_t
lanes_next(const struct lanes *lanes, int64_t now, int64_t until)
{
	for (size_t i = 0; lanes->ready > 0 && i < lanes->count; i++) {
		const struct lane *lane = lanes->items[i];
		int64_t at = 0;

		if (!lane->is_open || !is_waiting(lane))
			continue;
		if (lane->breaker.state == BREAKER_SUSPENDED)
			at = lane->breaker.probe_at;
		if (is_paced(lane, now) && at < lane->paced_until)
			at = lane->paced_until;
		if (at > now && at < until)
			until = at;
	}
	return until;
}

enum breaker_turn
lanes_landed(struct lanes *lanes, const struct letter *letter,
    const struct landing *landing)
{
	struct lane *lane = lanes_find(lanes, letter->row.endpoint);
	size_t concurrency = lane->endpoint == NULL
	    ? 1
	    : (size_t)lane->endpoint->concurrency;

	lane->in_flight--;
	lanes->in_flight--;
	if (landing->is_delivered)
		lane->has_flowed = true;
	else
		lane->look_ahead = LANES_LOOK_AHEAD_LEAST;
	return breaker_note(&lane->breaker, landing->is_delivered, concurrency,
	    landing->now, landing->at_least, landing->random);
}
