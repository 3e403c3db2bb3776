/*
 * Targets, requests and payments as JSON, as far as the sight goes: see
 * view.h.  The sealed part is JSON already and is passed on as it is.
 */
#include "hub/reading/view.h"

#include <string.h>

#include "hub/domain/clocks.h"
#include "hub/domain/ids.h"
#include "hub/wire/json_values.h"

/* ---- targets */

/* Until when, for as long as it is waited for. */
static const char *const overlay_times[OVERLAY_COUNT] = {
	[OVERLAY_OVERDUE_ACK] = "acknowledge_by",
	[OVERLAY_OVERDUE_DECISION] = "decide_by",
};

static void
write_held(struct strbuf *out, const struct target *target)
{
	struct money held = target->requested;

	held.minor = target->held_minor;
	json_write_money(out, "amount_requested", &target->requested);
	json_write_money(out, "amount_held", &held);
	if (target->reduce_to_minor > 0) {
		held.minor = target->reduce_to_minor;
		json_write_money(out, "reduction_ordered", &held);
	}
}

static void
write_answer(struct strbuf *out, const struct target *target)
{
	if (target->response_code >= 0)
		json_write_word(out, "response_code", &response_code_words,
		    target->response_code);
	view_write_time(out, "held_at", target->held_at);
	view_write_time(out, "expires_at", target->expires_at);
	view_write_time(out, "eta", target->eta);
	view_write_time(out, "correct_until", target->correct_until);
}

/* A text that people wrote; not for who looks on. */
static enum rc
write_words(const struct view_run *run, const char *name,
    const struct data_key *key, const char *column, const struct id *row,
    const struct blob *sealed, struct err *err)
{
	struct blob plain;

	if (run->sight == SIGHT_MASKED)
		return RC_OK;
	TRY(view_open_text(run, key, column, row, sealed, &plain, err));
	if (plain.length > 0)
		json_write_text_bytes(&run->reply->body, name,
		    (const char *)plain.bytes, plain.length);
	return RC_OK;
}

static void
write_times(struct strbuf *out, const struct target *target)
{
	json_write_time(out, "created_at", target->created_at);
	view_write_time(out, "queued_at", target->queued_at);
	view_write_time(out, "sent_at", target->sent_at);
	view_write_time(out, "delivered_at", target->delivered_at);
	view_write_time(out, "acknowledged_at", target->acknowledged_at);
	view_write_time(out, "answered_at", target->answered_at);
	json_write_time(out, "updated_at", target->updated_at);
}

/* Whole for who asked and who is asked; masked for who looks on.  What was
 * sealed is {"identifier":{…},"holder":"…"}: passed on under the names that
 * the API has for it. */
static enum rc
write_account(const struct view_run *run, const struct target *target,
    const struct data_key *key, struct err *err)
{
	static const char begin[] = "{\"identifier\":";
	struct strbuf *out = &run->reply->body;
	struct blob plain;

	json_write_masked(
	    out, "identifier", target->identifier.type, target->mask);
	if (run->sight == SIGHT_MASKED)
		return RC_OK;
	TRY(view_open_text(run, key, SEALED_TARGET, &target->id,
	    &target->sealed, &plain, err));
	if (plain.length < sizeof(begin) ||
	    memcmp(plain.bytes, begin, sizeof(begin) - 1) != 0)
		return err_set(err, RC_FAILED, "bad_sealed_target",
		    "what was sealed of a target cannot be read");
	json_write_raw_bytes(out, "account",
	    (const char *)plain.bytes + sizeof(begin) - 1,
	    plain.length - sizeof(begin));
	return RC_OK;
}

/* What is late at this moment (docs/domain.md, section 2). */
static void
write_overlays(const struct view_run *run, const struct view_about *about,
    const struct target *target)
{
	const struct profile *profile = profile_find(about->file->profile);
	struct strbuf *out = &run->reply->body;

	json_write_array(out, "overlays");
	for (int i = 0; i < OVERLAY_COUNT; i++) {
		int64_t due_at = clocks_overlay_at(
		    (enum clock_overlay)i, target, about->request, profile);

		if (due_at != 0 && due_at <= run->at)
			json_write_word(out, NULL, &clock_overlay_words, i);
	}
	json_write_array_end(out);
	for (int i = 0; i < OVERLAY_COUNT; i++)
		view_write_time(out, overlay_times[i],
		    clocks_overlay_at((enum clock_overlay)i, target,
			about->request, profile));
}

