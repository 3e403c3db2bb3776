/*
 * Withdraw a request: what is not held is cancelled, what is held is ordered
 * to be released, and everybody who got the request is told.
 */
#include "hub/domain/access.h"
#include "hub/service/issuing.h"
#include "hub/service/lookup.h"
#include "hub/service/use_cases.h"

/* The two groups of targets that must be told. */
struct told {
	struct target **cancelled, **to_release;
	size_t cancelled_count, to_release_count;
};

static void
withdraw_target(struct command *command, struct effects *effects,
    struct target *target, struct told *told)
{
	struct event *event;
	bool was_sent = target->queued_at != 0;
	int next;

	if (target_state_is_held(target->state)) {
		event = effects_move_target(
		    effects, command, target, TARGET_EVENT_RELEASE_ORDERED);
		issuing_describe(effects, event, target);
		told->to_release[told->to_release_count++] = target;
		return;
	}
	/* A proposed one has nothing to withdraw from anybody. */
	if (machine_next(&target_machine, (int)target->state,
		TARGET_EVENT_WITHDRAWN, &next, NULL) != RC_OK)
		return;
	event = effects_move_target(
	    effects, command, target, TARGET_EVENT_WITHDRAWN);
	issuing_describe(effects, event, target);
	if (was_sent)
		told->cancelled[told->cancelled_count++] = target;
}

static enum rc
withdraw_all(struct command *command, struct effects *effects,
    struct freeze_request *request, struct err *err)
{
	const char *reason = command->withdraw.reason;
	struct arena *arena = effects->snapshot->arena;
	struct told told = { 0 };
	struct target **targets;
	struct event *event;
	size_t count;

	targets = issuing_targets_of(effects->snapshot, &request->id, &count);
	told.cancelled = arena_alloc(arena, (count + 1) * sizeof *targets);
	told.to_release = arena_alloc(arena, (count + 1) * sizeof *targets);
	if (targets == NULL || told.cancelled == NULL ||
	    told.to_release == NULL)
		return err_set(err, RC_TOO_LARGE, "batch_full", "too much");
	request->desired_state = REQUEST_WITHDRAWN;
	event = effects_move_request(
	    effects, command, request, REQUEST_EVENT_WITHDRAWN);
	event_text(event, "reason", reason);
	for (size_t i = 0; i < count; i++)
		withdraw_target(command, effects, targets[i], &told);
	issuing_tell(effects, command, MESSAGE_FREEZE_WITHDRAWN, 0,
	    told.cancelled, told.cancelled_count, reason);
	issuing_tell(effects, command, MESSAGE_RELEASE_ORDERED, 0,
	    told.to_release, told.to_release_count, reason);
	return RC_OK;
}

enum rc
withdraw_request_decide(struct command *command, struct effects *effects,
    struct reply *reply, struct err *err)
{
	struct freeze_request *request;
	struct case_file *case_file;
	int next;

	TRY(access_check(&command->actor, RIGHT_WITHDRAW_REQUEST, err));
	TRY(lookup_request(command, effects->snapshot,
	    &command->withdraw.request, &request, &case_file, err));
	if (request->state == REQUEST_WITHDRAWN)
		return err_set(err, RC_CONFLICT, "already_withdrawn",
		    "the request has been withdrawn already");
	TRY(machine_next(&request_machine, (int)request->state,
	    REQUEST_EVENT_WITHDRAWN, &next, err));
	TRY(withdraw_all(command, effects, request, err));
	reply->status = 200;
	reply->case_id = case_file->id;
	reply->request = request->id;
	return RC_OK;
}
