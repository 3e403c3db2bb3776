/*
 * Submit a case: a complaint with its transactions, requests and targets in
 * one call.  What needs no second person goes out at once.
 */
#include "hub/service/submit_case.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "hub/domain/access.h"
#include "hub/domain/action_rule.h"
#include "hub/domain/profile.h"
#include "hub/service/addressee.h"
#include "hub/service/submit_impact.h"
#include "hub/service/submit_rows.h"
#include "hub/service/use_cases.h"

/* A client's clock may be ahead of ours by this much. */
#define CLOCK_SLACK (5 * 60 * CLOCK_SECOND)

static enum rc
prepare_targets(struct command *command, const struct registry *registry,
    struct request_draft *request, size_t request_index, struct err *err)
{
	for (size_t i = 0; i < request->target_count; i++) {
		struct target_draft *target = &request->targets[i];
		const struct institution *institution;
		enum rc rc = addressee_find(registry, target->institution_text,
		    &target->identifier, command->at, &institution, err);

		if (rc == RC_OK &&
		    !action_rule_allows(request->action, institution->kind))
			rc = err_at(err, RC_INVALID, "/institution",
			    "action_not_possible", "%s cannot do %s",
			    institution->name,
			    words_name(&action_words, (int)request->action));
		if (rc != RC_OK) {
			err_prefix(
			    err, "/requests/%zu/targets/%zu", request_index, i);
			return rc;
		}
		target->institution = institution->id;
	}
	return RC_OK;
}

static enum rc
prepare_txns(const struct submit_case *submit, const struct registry *registry,
    struct err *err)
{
	for (size_t i = 0; i < submit->txn_count; i++) {
		const struct txn_draft *txn = &submit->txns[i];
		enum rc rc;

		if (txn->has_from &&
		    (rc = addressee_check_bank(registry, &txn->from, err)) !=
			RC_OK) {
			err_prefix(err, "/transactions/%zu/from", i);
			return rc;
		}
		if (txn->has_to &&
		    (rc = addressee_check_bank(registry, &txn->to, err)) !=
			RC_OK) {
			err_prefix(err, "/transactions/%zu/to", i);
			return rc;
		}
	}
	return RC_OK;
}

enum rc
submit_case_prepare(
    struct command *command, const struct registry *registry, struct err *err)
{
	struct submit_case *submit = &command->submit;

	TRY(access_check(&command->actor,
	    submit->is_addition ? RIGHT_ADD_REQUESTS : RIGHT_SUBMIT_CASE, err));
	TRY(prepare_txns(submit, registry, err));
	for (size_t i = 0; i < submit->request_count; i++)
		TRY(prepare_targets(
		    command, registry, &submit->requests[i], i, err));
	return RC_OK;
}

static enum rc
check_times(const struct submit_case *submit, int64_t at, struct err *err)
{
	if (submit->reported_at > at + CLOCK_SLACK)
		return err_at(err, RC_INVALID, "/reported_at", "in_future",
		    "the report lies in the future");
	if (submit->occurred_at > submit->reported_at)
		return err_at(err, RC_INVALID, "/occurred_at", "out_of_order",
		    "what happened cannot be later than its report");
	if (submit->bank_notice_at > at + CLOCK_SLACK)
		return err_at(err, RC_INVALID, "/bank_notice_at", "in_future",
		    "the bank's notice lies in the future");
	if (submit->bank_notice_at != 0 &&
	    submit->bank_notice_at < submit->occurred_at)
		return err_at(err, RC_INVALID, "/bank_notice_at",
		    "out_of_order",
		    "the bank cannot tell of what has not happened");
	for (size_t i = 0; i < submit->txn_count; i++)
		if (submit->txns[i].at > submit->reported_at) {
			(void)err_at(err, RC_INVALID, "/at", "out_of_order",
			    "a transaction cannot be later than the report");
			err_prefix(err, "/transactions/%zu", i);
			return RC_INVALID;
		}
	return RC_OK;
}

/* A payment that the case has already. */
static enum rc
find_txn(const struct submit_case *submit, const struct snapshot *snapshot,
    const struct target_draft *target, const struct money **money,
    struct err *err)
{
	const struct txn *txn = snapshot_txn(snapshot, &target->txn_id);

