/*
 * Close a case: nothing of it waits for anybody any more.  Its outcome is what
 * was contained, or what the officer says of it with a reason.
 */
#include "hub/domain/access.h"
#include "hub/domain/containment.h"
#include "hub/service/lookup.h"
#include "hub/service/restoring.h"
#include "hub/service/use_cases.h"

/* What a target still waits for. */
enum wait { WAITS_FOR_NOTHING, WAITS_FOR_DECISION, WAITS_FOR_RELEASE, HOLDS };

static const enum wait waits[TARGET_STATE_COUNT] = {
	[TARGET_PROPOSED] = WAITS_FOR_DECISION,
	[TARGET_QUEUED] = WAITS_FOR_DECISION,
	[TARGET_SENT] = WAITS_FOR_DECISION,
	[TARGET_DELIVERED] = WAITS_FOR_DECISION,
	[TARGET_UNDELIVERABLE] = WAITS_FOR_DECISION,
	[TARGET_ACKNOWLEDGED] = WAITS_FOR_DECISION,
	[TARGET_IN_REVIEW] = WAITS_FOR_DECISION,
	[TARGET_REJECTED] = WAITS_FOR_DECISION,
	[TARGET_HELD_FULL] = HOLDS,
	[TARGET_HELD_PARTIAL] = HOLDS,
	[TARGET_BLOCKED] = HOLDS,
	[TARGET_RELEASE_PENDING] = WAITS_FOR_RELEASE,
};

/* No fraud was done: then nothing is held for it. */
static bool
must_let_go(const struct close_case *closing)
{
	return closing->outcome == OUTCOME_NOT_FRAUD ||
	    closing->outcome == OUTCOME_COMMERCIAL_DISPUTE;
}

/* A hold that ends in a release, or asks to be extended, needs somebody who
 * looks after it; one that a court's measure follows does not. */
static enum rc
check_hold(const struct close_case *closing,
    const struct freeze_request *request, struct err *err)
{
	if (must_let_go(closing))
		return err_set(err, RC_CONFLICT, "still_held",
		    "what is no fraud is released first");
	if (request == NULL || request->successor != SUCCESSOR_CONVERT)
		return err_set(err, RC_CONFLICT, "hold_without_successor",
		    "a hold is in force and no measure follows it");
	return RC_OK;
}

static enum rc
check_target(const struct close_case *closing, const struct snapshot *snapshot,
    const struct target *target, struct err *err)
{
	TRY(restoring_check_not_owed(snapshot, target, err));
	/* A reduction is a release of a part. */
	if (target->reduce_to_minor != 0 && target_state_is_held(target->state))
		return err_set(err, RC_CONFLICT, "release_pending",
		    "a reduction is not confirmed yet");
	switch (waits[target->state]) {
	case WAITS_FOR_DECISION:
		return err_set(err, RC_CONFLICT, "target_undecided",
		    "a target is %s",
		    machine_state_name(&target_machine, (int)target->state));
	case WAITS_FOR_RELEASE:
		return err_set(err, RC_CONFLICT, "release_pending",
		    "a release is not confirmed yet");
	case HOLDS:
		return check_hold(
		    closing, snapshot_request(snapshot, &target->request), err);
	case WAITS_FOR_NOTHING:
		break;
	}
	return RC_OK;
}

static enum rc
check_outcome(const struct close_case *closing, struct err *err)
{
	if (!closing->has_outcome)
		return RC_OK;
	if (closing->outcome != OUTCOME_NOT_FRAUD &&
	    closing->outcome != OUTCOME_COMMERCIAL_DISPUTE &&
	    closing->outcome != OUTCOME_TRANSFERRED)
		return err_at(err, RC_INVALID, "/outcome",
		    "outcome_is_computed",
		    "containment is computed, and a duplicate is merged");
	if (closing->reason[0] == '\0')
		return err_at(err, RC_INVALID, "/reason", "missing_member",
		    "an outcome that is chosen needs a reason");
	return RC_OK;
}

/* The rows of the case.  RC_TOO_LARGE when the arena is full. */
static enum rc
gather(const struct snapshot *snapshot, const struct case_file *file,
    struct containment_rows *rows, struct err *err)
{
	const struct txn **txns = arena_alloc(
	    snapshot->arena, (snapshot->txn_count + 1) * sizeof(struct txn *));
	const struct target **targets = arena_alloc(snapshot->arena,
	    (snapshot->target_count + 1) * sizeof(struct target *));
	const struct restitution **restitutions = arena_alloc(snapshot->arena,
	    (snapshot->restitution_count + 1) * sizeof(struct restitution *));

	if (txns == NULL || targets == NULL || restitutions == NULL)
		return err_set(err, RC_TOO_LARGE, "batch_full", "too much");
	*rows = (struct containment_rows){ .loss = file->loss,
		.txns = txns,
		.targets = targets,
		.restitutions = restitutions };
	for (size_t i = 0; i < snapshot->txn_count; i++)
		if (id_equal(&snapshot->txns[i]->case_id, &file->id))
			txns[rows->txn_count++] = snapshot->txns[i];
	for (size_t i = 0; i < snapshot->target_count; i++)
		if (id_equal(&snapshot->targets[i]->case_id, &file->id))
			targets[rows->target_count++] = snapshot->targets[i];
	for (size_t i = 0; i < snapshot->restitution_count; i++)
		if (id_equal(&snapshot->restitutions[i]->case_id, &file->id))
			restitutions[rows->restitution_count++] =
			    snapshot->restitutions[i];
	return RC_OK;
}

static void
close_it(struct command *command, struct effects *effects,
    struct case_file *file, const struct containment_rows *rows)
{
	const struct close_case *closing = &command->close_case;
	struct containment sums = containment_of(rows, file->loss.currency);
	struct money money = file->loss;
	struct event *event;

	file->outcome = words_name(&case_outcome_words,
	    (int)(closing->has_outcome ? closing->outcome
				       : containment_outcome(rows)));
	event = effects_move_case(effects, command, file, CASE_EVENT_CLOSED);
	event_text(event, "outcome", file->outcome);
	event_text(event, "reason", closing->reason);
	money.minor = sums.held;
	effects_event_money(effects, event, "held", &money);
	money.minor = sums.returned;
	effects_event_money(effects, event, "returned", &money);
	event_number(event, "percent", containment_percent(&sums));
}

enum rc
close_case_decide(struct command *command, struct effects *effects,
    struct reply *reply, struct err *err)
{
	const struct close_case *closing = &command->close_case;
	struct containment_rows rows;
	struct case_file *file;
	int next;

	TRY(access_check(&command->actor, RIGHT_CLOSE_CASE, err));
	TRY(lookup_case(
	    command, effects->snapshot, &closing->case_id, &file, err));
	TRY(check_outcome(closing, err));
	if (file->state == CASE_CLOSED)
		return err_set(err, RC_CONFLICT, "already_closed",
		    "the case has been closed already");
	TRY(machine_next(
	    &case_machine, (int)file->state, CASE_EVENT_CLOSED, &next, err));
	TRY(gather(effects->snapshot, file, &rows, err));
	for (size_t i = 0; i < rows.target_count; i++)
		TRY(check_target(
		    closing, effects->snapshot, rows.targets[i], err));
	close_it(command, effects, file, &rows);
	reply->status = 200;
	reply->case_id = file->id;
	return RC_OK;
}
