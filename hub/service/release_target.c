/*
 * Order the release of what is held at one institution: one officer or
 * supervisor may.  It is delivered and escalated like a freeze, and over when
 * the nodal officer confirms it with RELEASED.
 */
#include "hub/domain/access.h"
#include "hub/service/holding.h"
#include "hub/service/lookup.h"
#include "hub/service/restoring.h"
#include "hub/service/use_cases.h"

enum rc
release_target_decide(struct command *command, struct effects *effects,
    struct reply *reply, struct err *err)
{
	struct freeze_request *request;
	struct case_file *case_file;
	struct target *target;

	TRY(access_check(&command->actor, RIGHT_RELEASE_TARGET, err));
	TRY(lookup_target(command, effects->snapshot, &command->release.target,
	    &target, &request, &case_file, err));
	TRY(holding_check_release(target, err));
	TRY(restoring_check_not_owed(effects->snapshot, target, err));
	holding_release(command, effects, target, command->release.reason);
	holding_reply(reply, target);
	return RC_OK;
}
