/*
 * What a call asks for, judged: see submit_impact.h.
 */
#include "hub/service/submit_impact.h"

#include <string.h>

#include "hub/domain/action_rule.h"
#include "hub/service/ordering.h"
#include "hub/service/standing.h"
#include "hub/service/velocity.h"

/* What the call asks for in one currency: each transaction once, however many
 * hops of it are targeted. */
static int64_t
sum_of(const struct submit_case *submit, const char *currency)
{
	int64_t by_txn[COMMAND_TXN_LIMIT] = { 0 }, sum = 0;

	for (size_t r = 0; r < submit->request_count; r++)
		for (size_t t = 0; t < submit->requests[r].target_count; t++) {
			const struct target_draft *target =
			    &submit->requests[r].targets[t];

			if (strcmp(target->amount.currency, currency) != 0 ||
			    target->has_txn_id)
				continue;
			if (target->txn < 0)
				sum += target->amount.minor;
			else if (by_txn[target->txn] < target->amount.minor)
				by_txn[target->txn] = target->amount.minor;
		}
	for (size_t i = 0; i < submit->txn_count; i++)
		sum += by_txn[i];
	return sum;
}

/* Splitting a sum over requests does not get under the threshold.  No sum
 * overflows: each of its parts is below a threshold. */
bool
submit_impact_is_large(const struct submit_case *submit,
    const struct profile *profile, const struct snapshot *snapshot)
{
	if (profile_needs_approval(profile, &submit->loss))
		return true;
	for (size_t r = 0; r < submit->request_count; r++)
		for (size_t t = 0; t < submit->requests[r].target_count; t++)
			if (profile_needs_approval(profile,
				&submit->requests[r].targets[t].amount))
				return true;
	/* A currency without a limit was large above. */
	for (size_t i = 0; i < profile->limit_count; i++) {
		const struct profile_limit *limit = &profile->limits[i];

		if (limit->approval_above > 0 &&
		    sum_of(submit, limit->currency) > limit->approval_above -
			    standing_sum(submit, snapshot, limit->currency))
			return true;
	}
	return false;
}

static bool
is_wide(const struct request_draft *request)
{
	return request->scope == SCOPE_ACCOUNT ||
	    action_rule(request->action)->needs_approval;
}

#define REASON(reason) (UINT32_C(1) << APPROVAL_##reason)

/* Why a second person is needed, of each request. */
static void
find_reasons(struct command *command, const struct profile *profile,
    struct effects *effects, struct impact *impact)
{
	const struct submit_case *submit = &command->submit;
	uint32_t of_all = submit_impact_is_large(
			      submit, profile, effects->snapshot)
	    ? REASON(LARGE)
	    : 0;
	static _Thread_local uint32_t spare[COMMAND_REQUEST_LIMIT];

	impact->reasons = arena_alloc(effects->snapshot->arena,
	    (submit->request_count + 1) * sizeof(*impact->reasons));
	if (impact->reasons == NULL) {
		effects->failed = true;
		impact->reasons = spare;
	}
	if (velocity_is_extreme(command, impact))
		of_all |= REASON(VELOCITY);
	for (size_t i = 0; i < submit->request_count; i++) {
		const struct request_draft *draft = &submit->requests[i];

		impact->reasons[i] = of_all |
		    (is_wide(draft) ? REASON(WIDE) : 0) |
		    (ordering_of_draft(profile, draft) ? REASON(ORDER) : 0) |
		    (draft->is_emergency ? REASON(EMERGENCY) : 0);
	}
}

bool
submit_impact_waits(uint32_t reasons)
{
	return reasons != 0 && (reasons & REASON(EMERGENCY)) == 0;
}

bool
submit_impact_needs_second(const struct submit_case *submit,
    const struct profile *profile, const struct request_draft *request)
{
	return request->is_emergency || is_wide(request) ||
	    ordering_of_draft(profile, request) ||
	    submit_impact_is_large(submit, profile, NULL);
}

const struct impact *
submit_impact_judge(struct command *command, const struct profile *profile,
    struct effects *effects)
{
	static _Thread_local struct impact spare;
	struct impact *impact = arena_alloc(
	    effects->snapshot->arena, sizeof(*impact));

	if (impact == NULL) {
		effects->failed = true;
		spare = (struct impact){ .reasons = NULL };
		impact = &spare;
	}
	velocity_count(command, profile, effects->snapshot, impact);
	find_reasons(command, profile, effects, impact);
	return impact;
}
