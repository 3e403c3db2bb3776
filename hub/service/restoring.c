/*
 * Shared by the use cases of restitution: see restoring.h.
 */
#include "hub/service/restoring.h"

#include "hub/domain/document.h"
#include "hub/domain/ids.h"
#include "hub/service/issuing.h"
#include "hub/service/lookup.h"

enum { PRIORITY_STATUS = 1 };

enum rc
restoring_find(const struct command *command, const struct snapshot *snapshot,
    const struct id *id, struct restitution **restitution,
    struct target **target, struct case_file **case_file, struct err *err)
{
	static const struct id nothing;
	const struct id *of = &nothing;
	struct freeze_request *request;
	bool is_nodal = command->actor.role == ROLE_NODAL;

	*restitution = snapshot_restitution(snapshot, id);
	/* A proposal is the police's own matter until it is ordered. */
	if (*restitution != NULL && (!is_nodal || (*restitution)->due_at != 0))
		of = &(*restitution)->target;
	if (is_nodal)
		return lookup_own_target(
		    command, snapshot, of, target, &request, case_file, err);
	return lookup_target(
	    command, snapshot, of, target, &request, case_file, err);
}

bool
restoring_is_held(const struct target *target)
{
	return target->state == TARGET_HELD_FULL ||
	    target->state == TARGET_HELD_PARTIAL ||
	    target->state == TARGET_ATTACHED;
}

/* A reduction that is ordered may be carried out already. */
static int64_t
staying_minor(const struct target *target)
{
	return target->reduce_to_minor != 0 ? target->reduce_to_minor
					    : target->held_minor;
}

int64_t
restoring_free_minor(
    const struct snapshot *snapshot, const struct target *target)
{
	int64_t minor = restoring_is_held(target) ? staying_minor(target) : 0;

	for (size_t i = 0; i < snapshot->restitution_count; i++) {
		const struct restitution *other = snapshot->restitutions[i];

		if (id_equal(&other->target, &target->id) &&
		    restitution_state_is_open(other->state))
			minor -= other->amount.minor;
	}
	return minor > 0 ? minor : 0;
}

enum rc
restoring_check_paper(const struct snapshot *snapshot,
    const struct id *document, const struct target *target, struct err *err)
{
	const struct document *paper = snapshot_document(snapshot, document);

	if (id_is_zero(document))
		return RC_OK;
	if (paper == NULL || !snapshot_is_about(paper, &target->request))
		return err_at(err, RC_INVALID, "/document", "unknown_document",
		    "there is no such document about this target's request");
	if (!document_is_order(paper->type))
		return err_at(err, RC_INVALID, "/document", "not_an_order",
		    "a %s is no order", paper->type);
	if (paper->state != DOCUMENT_VERIFIED)
		return err_at(err, RC_INVALID, "/document",
		    "document_not_verified", "the document is %s",
		    machine_state_name(&document_machine, (int)paper->state));
	return RC_OK;
}

enum rc
restoring_check_held(const struct restitution *restitution,
    const struct target *target, struct err *err)
{
	if (restoring_is_held(target) &&
	    staying_minor(target) >= restitution->amount.minor)
		return RC_OK;
	return err_set(err, RC_CONFLICT, "not_held_any_more",
	    "the target is %s and holds less than is to be paid",
	    machine_state_name(&target_machine, (int)target->state));
}

enum rc
restoring_check_not_owed(const struct snapshot *snapshot,
    const struct target *target, struct err *err)
{
	for (size_t i = 0; i < snapshot->restitution_count; i++) {
		const struct restitution *one = snapshot->restitutions[i];

		if (id_equal(&one->target, &target->id) &&
		    restitution_state_is_owed(one->state))
			return err_set(err, RC_CONFLICT, "restitution_ordered",
			    "money of this hold is ordered back to a victim");
	}
	return RC_OK;
}

void
restoring_describe(struct effects *effects, struct event *event,
    const struct restitution *restitution)
{
	effects_event_id(
	    effects, event, "target", ID_TARGET, &restitution->target);
	effects_event_id(effects, event, "institution", ID_INSTITUTION,
	    &restitution->institution);
	effects_event_id(
	    effects, event, "victim_case", ID_CASE, &restitution->claim_case);
	effects_event_money(effects, event, "amount", &restitution->amount);
}

static void
tell_unit(struct effects *effects, struct command *command,
    const struct restitution *restitution, struct target *target,
    const struct id *unit, const char *note)
{
	const struct registry *registry = effects->snapshot->registry;
	struct message_row *messages;
	size_t count = 0;

	if (registry_endpoint_of(registry, unit, command->at) == NULL)
		return;
	messages = effects_enqueue(effects, command,
	    MESSAGE_RESTITUTION_UPDATED, PRIORITY_STATUS, unit, &target, 1,
	    &count);
	for (size_t i = 0; i < count; i++) {
		messages[i].envelope.restitution = restitution;
		messages[i].envelope.note = note;
		messages[i].envelope.about = registry_institution(
		    registry, &target->institution);
	}
}

void
restoring_tell_unit(struct effects *effects, struct command *command,
    const struct restitution *restitution, struct target *target,
    const char *note)
{
	const struct case_file *file = snapshot_case(
	    effects->snapshot, &restitution->case_id);

	if (file != NULL)
		tell_unit(
		    effects, command, restitution, target, &file->unit, note);
}

void
restoring_reply(struct reply *reply, const struct restitution *restitution)
{
	reply->status = 200;
	reply->case_id = restitution->case_id;
	reply->target = restitution->target;
	reply->thing = restitution->id;
}
