/*
 * The thread of a seat: see seat.h.
 */
#include "hub/desk/seat.h"

#include <pthread.h>
#include <stdlib.h>

#include "hub/base/log.h"

struct seat {
	const struct desk_settings *settings;
	struct job_queue *queue;
	struct seat_tally *tally;
	struct batch batch;
	pthread_t thread;
};

static void
count_batch(struct seat_tally *tally, size_t count)
{
	uint_fast64_t largest = tally->largest_batch;

	tally->batches++;
	while (count > largest &&
	    !atomic_compare_exchange_weak(
		&tally->largest_batch, &largest, count))
		;
}

static void *
run(void *context)
{
	struct seat *seat = context;
	struct job *jobs[BATCH_LIMIT];
	size_t count;

	while ((count = job_queue_take(seat->queue, jobs)) > 0) {
		count_batch(seat->tally, count);
		batch_run(seat, jobs, count);
	}
	return NULL;
}

static void
seat_free(struct seat *seat)
{
	db_close(seat->batch.db);
	arena_free(seat->batch.arena);
	free(seat);
}

static enum rc
sit_down(struct seat *seat, struct err *err)
{
	const struct desk_settings *settings = seat->settings;
	struct db_settings connection = { .conninfo = settings->conninfo,
		.application = "freezeline desk",
		.session = SESSION_DESK };

	TRY(db_open(&connection, &seat->batch.db, err));
	seat->batch.arena = arena_new(BATCH_ARENA_LIMIT);
	seat->batch.keyring = settings->keyring;
	seat->batch.hub_keys = settings->hub_keys;
	seat->batch.registry_delay_seconds = settings->registry_delay_seconds;
	seat->batch.velocity_percent = settings->velocity_percent;
	if (pthread_create(&seat->thread, NULL, run, seat) != 0)
		return err_set(err, RC_FAILED, "no_thread",
		    "the desk's thread cannot be started");
	return RC_OK;
}

enum rc
seat_start(const struct desk_settings *settings, struct job_queue *queue,
    struct seat_tally *tally, struct seat **seat, struct err *err)
{
	struct seat *new = calloc(1, sizeof *new);
	enum rc rc;

	if (new == NULL)
		log_panic("out of memory", NULL);
	new->settings = settings;
	new->queue = queue;
	new->tally = tally;
	rc = sit_down(new, err);
	if (rc != RC_OK) {
		seat_free(new);
		return rc;
	}
	*seat = new;
	return RC_OK;
}

void
seat_finish(struct seat *seat)
{
	pthread_join(seat->thread, NULL);
	seat_free(seat);
}

/* ---- for the batch */

struct batch *
seat_batch(struct seat *seat)
{
	return &seat->batch;
}

struct registry *
seat_registry(struct seat *seat)
{
	return seat->settings->registry(seat->settings->context);
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
seat_ring(struct seat *seat, const struct batch *batch)
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

	if (seat->settings->rang == NULL || cases == NULL ||
	    institutions == NULL)
		return;
	ring.case_count = collect_cases(&batch->snapshot, cases);
	for (size_t i = 0; i < effects->message_count; i++)
		institutions[ring.institution_count++] =
		    effects->messages[i].institution;
	if (ring.has_events || ring.has_registry_change)
		seat->settings->rang(seat->settings->context, &ring);
}

void
seat_done(struct seat *seat, struct job *job)
{
	seat->tally->commands++;
	if (job->reply.rc != RC_OK)
		seat->tally->refusals++;
	if (job->reply.is_replay)
		seat->tally->replays++;
	job->done(job->context, job->command, &job->reply);
	free(job);
}

void
seat_ready(struct seat *seat, bool is_ready)
{
	seat->tally->is_ready = is_ready;
}

void
seat_lost(struct seat *seat)
{
	if (atomic_exchange(&seat->tally->is_ready, false))
		log_warn("the database does not answer the desk", NULL);
}

void
seat_count_retry(struct seat *seat)
{
	seat->tally->retries++;
}

void
seat_count_bisection(struct seat *seat)
{
	seat->tally->bisections++;
}
