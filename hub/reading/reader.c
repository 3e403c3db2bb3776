/*
 * The reader's threads: see reader.h.  One lock holds the queue and the list
 * of those who wait; the database is never asked under it.
 */
#include "hub/reading/reader.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "hub/base/clock.h"
#include "hub/base/log.h"
#include "hub/reading/inside.h"

static void *
run_thread(void *context)
{
	struct reader_thread *thread = context;
	struct reader *reader = thread->reader;
	struct job *job;

	while ((job = queue_take(reader, thread)) != NULL) {
		look_run(thread, job);
		queue_settle(reader, job);
		arena_reset(thread->arena);
	}
	return NULL;
}

static enum rc
start_thread(struct reader *reader, struct reader_thread *thread,
    const struct reader_settings *settings, struct err *err)
{
	const struct db_settings db = { settings->conninfo, "freezeline reader",
		SESSION_READER };

	thread->reader = reader;
	thread->arena = arena_new(READER_ARENA_LIMIT);
	TRY(db_open(&db, &thread->db, err));
	if (pthread_create(&thread->handle, NULL, run_thread, thread) != 0)
		return err_set(
		    err, RC_FAILED, "no_thread", "cannot start a thread");
	thread->is_running = true;
	return RC_OK;
}

static struct reader *
make_reader(const struct reader_settings *settings)
{
	struct reader *reader = calloc(1, sizeof(*reader));
	pthread_condattr_t monotonic;

	if (reader == NULL)
		log_panic("out of memory", NULL);
	reader->thread_count = settings->threads == 0 ? 2 : settings->threads;
	if (reader->thread_count > READER_THREAD_LIMIT)
		reader->thread_count = READER_THREAD_LIMIT;
	reader->queue_limit = settings->queue_limit == 0
	    ? 4096
	    : settings->queue_limit;
	reader->keyring = settings->keyring;
	reader->registry = settings->registry;
	reader->context = settings->context;
	reader->last = &reader->first;
	(void)pthread_mutex_init(&reader->lock, NULL);
	(void)pthread_condattr_init(&monotonic);
	(void)pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
	(void)pthread_cond_init(&reader->ring, &monotonic);
	(void)pthread_condattr_destroy(&monotonic);
	return reader;
}

enum rc
reader_start(const struct reader_settings *settings, struct reader **reader,
    struct err *err)
{
	struct reader *made = make_reader(settings);

	for (unsigned i = 0; i < made->thread_count; i++) {
		enum rc rc = start_thread(
		    made, &made->threads[i], settings, err);

		if (rc != RC_OK) {
			reader_stop(made);
			return rc;
		}
	}
	atomic_store(&made->is_ready, true);
	*reader = made;
	return RC_OK;
}

void
reader_stop(struct reader *reader)
{
	if (reader == NULL)
		return;
	queue_close(reader);
	for (unsigned i = 0; i < reader->thread_count; i++) {
		struct reader_thread *thread = &reader->threads[i];

		if (thread->is_running)
			(void)pthread_join(thread->handle, NULL);
		db_close(thread->db);
		arena_free(thread->arena);
		hub_keys_free(thread->hub_keys);
	}
	(void)pthread_mutex_destroy(&reader->lock);
	(void)pthread_cond_destroy(&reader->ring);
	free(reader);
}

bool
reader_is_ready(const struct reader *reader)
{
	return atomic_load(&reader->is_ready);
}

void
reader_counters(struct reader *reader, struct reader_counters *counters)
{
	*counters = (struct reader_counters){
		.views = atomic_load(&reader->views),
		.failures = atomic_load(&reader->failures),
		.wakes = atomic_load(&reader->wakes),
	};
	pthread_mutex_lock(&reader->lock);
	counters->waiting = reader->queued;
	counters->parked = reader->waiting.parked;
	pthread_mutex_unlock(&reader->lock);
}
