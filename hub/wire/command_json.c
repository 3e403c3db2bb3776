/*
 * The short bodies: acts on a request, a target or the inbox.  See
 * command_json.h.
 */
#include "hub/wire/command_json.h"

#include <string.h>

#include "hub/base/encode.h"
#include "hub/domain/ids.h"
#include "hub/wire/command_json_text.h"
#include "hub/wire/json_reader.h"
#include "hub/wire/json_values.h"

enum { REASON_BYTES = 2000, HOLDER_BYTES = 200, CHECKPOINT_LIMIT = 200 };

/* Where nothing is required a POST may come without a body. */
static enum rc
read_body(const char *body, size_t length, struct arena *arena,
    JSON_READS(read), void *out, struct err *err)
{
	if (length == 0)
		return json_read("{}", strlen("{}"), arena, read, out, err);
	return json_read(body, length, arena, read, out, err);
}

static enum rc
missing_reason(struct err *err, const char *act)
{
	return err_at(err, RC_INVALID, "/reason", "missing_member",
	    "%s needs a reason", act);
}

static enum rc
check_text(const char *name, const char *text, struct err *err)
{
	const struct free_text texts[] = { { name, &text } };

	return command_json_text_check(texts, COUNT(texts), err);
}

/* ---- approval, withdrawal */

static enum rc
read_approve(const struct json_node *node, void *out, struct err *err)
{
	static const char *const names[] = { "approve", "refuse" };
	static const struct words decisions = { "decision", names, 2 };
	struct approve_request *approve = out;
	unsigned decision = 0;
	const struct json_member members[] = {
		MEMBER_WORD("decision", JSON_REQUIRED, &decisions, &decision),
		MEMBER_TEXT(
		    "reason", JSON_OPTIONAL, REASON_BYTES, &approve->reason),
	};

	TRY(json_read_members(node, members, COUNT(members), err));
	approve->is_refusal = decision == 1;
	if (approve->is_refusal && approve->reason[0] == '\0')
		return missing_reason(err, "a refusal");
	return check_text("reason", approve->reason, err);
}

enum rc
command_json_approve(
    const char *body, size_t length, struct command *command, struct err *err)
{
	command->approve.reason = "";
	return read_body(
	    body, length, command->arena, read_approve, &command->approve, err);
}

static enum rc
read_withdraw(const struct json_node *node, void *out, struct err *err)
{
	struct withdraw_request *withdraw = out;
	const struct json_member members[] = {
		MEMBER_TEXT(
		    "reason", JSON_REQUIRED, REASON_BYTES, &withdraw->reason),
	};

	TRY(json_read_members(node, members, COUNT(members), err));
	return check_text("reason", withdraw->reason, err);
}

enum rc
command_json_withdraw(
    const char *body, size_t length, struct command *command, struct err *err)
{
	return read_body(body, length, command->arena, read_withdraw,
	    &command->withdraw, err);
}

/* ---- acts on a target */

static enum rc
read_issue(const struct json_node *node, void *out, struct err *err)
{
	struct issue_target *issue = out;
	const struct json_member members[] = {
		MEMBER_TEXT(
		    "reason", JSON_OPTIONAL, REASON_BYTES, &issue->reason),
	};

	/* An issue gives no reason: there the member is unknown. */
	TRY(json_read_members(node, members, issue->is_dismissal ? 1 : 0, err));
	if (issue->is_dismissal && issue->reason[0] == '\0')
		return missing_reason(err, "a dismissal");
	return check_text("reason", issue->reason, err);
}

enum rc
command_json_issue(
    const char *body, size_t length, struct command *command, struct err *err)
{
	command->issue.reason = "";
	return read_body(
	    body, length, command->arena, read_issue, &command->issue, err);
}

