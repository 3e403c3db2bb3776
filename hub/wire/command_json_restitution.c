/*
 * Bodies of a court's orders and of the way back of money.  What is kept of
 * an order or a proof is written anew here, compact, so that whoever is sent
 * it can parse it and write it again as it was.  See command_json.h.
 */
#include "hub/wire/command_json.h"

#include <stdio.h>
#include <string.h>

#include "hub/base/clock.h"
#include "hub/domain/ids.h"
#include "hub/wire/command_json_text.h"
#include "hub/wire/json_reader.h"
#include "hub/wire/json_values.h"

enum {
	REASON_BYTES = 2000,
	BASIS_BYTES = 64,
	LAW_BYTES = 200,
	ISSUER_BYTES = 200,
	NUMBER_BYTES = 80,
	DAY_BYTES = 10,
	REFERENCE_BYTES = 80,
	NAME_BYTES = 200,
	KEPT_LIMIT = 16 * 1024,
};

/* ---- what is kept as text */

static enum rc
keep(struct strbuf *text, struct arena *arena, const char **kept,
    struct err *err)
{
	*kept = text->failed ? NULL : arena_strdup(arena, text->bytes);
	if (*kept == NULL)
		return err_set(err, RC_TOO_LARGE, "request_too_large",
		    "the request does not fit into its memory");
	return RC_OK;
}

static void
write_told(struct strbuf *out, const char *key, const char *text)
{
	if (text != NULL && text[0] != '\0')
		json_write_text(out, key, text);
}

/* ---- orders */

/* The facts of an order, by which somebody else can find it. */
struct order_facts {
	const char *basis, *issuer, *number, *issued_on, *reason;
	struct id document; /* zero: not filed */
	int64_t expires_at; /* 0: of a restitution */
};

static enum rc
check_day(const char *day, struct err *err)
{
	char text[32];
	int64_t at;

	(void)snprintf(text, sizeof text, "%sT00:00:00Z", day);
	if (strlen(day) == DAY_BYTES && clock_parse(text, &at))
		return RC_OK;
	return err_at(err, RC_INVALID, "/issued_on", "bad_form",
	    "a day is written YYYY-MM-DD");
}

static enum rc
check_facts(const struct order_facts *facts, struct err *err)
{
	const struct free_text texts[] = {
		{ "basis", &facts->basis },
		{ "issuer", &facts->issuer },
		{ "number", &facts->number },
		{ "reason", &facts->reason },
	};

	TRY(command_json_text_check(texts, COUNT(texts), err));
	return check_day(facts->issued_on, err);
}

static enum rc
keep_facts(const struct order_facts *facts, struct arena *arena,
    const char **kept, struct err *err)
{
	SCOPED(strbuf_clear) struct strbuf text = { .bytes = NULL };

	strbuf_init(&text, KEPT_LIMIT);
	json_write_object(&text, NULL);
	json_write_text(&text, "basis", facts->basis);
	json_write_text(&text, "issuer", facts->issuer);
	json_write_text(&text, "number", facts->number);
	json_write_text(&text, "issued_on", facts->issued_on);
	if (facts->expires_at != 0)
		json_write_time(&text, "expires_at", facts->expires_at);
	if (!id_is_zero(&facts->document))
		json_write_id(&text, "document", ID_DOCUMENT, &facts->document);
	write_told(&text, "reason", facts->reason);
	json_write_object_end(&text);
	return keep(&text, arena, kept, err);
}

static enum rc
read_attachment(const struct json_node *node, void *out, struct err *err)
{
	struct attach_target *attach = out;
	struct order_facts facts = { .reason = "" };
	const struct json_member members[] = {
		MEMBER_TEXT("basis", JSON_REQUIRED, BASIS_BYTES, &facts.basis),
		MEMBER_TEXT(
		    "issuer", JSON_REQUIRED, ISSUER_BYTES, &facts.issuer),
		MEMBER_TEXT(
		    "number", JSON_REQUIRED, NUMBER_BYTES, &facts.number),
		MEMBER_TEXT(
		    "issued_on", JSON_REQUIRED, DAY_BYTES, &facts.issued_on),
		MEMBER_TIME("expires_at", JSON_REQUIRED, &facts.expires_at),
		MEMBER_ID(
		    "document", JSON_OPTIONAL, ID_DOCUMENT, &facts.document),
		MEMBER_TEXT(
		    "reason", JSON_OPTIONAL, REASON_BYTES, &facts.reason),
	};

	TRY(json_read_members(node, members, COUNT(members), err));
	TRY(check_facts(&facts, err));
	attach->basis = facts.basis;
	attach->document = facts.document;
	attach->expires_at = facts.expires_at;
	return keep_facts(&facts, node->arena, &attach->order, err);
}

