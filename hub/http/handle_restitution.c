/*
 * Courts' orders on what is held, and the way back of money: bodies as
 * commands, and POST /v1/restitution-plans, of which nothing is stored.  See
 * handle.h.
 */
#include "hub/http/handle.h"

#include "hub/http/call.h"
#include "hub/wire/command_json.h"
#include "hub/wire/restitution_json.h"

enum { ANSWER_LIMIT = 1024 * 1024 };

enum rc
handle_restitution_plan_answer(
    const struct call *call, struct response *response, struct err *err)
{
	struct restitution_input input;
	struct strbuf out;
	size_t length;
	const char *body = exchange_body(call->exchange, &length);

	TRY(restitution_json_read(body, length, call_arena(call), &input, err));
	strbuf_init(&out, ANSWER_LIMIT);
	restitution_json_write(&out, &input);
	response->body = strbuf_take(&out, &response->length);
	response->is_given = true;
	return RC_OK;
}

enum rc
handle_attachment_read(
    const struct call *call, struct command *command, struct err *err)
{
	size_t length;
	const char *body = exchange_body(call->exchange, &length);

	command->kind = COMMAND_ATTACH_TARGET;
	TRY(command_json_attachment(body, length, command, err));
	command->attach.target = call->id;
	return RC_OK;
}

enum rc
handle_restitution_read(
    const struct call *call, struct command *command, struct err *err)
{
	size_t length;
	const char *body = exchange_body(call->exchange, &length);

	command->kind = COMMAND_PROPOSE_RESTITUTION;
	TRY(command_json_restitution(body, length, command, err));
	command->propose.case_id = call->id;
	return RC_OK;
}

enum rc
handle_restitution_order_read(
    const struct call *call, struct command *command, struct err *err)
{
	size_t length;
	const char *body = exchange_body(call->exchange, &length);

	command->kind = COMMAND_ORDER_RESTITUTION;
	TRY(command_json_restitution_order(body, length, command, err));
	command->order.restitution = call->id;
	return RC_OK;
}

enum rc
handle_restitution_refusal_read(
    const struct call *call, struct command *command, struct err *err)
{
	size_t length;
	const char *body = exchange_body(call->exchange, &length);

	command->kind = COMMAND_ORDER_RESTITUTION;
	TRY(command_json_restitution_refusal(body, length, command, err));
	command->order.is_refusal = true;
	command->order.restitution = call->id;
	return RC_OK;
}

enum rc
handle_payment_read(
    const struct call *call, struct command *command, struct err *err)
{
	size_t length;
	const char *body = exchange_body(call->exchange, &length);

	command->kind = COMMAND_PAY_RESTITUTION;
	TRY(command_json_payment(body, length, command, err));
	command->pay.restitution = call->id;
	return RC_OK;
}

enum rc
handle_restitution_look(
    const struct call *call, struct view_request *request, struct err *err)
{
	(void)call;
	(void)err;
	request->kind = VIEW_RESTITUTION;
	return RC_OK;
}
