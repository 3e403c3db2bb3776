/*
 * The dispatcher: see dispatcher.h.  Its thread goes round: upkeep, fetch,
 * send, record, wait for the network and the answers.
 */
#include "hub/dispatch/dispatcher.h"

#include <stdlib.h>
#include <string.h>

#include "hub/base/clock.h"
#include "hub/base/log.h"
#include "hub/dispatch/inside.h"

enum {
	IN_FLIGHT = 512,
	STOP_SECONDS = 5,
	ANSWER_BYTES = 64 * 1024 * 1024,
};

static void
go_round(struct dispatcher *dispatcher)
{
	struct err err;

	upkeep_step(dispatcher);
	if (!atomic_load(&dispatcher->is_stopping))
		fetch_step(dispatcher);
	sending_step(dispatcher);
	recorder_flush(
	    &dispatcher->recorder, courier_in_flight(dispatcher->courier) == 0);
	if (courier_poll(dispatcher->courier, upkeep_wait(dispatcher), &err) !=
	    RC_OK)
		log_panic("the dispatcher cannot wait", "why", err.text, NULL);
}

static bool
is_finished(struct dispatcher *dispatcher)
{
	return courier_in_flight(dispatcher->courier) == 0 &&
	    recorder_is_empty(&dispatcher->recorder) &&
	    reports_undecided(&dispatcher->reports) == 0;
}

static void *
dispatcher_run(void *context)
{
	struct dispatcher *dispatcher = context;
	int64_t until;

	while (!atomic_load(&dispatcher->is_stopping))
		go_round(dispatcher);
	until = clock_monotonic() +
	    dispatcher->settings.stop_seconds * CLOCK_SECOND;
	while (!is_finished(dispatcher) && clock_monotonic() < until)
		go_round(dispatcher);
	/* The desk answers each; its callback needs us. */
	while (reports_at_desk(&dispatcher->reports) > 0)
		go_round(dispatcher);
	upkeep_end(dispatcher);
	return NULL;
}

static void
on_answered(void *context)
{
	struct dispatcher *dispatcher = context;

	if (atomic_load(&dispatcher->is_stopping))
		courier_wake(dispatcher->courier);
}

static struct dispatcher *
dispatcher_new(const struct dispatcher_settings *settings)
{
	struct dispatcher *made = calloc(1, sizeof(*made));

	if (made == NULL)
		abort();
	made->settings = *settings;
	if (made->settings.in_flight_limit == 0)
		made->settings.in_flight_limit = IN_FLIGHT;
	if (made->settings.stop_seconds == 0)
		made->settings.stop_seconds = STOP_SECONDS;
	made->keys = keys_new(settings->keyring, settings->hub_keys);
	made->arena = arena_new(ANSWER_BYTES);
	made->reports.submit = settings->submit;
	made->reports.context = settings->context;
	made->reports.answered = on_answered;
	made->reports.answered_context = made;
	made->fetcher.fd = -1;
	tally_init(&made->tally);
	reports_init(&made->reports);
	lanes_init(&made->lanes);
	shards_init(&made->shards, &settings->owner);
	recorder_init(&made->recorder, &settings->owner);
	return made;
}

static void
dispatcher_free(struct dispatcher *dispatcher)
{
	channel_stop(&dispatcher->fetcher);
	channel_stop(&dispatcher->recorder.channel);
	courier_free(dispatcher->courier);
	lanes_clear(&dispatcher->lanes);
	reports_clear(&dispatcher->reports);
	tally_clear(&dispatcher->tally);
	keys_free(dispatcher->keys);
	if (dispatcher->registry != NULL)
		registry_unref(dispatcher->registry);
	arena_free(dispatcher->arena);
	free(dispatcher);
}

static enum rc
dispatcher_open(
    struct dispatcher *dispatcher, const char *conninfo, struct err *err)
{
	struct db_settings fetcher = { conninfo, "freezeline dispatcher",
		SESSION_DISPATCHER };
	struct db_settings recorder = { conninfo, "freezeline recorder",
		SESSION_DISPATCHER };

	TRY(courier_new(&dispatcher->settings.courier, sending_on_done,
	    dispatcher, &dispatcher->courier, err));
	TRY(channel_start(&dispatcher->fetcher, dispatcher->courier, &fetcher,
	    fetch_on_ready, dispatcher, err));
	TRY(channel_start(&dispatcher->recorder.channel, dispatcher->courier,
	    &recorder, sending_on_recorded, dispatcher, err));
	if (pthread_create(
		&dispatcher->thread, NULL, dispatcher_run, dispatcher) != 0)
		return err_set(err, RC_FAILED, "no_thread",
		    "the dispatcher's thread cannot be started");
	return RC_OK;
}

enum rc
dispatcher_start(const struct dispatcher_settings *settings,
    struct dispatcher **dispatcher, struct err *err)
{
	struct dispatcher *made = dispatcher_new(settings);
	enum rc rc = dispatcher_open(made, settings->conninfo, err);

	if (rc != RC_OK) {
		dispatcher_free(made);
		return rc;
	}
	*dispatcher = made;
	return RC_OK;
}

void
dispatcher_stop(struct dispatcher *dispatcher)
{
	if (dispatcher == NULL)
		return;
	atomic_store(&dispatcher->is_stopping, true);
	courier_wake(dispatcher->courier);
	pthread_join(dispatcher->thread, NULL);
	dispatcher_free(dispatcher);
}

void
dispatcher_wake(struct dispatcher *dispatcher)
{
	int64_t never = 0;

	(void)atomic_compare_exchange_strong(
	    &dispatcher->woken_at, &never, clock_monotonic());
	courier_wake(dispatcher->courier);
}

void
dispatcher_counters(
    struct dispatcher *dispatcher, struct dispatcher_counters *counters)
{
	tally_read(&dispatcher->tally, counters);
}
