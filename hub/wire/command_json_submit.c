/*
 * POST /v1/cases: a whole complaint with its payments, requests and targets.
 * See command_json.h.
 */
#include <string.h>

#include "hub/wire/command_json.h"
#include "hub/domain/ids.h"
#include "hub/wire/command_json_text.h"
#include "hub/wire/json_reader.h"
#include "hub/wire/json_values.h"

enum {
	KEY_BYTES = 32,
	NAME_BYTES = 200,
	EMAIL_BYTES = 254, /* RFC 5321, 4.5.3.1.3, without the brackets */
	ADDRESS_BYTES = 500,
	NARRATIVE_BYTES = 20000,
	REASON_BYTES = 2000,
	WORD_BYTES = 64, /* slugs, ids, schemes, bases, profiles */
	REF_BYTES = 128,
	REF_LIMIT = 16,
	LANGUAGE_BYTES = 35, /* RFC 5646, 4.4.1 */
	LAYER_MAX = 32,
	NO_LAYER = 0,
};

#define DIGITS "0123456789"
#define LETTERS "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"

/* ---- the complainant */

static enum rc
normalise_msisdn(const char **msisdn, struct arena *arena, struct err *err)
{
	struct identifier identifier;
	const char *texts[IDENTIFIER_MEMBERS_MAX] = { *msisdn };

	if (*msisdn[0] == '\0')
		return RC_OK;
	if (identifier_compose(IDENTIFIER_MSISDN, texts, &identifier, err) !=
	    RC_OK)
		return err_at(err, RC_INVALID, "/msisdn", "bad_form",
		    "must be an E.164 number: + and country code");
	*msisdn = arena_strdup(arena, identifier.value);
	if (*msisdn == NULL)
		return err_set(err, RC_TOO_LARGE, "request_too_large",
		    "the request needs more memory than one may have");
	return RC_OK;
}

static enum rc
check_email(const char *email, struct err *err)
{
	const char *at = strrchr(email, '@');

	if (email[0] == '\0' ||
	    (at != NULL && at != email && strchr(at, '.') != NULL &&
		strcspn(email, " \t\r\n<>") == strlen(email)))
		return RC_OK;
	return err_at(err, RC_INVALID, "/email", "bad_form",
	    "must be an e-mail address without a name");
}

static enum rc
read_complainant(const struct json_node *node, void *out, struct err *err)
{
	struct complainant *c = out;
	const struct json_member members[] = {
		MEMBER_TEXT("name", JSON_REQUIRED, NAME_BYTES, &c->name),
		MEMBER_TEXT("msisdn", JSON_OPTIONAL, WORD_BYTES, &c->msisdn),
		MEMBER_TEXT("email", JSON_OPTIONAL, EMAIL_BYTES, &c->email),
		MEMBER_TEXT(
		    "address", JSON_OPTIONAL, ADDRESS_BYTES, &c->address),
	};
	const struct free_text texts[] = {
		{ "name", &c->name },
		{ "email", &c->email },
		{ "address", &c->address },
	};

	TRY(json_read_members(node, members, COUNT(members), err));
	TRY(command_json_text_check(texts, COUNT(texts), err));
	TRY(check_email(c->email, err));
	return normalise_msisdn(&c->msisdn, node->arena, err);
}

static enum rc
read_external_ref(const struct json_node *node, void *out, struct err *err)
{
	struct external_ref *ref = out;
	const struct json_member members[] = {
		MEMBER_TEXT("scheme", JSON_REQUIRED, WORD_BYTES, &ref->scheme),
		MEMBER_TEXT("value", JSON_REQUIRED, REF_BYTES, &ref->value),
	};
	const struct free_text texts[] = {
		{ "scheme", &ref->scheme },
		{ "value", &ref->value },
	};

	TRY(json_read_members(node, members, COUNT(members), err));
	return command_json_text_check(texts, COUNT(texts), err);
}

/* ---- payments */

static enum rc
check_txn(const struct txn_draft *txn, struct err *err)
{
	const struct free_text texts[] = { { "key", &txn->key } };

	TRY(command_json_text_check(texts, COUNT(texts), err));
	if (txn->mcc[0] != '\0')
		TRY(command_json_text_form(txn->mcc, "/mcc", 4, 4, DIGITS,
		    "4 digits (ISO 18245)", err));
	if (txn->has_reference && !identifier_is_reference(txn->reference.type))
		return err_at(err, RC_INVALID, "/reference/type",
		    "not_allowed_here",
		    "a reference names a payment, not an account");
	return RC_OK;
}

