/*
 * The rules of answers: see respond_rules.h.
 */
#include "hub/service/respond_rules.h"

#include <string.h>

#include "hub/base/clock.h"
#include "hub/domain/action_rule.h"
#include "hub/domain/clocks.h"
#include "hub/domain/profile.h"

/* A responder's clock may be ahead of ours by this much. */
#define CLOCK_SLACK (5 * 60 * CLOCK_SECOND)

/* What must come with a code, where, and whether it came. */
struct need {
	uint32_t flag;
	const char *pointer, *what;
	bool is_there;
};

static bool
has_own_exit(const struct respond *respond)
{
	for (size_t i = 0; i < respond->exit_count; i++)
		if (respond->exits[i].code == respond->code)
			return true;
	return false;
}

/* OUT_FOREIGN and OUT_VASP may name an account or only a place. */
static bool
has_own_lead(const struct respond *respond)
{
	for (size_t i = 0; i < respond->lead_count; i++)
		if (respond->leads[i].code == respond->code)
			return true;
	return false;
}

static enum rc
check_needs(const struct respond *respond, struct err *err)
{
	const struct response_rule *rule = response_code_rule(respond->code);
	const struct need needs[] = {
		{ NEEDS_AMOUNT_HELD, "/amount_held", "the amount held",
		    respond->has_amount_held },
		{ NEEDS_BALANCE, "/balance", "the balance",
		    respond->has_balance },
		{ NEEDS_HELD_AT, "/held_at", "when it was held",
		    respond->held_at != 0 },
		{ NEEDS_HOLD_REF, "/hold_ref", "the hold's reference",
		    respond->hold_ref[0] != '\0' },
		{ NEEDS_EXPIRES_AT, "/expires_at", "when the hold ends",
		    respond->expires_at != 0 },
		{ NEEDS_PRIOR_AUTHORITY, "/prior_authority",
		    "who holds it already",
		    respond->prior_authority[0] != '\0' },
		{ NEEDS_QUEUE_RANK, "/queue_rank", "our place in the queue",
		    respond->queue_rank > 0 },
		{ NEEDS_LEAD, "/leads", "a lead: where the money went",
		    respond->lead_count > 0 },
		{ NEEDS_EXIT, "/exits", "an exit of this code",
		    has_own_exit(respond) || has_own_lead(respond) },
		{ NEEDS_ETA, "/eta", "when the decision will come",
		    respond->eta != 0 },
		{ NEEDS_MISMATCH, "/mismatch", "the fields that disagree",
		    respond->mismatches != 0 },
		{ NEEDS_RESIDUAL, "/residual", "the residual",
		    respond->has_residual },
	};

	for (size_t i = 0; i < COUNT(needs); i++)
		if ((rule->flags & needs[i].flag) != 0 && !needs[i].is_there)
			return err_at(err, RC_INVALID, needs[i].pointer,
			    "missing_member", "%s needs %s", rule->name,
			    needs[i].what);
	return RC_OK;
}

static enum rc
check_currency(const struct money *money, const struct target *target,
    const char *pointer, struct err *err)
{
	if (strcmp(money->currency, target->requested.currency) == 0)
		return RC_OK;
	return err_at(err, RC_INVALID, pointer, "other_currency",
	    "the target is in %s", target->requested.currency);
}

static enum rc
check_trail(
    const struct respond *respond, const struct target *target, struct err *err)
{
	enum rc rc = RC_OK;

	for (size_t i = 0; i < respond->lead_count && rc == RC_OK; i++) {
		const struct lead_draft *lead = &respond->leads[i];

		if (lead->code != RESPONSE_OUT_XFER &&
		    lead->code != RESPONSE_OUT_VASP &&
		    lead->code != RESPONSE_OUT_FOREIGN)
			rc = err_at(err, RC_INVALID, "/code", "not_a_lead",
			    "an exit without an account belongs in exits");
		else
			rc = check_currency(
			    &lead->money, target, "/money/currency", err);
		/* Two amounts of one currency would not say which counts. */
		if (rc == RC_OK && lead->has_amount_as_sent &&
		    money_same_currency(&lead->amount_as_sent, &lead->money))
			rc = err_at(err, RC_INVALID, "/amount_as_sent/currency",
			    "same_currency",
			    "the amount as sent is in another currency");
		if (rc != RC_OK)
			err_prefix(err, "/leads/%zu", i);
	}
	for (size_t i = 0; i < respond->exit_count && rc == RC_OK; i++) {
		const struct exit_draft *out = &respond->exits[i];

		if ((response_code_rule(out->code)->flags & MAY_BE_EXIT) == 0)
			rc = err_at(err, RC_INVALID, "/code", "not_an_exit",
			    "not an exit channel");
		else
			rc = check_currency(
			    &out->money, target, "/money/currency", err);
		if (rc != RC_OK)
			err_prefix(err, "/exits/%zu", i);
	}
	return rc;
}

