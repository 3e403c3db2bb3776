/*
 * Queries of reports as looks for the reader: see handle.h.
 */
#include "hub/http/handle.h"

#include "hub/base/clock.h"
#include "hub/http/call.h"
#include "hub/http/gate.h"

static enum rc
read_time(
    const struct call *call, const char *name, int64_t *at, struct err *err)
{
	const char *text = exchange_query(call->exchange, name);

	if (text == NULL || clock_parse(text, at))
		return RC_OK;
	return err_set(err, RC_INVALID, "bad_time",
	    "%s is a time like 2026-03-12T05:47:33Z", name);
}

static enum rc
read_word(const struct call *call, const char *name, const struct words *words,
    int *value, struct err *err)
{
	const char *text = exchange_query(call->exchange, name);

	if (text == NULL || words_find(words, text, value))
		return RC_OK;
	return err_set(err, RC_INVALID, "not_one_of",
	    "%s is none of the words that it may be", name);
}

static enum rc
read_query(
    const struct call *call, struct view_request *request, struct err *err)
{
	struct report_query *query = &request->report;
	int group = REPORT_BY_UNIT;

	*query = (struct report_query){
		.kind = -1, .priority = -1, .typology = -1
	};
	query->institution = exchange_query(call->exchange, "institution");
	request->unit = exchange_query(call->exchange, "unit");
	request->district = exchange_query(call->exchange, "district");
	TRY(read_time(call, "from", &query->from, err));
	TRY(read_time(call, "until", &query->until, err));
	TRY(read_word(
	    call, "kind", &institution_kind_words, &query->kind, err));
	TRY(read_word(
	    call, "priority", &priority_words, &query->priority, err));
	TRY(read_word(
	    call, "typology", &typology_words, &query->typology, err));
	TRY(read_word(call, "group", &report_group_words, &group, err));
	query->group = (enum report_group)group;
	query->as_csv = gate_wants_csv(
	    exchange_header(call->exchange, "Accept"));
	return report_set_period(query, call->at, err);
}

enum rc
handle_response_times_look(
    const struct call *call, struct view_request *request, struct err *err)
{
	request->kind = VIEW_RESPONSE_TIMES;
	return read_query(call, request, err);
}

enum rc
handle_outcomes_look(
    const struct call *call, struct view_request *request, struct err *err)
{
	request->kind = VIEW_OUTCOMES;
	return read_query(call, request, err);
}
