/*
 * Propose that money which is held goes back to who lost it.  What is held
 * and what is claimed are divided pro rata, so that of several victims whose
 * money lies on one account each gets the same share; one restitution for
 * each (target, victim) that comes of it.  Nothing moves until it is ordered.
 */
#include <string.h>

#include "hub/domain/access.h"
#include "hub/domain/apportion.h"
#include "hub/domain/ids.h"
#include "hub/service/issuing.h"
#include "hub/service/lookup.h"
#include "hub/service/restoring.h"
#include "hub/service/use_cases.h"

/* Both sides of the plan, in the order of the command. */
struct sides {
	struct target **targets;
	struct case_file **cases;
	int64_t *held, *claims;
	struct apportion_plan plan;
};

static enum rc
make_room(const struct command *command, struct arena *arena,
    struct sides *sides, struct err *err)
{
	size_t held = command->propose.held_count;
	size_t claims = command->propose.claim_count;
	struct apportion_plan *plan = &sides->plan;

	sides->targets = arena_alloc(
	    arena, (held + 1) * sizeof *sides->targets);
	sides->cases = arena_alloc(arena, (claims + 1) * sizeof *sides->cases);
	plan->held = sides->held = arena_alloc(
	    arena, (held + 1) * sizeof *sides->held);
	plan->claims = sides->claims = arena_alloc(
	    arena, (claims + 1) * sizeof *sides->claims);
	plan->paid = arena_alloc(arena, (held + 1) * sizeof *plan->paid);
	plan->awarded = arena_alloc(
	    arena, (claims + 1) * sizeof *plan->awarded);
	plan->payments = arena_alloc(
	    arena, (held * claims + 1) * sizeof *plan->payments);
	plan->held_count = held;
	plan->claim_count = claims;
	if (sides->targets == NULL || sides->cases == NULL ||
	    plan->held == NULL || plan->claims == NULL || plan->paid == NULL ||
	    plan->awarded == NULL || plan->payments == NULL)
		return err_set(err, RC_TOO_LARGE, "batch_full", "too much");
	return RC_OK;
}

/* ---- what is held */

static enum rc
check_amount(const struct held_draft *draft, const struct target *target,
    int64_t free_minor, int64_t *minor, struct err *err)
{
	struct money most = target->requested;
	char text[MONEY_TEXT_SIZE];

	most.minor = free_minor;
	if (free_minor == 0)
		return err_at(err, RC_CONFLICT, "/target", "nothing_held",
		    "nothing is held there that is not bespoken");
	*minor = free_minor;
	if (!draft->has_amount)
		return RC_OK;
	if (!money_same_currency(&draft->amount, &most))
		return err_at(err, RC_INVALID, "/amount/currency",
		    "other_currency", "the target is in %s", most.currency);
	if (draft->amount.minor > free_minor)
		return err_at(err, RC_INVALID, "/amount/amount",
		    "more_than_held", "%s %s are held and free",
		    money_format(&most, text), most.currency);
	*minor = draft->amount.minor;
	return RC_OK;
}

static enum rc
check_one_held(const struct command *command, const struct snapshot *snapshot,
    struct sides *sides, size_t i, struct err *err)
{
	const struct held_draft *draft = &command->propose.held[i];
	struct freeze_request *request;
	struct case_file *file;

	TRY(lookup_target(command, snapshot, &draft->target, &sides->targets[i],
	    &request, &file, err));
	if (!id_equal(&file->id, &command->propose.case_id))
		return err_at(err, RC_INVALID, "/target", "other_case",
		    "the target is of another case");
	for (size_t n = 0; n < i; n++)
		if (sides->targets[n] == sides->targets[i])
			return err_at(err, RC_INVALID, "/target",
			    "duplicate_id", "the same as /targets/%zu", n);
	if (!money_same_currency(
		&sides->targets[i]->requested, &sides->targets[0]->requested))
		return err_at(err, RC_INVALID, "/target", "other_currency",
		    "a proposal is in one currency");
	return check_amount(draft, sides->targets[i],
	    restoring_free_minor(snapshot, sides->targets[i]), &sides->held[i],
	    err);
}

/* ---- what is claimed */