	if (txn == NULL || !id_equal(&txn->case_id, &submit->into))
		return err_at(err, RC_INVALID, "/transaction",
		    "unknown_transaction", "the case has no such transaction");
	*money = &txn->money;
	return RC_OK;
}

static enum rc
check_target(const struct submit_case *submit, const struct snapshot *snapshot,
    const struct target_draft *target, struct err *err)
{
	const struct money *money = NULL;

	if (target->has_txn_id)
		TRY(find_txn(submit, snapshot, target, &money, err));
	else if (target->txn < 0)
		return RC_OK;
	else
		money = &submit->txns[target->txn].money;
	if (strcmp(money->currency, target->amount.currency) != 0)
		return err_at(err, RC_INVALID, "/amount/currency",
		    "other_currency", "the transaction is in %s",
		    money->currency);
	if (target->amount.minor > money->minor)
		return err_at(err, RC_INVALID, "/amount/amount",
		    "more_than_disputed",
		    "asks for more than the transaction moved");
	return RC_OK;
}

/* How far a scope reaches: its words are not in that order. */
static const int reach[SCOPE_COUNT] = {
	[SCOPE_RECORDS] = 0,
	[SCOPE_AMOUNT] = 1,
	[SCOPE_ACCOUNT] = 2,
};

bool
submit_case_scope_within(enum scope scope, enum scope largest)
{
	return reach[scope] <= reach[largest];
}

static enum rc
check_scope(const struct request_draft *request,
    const struct profile_basis *basis, struct err *err)
{
	const char *scope = words_name(&scope_words, (int)request->scope);

	if (reach[request->scope] > reach[basis->largest_scope])
		return err_at(err, RC_INVALID, "/scope", "scope_too_wide",
		    "%s does not reach the scope %s", basis->code, scope);
	if (reach[request->scope] < reach[action_rule(request->action)->scope])
		return err_at(err, RC_INVALID, "/scope", "scope_too_narrow",
		    "%s touches more than the scope %s",
		    words_name(&action_words, (int)request->action), scope);
	return RC_OK;
}

/* NULL: the profile has none of this code. */
static const struct profile_basis *
find_basis(const struct profile *profile, const struct request_draft *request)
{
	return profile_basis(profile,
	    request->basis[0] == '\0' ? profile->default_basis
				      : request->basis);
}

enum rc
submit_case_check_law(const struct command *command,
    const struct profile *profile, const struct request_draft *request,
    struct err *err)
{
	const struct action_rule *rule = action_rule(request->action);
	const struct profile_basis *basis = find_basis(profile, request);

	if (basis == NULL)
		return err_at(err, RC_INVALID, "/basis", "unknown_basis",
		    "profile %s has no such basis", profile->name);
	if (!rule->is_requested ||
	    (basis->actions & (UINT32_C(1) << request->action)) == 0)
		return err_at(err, RC_INVALID, "/action", "action_not_allowed",
		    "%s does not allow %s", basis->code,
		    words_name(&action_words, (int)request->action));
	if (!profile_is_in_force(basis, command->at))
		return err_at(err, RC_INVALID, "/basis", "basis_not_in_force",
		    "%s is not law at present", basis->code);
	/* It waits for its order; what goes out at once has none. */
	if (basis->needs_order && request->is_emergency)
		return err_at(err, RC_INVALID, "/basis", "order_missing",
		    "%s needs a verified order: no emergency goes before it",
		    basis->code);
	TRY(check_scope(request, basis, err));
	if (!profile_rank_reaches(profile, basis, command->actor.rank))
		return err_at(err, RC_INVALID, "/basis", "rank_too_low",
		    "%s is for the rank %s and above", basis->code,
		    basis->minimum_rank);
	return RC_OK;
}

/* An institution asks for its customers what an officer may ask alone. */
static enum rc
check_authority(const struct command *command,
    const struct request_draft *request, struct authority_draft *authority,
    struct err *err)
{
	const struct profile *profile = profile_find(authority->profile);
	const struct profile_basis *basis;

