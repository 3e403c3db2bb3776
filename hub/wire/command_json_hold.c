/*
 * Bodies of orders on a hold: release, reduce, extend.  See command_json.h.
 */
#include "hub/wire/command_json.h"

#include "hub/wire/command_json_text.h"
#include "hub/wire/json_reader.h"
#include "hub/wire/json_values.h"

enum { REASON_BYTES = 2000, BASIS_BYTES = 64 };

static enum rc
check_reason(const char *const *reason, struct err *err)
{
	const struct free_text texts[] = { { "reason", reason } };

	return command_json_text_check(texts, COUNT(texts), err);
}

static enum rc
read_release(const struct json_node *node, void *out, struct err *err)
{
	struct release_target *release = out;
	const struct json_member members[] = {
		MEMBER_TEXT(
		    "reason", JSON_REQUIRED, REASON_BYTES, &release->reason),
	};

	TRY(json_read_members(node, members, COUNT(members), err));
	return check_reason(&release->reason, err);
}

enum rc
command_json_release(
    const char *body, size_t length, struct command *command, struct err *err)
{
	return json_read(
	    body, length, command->arena, read_release, &command->release, err);
}

static enum rc
read_reduce(const struct json_node *node, void *out, struct err *err)
{
	struct reduce_target *reduce = out;
	const struct json_member members[] = {
		MEMBER_OBJECT("amount", JSON_REQUIRED, json_read_money_positive,
		    &reduce->amount),
		MEMBER_TEXT(
		    "reason", JSON_REQUIRED, REASON_BYTES, &reduce->reason),
	};

	TRY(json_read_members(node, members, COUNT(members), err));
	return check_reason(&reduce->reason, err);
}

enum rc
command_json_reduce(
    const char *body, size_t length, struct command *command, struct err *err)
{
	return json_read(
	    body, length, command->arena, read_reduce, &command->reduce, err);
}

static enum rc
read_extend(const struct json_node *node, void *out, struct err *err)
{
	struct extend_target *extend = out;
	const struct json_member members[] = {
		MEMBER_TIME("expires_at", JSON_REQUIRED, &extend->expires_at),
		MEMBER_TEXT(
		    "basis", JSON_OPTIONAL, BASIS_BYTES, &extend->basis),
		MEMBER_TEXT(
		    "reason", JSON_REQUIRED, REASON_BYTES, &extend->reason),
	};

	TRY(json_read_members(node, members, COUNT(members), err));
	return check_reason(&extend->reason, err);
}

enum rc
command_json_extend(
    const char *body, size_t length, struct command *command, struct err *err)
{
	command->extend.basis = "";
	return json_read(
	    body, length, command->arena, read_extend, &command->extend, err);
}
