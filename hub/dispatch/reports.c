/*
 * Reports: see reports.h.
 */
#include "hub/dispatch/reports.h"

#include <stdlib.h>
#include <string.h>

#include "hub/base/clock.h"
#include "hub/base/encode.h"
#include "hub/base/log.h"

enum {
	REPORT_BYTES = 4 * 1024 * 1024,
	/* Of one command: the desk loads and locks what they name. */
	REPORT_FACTS = 128,
	REPORT_TARGETS = 512,
};

#define AGAIN_AFTER (CLOCK_SECOND / 2)

struct report {
	struct command command;
	struct reports *reports;
	struct report *next;
};

void
reports_init(struct reports *reports)
{
	reports->returned = NULL;
	reports->undecided = reports->returned_count = 0;
	pthread_mutex_init(&reports->lock, NULL);
}

static void
report_free(struct report *report)
{
	arena_free(report->command.arena);
	free(report);
}

void
reports_clear(struct reports *reports)
{
	while (reports->returned != NULL) {
		struct report *report = reports->returned;

		reports->returned = report->next;
		report_free(report);
	}
	pthread_mutex_destroy(&reports->lock);
}

static bool
is_to_repeat(enum rc rc)
{
	return rc == RC_UNAVAILABLE || rc == RC_LIMITED || rc == RC_RETRY;
}

/* On the desk's thread. */
static void
on_done(void *context, struct command *command, const struct reply *reply)
{
	struct report *report = context;
	struct reports *reports = report->reports;

	(void)command;
	if (reply->rc != RC_OK && !is_to_repeat(reply->rc))
		log_error("the desk refused a report of deliveries", "code",
		    reply->err.code, "why", reply->err.text, NULL);
	pthread_mutex_lock(&reports->lock);
	if (is_to_repeat(reply->rc)) {
		report->next = reports->returned;
		reports->returned = report;
		reports->returned_count++;
		reports->again_at = clock_monotonic() + AGAIN_AFTER;
		report = NULL;
	} else {
		reports->undecided--;
	}
	/* Inside the lock: once it is free the dispatcher may end. */
	reports->answered(reports->answered_context);
	pthread_mutex_unlock(&reports->lock);
	if (report != NULL)
		report_free(report);
}

static struct report *
report_new(struct reports *reports)
{
	struct report *report = calloc(1, sizeof(*report));
	struct command *command;

	if (report == NULL)
		abort();
	report->reports = reports;
	command = &report->command;
	command->kind = COMMAND_RECORD_DELIVERY;
	command->actor.role = ROLE_HUB;
	command->actor.kind = INSTITUTION_HUB;
	command->at = clock_now();
	command->base = id_new();
	command->arena = arena_new(REPORT_BYTES);
	hex_encode(command->base.bytes, sizeof(command->base.bytes),
	    command->trace_id);
	return report;
}

static const void *
keep(struct arena *arena, const void *bytes, size_t length)
{
	const void *kept = arena_memdup(arena, bytes, length);

	/* REPORT_BYTES holds any report: 128 facts, 64 targets each. */
	if (kept == NULL)
		log_panic("a report of deliveries is too large", NULL);
	return kept;
}

static struct delivery_report
to_report(const struct outbox_fact *fact, struct arena *arena)
{
	return (struct delivery_report){
		.fact = fact->fact,
		.type = fact->type,
		.message = fact->message,
		.endpoint = fact->endpoint,
		.generation = fact->generation,
		.at = fact->at,
		.attempted_at = fact->attempted_at,
		.status = fact->status,
		.error = keep(arena, fact->error, strlen(fact->error) + 1),
		.targets = keep(arena, fact->targets,
		    fact->target_count * sizeof(*fact->targets)),
		.target_count = fact->target_count,
	};
}

/* As many as fit into one command; how many that were. */
static size_t
send_some(
    struct reports *reports, const struct outbox_fact *facts, size_t count)
{
	struct report *report = report_new(reports);
	struct arena *arena = report->command.arena;
	struct delivery_report *made = arena_alloc(
	    arena, REPORT_FACTS * sizeof(*made));
	size_t taken = 0, targets = 0;

	if (made == NULL)
		log_panic("a report of deliveries is too large", NULL);
	for (; taken < count && taken < REPORT_FACTS; taken++) {
		targets += facts[taken].target_count;
		if (taken > 0 && targets > REPORT_TARGETS)
			break;
		made[taken] = to_report(&facts[taken], arena);
	}
	report->command.delivery.reports = made;
	report->command.delivery.report_count = taken;
	pthread_mutex_lock(&reports->lock);
	reports->undecided++;
	reports->sent++;
	pthread_mutex_unlock(&reports->lock);
	reports->submit(reports->context, &report->command, on_done, report);
	return taken;
}

void
reports_send(
    struct reports *reports, const struct outbox_fact *facts, size_t count)
{
	for (size_t at = 0; at < count;)
		at += send_some(reports, facts + at, count - at);
}

void
reports_repeat(struct reports *reports, int64_t now)
{
	struct report *returned = NULL;

	pthread_mutex_lock(&reports->lock);
	if (reports->returned != NULL && now >= reports->again_at) {
		returned = reports->returned;
		reports->returned = NULL;
		reports->returned_count = 0;
	}
	pthread_mutex_unlock(&reports->lock);
	while (returned != NULL) {
		struct report *report = returned;

		returned = report->next;
		report->command.ids_used = 0;
		reports->submit(
		    reports->context, &report->command, on_done, report);
	}
}

size_t
reports_undecided(struct reports *reports)
{
	size_t undecided;

	pthread_mutex_lock(&reports->lock);
	undecided = reports->undecided;
	pthread_mutex_unlock(&reports->lock);
	return undecided;
}

size_t
reports_at_desk(struct reports *reports)
{
	size_t count;

	pthread_mutex_lock(&reports->lock);
	count = reports->undecided - reports->returned_count;
	pthread_mutex_unlock(&reports->lock);
	return count;
}