	if (profile == NULL)
		return err_at(err, RC_INVALID, "/profile", "unknown_profile",
		    "no such profile");
	if (authority->basis[0] == '\0')
		authority->basis = profile->default_basis;
	basis = profile_basis(profile, authority->basis);
	if (basis == NULL)
		return err_at(err, RC_INVALID, "/basis", "unknown_basis",
		    "profile %s has no such basis", profile->name);
	if ((basis->actions & (UINT32_C(1) << request->action)) == 0)
		return err_at(err, RC_INVALID, "/basis", "action_not_allowed",
		    "%s does not allow %s", basis->code,
		    words_name(&action_words, (int)request->action));
	if (!profile_is_in_force(basis, command->at))
		return err_at(err, RC_INVALID, "/basis", "basis_not_in_force",
		    "%s is not law at present", basis->code);
	if (basis->needs_order && request->is_emergency)
		return err_at(err, RC_INVALID, "/basis", "order_missing",
		    "%s needs a verified order: no emergency goes before it",
		    basis->code);
	if (reach[request->scope] > reach[basis->largest_scope])
		return err_at(err, RC_INVALID, "/basis", "scope_too_wide",
		    "%s does not reach the scope %s", basis->code,
		    words_name(&scope_words, (int)request->scope));
	return RC_OK;
}

/* Two laws on one request: each must allow it.  The rank is asked of the
 * officer's own law alone: another country does not know these ranks. */
static enum rc
check_authorities(const struct command *command, const struct profile *first,
    const struct request_draft *request, struct err *err)
{
	for (size_t i = 0; i < request->authority_count; i++) {
		struct authority_draft *one = &request->authorities[i];
		enum rc rc = check_authority(command, request, one, err);
		bool is_twice = strcmp(one->profile, first->name) == 0;

		for (size_t n = 0; n < i; n++)
			is_twice |= strcmp(request->authorities[n].profile,
					one->profile) == 0;
		if (rc == RC_OK && is_twice)
			rc = err_at(err, RC_INVALID, "/profile",
			    "authority_twice",
			    "each profile has one basis on a request");
		if (rc != RC_OK) {
			err_prefix(err, "/authorities/%zu", i);
			return rc;
		}
	}
	return RC_OK;
}

static enum rc
check_submitter(const struct command *command, const struct profile *profile,
    const struct request_draft *request, struct err *err)
{
	if (command->actor.role != ROLE_NODAL)
		return RC_OK;
	if (request->action != ACTION_HOLD_AMOUNT)
		return err_at(err, RC_FORBIDDEN, "/action", "role_not_allowed",
		    "an institution asks for HOLD_AMOUNT only");
	if (submit_impact_needs_second(&command->submit, profile, request))
		return err_at(err, RC_FORBIDDEN, "", "second_person_needed",
		    "what needs a second person's approval the police ask");
	return RC_OK;
}

static enum rc
check_expiry(const struct command *command, const struct profile *profile,
    const struct request_draft *request, struct err *err)
{
	int64_t limit = submit_rows_hold_limit(
	    profile, find_basis(profile, request), request, command->at);
	char text[CLOCK_TEXT_SIZE];

	if (request->expires_at == 0 ||
	    (request->expires_at > command->at && request->expires_at <= limit))
		return RC_OK;
	return err_at(err, RC_INVALID, "/expires_at", "expiry_out_of_range",
	    "profile %s allows holds until %s at most on this "
	    "basis",
	    profile->name, clock_format(limit, 3, text));
}

static enum rc
check_request(const struct command *command, const struct profile *profile,
    const struct snapshot *snapshot, size_t index, struct err *err)
{
	const struct submit_case *submit = &command->submit;
	const struct request_draft *request = &submit->requests[index];

	TRY(submit_case_check_law(command, profile, request, err));
	TRY(check_authorities(command, profile, request, err));
	TRY(check_submitter(command, profile, request, err));
	if (profile->follow == FOLLOW_NEVER && request->has_follow_leads &&
	    request->follow_leads == LEADS_AUTOMATIC)
		return err_at(err, RC_INVALID, "/follow_leads",
		    "follow_not_allowed",
		    "profile %s leaves every lead to a person", profile->name);
	TRY(check_expiry(command, profile, request, err));
	for (size_t i = 0; i < request->target_count; i++) {
		enum rc rc = check_target(
		    submit, snapshot, &request->targets[i], err);

		if (rc != RC_OK) {
			err_prefix(err, "/targets/%zu", i);
			return rc;
		}
	}
	return RC_OK;
}

