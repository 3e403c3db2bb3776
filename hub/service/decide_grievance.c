/*
 * Decide on a grievance: endorse, take, release, continue, escalate, close.
 * One person may release; going on with the hold declines a release that was
 * asked for and takes two, supervisors where it was escalated.  A release
 * that is ordered cannot be declined.
 */
#include "hub/domain/access.h"
#include "hub/domain/ids.h"
#include "hub/service/grieving.h"
#include "hub/service/holding.h"
#include "hub/service/issuing.h"
#include "hub/service/restoring.h"
#include "hub/service/use_cases.h"

/* Found through its target: what is not theirs is not there. */
static enum rc
find(const struct command *command, const struct snapshot *snapshot,
    struct grievance **grievance, struct target **target, struct err *err)
{
	static const struct id nothing;
	struct case_file *case_file;
	const struct id *id;

	*grievance = snapshot_grievance(
	    snapshot, &command->decide_grievance.grievance);
	id = *grievance == NULL ? &nothing : &(*grievance)->target;
	return grieving_find_target(
	    command, snapshot, id, target, &case_file, err);
}

static enum rc
check_person(const struct command *command, const struct grievance *grievance,
    struct err *err)
{
	enum grievance_decision decision = command->decide_grievance.decision;
	const struct grievance_rule *rule = grievance_rule(decision);
	bool is_nodal = command->actor.role == ROLE_NODAL;

	if (is_nodal ? !rule->by_institution : !rule->by_police)
		return err_at(err, RC_FORBIDDEN, "/decision",
		    "role_not_allowed", "the role %s does not %s a grievance",
		    words_name(&role_words, (int)command->actor.role),
		    words_name(&grievance_decision_words, (int)decision));
	if (!grievance_rule_declines(decision, grievance->state))
		return RC_OK;
	if (grievance_state_is_escalated(grievance->state) &&
	    command->actor.role != ROLE_SUPERVISOR)
		return err_at(err, RC_FORBIDDEN, "/decision",
		    "supervisor_needed",
		    "it was escalated: supervisors go on with the hold");
	if (id_equal(&grievance->declined_by, &command->actor.principal))
		return err_at(err, RC_FORBIDDEN, "/decision", "own_decision",
		    "you have declined already; another person must too");
	return RC_OK;
}

/* Held: its release can be ordered.  Ordered or done already: it only has to
 * be said.  Attached: a court decides. */
static enum rc
check_target(const struct command *command, const struct snapshot *snapshot,
    const struct grievance *grievance, const struct target *target,
    struct err *err)
{
	enum grievance_decision decision = command->decide_grievance.decision;
	bool is_let_go = target->state == TARGET_RELEASE_PENDING ||
	    target_state_is_over(target->state);

	if (grievance_rule_declines(decision, grievance->state) && is_let_go)
		return err_at(err, RC_CONFLICT, "/decision",
		    "release_ordered_already",
		    "the target is %s: its release cannot be declined",
		    machine_state_name(&target_machine, (int)target->state));
	if (decision == DECISION_RELEASE && !is_let_go) {
		TRY(holding_check_release(target, err));
		return restoring_check_not_owed(snapshot, target, err);
	}
	return RC_OK;
}

static void
move(struct command *command, struct effects *effects,
    struct grievance *grievance, struct target *target)
{
	const struct decide_grievance *decide = &command->decide_grievance;
	const struct case_file *case_file = snapshot_case(
	    effects->snapshot, &grievance->case_id);
	enum grievance_state before = grievance->state;
	struct event *event = effects_move_grievance(effects, command,
	    grievance, grievance_rule(decide->decision)->event);

	issuing_describe(effects, event, target);
	effects_event_id(effects, event, "declined_by", ID_PRINCIPAL,
	    &grievance->declined_by);
	event_text(event, "reason", decide->reason);
	grievance->declined_by = (struct id){ { 0 } };
	/* The officer's time runs from the endorsement. */
	if (before != GRIEVANCE_BANK_ENDORSED ||
	    grievance->state != GRIEVANCE_WITH_OFFICER)
		grievance->due_at = grievance_rule_due(
		    case_file->profile, grievance->state, command->at);
	if (!grievance_state_is_open(grievance->state) &&
	    grievance->decided_at == 0)
		grievance->decided_at = command->at;
	if (grievance_state_is_open(grievance->state))
		grievance->decided_at = 0;
}

/* The first of two: it is on record, and nothing moves. */
static void
decline_first(struct command *command, struct effects *effects,
    struct grievance *grievance, const struct target *target)
{
	struct event *event;

	grievance->declined_by = command->actor.principal;
	effects_touch_grievance(effects, command, grievance);
	event = effects_note(effects, command, "grievance.decline_proposed",
	    &grievance->case_id, ID_GRIEVANCE, &grievance->id);
	issuing_describe(effects, event, target);
	event_text(event, "reason", command->decide_grievance.reason);
}

static void
apply(struct command *command, struct effects *effects,
    struct grievance *grievance, struct target *target)
{
	const struct decide_grievance *decide = &command->decide_grievance;

	if (grievance_rule_declines(decide->decision, grievance->state) &&
	    id_is_zero(&grievance->declined_by)) {
		decline_first(command, effects, grievance, target);
		return;
	}
	move(command, effects, grievance, target);
	if (decide->decision == DECISION_RELEASE &&
	    target_state_is_held(target->state))
		holding_release(command, effects, target, decide->reason);
	if (command->actor.role == ROLE_NODAL)
		grieving_tell_unit(
		    effects, command, grievance, target, decide->reason);
}

enum rc
decide_grievance_decide(struct command *command, struct effects *effects,
    struct reply *reply, struct err *err)
{
	struct grievance *grievance;
	struct target *target;
	int next;

	TRY(access_check(&command->actor, RIGHT_DECIDE_GRIEVANCE, err));
	TRY(find(command, effects->snapshot, &grievance, &target, err));
	TRY(check_person(command, grievance, err));
	TRY(machine_next(&grievance_machine, (int)grievance->state,
	    grievance_rule(command->decide_grievance.decision)->event, &next,
	    err));
	TRY(check_target(command, effects->snapshot, grievance, target, err));
	apply(command, effects, grievance, target);
	grieving_reply(reply, grievance, target);
	return RC_OK;
}
