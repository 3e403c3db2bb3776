/*
 * A GET of case data: to the reader; before its answer leaves, the reading
 * goes on record through the desk (docs/trust.md, "Evidence").  See call.h.
 */
#include "hub/http/call.h"

#include <stdio.h>
#include <string.h>

#include "hub/base/clock.h"
#include "hub/base/encode.h"
#include "hub/domain/document.h"
#include "hub/domain/ids.h"
#include "hub/http/gate.h"
#include "hub/http/next_link.h"

/* As they stand in the events. */
static const char *const view_names[VIEW_KIND_COUNT] = {
	[VIEW_CASE] = "case",
	[VIEW_CASES] = "cases",
	[VIEW_TARGET] = "target",
	[VIEW_RESTITUTION] = "restitution",
	[VIEW_TIMELINE] = "timeline",
	[VIEW_DEBTS] = "formalities",
	[VIEW_ALERTS] = "alerts",
	[VIEW_DEADLINES] = "deadlines",
	[VIEW_LEGAL_DEBT] = "legal_debt",
	[VIEW_DOCUMENT] = "document",
	[VIEW_CONTENT] = "content",
	[VIEW_NOTICE] = "notice",
	[VIEW_STATUS] = "status",
	[VIEW_TRAIL] = "trail",
	[VIEW_INBOX] = "inbox",
	[VIEW_RESPONSE_TIMES] = "response_times",
	[VIEW_OUTCOMES] = "outcomes",
	[VIEW_SIGNALS] = "signals",
	[VIEW_WATCHES] = "watch_entries",
	[VIEW_WATCH] = "watch_entry",
	[VIEW_PAYMENT_HOLDS] = "payment_holds",
	[VIEW_PAYMENT_HOLD] = "payment_hold",
	[VIEW_ATTEMPTS] = "attempts",
};

enum { FILE_HEADER_SIZE = 128, PREFERENCE_SIZE = 16 };

/* ---- the answer */

static void
add_headers(struct call *call, const struct view_reply *reply)
{
	struct response *response = &call->response;
	struct arena *arena = call_arena(call);
	char *text;

	if (reply->etag[0] != '\0' &&
	    (text = arena_strdup(arena, reply->etag)) != NULL)
		reply_header(response, "ETag", text);
	next_link_add(call, response, call->look.limit, reply->next);
	if (call->wait_seconds == 0)
		return;
	text = arena_alloc(arena, PREFERENCE_SIZE);
	if (text == NULL)
		return;
	(void)snprintf(text, PREFERENCE_SIZE, "wait=%d", call->wait_seconds);
	reply_header(response, "Preference-Applied", text);
}

/* RFC 6266, RFC 9530.  The name is ours: what the client called its file is
 * no name for somebody else's disk. */
static void
add_file_headers(struct call *call, const struct view_file *file)
{
	struct response *response = &call->response;
	struct arena *arena = call_arena(call);
	char id[ID_TEXT_SIZE], base64[BASE64_SIZE(sizeof(file->sha256))];
	char *name = arena_alloc(arena, FILE_HEADER_SIZE);
	char *digest = arena_alloc(arena, FILE_HEADER_SIZE);

	response->content_type = arena_strdup(arena, file->media_type);
	if (name == NULL || digest == NULL)
		return;
	(void)snprintf(name, FILE_HEADER_SIZE, "attachment; filename=\"%s.%s\"",
	    id_format(ID_DOCUMENT, &call->id, id),
	    words_name(&document_format_words, (int)file->format));
	(void)snprintf(digest, FILE_HEADER_SIZE, "sha-256=:%s:",
	    base64_encode(file->sha256, sizeof(file->sha256), base64));
	reply_header(response, "Content-Disposition", name);
	reply_header(response, "Content-Digest", digest);
}

/* Keep the answer in the call: it may have to wait for its record. */
static void
keep_answer(struct call *call, struct view_reply *reply)
{
	struct response *response = &call->response;

	response->status = reply->is_same ? 304 : 200;
	add_headers(call, reply);
	if (reply->is_same)
		return;
	response->content_type = reply->content_type != NULL
	    ? reply->content_type
	    : "application/json";
	if (reply->file.is_file)
		add_file_headers(call, &reply->file);
	response->body = strbuf_take(&reply->body, &response->length);
	response->is_given = true;
}

/* ---- the record */

static struct call *
call_of(struct access_waiter *waiter)
{
	return (struct call *)((char *)waiter -
	    offsetof(struct call, access_waiter));
}

static void
finish(struct call *call, const struct err *err)
{
	if (err == NULL) {
		reply_send(call, &call->response);
		return;
	}
	reply_drop(&call->response);
	reply_failure(call, err);
}

