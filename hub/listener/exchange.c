/*
 * Exchanges: see exchange.h and inside.h.  Two parties may answer, the owner
 * and a server that stops; the flag `answered` lets one of them through.
 */
#include "hub/listener/inside.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/random.h>

#include "hub/base/encode.h"
#include "hub/listener/problem.h"

enum { PROBLEM_LIMIT = 4096, RANDOM_SIZE = 24 };

/* getrandom(2) gives up to 256 bytes whole. */
enum { RANDOM_POOL = 10 };

/* ---- the request */

const char *
exchange_method(const struct exchange *exchange)
{
	return exchange->method;
}

const char *
exchange_path(const struct exchange *exchange)
{
	return exchange->path;
}

const char *
exchange_query(const struct exchange *exchange, const char *name)
{
	for (size_t i = 0; i < exchange->query_count; i++)
		if (strcmp(exchange->queries[i].name, name) == 0)
			return exchange->queries[i].value;
	return NULL;
}

const char *
exchange_header(const struct exchange *exchange, const char *name)
{
	for (size_t i = 0; i < exchange->header_count; i++)
		if (strcasecmp(exchange->headers[i].name, name) == 0)
			return exchange->headers[i].value;
	return NULL;
}

const struct exchange_field *
exchange_headers(const struct exchange *exchange, size_t *count)
{
	*count = exchange->header_count;
	return exchange->headers;
}

const struct exchange_field *
exchange_queries(const struct exchange *exchange, size_t *count)
{
	*count = exchange->query_count;
	return exchange->queries;
}

const char *
exchange_body(const struct exchange *exchange, size_t *length)
{
	*length = exchange->body.length;
	return exchange->body.bytes;
}

void *
exchange_sink_state(const struct exchange *exchange)
{
	return exchange->sink.state;
}

const uint8_t *
exchange_peer_key(const struct exchange *exchange)
{
	return exchange->has_peer ? exchange->key : NULL;
}

const uint8_t *
exchange_peer_certificate(const struct exchange *exchange)
{
	return exchange->has_peer ? exchange->certificate : NULL;
}

const char *
exchange_remote(const struct exchange *exchange)
{
	return exchange->remote;
}

const char *
exchange_trace_id(const struct exchange *exchange)
{
	return exchange->trace_id;
}

const char *
exchange_span_id(const struct exchange *exchange)
{
	return exchange->span_id;
}

struct arena *
exchange_arena(struct exchange *exchange)
{
	return exchange->arena;
}

void
exchange_set_user(
    struct exchange *exchange, void *user, void (*cleanup)(void *user))
{
	exchange->user = user;
	exchange->cleanup = cleanup;
}

void *
exchange_user(const struct exchange *exchange)
{
	return exchange->user;
}

bool
exchange_is_last(const struct exchange *exchange)
{
	return atomic_load(&exchange->answered) ||
	    atomic_load(&exchange->server->is_closing);
}

/* ---- its life */

/* What the library shows, copied: a deferred owner may outlive it. */
struct copying {
	struct exchange *exchange;
	struct exchange_field *fields;
	size_t count, capacity;
	bool failed;
};

static enum MHD_Result
copy_field(void *context, enum MHD_ValueKind kind, const char *name,
    size_t name_size, const char *value, size_t value_size)
{
	struct copying *copying = context;
	struct arena *arena = copying->exchange->arena;
	struct exchange_field *field;

	(void)kind;
	if (value == NULL)
		value_size = 0;
	if (strlen(name) != name_size ||
	    (value != NULL && strlen(value) != value_size))
		copying->exchange->has_nul = true;
	copying->fields = arena_grow(arena, copying->fields, copying->count,
	    &copying->capacity, sizeof(*copying->fields));
	if (copying->fields == NULL) {
		copying->failed = true;
		return MHD_NO;
	}
	field = &copying->fields[copying->count++];
	field->name = arena_strndup(arena, name, name_size);
	field->value = arena_strndup(arena, value, value_size);
	copying->failed = field->name == NULL || field->value == NULL;
	return copying->failed ? MHD_NO : MHD_YES;
}

static bool
copy_fields(struct exchange *exchange, enum MHD_ValueKind kind,
    struct exchange_field **fields, size_t *count)
{
	struct copying copying = { .exchange = exchange };

