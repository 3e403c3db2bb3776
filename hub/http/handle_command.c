/*
 * Bodies of POSTs on cases, requests, targets and the inbox as commands: see
 * handle.h.
 */
#include "hub/http/handle.h"

#include "hub/http/call.h"
#include "hub/wire/command_json.h"

enum rc
handle_case_read(
    const struct call *call, struct command *command, struct err *err)
{
	size_t length;
	const char *body = exchange_body(call->exchange, &length);

	command->kind = COMMAND_SUBMIT_CASE;
	return command_json_submit(body, length, command, err);
}

enum rc
handle_approval_read(
    const struct call *call, struct command *command, struct err *err)
{
	size_t length;
	const char *body = exchange_body(call->exchange, &length);

	command->kind = COMMAND_APPROVE_REQUEST;
	TRY(command_json_approve(body, length, command, err));
	command->approve.request = call->id;
	return RC_OK;
}

enum rc
handle_withdrawal_read(
    const struct call *call, struct command *command, struct err *err)
{
	size_t length;
	const char *body = exchange_body(call->exchange, &length);

	command->kind = COMMAND_WITHDRAW_REQUEST;
	TRY(command_json_withdraw(body, length, command, err));
	command->withdraw.request = call->id;
	return RC_OK;
}

static enum rc
read_issue(const struct call *call, struct command *command, bool is_dismissal,
    struct err *err)
{
	size_t length;
	const char *body = exchange_body(call->exchange, &length);

	command->kind = COMMAND_ISSUE_TARGET;
	command->issue.is_dismissal = is_dismissal;
	TRY(command_json_issue(body, length, command, err));
	command->issue.target = call->id;
	return RC_OK;
}

enum rc
handle_issue_read(
    const struct call *call, struct command *command, struct err *err)
{
	return read_issue(call, command, false, err);
}

enum rc
handle_dismissal_read(
    const struct call *call, struct command *command, struct err *err)
{
	return read_issue(call, command, true, err);
}

enum rc
handle_correction_read(
    const struct call *call, struct command *command, struct err *err)
{
	size_t length;
	const char *body = exchange_body(call->exchange, &length);

	command->kind = COMMAND_CORRECT_TARGET;
	TRY(command_json_correct(body, length, command, err));
	command->correct.target = call->id;
	return RC_OK;
}

enum rc
handle_reminder_read(
    const struct call *call, struct command *command, struct err *err)
{
	size_t length;
	const char *body = exchange_body(call->exchange, &length);

	command->kind = COMMAND_REMIND_TARGET;
	TRY(command_json_remind(body, length, command, err));
	command->remind.target = call->id;
	return RC_OK;
}

enum rc
handle_release_read(
    const struct call *call, struct command *command, struct err *err)
{
	size_t length;
	const char *body = exchange_body(call->exchange, &length);

	command->kind = COMMAND_RELEASE_TARGET;
	TRY(command_json_release(body, length, command, err));
	command->release.target = call->id;
	return RC_OK;
}

enum rc
handle_reduction_read(
    const struct call *call, struct command *command, struct err *err)
{
	size_t length;
	const char *body = exchange_body(call->exchange, &length);

	command->kind = COMMAND_REDUCE_TARGET;
	TRY(command_json_reduce(body, length, command, err));
	command->reduce.target = call->id;
	return RC_OK;
}

enum rc
handle_extension_read(
    const struct call *call, struct command *command, struct err *err)
{
	size_t length;
	const char *body = exchange_body(call->exchange, &length);

	command->kind = COMMAND_EXTEND_TARGET;
	TRY(command_json_extend(body, length, command, err));
	command->extend.target = call->id;
	return RC_OK;
}

enum rc
handle_response_read(
    const struct call *call, struct command *command, struct err *err)
{
	size_t length;
	const char *body = exchange_body(call->exchange, &length);

	command->kind = COMMAND_RESPOND;
	TRY(command_json_respond(body, length, command, err));
	command->respond.target = call->id;
	return RC_OK;
}

enum rc
handle_checkpoint_read(
    const struct call *call, struct command *command, struct err *err)
{
	size_t length;
	const char *body = exchange_body(call->exchange, &length);

	command->kind = COMMAND_CHECKPOINT_INBOX;
	return command_json_checkpoint(body, length, command, err);
}
