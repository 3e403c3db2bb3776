/*
 * The sums of a money trail, by layer and for the case: see trail.h.
 */
#include <string.h>

#include "hub/domain/trail_inside.h"

static const char *const parts[] = {
	[TRAIL_DISPUTED] = "disputed",
	[TRAIL_ASKED] = "asked",
	[TRAIL_HELD] = "held",
	[TRAIL_MOVED_ON] = "moved_on",
	[TRAIL_EXITED] = "exited",
	[TRAIL_UNTRACED] = "residual",
	[TRAIL_RELEASED] = "released",
	[TRAIL_OPEN] = "open",
};
const struct words trail_part_words = { "part of a trail", parts,
	TRAIL_PART_COUNT };

bool
trail_is_dropped(const struct target *target)
{
	return target->state == TARGET_CANCELLED ||
	    target->state == TARGET_SUPERSEDED;
}

/* What remains of what was asked, by how the target stands. */
static const enum trail_part rest_parts[] = {
	[TARGET_PROPOSED] = TRAIL_OPEN,
	[TARGET_QUEUED] = TRAIL_OPEN,
	[TARGET_SENT] = TRAIL_OPEN,
	[TARGET_DELIVERED] = TRAIL_OPEN,
	[TARGET_UNDELIVERABLE] = TRAIL_OPEN,
	[TARGET_ACKNOWLEDGED] = TRAIL_OPEN,
	[TARGET_IN_REVIEW] = TRAIL_OPEN,
	[TARGET_HELD_FULL] = TRAIL_UNTRACED,
	[TARGET_HELD_PARTIAL] = TRAIL_UNTRACED,
	[TARGET_BLOCKED] = TRAIL_OPEN,
	[TARGET_NOT_HELD] = TRAIL_UNTRACED,
	[TARGET_REJECTED] = TRAIL_OPEN,
	[TARGET_REJECTED_FINAL] = TRAIL_OPEN,
	[TARGET_RELEASE_PENDING] = TRAIL_UNTRACED,
	[TARGET_RELEASED] = TRAIL_RELEASED,
	[TARGET_ATTACHED] = TRAIL_UNTRACED,
	[TARGET_RESTORED] = TRAIL_RELEASED,
	[TARGET_CANCELLED] = TRAIL_OPEN,
	[TARGET_SUPERSEDED] = TRAIL_OPEN,
};
_Static_assert(COUNT(rest_parts) == TARGET_STATE_COUNT, "one for each state");

enum trail_part
trail_rest_part(const struct target *target)
{
	/* The money went back: nothing of it is untraced. */
	if (target->state == TARGET_NOT_HELD && target->response_code >= 0 &&
	    response_code_rule((enum response_code)target->response_code)
		    ->family == FAMILY_RETURNED)
		return TRAIL_RELEASED;
	return rest_parts[target->state];
}

/* Answers while a decision is pending need not add up: never below zero. */
int64_t
trail_rest(const struct trail_rows *rows, const struct target *target)
{
	int64_t rest = target->requested.minor - target->held_minor;

	for (size_t i = 0; i < rows->lead_count && rest > 0; i++)
		if (id_equal(&rows->leads[i].target, &target->id) &&
		    trail_is_counted(rows, &rows->leads[i]))
			rest -= rows->leads[i].money.minor;
	return rest > 0 ? rest : 0;
}

/* ---- rows of sums */

static struct trail_sum *
sum_of(struct trail_sum *sums, size_t *count, int layer, const char *currency)
{
	size_t at = *count;

	for (size_t i = 0; i < *count; i++)
		if (sums[i].layer == layer &&
		    strcmp(sums[i].currency, currency) == 0)
			return &sums[i];
	/* Behind the last one of its layer. */
	for (; at > 0 && sums[at - 1].layer > layer; at--)
		sums[at] = sums[at - 1];
	sums[at] = (struct trail_sum){ .layer = layer };
	memcpy(sums[at].currency, currency, sizeof(sums[at].currency));
	(*count)++;
	return &sums[at];
}

static void
add(struct trail_sum *sum, enum trail_part part, int64_t minor)
{
	if (__builtin_add_overflow(sum->minor[part], minor, &sum->minor[part]))
		sum->minor[part] = INT64_MAX;
}

static void
count_layer(struct trail *trail, int layer, const struct money *money,
    enum trail_part part, int64_t minor)
{
	add(sum_of(trail->layers, &trail->layer_count, layer, money->currency),
	    part, minor);
}

/* To its layer and to the case. */
static void
count(struct trail *trail, int layer, const struct money *money,
    enum trail_part part, int64_t minor)
{
	count_layer(trail, layer, money, part, minor);
	add(sum_of(trail->totals, &trail->total_count, 0, money->currency),
	    part, minor);
}

/* The complainant's payments: those that follow another one are of the same
 * money, so that the case counts the first ones alone. */
static void
count_txn(struct trail *trail, const struct txn *txn)
{
	const struct money *money = &txn->money;

	if (trail_is_of_lead(trail->rows, txn))
		return;
	if (id_is_zero(&txn->parent))
		count(trail, txn->layer, money, TRAIL_DISPUTED, money->minor);
	else
		count_layer(
		    trail, txn->layer, money, TRAIL_DISPUTED, money->minor);
}

static void
count_target(struct trail *trail, const struct target *target)
{
	const struct money *asked = &target->requested;

	if (trail_is_dropped(target))
		return;
	count(trail, target->layer, asked, TRAIL_ASKED, asked->minor);
	count(trail, target->layer, asked, TRAIL_HELD, target->held_minor);
	count(trail, target->layer, asked, trail_rest_part(target),
	    trail_rest(trail->rows, target));
}

static void
count_lead(struct trail *trail, const struct lead_row *lead)
{
	const struct money *money = &lead->money;
	bool is_exit = id_is_zero(&lead->child);
	int layer;

	if (!trail_is_counted(trail->rows, lead))
		return;
	layer = trail->rows
		    ->targets[trail_target_index(trail->rows, &lead->target)]
		    .layer;
	count(trail, layer, money, is_exit ? TRAIL_EXITED : TRAIL_MOVED_ON,
	    money->minor);
	if (!is_exit)
		count_layer(
		    trail, layer + 1, money, TRAIL_DISPUTED, money->minor);
}

void
trail_sum_up(struct trail *trail)
{
	const struct trail_rows *rows = trail->rows;

	for (size_t i = 0; i < rows->txn_count; i++)
		count_txn(trail, &rows->txns[i]);
	for (size_t i = 0; i < rows->target_count; i++)
		count_target(trail, &rows->targets[i]);
	for (size_t i = 0; i < rows->lead_count; i++)
		count_lead(trail, &rows->leads[i]);
}
