/*
 * Amend an issued request: other amounts, law, scope, end or successor, as
 * its next generation.  Whoever got it is told; an answer that names an older
 * generation of a target is refused as stale.  What widens it past the
 * threshold is a second person's act (docs/decisions/0016-case-acts.md).
 */
#include <stdio.h>
#include <string.h>

#include "hub/base/clock.h"
#include "hub/domain/access.h"
#include "hub/domain/authority_list.h"
#include "hub/domain/ids.h"
#include "hub/domain/profile.h"
#include "hub/service/formalities.h"
#include "hub/service/issuing.h"
#include "hub/service/lookup.h"
#include "hub/service/standing.h"
#include "hub/service/submit_case.h"
#include "hub/service/submit_impact.h"
#include "hub/service/use_cases.h"

struct amending {
	struct command *command;
	struct effects *effects;
	const struct amend_request *amend;
	const struct profile *profile;
	struct freeze_request *request;
	struct case_file *file;
	struct target **targets; /* of the amendment's list, in its order */
	/* The request as it would stand. */
	struct request_draft draft;
	int64_t expires_at;
};

/* Not decided yet: the institution may still act on other terms. */
static bool
is_undecided(const struct target *target)
{
	return target->state == TARGET_QUEUED || target->state == TARGET_SENT ||
	    target->state == TARGET_DELIVERED ||
	    target->state == TARGET_UNDELIVERABLE ||
	    target->state == TARGET_ACKNOWLEDGED ||
	    target->state == TARGET_IN_REVIEW;
}

/* ---- may it be amended? */

static enum rc
check_state(const struct amending *amending, struct err *err)
{
	const struct freeze_request *request = amending->request;
	int next;

	TRY(machine_next(&request_machine, (int)request->state,
	    REQUEST_EVENT_AMENDED, &next, err));
	if (request->expires_at <= amending->command->at)
		return err_set(err, RC_CONFLICT, "request_expired",
		    "the request's time is over");
	if (request->is_emergency && id_is_zero(&request->approved_by))
		return err_set(err, RC_CONFLICT, "not_confirmed",
		    "the emergency waits for another supervisor's word");
	if (amending->profile == NULL)
		return err_set(err, RC_CONFLICT, "unknown_profile",
		    "this hub has no profile %s", amending->file->profile);
	return RC_OK;
}

/* ---- amounts */

static enum rc
check_amount(const struct amending *amending, const struct target *target,
    const struct money *amount, struct err *err)
{
	const struct txn *txn = snapshot_txn(
	    amending->effects->snapshot, &target->txn);

	if (!is_undecided(target) && target->state != TARGET_PROPOSED)
		return err_at(err, RC_CONFLICT, "/id", "already_decided",
		    "the target is %s",
		    machine_state_name(&target_machine, (int)target->state));
	if (!money_same_currency(amount, &target->requested))
		return err_at(err, RC_INVALID, "/amount/currency",
		    "other_currency", "the target is in %s",
		    target->requested.currency);
	if (txn != NULL && amount->minor > txn->money.minor)
		return err_at(err, RC_INVALID, "/amount/amount",
		    "more_than_disputed",
		    "asks for more than the transaction moved");
	return RC_OK;
}

static enum rc
find_target(struct amending *amending, size_t i, struct err *err)
{
	const struct amended_target *wanted = &amending->amend->targets[i];
	struct target *target = snapshot_target(
	    amending->effects->snapshot, &wanted->target);

	if (target == NULL ||
	    !id_equal(&target->request, &amending->request->id))
		return err_at(err, RC_INVALID, "/id", "unknown_target",
		    "the request has no such target");
	for (size_t n = 0; n < i; n++)
		if (amending->targets[n] == target)
			return err_at(err, RC_INVALID, "/id", "target_twice",
			    "the same target stands there twice");
	amending->targets[i] = target;
	return check_amount(amending, target, &wanted->amount, err);
}

static enum rc
find_targets(struct amending *amending, struct err *err)
{
	size_t count = amending->amend->target_count;

	amending->targets = arena_alloc(amending->effects->snapshot->arena,
	    (count + 1) * sizeof(struct target *));
	if (amending->targets == NULL)
		return err_set(err, RC_TOO_LARGE, "batch_full", "too much");
	for (size_t i = 0; i < count; i++) {
		enum rc rc = find_target(amending, i, err);

		if (rc != RC_OK) {
			err_prefix(err, "/targets/%zu", i);
			return rc;
		}
	}
	return RC_OK;
}

/* ---- law, scope and end */

