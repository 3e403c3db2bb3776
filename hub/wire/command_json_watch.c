/*
 * Bodies of watch entries, look-ups and payment holds.  See command_json.h.
 */
#include "hub/wire/command_json.h"

#include "hub/domain/ids.h"
#include "hub/wire/command_json_text.h"
#include "hub/wire/json_reader.h"
#include "hub/wire/json_values.h"

enum {
	REFERENCE_BYTES = 200,
	NOTE_BYTES = 500,
	TEXT_BYTES = 4000,
	REASON_BYTES = 2000,
};

/* ---- watch entries */

static enum rc
read_watch(const struct json_node *node, void *out, struct err *err)
{
	struct add_watch *watch = out;
	unsigned source = 0;
	const struct json_member members[] = {
		MEMBER_WORD(
		    "source", JSON_REQUIRED, &watch_source_words, &source),
		MEMBER_WORD("reason", JSON_REQUIRED, &watch_reason_words,
		    &watch->reason),
		MEMBER_OBJECT("subject", JSON_REQUIRED, json_read_identifier,
		    &watch->subject),
		MEMBER_TEXT("reference", JSON_OPTIONAL, REFERENCE_BYTES,
		    &watch->reference),
		MEMBER_TEXT("note", JSON_OPTIONAL, NOTE_BYTES, &watch->note),
		MEMBER_TIME("expires_at", JSON_REQUIRED, &watch->expires_at),
	};
	const struct free_text texts[] = {
		{ "reference", &watch->reference },
		{ "note", &watch->note },
	};

	TRY(json_read_members(node, members, COUNT(members), err));
	watch->source = (enum watch_source)source;
	return command_json_text_check(texts, COUNT(texts), err);
}

enum rc
command_json_watch(
    const char *body, size_t length, struct command *command, struct err *err)
{
	command->add_watch = (struct add_watch){ .reference = "", .note = "" };
	return json_read(
	    body, length, command->arena, read_watch, &command->add_watch, err);
}

static enum rc
read_dispute(const struct json_node *node, void *out, struct err *err)
{
	struct dispute_watch *dispute = out;
	const struct json_member members[] = {
		MEMBER_TEXT("text", JSON_REQUIRED, TEXT_BYTES, &dispute->text),
	};
	const struct free_text texts[] = { { "text", &dispute->text } };

	TRY(json_read_members(node, members, COUNT(members), err));
	return command_json_text_check(texts, COUNT(texts), err);
}

enum rc
command_json_dispute(
    const char *body, size_t length, struct command *command, struct err *err)
{
	return json_read(body, length, command->arena, read_dispute,
	    &command->dispute_watch, err);
}

static enum rc
read_decision(const struct json_node *node, void *out, struct err *err)
{
	struct decide_watch *decide = out;
	unsigned decision = 0;
	const struct json_member members[] = {
		MEMBER_WORD("decision", JSON_REQUIRED, &watch_decision_words,
		    &decision),
		MEMBER_TEXT(
		    "reason", JSON_REQUIRED, REASON_BYTES, &decide->reason),
	};
	const struct free_text texts[] = { { "reason", &decide->reason } };

	TRY(json_read_members(node, members, COUNT(members), err));
	decide->decision = (enum watch_decision)decision;
	return command_json_text_check(texts, COUNT(texts), err);
}

enum rc
command_json_watch_decision(
    const char *body, size_t length, struct command *command, struct err *err)
{
	return json_read(body, length, command->arena, read_decision,
	    &command->decide_watch, err);
}

/* ---- look-ups */

static enum rc
read_sought(const struct json_node *node, void *out, struct err *err)
{
	struct sought *sought = out;

	return json_read_identifier(node, &sought->identifier, err);
}

static enum rc
read_look_up(const struct json_node *node, void *out, struct err *err)
{
	struct look_up *look = out;
	unsigned purpose = 0;
	const struct json_member members[] = {
		MEMBER_WORD(
		    "purpose", JSON_REQUIRED, &lookup_purpose_words, &purpose),
		MEMBER_LIST("identifiers", JSON_REQUIRED, LOOKUP_LIMIT,
		    read_sought, &look->sought, &look->sought_count),
	};

	TRY(json_read_members(node, members, COUNT(members), err));
	look->purpose = (enum lookup_purpose)purpose;
	if (look->sought_count == 0)
		return err_at(err, RC_INVALID, "/identifiers", "too_few_items",
		    "a look-up is about one identifier at least");
	return RC_OK;
}

enum rc
command_json_look_up(
    const char *body, size_t length, struct command *command, struct err *err)
{
	command->look_up = (struct look_up){ 0 };
	return json_read(
	    body, length, command->arena, read_look_up, &command->look_up, err);
}

/* ---- payment holds */

static enum rc
read_placing(const struct json_node *node, void *out, struct err *err)
{
	struct place_payment_hold *hold = out;
	const struct json_member members[] = {
		MEMBER_OBJECT(
		    "payee", JSON_REQUIRED, json_read_identifier, &hold->payee),
		MEMBER_OBJECT("money", JSON_REQUIRED, json_read_money_positive,
		    &hold->money),
		MEMBER_ID("signal", JSON_FLAGGED(&hold->has_signal), ID_SIGNAL,
		    &hold->signal),
		MEMBER_TEXT("reference", JSON_OPTIONAL, REFERENCE_BYTES,
		    &hold->reference),
		MEMBER_TEXT("note", JSON_OPTIONAL, NOTE_BYTES, &hold->note),
	};
	const struct free_text texts[] = {
		{ "reference", &hold->reference },
		{ "note", &hold->note },
	};

	TRY(json_read_members(node, members, COUNT(members), err));
	return command_json_text_check(texts, COUNT(texts), err);
}

enum rc
command_json_payment_hold(
    const char *body, size_t length, struct command *command, struct err *err)
{
	command->place_payment_hold = (struct place_payment_hold){
		.reference = "",
		.note = "",
	};
	return json_read(body, length, command->arena, read_placing,
	    &command->place_payment_hold, err);
}

static enum rc
read_answer(const struct json_node *node, void *out, struct err *err)
{
	struct answer_payment_hold *hold = out;
	unsigned answer = 0;
	const struct json_member members[] = {
		MEMBER_WORD(
		    "answer", JSON_REQUIRED, &payment_answer_words, &answer),
	};

	TRY(json_read_members(node, members, COUNT(members), err));
	hold->answer = (enum payment_answer)answer;
	return RC_OK;
}

enum rc
command_json_payment_answer(
    const char *body, size_t length, struct command *command, struct err *err)
{
	return json_read(body, length, command->arena, read_answer,
	    &command->answer_payment_hold, err);
}