/* held + Σ leads + Σ exits + residual = requested: no money vanishes. */
static enum rc
check_sum(
    const struct respond *respond, const struct target *target, struct err *err)
{
	int64_t rest = target->requested.minor;
	struct money sum;
	char got[MONEY_TEXT_SIZE], wanted[MONEY_TEXT_SIZE];

	if (respond->code == RESPONSE_NIL_BAL && !respond->has_residual &&
	    respond->lead_count == 0 && respond->exit_count == 0)
		return RC_OK; /* residual = requested */
	/* Subtracting cannot overflow: every part is at least zero. */
	if (respond->has_amount_held)
		rest -= respond->amount_held.minor;
	for (size_t i = 0; i < respond->lead_count && rest >= 0; i++)
		rest -= respond->leads[i].money.minor;
	for (size_t i = 0; i < respond->exit_count && rest >= 0; i++)
		rest -= respond->exits[i].money.minor;
	if (respond->has_residual && rest >= 0)
		rest -= respond->residual.minor;
	if (rest == 0)
		return RC_OK;
	if (rest < 0)
		return err_at(err, RC_INVALID, "", "sum_too_large",
		    "held, leads, exits and residual are more than the %s %s "
		    "that were asked",
		    money_format(&target->requested, wanted),
		    target->requested.currency);
	sum = target->requested;
	sum.minor -= rest;
	return err_at(err, RC_INVALID, "", "sum_too_small",
	    "held, leads, exits and residual make %s of %s %s; say the rest "
	    "as residual",
	    money_format(&sum, got), money_format(&target->requested, wanted),
	    target->requested.currency);
}

static enum rc
check_amounts(const struct respond *respond, const struct target *target,
    const struct case_file *case_file, struct err *err)
{
	const struct profile *profile = profile_find(case_file->profile);

	if (respond->has_amount_held)
		TRY(check_currency(&respond->amount_held, target,
		    "/amount_held/currency", err));
	if (respond->has_balance)
		TRY(check_currency(
		    &respond->balance, target, "/balance/currency", err));
	if (!respond->has_residual)
		return RC_OK;
	TRY(check_currency(
	    &respond->residual, target, "/residual/money/currency", err));
	if (respond->residual_reason == RESIDUAL_BELOW_THRESHOLD &&
	    profile != NULL &&
	    !profile_is_residual(profile, &respond->residual))
		return err_at(err, RC_INVALID, "/residual/reason",
		    "above_threshold",
		    "this sum is not below the threshold of profile %s",
		    profile->name);
	return RC_OK;
}

static enum rc
check_hold(const struct respond *respond, const struct target *target,
    const struct freeze_request *request, struct err *err)
{
	int64_t held = respond->amount_held.minor;

	if (held <= 0 || held > target->requested.minor)
		return err_at(err, RC_INVALID, "/amount_held/amount",
		    "amount_held_out_of_range",
		    "more than zero and at most what was asked is held");
	if (respond->code == RESPONSE_HLD_FULL &&
	    held != target->requested.minor)
		return err_at(err, RC_INVALID, "/amount_held/amount",
		    "not_held_in_full", "less than was asked is HLD_PART");
	if (respond->code == RESPONSE_HLD_PART &&
	    held == target->requested.minor)
		return err_at(err, RC_INVALID, "/code", "held_in_full",
		    "all that was asked is HLD_FULL");
	if (respond->has_balance && held > respond->balance.minor)
		return err_at(err, RC_INVALID, "/amount_held/amount",
		    "more_than_balance", "more is held than the balance");
	/* More of the money was found (docs/decisions/0002-moves.md); less is
	 * a reduction, and that is ordered. */
	if (target->state == TARGET_HELD_PARTIAL && held < target->held_minor)
		return err_at(err, RC_INVALID, "/amount_held/amount",
		    "less_than_held", "more than this is held already");
	if (action_rule(request->action)->scope == SCOPE_RECORDS)
		return err_at(err, RC_INVALID, "/code", "scope_too_wide",
		    "%s asks for no hold",
		    words_name(&action_words, (int)request->action));
	if (respond->code == RESPONSE_HLD_ACCT &&
	    request->action != ACTION_DEBIT_FREEZE)
		return err_at(err, RC_INVALID, "/code", "scope_too_wide",
		    "only a DEBIT_FREEZE may be answered so");
	return RC_OK;
}

/* The confirmation of a reduction: the sum that was ordered, no other. */
static enum rc
check_reduction(
    const struct respond *respond, const struct target *target, struct err *err)
{
	char wanted[MONEY_TEXT_SIZE];
	struct money ordered = target->requested;

	if (target->reduce_to_minor == 0)
		return err_at(err, RC_CONFLICT, "/code", "nothing_ordered",
		    "no reduction of this target is ordered");
	ordered.minor = target->reduce_to_minor;
	if (respond->amount_held.minor != target->reduce_to_minor)
		return err_at(err, RC_INVALID, "/amount_held/amount",
		    "not_as_ordered", "the hold is to be reduced to %s %s",
		    money_format(&ordered, wanted), ordered.currency);
	return RC_OK;
}

