/*
 * Waive a formality: a supervisor who did not ask for the request says why
 * its document is not needed.
 */
#include "hub/domain/access.h"
#include "hub/service/documents.h"
#include "hub/service/lookup.h"
#include "hub/service/use_cases.h"

static enum rc
find(const struct command *command, const struct snapshot *snapshot,
    struct formality **formality, struct err *err)
{
	struct freeze_request *request;
	struct case_file *case_file;

	*formality = snapshot_formality(
	    snapshot, &command->waive_formality.formality);
	if (*formality == NULL)
		return documents_missing(err);
	TRY(lookup_request(command, snapshot, &(*formality)->request, &request,
	    &case_file, err));
	if (id_equal(&request->requested_by, &command->actor.principal))
		return err_set(err, RC_FORBIDDEN, "own_request",
		    "you asked for this request; another supervisor must "
		    "waive what it owes");
	return RC_OK;
}

enum rc
waive_formality_decide(struct command *command, struct effects *effects,
    struct reply *reply, struct err *err)
{
	struct formality *formality;
	int next;

	TRY(access_check(&command->actor, RIGHT_WAIVE_FORMALITY, err));
	TRY(find(command, effects->snapshot, &formality, err));
	TRY(machine_next(&formality_machine, (int)formality->state,
	    FORMALITY_EVENT_WAIVED, &next, err));
	documents_move_formality(effects, command, formality,
	    FORMALITY_EVENT_WAIVED, command->waive_formality.reason);
	reply->status = 200;
	reply->case_id = formality->case_id;
	reply->request = formality->request;
	reply->thing = formality->id;
	return RC_OK;
}
