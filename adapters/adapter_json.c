/*
 * The adapter "json": envelopes as docs/domain.md, section 11, has them.
 * The complainant's data is in none of them; a police unit sees identifiers
 * masked.  A body is compact, so that JSON.stringify(JSON.parse(body)) gives
 * it back: most receivers verify what they have serialised again.
 */
#include "adapters/adapter.h"

#include "adapters/adapter_json_papers.h"
#include "adapters/json_parts.h"
#include "adapters/json_way_back.h"
#include "hub/base/clock.h"
#include "hub/base/encode.h"
#include "hub/domain/clocks.h"
#include "hub/domain/ids.h"
#include "hub/domain/profile.h"
#include "hub/wire/json_values.h"
#include "hub/wire/json_writer.h"
#include "hub/wire/signal_json.h"

static const char spec[] = "1.0";

static void
write_held(struct strbuf *out, const char *key, const struct target *target)
{
	struct money held = target->requested;

	held.minor = target->held_minor;
	json_write_money(out, key, &held);
}

/* ---- what every message begins with */

static void
write_head(struct strbuf *out, const struct envelope *envelope)
{
	json_write_id(out, "id", ID_MESSAGE, &envelope->id);
	json_write_word(out, "type", &message_type_words, (int)envelope->type);
	json_write_text(out, "spec", spec);
	json_write_time(out, "created_at", envelope->created_at);
}

static void
write_case(struct strbuf *out, const struct case_file *file, bool is_police)
{
	json_write_object(out, "case");
	if (is_police)
		json_write_id(out, "id", ID_CASE, &file->id);
	json_write_text(out, "ref", file->ref);
	json_write_word(out, "typology", &typology_words, file->typology);
	json_write_word(
	    out, "authorised", &authorised_words, (int)file->authorised);
	json_write_time(out, "reported_at", file->reported_at);
	json_write_object_end(out);
}

/* ---- to an institution */

static void
write_officer(struct strbuf *out, const struct envelope *envelope)
{
	const struct actor *officer = envelope->officer;
	char key[HEX_SIZE(ACTOR_KEY_SIZE)];

	json_write_object(out, "officer");
	if (officer != NULL) {
		json_write_text(out, "spki_sha256",
		    hex_encode(officer->key, ACTOR_KEY_SIZE, key));
		json_parts_text(out, "rank", officer->rank);
	}
	if (envelope->unit != NULL)
		json_write_text(out, "unit", envelope->unit->slug);
	json_write_object_end(out);
}

static void
write_on_behalf(struct strbuf *out, const struct freeze_request *request)
{
	if (request->on_behalf_of == NULL || request->on_behalf_of[0] == '\0')
		return;
	json_write_object(out, "on_behalf_of");
	json_write_text(out, "authority", request->on_behalf_of);
	json_parts_text(out, "reference", request->on_behalf_ref);
	json_write_object_end(out);
}

static void
write_authority(struct strbuf *out, const struct envelope *envelope)
{
	json_write_object(out, "authority");
	json_write_text(out, "profile", envelope->request->profile);
	json_write_text(out, "basis", envelope->request->basis);
	write_officer(out, envelope);
	write_on_behalf(out, envelope->request);
	json_write_authorities(
	    out, "others", envelope->request->more_authorities);
	adapter_json_papers_list(out, envelope);
	json_write_object_end(out);
}

static void
write_request(struct strbuf *out, const struct envelope *envelope)
{
	const struct freeze_request *request = envelope->request;

	json_write_object(out, "request");
	json_write_id(out, "id", ID_REQUEST, &request->id);
	json_write_int(out, "generation", request->generation);
	json_write_word(out, "action", &action_words, (int)request->action);
	json_write_word(out, "scope", &scope_words, (int)request->scope);
	json_write_word(
	    out, "priority", &priority_words, (int)request->priority);
	write_authority(out, envelope);
	/* An emergency: nobody else has confirmed it yet. */
	json_parts_time(out, "confirm_by", request->confirm_by);
	json_parts_time(out, "expires_at", request->expires_at);
	json_write_word(
	    out, "successor", &successor_words, (int)request->successor);
	json_write_object_end(out);
}

static void
write_txn(struct strbuf *out, const struct txn *txn)
{
	json_write_object(out, "txn");
	if (txn->has_reference)
		json_write_identifier_members(out, &txn->reference);
	json_write_word(out, "channel", &channel_words, txn->channel);
	json_write_money(out, "money", &txn->money);
	json_write_time(out, "at", txn->at);
	json_write_object_end(out);
}

