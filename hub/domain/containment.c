/*
 * Containment: see containment.h.
 */
#include "hub/domain/containment.h"

#include <string.h>

static void
add(int64_t *sum, int64_t minor)
{
	if (__builtin_add_overflow(*sum, minor, sum))
		*sum = INT64_MAX;
}

static bool
is_of(const struct money *money, const char *currency)
{
	return strcmp(money->currency, currency) == 0;
}

/* The payment that a lead made follows the disputed ones. */
static bool
is_of_lead(const struct containment_rows *rows, const struct txn *txn)
{
	for (size_t i = 0; i < rows->target_count; i++)
		if (id_equal(&rows->targets[i]->txn, &txn->id) &&
		    !id_is_zero(&rows->targets[i]->parent))
			return true;
	return false;
}

static bool
is_first(const struct containment_rows *rows, const struct txn *txn)
{
	return id_is_zero(&txn->parent) && !is_of_lead(rows, txn);
}

static int64_t
disputed_of(const struct containment_rows *rows, const char *currency)
{
	bool is_named = false;
	int64_t sum = 0;

	for (size_t i = 0; i < rows->txn_count; i++) {
		if (!is_first(rows, rows->txns[i]))
			continue;
		is_named = true;
		if (is_of(&rows->txns[i]->money, currency))
			add(&sum, rows->txns[i]->money.minor);
	}
	return is_named || !is_of(&rows->loss, currency) ? sum
							 : rows->loss.minor;
}

/* Back with the victim's bank already, says who was asked. */
static bool
is_reversed(const struct target *target)
{
	return target->state == TARGET_NOT_HELD &&
	    target->response_code == (int)RESPONSE_REV_DONE;
}

/* What was paid in parts is asked for in the target no more; of the payment
 * that restored it the target still tells. */
static bool
is_last(const struct containment_rows *rows, const struct restitution *paid)
{
	for (size_t i = 0; i < rows->target_count; i++)
		if (id_equal(&rows->targets[i]->id, &paid->target) &&
		    rows->targets[i]->state != TARGET_RESTORED)
			return false;
	for (size_t i = 0; i < rows->restitution_count; i++)
		if (rows->restitutions[i]->state == RESTITUTION_PAID &&
		    id_equal(&rows->restitutions[i]->target, &paid->target) &&
		    rows->restitutions[i]->ended_at > paid->ended_at)
			return false;
	return true;
}

static void
add_paid(const struct containment_rows *rows, const char *currency,
    struct containment *sums)
{
	for (size_t i = 0; i < rows->restitution_count; i++) {
		const struct restitution *paid = rows->restitutions[i];

		if (paid->state != RESTITUTION_PAID ||
		    !is_of(&paid->amount, currency))
			continue;
		add(&sums->returned, paid->amount.minor);
		if (!is_last(rows, paid))
			add(&sums->asked, paid->amount.minor);
	}
}

struct containment
containment_of(const struct containment_rows *rows, const char *currency)
{
	struct containment sums = { .disputed = disputed_of(rows, currency) };

	for (size_t i = 0; i < rows->target_count; i++) {
		const struct target *target = rows->targets[i];

		if (target->queued_at == 0 ||
		    target->state == TARGET_CANCELLED ||
		    target->state == TARGET_SUPERSEDED ||
		    !is_of(&target->requested, currency))
			continue;
		add(&sums.asked, target->requested.minor);
		if (is_reversed(target))
			add(&sums.returned, target->requested.minor);
		else if (target->state == TARGET_RESTORED)
			add(&sums.returned, target->held_minor);
		else
			add(&sums.held, target->held_minor);
	}
	add_paid(rows, currency, &sums);
	return sums;
}

static int64_t
contained_of(const struct containment *sums)
{
	int64_t sum = sums->held;

	add(&sum, sums->returned);
	return sum < sums->disputed ? sum : sums->disputed;
}

int
containment_percent(const struct containment *contained)
{
	int64_t part = contained_of(contained);

	if (contained->disputed <= 0)
		return 0;
	if (part > INT64_MAX / 100)
		return (int)(part / (contained->disputed / 100));
	return (int)(part * 100 / contained->disputed);
}

/* What each currency adds to the outcome. */
struct verdict {
	bool has_all, has_none;
};

static void
judge(const struct containment_rows *rows, const char *currency,
    struct verdict *verdict)
{
	struct containment sums = containment_of(rows, currency);

	if (sums.disputed == 0)
		return;
	verdict->has_all &= contained_of(&sums) == sums.disputed;
	verdict->has_none &= contained_of(&sums) == 0;
}

enum case_outcome
containment_outcome(const struct containment_rows *rows)
{
	struct verdict verdict = { true, true };

	judge(rows, rows->loss.currency, &verdict);
	for (size_t i = 0; i < rows->txn_count; i++)
		judge(rows, rows->txns[i]->money.currency, &verdict);
	/* Nothing disputed, nothing contained. */
	if (verdict.has_none)
		return OUTCOME_DISSIPATED;
	return verdict.has_all ? OUTCOME_CONTAINED_FULL
			       : OUTCOME_CONTAINED_PARTIAL;
}
