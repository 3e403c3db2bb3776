/*
 * Bodies of POSTs on grievances as commands: see handle.h.
 */
#include "hub/http/handle.h"

#include "hub/http/call.h"
#include "hub/wire/command_json.h"

enum rc
handle_grievance_read(
    const struct call *call, struct command *command, struct err *err)
{
	size_t length;
	const char *body = exchange_body(call->exchange, &length);

	command->kind = COMMAND_FILE_GRIEVANCE;
	TRY(command_json_grievance(body, length, command, err));
	command->file_grievance.target = call->id;
	return RC_OK;
}

enum rc
handle_grievance_decision_read(
    const struct call *call, struct command *command, struct err *err)
{
	size_t length;
	const char *body = exchange_body(call->exchange, &length);

	command->kind = COMMAND_DECIDE_GRIEVANCE;
	TRY(command_json_grievance_decision(body, length, command, err));
	command->decide_grievance.grievance = call->id;
	return RC_OK;
}

enum rc
handle_evidence_read(
    const struct call *call, struct command *command, struct err *err)
{
	size_t length;
	const char *body = exchange_body(call->exchange, &length);

	command->kind = COMMAND_ATTACH_EVIDENCE;
	TRY(command_json_evidence(body, length, command, err));
	command->evidence.target = call->id;
	return RC_OK;
}