/* Deeper layers are held for less long than the request runs. */
static void
write_hold_until(struct strbuf *out, const struct envelope *envelope,
    const struct target *target)
{
	int64_t end = clocks_hold_end(target, envelope->request,
	    profile_find(envelope->case_file->profile));

	if (end < envelope->request->expires_at)
		json_write_time(out, "hold_until", end);
}

static void
write_open_target(struct strbuf *out, const struct envelope *envelope, size_t i)
{
	const struct target *target = envelope->targets[i];

	json_write_object(out, NULL);
	json_write_id(out, "id", ID_TARGET, &target->id);
	json_write_int(out, "layer", target->layer);
	json_write_int(out, "generation", target->generation);
	json_write_identifier(out, "identifier", &target->identifier);
	json_parts_text(out, "holder", target->holder);
	if (envelope->txns != NULL && envelope->txns[i] != NULL)
		write_txn(out, envelope->txns[i]);
	json_write_money(out, "amount_requested", &target->requested);
	write_hold_until(out, envelope, target);
	/* What a withdrawal or a release is about. */
	if (target->held_minor > 0) {
		write_held(out, "amount_held", target);
		json_parts_text(out, "hold_ref", target->hold_ref);
	}
	json_write_object_end(out);
}

/* ---- to a police unit */

static void
write_institution(struct strbuf *out, const struct institution *institution)
{
	if (institution == NULL)
		return;
	json_write_object(out, "institution");
	json_write_id(out, "id", ID_INSTITUTION, &institution->id);
	json_write_text(out, "slug", institution->slug);
	json_write_text(out, "name", institution->name);
	json_parts_text(out, "phone", institution->phone);
	json_write_object_end(out);
}

static void
write_masked_target(
    struct strbuf *out, const struct envelope *envelope, size_t i)
{
	const struct target *target = envelope->targets[i];

	json_write_object(out, NULL);
	json_write_id(out, "id", ID_TARGET, &target->id);
	if (!id_is_zero(&target->parent))
		json_write_id(out, "parent", ID_TARGET, &target->parent);
	if (envelope->institutions != NULL)
		write_institution(out, envelope->institutions[i]);
	json_write_int(out, "layer", target->layer);
	json_write_int(out, "generation", target->generation);
	json_write_text(out, "status",
	    machine_state_name(&target_machine, (int)target->state));
	json_write_masked(
	    out, "identifier", target->identifier.type, target->mask);
	json_write_money(out, "amount_requested", &target->requested);
	write_held(out, "amount_held", target);
	json_parts_time(out, "expires_at", target->expires_at);
	json_parts_time(out, "correct_until", target->correct_until);
	json_write_object_end(out);
}

static void
write_mismatches(struct strbuf *out, uint32_t mismatches)
{
	if (mismatches == 0)
		return;
	json_write_array(out, "mismatch");
	for (int i = 0; i < MISMATCH_COUNT; i++)
		if ((mismatches & (1u << i)) != 0)
			json_write_word(out, NULL, &mismatch_words, i);
	json_write_array_end(out);
}

/* Leads are only counted: each makes a message of its own, and sixty-four of
 * them would not fit. */
static void
write_answer(struct strbuf *out, const struct respond *answer)
{
	json_write_object(out, "response");
	json_write_word(out, "code", &response_code_words, (int)answer->code);
	if (answer->has_amount_held)
		json_write_money(out, "amount_held", &answer->amount_held);
	if (answer->has_balance)
		json_write_money(out, "balance", &answer->balance);
	if (answer->has_residual)
		json_write_money(out, "residual", &answer->residual);
	json_parts_text(out, "hold_ref", answer->hold_ref);
	json_parts_time(out, "held_at", answer->held_at);
	json_parts_time(out, "expires_at", answer->expires_at);
	json_parts_time(out, "eta", answer->eta);
	write_mismatches(out, answer->mismatches);
	json_parts_text(
	    out, "suggested_institution", answer->suggested_institution);
	json_parts_text(out, "note", answer->note);
	json_write_int(out, "leads", (int64_t)answer->lead_count);
	json_write_int(out, "exits", (int64_t)answer->exit_count);
	json_write_object_end(out);
}

/* ---- of no case */

