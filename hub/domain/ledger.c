/*
 * The ledger of a money trail: see ledger.h.
 */
#include "hub/domain/ledger.h"

#include <stdbool.h>

/* The hop that this one's money came from; LEDGER_NONE at the first. */
static size_t
hop_before(const struct ledger_hop *hops, size_t count, size_t hop)
{
	size_t parent = hops[hop].parent;

	if (parent >= count ||
	    !money_same_currency(&hops[parent].disputed, &hops[hop].disputed))
		return LEDGER_NONE;
	return parent;
}

/* Steps from `hop` up to `top`, or LEDGER_NONE.  Never more steps than hops:
 * rows that lead in a circle end the walk. */
static size_t
steps_to(const struct ledger_hop *hops, size_t count, size_t hop, size_t top)
{
	for (size_t steps = 0; hop != LEDGER_NONE && steps < count; steps++) {
		if (hop == top)
			return steps;
		hop = hop_before(hops, count, hop);
	}
	return LEDGER_NONE;
}

static size_t
depth_of(const struct ledger_hop *hops, size_t count, size_t hop)
{
	size_t depth = 0;

	while (depth < count &&
	    (hop = hop_before(hops, count, hop)) != LEDGER_NONE)
		depth++;
	return depth;
}

/* A sum that would not fit is as good as the largest that does. */
static void
add_along(struct ledger_hop *hops, size_t count, size_t hop, int64_t minor)
{
	for (size_t steps = 0; hop != LEDGER_NONE && steps < count; steps++) {
		int64_t *below = &hops[hop].below_minor;

		if (__builtin_add_overflow(*below, minor, below))
			*below = INT64_MAX;
		hop = hop_before(hops, count, hop);
	}
}

static void
sum_up(struct ledger_hop *hops, size_t count)
{
	for (size_t i = 0; i < count; i++)
		hops[i].below_minor = 0;
	for (size_t i = 0; i < count; i++)
		if (hops[i].held_minor > 0)
			add_along(hops, count, i, hops[i].held_minor);
}

/* What is still held behind a hop after the reductions so far. */
static int64_t
kept_below(const struct ledger_hop *hops, size_t count, size_t top)
{
	int64_t sum = 0;

	for (size_t i = 0; i < count; i++)
		if (hops[i].held_minor > 0 &&
		    steps_to(hops, count, i, top) != LEDGER_NONE &&
		    __builtin_add_overflow(
			sum, hops[i].held_minor - hops[i].reduce_minor, &sum))
			return INT64_MAX;
	return sum;
}

/* The hop nearest to `top` that still holds something it may let go. */
static size_t
nearest_holder(const struct ledger_hop *hops, size_t count, size_t top)
{
	size_t best = LEDGER_NONE, nearest = LEDGER_NONE;

	for (size_t i = 0; i < count; i++) {
		size_t steps;

		if (hops[i].is_fixed ||
		    hops[i].held_minor <= hops[i].reduce_minor)
			continue;
		steps = steps_to(hops, count, i, top);
		if (steps < nearest ||
		    (steps == nearest && best != LEDGER_NONE &&
			hops[i].layer < hops[best].layer)) {
			nearest = steps;
			best = i;
		}
	}
	return best;
}

static void
share_out(struct ledger_hop *hops, size_t count, size_t top)
{
	for (;;) {
		int64_t rest = kept_below(hops, count, top) -
		    hops[top].disputed.minor;
		size_t holder = nearest_holder(hops, count, top);
		int64_t can;

		if (rest <= 0 || holder == LEDGER_NONE)
			return;
		can = hops[holder].held_minor - hops[holder].reduce_minor;
		hops[holder].reduce_minor += rest < can ? rest : can;
	}
}

/* The deepest first: what an inner hop lets go, an outer one need not. */
static void
share_all_out(struct ledger_hop *hops, size_t count)
{
	size_t deepest = 0;

	for (size_t i = 0; i < count; i++) {
		size_t depth = depth_of(hops, count, i);

		if (hops[i].surplus_minor > 0 && depth > deepest)
			deepest = depth;
	}
	for (size_t depth = deepest + 1; depth-- > 0;)
		for (size_t i = 0; i < count; i++)
			if (hops[i].surplus_minor > 0 &&
			    depth_of(hops, count, i) == depth)
				share_out(hops, count, i);
}

void
ledger_check(struct ledger_hop *hops, size_t count)
{
	bool has_surplus = false;

	sum_up(hops, count);
	for (size_t i = 0; i < count; i++) {
		int64_t surplus = hops[i].below_minor - hops[i].disputed.minor;

		hops[i].surplus_minor = surplus > 0 ? surplus : 0;
		hops[i].reduce_minor = 0;
		has_surplus = has_surplus || surplus > 0;
	}
	if (has_surplus)
		share_all_out(hops, count);
}
