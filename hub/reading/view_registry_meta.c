/*
 * The vocabulary as JSON: every list that a form, a client or a verifier
 * needs, from the tables that the hub itself decides by.  See
 * view_registry.h.
 */
#include "hub/reading/view_registry.h"

#include "hub/crypto/keyring.h"
#include "hub/domain/case_state.h"
#include "hub/domain/clocks.h"
#include "hub/domain/identifier.h"
#include "hub/domain/formality_state.h"
#include "hub/domain/profile.h"
#include "hub/domain/request_state.h"
#include "hub/domain/response_code.h"
#include "hub/domain/payment_hold_state.h"
#include "hub/domain/risk_rule.h"
#include "hub/domain/target_state.h"
#include "hub/domain/watch_state.h"
#include "hub/wire/json_values.h"
#include "hub/wire/risk_json.h"

static const struct {
	const char *name;
	const struct words *words;
} enumerations[] = {
	{ "institution_kind", &institution_kind_words },
	{ "endpoint_kind", &endpoint_kind_words },
	{ "adapter", &adapter_kind_words },
	{ "registry_status", &registry_status_words },
	{ "route_scheme", &route_scheme_words },
	{ "role", &role_words },
	{ "priority", &priority_words },
	{ "authorised", &authorised_words },
	{ "scope", &scope_words },
	{ "successor", &successor_words },
	{ "action", &action_words },
	{ "residual_reason", &residual_reason_words },
	{ "follow_leads", &follow_leads_words },
	{ "not_followed", &not_followed_words },
	{ "case_outcome", &case_outcome_words },
	{ "mismatch", &mismatch_words },
	{ "account_type", &account_type_words },
	{ "deadline_kind", &deadline_kind_words },
	{ "overlay", &clock_overlay_words },
	{ "message_type", &message_type_words },
	{ "typology", &typology_words },
	{ "channel", &channel_words },
	{ "report_channel", &report_channel_words },
	{ "response_code", &response_code_words },
	{ "signal_kind", &signal_kind_words },
	{ "agreement_status", &agreement_status_words },
	{ "document_format", &document_format_words },
	{ "document_decision", &document_decision_words },
	{ "defect", &defect_words },
	{ "signature_format", &signature_format_words },
	{ "signature_check", &signature_check_words },
	{ "watch_source", &watch_source_words },
	{ "watch_reason", &watch_reason_words },
	{ "watch_decision", &watch_decision_words },
	{ "lookup_purpose", &lookup_purpose_words },
	{ "payment_ground", &payment_ground_words },
	{ "payment_answer", &payment_answer_words },
};

static const struct {
	const char *name;
	const struct machine *machine;
} statuses[] = {
	{ "case_status", &case_machine },
	{ "request_status", &request_machine },
	{ "formality_status", &formality_machine },
	{ "document_status", &document_machine },
	{ "watch_status", &watch_machine },
	{ "payment_hold_status", &payment_hold_machine },
	{ "target_status", &target_machine },
};

static const char *const families[FAMILY_COUNT] = {
	[FAMILY_RECEIPT] = "receipt",
	[FAMILY_HELD] = "held",
	[FAMILY_BLOCKED] = "blocked",
	[FAMILY_OUT] = "out",
	[FAMILY_RETURNED] = "returned",
	[FAMILY_PENDING] = "pending",
	[FAMILY_REJECTED] = "rejected",
	[FAMILY_RELEASED] = "released",
	[FAMILY_REDUCED] = "reduced",
};

/* The members of an answer that a code needs. */
static const struct {
	uint32_t flag;
	const char *member;
} needs[] = {
	{ NEEDS_AMOUNT_HELD, "amount_held" },
	{ NEEDS_BALANCE, "balance" },
	{ NEEDS_HELD_AT, "held_at" },
	{ NEEDS_HOLD_REF, "hold_ref" },
	{ NEEDS_EXPIRES_AT, "expires_at" },
	{ NEEDS_PRIOR_AUTHORITY, "prior_authority" },
	{ NEEDS_QUEUE_RANK, "queue_rank" },
	{ NEEDS_LEAD, "leads" },
	{ NEEDS_EXIT, "exits" },
	{ NEEDS_ETA, "eta" },
	{ NEEDS_MISMATCH, "mismatches" },
	{ NEEDS_RESIDUAL, "residual" },
};

static void
write_words(struct strbuf *out, const char *name, const struct words *words)
{
	json_write_array(out, name);
	for (size_t i = 0; i < words->count; i++)
		json_write_text(out, NULL, words->items[i]);
	json_write_array_end(out);
}