/* The other laws of a cross-border request must reach as far. */
static enum rc
check_other_laws(
    const struct amending *amending, int64_t *limit, struct err *err)
{
	const struct freeze_request *request = amending->request;
	const char *more = request->more_authorities;
	struct authority_entry entry;

	while (authority_list_next(&more, &entry)) {
		const struct profile *other = authority_list_profile(
		    entry.profile);
		const struct profile_basis *basis = other == NULL
		    ? NULL
		    : profile_basis(other, entry.basis);
		int64_t its;

		/* A request of another release of the hub. */
		if (basis == NULL)
			continue;
		its = profile_hold_limit(other, basis, request->issued_at);
		*limit = its < *limit ? its : *limit;
		if (!submit_case_scope_within(
			amending->draft.scope, basis->largest_scope))
			return err_at(err, RC_INVALID, "/scope",
			    "scope_too_wide", "%s does not reach the scope %s",
			    basis->code,
			    words_name(
				&scope_words, (int)amending->draft.scope));
	}
	return RC_OK;
}

static enum rc
check_terms(struct amending *amending, struct err *err)
{
	const struct freeze_request *request = amending->request;
	int64_t wanted = amending->amend->expires_at, limit;
	const struct profile_basis *basis;
	char text[CLOCK_TEXT_SIZE];

	TRY(submit_case_check_law(
	    amending->command, amending->profile, &amending->draft, err));
	basis = profile_basis(amending->profile, amending->draft.basis);
	/* Its order is verified before a second person lets it out. */
	if (basis->needs_order && strcmp(basis->code, request->basis) != 0)
		return err_at(err, RC_INVALID, "/basis", "order_missing",
		    "%s needs a verified order: add a request on it",
		    basis->code);
	limit = profile_hold_limit(
	    amending->profile, basis, request->issued_at);
	TRY(check_other_laws(amending, &limit, err));
	amending->expires_at = wanted != 0 ? wanted : request->expires_at;
	if (amending->expires_at > limit && wanted == 0)
		amending->expires_at = limit;
	if (amending->expires_at <= amending->command->at ||
	    amending->expires_at > limit)
		return err_at(err, RC_INVALID, "/expires_at",
		    "expiry_out_of_range",
		    "profile %s allows holds until %s at most on this basis",
		    amending->profile->name, clock_format(limit, 3, text));
	return RC_OK;
}

/* No hold outlasts its request: whoever wants it to end earlier releases. */
static enum rc
check_holds(const struct amending *amending, struct err *err)
{
	const struct snapshot *snapshot = amending->effects->snapshot;

	for (size_t i = 0; i < snapshot->target_count; i++) {
		const struct target *target = snapshot->targets[i];

		if (id_equal(&target->request, &amending->request->id) &&
		    (target_state_is_held(target->state) ||
			target->state == TARGET_ATTACHED) &&
		    target->expires_at > amending->expires_at)
			return err_at(err, RC_CONFLICT, "/expires_at",
			    "held_for_longer",
			    "a target of the request is held for longer");
	}
	return RC_OK;
}

/* ---- the second person */

/* The amounts that rise, as a call that added them would ask them. */
static size_t
draft_raises(const struct amending *amending, struct target_draft *drafts)
{
	const struct amend_request *amend = amending->amend;
	size_t count = 0;

	for (size_t i = 0; i < amend->target_count; i++) {
		const struct target *target = amending->targets[i];
		struct target_draft *draft = &drafts[count];

		if (amend->targets[i].amount.minor <= target->requested.minor)
			continue;
		*draft = (struct target_draft){ .txn = -1,
			.has_txn_id = !id_is_zero(&target->txn),
			.txn_id = target->txn,
			.amount = amend->targets[i].amount };
		/* Counted in what stands already. */
		if (!draft->has_txn_id)
			draft->amount.minor -= target->requested.minor;
		count++;
	}
	return count;
}

static enum rc
check_second_person(const struct amending *amending, struct err *err)
{
	const struct actor *actor = &amending->command->actor;
	const struct amend_request *amend = amending->amend;
	struct target_draft *drafts = arena_alloc(
	    amending->effects->snapshot->arena,
	    (amend->target_count + 1) * sizeof *drafts);
	struct request_draft asked = { .targets = drafts };
	struct submit_case call = { .into = amending->file->id,
		.is_addition = true,
		.loss = amending->file->loss,
		.requests = &asked,
		.request_count = 1 };
	bool is_wider = amending->draft.scope == SCOPE_ACCOUNT &&
	    amending->request->scope != SCOPE_ACCOUNT;

	if (drafts == NULL)
		return err_set(err, RC_TOO_LARGE, "batch_full", "too much");
	asked.target_count = draft_raises(amending, drafts);
	if (!is_wider &&
	    (asked.target_count == 0 ||
		!submit_impact_is_large(
		    &call, amending->profile, amending->effects->snapshot)))
		return RC_OK;
	if (actor->role != ROLE_SUPERVISOR ||
	    id_equal(&amending->request->requested_by, &actor->principal))
		return err_set(err, RC_FORBIDDEN, "second_person_needed",
		    "a supervisor who did not ask for the request widens it");
	return RC_OK;
}

