/*
 * Queries of GETs on case data as looks for the reader: see handle.h.
 */
#include "hub/http/handle.h"

#include <string.h>

#include "hub/domain/case_state.h"
#include "hub/domain/formality_state.h"
#include "hub/domain/ids.h"
#include "hub/http/call.h"
#include "hub/http/gate.h"

enum { DEFAULT_LIMIT = 50, WORD_SIZE = 32 };

static enum rc
read_cursor(const struct call *call, enum cursor_kind kind,
    struct cursor *cursor, struct err *err)
{
	const char *text = exchange_query(call->exchange, "cursor");

	if (text == NULL || cursor_parse(text, kind, cursor))
		return RC_OK;
	return err_set(
	    err, RC_INVALID, "bad_cursor", "the cursor is not of this list");
}

static enum rc
read_page(const struct call *call, enum cursor_kind kind,
    struct view_request *request, struct err *err)
{
	TRY(gate_read_limit(exchange_query(call->exchange, "limit"),
	    DEFAULT_LIMIT, VIEW_LIMIT, &request->limit, err));
	return read_cursor(call, kind, &request->cursor, err);
}

/* "dispatched,in_progress" as bits. */
static enum rc
read_states(const char *text, const struct words *words, uint32_t *states,
    struct err *err)
{

	while (text != NULL && *text != '\0') {
		size_t length = strcspn(text, ",");
		char word[WORD_SIZE] = "";
		int state;

		if (length < sizeof(word))
			memcpy(word, text, length);
		if (!words_find(words, word, &state))
			return err_set(err, RC_INVALID, "not_one_of",
			    "status is a list of states: not a %s",
			    words->what);
		*states |= UINT32_C(1) << state;
		text += length + (text[length] == ',');
	}
	return RC_OK;
}

enum rc
handle_case_list_look(
    const struct call *call, struct view_request *request, struct err *err)
{
	bool is_own = call->actor.role == ROLE_NODAL ||
	    call->actor.role == ROLE_SERVICE;

	request->kind = VIEW_CASES;
	request->unit = exchange_query(call->exchange, "unit");
	request->district = exchange_query(call->exchange, "district");
	TRY(read_states(exchange_query(call->exchange, "status"),
	    case_machine.states, &request->states, err));
	return read_page(
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
	return read_page(call, CURSOR_TIMELINE, request, err);
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
	return read_page(call, CURSOR_INBOX, request, err);
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
	return read_page(call, CURSOR_SIGNALS, request, err);
}

enum rc
handle_alerts_look(
    const struct call *call, struct view_request *request, struct err *err)
{
	request->kind = VIEW_ALERTS;
	request->unit = exchange_query(call->exchange, "unit");
	request->district = exchange_query(call->exchange, "district");
	return read_page(call, CURSOR_ALERTS, request, err);
}

enum rc
handle_debts_look(
    const struct call *call, struct view_request *request, struct err *err)
{
	const char *of_case = exchange_query(call->exchange, "case");

	request->kind = VIEW_DEBTS;
	if (of_case != NULL && !id_parse(ID_CASE, of_case, &request->of_case))
		return err_set(err, RC_INVALID, "bad_case",
		    "case is the id of a case: ?case=case_...");
	TRY(read_states(exchange_query(call->exchange, "status"),
	    formality_machine.states, &request->states, err));
	return read_page(call, CURSOR_DEBTS, request, err);
}
