/*
 * Queries on what is owed: documents, clocks, and the sums of the legal debt;
 * as looks for the reader: see handle.h.
 */
#include "hub/http/handle.h"

#include "hub/domain/clocks.h"
#include "hub/domain/formality_state.h"
#include "hub/http/call.h"
#include "hub/http/gate.h"
#include "hub/http/look_query.h"

enum rc
handle_debts_look(
    const struct call *call, struct view_request *request, struct err *err)
{
	const char *within = exchange_query(call->exchange, "owes_within");

	request->kind = VIEW_DEBTS;
	look_query_scope(call, request);
	TRY(look_query_case(call, request, err));
	TRY(look_query_words(
	    call, "status", formality_machine.states, &request->states, err));
	if (within != NULL &&
	    !calendar_parse_span(within, &request->owes_within))
		return err_set(err, RC_INVALID, "bad_span",
		    "owes_within is a span like 36h, 2d or 2wd (working days)");
	return look_query_page(call, CURSOR_DEBTS, request, err);
}

enum rc
handle_deadlines_look(
    const struct call *call, struct view_request *request, struct err *err)
{
	uint32_t ended = UINT32_C(1) << DEADLINE_ENDED;

	request->kind = VIEW_DEADLINES;
	look_query_scope(call, request);
	TRY(look_query_case(call, request, err));
	TRY(look_query_words(
	    call, "kind", &deadline_kind_words, &request->kinds, err));
	TRY(look_query_words(
	    call, "status", &deadline_status_words, &request->states, err));
	if ((request->states & ended) != 0)
		return err_set(err, RC_INVALID, "not_one_of",
		    "a clock that has ended is owed by nobody; its case's "
		    "timeline tells of it");
	return look_query_page(call, CURSOR_DEADLINES, request, err);
}

enum rc
handle_legal_debt_look(
    const struct call *call, struct view_request *request, struct err *err)
{
	const char *by = exchange_query(call->exchange, "by");
	int debtor = REPORT_OF_UNIT;

	request->kind = VIEW_LEGAL_DEBT;
	look_query_scope(call, request);
	if (by != NULL && !words_find(&report_debtor_words, by, &debtor))
		return err_set(err, RC_INVALID, "not_one_of",
		    "by is case, unit or institution");
	request->by = (enum report_debtor)debtor;
	request->report.as_csv = gate_wants_csv(
	    exchange_header(call->exchange, "Accept"));
	return look_query_page(call, CURSOR_LEGAL_DEBT, request, err);
}