/* ---- amending */

static void
write_event(struct amending *amending)
{
	struct effects *effects = amending->effects;
	const struct freeze_request *request = amending->request;
	char text[CLOCK_TEXT_SIZE];
	struct event *event = effects_move_request(effects, amending->command,
	    amending->request, REQUEST_EVENT_AMENDED);
	const char *end = arena_strdup(effects->snapshot->arena,
	    clock_format(request->expires_at, 3, text));

	if (end == NULL)
		effects->failed = true;
	event_number(event, "generation", request->generation);
	event_text(event, "basis", request->basis);
	event_text(
	    event, "scope", words_name(&scope_words, (int)request->scope));
	event_text(event, "successor",
	    words_name(&successor_words, (int)request->successor));
	event_text(event, "expires_at", end);
	event_text(event, "reason", amending->amend->reason);
}

static void
apply_terms(struct amending *amending)
{
	struct freeze_request *request = amending->request;
	bool is_other_law = strcmp(request->basis, amending->draft.basis) != 0;

	request->generation++;
	request->scope = amending->draft.scope;
	request->successor = amending->draft.successor;
	request->expires_at = amending->expires_at;
	if (is_other_law) {
		formalities_end(amending->effects, amending->command, request);
		request->basis = amending->draft.basis;
	}
	write_event(amending);
	/* Another law asks for other papers. */
	if (is_other_law)
		formalities_owe(amending->effects, amending->command, request);
}

static void
apply_amounts(struct amending *amending)
{
	for (size_t i = 0; i < amending->amend->target_count; i++) {
		struct target *target = amending->targets[i];
		struct event *event;

		target->requested = amending->amend->targets[i].amount;
		effects_touch_target(
		    amending->effects, amending->command, target);
		event = effects_note(amending->effects, amending->command,
		    "target.amended", &target->case_id, ID_TARGET, &target->id);
		issuing_describe(amending->effects, event, target);
		effects_event_money(amending->effects, event,
		    "amount_requested", &target->requested);
	}
}

/* One by one: a message carries one generation of its targets.  Who holds
 * already is told of the terms, and answers as before. */
static void
tell(struct amending *amending)
{
	struct target **all;
	size_t count;

	all = issuing_targets_of(
	    amending->effects->snapshot, &amending->request->id, &count);
	if (all == NULL) {
		amending->effects->failed = true;
		return;
	}
	for (size_t i = 0; i < count; i++) {
		if (all[i]->queued_at == 0 ||
		    target_state_is_over(all[i]->state) ||
		    all[i]->state == TARGET_RELEASE_PENDING)
			continue;
		if (is_undecided(all[i])) {
			all[i]->generation++;
			effects_touch_target(
			    amending->effects, amending->command, all[i]);
		}
		issuing_tell(amending->effects, amending->command,
		    MESSAGE_FREEZE_AMENDED, 0, &all[i], 1,
		    amending->amend->reason);
	}
}

/* The request as it would stand, for the rules of a new one. */
static void
draft_request(struct amending *amending)
{
	const struct amend_request *amend = amending->amend;
	const struct freeze_request *request = amending->request;

	amending->draft = (struct request_draft){
		.action = request->action,
		.scope = amend->has_scope ? amend->scope : request->scope,
		.basis = amend->basis[0] != '\0' ? amend->basis
						 : request->basis,
		.successor = amend->has_successor ? amend->successor
						  : request->successor,
	};
}

enum rc
amend_request_decide(struct command *command, struct effects *effects,
    struct reply *reply, struct err *err)
{
	struct amending amending = {
		.command = command, .effects = effects, .amend = &command->amend
	};

	TRY(access_check(&command->actor, RIGHT_AMEND_REQUEST, err));
	TRY(lookup_request(command, effects->snapshot, &command->amend.request,
	    &amending.request, &amending.file, err));
	amending.profile = profile_find(amending.file->profile);
	TRY(check_state(&amending, err));
	draft_request(&amending);
	TRY(check_terms(&amending, err));
	TRY(check_holds(&amending, err));
	TRY(find_targets(&amending, err));
	TRY(check_second_person(&amending, err));
	apply_terms(&amending);
	apply_amounts(&amending);
	tell(&amending);
	reply->status = 200;
	reply->case_id = amending.file->id;
	reply->request = amending.request->id;
	return RC_OK;
}