static enum rc
read_correct(const struct json_node *node, void *out, struct err *err)
{
	struct correct_target *correct = out;
	const struct json_member members[] = {
		MEMBER_OBJECT("identifier",
		    JSON_FLAGGED(&correct->has_identifier),
		    json_read_identifier, &correct->identifier),
		MEMBER_TEXT("holder", JSON_FLAGGED(&correct->has_holder),
		    HOLDER_BYTES, &correct->holder),
		MEMBER_OBJECT("amount", JSON_FLAGGED(&correct->has_amount),
		    json_read_money_positive, &correct->amount),
		MEMBER_TEXT(
		    "note", JSON_OPTIONAL, REASON_BYTES, &correct->note),
	};
	const struct free_text texts[] = {
		{ "holder", &correct->holder },
		{ "note", &correct->note },
	};

	TRY(json_read_members(node, members, COUNT(members), err));
	if (!correct->has_identifier && !correct->has_holder &&
	    !correct->has_amount && correct->note[0] == '\0')
		return err_set(err, RC_INVALID, "nothing_to_do",
		    "a correction needs identifier, holder, amount or note");
	return command_json_text_check(texts, COUNT(texts), err);
}

enum rc
command_json_correct(
    const char *body, size_t length, struct command *command, struct err *err)
{
	command->correct = (struct correct_target){
		.target = command->correct.target,
		.holder = "",
		.note = "",
	};
	return read_body(
	    body, length, command->arena, read_correct, &command->correct, err);
}

/* What is confirmed stands in the path; there is nothing to say. */
static enum rc
read_confirm(const struct json_node *node, void *out, struct err *err)
{
	(void)out;
	return json_read_members(node, NULL, 0, err);
}

enum rc
command_json_confirm(
    const char *body, size_t length, struct command *command, struct err *err)
{
	return read_body(body, length, command->arena, read_confirm, NULL, err);
}

static enum rc
read_remind(const struct json_node *node, void *out, struct err *err)
{
	struct remind_target *remind = out;
	const struct json_member members[] = {
		MEMBER_TEXT("note", JSON_OPTIONAL, REASON_BYTES, &remind->note),
	};

	TRY(json_read_members(node, members, COUNT(members), err));
	return check_text("note", remind->note, err);
}

enum rc
command_json_remind(
    const char *body, size_t length, struct command *command, struct err *err)
{
	command->remind.note = "";
	return read_body(
	    body, length, command->arena, read_remind, &command->remind, err);
}

/* ---- the inbox */

static enum rc
read_checkpoint(const struct json_node *node, void *out, struct err *err)
{
	struct checkpoint_inbox *checkpoint = out;
	const struct json_member members[] = {
		MEMBER_IDS("ids", JSON_REQUIRED, CHECKPOINT_LIMIT, ID_MESSAGE,
		    &checkpoint->messages, &checkpoint->message_count),
	};

	return json_read_members(node, members, COUNT(members), err);
}

enum rc
command_json_checkpoint(
    const char *body, size_t length, struct command *command, struct err *err)
{
	return read_body(body, length, command->arena, read_checkpoint,
	    &command->checkpoint, err);
}

/* ---- revocation */

static enum rc
read_revoke(const struct json_node *node, void *out, struct err *err)
{
	struct revoke_certificate *revoke = out;
	const char *key = "";
	const struct json_member members[] = {
		MEMBER_TEXT("spki_sha256", JSON_REQUIRED,
		    HEX_SIZE(ACTOR_KEY_SIZE) - 1, &key),
		MEMBER_TEXT(
		    "reason", JSON_REQUIRED, REASON_BYTES, &revoke->reason),
	};

	TRY(json_read_members(node, members, COUNT(members), err));
	if (!hex_decode(key, revoke->key, sizeof(revoke->key)))
		return err_at(err, RC_INVALID, "/spki_sha256", "bad_form",
		    "must be %d hex digits", 2 * ACTOR_KEY_SIZE);
	return check_text("reason", revoke->reason, err);
}

enum rc
command_json_revoke(
    const char *body, size_t length, struct command *command, struct err *err)
{
	return read_body(
	    body, length, command->arena, read_revoke, &command->revoke, err);
}
