/*
 * The order of the checks: where a request comes from, who sent it, how
 * often, where it goes, whether they may, what it says.  See http.h.
 */
#include "hub/http/http.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "hub/base/clock.h"
#include "hub/base/log.h"
#include "hub/http/call.h"
#include "hub/http/gate.h"
#include "hub/domain/ids.h"

struct http *
http_new(const struct http_settings *settings)
{
	struct http *http = calloc(1, sizeof(*http));

	if (http == NULL)
		log_panic("out of memory", NULL);
	http->settings = *settings;
	http->rate = rate_new(settings->requests_per_second == 0
		? 200
		: settings->requests_per_second,
	    1);
	http->lookup_rate = rate_new(settings->lookups_per_minute == 0
		? 60
		: settings->lookups_per_minute,
	    60);
	http->access = access_log_new();
	http->tally = tally_new();
	return http;
}

void
http_free(struct http *http)
{
	if (http == NULL)
		return;
	rate_free(http->rate);
	rate_free(http->lookup_rate);
	access_log_free(http->access);
	tally_free(http->tally);
	free(http);
}

/* ---- the checks */

static enum rc
check_origin(const struct call *call, struct err *err)
{
	const struct exchange *exchange = call->exchange;
	const struct gate_origin origin = {
		.method = exchange_method(exchange),
		.fetch_site = exchange_header(exchange, "Sec-Fetch-Site"),
		.origin = exchange_header(exchange, "Origin"),
		.host = exchange_header(exchange, "Host"),
	};

	return gate_check_origin(&origin, err);
}

/* Whom an old view lets in may have been shut out long ago. */
static enum rc
check_probes(const struct http *http, struct err *err)
{
	const struct http_settings *settings = &http->settings;

	for (size_t i = 0; i < settings->probe_count; i++)
		if (!settings->probes[i].is_good(settings->probes[i].context))
			return err_set(err, RC_UNAVAILABLE, "not_ready",
			    "the hub has no fresh view of the %s; try again",
			    settings->probes[i].name);
	return RC_OK;
}

/* On every request, also of a connection that stays open: a revocation must
 * not wait for its end. */
static enum rc
identify(struct call *call, struct err *err)
{
	const uint8_t *key = exchange_peer_key(call->exchange);

	if (key == NULL)
		return err_set(err, RC_FORBIDDEN, "certificate_not_enrolled",
		    "this listener knows nobody");
	TRY(check_probes(call->http, err));
	return registry_identify(
	    call->registry, key, call->at, &call->actor, err);
}

static enum rc
check_rate(struct call *call, struct err *err)
{
	call->rate = rate_take(
	    call->http->rate, &call->actor.principal, call->began);
	call->has_rate = true;
	if (call->rate.is_allowed)
		return RC_OK;
	return err_set(err, RC_LIMITED, "too_many_requests",
	    "more than %u requests in a second", call->rate.limit);
}

/* Whoever asks about everybody would copy the lists. */
static enum rc
check_scarce(struct call *call, struct err *err)
{
	if (!call->route->is_scarce)
		return RC_OK;
	call->rate = rate_take(
	    call->http->lookup_rate, &call->actor.principal, call->began);
	if (call->rate.is_allowed)
		return RC_OK;
	return err_set(err, RC_LIMITED, "too_many_lookups",
	    "more than %u look-ups in a minute", call->rate.limit);
}

/* A spoken reference, in either case of its letters. */
static bool
read_ref(const char *text, char ref[SNAPSHOT_REF_SIZE])
{
	size_t length = strlen(text);

	if (length == 0 || length >= SNAPSHOT_REF_SIZE ||
	    strchr(text, '-') == NULL)
		return false;
	for (size_t i = 0; i <= length; i++) {
		ref[i] = (char)toupper((unsigned char)text[i]);
		if (i < length && ref[i] != '-' &&
		    !isalnum((unsigned char)ref[i]))
			return false;
	}
	return true;
}