	(void)MHD_get_connection_values_n(
	    exchange->handle, kind, copy_field, &copying);
	*fields = copying.fields;
	*count = copying.failed ? 0 : copying.count;
	return !copying.failed;
}

static bool
is_lower_hex(const char *text, size_t length)
{
	return strspn(text, "0123456789abcdef") >= length &&
	    strspn(text, "0") < length;
}

/* Ids of requests, no secrets: one system call for many of them. */
static const unsigned char *
random_bytes(void)
{
	static _Thread_local unsigned char pool[RANDOM_POOL][RANDOM_SIZE];
	static _Thread_local size_t left;

	if (left == 0) {
		if (getrandom(pool, sizeof(pool), 0) != (ssize_t)sizeof(pool))
			abort();
		left = RANDOM_POOL;
	}
	return pool[--left];
}

/* W3C Trace Context: version "00", trace id, parent id, flags. */
static void
set_trace(struct exchange *exchange)
{
	const char *parent = exchange_header(exchange, "traceparent");
	const unsigned char *random = random_bytes();

	(void)hex_encode(random, 16, exchange->trace_id);
	(void)hex_encode(random + 16, 8, exchange->span_id);
	if (parent != NULL && strlen(parent) == 55 &&
	    memcmp(parent, "00-", 3) == 0 && parent[35] == '-' &&
	    parent[52] == '-' && is_lower_hex(parent + 3, 32) &&
	    is_lower_hex(parent + 36, 16)) {
		memcpy(exchange->trace_id, parent + 3, 32);
	}
}

static void
link_exchange(struct server *server, struct exchange *exchange)
{
	pthread_mutex_lock(&server->lock);
	exchange->next = server->first;
	if (server->first != NULL)
		server->first->previous = exchange;
	server->first = exchange;
	pthread_mutex_unlock(&server->lock);
	atomic_fetch_add(&server->open_requests, 1);
}

static void
unref(struct exchange *exchange)
{
	if (atomic_fetch_sub(&exchange->references, 1) > 1)
		return;
	if (exchange->cleanup != NULL)
		exchange->cleanup(exchange->user);
	if (exchange->response != NULL)
		MHD_destroy_response(exchange->response);
	if (exchange->sink.state != NULL)
		exchange->sink.drop(exchange->sink.state);
	strbuf_clear(&exchange->body);
	arena_free(exchange->arena);
	server_unref(exchange->server);
	free(exchange);
}

struct exchange *
exchange_new(struct connection *connection, struct MHD_Connection *handle,
    const char *method, const char *path, const char *version)
{
	struct server *server = connection->server;
	struct exchange *made = calloc(1, sizeof(*made));
	bool fits;

	if (made == NULL)
		abort();
	atomic_init(&made->references, 1);
	made->server = server;
	atomic_fetch_add(&server->references, 1);
	made->connection = connection;
	made->handle = handle;
	made->arena = arena_new(server->settings.arena_limit);
	strbuf_init(&made->body, 1);
	made->method = arena_strdup(made->arena, method);
	made->path = arena_strdup(made->arena, path);
	made->version = arena_strdup(made->arena, version);
	memcpy(made->remote, connection->remote, sizeof(made->remote));
	made->has_nul = connection->has_nul;
	made->has_peer = !server->settings.plain;
	memcpy(made->key, connection->peer.key, sizeof(made->key));
	memcpy(made->certificate, connection->peer.certificate,
	    sizeof(made->certificate));
	fits = copy_fields(
	    made, MHD_HEADER_KIND, &made->headers, &made->header_count);
	fits = copy_fields(made, MHD_GET_ARGUMENT_KIND, &made->queries,
		   &made->query_count) &&
	    fits;
	link_exchange(server, made);
	if (!fits || made->method == NULL || made->path == NULL ||
	    made->version == NULL) {
		exchange_end(made);
		return NULL;
	}
	set_trace(made);
	return made;
}

void
exchange_end(struct exchange *exchange)
{
	struct server *server = exchange->server;

	pthread_mutex_lock(&server->lock);
	if (exchange->previous != NULL)
		exchange->previous->next = exchange->next;
	else
		server->first = exchange->next;
	if (exchange->next != NULL)
		exchange->next->previous = exchange->previous;
	pthread_mutex_unlock(&server->lock);
	atomic_fetch_sub(&server->open_requests, 1);
	unref(exchange);
}

/* ---- the reply */

