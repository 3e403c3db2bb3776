/*
 * Record what the dispatcher did: first failures, first escalations and 2xx.
 * Low priority; all other attempts live in the attempt log alone.
 */
#include "hub/service/delivery_facts.h"
#include "hub/service/use_cases.h"

enum rc
record_delivery_decide(struct command *command, struct effects *effects,
    struct reply *reply, struct err *err)
{
	if (command->actor.role != ROLE_HUB)
		return err_set(err, RC_FORBIDDEN, "role_not_allowed",
		    "only the hub's dispatcher records deliveries");
	for (size_t i = 0; i < command->delivery.report_count; i++)
		delivery_facts_apply(
		    command, effects, &command->delivery.reports[i]);
	reply->status = 200;
	return RC_OK;
}
