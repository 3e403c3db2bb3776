/*
 * Bodies of acts on whole cases: withdraw, merge, close; and of
 * amendments.  See command_json.h.
 */
#include "hub/wire/command_json.h"

#include "hub/domain/ids.h"
#include "hub/wire/command_json_text.h"
#include "hub/wire/json_reader.h"
#include "hub/wire/json_values.h"

enum { NOTE_BYTES = 2000, BASIS_BYTES = 64 };

static enum rc
check_note(const char *const *note, struct err *err)
{
	const struct free_text texts[] = { { "note", note } };

	return command_json_text_check(texts, COUNT(texts), err);
}

static enum rc
read_patch(const struct json_node *node, void *out, struct err *err)
{
	struct patch_case *patch = out;
	const struct json_member members[] = {
		MEMBER_WORD("priority", JSON_FLAGGED(&patch->has_priority),
		    &priority_words, &patch->priority),
		MEMBER_WORD("typology", JSON_FLAGGED(&patch->has_typology),
		    &typology_words, &patch->typology),
		MEMBER_WORD("authorised", JSON_FLAGGED(&patch->has_authorised),
		    &authorised_words, &patch->authorised),
	};

	TRY(json_read_members(node, members, COUNT(members), err));
	if (!patch->has_priority && !patch->has_typology &&
	    !patch->has_authorised)
		return err_at(err, RC_INVALID, "", "nothing_to_change",
		    "name priority, typology or authorised");
	return RC_OK;
}

enum rc
command_json_case_patch(
    const char *body, size_t length, struct command *command, struct err *err)
{
	return json_read(body, length, command->arena, read_patch,
	    &command->patch_case, err);
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

/* ---- amending a request */

static enum rc
read_amended(const struct json_node *node, void *out, struct err *err)
{
	struct amended_target *amended = out;
	const struct json_member members[] = {
		MEMBER_ID("id", JSON_REQUIRED, ID_TARGET, &amended->target),
		MEMBER_OBJECT("amount", JSON_REQUIRED, json_read_money_positive,
		    &amended->amount),
	};

	return json_read_members(node, members, COUNT(members), err);
}

static enum rc
read_amend(const struct json_node *node, void *out, struct err *err)
{
	struct amend_request *amend = out;
	const struct json_member members[] = {
		MEMBER_TEXT(
		    "reason", JSON_REQUIRED, NOTE_BYTES, &amend->reason),
		MEMBER_TEXT("basis", JSON_OPTIONAL, BASIS_BYTES, &amend->basis),
		MEMBER_WORD("scope", JSON_FLAGGED(&amend->has_scope),
		    &scope_words, &amend->scope),
		MEMBER_WORD("successor", JSON_FLAGGED(&amend->has_successor),
		    &successor_words, &amend->successor),
		MEMBER_TIME("expires_at", JSON_OPTIONAL, &amend->expires_at),
		MEMBER_LIST("targets", JSON_OPTIONAL, COMMAND_TARGET_LIMIT,
		    read_amended, &amend->targets, &amend->target_count),
	};
	const struct free_text texts[] = {
		{ "reason", &amend->reason },
		{ "basis", &amend->basis },
	};

	TRY(json_read_members(node, members, COUNT(members), err));
	if (amend->basis[0] == '\0' && !amend->has_scope &&
	    !amend->has_successor && amend->expires_at == 0 &&
	    amend->target_count == 0)
		return err_set(err, RC_INVALID, "nothing_to_do",
		    "the amendment changes nothing");
	return command_json_text_check(texts, COUNT(texts), err);
}

enum rc
command_json_amend(
    const char *body, size_t length, struct command *command, struct err *err)
{
	command->amend.basis = "";
	return json_read(
	    body, length, command->arena, read_amend, &command->amend, err);
}
