/*
 * Sums of a case as it stands: see standing.h.
 */
#include "hub/service/standing.h"

#include <string.h>

/* Hops further on are the same money, and what is over is asked no more. */
static bool
counts(const struct submit_case *submit, const struct target *target,
    const char *currency)
{
	return id_equal(&target->case_id, &submit->into) &&
	    id_is_zero(&target->parent) &&
	    !target_state_is_over(target->state) &&
	    strcmp(target->requested.currency, currency) == 0;
}

static int64_t
add(int64_t sum, int64_t minor)
{
	return minor > INT64_MAX - sum ? INT64_MAX : sum + minor;
}

/* The most that is asked about one payment. */
static int64_t
largest_on(const struct submit_case *submit, const struct snapshot *snapshot,
    const struct id *txn, const char *currency)
{
	int64_t largest = 0;

	for (size_t i = 0; i < snapshot->target_count; i++) {
		const struct target *target = snapshot->targets[i];

		if (counts(submit, target, currency) &&
		    id_equal(&target->txn, txn) &&
		    target->requested.minor > largest)
			largest = target->requested.minor;
	}
	for (size_t r = 0; r < submit->request_count; r++)
		for (size_t t = 0; t < submit->requests[r].target_count; t++) {
			const struct target_draft *draft =
			    &submit->requests[r].targets[t];

			if (draft->has_txn_id &&
			    id_equal(&draft->txn_id, txn) &&
			    strcmp(draft->amount.currency, currency) == 0 &&
			    draft->amount.minor > largest)
				largest = draft->amount.minor;
		}
	return largest;
}

int64_t
standing_sum(const struct submit_case *submit, const struct snapshot *snapshot,
    const char *currency)
{
	int64_t sum = 0;

	if (id_is_zero(&submit->into))
		return 0;
	for (size_t i = 0; i < snapshot->txn_count; i++)
		if (id_equal(&snapshot->txns[i]->case_id, &submit->into))
			sum = add(sum,
			    largest_on(submit, snapshot, &snapshot->txns[i]->id,
				currency));
	for (size_t i = 0; i < snapshot->target_count; i++) {
		const struct target *target = snapshot->targets[i];

		if (counts(submit, target, currency) &&
		    id_is_zero(&target->txn))
			sum = add(sum, target->requested.minor);
	}
	return sum;
}
