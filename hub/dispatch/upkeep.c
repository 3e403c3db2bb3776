/*
 * The dispatcher's upkeep: what it does by the clock.  Each thing is a short
 * question on the fetcher's session, while no fetch is under way.
 */
#include <stdlib.h>
#include <string.h>

#include "hub/base/clock.h"
#include "hub/base/log.h"
#include "hub/dispatch/inside.h"

enum { ANSWER_BYTES = 64 * 1024 * 1024 };

/* Microseconds between two of each. */
#define LOOK_EVERY (CLOCK_SECOND / 10) /* at the registry's version */
#define TICK_EVERY (CLOCK_SECOND / 2)  /* the backstop, retries */
#define LATE_EVERY CLOCK_SECOND
#define AGES_EVERY (5 * CLOCK_SECOND)
#define FLOORS_EVERY (60 * CLOCK_SECOND)
/* A report is older than the death of the hub that had it by at most this. */
#define REPORTS_BEFORE (600 * CLOCK_SECOND)

static bool
is_due(int64_t *next, int64_t now, int64_t every)
{
	if (now < *next)
		return false;
	*next = now + every;
	return true;
}

static void
fail(struct dispatcher *dispatcher, const char *what, const struct err *err)
{
	log_warn(what, "code", err->code, "why", err->text, NULL);
	if (err->rc == RC_UNAVAILABLE)
		fetch_break(dispatcher);
}

static bool
is_usable(struct dispatcher *dispatcher)
{
	return channel_is_idle(&dispatcher->fetcher);
}

/* ---- lanes */

static void
open_lanes(struct dispatcher *dispatcher)
{
	int64_t now = clock_now();

	for (size_t i = 0; i < dispatcher->lanes.count; i++) {
		struct lane *lane = dispatcher->lanes.items[i];
		const struct endpoint *endpoint = lane->endpoint;

		lane->is_open = endpoint != NULL &&
		    endpoint->kind == ENDPOINT_WEBHOOK &&
		    registry_is_active(
			endpoint->status, endpoint->active_from, now) &&
		    shards_epoch(&dispatcher->shards, endpoint->shard) != 0;
	}
	lanes_drop_closed(&dispatcher->lanes);
}

static void
point_lanes(struct dispatcher *dispatcher, struct registry *view)
{
	struct lanes *lanes = &dispatcher->lanes;
	const struct endpoint *const *endpoints;
	size_t count;

	for (size_t i = 0; i < lanes->count; i++) {
		lanes->items[i]->endpoint = NULL;
		keys_signer_clear(&lanes->items[i]->signer);
	}
	endpoints = registry_endpoints(view, &count);
	for (size_t i = 0; i < count; i++)
		if (endpoints[i]->kind == ENDPOINT_WEBHOOK)
			lanes_get(lanes, endpoints[i]->number)->endpoint =
			    endpoints[i];
	registry_unref(dispatcher->registry);
	dispatcher->registry = view;
	open_lanes(dispatcher);
}

static void
follow_registry(struct dispatcher *dispatcher)
{
	struct registry *view = dispatcher->settings.registry(
	    dispatcher->settings.context);
	struct err err;

	if (dispatcher->registry != NULL &&
	    registry_version(view) == registry_version(dispatcher->registry)) {
		registry_unref(view);
		return;
	}
	if (keys_load(dispatcher->keys, dispatcher->fetcher.db, &err) !=
	    RC_OK) {
		registry_unref(view);
		fail(dispatcher, "signing keys could not be loaded", &err);
		return;
	}
	point_lanes(dispatcher, view);
}

/* ---- leases */

/* What a hub recorded before it died and did not report. */
static void
repeat_reports(struct dispatcher *dispatcher, int64_t since)
{
	SCOPED(arena_cleanup) struct arena *arena = arena_new(ANSWER_BYTES);
	struct outbox_fact *facts;
	struct err err;
	size_t count;

	if (outbox_unreported(dispatcher->fetcher.db, since - REPORTS_BEFORE,
		arena, &facts, &count, &err) != RC_OK) {
		fail(dispatcher, "lost reports could not be looked for", &err);
		return;
	}
	if (count > 0)
		log_info("reports of deliveries are repeated", NULL);
	reports_send(&dispatcher->reports, facts, count);
}

