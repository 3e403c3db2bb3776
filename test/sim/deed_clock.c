/*
 * Deeds of the clerk: see deed.h.  Time leaps to the stage of some clock.
 */
#include "test/sim/deed.h"

enum { TRIES = 8 };

/* The nearest of a few that run, or NULL. */
static const struct deadline *
pick_running(struct random *random)
{
	const struct snapshot *snapshot = &world.snapshot;
	const struct deadline *nearest = NULL;

	for (int i = 0; i < TRIES && snapshot->deadline_count > 0; i++) {
		const struct deadline *one = snapshot->deadlines[random_below(
		    random, (int)snapshot->deadline_count)];

		if (one->next_at != 0 &&
		    (nearest == NULL || one->next_at < nearest->next_at))
			nearest = one;
	}
	return nearest;
}

bool
deed_pass(struct random *random)
{
	const struct deadline *deadline = pick_running(random);
	const struct formality *formality;
	struct command *command;

	if (deadline == NULL)
		return false;
	formality = snapshot_formality(&world.snapshot, &deadline->subject);
	/* One in ten comes too early, which is nothing. */
	if (deadline->next_at > world.now && !random_chance(random, 10))
		world.now = deadline->next_at;
	command = world_command(COMMAND_PASS_DEADLINE, DISPATCHER);
	command->deadline.subject = deadline->subject;
	command->deadline.kind = deadline->kind;
	if (formality != NULL)
		command->deadline.request = formality->request;
	return true;
}
