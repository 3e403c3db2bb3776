/*
 * The loopback listener: is the process alive, may it be sent requests, and
 * its counters.  See http.h.
 */
#include "hub/http/http.h"

#include <string.h>

#include "hub/http/call.h"
#include "hub/http/metrics.h"
#include "hub/wire/json_writer.h"

enum { ADMIN_LIMIT = 1024 * 1024 };

static void
send(struct exchange *exchange, int status, const char *content_type,
    const struct strbuf *body)
{
	const struct exchange_field headers[] = {
		{ "Cache-Control", "no-store" },
	};
	const struct exchange_answer answer = {
		.status = status,
		.content_type = content_type,
		.headers = headers,
		.header_count = COUNT(headers),
		.body = body->bytes,
		.length = body->length,
	};

	exchange_reply(exchange, &answer);
}

/* Alive: it answers. */
static int
write_health(const struct http *http, struct strbuf *out)
{
	(void)http;
	strbuf_append(out, "{\"status\":\"ok\"}");
	return 200;
}

static void
write_check(struct strbuf *out, const char *name, bool is_good, bool *all)
{
	json_write_bool(out, name, is_good);
	*all = *all && is_good;
}

static int
write_readiness(const struct http *http, struct strbuf *out)
{
	const struct http_settings *settings = &http->settings;
	bool is_ready = true;

	json_write_object(out, NULL);
	json_write_object(out, "checks");
	write_check(
	    out, "desk_database", desk_is_ready(settings->desk), &is_ready);
	write_check(out, "reader_database", reader_is_ready(settings->reader),
	    &is_ready);
	for (size_t i = 0; i < settings->probe_count; i++)
		write_check(out, settings->probes[i].name,
		    settings->probes[i].is_good(settings->probes[i].context),
		    &is_ready);
	json_write_object_end(out);
	json_write_bool(out, "ready", is_ready);
	json_write_object_end(out);
	return is_ready ? 200 : 503;
}

static void
write_desk(const struct http *http, struct strbuf *out)
{
	struct desk_counters desk;

	desk_counters(http->settings.desk, &desk);
	metrics_counter(out, "freezeline_desk_commands_total",
	    "Commands settled.", desk.commands);
	metrics_counter(out, "freezeline_desk_batches_total",
	    "Transactions committed.", desk.batches);
	metrics_counter(out, "freezeline_desk_refusals_total",
	    "Commands that a decision refused.", desk.refusals);
	metrics_counter(out, "freezeline_desk_replays_total",
	    "Commands answered by an earlier reply.", desk.replays);
	metrics_counter(out, "freezeline_desk_retries_total",
	    "Batches run again after a conflict.", desk.retries);
	metrics_counter(out, "freezeline_desk_bisections_total",
	    "Batches cut to find the row that the database refused.",
	    desk.bisections);
	metrics_gauge(out, "freezeline_desk_waiting", "Commands in the queue.",
	    desk.waiting);
	metrics_gauge(out, "freezeline_desk_largest_batch",
	    "Commands of the largest batch.", desk.largest_batch);
}

static void
write_reader(const struct http *http, struct strbuf *out)
{
	struct reader_counters reader;

	reader_counters(http->settings.reader, &reader);
	metrics_counter(out, "freezeline_reader_views_total",
	    "Looks at the database.", reader.views);
	metrics_counter(out, "freezeline_reader_failures_total",
	    "Looks that gave no view.", reader.failures);
	metrics_counter(out, "freezeline_reader_wakes_total",
	    "Long polls woken.", reader.wakes);
	metrics_gauge(out, "freezeline_reader_waiting", "Looks in the queue.",
	    reader.waiting);
	metrics_gauge(out, "freezeline_reader_parked",
	    "Long polls that wait for news.", reader.parked);
}

static int
write_metrics(const struct http *http, struct strbuf *out)
{
	tally_write(http->tally, out);
	write_desk(http, out);
	write_reader(http, out);
	if (http->settings.metrics != NULL)
		http->settings.metrics(http->settings.metrics_context, out);
	return 200;
}

static const struct {
	const char *path, *content_type;
	int (*write)(const struct http *http, struct strbuf *out);
} pages[] = {
	{ "/healthz", "application/json", write_health },
	{ "/readyz", "application/json", write_readiness },
	{ "/metrics", "text/plain; version=0.0.4; charset=utf-8",
	    write_metrics },
};

void
http_admin_handle(struct exchange *exchange, void *context)
{
	SCOPED(strbuf_clear) struct strbuf body = { .bytes = NULL };
	const char *method = exchange_method(exchange);

	if (strcmp(method, "GET") != 0 && strcmp(method, "HEAD") != 0) {
		exchange_refuse(exchange, 405, "method_not_allowed",
		    "this listener only answers GET");
		return;
	}
	for (size_t i = 0; i < COUNT(pages); i++)
		if (strcmp(exchange_path(exchange), pages[i].path) == 0) {
			strbuf_init(&body, ADMIN_LIMIT);
			send(exchange, pages[i].write(context, &body),
			    pages[i].content_type, &body);
			return;
		}
	exchange_refuse(exchange, 404, "not_found", "there is no such page");
}
