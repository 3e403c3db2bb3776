/*
 * The life of a grievance: an account holder's objection to a hold.
 */
#pragma once

#include <stdbool.h>

#include "hub/domain/machine.h"

enum grievance_state {
	GRIEVANCE_FILED,         /* at the institution */
	GRIEVANCE_BANK_ENDORSED, /* the institution supports it */
	GRIEVANCE_WITH_OFFICER,
	GRIEVANCE_DECIDED_RELEASE,
	GRIEVANCE_DECIDED_CONTINUE,
	GRIEVANCE_ESCALATED_1,
	GRIEVANCE_ESCALATED_2,
	GRIEVANCE_CLOSED,
	GRIEVANCE_STATE_COUNT
};

enum grievance_event {
	GRIEVANCE_EVENT_FILED,
	GRIEVANCE_EVENT_ENDORSED,
	GRIEVANCE_EVENT_TAKEN, /* by an officer, endorsed or not */
	GRIEVANCE_EVENT_RELEASE_DECIDED,
	GRIEVANCE_EVENT_CONTINUE_DECIDED, /* by two people */
	GRIEVANCE_EVENT_ESCALATED,
	GRIEVANCE_EVENT_CLOSED,
	GRIEVANCE_EVENT_TIME_OVER, /* the clerk's */
	GRIEVANCE_EVENT_COUNT
};

extern const struct machine grievance_machine;

/* Nobody has decided yet: its target is disputed.  The views of
 * SQL have the same list. */
bool grievance_state_is_open(enum grievance_state state);

/* Nothing follows of itself: another one may be filed.  SQL's index
 * grievance_running has the other states. */
bool grievance_state_is_over(enum grievance_state state);

/* It went above the officer: only supervisors go on with the hold. */
bool grievance_state_is_escalated(enum grievance_state state);
