/*
 * Responses: see call.h.  Each failure is logged here, once, with ids and
 * never with values.
 */
#include "hub/http/call.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "hub/base/clock.h"
#include "hub/base/log.h"
#include "hub/domain/ids.h"
#include "hub/wire/problem_json.h"

enum { PROBLEM_LIMIT = 8192, FIELD_SIZE = 96 };

#define PROBLEM_TYPE "application/problem+json"

void
reply_header(struct response *response, const char *name, const char *value)
{
	if (response->header_count < RESPONSE_HEADER_LIMIT)
		response->headers[response->header_count++] =
		    (struct exchange_field){ name, value };
}

/* W3C Trace Context, and draft-ietf-httpapi-ratelimit-headers. */
static void
add_common(const struct call *call, struct response *response, char *trace,
    char *policy, char *left)
{
	reply_header(response, "Cache-Control", "no-store");
	reply_header(response, "X-Content-Type-Options", "nosniff");
	(void)snprintf(trace, FIELD_SIZE, "00-%s-%s-01",
	    exchange_trace_id(call->exchange),
	    exchange_span_id(call->exchange));
	reply_header(response, "traceparent", trace);
	if (!call->has_rate)
		return;
	(void)snprintf(policy, FIELD_SIZE, "\"principal\";q=%u;w=%u",
	    call->rate.limit, call->rate.seconds);
	(void)snprintf(left, FIELD_SIZE, "\"principal\";r=%u;t=%u",
	    call->rate.left, call->rate.seconds);
	reply_header(response, "RateLimit-Policy", policy);
	reply_header(response, "RateLimit", left);
}

void
reply_send(struct call *call, struct response *response)
{
	char trace[FIELD_SIZE], policy[FIELD_SIZE], left[FIELD_SIZE];
	struct exchange_answer answer = {
		.status = response->status,
		.content_type = response->content_type,
		.headers = response->headers,
		.body = response->body,
		.length = response->length,
		.body_is_given = response->is_given,
	};

	add_common(call, response, trace, policy, left);
	answer.header_count = response->header_count;
	tally_add(call->http->tally, call->route, response->status,
	    clock_monotonic() - call->began);
	exchange_reply(call->exchange, &answer);
}

void
reply_drop(struct response *response)
{
	union {
		const void *kept;
		void *given;
	} body = { .kept = response->body };

	if (response->is_given)
		free(body.given);
	*response = (struct response){ .status = 0 };
}

/* ---- failures */

/* A member that nobody knows bears the client's own words: only where it
 * stood is logged. */
static const char *
logged_pointer(const struct err *err, char text[ERR_POINTER_SIZE])
{
	char *last;

	(void)snprintf(text, ERR_POINTER_SIZE, "%s", err->pointer);
	last = strrchr(text, '/');
	if (last != NULL && strcmp(err->code, "unknown_member") == 0)
		*last = '\0';
	return text;
}

static void
log_failure(const struct call *call, int status, const struct err *err)
{
	char principal[ID_TEXT_SIZE] = "", number[8], pointer[ERR_POINTER_SIZE];
	const char *route = call->route == NULL ? "" : call->route->path;

	if (!id_is_zero(&call->actor.principal))
		(void)id_format(
		    ID_PRINCIPAL, &call->actor.principal, principal);
	(void)snprintf(number, sizeof(number), "%d", status);
	if (status >= 500)
		log_error("request failed", "status", number, "code", err->code,
		    "detail", err->text, "method",
		    exchange_method(call->exchange), "route", route,
		    "principal", principal, "trace_id",
		    exchange_trace_id(call->exchange), NULL);
	else
		log_info("request refused", "status", number, "code", err->code,
		    "pointer", logged_pointer(err, pointer), "method",
		    exchange_method(call->exchange), "route", route,
		    "principal", principal, "trace_id",
		    exchange_trace_id(call->exchange), NULL);
}

static void
send_problem(struct call *call, struct response *response,
    const struct err *err, const char *title)
{
	SCOPED(strbuf_clear) struct strbuf text = { .bytes = NULL };
	const char *instance = exchange_path(call->exchange);
	const char *trace_id = exchange_trace_id(call->exchange);

	log_failure(call, response->status, err);
	strbuf_init(&text, PROBLEM_LIMIT);
	if (title == NULL)
		problem_json_write(&text, err, instance, trace_id);
	else
		problem_json_write_as(
		    &text, response->status, title, err, instance, trace_id);
	/* Only a path of thousands of characters does not fit. */
	if (text.failed) {
		strbuf_reset(&text);
		problem_json_write(&text, err, NULL, trace_id);
	}
	response->content_type = PROBLEM_TYPE;
	response->body = text.bytes;
	response->length = text.length;
	reply_send(call, response);
}

/* "Exists but is not yours" must read like "does not exist", whoever of the
 * rooms found it out. */
static const struct err *
uniform(const struct err *err, struct err *missing)
{
	if (err->rc != RC_MISSING || strcmp(err->code, "not_found") != 0)
		return err;
	(void)err_set(missing, RC_MISSING, "not_found",
	    "there is no such thing, or it is not yours");
	return missing;
}

void
reply_failure(struct call *call, const struct err *failure)
{
	struct response response = { .status = problem_status(failure->rc) };
	struct err missing;
	const struct err *err = uniform(failure, &missing);
	char retry[16];

	if (err->rc == RC_LIMITED && call->has_rate) {
		(void)snprintf(
		    retry, sizeof(retry), "%u", call->rate.retry_seconds);
		reply_header(&response, "Retry-After", retry);
	} else if (err->rc == RC_UNAVAILABLE || err->rc == RC_RETRY ||
	    err->rc == RC_LIMITED) {
		reply_header(&response, "Retry-After", "1");
	}
	send_problem(call, &response, err, NULL);
}

void
reply_nowhere(struct call *call, const struct http_way *way)
{
	struct response response = { .status = 405 };
	struct err err;

	if (!way->is_known) {
		(void)err_set(&err, RC_MISSING, "not_found", "no such path");
		reply_failure(call, &err);
		return;
	}
	(void)err_set(&err, RC_MALFORMED, "method_not_allowed",
	    "this path knows %s", way->allow);
	reply_header(&response, "Allow", way->allow);
	send_problem(call, &response, &err, "the method is not allowed");
}

void
reply_wrong_type(struct call *call)
{
	struct response response = { .status = 415 };
	struct err err;

	(void)err_set(&err, RC_MALFORMED, "wrong_content_type",
	    "a body is application/json");
	reply_header(&response, "Accept", "application/json");
	send_problem(
	    call, &response, &err, "the type of the body is not supported");
}
