/*
 * The way of one request through the library's callbacks: headers, filters,
 * body within its limit, handler, reply.
 */
#include "hub/listener/inside.h"

#include <string.h>

#include "hub/base/log.h"
#include "hub/listener/prefilter.h"

/* The target before it is decoded: from here on its headers are awaited. */
void *
request_target(void *context, const char *target, struct MHD_Connection *handle)
{
	struct server *server = context;
	struct connection *connection = connection_of(handle);

	if (connection == NULL)
		return NULL;
	connection->has_nul = strcasestr(target, "%00") != NULL;
	deadline_set(
	    &connection->deadline, server->settings.header_deadline_ms);
	return NULL;
}

/* At this rate at least a large body or reply must move: 100 kB/s. */
enum { BYTES_PER_MS = 100 };

static int
longer_by(int deadline_ms, uint64_t bytes)
{
	return deadline_ms + (int)(bytes / BYTES_PER_MS);
}

/* Where the body goes, and how much of it may come. */
static void
choose_limit(struct exchange *exchange)
{
	const struct server_settings *settings = &exchange->server->settings;

	exchange->body_limit = settings->body_limit;
	if (settings->body_limit_for != NULL)
		exchange->body_limit = settings->body_limit_for(
		    exchange, settings->context);
	if (settings->open_sink != NULL &&
	    settings->open_sink(exchange, settings->context, &exchange->sink)) {
		exchange->body_limit = exchange->sink.limit;
		deadline_set(&exchange->connection->deadline,
		    longer_by(
			settings->body_deadline_ms, exchange->sink.limit));
	}
	exchange->body.limit = exchange->body_limit;
}

/* The refusal that the headers alone deserve, if any. */
static void
filter(struct exchange *exchange)
{
	struct server *server = exchange->server;
	const struct prefilter_request seen = { .version = exchange->version,
		.headers = exchange->headers,
		.header_count = exchange->header_count,
		.has_nul = exchange->has_nul };
	uint64_t length;
	struct err err;

	if (connection_check(exchange->connection, exchange->handle, &err) !=
	    RC_OK) {
		exchange_set_problem(
		    exchange, MHD_HTTP_FORBIDDEN, err.code, err.text);
	} else if (prefilter_check(&seen, &length, &err) != RC_OK) {
		exchange_set_problem(
		    exchange, MHD_HTTP_BAD_REQUEST, err.code, err.text);
	} else if (atomic_load(&server->is_closing)) {
		exchange_set_problem(exchange, MHD_HTTP_SERVICE_UNAVAILABLE,
		    "stopping", "the server stops; try again");
	} else {
		choose_limit(exchange);
		if (length > exchange->body_limit)
			exchange_set_problem(exchange,
			    MHD_HTTP_CONTENT_TOO_LARGE, "body_too_large",
			    "the body is larger than this request allows");
	}
	if (atomic_load(&exchange->answered))
		atomic_fetch_add(&server->refusals, 1);
}

/* RFC 9112, 6.3: these answers have none, whatever was given. */
static bool
is_body_sent(const struct exchange *exchange)
{
	return exchange->has_body && strcmp(exchange->method, "HEAD") != 0 &&
	    exchange->status != MHD_HTTP_NO_CONTENT &&
	    exchange->status != MHD_HTTP_NOT_MODIFIED;
}

static enum MHD_Result
send_reply(struct exchange *exchange, struct MHD_Connection *handle)
{
	enum MHD_Result result;

	deadline_set(&exchange->connection->deadline,
	    longer_by(exchange->server->settings.reply_deadline_ms,
		exchange->body_length));
	if (is_body_sent(exchange))
		tls_push_hold(&exchange->connection->push);
	result = MHD_queue_response(
	    handle, (unsigned)exchange->status, exchange->response);
	MHD_destroy_response(exchange->response);
	exchange->response = NULL;
	return result;
}

