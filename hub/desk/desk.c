/*
 * The desk's thread and its queue: see desk.h.
 */
#include "hub/desk/desk.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "hub/base/clock.h"
#include "hub/base/log.h"
#include "hub/desk/desk_inside.h"

enum { QUEUE_DEFAULT = 4096, DEADLINE_DEFAULT = 15 };

struct desk {
	struct desk_settings settings;
	struct batch batch;
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t ready;
	struct job *first, **last;
	size_t waiting;
	bool is_stopping;
	atomic_bool is_ready;
	atomic_uint_fast64_t commands, batches, refusals, replays, retries,
	    bisections, largest_batch;
};

static void
answer_now(struct command *command, desk_done *done, void *context,
    const char *code, const char *text)
{
	struct reply reply = { 0 };

	reply.rc = err_set(&reply.err, RC_UNAVAILABLE, code, "%s", text);
	done(context, command, &reply);
}

void
desk_submit(
    struct desk *desk, struct command *command, desk_done *done, void *context)
{
	struct job *job = calloc(1, sizeof *job);
	bool is_full, is_stopping;

	if (job == NULL)
		log_panic("out of memory", NULL);
	job->command = command;
	job->done = done;
	job->context = context;
	job->deadline = clock_monotonic() +
	    desk->settings.deadline_seconds * CLOCK_SECOND;
	pthread_mutex_lock(&desk->lock);
	is_stopping = desk->is_stopping;
	is_full = desk->waiting >= desk->settings.queue_limit;
	if (!is_stopping && !is_full) {
		*desk->last = job;
		desk->last = &job->next;
		if (desk->waiting++ == 0)
			pthread_cond_signal(&desk->ready);
	}
	pthread_mutex_unlock(&desk->lock);
	if (!is_stopping && !is_full)
		return;
	free(job);
	answer_now(command, done, context,
	    is_stopping ? "stopping" : "overloaded",
	    is_stopping ? "the hub is stopping; try again"
			: "too much is waiting; try again in a moment");
}

/* As much as fits one transaction; a dry run is alone in its own, because
 * it is rolled back. */
static size_t
take(struct desk *desk, struct job **jobs)
{
	size_t count = 0, weight = 0;

	while (count < BATCH_LIMIT && desk->first != NULL) {
		struct job *job = desk->first;
		size_t more = keys_weight(job->command);

		if (count > 0 &&
		    (job->command->is_dry_run ||
			weight + more > BATCH_WEIGHT_LIMIT))
			break;
		weight += more;
		jobs[count++] = job;
		desk->first = job->next;
		if (desk->first == NULL)
			desk->last = &desk->first;
		desk->waiting--;
		if (job->command->is_dry_run)
			break;
	}
	return count;
}

static void *
run(void *context)
{
	struct desk *desk = context;
	struct job *jobs[BATCH_LIMIT];
	size_t count;

	for (;;) {
		pthread_mutex_lock(&desk->lock);
		while (desk->first == NULL && !desk->is_stopping)
			pthread_cond_wait(&desk->ready, &desk->lock);
		count = take(desk, jobs);
		pthread_mutex_unlock(&desk->lock);
		if (count == 0)
			return NULL; /* stopping, and nothing waits */
		desk->batches++;
		if (count > desk->largest_batch)
			desk->largest_batch = count;
		batch_run(desk, jobs, count);
	}
}

static enum rc
open_desk(struct desk *desk, struct err *err)
{
	struct db_settings settings = { .conninfo = desk->settings.conninfo,
		.application = "freezeline desk",
		.session = SESSION_DESK };

	TRY(db_open(&settings, &desk->batch.db, err));
	desk->batch.arena = arena_new(BATCH_ARENA_LIMIT);
	desk->batch.keyring = desk->settings.keyring;
	desk->batch.hub_keys = desk->settings.hub_keys;
	desk->batch.registry_delay_seconds =
	    desk->settings.registry_delay_seconds;
	desk->batch.velocity_percent = desk->settings.velocity_percent;
	desk->is_ready = true;
	if (pthread_create(&desk->thread, NULL, run, desk) != 0) {
		db_close(desk->batch.db);
		arena_free(desk->batch.arena);
		return err_set(err, RC_FAILED, "no_thread",
		    "the desk's thread cannot be started");
	}
	return RC_OK;
}

