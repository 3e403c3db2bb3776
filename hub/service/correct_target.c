/*
 * Correct a target that was rejected as incomplete, ambiguous or not
 * matching: it goes out again as the next generation and its clock restarts.
 */
#include <string.h>

#include "hub/domain/access.h"
#include "hub/service/addressee.h"
#include "hub/service/issuing.h"
#include "hub/service/lookup.h"
#include "hub/service/use_cases.h"

enum rc
correct_target_prepare(
    struct command *command, const struct registry *registry, struct err *err)
{
	const struct correct_target *correct = &command->correct;
	enum rc rc;

	TRY(access_check(&command->actor, RIGHT_CORRECT_TARGET, err));
	if (!correct->has_identifier)
		return RC_OK;
	rc = addressee_check_bank(registry, &correct->identifier, err);
	if (rc != RC_OK)
		err_prefix(err, "/identifier");
	return rc;
}

static enum rc
check_state(const struct command *command, const struct target *target,
    const struct freeze_request *request, struct err *err)
{
	int next;

	if (target->state == TARGET_REJECTED_FINAL)
		return err_set(err, RC_CONFLICT, "rejected_finally",
		    "the rejection is final");
	TRY(machine_next(&target_machine, (int)target->state,
	    TARGET_EVENT_CORRECTED, &next, err));
	if (target->correct_until <= command->at)
		return err_set(err, RC_CONFLICT, "correction_window_over",
		    "the time for a correction is over");
	if (request->state != REQUEST_ISSUED ||
	    request->expires_at <= command->at)
		return err_set(err, RC_CONFLICT, "request_not_issued",
		    "its request is no longer in force");
	return RC_OK;
}

static enum rc
check_change(const struct command *command, const struct snapshot *snapshot,
    const struct target *target, struct err *err)
{
	const struct correct_target *correct = &command->correct;
	const struct institution *institution;

	if (correct->has_amount &&
	    strcmp(correct->amount.currency, target->requested.currency) != 0)
		return err_at(err, RC_INVALID, "/amount/currency",
		    "other_currency", "the target is in %s",
		    target->requested.currency);
	/* More money is a new request, with its own approval. */
	if (correct->has_amount &&
	    correct->amount.minor > target->requested.minor)
		return err_at(err, RC_INVALID, "/amount/amount",
		    "more_than_requested", "a correction cannot ask for more");
	if (!correct->has_identifier)
		return RC_OK;
	institution = registry_route(
	    snapshot->registry, &correct->identifier, command->at);
	if (institution != NULL &&
	    !id_equal(&institution->id, &target->institution))
		return err_at(err, RC_INVALID, "/identifier",
		    "other_institution",
		    "this identifier belongs to %s; target it there instead",
		    institution->name);
	if (snapshot_live(snapshot, correct->dedupe_hash, &target->id) != NULL)
		return err_at(err, RC_CONFLICT, "/identifier",
		    "already_targeted",
		    "another request for this identifier is in force");
	return RC_OK;
}

static void
apply(struct command *command, struct effects *effects, struct target *target)
{
	const struct correct_target *correct = &command->correct;
	struct event *event;

	if (correct->has_identifier) {
		target->identifier = correct->identifier;
		identifier_mask(&target->identifier, target->mask);
		memcpy(target->identifier_hash, correct->identifier_hash,
		    sizeof target->identifier_hash);
		memcpy(target->dedupe_hash, correct->dedupe_hash,
		    sizeof target->dedupe_hash);
	}
	if (correct->has_holder)
		target->holder = correct->holder;
	if (correct->has_amount)
		target->requested = correct->amount;
	target->sealed = (struct blob){ 0 }; /* to be sealed anew */
	target->generation++;
	target->response_code = -1;
	target->queued_at = command->at;
	target->sent_at = target->delivered_at = 0;
	target->acknowledged_at = target->answered_at = 0;
	target->correct_until = target->eta = 0;
	target->reminders = 0;
	event = effects_move_target(
	    effects, command, target, TARGET_EVENT_CORRECTED);
	issuing_describe(effects, event, target);
	event_text(event, "identifier", target->mask);
	effects_event_money(
	    effects, event, "amount_requested", &target->requested);
	event_text(event, "note", correct->note);
	issuing_tell(effects, command, MESSAGE_CORRECTION_SUPPLIED, 0, &target,
	    1, correct->note);
}

enum rc
correct_target_decide(struct command *command, struct effects *effects,
    struct reply *reply, struct err *err)
{
	struct freeze_request *request;
	struct case_file *case_file;
	struct target *target;

	TRY(access_check(&command->actor, RIGHT_CORRECT_TARGET, err));
	TRY(lookup_target(command, effects->snapshot, &command->correct.target,
	    &target, &request, &case_file, err));
	TRY(check_state(command, target, request, err));
	TRY(issuing_check_reach(effects->snapshot, target, command->at, err));
	TRY(check_change(command, effects->snapshot, target, err));
	apply(command, effects, target);
	reply->status = 200;
	reply->case_id = case_file->id;
	reply->request = request->id;
	reply->target = target->id;
	return RC_OK;
}
