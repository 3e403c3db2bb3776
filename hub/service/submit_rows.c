/*
 * Rows of a submitted case: see submit_rows.h.
 */
#include "hub/service/submit_rows.h"

#include <stdio.h>
#include <string.h>

#include "hub/domain/action_rule.h"
#include "hub/domain/case_ref.h"
#include "hub/domain/follow.h"
#include "hub/domain/ids.h"
#include "hub/domain/authority_list.h"
#include "hub/service/formalities.h"
#include "hub/service/issuing.h"
#include "hub/service/submit_impact.h"
#include "hub/service/velocity.h"

static enum priority
priority_of(const struct command *command)
{
	const struct submit_case *submit = &command->submit;
	int64_t newest = submit->occurred_at;
	enum priority priority;

	for (size_t i = 0; i < submit->txn_count; i++)
		if (submit->txns[i].at > newest)
			newest = submit->txns[i].at;
	priority = profile_priority(newest, command->at);
	/* The officer may raise it, never lower it. */
	if (submit->has_priority && submit->priority < priority)
		priority = submit->priority;
	return priority;
}

static struct case_file *
make_case(struct command *command, const struct profile *profile,
    struct effects *effects)
{
	const struct submit_case *submit = &command->submit;
	struct snapshot *snapshot = effects->snapshot;
	const struct institution *unit = registry_institution(
	    snapshot->registry, &command->actor.institution);
	struct case_file *file = effects_add_case(effects);

	file->id = command_next_id(command);
	file->unit = command->actor.institution;
	file->created_by = command->actor.principal;
	case_ref_format(unit->country, unit->region, command->at,
	    snapshot->case_numbers[snapshot->case_numbers_used++], file->ref,
	    sizeof file->ref);
	file->typology = submit->typology;
	file->report_channel = submit->report_channel;
	file->authorised = submit->authorised;
	file->profile = profile->name;
	file->priority = priority_of(command);
	file->language = submit->language;
	file->loss = submit->loss;
	file->occurred_at = submit->occurred_at;
	file->reported_at = submit->reported_at;
	file->received_at = command->at;
	file->updated_at = command->at;
	file->bank_notice_at = submit->bank_notice_at;
	file->account_type = submit->has_account_type
	    ? (int)submit->account_type
	    : -1;
	file->complainant = submit->complainant;
	if (submit->has_complainant_hash)
		file->complainant_hash = (struct blob){
			submit->complainant_hash, COMMAND_HASH_SIZE
		};
	file->narrative = submit->narrative;
	file->external_refs = submit->external_refs;
	file->external_ref_count = submit->external_ref_count;
	return file;
}

static void
enter_case(struct command *command, struct effects *effects,
    struct case_file *file, bool waits)
{
	struct event *event = effects_enter_case(effects, command, file,
	    waits ? CASE_EVENT_SUBMITTED : CASE_EVENT_DISPATCHED);

	event->happened_at = file->reported_at;
	event_text(event, "ref", file->ref);
	event_text(
	    event, "typology", words_name(&typology_words, file->typology));
	event_text(event, "priority",
	    words_name(&priority_words, (int)file->priority));
	effects_event_money(effects, event, "loss", &file->loss);
	event_text(event, "narrative", file->narrative);
}

static struct id *
make_txns(struct command *command, struct effects *effects,
    const struct case_file *file, int first)
{
	const struct submit_case *submit = &command->submit;
	struct id *ids = arena_alloc(
	    effects->snapshot->arena, (submit->txn_count + 1) * sizeof *ids);

	if (ids == NULL) {
		effects->failed = true;
		return NULL;
	}
	for (size_t i = 0; i < submit->txn_count; i++) {
		const struct txn_draft *draft = &submit->txns[i];
		struct txn *txn = effects_add_txn(effects);

		ids[i] = command_next_id(command);
		txn->id = ids[i];
		txn->case_id = file->id;
		if (draft->parent >= 0)
			txn->parent = ids[draft->parent];
		txn->position = first + (int)i;
		txn->layer = draft->layer;
		txn->channel = draft->channel;
		txn->mcc = draft->mcc;
		txn->money = draft->money;
		txn->at = draft->at;
		txn->is_open = true;
		txn->has_reference = draft->has_reference;
		txn->has_from = draft->has_from;
		txn->has_to = draft->has_to;
		txn->reference = draft->reference;
		txn->from = draft->from;
		txn->to = draft->to;
		memcpy(txn->reference_hash, draft->reference_hash,
		    sizeof txn->reference_hash);
	}
	return ids;
}

int64_t
submit_rows_hold_limit(const struct profile *profile,
    const struct profile_basis *basis, const struct request_draft *request,
    int64_t at)
{
	int64_t limit = profile_hold_limit(profile, basis, at);

	for (size_t i = 0; i < request->authority_count; i++) {
		const struct authority_draft *one = &request->authorities[i];
		const struct profile *other = profile_find(one->profile);
		int64_t its = profile_hold_limit(
		    other, profile_basis(other, one->basis), at);

		limit = its < limit ? its : limit;
	}
	return limit;
}

