/*
 * Rows with the actor's eyes: see lookup.h.
 */
#include "hub/service/lookup.h"

#include "hub/domain/access.h"
#include "hub/domain/ids.h"

/* The same for all that is not there or not theirs, and for what the reading
 * room does not find: nobody can tell which. */
static enum rc
missing(struct err *err)
{
	return err_set(err, RC_MISSING, "not_found",
	    "there is no such thing, or it is not yours");
}

static bool
is_of_unit(const struct command *command, const struct snapshot *snapshot,
    const struct case_file *case_file)
{
	return case_file != NULL &&
	    command->actor.kind == INSTITUTION_POLICE_UNIT &&
	    access_sees_case(
		&command->actor, snapshot->registry, &case_file->unit, false);
}

enum rc
lookup_case(const struct command *command, const struct snapshot *snapshot,
    const struct id *id, struct case_file **case_file, struct err *err)
{
	*case_file = snapshot_case(snapshot, id);
	if (!is_of_unit(command, snapshot, *case_file))
		return missing(err);
	return RC_OK;
}

enum rc
lookup_request(const struct command *command, const struct snapshot *snapshot,
    const struct id *id, struct freeze_request **request,
    struct case_file **case_file, struct err *err)
{
	*request = snapshot_request(snapshot, id);
	*case_file = *request == NULL
	    ? NULL
	    : snapshot_case(snapshot, &(*request)->case_id);
	if (!is_of_unit(command, snapshot, *case_file))
		return missing(err);
	return RC_OK;
}

static void
find_target(const struct snapshot *snapshot, const struct id *id,
    struct target **target, struct freeze_request **request,
    struct case_file **case_file)
{
	*target = snapshot_target(snapshot, id);
	*request = NULL;
	*case_file = NULL;
	if (*target == NULL)
		return;
	*request = snapshot_request(snapshot, &(*target)->request);
	*case_file = snapshot_case(snapshot, &(*target)->case_id);
}

enum rc
lookup_target(const struct command *command, const struct snapshot *snapshot,
    const struct id *id, struct target **target,
    struct freeze_request **request, struct case_file **case_file,
    struct err *err)
{
	find_target(snapshot, id, target, request, case_file);
	if (*request == NULL || !is_of_unit(command, snapshot, *case_file))
		return missing(err);
	return RC_OK;
}

enum rc
lookup_own_target(const struct command *command,
    const struct snapshot *snapshot, const struct id *id,
    struct target **target, struct freeze_request **request,
    struct case_file **case_file, struct err *err)
{
	find_target(snapshot, id, target, request, case_file);
	/* What was never sent is not theirs to see. */
	if (*request == NULL || *case_file == NULL ||
	    !id_equal(&(*target)->institution, &command->actor.institution) ||
	    (*target)->queued_at == 0)
		return missing(err);
	return RC_OK;
}
