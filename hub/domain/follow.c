/*
 * Following leads: see follow.h.
 */
#include "hub/domain/follow.h"

#include "hub/domain/action_rule.h"

/* The authority still stands: the request's, and the law's. */
static bool
is_in_force(const struct follow_facts *facts)
{
	const struct freeze_request *request = facts->request;
	const struct profile_basis *basis = profile_basis(
	    facts->profile, request->basis);

	return request->state == REQUEST_ISSUED &&
	    request->expires_at > facts->at && basis != NULL &&
	    profile_is_in_force(basis, facts->at);
}

/* What one person asked and another approved was for this account; an
 * emergency that nobody has confirmed is one person's alone. */
static bool
needs_approval(const struct follow_facts *facts)
{
	const struct freeze_request *request = facts->request;
	int64_t sum;

	if (request->scope == SCOPE_ACCOUNT ||
	    action_rule(request->action)->needs_approval)
		return true;
	if (request->is_emergency && id_is_zero(&request->approved_by))
		return true;
	/* While a decision is pending, leads need not add up. */
	return __builtin_add_overflow(
		   facts->led_on_minor, facts->lead->money.minor, &sum) ||
	    sum > facts->parent->requested.minor;
}

static bool
is_other_action(const struct follow_facts *facts)
{
	enum action action = facts->request->action;

	return (action != ACTION_HOLD_AMOUNT &&
		   action != ACTION_HOLD_TXN_SETTLEMENT) ||
	    !action_rule_allows(action, facts->institution->kind);
}

/* The account, and the payment's reference or time.  The sum is the
 * responder's share of what passed, not a field of one payment. */
static bool
has_two_fields(const struct lead_draft *lead)
{
	return lead->has_identifier && (lead->has_reference || lead->at != 0);
}

int
follow_check(const struct follow_facts *facts)
{
	const struct profile *profile = facts->profile;

	if (profile == NULL || profile->follow == FOLLOW_NEVER)
		return NOT_FOLLOWED_SWITCHED_OFF;
	if (facts->request->follow_leads != LEADS_AUTOMATIC)
		return NOT_FOLLOWED_NOT_ASKED;
	if (!is_in_force(facts))
		return NOT_FOLLOWED_NOT_IN_FORCE;
	if (needs_approval(facts))
		return NOT_FOLLOWED_APPROVAL_NEEDED;
	if (is_other_action(facts))
		return NOT_FOLLOWED_OTHER_ACTION;
	if (facts->parent->layer >= profile->deepest_layer)
		return NOT_FOLLOWED_TOO_DEEP;
	if (profile_is_residual(profile, &facts->lead->money))
		return NOT_FOLLOWED_BELOW_THRESHOLD;
	if (!has_two_fields(facts->lead))
		return NOT_FOLLOWED_FIELDS_MISSING;
	return FOLLOW_IT;
}

enum follow_leads
follow_of_request(
    const struct profile *profile, const struct request_draft *draft)
{
	if (draft->has_follow_leads)
		return draft->follow_leads;
	return profile->follow == FOLLOW_ALWAYS ? LEADS_AUTOMATIC
						: LEADS_PROPOSED;
}
