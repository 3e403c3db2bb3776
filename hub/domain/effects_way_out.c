/*
 * Moves of grievances and restitutions: see effects.h.  Both are shown with
 * their target, so its version rises with theirs.
 */
#include "hub/domain/effects.h"

#include "hub/domain/effects_inside.h"
#include "hub/domain/ids.h"

void
effects_touch_grievance(struct effects *effects, const struct command *command,
    struct grievance *grievance)
{
	struct target *target = snapshot_target(
	    effects->snapshot, &grievance->target);

	effects_touch_row(&grievance->row);
	if (target == NULL)
		effects->failed = true;
	else
		effects_touch_target(effects, command, target);
}

static struct event *
grievance_step(struct effects *effects, const struct command *command,
    struct grievance *grievance, int from, enum grievance_event move)
{
	const struct step step = { &grievance_machine, from, (int)move,
		&grievance->case_id, &grievance->id, ID_GRIEVANCE };
	int to;
	struct event *event = effects_step(effects, command, &step, &to);

	if (to != STATE_NEW)
		grievance->state = (enum grievance_state)to;
	effects_touch_grievance(effects, command, grievance);
	return event;
}

struct event *
effects_move_grievance(struct effects *effects, const struct command *command,
    struct grievance *grievance, enum grievance_event move)
{
	return grievance_step(
	    effects, command, grievance, (int)grievance->state, move);
}

struct event *
effects_enter_grievance(struct effects *effects, const struct command *command,
    struct grievance *grievance, enum grievance_event move)
{
	return grievance_step(effects, command, grievance, STATE_NEW, move);
}

/* The target is shown with it, and the case whose victim is paid too. */
static struct event *
restitution_step(struct effects *effects, const struct command *command,
    struct restitution *restitution, int from, enum restitution_event move)
{
	const struct step step = { &restitution_machine, from, (int)move,
		&restitution->case_id, &restitution->id, ID_RESTITUTION };
	struct target *target = snapshot_target(
	    effects->snapshot, &restitution->target);
	int to;
	struct event *event = effects_step(effects, command, &step, &to);

	if (to != STATE_NEW)
		restitution->state = (enum restitution_state)to;
	restitution->updated_at = command->at;
	effects_touch_row(&restitution->row);
	effects_touch_case_of(effects, command, &restitution->claim_case);
	if (target == NULL)
		effects->failed = true;
	else
		effects_touch_target(effects, command, target);
	return event;
}

struct event *
effects_move_restitution(struct effects *effects, const struct command *command,
    struct restitution *restitution, enum restitution_event move)
{
	return restitution_step(
	    effects, command, restitution, (int)restitution->state, move);
}

struct event *
effects_enter_restitution(struct effects *effects,
    const struct command *command, struct restitution *restitution,
    enum restitution_event move)
{
	return restitution_step(effects, command, restitution, STATE_NEW, move);
}
