/*
 * Approve or refuse a request: the second person's act, never the
 * requester's own.
 */
#include "hub/domain/access.h"
#include "hub/service/formalities.h"
#include "hub/service/issuing.h"
#include "hub/service/lookup.h"
#include "hub/service/ordering.h"
#include "hub/service/use_cases.h"
#include "hub/service/withdrawing.h"

static void
refuse(struct command *command, struct effects *effects,
    struct freeze_request *request, struct target **targets, size_t count)
{
	struct event *event;

	request->desired_state = REQUEST_REFUSED;
	event = effects_move_request(
	    effects, command, request, REQUEST_EVENT_REFUSED);
	event_text(event, "reason", command->approve.reason);
	for (size_t i = 0; i < count; i++)
		if (targets[i]->state == TARGET_PROPOSED) {
			event = effects_move_target(effects, command,
			    targets[i], TARGET_EVENT_DISMISSED);
			issuing_describe(effects, event, targets[i]);
		}
}

static void
approve(struct command *command, struct effects *effects,
    struct freeze_request *request, struct case_file *case_file,
    struct target **targets, size_t count)
{
	struct event *event;

	request->approved_by = command->actor.principal;
	request->issued_at = command->at;
	event = effects_move_request(
	    effects, command, request, REQUEST_EVENT_ISSUED);
	event_text(event, "reason", command->approve.reason);
	formalities_owe(effects, command, request);
	issuing_send(effects, command, case_file, targets, count);
}

/* Sent out before the second person saw it, and not confirmed yet. */
static bool
is_unconfirmed(const struct freeze_request *request)
{
	return request->state == REQUEST_ISSUED && request->is_emergency &&
	    id_is_zero(&request->approved_by);
}

/* The second person's word on an emergency: it stands, or it is undone. */
static enum rc
settle_emergency(struct command *command, struct effects *effects,
    struct freeze_request *request, struct err *err)
{
	struct event *event;

	if (request->confirm_by <= command->at)
		return err_set(err, RC_CONFLICT, "confirmation_late",
		    "the time to confirm the emergency is over");
	if (command->approve.is_refusal) {
		TRY(withdrawing_all(command, effects, request,
		    REQUEST_EVENT_WITHDRAWN, command->approve.reason, err));
		request->desired_state = REQUEST_WITHDRAWN;
		return RC_OK;
	}
	request->approved_by = command->actor.principal;
	event = effects_move_request(
	    effects, command, request, REQUEST_EVENT_CONFIRMED);
	event_text(event, "reason", command->approve.reason);
	return RC_OK;
}

/* All or none: what goes out in part would look as if it were approved. */
static enum rc
check_reach(const struct snapshot *snapshot, struct target *const *targets,
    size_t count, int64_t at, struct err *err)
{
	for (size_t i = 0; i < count; i++)
		if (targets[i]->state == TARGET_PROPOSED)
			TRY(issuing_check_reach(snapshot, targets[i], at, err));
	return RC_OK;
}

static enum rc
settle_pending(struct command *command, struct effects *effects,
    struct freeze_request *request, struct case_file *case_file,
    struct err *err)
{
	struct target **targets;
	size_t count;
	int next;

	if (request->state != REQUEST_PENDING_APPROVAL)
		return err_set(err, RC_CONFLICT, "not_pending",
		    "the request is %s",
		    machine_state_name(&request_machine, (int)request->state));
	if (!command->approve.is_refusal && request->expires_at <= command->at)
		return err_set(err, RC_CONFLICT, "request_expired",
		    "the request's time is over");
	TRY(machine_next(&request_machine, (int)request->state,
	    command->approve.is_refusal ? REQUEST_EVENT_REFUSED
					: REQUEST_EVENT_ISSUED,
	    &next, err));
	targets = issuing_targets_of(effects->snapshot, &request->id, &count);
	if (targets == NULL)
		return err_set(err, RC_TOO_LARGE, "batch_full", "too much");
	if (!command->approve.is_refusal) {
		TRY(ordering_check(effects->snapshot, request, err));
		TRY(check_reach(
		    effects->snapshot, targets, count, command->at, err));
	}
	if (command->approve.is_refusal)
		refuse(command, effects, request, targets, count);
	else
		approve(command, effects, request, case_file, targets, count);
	return RC_OK;
}

enum rc
approve_request_decide(struct command *command, struct effects *effects,
    struct reply *reply, struct err *err)
{
	struct freeze_request *request;
	struct case_file *case_file;

	TRY(access_check(&command->actor, RIGHT_APPROVE_REQUEST, err));
	TRY(lookup_request(command, effects->snapshot,
	    &command->approve.request, &request, &case_file, err));
	if (id_equal(&request->requested_by, &command->actor.principal))
		return err_set(err, RC_FORBIDDEN, "own_request",
		    "the requester cannot be the one who approves");
	if (is_unconfirmed(request))
		TRY(settle_emergency(command, effects, request, err));
	else
		TRY(settle_pending(command, effects, request, case_file, err));
	reply->status = 200;
	reply->case_id = case_file->id;
	reply->request = request->id;
	return RC_OK;
}