enum rc
command_json_attachment(
    const char *body, size_t length, struct command *command, struct err *err)
{
	return json_read(body, length, command->arena, read_attachment,
	    &command->attach, err);
}

static enum rc
read_order(const struct json_node *node, void *out, struct err *err)
{
	struct order_restitution *order = out;
	struct order_facts facts = { .reason = "" };
	const struct json_member members[] = {
		MEMBER_TEXT("basis", JSON_REQUIRED, LAW_BYTES, &facts.basis),
		MEMBER_TEXT(
		    "issuer", JSON_REQUIRED, ISSUER_BYTES, &facts.issuer),
		MEMBER_TEXT(
		    "number", JSON_REQUIRED, NUMBER_BYTES, &facts.number),
		MEMBER_TEXT(
		    "issued_on", JSON_REQUIRED, DAY_BYTES, &facts.issued_on),
		MEMBER_ID(
		    "document", JSON_OPTIONAL, ID_DOCUMENT, &facts.document),
		MEMBER_TEXT(
		    "reason", JSON_OPTIONAL, REASON_BYTES, &facts.reason),
	};

	TRY(json_read_members(node, members, COUNT(members), err));
	TRY(check_facts(&facts, err));
	order->document = facts.document;
	return keep_facts(&facts, node->arena, &order->order, err);
}

enum rc
command_json_restitution_order(
    const char *body, size_t length, struct command *command, struct err *err)
{
	return json_read(
	    body, length, command->arena, read_order, &command->order, err);
}

static enum rc
read_refusal(const struct json_node *node, void *out, struct err *err)
{
	struct order_restitution *order = out;
	const struct json_member members[] = {
		MEMBER_TEXT(
		    "reason", JSON_REQUIRED, REASON_BYTES, &order->reason),
	};
	const struct free_text texts[] = { { "reason", &order->reason } };

	TRY(json_read_members(node, members, COUNT(members), err));
	return command_json_text_check(texts, COUNT(texts), err);
}

enum rc
command_json_restitution_refusal(
    const char *body, size_t length, struct command *command, struct err *err)
{
	return json_read(
	    body, length, command->arena, read_refusal, &command->order, err);
}

/* ---- proposals */

static enum rc
read_held(const struct json_node *node, void *out, struct err *err)
{
	struct held_draft *held = out;
	const struct json_member members[] = {
		MEMBER_ID("target", JSON_REQUIRED, ID_TARGET, &held->target),
		MEMBER_OBJECT("amount", JSON_FLAGGED(&held->has_amount),
		    json_read_money_positive, &held->amount),
	};

	return json_read_members(node, members, COUNT(members), err);
}

static enum rc
read_claim(const struct json_node *node, void *out, struct err *err)
{
	struct claim_draft *claim = out;
	const struct json_member members[] = {
		MEMBER_ID("case", JSON_FLAGGED(&claim->has_case), ID_CASE,
		    &claim->case_id),
		MEMBER_OBJECT("amount", JSON_REQUIRED, json_read_money_positive,
		    &claim->amount),
		MEMBER_OBJECT("payee", JSON_REQUIRED, json_read_identifier,
		    &claim->payee),
		MEMBER_TEXT(
		    "name", JSON_OPTIONAL, NAME_BYTES, &claim->payee_name),
	};
	const struct free_text texts[] = { { "name", &claim->payee_name } };

	claim->payee_name = "";
	TRY(json_read_members(node, members, COUNT(members), err));
	return command_json_text_check(texts, COUNT(texts), err);
}