static void
write_enumerations(struct strbuf *out)
{
	json_write_object(out, "enumerations");
	for (size_t i = 0; i < COUNT(enumerations); i++)
		write_words(out, enumerations[i].name, enumerations[i].words);
	for (size_t i = 0; i < COUNT(statuses); i++)
		write_words(out, statuses[i].name, statuses[i].machine->states);
	json_write_object_end(out);
}

/* Kinds of paper beside those that the profiles name. */
static void
write_document_types(struct strbuf *out)
{
	const struct document_type *types;
	size_t count;

	types = document_types(&count);
	json_write_array(out, "document_types");
	for (size_t i = 0; i < count; i++) {
		json_write_object(out, NULL);
		json_write_text(out, "code", types[i].code);
		json_write_text(out, "label", types[i].label);
		json_write_bool(out, "by_police", types[i].by_police);
		json_write_bool(out, "by_institution", types[i].by_institution);
		json_write_object_end(out);
	}
	json_write_array_end(out);
}

static void
write_identifier_types(struct strbuf *out)
{
	json_write_array(out, "identifier_types");
	for (int type = 0; type < IDENTIFIER_TYPE_COUNT; type++) {
		const struct identifier_member *members;
		size_t count;

		members = identifier_members(
		    (enum identifier_type)type, &count);
		json_write_object(out, NULL);
		json_write_text(out, "type",
		    identifier_type_name((enum identifier_type)type));
		json_write_array(out, "members");
		for (size_t i = 0; i < count; i++) {
			json_write_object(out, NULL);
			json_write_text(out, "name", members[i].name);
			json_write_bool(
			    out, "required", members[i].is_required);
			json_write_object_end(out);
		}
		json_write_array_end(out);
		json_write_bool(out, "reference",
		    identifier_is_reference((enum identifier_type)type));
		json_write_object_end(out);
	}
	json_write_array_end(out);
}

static void
write_response_code(struct strbuf *out, const struct response_rule *rule)
{
	json_write_object(out, NULL);
	json_write_text(out, "code", rule->name);
	json_write_text(out, "label", rule->label);
	json_write_text(out, "family", families[rule->family]);
	json_write_array(out, "needs");
	for (size_t i = 0; i < COUNT(needs); i++)
		if ((rule->flags & needs[i].flag) != 0)
			json_write_text(out, NULL, needs[i].member);
	json_write_array_end(out);
	json_write_array(out, "kinds");
	for (int kind = 0; kind < INSTITUTION_KIND_COUNT; kind++)
		if ((rule->kinds & (UINT32_C(1) << kind)) != 0)
			json_write_word(
			    out, NULL, &institution_kind_words, kind);
	json_write_array_end(out);
	json_write_bool(
	    out, "correctable", (rule->flags & IS_CORRECTABLE) != 0);
	if (rule->elsewhere[0] != '\0')
		json_write_text(out, "elsewhere", rule->elsewhere);
	json_write_object_end(out);
}

static void
write_response_codes(struct strbuf *out)
{
	json_write_array(out, "response_codes");
	for (int code = 0; code < RESPONSE_CODE_COUNT; code++)
		write_response_code(
		    out, response_code_rule((enum response_code)code));
	json_write_array_end(out);
}

static void
write_owed(struct strbuf *out, const struct profile_basis *basis)
{
	json_write_array(out, "owes");
	for (size_t i = 0; i < basis->owed_count; i++) {
		const struct span *due = &basis->owed[i].due;

		json_write_object(out, NULL);
		json_write_text(out, "document", basis->owed[i].document);
		if (due->working_days > 0)
			json_write_int(
			    out, "within_working_days", due->working_days);
		else
			json_write_int(out, "within_seconds", due->seconds);
		json_write_object_end(out);
	}
	json_write_array_end(out);
}

static void
write_rules(struct strbuf *out, const struct profile_basis *basis)
{
	json_write_word(
	    out, "largest_scope", &scope_words, (int)basis->largest_scope);
	json_write_array(out, "actions");
	for (int action = 0; action < ACTION_COUNT; action++)
		if ((basis->actions & (UINT32_C(1) << action)) != 0)
			json_write_word(out, NULL, &action_words, action);
	json_write_array_end(out);
	json_write_bool(out, "needs_order", basis->needs_order);
	if (basis->minimum_rank[0] != '\0')
		json_write_text(out, "minimum_rank", basis->minimum_rank);
	if (basis->hold_seconds != 0)
		json_write_int(out, "hold_seconds", basis->hold_seconds);
	if (basis->converts_to[0] != '\0')
		json_write_text(out, "converts_to", basis->converts_to);
}

