/*
 * The end of a request: see withdrawing.h.
 */
#include "hub/service/withdrawing.h"

#include "hub/service/formalities.h"
#include "hub/service/issuing.h"

/* The two groups of targets that must be told. */
struct told {
	struct target **cancelled, **to_release;
	size_t cancelled_count, to_release_count;
};

static void
release(struct command *command, struct effects *effects, struct target *target,
    enum request_event move, struct told *told)
{
	struct event *event;

	/* All of it goes: a smaller order is overtaken. */
	target->reduce_to_minor = 0;
	/* No hold outlasts its request. */
	event = effects_move_target(effects, command, target,
	    move == REQUEST_EVENT_EXPIRED ? TARGET_EVENT_EXPIRED
					  : TARGET_EVENT_RELEASE_ORDERED);
	issuing_describe(effects, event, target);
	told->to_release[told->to_release_count++] = target;
}

static void
end_target(struct command *command, struct effects *effects,
    struct target *target, enum request_event move, struct told *told)
{
	struct event *event;
	bool was_sent = target->queued_at != 0;
	int next;

	if (target_state_is_held(target->state)) {
		release(command, effects, target, move, told);
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

enum rc
withdrawing_all(struct command *command, struct effects *effects,
    struct freeze_request *request, enum request_event move, const char *reason,
    struct err *err)
{
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
	event = effects_move_request(effects, command, request, move);
	event_text(event, "reason", reason);
	formalities_end(effects, command, request);
	for (size_t i = 0; i < count; i++)
		end_target(command, effects, targets[i], move, &told);
	issuing_tell(effects, command, MESSAGE_FREEZE_WITHDRAWN, 0,
	    told.cancelled, told.cancelled_count, reason);
	issuing_tell(effects, command, MESSAGE_RELEASE_ORDERED, 0,
	    told.to_release, told.to_release_count, reason);
	return RC_OK;
}
