/*
 * Inside the reader: a job is a look that is asked for, a thread answers one
 * at a time.  Shared by reader.c, queue.c and look.c only.
 */
#pragma once

#include <pthread.h>
#include <stdatomic.h>

#include "hub/reading/view.h"
#include "hub/reading/waiting.h"

enum {
	READER_THREAD_LIMIT = 16,
	READER_ARENA_LIMIT = 64 * 1024 * 1024,
	READER_BODY_LIMIT = 16 * 1024 * 1024,
};

struct job {
	struct waiter waiter; /* the first: a waiter is its job */
	struct job *next;     /* in the queue */
	struct view_request *request;
	view_done *done;
	void *context;
	struct view_reply reply;
	bool has_news;       /* the reply tells something new, or a failure */
	int64_t row_version; /* of the case that was seen */
};

struct reader_thread {
	struct reader *reader;
	pthread_t handle;
	bool is_running;
	struct db *db;
	struct arena *arena;
	struct hub_keys *hub_keys;
};

struct reader {
	const struct keyring *keyring;
	struct registry *(*registry)(void *context);
	void *context;
	struct reader_thread threads[READER_THREAD_LIMIT];
	unsigned thread_count;
	pthread_mutex_t lock; /* of all up to the counters */
	pthread_cond_t ring;
	struct job *first, **last; /* the queue */
	size_t queued, queue_limit;
	struct waiting waiting;
	int64_t next_check; /* monotonic: when the backstop looks */
	bool is_checking;   /* a thread does so now */
	bool is_released;   /* nobody waits any more */
	bool is_closed;     /* and nobody is answered */
	atomic_bool is_ready;
	atomic_uint_fast64_t views, failures, wakes;
};

/* ---- queue.c */

/* The next job; NULL when the reader is closed.  Does the backstop's work
 * between jobs, with the thread's session. */
struct job *queue_take(struct reader *reader, struct reader_thread *thread);

/* Answer and free the job, or park it. */
void queue_settle(struct reader *reader, struct job *job);

/* Answer everybody with RC_UNAVAILABLE and end the threads. */
void queue_close(struct reader *reader);

/* ---- look.c */

/* Fill the job's reply. */
void look_run(struct reader_thread *thread, struct job *job);

/* Look who of the parked has news that no ring told of: another hub's
 * commits.  Takes the reader's lock itself. */
void look_check(struct reader_thread *thread);
