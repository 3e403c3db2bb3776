/*
 * Pass a deadline: a stage of a clock has come, and the clerk brings it.  The
 * owner is reminded, then told of the breach; some clocks also do what the
 * law has them do at their end.  What somebody did in the meantime has ended
 * the clock: then nothing happens.
 */
#include "hub/domain/clocks.h"
#include "hub/service/issuing.h"
#include "hub/service/lapsing.h"
#include "hub/service/passing.h"
#include "hub/service/use_cases.h"

/* ---- the stages */

static enum rc
reach(struct passing *passing, struct err *err)
{
	struct deadline *deadline = passing->deadline;

	switch (deadline->stage) {
	case DEADLINE_AT_HALF:
	case DEADLINE_AT_FOUR_FIFTHS:
		passing_warn(passing);
		break;
	case DEADLINE_AT_END:
		TRY(passing_end(passing, err));
		if (clocks_rule(deadline->kind)->reminds)
			passing_tell_breach(passing);
		break;
	case DEADLINE_A_DAY_LATER:
		passing_tell_breach(passing);
		break;
	case DEADLINE_STAGE_COUNT:
		break;
	}
	clocks_advance(deadline);
	deadline->row.is_dirty = true;
	return RC_OK;
}

/* After an outage a reminder that another has overtaken is left out; the end
 * never is. */
static void
skip_overtaken(struct deadline *deadline, int64_t at)
{
	while (deadline->stage < DEADLINE_AT_END &&
	    clocks_stage_at(deadline, deadline->stage + 1) <= at)
		clocks_advance(deadline);
}

/* When its subject says that it ends; 0: the clock has its own end. */
static int64_t
end_of(const struct passing *passing)
{
	switch (passing->deadline->kind) {
	case DEADLINE_HOLD:
		return passing->target->expires_at;
	case DEADLINE_CORRECTION:
		return passing->target->correct_until;
	case DEADLINE_CONFIRMATION:
		return passing->request->confirm_by;
	case DEADLINE_REQUEST:
		return passing->request->expires_at;
	case DEADLINE_FORMALITY:
		return passing->formality->due_at;
	case DEADLINE_GRIEVANCE_REPLY:
	case DEADLINE_GRIEVANCE_DECISION:
		return passing->grievance->due_at;
	case DEADLINE_ACKNOWLEDGEMENT:
	case DEADLINE_DECISION:
	case DEADLINE_RELEASE:
	case DEADLINE_WATCH:
	case DEADLINE_PAYMENT_HOLD:
	case DEADLINE_RESTITUTION:
	case DEADLINE_KIND_COUNT:
		break;
	}
	return 0;
}

/* Its end was put off without a move: the clock goes on to the new one. */
static bool
is_put_off(const struct passing *passing)
{
	struct deadline *deadline = passing->deadline;
	int64_t end = end_of(passing);

	if (end <= deadline->due_at)
		return false;
	deadline->due_at = end;
	deadline->next_at = clocks_stage_at(deadline, deadline->stage);
	deadline->row.is_dirty = true;
	return deadline->next_at > passing->command->at;
}

static uint32_t
running(const struct passing *passing)
{
	if (passing->formality != NULL)
		return clocks_of_formality(passing->formality->state);
	if (passing->restitution != NULL)
		return clocks_of_restitution(passing->restitution->state);
	/* What is let go leaves nothing to decide. */
	if (passing->grievance != NULL)
		return target_state_is_held(passing->target->state) ||
			passing->target->state == TARGET_ATTACHED
		    ? clocks_of_grievance(passing->grievance->state)
		    : 0;
	if (id_equal(&passing->deadline->subject, &passing->request->id))
		return clocks_of_request(
		    passing->request, passing->request->state);
	return clocks_of_target(passing->target->state);
}

/* The request of the subject, and the target that a message is about. */
static const struct id *
request_of(struct passing *passing)
{
	const struct snapshot *snapshot = passing->effects->snapshot;
	const struct id *subject = &passing->deadline->subject;

	passing->formality = snapshot_formality(snapshot, subject);
	passing->grievance = snapshot_grievance(snapshot, subject);
	passing->restitution = snapshot_restitution(snapshot, subject);
	passing->target = snapshot_target(snapshot,
	    passing->grievance != NULL         ? &passing->grievance->target
		: passing->restitution != NULL ? &passing->restitution->target
					       : subject);
	if (passing->formality != NULL)
		return &passing->formality->request;
	return passing->target == NULL ? subject : &passing->target->request;
}

/* The first that is not over, or else the first. */
static struct target *
target_of(const struct passing *passing)
{
	size_t count = 0;
	struct target **targets = issuing_targets_of(
	    passing->effects->snapshot, &passing->request->id, &count);

	for (size_t i = 0; targets != NULL && i < count; i++)
		if (!target_state_is_over(targets[i]->state))
			return targets[i];
	return targets == NULL || count == 0 ? NULL : targets[0];
}

static enum rc
find(struct passing *passing, struct err *err)
{
	const struct snapshot *snapshot = passing->effects->snapshot;

	passing->request = snapshot_request(snapshot, request_of(passing));
	passing->case_file = snapshot_case(
	    snapshot, &passing->deadline->case_id);
	if (passing->request == NULL || passing->case_file == NULL)
		return err_set(err, RC_MISSING, "not_found",
		    "a deadline's subject is not there");
	if (passing->target == NULL)
		passing->target = target_of(passing);
	return RC_OK;
}

enum rc
pass_deadline_decide(struct command *command, struct effects *effects,
    struct reply *reply, struct err *err)
{
	struct passing passing = { .command = command, .effects = effects };

	if (command->actor.role != ROLE_HUB)
		return err_set(err, RC_FORBIDDEN, "role_not_allowed",
		    "only the hub's clerk passes deadlines");
	reply->status = 200;
	passing.deadline = snapshot_deadline(effects->snapshot,
	    &command->deadline.subject, command->deadline.kind);
	if (passing.deadline == NULL || passing.deadline->next_at == 0 ||
	    passing.deadline->next_at > command->at)
		return RC_OK; /* somebody was faster */
	if (lapsing_is_of(passing.deadline->kind)) {
		lapsing_pass(command, effects, passing.deadline);
		return RC_OK;
	}
	TRY(find(&passing, err));
	if ((running(&passing) & UINT32_C(1) << passing.deadline->kind) == 0) {
		effects_end_deadline(effects, &passing.deadline->subject,
		    passing.deadline->kind);
		return RC_OK;
	}
	if (is_put_off(&passing))
		return RC_OK;
	skip_overtaken(passing.deadline, command->at);
	reply->case_id = passing.case_file->id;
	reply->request = passing.request->id;
	return reach(&passing, err);
}
