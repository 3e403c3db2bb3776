/*
 * The reader's queue, parking and waking.  See inside.h.
 */
#include "hub/reading/inside.h"

#include <stdlib.h>
#include <time.h>

#include "hub/base/clock.h"
#include "hub/base/log.h"

/* How late a commit of another hub may be seen by who waits for it. */
#define BACKSTOP (CLOCK_SECOND / 2)

/* ---- under the lock */

static void
push(struct reader *reader, struct job *job)
{
	job->next = NULL;
	*reader->last = job;
	reader->last = &job->next;
	reader->queued++;
	pthread_cond_signal(&reader->ring);
}

static struct job *
pop(struct reader *reader)
{
	struct job *job = reader->first;

	if (job == NULL)
		return NULL;
	reader->first = job->next;
	if (reader->first == NULL)
		reader->last = &reader->first;
	reader->queued--;
	return job;
}

static void
wake(void *context, struct waiter *waiter)
{
	struct reader *reader = context;

	atomic_fetch_add(&reader->wakes, 1);
	push(reader, (struct job *)waiter);
}

/* Sleep until there is work, or until `at` (INT64_MAX: for ever): a wait ends
 * or the backstop is due.  Several threads may sleep for one timer. */
static void
sleep_until(struct reader *reader, int64_t at)
{
	struct timespec until = {
		.tv_sec = at / CLOCK_SECOND,
		.tv_nsec = at % CLOCK_SECOND * 1000,
	};

	if (at == INT64_MAX)
		(void)pthread_cond_wait(&reader->ring, &reader->lock);
	else
		(void)pthread_cond_timedwait(
		    &reader->ring, &reader->lock, &until);
}

/* The backstop's turn, without the lock while it asks. */
static void
check(struct reader *reader, struct reader_thread *thread)
{
	reader->is_checking = true;
	pthread_mutex_unlock(&reader->lock);
	look_check(thread);
	pthread_mutex_lock(&reader->lock);
	reader->is_checking = false;
	reader->next_check = clock_monotonic() + BACKSTOP;
}

struct job *
queue_take(struct reader *reader, struct reader_thread *thread)
{
	struct job *job = NULL;

	pthread_mutex_lock(&reader->lock);
	while (!reader->is_closed) {
		int64_t now = clock_monotonic(), next;

		next = waiting_expire(&reader->waiting, now, wake, reader);
		job = pop(reader);
		if (job != NULL)
			break;
		if (reader->waiting.parked > 0 && !reader->is_checking &&
		    now >= reader->next_check) {
			check(reader, thread);
			continue;
		}
		if (reader->waiting.parked > 0 && !reader->is_checking &&
		    reader->next_check < next)
			next = reader->next_check;
		sleep_until(reader, next);
	}
	pthread_mutex_unlock(&reader->lock);
	return job;
}

/* ---- answering */

static void
answer(struct job *job)
{
	job->done(job->context, job->request, &job->reply);
	strbuf_clear(&job->reply.body);
	free(job);
}

/* False: it is parked, or queued again. */
static bool
is_answered(struct reader *reader, struct job *job)
{
	if (!job->waiter.is_listed)
		return true;
	if (job->has_news || reader->is_released || reader->is_closed ||
	    clock_monotonic() >= job->waiter.until) {
		waiting_remove(&reader->waiting, &job->waiter);
		return true;
	}
	job->waiter.has_case = true;
	job->waiter.case_id = job->reply.case_id;
	job->waiter.row_version = job->row_version;
	if (!waiting_park(&reader->waiting, &job->waiter))
		push(reader, job);
	else if (reader->waiting.parked == 1)
		reader->next_check = clock_monotonic() + BACKSTOP;
	return false;
}

void
queue_settle(struct reader *reader, struct job *job)
{
	bool is_done;

	pthread_mutex_lock(&reader->lock);
	is_done = is_answered(reader, job);
	pthread_mutex_unlock(&reader->lock);
	if (is_done)
		answer(job);
}

static void
refuse(struct job *job, const char *code, const char *sentence)
{
	if (job->reply.body.bytes == NULL)
		strbuf_init(&job->reply.body, READER_BODY_LIMIT);
	job->reply.rc = err_set(
	    &job->reply.err, RC_UNAVAILABLE, code, "%s", sentence);
	answer(job);
}

void
queue_close(struct reader *reader)
{
	struct job *job;

	pthread_mutex_lock(&reader->lock);
	reader->is_closed = true;
	(void)waiting_expire(&reader->waiting, INT64_MAX, wake, reader);
	pthread_cond_broadcast(&reader->ring);
	while ((job = pop(reader)) != NULL) {
		waiting_remove(&reader->waiting, &job->waiter);
		pthread_mutex_unlock(&reader->lock);
		refuse(job, "stopping", "the hub stops; try again");
		pthread_mutex_lock(&reader->lock);
	}
	pthread_mutex_unlock(&reader->lock);
}

/* ---- from outside */

static struct job *
make_job(struct view_request *request, view_done *done, void *context)
{
	struct job *job = calloc(1, sizeof(*job));

	if (job == NULL)
		log_panic("out of memory", NULL);
	job->request = request;
	job->done = done;
	job->context = context;
	job->waiter.is_inbox = request->kind == VIEW_INBOX;
	job->waiter.institution = request->actor.institution;
	job->waiter.until = clock_monotonic() +
	    request->wait_seconds * CLOCK_SECOND;
	return job;
}

void
reader_submit(struct reader *reader, struct view_request *request,
    view_done *done, void *context)
{
	struct job *job = make_job(request, done, context);
	bool is_full;

	pthread_mutex_lock(&reader->lock);
	is_full = reader->is_closed || reader->queued >= reader->queue_limit;
	if (!is_full) {
		if (request->wait_seconds > 0)
			waiting_add(&reader->waiting, &job->waiter);
		push(reader, job);
	}
	pthread_mutex_unlock(&reader->lock);
	if (is_full)
		refuse(job, "reader_busy", "too many look at once; try again");
}

void
reader_ring(struct reader *reader, const struct reader_news *news)
{
	pthread_mutex_lock(&reader->lock);
	for (size_t i = 0; i < news->case_count; i++)
		(void)waiting_ring_case(
		    &reader->waiting, &news->cases[i], wake, reader);
	for (size_t i = 0; i < news->institution_count; i++)
		(void)waiting_ring_mail(
		    &reader->waiting, &news->institutions[i], wake, reader);
	pthread_mutex_unlock(&reader->lock);
}

void
reader_release(struct reader *reader)
{
	pthread_mutex_lock(&reader->lock);
	reader->is_released = true;
	(void)waiting_expire(&reader->waiting, INT64_MAX, wake, reader);
	pthread_mutex_unlock(&reader->lock);
}
