/*
 * Deadlines: see deadline.h.
 */
#include "hub/listener/deadline.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <time.h>

#include "hub/base/clock.h"

enum { TICK_MS = 100 };

struct reaper {
	pthread_t thread;
	pthread_mutex_t lock; /* first, is_stopping */
	pthread_cond_t wake;
	struct deadline *first;
	bool is_stopping;
	_Atomic uint64_t count;
};

static void
reap(struct reaper *reaper, int64_t now)
{
	for (struct deadline *d = reaper->first; d != NULL; d = d->next) {
		int64_t due = atomic_load(&d->due);

		/* Where the owner has just set another one, it stands. */
		if (due == 0 || due > now ||
		    !atomic_compare_exchange_strong(&d->due, &due, 0))
			continue;
		/* First the count: who sees the end also finds it counted. */
		atomic_fetch_add(&reaper->count, 1);
		(void)shutdown(d->socket, SHUT_RDWR);
	}
}

static void *
run(void *context)
{
	struct reaper *reaper = context;

	pthread_mutex_lock(&reaper->lock);
	while (!reaper->is_stopping) {
		int64_t at = clock_monotonic() + TICK_MS * 1000;
		struct timespec until = { .tv_sec = at / CLOCK_SECOND,
			.tv_nsec = at % CLOCK_SECOND * 1000 };

		(void)pthread_cond_timedwait(
		    &reaper->wake, &reaper->lock, &until);
		reap(reaper, clock_monotonic());
	}
	pthread_mutex_unlock(&reaper->lock);
	return NULL;
}

enum rc
reaper_start(struct reaper **reaper, struct err *err)
{
	struct reaper *made = calloc(1, sizeof(*made));
	pthread_condattr_t attributes;

	if (made == NULL)
		abort();
	pthread_mutex_init(&made->lock, NULL);
	pthread_condattr_init(&attributes);
	pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
	pthread_cond_init(&made->wake, &attributes);
	pthread_condattr_destroy(&attributes);
	if (pthread_create(&made->thread, NULL, run, made) != 0) {
		free(made);
		return err_set(err, RC_FAILED, "thread_failed",
		    "cannot start the deadline thread");
	}
	*reaper = made;
	return RC_OK;
}

void
reaper_stop(struct reaper *reaper)
{
	if (reaper == NULL)
		return;
	pthread_mutex_lock(&reaper->lock);
	reaper->is_stopping = true;
	pthread_cond_signal(&reaper->wake);
	pthread_mutex_unlock(&reaper->lock);
	pthread_join(reaper->thread, NULL);
	pthread_cond_destroy(&reaper->wake);
	pthread_mutex_destroy(&reaper->lock);
	free(reaper);
}

uint64_t
reaper_count(const struct reaper *reaper)
{
	return atomic_load(&reaper->count);
}

void
deadline_set(struct deadline *deadline, int within_ms)
{
	atomic_store(&deadline->due,
	    within_ms > 0 ? clock_monotonic() + within_ms * INT64_C(1000) : 0);
}

void
deadline_add(struct reaper *reaper, struct deadline *deadline, int within_ms)
{
	deadline_set(deadline, within_ms);
	pthread_mutex_lock(&reaper->lock);
	deadline->previous = NULL;
	deadline->next = reaper->first;
	if (reaper->first != NULL)
		reaper->first->previous = deadline;
	reaper->first = deadline;
	pthread_mutex_unlock(&reaper->lock);
}

void
deadline_remove(struct reaper *reaper, struct deadline *deadline)
{
	pthread_mutex_lock(&reaper->lock);
	if (deadline->previous != NULL)
		deadline->previous->next = deadline->next;
	else
		reaper->first = deadline->next;
	if (deadline->next != NULL)
		deadline->next->previous = deadline->previous;
	pthread_mutex_unlock(&reaper->lock);
}
