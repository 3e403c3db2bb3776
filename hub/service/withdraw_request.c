/*
 * Withdraw a request: what is not held is cancelled, what is held is ordered
 * to be released, and everybody who got the request is told.
 */
#include "hub/domain/access.h"
#include "hub/service/lookup.h"
#include "hub/service/restoring.h"
#include "hub/service/use_cases.h"
#include "hub/service/withdrawing.h"

/* What is owed to a victim is paid first. */
static enum rc
check_owed(
    const struct snapshot *snapshot, const struct id *request, struct err *err)
{
	for (size_t i = 0; i < snapshot->target_count; i++)
		if (id_equal(&snapshot->targets[i]->request, request))
			TRY(restoring_check_not_owed(
			    snapshot, snapshot->targets[i], err));
	return RC_OK;
}

enum rc
withdraw_request_decide(struct command *command, struct effects *effects,
    struct reply *reply, struct err *err)
{
	struct freeze_request *request;
	struct case_file *case_file;
	int next;

	TRY(access_check(&command->actor, RIGHT_WITHDRAW_REQUEST, err));
	TRY(lookup_request(command, effects->snapshot,
	    &command->withdraw.request, &request, &case_file, err));
	if (request->state == REQUEST_WITHDRAWN)
		return err_set(err, RC_CONFLICT, "already_withdrawn",
		    "the request has been withdrawn already");
	TRY(machine_next(&request_machine, (int)request->state,
	    REQUEST_EVENT_WITHDRAWN, &next, err));
	TRY(check_owed(effects->snapshot, &request->id, err));
	TRY(withdrawing_all(command, effects, request, REQUEST_EVENT_WITHDRAWN,
	    command->withdraw.reason, err));
	request->desired_state = REQUEST_WITHDRAWN;
	reply->status = 200;
	reply->case_id = case_file->id;
	reply->request = request->id;
	return RC_OK;
}
