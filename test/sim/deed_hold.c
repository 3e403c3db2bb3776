/*
 * Orders on holds: see deed.h.
 */
#include "test/sim/deed.h"

static const enum person police[] = { OFFICER, SECOND_OFFICER, SUPERVISOR,
	STATE_SUPERVISOR, NEIGHBOUR_OFFICER };

static enum person
pick_police(struct random *random)
{
	if (random_chance(random, 10))
		return (enum person)random_below(random, PERSON_END);
	return police[random_below(random, COUNT(police))];
}

/* One that is held, if a few tries find one. */
static const struct target *
pick_held(struct random *random)
{
	int count = (int)world.snapshot.target_count;
	const struct target *target = NULL;

	for (int i = 0; i < 20 && count > 0; i++) {
		target = world.snapshot.targets[random_below(random, count)];
		if (target_state_is_held(target->state))
			break;
	}
	return target;
}

bool
deed_release(struct random *random)
{
	const struct target *target = pick_held(random);
	struct command *command;

	if (target == NULL)
		return false;
	command = world_command(COMMAND_RELEASE_TARGET, pick_police(random));
	command->release.target = target->id;
	command->release.reason = "x";
	return true;
}

bool
deed_reduce(struct random *random)
{
	const struct target *target = pick_held(random);
	struct command *command;

	if (target == NULL)
		return false;
	command = world_command(COMMAND_REDUCE_TARGET, pick_police(random));
	command->reduce.target = target->id;
	command->reduce.amount = world_inr(
	    1 + random_below(random, (int)target->held_minor + 1));
	command->reduce.reason = "x";
	return true;
}

bool
deed_extend(struct random *random)
{
	const struct target *target = pick_held(random);
	struct command *command;

	if (target == NULL)
		return false;
	command = world_command(COMMAND_EXTEND_TARGET, pick_police(random));
	command->extend.target = target->id;
	command->extend.expires_at = world.now +
	    random_below(random, 100) * WORLD_DAY;
	command->extend.basis = random_chance(random, 10) ? "BNSS_94" : "";
	command->extend.reason = "x";
	return true;
}

bool
deed_grieve(struct random *random)
{
	const struct target *target = pick_held(random);
	struct command *command;

	if (target == NULL)
		return false;
	command = world_command(COMMAND_FILE_GRIEVANCE,
	    random_chance(random, 60) ? BANK_NODAL : pick_police(random));
	command->file_grievance.target = target->id;
	command->file_grievance.text = "x";
	return true;
}

bool
deed_decide(struct random *random)
{
	int count = (int)world.snapshot.grievance_count;
	struct command *command;

	if (count == 0)
		return false;
	command = world_command(COMMAND_DECIDE_GRIEVANCE,
	    random_chance(random, 30) ? BANK_NODAL : pick_police(random));
	command->decide_grievance.grievance =
	    world.snapshot.grievances[random_below(random, count)]->id;
	command->decide_grievance.decision = (enum grievance_decision)
	    random_below(random, DECISION_COUNT);
	command->decide_grievance.reason = "x";
	return true;
}
