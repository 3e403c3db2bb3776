/*
 * Ends of watch entries and payment holds: see lapsing.h.
 */
#include "hub/service/lapsing.h"

#include "hub/domain/clocks.h"
#include "hub/service/risking.h"

bool
lapsing_is_of(enum deadline_kind kind)
{
	return kind == DEADLINE_WATCH || kind == DEADLINE_PAYMENT_HOLD;
}

/* The clock itself is ended by the move (timing.c). */
static bool
end_watch(struct command *command, struct effects *effects, const struct id *id)
{
	struct watch_entry *entry = risk_rows_watch(
	    &effects->snapshot->risk, id);

	if (entry == NULL || !watch_state_is_listed(entry->state))
		return false;
	(void)risking_move_watch(
	    effects, command, entry, (int)entry->state, WATCH_EVENT_TIME_OVER);
	return true;
}

static bool
end_hold(struct command *command, struct effects *effects, const struct id *id)
{
	struct payment_hold *hold = risk_rows_hold(
	    &effects->snapshot->risk, id);

	if (hold == NULL || !payment_hold_state_waits(hold->state))
		return false;
	(void)risking_move_hold(effects, command, hold, (int)hold->state,
	    PAYMENT_HOLD_EVENT_TERM_OVER);
	hold->ended_at = command->at;
	return true;
}

void
lapsing_pass(
    struct command *command, struct effects *effects, struct deadline *deadline)
{
	bool has_ended = deadline->kind == DEADLINE_WATCH
	    ? end_watch(command, effects, &deadline->subject)
	    : end_hold(command, effects, &deadline->subject);

	if (!has_ended)
		effects_end_deadline(
		    effects, &deadline->subject, deadline->kind);
}
