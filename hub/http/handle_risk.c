/*
 * Bodies and queries about agreements, signals, watch entries, look-ups and
 * payment holds: see handle.h.
 */
#include "hub/http/handle.h"

#include "hub/domain/payment_hold_state.h"
#include "hub/domain/watch_state.h"
#include "hub/http/call.h"
#include "hub/http/gate.h"
#include "hub/http/look_query.h"
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

enum rc
handle_watch_read(
    const struct call *call, struct command *command, struct err *err)
{
	size_t length;
	const char *body = exchange_body(call->exchange, &length);

	command->kind = COMMAND_ADD_WATCH;
	return command_json_watch(body, length, command, err);
}

/* An own version or none: "*" would take back what was not read. */
enum rc
handle_watch_withdrawal_read(
    const struct call *call, struct command *command, struct err *err)
{
	command->kind = COMMAND_WITHDRAW_WATCH;
	command->withdraw_watch.entry = call->id;
	return gate_read_version(exchange_header(call->exchange, "If-Match"),
	    &command->withdraw_watch.row_version, err);
}

enum rc
handle_dispute_read(
    const struct call *call, struct command *command, struct err *err)
{
	size_t length;
	const char *body = exchange_body(call->exchange, &length);

	command->kind = COMMAND_DISPUTE_WATCH;
	TRY(command_json_dispute(body, length, command, err));
	command->dispute_watch.entry = call->id;
	return RC_OK;
}

enum rc
handle_watch_decision_read(
    const struct call *call, struct command *command, struct err *err)
{
	size_t length;
	const char *body = exchange_body(call->exchange, &length);

	command->kind = COMMAND_DECIDE_WATCH;
	TRY(command_json_watch_decision(body, length, command, err));
	command->decide_watch.entry = call->id;
	return RC_OK;
}

enum rc
handle_look_up_read(
    const struct call *call, struct command *command, struct err *err)
{
	size_t length;
	const char *body = exchange_body(call->exchange, &length);

	command->kind = COMMAND_LOOK_UP;
	return command_json_look_up(body, length, command, err);
}

enum rc
handle_payment_hold_read(
    const struct call *call, struct command *command, struct err *err)
{
	size_t length;
	const char *body = exchange_body(call->exchange, &length);

	command->kind = COMMAND_PLACE_PAYMENT_HOLD;
	return command_json_payment_hold(body, length, command, err);
}

enum rc
handle_payment_answer_read(
    const struct call *call, struct command *command, struct err *err)
{
	size_t length;
	const char *body = exchange_body(call->exchange, &length);

	command->kind = COMMAND_ANSWER_PAYMENT_HOLD;
	TRY(command_json_payment_answer(body, length, command, err));
	command->answer_payment_hold.hold = call->id;
	return RC_OK;
}

/* ---- looks */

enum rc
handle_watches_look(
    const struct call *call, struct view_request *request, struct err *err)
{
	request->kind = VIEW_WATCHES;
	TRY(look_query_words(
	    call, "status", watch_machine.states, &request->states, err));
	return look_query_page(call, CURSOR_WATCHES, request, err);
}

enum rc
handle_watch_look(
    const struct call *call, struct view_request *request, struct err *err)
{
	(void)call;
	(void)err;
	request->kind = VIEW_WATCH;
	return RC_OK;
}

enum rc
handle_payment_holds_look(
    const struct call *call, struct view_request *request, struct err *err)
{
	request->kind = VIEW_PAYMENT_HOLDS;
	TRY(look_query_words(call, "status", payment_hold_machine.states,
	    &request->states, err));
	return look_query_page(call, CURSOR_PAYMENT_HOLDS, request, err);
}

enum rc
handle_payment_hold_look(
    const struct call *call, struct view_request *request, struct err *err)
{
	(void)call;
	(void)err;
	request->kind = VIEW_PAYMENT_HOLD;
	return RC_OK;
}
