/*
 * What a victim may be told: see case_status.h.
 */
#include "hub/domain/case_status.h"

#include <string.h>

static const char *const names[] = {
	[STEP_WAITING] = "waiting",
	[STEP_HELD] = "held",
	[STEP_NOT_HELD] = "not_held",
	[STEP_REFUSED] = "refused",
	[STEP_RELEASED] = "released",
	[STEP_RETURNED] = "returned",
	[STEP_DROPPED] = "dropped",
};

const struct words case_status_step_words = { "step", names, STEP_COUNT };

static const enum case_status_step steps[TARGET_STATE_COUNT] = {
	[TARGET_PROPOSED] = STEP_WAITING,
	[TARGET_QUEUED] = STEP_WAITING,
	[TARGET_SENT] = STEP_WAITING,
	[TARGET_DELIVERED] = STEP_WAITING,
	[TARGET_UNDELIVERABLE] = STEP_WAITING,
	[TARGET_ACKNOWLEDGED] = STEP_WAITING,
	[TARGET_IN_REVIEW] = STEP_WAITING,
	[TARGET_HELD_FULL] = STEP_HELD,
	[TARGET_HELD_PARTIAL] = STEP_HELD,
	[TARGET_BLOCKED] = STEP_HELD,
	[TARGET_NOT_HELD] = STEP_NOT_HELD,
	[TARGET_REJECTED] = STEP_REFUSED,
	[TARGET_REJECTED_FINAL] = STEP_REFUSED,
	[TARGET_RELEASE_PENDING] = STEP_RELEASED,
	[TARGET_RELEASED] = STEP_RELEASED,
	[TARGET_ATTACHED] = STEP_HELD,
	[TARGET_RESTORED] = STEP_RETURNED,
	[TARGET_CANCELLED] = STEP_DROPPED,
	[TARGET_SUPERSEDED] = STEP_DROPPED,
};

static void
add(struct money *sums, size_t *count, const struct money *money)
{
	struct err err;

	for (size_t i = 0; i < *count; i++)
		if (money_same_currency(&sums[i], money)) {
			/* Beyond int64 there is no money on earth. */
			(void)!money_add(&sums[i], money, &err);
			return;
		}
	if (*count < CASE_STATUS_CURRENCY_LIMIT)
		sums[(*count)++] = *money;
}

static void
add_held(struct case_status *status, const struct target *target)
{
	struct money held = target->requested;

	held.minor = target->held_minor;
	add(status->held, &status->held_count, &held);
}

void
case_status_sum(struct case_status *status, const struct target *targets,
    size_t target_count)
{
	memset(status, 0, sizeof(*status));
	for (size_t i = 0; i < target_count; i++) {
		enum case_status_step step = steps[targets[i].state];

		status->counts[step]++;
		if (step == STEP_HELD && targets[i].held_minor > 0)
			add_held(status, &targets[i]);
	}
}

void
case_status_add_paid(struct case_status *status, const struct id *case_id,
    const struct restitution *restitutions, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (restitutions[i].state == RESTITUTION_PAID &&
		    id_equal(&restitutions[i].claim_case, case_id))
			add(status->returned, &status->returned_count,
			    &restitutions[i].amount);
}