static void
renew_leases(struct dispatcher *dispatcher)
{
	struct shards_change change;
	struct err err;

	if (shards_renew(&dispatcher->shards, dispatcher->fetcher.db, &change,
		&err) != RC_OK) {
		fail(dispatcher, "the leases could not be renewed", &err);
		return;
	}
	if (change.has_lost)
		log_warn("leases were lost to another dispatcher", NULL);
	if (change.has_taken) {
		log_info("leases were taken", NULL);
		lanes_drop_floors(&dispatcher->lanes);
	}
	if (change.has_taken || change.has_lost)
		open_lanes(dispatcher);
	if (change.since != 0)
		repeat_reports(dispatcher, change.since);
}

/* ---- endpoints that take messages again */

static void
release_lanes(struct dispatcher *dispatcher)
{
	struct lanes *lanes = &dispatcher->lanes;
	struct err err;

	for (size_t i = 0; i < lanes->count && is_usable(dispatcher); i++) {
		struct lane *lane = lanes->items[i];

		if (!lane->is_released)
			continue;
		if (outbox_release(dispatcher->fetcher.db,
			&dispatcher->shards.owner, lane->number,
			&err) != RC_OK) {
			fail(dispatcher, "retries could not be made due", &err);
			continue;
		}
		lane->is_released = false;
		lanes_expect_due(lanes);
	}
}

/* ---- people and metrics */

static size_t
numbers(const struct dispatcher *dispatcher, int32_t *of)
{
	size_t count = 0;

	for (size_t i = 0; i < dispatcher->lanes.count; i++)
		if (dispatcher->lanes.items[i]->is_open)
			of[count++] = dispatcher->lanes.items[i]->number;
	return count;
}

static int32_t *
new_numbers(const struct dispatcher *dispatcher)
{
	int32_t *made = calloc(dispatcher->lanes.count + 1, sizeof(*made));

	if (made == NULL)
		abort();
	return made;
}

static void
escalate(struct dispatcher *dispatcher)
{
	int32_t *endpoints = new_numbers(dispatcher);
	size_t endpoint_count = numbers(dispatcher, endpoints), count = 0;
	struct outbox_fact *facts;
	struct err err;

	arena_reset(dispatcher->arena);
	if (outbox_escalate(dispatcher->fetcher.db, &dispatcher->shards.owner,
		endpoints, endpoint_count, dispatcher->arena, &facts, &count,
		&err) != RC_OK)
		fail(dispatcher, "late messages could not be raised", &err);
	else
		reports_send(&dispatcher->reports, facts, count);
	free(endpoints);
}

static void
keep_ages(
    struct dispatcher *dispatcher, const struct outbox_age *ages, size_t count)
{
	struct dispatcher_counters *counters = &dispatcher->tally.counters;

	pthread_mutex_lock(&dispatcher->tally.lock);
	counters->age_count = 0;
	for (size_t i = 0; i < count && i < TALLY_AGES; i++) {
		const struct lane *lane = lanes_find(
		    &dispatcher->lanes, ages[i].endpoint);

		if (lane == NULL || lane->endpoint == NULL)
			continue;
		counters->ages[counters->age_count++] = (struct tally_age){
			lane->endpoint->institution, ages[i].endpoint,
			ages[i].priority, ages[i].created_at
		};
	}
	pthread_mutex_unlock(&dispatcher->tally.lock);
}

static void
look_at_ages(struct dispatcher *dispatcher)
{
	int32_t *endpoints = new_numbers(dispatcher);
	size_t count = numbers(dispatcher, endpoints);
	struct outbox_age *ages = calloc(
	    count * LANES_PRIORITIES + 1, sizeof(*ages));
	struct err err;

	if (ages == NULL)
		abort();
	if (outbox_oldest(dispatcher->fetcher.db, endpoints, count, ages,
		&count, &err) != RC_OK)
		fail(dispatcher, "the oldest messages are not known", &err);
	else
		keep_ages(dispatcher, ages, count);
	free(ages);
	free(endpoints);
}