/* Where nobody asks for an end: the profile's, or the strictest law's. */
static int64_t
usual_end(int64_t at, const struct profile *profile, const char *basis_code,
    const struct request_draft *draft)
{
	const struct profile_basis *basis = profile_basis(profile, basis_code);
	int64_t usual = profile_hold_end(profile, basis, at);
	int64_t limit = submit_rows_hold_limit(profile, basis, draft, at);

	return usual < limit ? usual : limit;
}

static struct freeze_request *
make_request(struct command *command, const struct profile *profile,
    struct effects *effects, const struct case_file *file, size_t index,
    int first)
{
	const struct request_draft *draft = &command->submit.requests[index];
	struct freeze_request *request = effects_add_request(effects);
	char text[PROFILE_TEXT_SIZE];

	request->id = command_next_id(command);
	request->case_id = file->id;
	request->requested_by = command->actor.principal;
	request->position = first + (int)index;
	request->generation = 1;
	request->action = draft->action;
	request->scope = draft->scope;
	request->priority = file->priority;
	request->basis = draft->basis[0] == '\0' ? profile->default_basis
						 : draft->basis;
	request->profile = arena_strdup(
	    effects->snapshot->arena, profile_reference(profile, text));
	if (request->profile == NULL)
		effects->failed = true;
	request->reason = draft->reason;
	request->more_authorities = authority_list_format(draft->authorities,
	    draft->authority_count, effects->snapshot->arena);
	if (request->more_authorities == NULL) {
		effects->failed = true;
		request->more_authorities = "";
	}
	request->on_behalf_of = draft->on_behalf_of;
	request->on_behalf_ref = draft->on_behalf_ref;
	request->successor = draft->successor;
	request->follow_leads = follow_of_request(profile, draft);
	request->desired_state = REQUEST_ISSUED;
	request->created_at = command->at;
	request->expires_at = draft->expires_at != 0
	    ? draft->expires_at
	    : usual_end(command->at, profile, request->basis, draft);
	request->is_emergency = draft->is_emergency;
	if (draft->is_emergency)
		request->confirm_by = command->at +
		    profile->confirm_seconds * CLOCK_SECOND;
	return request;
}

static void
enter_request(struct command *command, struct effects *effects,
    struct freeze_request *request, uint32_t reasons)
{
	struct event *event;
	bool waits = submit_impact_waits(reasons);

	if (!waits)
		request->issued_at = command->at;
	event = effects_enter_request(effects, command, request,
	    waits ? REQUEST_EVENT_APPROVAL_ASKED : REQUEST_EVENT_ISSUED);
	event_text(
	    event, "action", words_name(&action_words, (int)request->action));
	event_text(
	    event, "scope", words_name(&scope_words, (int)request->scope));
	event_text(event, "basis", request->basis);
	event_text(event, "profile", request->profile);
	event_text(event, "more_authorities", request->more_authorities);
	event_text(event, "reason", request->reason);
	event_text(event, "on_behalf_of", request->on_behalf_of);
	event_text(event, "on_behalf_ref", request->on_behalf_ref);
	event_text(event, "follow_leads",
	    request->follow_leads == LEADS_AUTOMATIC ? "automatic" : "");
	event_text(event, "emergency", request->is_emergency ? "yes" : "");
	event_text(event, "velocity",
	    (reasons & UINT32_C(1) << APPROVAL_VELOCITY) != 0 ? "extreme" : "");
}

static struct target *
make_target(struct command *command, struct effects *effects,
    const struct freeze_request *request, const struct target_draft *draft,
    const struct id *txn_ids, size_t index)
{
	struct target *target = effects_add_target(effects);

	target->id = command_next_id(command);
	target->case_id = request->case_id;
	target->request = request->id;
	target->institution = draft->institution;
	if (draft->has_txn_id)
		target->txn = draft->txn_id;
	else if (draft->txn >= 0 && txn_ids != NULL)
		target->txn = txn_ids[draft->txn];
	target->position = request->position * COMMAND_TARGET_LIMIT +
	    (int)index;
	target->layer = draft->layer;
	target->generation = 1;
	target->is_open = true;
	target->identifier = draft->identifier;
	target->holder = draft->holder;
	identifier_mask(&target->identifier, target->mask);
	memcpy(target->identifier_hash, draft->identifier_hash,
	    sizeof target->identifier_hash);
	memcpy(target->dedupe_hash, draft->dedupe_hash,
	    sizeof target->dedupe_hash);
	target->requested = draft->amount;
	target->response_code = target->not_followed = -1;
	target->created_at = command->at;
	return target;
}

/* A second live target for the same payment, identifier and institution:
 * the first one's unit is not told to this one, nor the other way round. */