static enum rc
read_txn(const struct json_node *node, void *out, struct err *err)
{
	struct txn_draft *txn = out;
	const struct json_member members[] = {
		MEMBER_TEXT("key", JSON_REQUIRED, KEY_BYTES, &txn->key),
		MEMBER_OBJECT("reference", JSON_FLAGGED(&txn->has_reference),
		    json_read_identifier, &txn->reference),
		MEMBER_WORD(
		    "channel", JSON_REQUIRED, &channel_words, &txn->channel),
		MEMBER_TEXT("mcc", JSON_OPTIONAL, KEY_BYTES, &txn->mcc),
		MEMBER_OBJECT("money", JSON_REQUIRED, json_read_money_positive,
		    &txn->money),
		MEMBER_TIME("at", JSON_REQUIRED, &txn->at),
		MEMBER_OBJECT("from", JSON_FLAGGED(&txn->has_from),
		    json_read_identifier, &txn->from),
		MEMBER_OBJECT("to", JSON_FLAGGED(&txn->has_to),
		    json_read_identifier, &txn->to),
		MEMBER_TEXT(
		    "parent", JSON_OPTIONAL, KEY_BYTES, &txn->parent_key),
		MEMBER_INT("layer", JSON_OPTIONAL, 1, LAYER_MAX, &txn->layer),
	};

	txn->mcc = "";
	txn->parent = -1;
	TRY(json_read_members(node, members, COUNT(members), err));
	return check_txn(txn, err);
}

/* The index of a payment among the first `count`, -1: none. */
static int
find_txn(const struct submit_case *submit, size_t count, const char *key)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(submit->txns[i].key, key) == 0)
			return (int)i;
	return -1;
}

/* Keys become places; a hop without a layer is one below its parent. */
static enum rc
link_txn(struct submit_case *submit, size_t i, struct err *err)
{
	struct txn_draft *txn = &submit->txns[i];

	if (find_txn(submit, i, txn->key) >= 0)
		return err_at(err, RC_INVALID, "/key", "duplicate_key",
		    "another payment of this call has the same key");
	if (txn->parent_key != NULL) {
		txn->parent = find_txn(submit, i, txn->parent_key);
		if (txn->parent < 0)
			return err_at(err, RC_INVALID, "/parent", "unknown_key",
			    "no earlier payment has this key");
	}
	if (txn->layer != NO_LAYER)
		return RC_OK;
	txn->layer = txn->parent < 0 ? 1 : submit->txns[txn->parent].layer + 1;
	if (txn->layer > LAYER_MAX)
		return err_at(err, RC_INVALID, "/parent", "out_of_range",
		    "a trail has at most %d layers", LAYER_MAX);
	return RC_OK;
}

/* ---- requests and targets */

static enum rc
read_target(const struct json_node *node, void *out, struct err *err)
{
	struct target_draft *target = out;
	const struct json_member members[] = {
		MEMBER_TEXT("institution", JSON_OPTIONAL, WORD_BYTES,
		    &target->institution_text),
		MEMBER_OBJECT("identifier", JSON_REQUIRED, json_read_identifier,
		    &target->identifier),
		MEMBER_TEXT(
		    "holder", JSON_OPTIONAL, NAME_BYTES, &target->holder),
		MEMBER_TEXT(
		    "transaction", JSON_OPTIONAL, KEY_BYTES, &target->txn_key),
		MEMBER_INT(
		    "layer", JSON_OPTIONAL, 1, LAYER_MAX, &target->layer),
		MEMBER_OBJECT("amount", JSON_REQUIRED, json_read_money_positive,
		    &target->amount),
	};
	const struct free_text texts[] = {
		{ "institution", &target->institution_text },
		{ "holder", &target->holder },
	};

	target->holder = "";
	target->txn = -1;
	TRY(json_read_members(node, members, COUNT(members), err));
	return command_json_text_check(texts, COUNT(texts), err);
}

static enum rc
link_target(const struct submit_case *submit, struct target_draft *target,
    struct err *err)
{
	if (target->txn_key != NULL) {
		target->txn = find_txn(
		    submit, submit->txn_count, target->txn_key);
		target->has_txn_id = target->txn < 0 && submit->is_addition &&
		    id_parse(ID_TXN, target->txn_key, &target->txn_id);
		if (target->txn < 0 && !target->has_txn_id)
			return err_at(err, RC_INVALID, "/transaction",
			    "unknown_key",
			    "no payment of this call has this key");
	}
	if (target->layer == NO_LAYER)
		target->layer = target->txn < 0
		    ? 1
		    : submit->txns[target->txn].layer;
	return RC_OK;
}