/* What is no id names nothing: the same 404 as for an id that nobody has. */
static enum rc
read_param(struct call *call, const struct http_way *way, struct err *err)
{
	if (way->param[0] == '\0' ||
	    id_parse(way->prefix, way->param, &call->id))
		return RC_OK;
	if (call->route->look != NULL && strcmp(way->prefix, ID_CASE) == 0 &&
	    read_ref(way->param, call->ref))
		return RC_OK;
	return err_set(err, RC_MISSING, "not_found", "no such id");
}

static enum rc
check_query(struct call *call, struct err *err)
{
	const struct exchange_field *queries;
	size_t count;

	queries = exchange_queries(call->exchange, &count);
	TRY(gate_check_queries(queries, count, call->route->queries, err));
	return gate_read_flag(exchange_query(call->exchange, "dry_run"),
	    "dry_run", &call->is_dry_run, err);
}

/* ---- what follows */

static enum rc
answer_now(struct call *call, struct err *err)
{
	struct response response = { .status = 200,
		.content_type = "application/json" };

	enum rc rc = call->route->answer(call, &response, err);

	if (rc == RC_OK)
		reply_send(call, &response);
	else
		reply_drop(&response);
	return rc;
}

static enum rc
use_route(struct call *call, const struct http_way *way, struct err *err)
{
	TRY(access_check(&call->actor, call->route->right, err));
	TRY(check_scarce(call, err));
	TRY(read_param(call, way, err));
	TRY(check_query(call, err));
	if (call->route->look != NULL)
		return use_look(call, err);
	if (call->route->answer != NULL)
		return answer_now(call, err);
	return use_command(call, err);
}

static bool
has_wrong_type(const struct call *call)
{
	size_t length;

	(void)exchange_body(call->exchange, &length);
	return !call->route->is_upload && !gate_is_safe(call->route->method) &&
	    length > 0 &&
	    !gate_is_json(exchange_header(call->exchange, "Content-Type"));
}

static void
handle(struct call *call)
{
	struct err err = { .rc = RC_OK };
	struct http_way way;
	enum rc rc;

	rc = check_origin(call, &err);
	if (rc == RC_OK)
		rc = identify(call, &err);
	if (rc == RC_OK)
		rc = check_rate(call, &err);
	if (rc != RC_OK) {
		reply_failure(call, &err);
		return;
	}
	http_route_find(exchange_method(call->exchange),
	    exchange_path(call->exchange), &way);
	call->route = way.route;
	if (call->route == NULL) {
		reply_nowhere(call, &way);
		return;
	}
	if (has_wrong_type(call)) {
		reply_wrong_type(call);
		return;
	}
	if (use_route(call, &way, &err) != RC_OK)
		reply_failure(call, &err);
}

void
http_handle(struct exchange *exchange, void *context)
{
	struct http *http = context;
	SCOPED(registry_cleanup)
	struct registry *registry = http->settings.registry(
	    http->settings.context);
	struct call *call = arena_alloc(
	    exchange_arena(exchange), sizeof(*call));

	if (call == NULL) {
		exchange_refuse(exchange, 413, "request_too_large",
		    "the request does not fit into its memory");
		return;
	}
	call->http = http;
	call->exchange = exchange;
	call->at = clock_now();
	call->began = clock_monotonic();
	call->registry = registry;
	handle(call);
}

/* ---- for the others of the room */

enum rc
call_identify(const struct call *call, struct err *err)
{
	const struct http_settings *settings = &call->http->settings;
	SCOPED(registry_cleanup)
	struct registry *registry = settings->registry(settings->context);
	struct actor now;

	return registry_identify(registry, exchange_peer_key(call->exchange),
	    clock_now(), &now, err);
}

struct arena *
call_arena(const struct call *call)
{
	return exchange_arena(call->exchange);
}

enum rc
call_command(struct call *call, struct command **command, struct err *err)
{
	struct command *made = arena_alloc(call_arena(call), sizeof(*made));

	if (made == NULL)
		return err_set(err, RC_TOO_LARGE, "request_too_large",
		    "the request does not fit into its memory");
	made->actor = call->actor;
	made->at = call->at;
	made->base = id_new();
	made->arena = call_arena(call);
	memcpy(made->trace_id, exchange_trace_id(call->exchange),
	    sizeof(made->trace_id));
	*command = made;
	return RC_OK;
}