static enum rc
read_proposal(const struct json_node *node, void *out, struct err *err)
{
	struct propose_restitution *propose = out;
	const struct json_member members[] = {
		MEMBER_LIST("targets", JSON_REQUIRED, COMMAND_HELD_LIMIT,
		    read_held, &propose->held, &propose->held_count),
		MEMBER_LIST("claims", JSON_REQUIRED, COMMAND_CLAIM_LIMIT,
		    read_claim, &propose->claims, &propose->claim_count),
		MEMBER_TEXT(
		    "reason", JSON_REQUIRED, REASON_BYTES, &propose->reason),
	};
	const struct free_text texts[] = { { "reason", &propose->reason } };

	TRY(json_read_members(node, members, COUNT(members), err));
	if (propose->held_count == 0)
		return err_at(err, RC_INVALID, "/targets", "too_few_items",
		    "name at least one target");
	if (propose->claim_count == 0)
		return err_at(err, RC_INVALID, "/claims", "too_few_items",
		    "name at least one claim");
	return command_json_text_check(texts, COUNT(texts), err);
}

enum rc
command_json_restitution(
    const char *body, size_t length, struct command *command, struct err *err)
{
	return json_read(body, length, command->arena, read_proposal,
	    &command->propose, err);
}

/* ---- payments */

struct payment_facts {
	struct pay_restitution *pay;
	const char *reference, *reason, *note;
};

static enum rc
check_step(const struct payment_facts *facts, struct err *err)
{
	const struct pay_restitution *pay = facts->pay;
	bool is_paid = pay->step == PAYMENT_PAID;
	const struct {
		const char *pointer;
		bool is_there, is_needed;
	} rules[] = {
		{ "/reference", facts->reference != NULL, is_paid },
		{ "/amount", pay->has_amount, is_paid },
		{ "/paid_at", pay->paid_at != 0, is_paid },
		{ "/reason", facts->reason != NULL,
		    pay->step == PAYMENT_FAILED },
	};

	for (size_t i = 0; i < COUNT(rules); i++) {
		if (rules[i].is_needed && !rules[i].is_there)
			return err_at(err, RC_INVALID, rules[i].pointer,
			    "missing_member", "this step needs it");
		if (!rules[i].is_needed && rules[i].is_there)
			return err_at(err, RC_INVALID, rules[i].pointer,
			    "not_allowed_here", "this step has none");
	}
	return RC_OK;
}

static enum rc
keep_proof(
    const struct payment_facts *facts, struct arena *arena, struct err *err)
{
	SCOPED(strbuf_clear) struct strbuf text = { .bytes = NULL };
	struct pay_restitution *pay = facts->pay;

	strbuf_init(&text, KEPT_LIMIT);
	json_write_object(&text, NULL);
	json_write_word(&text, "status", &payment_step_words, pay->step);
	write_told(&text, "reference", facts->reference);
	if (pay->has_amount)
		json_write_money(&text, "amount", &pay->amount);
	if (pay->paid_at != 0)
		json_write_time(&text, "paid_at", pay->paid_at);
	write_told(&text, "reason", facts->reason);
	write_told(&text, "note", facts->note);
	json_write_object_end(&text);
	return keep(&text, arena, &pay->proof, err);
}

static enum rc
read_payment(const struct json_node *node, void *out, struct err *err)
{
	struct pay_restitution *pay = out;
	struct payment_facts facts = { .pay = pay };
	const struct json_member members[] = {
		MEMBER_WORD(
		    "status", JSON_REQUIRED, &payment_step_words, &pay->step),
		MEMBER_TEXT("reference", JSON_OPTIONAL, REFERENCE_BYTES,
		    &facts.reference),
		MEMBER_OBJECT("amount", JSON_FLAGGED(&pay->has_amount),
		    json_read_money_positive, &pay->amount),
		MEMBER_TIME("paid_at", JSON_OPTIONAL, &pay->paid_at),
		MEMBER_TEXT(
		    "reason", JSON_OPTIONAL, REASON_BYTES, &facts.reason),
		MEMBER_TEXT("note", JSON_OPTIONAL, REASON_BYTES, &facts.note),
	};
	const struct free_text texts[] = {
		{ "reference", &facts.reference },
		{ "reason", &facts.reason },
		{ "note", &facts.note },
	};

	TRY(json_read_members(node, members, COUNT(members), err));
	TRY(check_step(&facts, err));
	TRY(command_json_text_check(texts, COUNT(texts), err));
	return keep_proof(&facts, node->arena, err);
}

enum rc
command_json_payment(
    const char *body, size_t length, struct command *command, struct err *err)
{
	return json_read(
	    body, length, command->arena, read_payment, &command->pay, err);
}
