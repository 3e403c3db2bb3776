/*
 * Bodies and queries about agreements, signals, watch entries, look-ups and
 * payment holds: see handle.h.
 */
#include "hub/http/handle.h"

#include "hub/http/call.h"
#include "hub/wire/command_json.h"

enum rc
handle_agreement_read(
    const struct call *call, struct command *command, struct err *err)
{
	size_t length;
	const char *body = exchange_body(call->exchange, &length);

	command->kind = COMMAND_REGISTER_AGREEMENT;
	return command_json_agreement(body, length, command, err);
}

enum rc
handle_agreement_withdrawal_read(
    const struct call *call, struct command *command, struct err *err)
{
	size_t length;
	const char *body = exchange_body(call->exchange, &length);

	command->kind = COMMAND_WITHDRAW_AGREEMENT;
	command->withdraw_agreement.agreement = call->id;
	return command_json_agreement_withdrawal(body, length, command, err);
}

enum rc
handle_signal_read(
    const struct call *call, struct command *command, struct err *err)
{
	size_t length;
	const char *body = exchange_body(call->exchange, &length);

	command->kind = COMMAND_SEND_SIGNAL;
	return command_json_signal(body, length, command, err);
}