/* A target of the call, and where it stands in it. */
struct place {
	const uint8_t *hash;
	size_t request, target;
};

static int
by_hash(const void *a, const void *b)
{
	const struct place *left = a, *right = b;
	int order = memcmp(left->hash, right->hash, COMMAND_HASH_SIZE);

	if (order != 0)
		return order;
	if (left->request != right->request)
		return left->request < right->request ? -1 : 1;
	return (left->target > right->target) - (left->target < right->target);
}

static size_t
place_all(const struct submit_case *submit, struct place *places)
{
	size_t count = 0;

	for (size_t r = 0; r < submit->request_count; r++)
		for (size_t t = 0; t < submit->requests[r].target_count; t++)
			places[count++] = (struct place){
				submit->requests[r].targets[t].dedupe_hash, r, t
			};
	return count;
}

/* The same thing asked twice of one institution in one call is a slip. */
static enum rc
check_twice(
    const struct submit_case *submit, struct arena *arena, struct err *err)
{
	size_t limit = 1, count;
	struct place *places;

	for (size_t r = 0; r < submit->request_count; r++)
		limit += submit->requests[r].target_count;
	places = arena_alloc(arena, limit * sizeof *places);
	if (places == NULL)
		return err_set(err, RC_TOO_LARGE, "batch_full", "too much");
	count = place_all(submit, places);
	qsort(places, count, sizeof *places, by_hash);
	for (size_t i = 1; i < count; i++) {
		const struct place *first = &places[i - 1];
		const struct place *second = &places[i];

		if (memcmp(first->hash, second->hash, COMMAND_HASH_SIZE) != 0)
			continue;
		(void)err_at(err, RC_INVALID, "", "target_twice",
		    "the same as /requests/%zu/targets/%zu", first->request,
		    first->target);
		err_prefix(err, "/requests/%zu/targets/%zu", second->request,
		    second->target);
		return RC_INVALID;
	}
	return RC_OK;
}

static enum rc
find_profile(const struct command *command, const struct snapshot *snapshot,
    const struct profile **profile, struct err *err)
{
	const struct institution *unit = registry_institution(
	    snapshot->registry, &command->actor.institution);
	const char *name = command->submit.profile;

	if (unit == NULL)
		return err_set(err, RC_FORBIDDEN, "institution_not_active",
		    "the institution is not registered");
	/* Whose roles they are: an officer of a bank would be nobody's. */
	if ((command->actor.role == ROLE_NODAL) ==
	    (unit->kind == INSTITUTION_POLICE_UNIT))
		return err_set(err, RC_FORBIDDEN, "role_not_allowed",
		    "officers of police units submit, and nodal officers of "
		    "institutions");
	*profile = profile_find(name[0] == '\0' ? unit->profile : name);
	if (*profile == NULL)
		return err_at(err, RC_INVALID, "/profile", "unknown_profile",
		    "no such profile");
	return RC_OK;
}

enum rc
submit_case_check(const struct command *command, const struct profile *profile,
    const struct snapshot *snapshot, struct err *err)
{
	const struct submit_case *submit = &command->submit;

	for (size_t i = 0; i < submit->request_count; i++) {
		enum rc rc = check_request(command, profile, snapshot, i, err);

		if (rc != RC_OK) {
			err_prefix(err, "/requests/%zu", i);
			return rc;
		}
	}
	return check_twice(submit, snapshot->arena, err);
}

enum rc
submit_case_decide(struct command *command, struct effects *effects,
    struct reply *reply, struct err *err)
{
	const struct submit_case *submit = &command->submit;
	const struct profile *profile;

	TRY(access_check(&command->actor, RIGHT_SUBMIT_CASE, err));
	TRY(find_profile(command, effects->snapshot, &profile, err));
	TRY(check_times(submit, command->at, err));
	TRY(submit_case_check(command, profile, effects->snapshot, err));
	submit_rows_make(command, profile, effects, reply);
	return RC_OK;
}