enum rc
view_object_target(const struct view_run *run, const struct view_about *about,
    const struct target *target, const struct data_key *key, struct err *err)
{
	struct strbuf *out = &run->reply->body;

	json_write_id(out, "id", ID_TARGET, &target->id);
	json_write_id(out, "case_id", ID_CASE, &target->case_id);
	json_write_id(out, "request_id", ID_REQUEST, &target->request);
	view_write_institution(run, "institution", &target->institution);
	json_write_text(out, "status",
	    machine_state_name(&target_machine, (int)target->state));
	json_write_word(
	    out, "action", &action_words, (int)about->request->action);
	write_overlays(run, about, target);
	json_write_int(out, "layer", target->layer);
	json_write_int(out, "generation", target->generation);
	TRY(write_account(run, target, key, err));
	view_write_id(out, "txn_id", ID_TXN, &target->txn);
	/* Whose lead it is, another institution need not know. */
	if (run->sight != SIGHT_OWN)
		view_write_id(out, "parent_id", ID_TARGET, &target->parent);
	if (run->sight != SIGHT_OWN && target->not_followed >= 0)
		json_write_word(out, "not_followed", &not_followed_words,
		    target->not_followed);
	json_write_bool(out, "duplicate", !id_is_zero(&target->duplicate_of));
	write_held(out, target);
	write_answer(out, target);
	if (target->queued_at != 0)
		view_write_time(out, "hold_until",
		    clocks_hold_end(target, about->request,
			profile_find(about->file->profile)));
	TRY(write_words(run, "hold_ref", key, SEALED_HOLD_REF, &target->id,
	    &target->sealed_hold_ref, err));
	json_write_bool(out, "over_held", view_is_over_held(target));
	json_write_bool(out, "disputed", target->is_disputed);
	json_write_int(out, "reminders", target->reminders);
	write_times(out, target);
	json_write_int(out, "row_version", target->row_version);
	return RC_OK;
}

/* ---- requests */

static enum rc
write_on_behalf(const struct view_run *run,
    const struct freeze_request *request, const struct data_key *key,
    struct err *err)
{
	struct strbuf *out = &run->reply->body;

	if (request->sealed_on_behalf_of.length == 0 ||
	    run->sight == SIGHT_MASKED)
		return RC_OK;
	json_write_object(out, "on_behalf_of");
	TRY(write_words(run, "authority", key, SEALED_ON_BEHALF_OF,
	    &request->id, &request->sealed_on_behalf_of, err));
	TRY(write_words(run, "reference", key, SEALED_ON_BEHALF_REF,
	    &request->id, &request->sealed_on_behalf_ref, err));
	json_write_object_end(out);
	return RC_OK;
}

enum rc
view_object_request(const struct view_run *run,
    const struct freeze_request *request, const struct data_key *key,
    struct err *err)
{
	struct strbuf *out = &run->reply->body;

	json_write_id(out, "id", ID_REQUEST, &request->id);
	json_write_int(out, "position", request->position);
	json_write_text(out, "status",
	    machine_state_name(&request_machine, (int)request->state));
	json_write_text(out, "desired_status",
	    machine_state_name(&request_machine, (int)request->desired_state));
	json_write_int(out, "generation", request->generation);
	json_write_word(out, "action", &action_words, (int)request->action);
	json_write_word(out, "scope", &scope_words, (int)request->scope);
	json_write_word(
	    out, "priority", &priority_words, (int)request->priority);
	json_write_text(out, "profile", request->profile);
	json_write_text(out, "basis", request->basis);
	json_write_word(
	    out, "successor", &successor_words, (int)request->successor);
	json_write_word(out, "follow_leads", &follow_leads_words,
	    (int)request->follow_leads);
	TRY(write_words(run, "reason", key, SEALED_REASON, &request->id,
	    &request->sealed_reason, err));
	TRY(write_on_behalf(run, request, key, err));
	json_write_authorities(out, "authorities", request->more_authorities);
	json_write_bool(out, "emergency", request->is_emergency);
	json_write_id(
	    out, "requested_by", ID_PRINCIPAL, &request->requested_by);
	view_write_id(out, "approved_by", ID_PRINCIPAL, &request->approved_by);
	json_write_time(out, "created_at", request->created_at);
	view_write_time(out, "issued_at", request->issued_at);
	view_write_time(out, "confirm_by", request->confirm_by);
	view_write_time(out, "expires_at", request->expires_at);
	return RC_OK;
}

/* ---- payments */

enum rc
view_object_txn(const struct view_run *run, const struct txn *txn,
    const struct data_key *key, struct err *err)
{
	struct strbuf *out = &run->reply->body;
	struct blob plain;

	json_write_object(out, NULL);
	json_write_id(out, "id", ID_TXN, &txn->id);
	json_write_int(out, "position", txn->position);
	json_write_int(out, "layer", txn->layer);
	if (run->sight != SIGHT_OWN)
		view_write_id(out, "parent_id", ID_TXN, &txn->parent);
	json_write_word(out, "channel", &channel_words, txn->channel);
	if (txn->mcc[0] != '\0')
		json_write_text(out, "mcc", txn->mcc);
	json_write_money(out, "money", &txn->money);
	json_write_time(out, "at", txn->at);
	if (run->sight == SIGHT_FULL) {
		TRY(view_open_text(
		    run, key, SEALED_TXN, &txn->id, &txn->sealed, &plain, err));
		view_write_members(out, &plain);
	}
	json_write_object_end(out);
	return RC_OK;
}
