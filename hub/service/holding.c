/*
 * Orders on what is held: see holding.h.
 */
#include "hub/service/holding.h"

#include "hub/domain/ids.h"
#include "hub/service/issuing.h"

enum rc
holding_check_release(const struct target *target, struct err *err)
{
	int next;

	if (target->state == TARGET_RELEASE_PENDING)
		return err_set(err, RC_CONFLICT, "release_ordered_already",
		    "the release is ordered and waits for its confirmation");
	return machine_next(&target_machine, (int)target->state,
	    TARGET_EVENT_RELEASE_ORDERED, &next, err);
}

void
holding_release(struct command *command, struct effects *effects,
    struct target *target, const char *reason)
{
	struct event *event;

	/* All of it goes: a smaller order is overtaken. */
	target->reduce_to_minor = 0;
	event = effects_move_target(
	    effects, command, target, TARGET_EVENT_RELEASE_ORDERED);
	issuing_describe(effects, event, target);
	event_text(event, "reason", reason);
	issuing_tell(
	    effects, command, MESSAGE_RELEASE_ORDERED, 0, &target, 1, reason);
}

void
holding_reduce(struct command *command, struct effects *effects,
    struct target *target, const struct money *amount, const char *reason)
{
	struct event *event;

	target->reduce_to_minor = amount->minor;
	effects_touch_target(effects, command, target);
	event = effects_note(effects, command, "target.reduction_ordered",
	    &target->case_id, ID_TARGET, &target->id);
	issuing_describe(effects, event, target);
	effects_event_money(effects, event, "amount", amount);
	event_text(event, "reason", reason);
	issuing_tell(
	    effects, command, MESSAGE_HOLD_REDUCE, 0, &target, 1, reason);
}

void
holding_reply(struct reply *reply, const struct target *target)
{
	reply->status = 200;
	reply->case_id = target->case_id;
	reply->request = target->request;
	reply->target = target->id;
}
