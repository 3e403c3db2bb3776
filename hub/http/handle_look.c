/*
 * Queries of GETs on case data as looks for the reader: see handle.h.
 */
#include "hub/http/handle.h"

#include "hub/domain/case_state.h"
#include "hub/domain/ids.h"
#include "hub/http/call.h"
#include "hub/http/gate.h"
#include "hub/http/look_query.h"

enum rc
handle_case_list_look(
    const struct call *call, struct view_request *request, struct err *err)
{
	bool is_own = call->actor.role == ROLE_NODAL ||
	    call->actor.role == ROLE_SERVICE;

	request->kind = VIEW_CASES;
	request->unit = exchange_query(call->exchange, "unit");
	request->district = exchange_query(call->exchange, "district");
	TRY(look_query_words(
	    call, "status", case_machine.states, &request->states, err));
	return look_query_page(
	    call, is_own ? CURSOR_OWN_CASES : CURSOR_CASES, request, err);
}

enum rc
handle_case_look(
    const struct call *call, struct view_request *request, struct err *err)
{
	(void)call;
	(void)err;
	request->kind = VIEW_CASE;
	return RC_OK;
}

enum rc
handle_timeline_look(
    const struct call *call, struct view_request *request, struct err *err)
{
	request->kind = VIEW_TIMELINE;
	return look_query_page(call, CURSOR_TIMELINE, request, err);
}

enum rc
handle_target_look(
    const struct call *call, struct view_request *request, struct err *err)
{
	(void)call;
	(void)err;
	request->kind = VIEW_TARGET;
	return RC_OK;
}

enum rc
handle_inbox_look(
    const struct call *call, struct view_request *request, struct err *err)
{
	request->kind = VIEW_INBOX;
	return look_query_page(call, CURSOR_INBOX, request, err);
}

enum rc
handle_notice_look(
    const struct call *call, struct view_request *request, struct err *err)
{
	const char *target = exchange_query(call->exchange, "target");

	request->kind = VIEW_NOTICE;
	if (target == NULL || !id_parse(ID_TARGET, target, &request->target))
		return err_set(err, RC_INVALID, "bad_target",
		    "a notice is about one target: ?target=tgt_...");
	request->as_text = gate_wants_text(
	    exchange_header(call->exchange, "Accept"));
	return RC_OK;
}

enum rc
handle_status_look(
    const struct call *call, struct view_request *request, struct err *err)
{
	(void)call;
	(void)err;
	request->kind = VIEW_STATUS;
	return RC_OK;
}

enum rc
handle_trail_look(
    const struct call *call, struct view_request *request, struct err *err)
{
	(void)call;
	(void)err;
	request->kind = VIEW_TRAIL;
	return RC_OK;
}

enum rc
handle_signals_look(
    const struct call *call, struct view_request *request, struct err *err)
{
	request->kind = VIEW_SIGNALS;
	return look_query_page(call, CURSOR_SIGNALS, request, err);
}

enum rc
handle_attempts_look(
    const struct call *call, struct view_request *request, struct err *err)
{
	request->kind = VIEW_ATTEMPTS;
	return look_query_page(call, CURSOR_ATTEMPTS, request, err);
}

enum rc
handle_alerts_look(
    const struct call *call, struct view_request *request, struct err *err)
{
	request->kind = VIEW_ALERTS;
	request->unit = exchange_query(call->exchange, "unit");
	request->district = exchange_query(call->exchange, "district");
	return look_query_page(call, CURSOR_ALERTS, request, err);
}