static size_t
count_suspended(const struct lanes *lanes)
{
	size_t count = 0;

	for (size_t i = 0; i < lanes->count; i++)
		count += lanes->items[i]->is_open &&
		    lanes->items[i]->breaker.state == BREAKER_SUSPENDED;
	return count;
}

static void
keep_gauges(struct dispatcher *dispatcher)
{
	struct dispatcher_counters *counters = &dispatcher->tally.counters;
	size_t undecided = reports_undecided(&dispatcher->reports);

	pthread_mutex_lock(&dispatcher->tally.lock);
	counters->in_flight = dispatcher->lanes.in_flight;
	counters->waiting = dispatcher->lanes.ready;
	counters->suspended = count_suspended(&dispatcher->lanes);
	counters->unrecorded = dispatcher->recorder.count +
	    dispatcher->recorder.batch_count;
	counters->unreported = undecided;
	counters->reports = dispatcher->reports.sent;
	counters->batches = dispatcher->recorder.batches;
	counters->lease_changes = dispatcher->shards.changes;
	counters->shards = dispatcher->shards.held.count;
	pthread_mutex_unlock(&dispatcher->tally.lock);
}

/* ---- the step */

/* An answer that never came, and sessions that are gone. */
static void
mend(struct dispatcher *dispatcher)
{
	fetch_on_ready(dispatcher, -1, 0);
	sending_on_recorded(dispatcher, -1, 0);
	(void)channel_mend(&dispatcher->recorder.channel);
}

static void
tick(struct dispatcher *dispatcher)
{
	mend(dispatcher);
	lanes_expect_fresh(&dispatcher->lanes);
	lanes_expect_due(&dispatcher->lanes);
	open_lanes(dispatcher);
	keep_gauges(dispatcher);
}

static bool
is_woken(struct dispatcher *dispatcher)
{
	int64_t at = atomic_exchange(&dispatcher->woken_at, 0);

	if (at == 0)
		return false;
	if (dispatcher->send_woken_at == 0)
		dispatcher->send_woken_at = at;
	lanes_expect_fresh(&dispatcher->lanes);
	return true;
}

void
upkeep_step(struct dispatcher *dispatcher)
{
	int64_t now = clock_monotonic();
	bool woken = is_woken(dispatcher);

	reports_repeat(&dispatcher->reports, now);
	if (is_due(&dispatcher->next_tick, now, TICK_EVERY))
		tick(dispatcher);
	if (channel_mend(&dispatcher->fetcher))
		shards_reopened(&dispatcher->shards);
	if (is_usable(dispatcher) && shards_are_due(&dispatcher->shards, now))
		renew_leases(dispatcher);
	if (is_usable(dispatcher) &&
	    (is_due(&dispatcher->next_look, now, LOOK_EVERY) || woken))
		follow_registry(dispatcher);
	if (dispatcher->shards.held.count == 0 || !is_usable(dispatcher))
		return;
	release_lanes(dispatcher);
	ping_step(dispatcher);
	if (is_due(&dispatcher->next_floors, now, FLOORS_EVERY))
		lanes_raise_floors(&dispatcher->lanes);
	if (is_due(&dispatcher->next_late, now, LATE_EVERY))
		escalate(dispatcher);
	if (is_usable(dispatcher) &&
	    is_due(&dispatcher->next_ages, now, AGES_EVERY))
		look_at_ages(dispatcher);
}

int
upkeep_wait(const struct dispatcher *dispatcher)
{
	int64_t now = clock_monotonic();
	int64_t next = lanes_next(
	    &dispatcher->lanes, now, dispatcher->next_tick);
	int64_t left = next - now;
	int64_t record = recorder_wait(&dispatcher->recorder);

	if (record >= 0 && record < left)
		left = record;
	return left <= 0 ? 0 : (int)((left + 999) / 1000);
}

void
upkeep_end(struct dispatcher *dispatcher)
{
	struct err err;

	if (is_usable(dispatcher) &&
	    lease_release_shards(dispatcher->fetcher.db,
		&dispatcher->shards.owner, &err) != RC_OK)
		log_warn("the leases could not be given back", "why", err.text,
		    NULL);
}