static enum rc
link_targets(
    struct submit_case *submit, struct request_draft *request, struct err *err)
{
	for (size_t i = 0; i < request->target_count; i++)
		if (link_target(submit, &request->targets[i], err) != RC_OK) {
			err_prefix(err, "/targets/%zu", i);
			return RC_INVALID;
		}
	return RC_OK;
}

static enum rc
too_few(struct err *err, const char *pointer)
{
	return err_at(err, RC_INVALID, pointer, "too_few_items",
	    "at least one item is needed");
}

static enum rc
read_on_behalf(const struct json_node *node, void *out, struct err *err)
{
	struct request_draft *request = out;
	const struct json_member members[] = {
		MEMBER_TEXT("authority", JSON_REQUIRED, NAME_BYTES,
		    &request->on_behalf_of),
		MEMBER_TEXT("reference", JSON_REQUIRED, REF_BYTES,
		    &request->on_behalf_ref),
	};
	const struct free_text texts[] = {
		{ "authority", &request->on_behalf_of },
		{ "reference", &request->on_behalf_ref },
	};

	TRY(json_read_members(node, members, COUNT(members), err));
	return command_json_text_check(texts, COUNT(texts), err);
}

static enum rc
read_authority(const struct json_node *node, void *out, struct err *err)
{
	struct authority_draft *authority = out;
	const struct json_member members[] = {
		MEMBER_TEXT(
		    "profile", JSON_REQUIRED, WORD_BYTES, &authority->profile),
		MEMBER_TEXT(
		    "basis", JSON_OPTIONAL, WORD_BYTES, &authority->basis),
	};
	const struct free_text texts[] = {
		{ "profile", &authority->profile },
		{ "basis", &authority->basis },
	};

	authority->basis = "";
	TRY(json_read_members(node, members, COUNT(members), err));
	return command_json_text_check(texts, COUNT(texts), err);
}

static enum rc
read_request(const struct json_node *node, void *out, struct err *err)
{
	struct request_draft *request = out;
	int follow_leads = -1;
	const struct json_member members[] = {
		MEMBER_WORD(
		    "action", JSON_REQUIRED, &action_words, &request->action),
		MEMBER_WORD(
		    "scope", JSON_OPTIONAL, &scope_words, &request->scope),
		MEMBER_TEXT(
		    "basis", JSON_OPTIONAL, WORD_BYTES, &request->basis),
		MEMBER_WORD("successor", JSON_OPTIONAL, &successor_words,
		    &request->successor),
		MEMBER_WORD("follow_leads", JSON_OPTIONAL, &follow_leads_words,
		    &follow_leads),
		MEMBER_TEXT(
		    "reason", JSON_OPTIONAL, REASON_BYTES, &request->reason),
		MEMBER_OBJECT(
		    "on_behalf_of", JSON_OPTIONAL, read_on_behalf, request),
		MEMBER_LIST("authorities", JSON_OPTIONAL,
		    COMMAND_AUTHORITY_LIMIT, read_authority,
		    &request->authorities, &request->authority_count),
		MEMBER_BOOL("emergency", JSON_OPTIONAL, &request->is_emergency),
		MEMBER_TIME("expires_at", JSON_OPTIONAL, &request->expires_at),
		MEMBER_LIST("targets", JSON_REQUIRED, COMMAND_TARGET_LIMIT,
		    read_target, &request->targets, &request->target_count),
	};
	const struct free_text texts[] = {
		{ "basis", &request->basis },
		{ "reason", &request->reason },
	};

	request->scope = SCOPE_AMOUNT;
	request->successor = SUCCESSOR_RELEASE;
	request->basis = request->reason = "";
	request->on_behalf_of = request->on_behalf_ref = "";
	TRY(json_read_members(node, members, COUNT(members), err));
	request->has_follow_leads = follow_leads >= 0;
	request->follow_leads = request->has_follow_leads
	    ? (enum follow_leads)follow_leads
	    : LEADS_PROPOSED;
	if (request->target_count == 0)
		return too_few(err, "/targets");
	return command_json_text_check(texts, COUNT(texts), err);
}

/* ---- the case */

static enum rc
link_case(struct submit_case *submit, struct err *err)
{
	for (size_t i = 0; i < submit->txn_count; i++)
		if (link_txn(submit, i, err) != RC_OK) {
			err_prefix(err, "/transactions/%zu", i);
			return RC_INVALID;
		}
	for (size_t i = 0; i < submit->request_count; i++)
		if (link_targets(submit, &submit->requests[i], err) != RC_OK) {
			err_prefix(err, "/requests/%zu", i);
			return RC_INVALID;
		}
	return RC_OK;
}