/* A victim's money came to the account of one of the targets. */
static bool
is_linked(const struct snapshot *snapshot, const struct sides *sides,
    const struct id *case_id)
{
	for (size_t i = 0; i < snapshot->target_count; i++) {
		const struct target *theirs = snapshot->targets[i];

		if (!id_equal(&theirs->case_id, case_id))
			continue;
		for (size_t n = 0; n < sides->plan.held_count; n++)
			if (id_equal(&theirs->institution,
				&sides->targets[n]->institution) &&
			    memcmp(theirs->identifier_hash,
				sides->targets[n]->identifier_hash,
				SNAPSHOT_HASH_SIZE) == 0)
				return true;
	}
	return false;
}

static enum rc
check_one_claim(const struct command *command, const struct snapshot *snapshot,
    struct sides *sides, size_t i, struct err *err)
{
	const struct claim_draft *draft = &command->propose.claims[i];
	const struct id *id = draft->has_case ? &draft->case_id
					      : &command->propose.case_id;

	if (lookup_case(command, snapshot, id, &sides->cases[i], err) != RC_OK)
		return err_at(err, RC_INVALID, "/case", "unknown_case",
		    "there is no such case, or it is not yours");
	for (size_t n = 0; n < i; n++)
		if (sides->cases[n] == sides->cases[i])
			return err_at(err, RC_INVALID, "/case", "duplicate_id",
			    "the same as /claims/%zu", n);
	if (!money_same_currency(&draft->amount, &sides->targets[0]->requested))
		return err_at(err, RC_INVALID, "/amount/currency",
		    "other_currency", "the money held is in %s",
		    sides->targets[0]->requested.currency);
	if (!id_equal(id, &command->propose.case_id) &&
	    !is_linked(snapshot, sides, id))
		return err_at(err, RC_INVALID, "/case", "no_claim",
		    "no money of that case was followed to these accounts");
	sides->claims[i] = draft->amount.minor;
	return RC_OK;
}

static enum rc
check(const struct command *command, const struct snapshot *snapshot,
    struct sides *sides, struct err *err)
{
	for (size_t i = 0; i < command->propose.held_count; i++)
		if (check_one_held(command, snapshot, sides, i, err) != RC_OK) {
			err_prefix(err, "/targets/%zu", i);
			return err->rc;
		}
	for (size_t i = 0; i < command->propose.claim_count; i++)
		if (check_one_claim(command, snapshot, sides, i, err) !=
		    RC_OK) {
			err_prefix(err, "/claims/%zu", i);
			return err->rc;
		}
	return apportion_make_plan(&sides->plan, err);
}

/* ---- the restitutions */

static void
propose_one(struct command *command, struct effects *effects,
    const struct sides *sides, size_t held, size_t claim, struct id *plan)
{
	const struct propose_restitution *propose = &command->propose;
	const struct target *target = sides->targets[held];
	struct restitution *row = effects_add_restitution(effects);
	struct event *event;

	row->id = command_next_id(command);
	if (id_is_zero(plan))
		*plan = row->id;
	row->plan = *plan;
	row->case_id = target->case_id;
	row->target = target->id;
	row->institution = target->institution;
	row->claim_case = sides->cases[claim]->id;
	row->amount = target->requested;
	row->amount.minor =
	    sides->plan.payments[held * propose->claim_count + claim];
	row->claim_minor = sides->claims[claim];
	row->proposed_by = command->actor.principal;
	row->proposed_at = command->at;
	row->is_open = true;
	row->payee = propose->claims[claim].payee;
	row->payee_name = propose->claims[claim].payee_name;
	row->reason = propose->reason;
	event = effects_enter_restitution(
	    effects, command, row, RESTITUTION_EVENT_PROPOSED);
	restoring_describe(effects, event, row);
	event_text(event, "reason", propose->reason);
}

enum rc
propose_restitution_decide(struct command *command, struct effects *effects,
    struct reply *reply, struct err *err)
{
	const struct propose_restitution *propose = &command->propose;
	struct sides sides = { 0 };
	struct case_file *file;

	TRY(access_check(&command->actor, RIGHT_PROPOSE_RESTITUTION, err));
	TRY(lookup_case(
	    command, effects->snapshot, &propose->case_id, &file, err));
	TRY(make_room(command, effects->snapshot->arena, &sides, err));
	TRY(check(command, effects->snapshot, &sides, err));
	for (size_t i = 0; i < propose->held_count; i++)
		for (size_t n = 0; n < propose->claim_count; n++)
			if (sides.plan.payments[i * propose->claim_count + n] >
			    0)
				propose_one(command, effects, &sides, i, n,
				    &reply->thing);
	reply->status = 201;
	reply->case_id = file->id;
	return RC_OK;
}
