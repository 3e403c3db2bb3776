/*
 * Shared by the use cases of grievances: see grieving.h.
 */
#include "hub/service/grieving.h"

#include "hub/service/lookup.h"

enum { PRIORITY_STATUS = 1 };

enum rc
grieving_find_target(const struct command *command,
    const struct snapshot *snapshot, const struct id *id,
    struct target **target, struct case_file **case_file, struct err *err)
{
	struct freeze_request *request;

	if (command->actor.role == ROLE_NODAL)
		return lookup_own_target(
		    command, snapshot, id, target, &request, case_file, err);
	return lookup_target(
	    command, snapshot, id, target, &request, case_file, err);
}

void
grieving_tell_unit(struct effects *effects, struct command *command,
    const struct grievance *grievance, struct target *target, const char *note)
{
	const struct snapshot *snapshot = effects->snapshot;
	const struct case_file *case_file = snapshot_case(
	    snapshot, &target->case_id);
	struct message_row *messages;
	size_t count = 0;

	if (case_file == NULL ||
	    registry_endpoint_of(
		snapshot->registry, &case_file->unit, command->at) == NULL)
		return;
	messages = effects_enqueue(effects, command, MESSAGE_GRIEVANCE_FILED,
	    PRIORITY_STATUS, &case_file->unit, &target, 1, &count);
	for (size_t i = 0; i < count; i++) {
		messages[i].envelope.grievance = grievance;
		messages[i].envelope.note = note;
		messages[i].envelope.about = registry_institution(
		    snapshot->registry, &target->institution);
	}
}

void
grieving_reply(struct reply *reply, const struct grievance *grievance,
    const struct target *target)
{
	reply->status = 200;
	reply->case_id = target->case_id;
	reply->request = target->request;
	reply->target = target->id;
	reply->thing = grievance->id;
}
