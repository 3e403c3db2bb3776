/*
 * Decisions on grievances as a table: who may, and whether it takes two; and
 * the clocks of a grievance, which the profile has.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "hub/domain/grievance_state.h"

enum grievance_decision {
	DECISION_ENDORSE,
	DECISION_TAKE,
	DECISION_RELEASE,
	DECISION_CONTINUE,
	DECISION_ESCALATE,
	DECISION_CLOSE,
	DECISION_COUNT
};

extern const struct words grievance_decision_words;

struct grievance_rule {
	enum grievance_event event;
	bool by_institution; /* a nodal officer of the target's */
	bool by_police;
};

const struct grievance_rule *grievance_rule(enum grievance_decision decision);

/* Does it decline the release that was asked for?  Then two people decide,
 * and where it was escalated supervisors. */
bool grievance_rule_declines(
    enum grievance_decision decision, enum grievance_state state);

/* When what a state waits for is due, from `at`; 0: it waits for nothing. */
int64_t
grievance_rule_due(const char *profile, enum grievance_state state, int64_t at);
