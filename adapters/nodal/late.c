/*
 * Late replies: see late.h.
 */
#include "adapters/nodal/late.h"

#include <pthread.h>
#include <stdlib.h>
#include <time.h>

#include "hub/base/clock.h"

struct waiting {
	struct waiting *next;
	struct exchange *exchange;
	int status;
	int64_t due_at;
};

struct late {
	int delay_ms;
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t ring;
	struct waiting *first, **last; /* in the order of their time */
	bool is_stopping;
};

/* The first whose time has come; NULL: stop. */
static struct waiting *
take(struct late *late)
{
	struct waiting *taken = NULL;

	pthread_mutex_lock(&late->lock);
	while (taken == NULL) {
		struct waiting *first = late->first;
		struct timespec at;

		if (first == NULL && late->is_stopping)
			break;
		if (first == NULL) {
			pthread_cond_wait(&late->ring, &late->lock);
			continue;
		}
		if (!late->is_stopping && clock_now() < first->due_at) {
			at.tv_sec = first->due_at / CLOCK_SECOND;
			at.tv_nsec = first->due_at % CLOCK_SECOND * 1000;
			pthread_cond_timedwait(&late->ring, &late->lock, &at);
			continue;
		}
		taken = first;
		late->first = first->next;
		if (late->first == NULL)
			late->last = &late->first;
	}
	pthread_mutex_unlock(&late->lock);
	return taken;
}

static void *
run(void *context)
{
	struct waiting *waiting;

	while ((waiting = take(context)) != NULL) {
		struct exchange_answer answer = { .status = waiting->status };

		exchange_reply(waiting->exchange, &answer);
		free(waiting);
	}
	return NULL;
}

enum rc
late_start(int delay_ms, struct late **late, struct err *err)
{
	struct late *started = calloc(1, sizeof(*started));

	if (started == NULL)
		abort();
	started->delay_ms = delay_ms;
	started->last = &started->first;
	(void)pthread_mutex_init(&started->lock, NULL);
	(void)pthread_cond_init(&started->ring, NULL);
	if (pthread_create(&started->thread, NULL, run, started) != 0) {
		free(started);
		return err_set(
		    err, RC_FAILED, "no_thread", "cannot start a thread");
	}
	*late = started;
	return RC_OK;
}

void
late_stop(struct late *late)
{
	if (late == NULL)
		return;
	pthread_mutex_lock(&late->lock);
	late->is_stopping = true;
	pthread_cond_signal(&late->ring);
	pthread_mutex_unlock(&late->lock);
	(void)pthread_join(late->thread, NULL);
	(void)pthread_mutex_destroy(&late->lock);
	(void)pthread_cond_destroy(&late->ring);
	free(late);
}

void
late_reply(struct late *late, struct exchange *exchange, int status)
{
	struct waiting *waiting = calloc(1, sizeof(*waiting));

	if (waiting == NULL)
		abort();
	waiting->exchange = exchange;
	waiting->status = status;
	waiting->due_at = clock_now() + late->delay_ms * INT64_C(1000);
	pthread_mutex_lock(&late->lock);
	*late->last = waiting;
	late->last = &waiting->next;
	pthread_cond_signal(&late->ring);
	pthread_mutex_unlock(&late->lock);
}
