/*
 * Order that less is held: the surplus is held elsewhere, or goes back.  The
 * sum held changes when the nodal officer confirms it with REDUCED: until
 * then the money is not free.
 */
#include "hub/domain/access.h"
#include "hub/service/holding.h"
#include "hub/service/issuing.h"
#include "hub/service/lookup.h"
#include "hub/service/restoring.h"
#include "hub/service/use_cases.h"

static enum rc
check_amount(
    const struct money *amount, const struct target *target, struct err *err)
{
	struct money held = target->requested;
	char text[MONEY_TEXT_SIZE];

	held.minor = target->held_minor;
	if (!money_same_currency(amount, &held))
		return err_at(err, RC_INVALID, "/amount/currency",
		    "other_currency", "the target is in %s", held.currency);
	if (amount->minor >= held.minor)
		return err_at(err, RC_INVALID, "/amount/amount",
		    "not_less_than_held", "%s %s are held",
		    money_format(&held, text), held.currency);
	/* An order that is out is not taken back by a smaller one: the money
	 * may be gone already. */
	held.minor = target->reduce_to_minor;
	if (held.minor != 0 && amount->minor > held.minor)
		return err_at(err, RC_CONFLICT, "/amount/amount",
		    "reduction_ordered_already",
		    "a reduction to %s %s is ordered already",
		    money_format(&held, text), held.currency);
	return RC_OK;
}

enum rc
reduce_target_decide(struct command *command, struct effects *effects,
    struct reply *reply, struct err *err)
{
	struct freeze_request *request;
	struct case_file *case_file;
	struct target *target;
	int next;

	TRY(access_check(&command->actor, RIGHT_REDUCE_TARGET, err));
	TRY(lookup_target(command, effects->snapshot, &command->reduce.target,
	    &target, &request, &case_file, err));
	TRY(machine_next(&target_machine, (int)target->state,
	    TARGET_EVENT_REDUCED, &next, err));
	TRY(check_amount(&command->reduce.amount, target, err));
	TRY(restoring_check_not_owed(effects->snapshot, target, err));
	TRY(issuing_check_reach(effects->snapshot, target, command->at, err));
	holding_reduce(command, effects, target, &command->reduce.amount,
	    command->reduce.reason);
	holding_reply(reply, target);
	return RC_OK;
}
