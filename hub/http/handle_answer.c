/*
 * Answers that need no database: see handle.h.
 */
#include "hub/http/handle.h"

#include <stdio.h>
#include <string.h>

#include "hub/http/call.h"
#include "hub/http/gate.h"
#include "hub/http/next_link.h"
#include "hub/http/openapi.h"
#include "hub/reading/view_registry.h"

enum {
	DEFAULT_LIMIT = 50,
	ANSWER_LIMIT = 1024 * 1024,
};

typedef void write_page(struct strbuf *out, const struct registry *registry,
    const struct actor *actor, struct registry_page *page);

static enum rc
give(struct strbuf *out, struct response *response, struct err *err)
{
	bool failed = out->failed;

	response->body = strbuf_take(out, &response->length);
	strbuf_clear(out);
	response->is_given = true;
	strbuf_clear(out);
	if (failed)
		return err_set(err, RC_TOO_LARGE, "view_too_large",
		    "there is more to see than fits into one answer");
	return RC_OK;
}

static enum rc
answer_page(const struct call *call, enum cursor_kind kind, write_page *write,
    struct response *response, struct err *err)
{
	const char *cursor = exchange_query(call->exchange, "cursor");
	struct registry_page page = { .limit = 0 };
	struct strbuf out;

	TRY(gate_read_limit(exchange_query(call->exchange, "limit"),
	    DEFAULT_LIMIT, VIEW_LIMIT, &page.limit, err));
	if (cursor != NULL && !cursor_parse(cursor, kind, &page.cursor))
		return err_set(err, RC_INVALID, "bad_cursor",
		    "the cursor is not of this list");
	strbuf_init(&out, ANSWER_LIMIT);
	write(&out, call->registry, &call->actor, &page);
	next_link_add(call, response, page.limit, page.next);
	return give(&out, response, err);
}

enum rc
handle_institutions_answer(
    const struct call *call, struct response *response, struct err *err)
{
	return answer_page(call, CURSOR_INSTITUTIONS,
	    view_registry_institutions, response, err);
}

enum rc
handle_endpoints_answer(
    const struct call *call, struct response *response, struct err *err)
{
	return answer_page(
	    call, CURSOR_ENDPOINTS, view_registry_endpoints, response, err);
}

enum rc
handle_roster_answer(
    const struct call *call, struct response *response, struct err *err)
{
	struct strbuf out;

	strbuf_init(&out, ANSWER_LIMIT);
	if (!view_registry_roster(
		&out, call->registry, &call->actor, &call->id, call->at)) {
		strbuf_clear(&out);
		return err_set(err, RC_MISSING, "not_found",
		    "there is no such institution, or it is not yours");
	}
	return give(&out, response, err);
}

enum rc
handle_duties_answer(
    const struct call *call, struct response *response, struct err *err)
{
	struct strbuf out;

	strbuf_init(&out, ANSWER_LIMIT);
	view_registry_duties(&out, call->registry, &call->actor,
	    exchange_query(call->exchange, "unit"),
	    exchange_query(call->exchange, "district"), call->at);
	return give(&out, response, err);
}

enum rc
handle_agreements_answer(
    const struct call *call, struct response *response, struct err *err)
{
	return answer_page(
	    call, CURSOR_AGREEMENTS, view_registry_agreements, response, err);
}

enum rc
handle_me_answer(
    const struct call *call, struct response *response, struct err *err)
{
	struct strbuf out;

	strbuf_init(&out, ANSWER_LIMIT);
	view_registry_me(&out, call->registry, &call->actor);
	return give(&out, response, err);
}

enum rc
handle_meta_answer(
    const struct call *call, struct response *response, struct err *err)
{
	const struct http_settings *settings = &call->http->settings;
	struct strbuf out;

	strbuf_init(&out, ANSWER_LIMIT);
	view_registry_meta(
	    &out, settings->keyring, settings->version, call->at);
	return give(&out, response, err);
}

enum rc
handle_openapi_answer(
    const struct call *call, struct response *response, struct err *err)
{
	(void)call;
	(void)err;
	response->body = openapi_bytes;
	response->length = openapi_length;
	return RC_OK;
}