static void
write_signal(struct strbuf *out, const struct envelope *envelope)
{
	signal_json_write(out, "signal", envelope->signal);
	write_institution(out, envelope->about); /* whose it is */
}

/* ---- the layouts */

enum audience { NOBODY, INSTITUTION, POLICE, SIGNAL, LINE };

/* Who reads a type, and where the note goes. */
static const struct {
	enum audience audience;
	const char *object, *text; /* or NULL */
} layouts[MESSAGE_TYPE_COUNT] = {
	[MESSAGE_FREEZE_REQUESTED] = { INSTITUTION, NULL, NULL },
	[MESSAGE_FREEZE_AMENDED] = { INSTITUTION, "amendment", "reason" },
	[MESSAGE_FREEZE_WITHDRAWN] = { INSTITUTION, "withdrawal", "reason" },
	[MESSAGE_RELEASE_ORDERED] = { INSTITUTION, "release", "reason" },
	[MESSAGE_HOLD_REDUCE] = { INSTITUTION, "reduction", "reason" },
	[MESSAGE_HOLD_EXTEND] = { INSTITUTION, "extension", "reason" },
	[MESSAGE_CORRECTION_SUPPLIED] = { INSTITUTION, "correction", "note" },
	/* Also to the unit, of what it owes itself and of every breach. */
	[MESSAGE_DEADLINE_WARNING] = { INSTITUTION, "reminder", "note" },
	[MESSAGE_DEADLINE_BREACHED] = { INSTITUTION, NULL, NULL },
	/* Also to the unit, of what an institution filed or decided. */
	[MESSAGE_DOCUMENT_AVAILABLE] = { INSTITUTION, NULL, NULL },
	[MESSAGE_FORMALITY_UPDATED] = { INSTITUTION, NULL, NULL },
	[MESSAGE_SIGNAL_RECEIVED] = { SIGNAL, NULL, NULL },
	[MESSAGE_TEST_PING] = { LINE, NULL, NULL },
	[MESSAGE_RECEIPT_RECORDED] = { POLICE, NULL, NULL },
	[MESSAGE_RESPONSE_RECORDED] = { POLICE, NULL, NULL },
	[MESSAGE_LEAD_CREATED] = { POLICE, NULL, NULL },
	[MESSAGE_TARGET_UNDELIVERABLE] = { POLICE, NULL, NULL },
	[MESSAGE_TARGET_SUPERSEDED] = { POLICE, NULL, NULL },
	[MESSAGE_FORMALITY_DUE] = { POLICE, NULL, NULL },
	[MESSAGE_GRIEVANCE_FILED] = { POLICE, NULL, NULL },
	[MESSAGE_EVIDENCE_ATTACHED] = { POLICE, NULL, NULL },
	[MESSAGE_CASE_MERGED] = { POLICE, NULL, NULL },
	[MESSAGE_ALERT_VELOCITY] = { POLICE, NULL, NULL },
	[MESSAGE_RESTITUTION_ORDERED] = { INSTITUTION, NULL, NULL },
	[MESSAGE_HOLD_ATTACHED] = { INSTITUTION, NULL, NULL },
	[MESSAGE_RESTITUTION_UPDATED] = { POLICE, NULL, NULL },
};

/* By when a release is to be carried out. */
static int64_t
release_due(const struct envelope *envelope)
{
	const struct profile *profile = profile_find(
	    envelope->case_file->profile);

	return profile == NULL
	    ? 0
	    : envelope->created_at + profile->release_seconds * CLOCK_SECOND;
}

/* What an order says beside its reason; one is about one target, but for a
 * release. */
static void
write_order(struct strbuf *out, const struct envelope *envelope)
{
	const struct target *target = envelope->target_count > 0
	    ? envelope->targets[0]
	    : NULL;
	struct money amount;

	if (target == NULL)
		return;
	if (envelope->type == MESSAGE_DEADLINE_WARNING)
		json_write_int(out, "n", target->reminders);
	if (envelope->type == MESSAGE_RELEASE_ORDERED)
		json_parts_time(out, "due_at", release_due(envelope));
	if (envelope->type == MESSAGE_HOLD_EXTEND)
		json_write_time(out, "expires_at", target->expires_at);
	if (envelope->type == MESSAGE_HOLD_REDUCE) {
		amount = target->requested;
		amount.minor = target->reduce_to_minor;
		json_write_money(out, "amount", &amount);
	}
}

