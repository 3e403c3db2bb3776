/*
 * Bodies of acts on whole cases: withdraw, merge, close.  See command_json.h.
 */
#include "hub/wire/command_json.h"

#include "hub/domain/ids.h"
#include "hub/wire/command_json_text.h"
#include "hub/wire/json_reader.h"
#include "hub/wire/json_values.h"

enum { NOTE_BYTES = 2000 };

static enum rc
check_note(const char *const *note, struct err *err)
{
	const struct free_text texts[] = { { "note", note } };

	return command_json_text_check(texts, COUNT(texts), err);
}

static enum rc
read_withdrawal(const struct json_node *node, void *out, struct err *err)
{
	struct withdraw_case *withdraw = out;
	const struct json_member members[] = {
		MEMBER_WORD("reason", JSON_REQUIRED, &withdrawal_reason_words,
		    &withdraw->reason),
		MEMBER_TEXT("note", JSON_OPTIONAL, NOTE_BYTES, &withdraw->note),
	};

	TRY(json_read_members(node, members, COUNT(members), err));
	return check_note(&withdraw->note, err);
}

enum rc
command_json_case_withdrawal(
    const char *body, size_t length, struct command *command, struct err *err)
{
	command->withdraw_case.note = "";
	return json_read(body, length, command->arena, read_withdrawal,
	    &command->withdraw_case, err);
}

static enum rc
read_merge(const struct json_node *node, void *out, struct err *err)
{
	struct merge_case *merge = out;
	const struct json_member members[] = {
		MEMBER_ID("into", JSON_REQUIRED, ID_CASE, &merge->into),
		MEMBER_TEXT("note", JSON_OPTIONAL, NOTE_BYTES, &merge->note),
	};

	TRY(json_read_members(node, members, COUNT(members), err));
	return check_note(&merge->note, err);
}

enum rc
command_json_merge(
    const char *body, size_t length, struct command *command, struct err *err)
{
	command->merge.note = "";
	return json_read(
	    body, length, command->arena, read_merge, &command->merge, err);
}

static enum rc
read_closing(const struct json_node *node, void *out, struct err *err)
{
	struct close_case *closing = out;
	int outcome = -1;
	const struct json_member members[] = {
		MEMBER_WORD(
		    "outcome", JSON_OPTIONAL, &case_outcome_words, &outcome),
		MEMBER_TEXT(
		    "reason", JSON_OPTIONAL, NOTE_BYTES, &closing->reason),
	};
	const struct free_text texts[] = { { "reason", &closing->reason } };

	TRY(json_read_members(node, members, COUNT(members), err));
	closing->has_outcome = outcome >= 0;
	if (closing->has_outcome)
		closing->outcome = (enum case_outcome)outcome;
	return command_json_text_check(texts, COUNT(texts), err);
}

enum rc
command_json_closing(
    const char *body, size_t length, struct command *command, struct err *err)
{
	command->close_case = (struct close_case){ .reason = "" };
	return json_read(body, length, command->arena, read_closing,
	    &command->close_case, err);
}