static void
desk_free(struct desk *desk)
{
	pthread_cond_destroy(&desk->ready);
	pthread_mutex_destroy(&desk->lock);
	free(desk);
}

enum rc
desk_start(
    const struct desk_settings *settings, struct desk **desk, struct err *err)
{
	struct desk *new = calloc(1, sizeof *new);
	enum rc rc;

	if (new == NULL)
		log_panic("out of memory", NULL);
	new->settings = *settings;
	if (new->settings.queue_limit == 0)
		new->settings.queue_limit = QUEUE_DEFAULT;
	if (new->settings.deadline_seconds == 0)
		new->settings.deadline_seconds = DEADLINE_DEFAULT;
	new->last = &new->first;
	pthread_mutex_init(&new->lock, NULL);
	pthread_cond_init(&new->ready, NULL);
	rc = open_desk(new, err);
	if (rc != RC_OK) {
		desk_free(new);
		return rc;
	}
	*desk = new;
	return RC_OK;
}

void
desk_stop(struct desk *desk)
{
	if (desk == NULL)
		return;
	pthread_mutex_lock(&desk->lock);
	desk->is_stopping = true;
	pthread_cond_broadcast(&desk->ready);
	pthread_mutex_unlock(&desk->lock);
	pthread_join(desk->thread, NULL);
	db_close(desk->batch.db);
	arena_free(desk->batch.arena);
	desk_free(desk);
}

bool
desk_is_ready(const struct desk *desk)
{
	return desk->is_ready;
}

void
desk_counters(const struct desk *desk, struct desk_counters *counters)
{
	struct desk *own = (struct desk *)(uintptr_t)desk;

	pthread_mutex_lock(&own->lock);
	counters->waiting = own->waiting;
	pthread_mutex_unlock(&own->lock);
	counters->commands = desk->commands;
	counters->batches = desk->batches;
	counters->refusals = desk->refusals;
	counters->replays = desk->replays;
	counters->retries = desk->retries;
	counters->bisections = desk->bisections;
	counters->largest_batch = desk->largest_batch;
}

/* ---- for the batch */

struct batch *
desk_inside_batch(struct desk *desk)
{
	return &desk->batch;
}

struct registry *
desk_inside_registry(struct desk *desk)
{
	return desk->settings.registry(desk->settings.context);
}

static size_t
collect_cases(const struct snapshot *snapshot, struct id *cases)
{
	size_t count = 0;

	for (size_t i = 0; i < snapshot->case_count; i++)
		if (snapshot->cases[i]->row.is_new ||
		    snapshot->cases[i]->row.is_dirty)
			cases[count++] = snapshot->cases[i]->id;
	return count;
}

void
desk_inside_ring(struct desk *desk, const struct batch *batch)
{
	const struct effects *effects = &batch->effects;
	struct arena *arena = batch->arena;
	struct id *cases = arena_alloc(
	    arena, (batch->snapshot.case_count + 1) * sizeof *cases);
	struct id *institutions = arena_alloc(
	    arena, (effects->message_count + 1) * sizeof *institutions);
	struct desk_ring ring = { .cases = cases,
		.institutions = institutions,
		.has_events = effects->event_count > 0,
		.has_messages = effects->message_count > 0,
		.has_registry_change = effects->change_count > 0 };

	if (desk->settings.rang == NULL || cases == NULL ||
	    institutions == NULL)
		return;
	ring.case_count = collect_cases(&batch->snapshot, cases);
	for (size_t i = 0; i < effects->message_count; i++)
		institutions[ring.institution_count++] =
		    effects->messages[i].institution;
	if (ring.has_events || ring.has_registry_change)
		desk->settings.rang(desk->settings.context, &ring);
}

void
desk_inside_done(struct desk *desk, struct job *job)
{
	desk->commands++;
	if (job->reply.rc != RC_OK)
		desk->refusals++;
	if (job->reply.is_replay)
		desk->replays++;
	job->done(job->context, job->command, &job->reply);
	free(job);
}

void
desk_inside_ready(struct desk *desk, bool is_ready)
{
	desk->is_ready = is_ready;
}

void
desk_inside_lost(struct desk *desk)
{
	if (desk->is_ready)
		log_warn("the database does not answer the desk", NULL);
	desk->is_ready = false;
}

void
desk_inside_count_retry(struct desk *desk)
{
	desk->retries++;
}

void
desk_inside_count_bisection(struct desk *desk)
{
	desk->bisections++;
}
