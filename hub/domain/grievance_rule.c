/*
 * Rules of grievances: see grievance_rule.h.
 */
#include "hub/domain/grievance_rule.h"

#include "hub/domain/profile.h"

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

int64_t
grievance_rule_due(const char *profile, enum grievance_state state, int64_t at)
{
	const struct profile *law = profile_find(profile);

	if (!grievance_state_is_open(state))
		return 0;
	/* Of another release of the hub. */
	if (law == NULL)
		law = profile_find("generic");
	return calendar_after(&law->calendar, at,
	    state == GRIEVANCE_FILED ? &law->grievance_reply
				     : &law->grievance_decision);
}
