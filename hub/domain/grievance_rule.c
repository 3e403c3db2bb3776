/*
 * Rules of grievances: see grievance_rule.h.
 */
#include "hub/domain/grievance_rule.h"

#include <string.h>

#include "hub/base/clock.h"

#define DAY (24 * 3600 * CLOCK_SECOND)

static const char *const names[] = {
	[DECISION_ENDORSE] = "endorse",
	[DECISION_TAKE] = "take",
	[DECISION_RELEASE] = "release",
	[DECISION_CONTINUE] = "continue",
	[DECISION_ESCALATE] = "escalate",
	[DECISION_CLOSE] = "close",
};

const struct words grievance_decision_words = { "decision", names,
	DECISION_COUNT };

static const struct grievance_rule rules[] = {
	/* event, by the institution, by the police */
	[DECISION_ENDORSE] = { GRIEVANCE_EVENT_ENDORSED, true, false },
	[DECISION_TAKE] = { GRIEVANCE_EVENT_TAKEN, false, true },
	[DECISION_RELEASE] = { GRIEVANCE_EVENT_RELEASE_DECIDED, false, true },
	[DECISION_CONTINUE] = { GRIEVANCE_EVENT_CONTINUE_DECIDED, false, true },
	[DECISION_ESCALATE] = { GRIEVANCE_EVENT_ESCALATED, true, true },
	[DECISION_CLOSE] = { GRIEVANCE_EVENT_CLOSED, false, true },
};

const struct grievance_rule *
grievance_rule(enum grievance_decision decision)
{
	return &rules[decision];
}

bool
grievance_rule_declines(
    enum grievance_decision decision, enum grievance_state state)
{
	return decision == DECISION_CONTINUE ||
	    (decision == DECISION_CLOSE && grievance_state_is_escalated(state));
}

/* ---- clocks */

static const struct {
	const char *profile;
	int institution_days, officer_days;
} clocks[] = {
#include "gen/domain_grievance_clock.inc"
};

int64_t
grievance_rule_due(const char *profile, enum grievance_state state, int64_t at)
{
	size_t row = 0;

	if (!grievance_state_is_open(state))
		return 0;
	for (size_t i = 0; i < COUNT(clocks); i++)
		if (strcmp(clocks[i].profile, profile) == 0 ||
		    (row == 0 && strcmp(clocks[i].profile, "generic") == 0))
			row = i;
	return at +
	    (state == GRIEVANCE_FILED ? clocks[row].institution_days
				      : clocks[row].officer_days) *
	    DAY;
}
