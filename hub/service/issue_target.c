/*
 * Issue or dismiss a proposed target: mostly the onward account that a
 * responder named.
 */
#include "hub/domain/access.h"
#include "hub/domain/action_rule.h"
#include "hub/service/issuing.h"
#include "hub/service/lookup.h"
#include "hub/service/use_cases.h"

/* What touches a whole account is approved for one account, not for those
 * that a responder names later: each needs a second person of its own. */
static enum rc
check_second_person(const struct command *command,
    const struct freeze_request *request, struct err *err)
{
	if (request->scope != SCOPE_ACCOUNT &&
	    !action_rule(request->action)->needs_approval)
		return RC_OK;
	TRY(access_check(&command->actor, RIGHT_APPROVE_REQUEST, err));
	if (id_equal(&request->requested_by, &command->actor.principal))
		return err_set(err, RC_FORBIDDEN, "own_request",
		    "the requester cannot be the one who approves");
	return RC_OK;
}

static enum rc
check_addressee(const struct command *command, const struct snapshot *snapshot,
    const struct target *target, const struct freeze_request *request,
    struct err *err)
{
	const struct institution *institution = registry_institution(
	    snapshot->registry, &target->institution);

	TRY(issuing_check_reach(snapshot, target, command->at, err));
	if (!action_rule_allows(request->action, institution->kind))
		return err_set(err, RC_CONFLICT, "action_not_possible",
		    "%s cannot do %s", institution->name,
		    words_name(&action_words, (int)request->action));
	return RC_OK;
}

static enum rc
check_proposed(const struct command *command, const struct snapshot *snapshot,
    const struct target *target, const struct freeze_request *request,
    struct err *err)
{
	if (target->state != TARGET_PROPOSED)
		return err_set(err, RC_CONFLICT, "not_proposed",
		    "the target is %s",
		    machine_state_name(&target_machine, (int)target->state));
	if (command->issue.is_dismissal)
		return RC_OK;
	if (request->state != REQUEST_ISSUED)
		return err_set(err, RC_CONFLICT, "request_not_issued",
		    "its request is %s",
		    machine_state_name(&request_machine, (int)request->state));
	if (request->expires_at <= command->at)
		return err_set(err, RC_CONFLICT, "request_expired",
		    "the request's time is over");
	TRY(check_second_person(command, request, err));
	return check_addressee(command, snapshot, target, request, err);
}

enum rc
issue_target_decide(struct command *command, struct effects *effects,
    struct reply *reply, struct err *err)
{
	struct freeze_request *request;
	struct case_file *case_file;
	struct target *target;

	TRY(access_check(&command->actor, RIGHT_ISSUE_TARGET, err));
	TRY(lookup_target(command, effects->snapshot, &command->issue.target,
	    &target, &request, &case_file, err));
	TRY(check_proposed(command, effects->snapshot, target, request, err));
	if (command->issue.is_dismissal) {
		struct event *event = effects_move_target(
		    effects, command, target, TARGET_EVENT_DISMISSED);

		issuing_describe(effects, event, target);
		event_text(event, "reason", command->issue.reason);
	} else
		issuing_send(effects, command, case_file, &target, 1);
	reply->status = 200;
	reply->case_id = case_file->id;
	reply->request = request->id;
	reply->target = target->id;
	return RC_OK;
}
