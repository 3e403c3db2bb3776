/*
 * Clocks of a state: see clock_check.h.  The tables are those of clocks.h;
 * what is held against them is which rows the decisions left.
 */
#include "test/sim/clock_check.h"

#include "hub/domain/clocks.h"

/* The clocks that a subject has, whatever it is. */
static uint32_t
clocks_of(const struct snapshot *snapshot, const struct id *subject)
{
	const struct target *target = snapshot_target(snapshot, subject);
	const struct freeze_request *request = snapshot_request(
	    snapshot, subject);
	const struct formality *formality = snapshot_formality(
	    snapshot, subject);
	const struct grievance *grievance = snapshot_grievance(
	    snapshot, subject);
	const struct restitution *restitution = snapshot_restitution(
	    snapshot, subject);

	if (restitution != NULL)
		return clocks_of_restitution(restitution->state);
	if (target != NULL)
		return clocks_of_target(target->state);
	if (request != NULL)
		return clocks_of_request(request, request->state);
	if (formality != NULL)
		return clocks_of_formality(formality->state);
	if (grievance != NULL)
		return clocks_of_grievance(grievance->state);
	/* Of no case: risk_check.c holds them against their rows. */
	return UINT32_C(1) << DEADLINE_WATCH |
	    UINT32_C(1) << DEADLINE_PAYMENT_HOLD;
}

static bool
is_there(const struct snapshot *snapshot, const struct id *subject,
    enum deadline_kind kind)
{
	const struct deadline *deadline = snapshot_deadline(
	    snapshot, subject, kind);

	return deadline != NULL && deadline->status != DEADLINE_ENDED;
}

static bool
is_held(const struct snapshot *snapshot, const struct grievance *grievance)
{
	const struct target *target = snapshot_target(
	    snapshot, &grievance->target);

	return target != NULL && target_state_is_held(target->state);
}

/* One whose target is let go may have lost its clock. */
static const char *
check_grievances(const struct snapshot *snapshot)
{
	for (size_t i = 0; i < snapshot->grievance_count; i++) {
		const struct grievance *grievance = snapshot->grievances[i];

		for (int kind = 0; kind < DEADLINE_KIND_COUNT; kind++)
			if ((clocks_of_grievance(grievance->state) &
				UINT32_C(1) << kind) != 0 &&
			    is_held(snapshot, grievance) &&
			    !is_there(snapshot, &grievance->id,
				(enum deadline_kind)kind))
				return "a grievance waits without a clock";
	}
	return NULL;
}

const char *
clock_check(const struct snapshot *snapshot)
{
	for (size_t i = 0; i < snapshot->deadline_count; i++) {
		const struct deadline *deadline = snapshot->deadlines[i];

		if (deadline->status == DEADLINE_RUNNING &&
		    (clocks_of(snapshot, &deadline->subject) &
			UINT32_C(1) << deadline->kind) == 0)
			return "a clock runs that its subject has not";
		if ((deadline->status == DEADLINE_RUNNING) !=
		    (deadline->next_at != 0))
			return "a clock runs to nothing";
	}
	for (size_t i = 0; i < snapshot->formality_count; i++) {
		const struct formality *formality = snapshot->formalities[i];

		if (formality_state_is_owed(formality->state) &&
		    !is_there(snapshot, &formality->id, DEADLINE_FORMALITY))
			return "a document is owed without a clock";
		if (formality->state == FORMALITY_OVERDUE &&
		    formality->due_at > formality->updated_at)
			return "a document is overdue before it was due";
	}
	for (size_t i = 0; i < snapshot->restitution_count; i++) {
		const struct restitution *one = snapshot->restitutions[i];

		if (restitution_state_is_owed(one->state) &&
		    !is_there(snapshot, &one->id, DEADLINE_RESTITUTION))
			return "a payment is owed without a clock";
	}
	return check_grievances(snapshot);
}