static enum MHD_Result
begin(struct server *server, struct MHD_Connection *handle, const char *url,
    const char *method, const char *version, void **state)
{
	struct connection *connection = connection_of(handle);
	struct exchange *exchange;

	/* No verified peer, no request: the handshake sees to it, and this
	 * does once more. */
	if (connection == NULL ||
	    (!server->settings.plain && !connection->peer.is_verified))
		return MHD_NO;
	atomic_fetch_add(&server->requests, 1);
	exchange = exchange_new(connection, handle, method, url, version);
	if (exchange == NULL)
		return MHD_NO;
	*state = exchange;
	deadline_set(&connection->deadline, server->settings.body_deadline_ms);
	filter(exchange);
	return atomic_load(&exchange->answered) ? send_reply(exchange, handle)
						: MHD_YES;
}

/* The library takes no reply in the middle of a body: what is too large is
 * read to its end without being kept, or cut at twice the limit. */
static enum MHD_Result
take_body(struct exchange *exchange, const char *data, size_t *length)
{
	exchange->body_seen += *length;
	if (exchange->body_seen > exchange->body_limit)
		exchange->is_too_large = true;
	else if (exchange->sink.state != NULL)
		exchange->is_sink_full |= !exchange->sink.take(
		    exchange->sink.state, data, *length);
	else
		strbuf_append_bytes(&exchange->body, data, *length);
	*length = 0;
	if (exchange->body_seen / 2 > exchange->body_limit) {
		atomic_fetch_add(&exchange->server->refusals, 1);
		return MHD_NO;
	}
	return MHD_YES;
}

static void
handle_whole(struct exchange *exchange)
{
	struct server *server = exchange->server;

	exchange->is_handled = true;
	deadline_set(&exchange->connection->deadline, 0);
	if (exchange->is_too_large || exchange->body.failed) {
		atomic_fetch_add(&server->refusals, 1);
		exchange_set_problem(exchange, MHD_HTTP_CONTENT_TOO_LARGE,
		    "body_too_large",
		    "the body is larger than this request allows");
		return;
	}
	if (exchange->is_sink_full) {
		atomic_fetch_add(&server->refusals, 1);
		exchange_set_problem(exchange, MHD_HTTP_SERVICE_UNAVAILABLE,
		    "spool_failed", "the upload cannot be kept; try again");
		return;
	}
	server->settings.handler(exchange, server->settings.context);
	if (exchange->is_suspended || atomic_load(&exchange->answered))
		return;
	log_error(
	    "handler gave no answer", "trace_id", exchange->trace_id, NULL);
	exchange_set_problem(exchange, MHD_HTTP_INTERNAL_SERVER_ERROR,
	    "no_answer", "the request was not answered");
}

enum MHD_Result
request_run(void *context, struct MHD_Connection *handle, const char *url,
    const char *method, const char *version, const char *data, size_t *length,
    void **state)
{
	struct server *server = context;
	struct exchange *exchange = *state;

	if (exchange == NULL)
		return begin(server, handle, url, method, version, state);
	if (*length > 0)
		return take_body(exchange, data, length);
	if (!exchange->is_handled) {
		handle_whole(exchange);
		if (exchange->is_suspended)
			return MHD_YES;
	} else if (exchange->is_suspended) {
		/* Resumed. */
		exchange->is_suspended = false;
		atomic_fetch_sub(&server->suspended, 1);
	}
	return send_reply(exchange, handle);
}

void
request_completed(void *context, struct MHD_Connection *handle, void **state,
    enum MHD_RequestTerminationCode code)
{
	struct server *server = context;
	struct exchange *exchange = *state;

	(void)handle;
	(void)code;
	if (exchange == NULL)
		return;
	*state = NULL;
	if (exchange->is_suspended)
		atomic_fetch_sub(&server->suspended, 1);
	deadline_set(
	    &exchange->connection->deadline, server->settings.idle_deadline_ms);
	exchange_end(exchange);
}