static bool
supersede(
    struct command *command, struct effects *effects, struct target *target)
{
	const struct live_target *live = snapshot_live(
	    effects->snapshot, target->dedupe_hash, &target->id);
	struct event *event;

	if (live == NULL)
		return false;
	target->duplicate_of = live->id;
	event = effects_enter_target(
	    effects, command, target, TARGET_EVENT_DUPLICATE);
	issuing_describe(effects, event, target);
	event_text(event, "identifier", target->mask);
	issuing_tell_duplicate(effects, command, target);
	return true;
}

static void
propose(struct command *command, struct effects *effects, struct target *target)
{
	struct event *event = effects_enter_target(
	    effects, command, target, TARGET_EVENT_PROPOSED);

	issuing_describe(effects, event, target);
	event_text(event, "identifier", target->mask);
	effects_event_money(
	    effects, event, "amount_requested", &target->requested);
}

static void
make_targets(struct command *command, struct effects *effects,
    struct case_file *file, const struct freeze_request *request,
    const struct request_draft *draft, const struct id *txn_ids, bool waits)
{
	struct target **targets = arena_alloc(effects->snapshot->arena,
	    (draft->target_count + 1) * sizeof(struct target *));
	size_t count = 0;

	if (targets == NULL) {
		effects->failed = true;
		return;
	}
	for (size_t i = 0; i < draft->target_count; i++) {
		struct target *target = make_target(
		    command, effects, request, &draft->targets[i], txn_ids, i);

		if (supersede(command, effects, target))
			continue;
		if (waits)
			propose(command, effects, target);
		else
			targets[count++] = target;
	}
	if (!waits)
		issuing_enter(effects, command, file, targets, count);
}

/* The payments and requests of the call. */
static void
make_rows(struct command *command, const struct profile *profile,
    struct effects *effects, struct case_file *file,
    const struct impact *impact, const struct reply *reply)
{
	const struct submit_case *submit = &command->submit;
	const struct id *txn_ids = make_txns(
	    command, effects, file, reply->first_txn);

	for (size_t i = 0; i < submit->request_count; i++) {
		const struct request_draft *draft = &submit->requests[i];
		bool waits = submit_impact_waits(impact->reasons[i]);
		struct freeze_request *request = make_request(
		    command, profile, effects, file, i, reply->first_request);

		enter_request(command, effects, request, impact->reasons[i]);
		if (!waits)
			formalities_owe(effects, command, request);
		make_targets(
		    command, effects, file, request, draft, txn_ids, waits);
	}
	velocity_alert(effects, command, file, impact);
}

void
submit_rows_make(struct command *command, const struct profile *profile,
    struct effects *effects, struct reply *reply)
{
	const struct submit_case *submit = &command->submit;
	const struct impact *impact = submit_impact_judge(
	    command, profile, effects);
	struct case_file *file = make_case(command, profile, effects);
	bool is_sent = false;

	for (size_t i = 0; i < submit->request_count; i++)
		is_sent |= !submit_impact_waits(impact->reasons[i]);
	enter_case(command, effects, file, !is_sent);
	make_rows(command, profile, effects, file, impact, reply);
	reply->status = 201;
	reply->case_id = file->id;
	reply->impact = effects->failed ? NULL : impact;
}

/* Behind those that the case has. */
static void
find_places(const struct snapshot *snapshot, const struct id *case_id,
    struct reply *reply)
{
	for (size_t i = 0; i < snapshot->request_count; i++) {
		const struct freeze_request *request = snapshot->requests[i];

		if (id_equal(&request->case_id, case_id) &&
		    request->position >= reply->first_request)
			reply->first_request = request->position + 1;
	}
	for (size_t i = 0; i < snapshot->txn_count; i++) {
		const struct txn *txn = snapshot->txns[i];

		if (id_equal(&txn->case_id, case_id) &&
		    txn->position >= reply->first_txn)
			reply->first_txn = txn->position + 1;
	}
}

void
submit_rows_add(struct command *command, const struct profile *profile,
    struct effects *effects, struct case_file *file, struct reply *reply)
{
	const struct submit_case *submit = &command->submit;
	const struct impact *impact = submit_impact_judge(
	    command, profile, effects);
	enum priority priority = priority_of(command);
	struct event *event = effects_note(effects, command,
	    "case.requests_added", &file->id, ID_CASE, &file->id);

	event_number(event, "requests", (int64_t)submit->request_count);
	event_number(event, "transactions", (int64_t)submit->txn_count);
	/* A payment of this hour is worth hurrying. */
	if (priority < file->priority) {
		file->priority = priority;
		event_text(event, "priority",
		    words_name(&priority_words, (int)priority));
	}
	effects_touch_case(effects, command, file);
	find_places(effects->snapshot, &file->id, reply);
	make_rows(command, profile, effects, file, impact, reply);
	reply->status = 201;
	reply->case_id = file->id;
	reply->impact = effects->failed ? NULL : impact;
}
