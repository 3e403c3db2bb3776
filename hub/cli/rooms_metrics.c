/*
 * Metrics of dispatcher, sequencer and listener: see rooms_metrics.h.
 */
#include "hub/cli/rooms_metrics.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "hub/base/clock.h"
#include "hub/base/log.h"
#include "hub/domain/ids.h"
#include "hub/http/metrics.h"

enum { LABEL_SIZE = 96 };

static void
write_attempts(const struct dispatcher_counters *counters, struct strbuf *out)
{
	char label[LABEL_SIZE];

	metrics_head(out, "freezeline_attempts_total", "counter",
	    "delivery attempts by what came back");
	for (int i = 1; i < TALLY_STATUSES; i++) {
		if (counters->statuses[i] == 0)
			continue;
		(void)snprintf(label, sizeof label, "status=\"%d\"", i);
		metrics_line(out, "freezeline_attempts_total", label,
		    counters->statuses[i]);
	}
	for (int i = COURIER_NONE + 1; i < COURIER_ERROR_COUNT; i++) {
		if (counters->errors[i] == 0)
			continue;
		(void)snprintf(label, sizeof label, "error=\"%s\"",
		    courier_error_name((enum courier_error)i));
		metrics_line(out, "freezeline_attempts_total", label,
		    counters->errors[i]);
	}
}

static void
write_histogram(const char *name, const char *help,
    const struct tally_histogram *histogram, struct strbuf *out)
{
	char line[LABEL_SIZE], label[LABEL_SIZE];
	uint64_t sum = 0;

	metrics_head(out, name, "histogram", help);
	for (int i = 0; i < TALLY_BUCKETS; i++) {
		sum += histogram->counts[i];
		if (i + 1 < TALLY_BUCKETS)
			(void)snprintf(label, sizeof label, "le=\"%g\"",
			    (double)tally_bounds[i] / (double)CLOCK_SECOND);
		else
			(void)snprintf(label, sizeof label, "le=\"+Inf\"");
		(void)snprintf(line, sizeof line, "%s_bucket", name);
		metrics_line(out, line, label, sum);
	}
	strbuf_printf(out, "%s_sum %g\n%s_count %" PRIu64 "\n", name,
	    (double)histogram->sum / (double)CLOCK_SECOND, name,
	    histogram->count);
}

/* The oldest message of each endpoint: an alert looks at the largest. */
static void
write_ages(const struct dispatcher_counters *counters, struct strbuf *out)
{
	int64_t now = clock_now();
	char label[LABEL_SIZE], id[ID_TEXT_SIZE];

	metrics_head(out, "freezeline_oldest_message_seconds", "gauge",
	    "age of the oldest message that waits for an institution");
	for (size_t i = 0; i < counters->age_count; i++) {
		const struct tally_age *age = &counters->ages[i];

		(void)snprintf(label, sizeof label,
		    "institution=\"%s\",priority=\"%d\"",
		    id_format(ID_INSTITUTION, &age->institution, id),
		    age->priority);
		metrics_line(out, "freezeline_oldest_message_seconds", label,
		    (uint64_t)((now - age->created_at) / CLOCK_SECOND));
	}
}

static void
write_dispatcher(struct dispatcher *dispatcher, struct strbuf *out)
{
	struct dispatcher_counters *counters = malloc(sizeof *counters);

	if (counters == NULL)
		log_panic("out of memory", NULL);
	dispatcher_counters(dispatcher, counters);
	write_attempts(counters, out);
	write_histogram("freezeline_submit_to_delivered_seconds",
	    "from the commit of a message to its 2xx", &counters->delivered,
	    out);
	write_histogram("freezeline_wake_to_send_seconds",
	    "from the dispatcher's wake to the first byte sent",
	    &counters->woken, out);
	write_ages(counters, out);
	metrics_gauge(out, "freezeline_deliveries_in_flight",
	    "attempts under way", counters->in_flight);
	metrics_gauge(out, "freezeline_suspended_endpoints",
	    "endpoints that are only probed", counters->suspended);
	metrics_counter(out, "freezeline_pings_total",
	    "pings that kept a connection open", counters->pings);
	metrics_counter(out, "freezeline_failed_pings_total",
	    "pings without a 2xx", counters->failed_pings);
	metrics_gauge(out, "freezeline_shards",
	    "shards that this node delivers", counters->shards);
	metrics_counter(out, "freezeline_lease_changes_total",
	    "shards taken over or lost", counters->lease_changes);
	metrics_counter(out, "freezeline_completion_batches_total",
	    "batches of attempts recorded", counters->batches);
	metrics_counter(out, "freezeline_attempts_recorded_total",
	    "attempts in the log", counters->recorded);
	free(counters);
}

static void
write_sequencer(struct sequencer *sequencer, struct strbuf *out)
{
	struct sequencer_counters counters;

	sequencer_counters(sequencer, &counters);
	metrics_counter(out, "freezeline_events_sequenced_total",
	    "events that this node gave their leaf index", counters.events);
	metrics_gauge(out, "freezeline_sequencer_is_owner",
	    "1: this node sequences", (uint64_t)counters.is_owner);
}

static void
write_deadlines(struct deadlines *deadlines, struct strbuf *out)
{
	struct deadlines_counters counters;

	deadlines_counters(deadlines, &counters);
	metrics_counter(out, "freezeline_deadlines_passed_total",
	    "stages of clocks that came", counters.passed);
	metrics_counter(out, "freezeline_deadlines_failed_total",
	    "stages that the desk could not take yet", counters.failed);
	metrics_gauge(out, "freezeline_deadlines_is_owner",
	    "1: this node looks for them", (uint64_t)counters.is_owner);
}

static void
write_server(const struct server *server, struct strbuf *out)
{
	struct server_counters counters;

	server_counters(server, &counters);
	metrics_counter(out, "freezeline_connections_total",
	    "connections accepted", counters.connections);
	metrics_counter(out, "freezeline_handshakes_refused_total",
	    "connections closed before a good certificate",
	    counters.handshakes_refused);
	metrics_counter(out, "freezeline_deadline_reaps_total",
	    "connections shut by a deadline", counters.deadline_reaps);
	metrics_gauge(out, "freezeline_open_connections", "open connections",
	    counters.open_connections);
}

void
rooms_metrics_write(struct dispatcher *dispatcher, struct sequencer *sequencer,
    struct deadlines *deadlines, const struct server *server,
    struct strbuf *out)
{
	if (dispatcher != NULL)
		write_dispatcher(dispatcher, out);
	if (sequencer != NULL)
		write_sequencer(sequencer, out);
	if (deadlines != NULL)
		write_deadlines(deadlines, out);
	if (server != NULL)
		write_server(server, out);
}
