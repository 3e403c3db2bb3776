/*
 * Money divided: see apportion.h.
 */
#include "hub/domain/apportion.h"

#include <stdbool.h>
#include <string.h>

/* total * weight has up to 126 bits. */
__extension__ typedef unsigned __int128 wide;

static enum rc
sum_up(const int64_t *weights, size_t count, int64_t *sum, struct err *err)
{
	*sum = 0;
	if (count > APPORTION_LIMIT)
		return err_set(err, RC_INVALID, "too_many_items",
		    "at most %d are divided among", APPORTION_LIMIT);
	for (size_t i = 0; i < count; i++) {
		if (weights[i] < 0)
			return err_set(err, RC_INVALID, "negative_amount",
			    "an amount is below zero");
		if (weights[i] > INT64_MAX - *sum)
			return err_set(err, RC_INVALID, "amount_too_large",
			    "the amounts together are too large");
		*sum += weights[i];
	}
	if (*sum == 0)
		return err_set(err, RC_INVALID, "nothing_to_divide",
		    "there is nothing to divide");
	return RC_OK;
}

/* One more unit to the largest remainder that has none yet. */
static void
give_one(
    const int64_t *remainders, bool *is_given, size_t count, int64_t *parts)
{
	size_t best = count;

	for (size_t i = 0; i < count; i++)
		if (!is_given[i] &&
		    (best == count || remainders[i] > remainders[best]))
			best = i;
	is_given[best] = true;
	parts[best]++;
}

enum rc
apportion_divide(int64_t total, const int64_t *weights, size_t count,
    int64_t *parts, struct err *err)
{
	int64_t remainders[APPORTION_LIMIT], sum, rest = total;
	bool is_given[APPORTION_LIMIT] = { false };

	TRY(sum_up(weights, count, &sum, err));
	if (total < 0)
		return err_set(err, RC_INVALID, "negative_amount",
		    "an amount is below zero");
	for (size_t i = 0; i < count; i++) {
		wide product = (wide)total * (wide)weights[i];

		parts[i] = (int64_t)(product / (wide)sum);
		remainders[i] = (int64_t)(product % (wide)sum);
		rest -= parts[i];
	}
	/* Fewer units are left than there are remainders above zero. */
	for (; rest > 0; rest--)
		give_one(remainders, is_given, count, parts);
	return RC_OK;
}

/* Both sides sum to the same: fill the claims one after another. */
static void
pair_up(struct apportion_plan *plan)
{
	size_t claim = 0;
	int64_t open = plan->awarded[0];

	memset(plan->payments, 0,
	    plan->held_count * plan->claim_count * sizeof(*plan->payments));
	for (size_t i = 0; i < plan->held_count; i++) {
		int64_t left = plan->paid[i];

		while (left > 0) {
			int64_t part = left < open ? left : open;

			plan->payments[i * plan->claim_count + claim] += part;
			left -= part;
			open -= part;
			if (open == 0 && claim + 1 < plan->claim_count)
				open = plan->awarded[++claim];
		}
	}
}

enum rc
apportion_make_plan(struct apportion_plan *plan, struct err *err)
{
	int64_t held, claimed, pool;

	TRY(sum_up(plan->held, plan->held_count, &held, err));
	TRY(sum_up(plan->claims, plan->claim_count, &claimed, err));
	pool = held < claimed ? held : claimed;
	TRY(apportion_divide(
	    pool, plan->held, plan->held_count, plan->paid, err));
	TRY(apportion_divide(
	    pool, plan->claims, plan->claim_count, plan->awarded, err));
	pair_up(plan);
	return RC_OK;
}
