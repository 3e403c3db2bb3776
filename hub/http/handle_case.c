/*
 * Bodies of acts on whole cases as commands: see handle.h.
 */
#include "hub/http/handle.h"

#include "hub/http/call.h"
#include "hub/http/gate.h"
#include "hub/wire/command_json.h"

enum rc
handle_amendment_read(
    const struct call *call, struct command *command, struct err *err)
{
	size_t length;
	const char *body = exchange_body(call->exchange, &length);

	command->kind = COMMAND_AMEND_REQUEST;
	TRY(command_json_amend(body, length, command, err));
	command->amend.request = call->id;
	return RC_OK;
}

enum rc
handle_requests_read(
    const struct call *call, struct command *command, struct err *err)
{
	size_t length;
	const char *body = exchange_body(call->exchange, &length);

	command->kind = COMMAND_ADD_REQUESTS;
	TRY(command_json_addition(body, length, command, err));
	command->submit.into = call->id;
	return RC_OK;
}

enum rc
handle_case_patch_read(
    const struct call *call, struct command *command, struct err *err)
{
	size_t length;
	const char *body = exchange_body(call->exchange, &length);

	command->kind = COMMAND_PATCH_CASE;
	TRY(gate_read_version(exchange_header(call->exchange, "If-Match"),
	    &command->patch_case.row_version, err));
	TRY(command_json_case_patch(body, length, command, err));
	command->patch_case.case_id = call->id;
	return RC_OK;
}

enum rc
handle_case_withdrawal_read(
    const struct call *call, struct command *command, struct err *err)
{
	size_t length;
	const char *body = exchange_body(call->exchange, &length);

	command->kind = COMMAND_WITHDRAW_CASE;
	TRY(command_json_case_withdrawal(body, length, command, err));
	command->withdraw_case.case_id = call->id;
	return RC_OK;
}

enum rc
handle_merge_read(
    const struct call *call, struct command *command, struct err *err)
{
	size_t length;
	const char *body = exchange_body(call->exchange, &length);

	command->kind = COMMAND_MERGE_CASE;
	TRY(command_json_merge(body, length, command, err));
	command->merge.case_id = call->id;
	return RC_OK;
}

enum rc
handle_closing_read(
    const struct call *call, struct command *command, struct err *err)
{
	size_t length;
	const char *body = exchange_body(call->exchange, &length);

	command->kind = COMMAND_CLOSE_CASE;
	TRY(command_json_closing(body, length, command, err));
	command->close_case.case_id = call->id;
	return RC_OK;
}
