/*
 * Attach what speaks for an account holder to the target, as text: a nodal
 * officer for the own customer, or the police.  It judges nothing.
 */
#include "hub/domain/access.h"
#include "hub/domain/ids.h"
#include "hub/service/grieving.h"
#include "hub/service/issuing.h"
#include "hub/service/use_cases.h"

static void
attach(struct command *command, struct effects *effects, struct target *target,
    struct reply *reply)
{
	const struct attach_evidence *evidence = &command->evidence;
	struct evidence_row *row = effects_add_evidence(effects);
	struct event *event;

	row->id = command_next_id(command);
	row->case_id = target->case_id;
	row->target = target->id;
	row->submitted_by = command->actor.principal;
	row->institution = command->actor.institution;
	row->kind = evidence->kind;
	row->submitted_at = command->at;
	row->text = evidence->text;
	reply->thing = row->id;
	effects_touch_target(effects, command, target);
	event = effects_note(effects, command, "target.counter_evidence",
	    &target->case_id, ID_TARGET, &target->id);
	issuing_describe(effects, event, target);
	effects_event_id(
	    effects, event, "evidence", ID_EVIDENCE, &reply->thing);
	event_text(
	    event, "kind", words_name(&evidence_kind_words, evidence->kind));
}

/* Who must weigh it; the police's own has no news for them. */
static void
tell_unit(struct command *command, struct effects *effects,
    const struct case_file *case_file, struct target *target)
{
	const struct snapshot *snapshot = effects->snapshot;
	const struct evidence_row *row =
	    &effects->evidence[effects->evidence_count - 1];
	const struct evidence_row *kept = arena_memdup(
	    snapshot->arena, row, sizeof(*row));
	size_t first = effects->message_count;

	if (kept == NULL) {
		effects->failed = true;
		return;
	}
	issuing_tell_unit(effects, command, MESSAGE_EVIDENCE_ATTACHED,
	    case_file, &target, 1, NULL,
	    registry_institution(snapshot->registry, &row->institution));
	for (size_t i = first; i < effects->message_count; i++)
		effects->messages[i].envelope.evidence = kept;
}

enum rc
attach_evidence_decide(struct command *command, struct effects *effects,
    struct reply *reply, struct err *err)
{
	struct case_file *case_file;
	struct target *target;

	TRY(access_check(&command->actor, RIGHT_ATTACH_EVIDENCE, err));
	TRY(grieving_find_target(command, effects->snapshot,
	    &command->evidence.target, &target, &case_file, err));
	if (target_state_is_over(target->state))
		return err_set(err, RC_CONFLICT, "target_over",
		    "the target is %s: nothing is decided about it any more",
		    machine_state_name(&target_machine, (int)target->state));
	attach(command, effects, target, reply);
	if (command->actor.role == ROLE_NODAL && !effects->failed)
		tell_unit(command, effects, case_file, target);
	reply->status = 201;
	reply->case_id = target->case_id;
	reply->request = target->request;
	reply->target = target->id;
	return RC_OK;
}