static void
write_basis(struct strbuf *out, const struct profile_basis *basis)
{
	json_write_object(out, NULL);
	json_write_text(out, "code", basis->code);
	json_write_text(out, "label", basis->label);
	json_write_text(out, "source", basis->source);
	write_rules(out, basis);
	if (basis->valid.from != 0)
		json_write_time(out, "valid_from", basis->valid.from);
	if (basis->valid.to != 0)
		json_write_time(out, "valid_to", basis->valid.to);
	if (basis->extension.times != 0) {
		json_write_object(out, "extension");
		json_write_int(out, "seconds", basis->extension.seconds);
		json_write_int(out, "times", basis->extension.times);
		json_write_text(out, "document", basis->extension.document);
		json_write_object_end(out);
	}
	write_owed(out, basis);
	json_write_object_end(out);
}

static void
write_documents(struct strbuf *out, const struct profile *profile)
{
	json_write_array(out, "documents");
	for (size_t i = 0; i < profile->document_count; i++) {
		const struct profile_document *document =
		    &profile->documents[i];

		json_write_object(out, NULL);
		json_write_text(out, "code", document->code);
		json_write_text(out, "label", document->label);
		json_write_text(out, "source", document->source);
		json_write_object_end(out);
	}
	json_write_array_end(out);
}

/* Names of one level side by side, the lowest first. */
static void
write_ranks(struct strbuf *out, const struct profile *profile)
{
	json_write_array(out, "ranks");
	for (const struct profile_rank *rank = profile->ranks;
	     rank->name != NULL; rank++) {
		json_write_object(out, NULL);
		json_write_text(out, "name", rank->name);
		json_write_int(out, "level", rank->level);
		json_write_object_end(out);
	}
	json_write_array_end(out);
}

/* How far leads are followed, and how long deeper holds last. */
static void
write_trail_rules(struct strbuf *out, const struct profile *profile)
{
	json_write_word(
	    out, "follow", &follow_mode_words, (int)profile->follow);
	json_write_int(out, "deepest_layer", profile->deepest_layer);
	json_write_array(out, "layer_percent");
	for (size_t i = 0; i < PROFILE_LAYER_LIMIT; i++)
		json_write_int(out, NULL, profile->layer_percent[i]);
	json_write_array_end(out);
}

static void
write_profile(struct strbuf *out, const struct profile *profile)
{
	json_write_object(out, NULL);
	json_write_text(out, "name", profile->name);
	json_write_text(out, "label", profile->label);
	json_write_text(out, "version", profile->version);
	json_write_text(out, "time_zone", profile->time_zone);
	json_write_text(out, "ends_by", profile->ends_by);
	write_trail_rules(out, profile);
	write_ranks(out, profile);
	write_documents(out, profile);
	json_write_array(out, "bases");
	for (size_t i = 0; i < profile->basis_count; i++) {
		write_basis(out, &profile->bases[i]);
	}
	json_write_array_end(out);
	json_write_object_end(out);
}

static void
write_profiles(struct strbuf *out)
{
	const struct profile *profiles;
	size_t count;

	profiles = profile_list(&count);
	json_write_array(out, "profiles");
	for (size_t i = 0; i < count; i++)
		write_profile(out, &profiles[i]);
	json_write_array_end(out);
}

/* What receivers check v1a signatures with. */
static void
write_signing_key(struct strbuf *out, const struct signing_key *key)
{
	char text[SIGNING_KEY_TEXT_SIZE];

	json_write_object(out, "signing_key");
	json_write_text(out, "key_id", key->key_id);
	json_write_text(
	    out, "public_key", signing_key_format_public(key, text));
	json_write_object_end(out);
}

void
view_registry_meta(struct strbuf *out, const struct keyring *keyring,
    const char *version, int64_t at)
{
	json_write_object(out, NULL);
	json_write_text(out, "version", version);
	json_write_time(out, "time", at);
	write_signing_key(out, keyring_signing(keyring));
	write_enumerations(out);
	write_identifier_types(out);
	write_response_codes(out);
	write_document_types(out);
	risk_json_write_vocabulary(out, "risks");
	write_profiles(out);
	json_write_object_end(out);
}
