/*
 * Acts on whole cases: see deed.h.
 */
#include "test/sim/deed.h"

static const enum person police[] = { OFFICER, SECOND_OFFICER, SUPERVISOR,
	STATE_SUPERVISOR, STATE_SUPERVISOR, NEIGHBOUR_OFFICER };

static enum person
pick_police(struct random *random)
{
	if (random_chance(random, 10))
		return (enum person)random_below(random, PERSON_END);
	return police[random_below(random, COUNT(police))];
}

static const struct case_file *
pick_case(struct random *random)
{
	return world.snapshot
	    .cases[random_below(random, (int)world.snapshot.case_count)];
}

bool
deed_withdraw_case(struct random *random)
{
	struct withdraw_case *withdraw = &world_command(
	    COMMAND_WITHDRAW_CASE, pick_police(random))
					      ->withdraw_case;

	withdraw->case_id = pick_case(random)->id;
	withdraw->reason = random_below(
	    random, (int)withdrawal_reason_words.count);
	withdraw->note = "x";
	return true;
}

bool
deed_merge(struct random *random)
{
	struct merge_case *merge =
	    &world_command(COMMAND_MERGE_CASE, pick_police(random))->merge;

	merge->case_id = pick_case(random)->id;
	merge->into = pick_case(random)->id;
	merge->note = "";
	return true;
}

bool
deed_close(struct random *random)
{
	struct close_case *closing =
	    &world_command(COMMAND_CLOSE_CASE, pick_police(random))->close_case;

	closing->case_id = pick_case(random)->id;
	closing->reason = random_chance(random, 80) ? "x" : "";
	closing->has_outcome = random_chance(random, 50);
	closing->outcome = (enum case_outcome)random_below(
	    random, CASE_OUTCOME_COUNT);
	return true;
}

/* Any target of the world, mostly one of the request's. */
static void
amend_amount(struct random *random, struct amend_request *amend)
{
	static struct amended_target amended;
	int count = (int)world.snapshot.target_count;
	const struct target *target = NULL;

	for (int i = 0; i < 20 && count > 0; i++) {
		target = world.snapshot.targets[random_below(random, count)];
		if (id_equal(&target->request, &amend->request))
			break;
	}
	if (target == NULL)
		return;
	amended.target = target->id;
	amended.amount = world_inr(1 + random_below(random, 100000));
	amend->targets = &amended;
	amend->target_count = 1;
}

bool
deed_amend(struct random *random)
{
	struct amend_request *amend =
	    &world_command(COMMAND_AMEND_REQUEST, pick_police(random))->amend;

	amend->request = world.snapshot
			     .requests[random_below(
				 random, (int)world.snapshot.request_count)]
			     ->id;
	amend->reason = "x";
	amend->basis = random_chance(random, 20) ? "BNSS_106" : "";
	amend->has_scope = random_chance(random, 20);
	amend->scope = (enum scope)random_below(random, SCOPE_COUNT);
	if (random_chance(random, 30))
		amend->expires_at = world.now +
		    random_below(random, 100) * WORLD_DAY;
	if (random_chance(random, 60))
		amend_amount(random, amend);
	return true;
}
