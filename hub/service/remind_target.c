/*
 * Remind an institution of a target that it has not decided: a message with
 * the officer's words, at most a few.
 */
#include "hub/domain/access.h"
#include "hub/domain/ids.h"
#include "hub/service/issuing.h"
#include "hub/service/lookup.h"
#include "hub/service/use_cases.h"

enum { REMINDER_LIMIT = 10 };

/* Sent out and neither answered nor called back. */
static bool
is_undecided(enum target_state state)
{
	return state == TARGET_QUEUED || state == TARGET_SENT ||
	    state == TARGET_DELIVERED || state == TARGET_UNDELIVERABLE ||
	    state == TARGET_ACKNOWLEDGED || state == TARGET_IN_REVIEW ||
	    state == TARGET_RELEASE_PENDING;
}

enum rc
remind_target_decide(struct command *command, struct effects *effects,
    struct reply *reply, struct err *err)
{
	struct freeze_request *request;
	struct case_file *case_file;
	struct target *target;
	struct event *event;

	TRY(access_check(&command->actor, RIGHT_REMIND_TARGET, err));
	TRY(lookup_target(command, effects->snapshot, &command->remind.target,
	    &target, &request, &case_file, err));
	if (!is_undecided(target->state))
		return err_set(err, RC_CONFLICT, "nothing_to_remind",
		    "the target is %s",
		    machine_state_name(&target_machine, (int)target->state));
	if (target->reminders >= REMINDER_LIMIT)
		return err_set(err, RC_LIMITED, "too_many_reminders",
		    "%d reminders were sent; telephone them", REMINDER_LIMIT);
	TRY(issuing_check_reach(effects->snapshot, target, command->at, err));
	target->reminders++;
	effects_touch_target(effects, command, target);
	event = effects_note(effects, command, "target.reminded",
	    &case_file->id, ID_TARGET, &target->id);
	issuing_describe(effects, event, target);
	event_number(event, "reminder", target->reminders);
	event_text(event, "note", command->remind.note);
	issuing_tell(effects, command, MESSAGE_DEADLINE_WARNING, 0, &target, 1,
	    command->remind.note);
	reply->status = 200;
	reply->case_id = case_file->id;
	reply->request = request->id;
	reply->target = target->id;
	return RC_OK;
}
