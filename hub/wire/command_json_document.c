/*
 * Bodies of decisions on documents and of waivers.  See command_json.h.
 */
#include "hub/wire/command_json.h"

#include "hub/wire/command_json_text.h"
#include "hub/wire/json_reader.h"

enum { NOTE_BYTES = 2000 };

static enum rc
read_decision(const struct json_node *node, void *out, struct err *err)
{
	struct decide_document *decide = out;
	unsigned decision = 0;
	const struct json_member members[] = {
		MEMBER_WORD("decision", JSON_REQUIRED, &document_decision_words,
		    &decision),
		MEMBER_WORD_SET(
		    "defects", JSON_OPTIONAL, &defect_words, &decide->defects),
		MEMBER_TEXT("note", JSON_OPTIONAL, NOTE_BYTES, &decide->note),
	};
	const struct free_text texts[] = { { "note", &decide->note } };

	TRY(json_read_members(node, members, COUNT(members), err));
	decide->decision = (enum document_decision)decision;
	return command_json_text_check(texts, COUNT(texts), err);
}

enum rc
command_json_document_decision(
    const char *body, size_t length, struct command *command, struct err *err)
{
	command->decide_document.note = "";
	return json_read(body, length, command->arena, read_decision,
	    &command->decide_document, err);
}

static enum rc
read_waiver(const struct json_node *node, void *out, struct err *err)
{
	struct waive_formality *waive = out;
	const struct json_member members[] = {
		MEMBER_TEXT(
		    "reason", JSON_REQUIRED, NOTE_BYTES, &waive->reason),
	};
	const struct free_text texts[] = { { "reason", &waive->reason } };

	TRY(json_read_members(node, members, COUNT(members), err));
	return command_json_text_check(texts, COUNT(texts), err);
}

enum rc
command_json_waiver(
    const char *body, size_t length, struct command *command, struct err *err)
{
	return json_read(body, length, command->arena, read_waiver,
	    &command->waive_formality, err);
}