/* On the desk's thread. */
static void
recorded(void *context, struct command *command, const struct reply *reply)
{
	struct call *call = context;
	struct access_waiter *waiter;
	const struct err *failure = NULL;
	struct err err;

	(void)command;
	if (reply->rc != RC_OK) {
		err = reply->err;
		/* Someone who was shut out in between is told so. */
		if (reply->rc != RC_FORBIDDEN)
			(void)err_set(&err, RC_UNAVAILABLE,
			    "access_not_recorded",
			    "the reading cannot be put on record; try again");
		failure = &err;
	}
	waiter = call->look.kind == VIEW_CONTENT
	    ? NULL
	    : access_log_settle(call->http->access, &call->access_key,
		  clock_monotonic(), failure == NULL);
	finish(call, failure);
	while (waiter != NULL) {
		struct access_waiter *next = waiter->next;

		finish(call_of(waiter), failure);
		waiter = next;
	}
}

static void
record(struct call *call, const struct view_reply *reply)
{
	struct command *command = call->command;

	command->kind = COMMAND_RECORD_ACCESS;
	command->access = (struct record_access){
		.case_id = reply->case_id,
		.view = view_names[call->look.kind],
		.count = reply->case_count,
	};
	if (call->look.kind == VIEW_CONTENT)
		command->access.document = call->id;
	desk_submit(call->http->settings.desk, command, recorded, call);
}

/* On a reader's thread. */
static void
seen(void *context, struct view_request *request, struct view_reply *reply)
{
	struct call *call = context;
	struct err err;

	if (reply->rc != RC_OK) {
		reply_failure(call, &reply->err);
		return;
	}
	/* A minute may have passed, and the reading be on record already. */
	if (call_identify(call, &err) != RC_OK) {
		reply_failure(call, &err);
		return;
	}
	keep_answer(call, reply);
	/* Nobody's data is on an empty page. */
	if (id_is_zero(&reply->case_id) && reply->case_count == 0) {
		reply_send(call, &call->response);
		return;
	}
	/* Each time a content leaves is an event of its own. */
	if (request->kind == VIEW_CONTENT) {
		record(call, reply);
		return;
	}
	call->access_key.principal = call->actor.principal;
	call->access_key.case_id = reply->case_id;
	call->access_key.view = (uint32_t)request->kind;
	switch (access_log_ask(call->http->access, &call->access_key,
	    clock_monotonic(), &call->access_waiter)) {
	case ACCESS_RECORDED:
		reply_send(call, &call->response);
		return;
	case ACCESS_MINE:
		record(call, reply);
		return;
	case ACCESS_WAITS:
		return;
	}
}

/* ---- the question */

static bool
may_wait(const struct call *call)
{
	switch (call->look.kind) {
	case VIEW_INBOX:
		return true;
	case VIEW_CASE:
	case VIEW_TARGET:
		return call->look.if_none_match != NULL;
	case VIEW_CASES:
	case VIEW_TIMELINE:
	case VIEW_DEBTS:
	case VIEW_ALERTS:
	case VIEW_DEADLINES:
	case VIEW_LEGAL_DEBT:
	case VIEW_DOCUMENT:
	case VIEW_CONTENT:
	case VIEW_NOTICE:
	case VIEW_RESTITUTION:
	case VIEW_STATUS:
	case VIEW_RESPONSE_TIMES:
	case VIEW_OUTCOMES:
	case VIEW_TRAIL:
	case VIEW_SIGNALS:
	case VIEW_WATCHES:
	case VIEW_WATCH:
	case VIEW_PAYMENT_HOLDS:
	case VIEW_PAYMENT_HOLD:
	case VIEW_ATTEMPTS:
	case VIEW_KIND_COUNT:
		break;
	}
	return false;
}

enum rc
use_look(struct call *call, struct err *err)
{
	struct view_request *look = &call->look;

	look->actor = call->actor;
	look->id = call->id;
	memcpy(look->ref, call->ref, sizeof(look->ref));
	look->if_none_match = exchange_header(call->exchange, "If-None-Match");
	TRY(call->route->look(call, look, err));
	if (look->kind == VIEW_CONTENT)
		TRY(upload_begin_download(call, err));
	if (may_wait(call))
		call->wait_seconds = gate_read_wait(
		    exchange_header(call->exchange, "Prefer"), VIEW_WAIT_LIMIT);
	if (!exchange_is_last(call->exchange))
		look->wait_seconds = call->wait_seconds;
	/* Made here, where a failure can still be told at once. */
	TRY(call_command(call, &call->command, err));
	call->registry = NULL;
	exchange_defer(call->exchange);
	reader_submit(call->http->settings.reader, look, seen, call);
	return RC_OK;
}