/* A block needs no times; told ones must be as possible as a hold's. */
static enum rc
check_times(const struct command *command, const struct target *target,
    const struct freeze_request *request, const struct case_file *case_file,
    struct err *err)
{
	const struct respond *respond = &command->respond;
	int64_t limit = clocks_hold_end(
	    target, request, profile_find(case_file->profile));

	/* An extension may have gone beyond. */
	if (target_state_is_held(target->state) && target->expires_at > limit)
		limit = target->expires_at;

	if (respond->expires_at != 0 &&
	    (respond->expires_at <= command->at || respond->expires_at > limit))
		return err_at(err, RC_INVALID, "/expires_at",
		    "expiry_out_of_range",
		    "a hold ends in the future and not after the request, "
		    "at deeper layers before it");
	if (respond->held_at > command->at + CLOCK_SLACK)
		return err_at(err, RC_INVALID, "/held_at", "in_future",
		    "the hold lies in the future");
	return RC_OK;
}

/* Members that the code has no use for would look as if they counted. */
static enum rc
check_strays(const struct respond *respond, struct err *err)
{
	enum response_family family = response_code_rule(respond->code)->family;
	bool has_trail = family == FAMILY_HELD || family == FAMILY_OUT;

	if (respond->has_amount_held && family != FAMILY_HELD &&
	    family != FAMILY_REDUCED)
		return err_at(err, RC_INVALID, "/amount_held", "not_expected",
		    "only HLD_* and REDUCED say what is held");
	if (respond->has_residual && !has_trail)
		return err_at(err, RC_INVALID, "/residual", "not_expected",
		    "a residual does not belong to this code");
	if (respond->lead_count > 0 && !has_trail &&
	    family != FAMILY_RETURNED && family != FAMILY_PENDING)
		return err_at(err, RC_INVALID, "/leads", "not_expected",
		    "leads do not belong to this code");
	if (respond->exit_count > 0 && !has_trail)
		return err_at(err, RC_INVALID, "/exits", "not_expected",
		    "exits do not belong to this code");
	return RC_OK;
}

enum rc
respond_rules_check(const struct command *command, const struct target *target,
    const struct freeze_request *request, const struct case_file *case_file,
    struct err *err)
{
	const struct respond *respond = &command->respond;
	const struct response_rule *rule = response_code_rule(respond->code);

	if (!response_code_allowed(respond->code, command->actor.kind))
		return err_at(err, RC_INVALID, "/code", "code_not_allowed",
		    "an institution of kind %s does not answer %s",
		    words_name(
			&institution_kind_words, (int)command->actor.kind),
		    rule->name);
	TRY(check_needs(respond, err));
	TRY(check_strays(respond, err));
	TRY(check_amounts(respond, target, case_file, err));
	TRY(check_trail(respond, target, err));
	if (rule->family == FAMILY_HELD)
		TRY(check_hold(respond, target, request, err));
	if (rule->family == FAMILY_REDUCED)
		TRY(check_reduction(respond, target, err));
	if (rule->family == FAMILY_HELD || rule->family == FAMILY_BLOCKED)
		TRY(check_times(command, target, request, case_file, err));
	if ((rule->flags & NEEDS_SUM) != 0)
		TRY(check_sum(respond, target, err));
	if (respond->eta != 0 && respond->eta <= command->at)
		return err_at(err, RC_INVALID, "/eta", "in_past",
		    "the decision cannot come in the past");
	return RC_OK;
}

enum target_event
respond_rules_event(const struct respond *respond, const struct target *target)
{
	const struct response_rule *rule = response_code_rule(respond->code);

	switch (rule->family) {
	case FAMILY_RECEIPT:
		return TARGET_EVENT_RECEIPT;
	case FAMILY_HELD:
		return respond->amount_held.minor == target->requested.minor
		    ? TARGET_EVENT_HELD_FULL
		    : TARGET_EVENT_HELD_PART;
	case FAMILY_BLOCKED:
		return TARGET_EVENT_BLOCKED;
	case FAMILY_OUT:
	case FAMILY_RETURNED:
		return TARGET_EVENT_NOT_HELD;
	case FAMILY_PENDING:
		return TARGET_EVENT_PENDING;
	case FAMILY_REJECTED:
		return (rule->flags & IS_CORRECTABLE) != 0
		    ? TARGET_EVENT_REJECTED
		    : TARGET_EVENT_REJECTED_FINAL;
	case FAMILY_REDUCED:
		return TARGET_EVENT_REDUCED;
	case FAMILY_RELEASED:
	case FAMILY_COUNT:
		break;
	}
	return TARGET_EVENT_RELEASED;
}