static enum rc
check_case(const struct submit_case *submit, struct err *err)
{
	const struct free_text texts[] = {
		{ "profile", &submit->profile },
		{ "narrative", &submit->narrative },
	};

	if (submit->txn_count == 0)
		return too_few(err, "/transactions");
	if (submit->request_count == 0)
		return too_few(err, "/requests");
	TRY(command_json_text_form(submit->language, "/language", 0,
	    LANGUAGE_BYTES, LETTERS DIGITS "-", "a BCP 47 language tag", err));
	return command_json_text_check(texts, COUNT(texts), err);
}

static enum rc
read_submit(const struct json_node *node, void *out, struct err *err)
{
	struct submit_case *s = out;
	const struct json_member members[] = {
		MEMBER_WORD(
		    "typology", JSON_REQUIRED, &typology_words, &s->typology),
		MEMBER_WORD("authorised", JSON_OPTIONAL, &authorised_words,
		    &s->authorised),
		MEMBER_TIME("occurred_at", JSON_REQUIRED, &s->occurred_at),
		MEMBER_TIME("reported_at", JSON_REQUIRED, &s->reported_at),
		MEMBER_TIME(
		    "bank_notice_at", JSON_OPTIONAL, &s->bank_notice_at),
		MEMBER_WORD("account_type", JSON_FLAGGED(&s->has_account_type),
		    &account_type_words, &s->account_type),
		MEMBER_WORD("report_channel", JSON_OPTIONAL,
		    &report_channel_words, &s->report_channel),
		MEMBER_WORD("priority", JSON_FLAGGED(&s->has_priority),
		    &priority_words, &s->priority),
		MEMBER_TEXT("profile", JSON_OPTIONAL, WORD_BYTES, &s->profile),
		MEMBER_TEXT(
		    "language", JSON_OPTIONAL, LANGUAGE_BYTES, &s->language),
		MEMBER_OBJECT(
		    "loss", JSON_REQUIRED, json_read_money_positive, &s->loss),
		MEMBER_OBJECT("complainant", JSON_OPTIONAL, read_complainant,
		    &s->complainant),
		MEMBER_TEXT(
		    "narrative", JSON_OPTIONAL, NARRATIVE_BYTES, &s->narrative),
		MEMBER_LIST("external_refs", JSON_OPTIONAL, REF_LIMIT,
		    read_external_ref, &s->external_refs,
		    &s->external_ref_count),
		MEMBER_LIST("transactions", JSON_REQUIRED, COMMAND_TXN_LIMIT,
		    read_txn, &s->txns, &s->txn_count),
		MEMBER_LIST("requests", JSON_REQUIRED, COMMAND_REQUEST_LIMIT,
		    read_request, &s->requests, &s->request_count),
	};

	TRY(json_read_members(node, members, COUNT(members), err));
	TRY(check_case(s, err));
	return link_case(s, err);
}

enum rc
command_json_submit(
    const char *body, size_t length, struct command *command, struct err *err)
{
	struct submit_case *submit = &command->submit;

	*submit = (struct submit_case){
		.authorised = AUTHORISED_UNKNOWN,
		.profile = "",
		.language = "",
		.narrative = "",
		.complainant = { "", "", "", "" },
	};
	/* Not told is "other": the list ends with it. */
	submit->report_channel = (int)report_channel_words.count - 1;
	return json_read(
	    body, length, command->arena, read_submit, submit, err);
}

static enum rc
read_addition(const struct json_node *node, void *out, struct err *err)
{
	struct submit_case *s = out;
	const struct json_member members[] = {
		MEMBER_LIST("transactions", JSON_OPTIONAL, COMMAND_TXN_LIMIT,
		    read_txn, &s->txns, &s->txn_count),
		MEMBER_LIST("requests", JSON_REQUIRED, COMMAND_REQUEST_LIMIT,
		    read_request, &s->requests, &s->request_count),
	};

	TRY(json_read_members(node, members, COUNT(members), err));
	if (s->request_count == 0)
		return too_few(err, "/requests");
	return link_case(s, err);
}

enum rc
command_json_addition(
    const char *body, size_t length, struct command *command, struct err *err)
{
	struct submit_case *submit = &command->submit;

	*submit = (struct submit_case){
		.is_addition = true,
		.profile = "",
		.language = "",
		.narrative = "",
		.complainant = { "", "", "", "" },
	};
	return json_read(
	    body, length, command->arena, read_addition, submit, err);
}
