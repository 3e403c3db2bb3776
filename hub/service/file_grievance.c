/*
 * File an account holder's objection to a hold: a nodal officer for the own
 * customer, or the police.  The target is disputed until somebody decides.
 */
#include "hub/domain/access.h"
#include "hub/domain/ids.h"
#include "hub/service/grieving.h"
#include "hub/service/issuing.h"
#include "hub/service/use_cases.h"

static enum rc
check(const struct snapshot *snapshot, const struct target *target,
    struct err *err)
{
	if (!target_state_is_held(target->state) &&
	    target->state != TARGET_ATTACHED)
		return err_set(err, RC_CONFLICT, "nothing_held",
		    "the target is %s: there is nothing to object to",
		    machine_state_name(&target_machine, (int)target->state));
	if (snapshot_running_grievance(snapshot, &target->id) != NULL)
		return err_set(err, RC_CONFLICT, "grievance_open",
		    "a grievance about this target is not over; escalate it");
	return RC_OK;
}

static struct grievance *
file(struct command *command, struct effects *effects,
    const struct target *target, const struct case_file *case_file)
{
	struct grievance *grievance = effects_add_grievance(effects);
	struct event *event;

	grievance->id = command_next_id(command);
	grievance->case_id = target->case_id;
	grievance->target = target->id;
	grievance->institution = target->institution;
	grievance->filed_by = command->actor.principal;
	grievance->filed_at = command->at;
	grievance->due_at = grievance_rule_due(
	    case_file->profile, GRIEVANCE_FILED, command->at);
	grievance->text = command->file_grievance.text;
	event = effects_enter_grievance(
	    effects, command, grievance, GRIEVANCE_EVENT_FILED);
	issuing_describe(effects, event, target);
	event_text(event, "text", grievance->text);
	return grievance;
}

enum rc
file_grievance_decide(struct command *command, struct effects *effects,
    struct reply *reply, struct err *err)
{
	const struct grievance *grievance;
	struct case_file *case_file;
	struct target *target;

	TRY(access_check(&command->actor, RIGHT_FILE_GRIEVANCE, err));
	TRY(grieving_find_target(command, effects->snapshot,
	    &command->file_grievance.target, &target, &case_file, err));
	TRY(check(effects->snapshot, target, err));
	grievance = file(command, effects, target, case_file);
	grieving_tell_unit(
	    effects, command, grievance, target, command->file_grievance.text);
	grieving_reply(reply, grievance, target);
	reply->status = 201;
	return RC_OK;
}