void
exchange_defer(struct exchange *exchange)
{
	atomic_fetch_add(&exchange->references, 1);
	atomic_fetch_add(&exchange->server->suspended, 1);
	exchange->is_suspended = true;
	MHD_suspend_connection(exchange->handle);
	atomic_store(&exchange->deferred, true);
}

/* The library may finish the exchange and a stop may free the server as soon
 * as the connection is resumed: `replying` holds the server. */
static void
resume(struct exchange *exchange)
{
	struct server *server = exchange->server;

	atomic_fetch_add(&server->replying, 1);
	MHD_resume_connection(exchange->handle);
	atomic_fetch_sub(&server->replying, 1);
}

static struct MHD_Response *
make_response(const struct exchange_answer *answer)
{
	static char nothing[1];
	/* The library takes a pointer to what it only copies. */
	union {
		const void *given;
		void *taken;
	} body = { .given = answer->body };
	struct MHD_Response *response;

	if (body.given == NULL)
		body.taken = nothing;
	response = MHD_create_response_from_buffer(answer->length, body.taken,
	    answer->body_is_given && answer->body != NULL
		? MHD_RESPMEM_MUST_FREE
		: MHD_RESPMEM_MUST_COPY);
	if (response == NULL)
		abort();
	if (answer->content_type != NULL)
		(void)MHD_add_response_header(response,
		    MHD_HTTP_HEADER_CONTENT_TYPE, answer->content_type);
	for (size_t i = 0; i < answer->header_count; i++)
		(void)MHD_add_response_header(response, answer->headers[i].name,
		    answer->headers[i].value);
	if (answer->close)
		(void)MHD_add_response_header(
		    response, MHD_HTTP_HEADER_CONNECTION, "close");
	return response;
}

void
exchange_reply(struct exchange *exchange, const struct exchange_answer *answer)
{
	bool is_deferred = atomic_load(&exchange->deferred);
	struct MHD_Response *response = make_response(answer);

	if (atomic_exchange(&exchange->answered, true)) {
		MHD_destroy_response(response);
	} else {
		exchange->response = response;
		exchange->status = answer->status;
		exchange->has_body = answer->length > 0;
		exchange->body_length = answer->length;
		if (is_deferred)
			resume(exchange);
	}
	if (is_deferred)
		unref(exchange);
}

static struct MHD_Response *
make_problem(const struct exchange *exchange, int status, const char *code,
    const char *detail, bool close)
{
	static const struct exchange_field headers[] = {
		{ "Cache-Control", "no-store" },
	};
	struct problem problem = { .status = status,
		.code = code,
		.detail = detail,
		.trace_id = exchange->trace_id };
	struct exchange_answer answer = { .status = status,
		.content_type = "application/problem+json",
		.headers = headers,
		.header_count = COUNT(headers),
		.close = close };
	struct MHD_Response *response;
	struct strbuf text;

	strbuf_init(&text, PROBLEM_LIMIT);
	problem_write(&text, &problem);
	answer.body = text.bytes;
	answer.length = text.length;
	response = make_response(&answer);
	strbuf_clear(&text);
	return response;
}

void
exchange_refuse(
    struct exchange *exchange, int status, const char *code, const char *detail)
{
	bool is_deferred = atomic_load(&exchange->deferred);

	if (!atomic_exchange(&exchange->answered, true)) {
		exchange->response = make_problem(
		    exchange, status, code, detail, false);
		exchange->status = status;
		exchange->has_body = true;
		if (is_deferred)
			resume(exchange);
	}
	if (is_deferred)
		unref(exchange);
}

void
exchange_set_problem(
    struct exchange *exchange, int status, const char *code, const char *detail)
{
	if (atomic_exchange(&exchange->answered, true))
		return;
	exchange->response = make_problem(exchange, status, code, detail, true);
	exchange->status = status;
	exchange->has_body = true;
}

void
exchange_abandon(struct exchange *exchange)
{
	if (!atomic_load(&exchange->deferred) ||
	    atomic_exchange(&exchange->answered, true))
		return;
	exchange->response = make_problem(exchange,
	    MHD_HTTP_SERVICE_UNAVAILABLE, "stopping",
	    "the server stops; try again with the same Idempotency-Key", true);
	exchange->status = MHD_HTTP_SERVICE_UNAVAILABLE;
	exchange->has_body = true;
	atomic_fetch_add(&exchange->server->abandoned, 1);
	resume(exchange);
}