static void
write_note(struct strbuf *out, const struct envelope *envelope)
{
	const char *object = layouts[envelope->type].object;

	/* A clock's reminder, not a person's. */
	if (envelope->deadline != NULL) {
		json_parts_deadline(out, envelope);
		return;
	}
	if (object == NULL)
		return;
	json_write_object(out, object);
	json_parts_text(out, layouts[envelope->type].text, envelope->note);
	write_order(out, envelope);
	json_write_object_end(out);
}

/* Somebody else asks the same of the same bank: no more is told of them than
 * whose request stands. */
static void
write_duplicate(struct strbuf *out, const struct envelope *envelope)
{
	json_write_object(out, "duplicate");
	json_write_bool(
	    out, "stands", envelope->targets[0]->state != TARGET_SUPERSEDED);
	json_write_object_end(out);
}

static void
write_targets(
    struct strbuf *out, const struct envelope *envelope, bool is_police)
{
	json_write_array(out, "targets");
	for (size_t i = 0; i < envelope->target_count; i++)
		if (is_police)
			write_masked_target(out, envelope, i);
		else
			write_open_target(out, envelope, i);
	json_write_array_end(out);
}

static void
write_for_institution(struct strbuf *out, const struct envelope *envelope)
{
	write_case(out, envelope->case_file, false);
	write_request(out, envelope);
	write_note(out, envelope);
	if (envelope->formality != NULL)
		json_parts_formality(out, envelope);
	if (envelope->document != NULL)
		adapter_json_papers_document(out, envelope->document);
	json_way_back_write(out, envelope);
	write_targets(out, envelope, false);
}

static void
write_for_police(struct strbuf *out, const struct envelope *envelope)
{
	write_case(out, envelope->case_file, true);
	if (envelope->request != NULL) {
		json_write_object(out, "request");
		json_write_id(out, "id", ID_REQUEST, &envelope->request->id);
		json_write_word(out, "action", &action_words,
		    (int)envelope->request->action);
		json_write_object_end(out);
	}
	if (envelope->type == MESSAGE_TARGET_SUPERSEDED)
		write_duplicate(out, envelope);
	if (envelope->deadline != NULL)
		json_parts_deadline(out, envelope);
	if (envelope->formality != NULL)
		json_parts_formality(out, envelope);
	json_parts_text(out, "order", envelope->order);
	write_institution(out, envelope->about); /* who answered */
	if (envelope->answer != NULL)
		write_answer(out, envelope->answer);
	if (envelope->grievance != NULL)
		json_parts_grievance(out, envelope);
	if (envelope->evidence != NULL)
		json_parts_evidence(out, envelope->evidence);
	if (envelope->merged_into != NULL)
		json_parts_survivor(out, envelope);
	if (envelope->alert != NULL)
		json_write_alert(out, "alert", envelope->alert);
	if (envelope->document != NULL)
		adapter_json_papers_document(out, envelope->document);
	json_way_back_write(out, envelope);
	write_targets(out, envelope, true);
}

static enum audience
audience_of(const struct envelope *envelope)
{
	return envelope->to_unit ? POLICE : layouts[envelope->type].audience;
}

static enum rc
write_body(const struct envelope *envelope, struct strbuf *out, struct err *err)
{
	json_write_object(out, NULL);
	write_head(out, envelope);
	switch (audience_of(envelope)) {
	case NOBODY:
		return err_set(err, RC_FAILED, "no_such_layout",
		    "the adapter json has no layout for %s",
		    words_name(&message_type_words, (int)envelope->type));
	case INSTITUTION:
		write_for_institution(out, envelope);
		break;
	case POLICE:
		write_for_police(out, envelope);
		break;
	case SIGNAL:
		write_signal(out, envelope);
		break;
	case LINE:
		break;
	}
	json_write_object_end(out);
	return RC_OK;
}

static enum rc
adapter_json_write(
    const struct envelope *envelope, struct strbuf *out, struct err *err)
{
	size_t start = out->length;

	TRY(write_body(envelope, out, err));
	if (out->failed || out->length - start > ENVELOPE_SIZE_LIMIT)
		return err_set(err, RC_TOO_LARGE, "envelope_too_large",
		    "a message has at most %d bytes", ENVELOPE_SIZE_LIMIT);
	return RC_OK;
}

const struct adapter adapter_json = {
	.name = "json",
	.content_type = "application/json",
	.write = adapter_json_write,
};
