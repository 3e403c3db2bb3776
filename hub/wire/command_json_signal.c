/*
 * Bodies of agreements and signals.  See command_json.h.
 */
#include "hub/wire/command_json.h"

#include "hub/wire/command_json_text.h"
#include "hub/wire/json_reader.h"
#include "hub/wire/json_values.h"

enum {
	NAME_BYTES = 64,
	PURPOSE_BYTES = 200,
	REASON_BYTES = 2000,
	FACT_MAX = 10 * 1000 * 1000,
};

/* ---- agreements */

static enum rc
read_agreement(const struct json_node *node, void *out, struct err *err)
{
	struct agreement_draft *draft = out;
	const struct json_member members[] = {
		MEMBER_TEXT(
		    "source", JSON_REQUIRED, NAME_BYTES, &draft->source_text),
		MEMBER_TEXT("destination", JSON_REQUIRED, NAME_BYTES,
		    &draft->destination_text),
		MEMBER_TEXT(
		    "purpose", JSON_REQUIRED, PURPOSE_BYTES, &draft->purpose),
		MEMBER_WORD_SET(
		    "kinds", JSON_REQUIRED, &signal_kind_words, &draft->kinds),
		MEMBER_TIME("valid_from", JSON_OPTIONAL, &draft->valid_from),
		MEMBER_TIME("valid_until", JSON_REQUIRED, &draft->valid_until),
	};
	const struct free_text texts[] = { { "purpose", &draft->purpose } };

	TRY(json_read_members(node, members, COUNT(members), err));
	return command_json_text_check(texts, COUNT(texts), err);
}

enum rc
command_json_agreement(
    const char *body, size_t length, struct command *command, struct err *err)
{
	command->agreement = (struct agreement_draft){ 0 };
	return json_read(body, length, command->arena, read_agreement,
	    &command->agreement, err);
}

static enum rc
read_reason(const struct json_node *node, void *out, struct err *err)
{
	const char **reason = out;
	const struct json_member members[] = {
		MEMBER_TEXT("reason", JSON_REQUIRED, REASON_BYTES, reason),
	};
	const struct free_text texts[] = { { "reason", reason } };

	TRY(json_read_members(node, members, COUNT(members), err));
	return command_json_text_check(texts, COUNT(texts), err);
}

enum rc
command_json_agreement_withdrawal(
    const char *body, size_t length, struct command *command, struct err *err)
{
	return json_read(body, length, command->arena, read_reason,
	    &command->withdraw_agreement.reason, err);
}

/* ---- signals */

/* The facts that the kind has, and no others. */
static enum rc
read_facts(const struct json_node *node, void *out, struct err *err)
{
	struct send_signal *signal = out;
	const struct signal_fact *facts = signal_rule(signal->kind)->facts;
	struct json_member members[SIGNAL_FACT_LIMIT];
	size_t count = signal_fact_count(signal->kind);

	for (size_t i = 0; i < count; i++)
		members[i] = (struct json_member)MEMBER_INT(facts[i].name,
		    JSON_FLAGGED(&signal->facts.is_told[i]), 0, FACT_MAX,
		    &signal->facts.values[i]);
	return json_read_members(node, members, count, err);
}

static enum rc
read_observed(const struct json_node *node, void *out, struct err *err)
{
	struct send_signal *signal = out;
	const struct json_member members[] = {
		MEMBER_TIME("from", JSON_REQUIRED, &signal->observed_from),
		MEMBER_TIME("until", JSON_REQUIRED, &signal->observed_until),
	};

	return json_read_members(node, members, COUNT(members), err);
}

static enum rc
read_signal(const struct json_node *node, void *out, struct err *err)
{
	struct send_signal *signal = out;
	unsigned kind = 0;
	const struct json_member first = MEMBER_WORD(
	    "kind", JSON_REQUIRED, &signal_kind_words, &kind);
	const struct json_member members[] = {
		first,
		MEMBER_TEXT("to", JSON_OPTIONAL, NAME_BYTES, &signal->to_text),
		MEMBER_OBJECT("subject", JSON_REQUIRED, json_read_identifier,
		    &signal->subject),
		MEMBER_OBJECT("facts", JSON_REQUIRED, read_facts, signal),
		MEMBER_OBJECT("observed", JSON_REQUIRED, read_observed, signal),
		MEMBER_TIME("expires_at", JSON_REQUIRED, &signal->expires_at),
	};

	TRY(json_read_member(node, &first, err));
	signal->kind = (enum signal_kind)kind;
	TRY(json_read_members(node, members, COUNT(members), err));
	return signal_facts_check(signal->kind, &signal->facts, err);
}

enum rc
command_json_signal(
    const char *body, size_t length, struct command *command, struct err *err)
{
	command->signal = (struct send_signal){ 0 };
	return json_read(
	    body, length, command->arena, read_signal, &command->signal, err);
}
