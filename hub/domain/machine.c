/*
 * State machines: see machine.h.
 */
#include "hub/domain/machine.h"

#include "hub/domain/case_state.h"
#include "hub/domain/document_state.h"
#include "hub/domain/grievance_state.h"
#include "hub/domain/formality_state.h"
#include "hub/domain/payment_hold_state.h"
#include "hub/domain/request_state.h"
#include "hub/domain/restitution_state.h"
#include "hub/domain/target_state.h"
#include "hub/domain/watch_state.h"

const struct machine *const machines[] = { &case_machine, &request_machine,
	&target_machine, &grievance_machine, &formality_machine,
	&document_machine, &watch_machine, &payment_hold_machine,
	&restitution_machine, NULL };

enum rc
machine_next(const struct machine *machine, int from, int event, int *to,
    struct err *err)
{
	for (size_t i = 0; i < machine->move_count; i++) {
		const struct move *move = &machine->moves[i];

		if (move->from == from && move->event == event) {
			*to = move->to;
			return RC_OK;
		}
	}
	return err_set(err, RC_CONFLICT, "move_not_allowed",
	    "a %s that is %s cannot be %s", machine->name,
	    machine_state_name(machine, from),
	    words_name(machine->events, event));
}

const char *
machine_state_name(const struct machine *machine, int state)
{
	if (state == STATE_NEW)
		return STATE_NEW_NAME;
	return words_name(machine->states, state);
}
