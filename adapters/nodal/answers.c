/*
 * The worker: see answers.h.
 */
#include "adapters/nodal/answers.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "adapters/nodal/step.h"
#include "hub/base/clock.h"
#include "hub/base/log.h"

struct handed {
	struct handed *next;
	char id[STORE_FILE_ID_SIZE];
	int64_t at;
	char *text;
};

struct answers {
	struct answers_settings settings;
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t ring;
	struct handed *first, **last; /* not yet in the work */
	bool is_stopping;
};

/* ---- the loop */

static bool
needs_program(const struct answers *answers, const struct work_message *message)
{
	return answers->settings.program != NULL && message->plan == NULL;
}

/* The most urgent thing that is not over; false: nothing at all. */
static bool
find_next(const struct answers *answers, struct work_message **message,
    struct work_target **target, int64_t *due_at)
{
	*due_at = INT64_MAX;
	for (struct work_message *m = answers->settings.work->first; m != NULL;
	     m = m->next) {
		if (needs_program(answers, m) && m->due_at < *due_at) {
			*message = m;
			*target = NULL;
			*due_at = m->due_at;
		}
		for (size_t i = 0;
		     i < m->target_count && !needs_program(answers, m); i++) {
			if (m->targets[i].is_over ||
			    m->targets[i].due_at >= *due_at)
				continue;
			*message = m;
			*target = &m->targets[i];
			*due_at = m->targets[i].due_at;
		}
	}
	return *due_at != INT64_MAX;
}

/* Messages with nothing left to do. */
static void
finish_messages(struct answers *answers)
{
	struct work_message *next;

	for (struct work_message *m = answers->settings.work->first; m != NULL;
	     m = next) {
		struct store_record record = {
			.kind = STORE_DONE, .id = m->id, .at = clock_now()
		};

		next = m->next;
		if (!work_is_over(m))
			continue;
		journal_submit(answers->settings.journal, &record, NULL, NULL);
		work_remove(answers->settings.work, m);
	}
}

/* A telco's signal asks for no answer: the log tells of it, and a program is
 * handed it like every message. */
static void
tell_signal(const struct work *work, const char *id)
{
	const struct work_message *message = work->first;

	while (message != NULL && strcmp(message->id, id) != 0)
		message = message->next;
	if (message == NULL ||
	    strcmp(json_view_text(message->document, "type", ""),
		"signal.received") != 0)
		return;
	log_info("signal received", "message", id, "signal",
	    json_view_text(message->document, "signal/id", "?"), "kind",
	    json_view_text(message->document, "signal/kind", "?"), "from",
	    json_view_text(message->document, "institution/slug", "?"),
	    "expires_at",
	    json_view_text(message->document, "signal/expires_at", "?"), NULL);
}

static void
take_handed(struct answers *answers, struct handed *handed)
{
	while (handed != NULL) {
		struct handed *next = handed->next;
		struct err err;

		if (work_add(answers->settings.work, handed->id, handed->at,
			handed->text, &err) != RC_OK)
			log_error(err.text, "message", handed->id, "code",
			    err.code, NULL);
		else
			tell_signal(answers->settings.work, handed->id);
		free(handed->text);
		free(handed);
		handed = next;
	}
}

static void
free_handed(struct handed *handed)
{
	while (handed != NULL) {
		struct handed *next = handed->next;

		free(handed->text);
		free(handed);
		handed = next;
	}
}

/* Wait until `due_at`, a new message or the stop; false: stop. */
static bool
wait_until(struct answers *answers, int64_t due_at, struct handed **handed)
{
	struct timespec at = { .tv_sec = due_at / CLOCK_SECOND,
		.tv_nsec = due_at % CLOCK_SECOND * 1000 };
	bool goes_on;

	pthread_mutex_lock(&answers->lock);
	while (!answers->is_stopping && answers->first == NULL &&
	    clock_now() < due_at) {
		if (due_at == INT64_MAX)
			pthread_cond_wait(&answers->ring, &answers->lock);
		else
			pthread_cond_timedwait(
			    &answers->ring, &answers->lock, &at);
	}
	*handed = answers->first;
	answers->first = NULL;
	answers->last = &answers->first;
	goes_on = !answers->is_stopping;
	pthread_mutex_unlock(&answers->lock);
	return goes_on;
}

static void *
run(void *context)
{
	struct answers *answers = context;
	struct handed *handed;
	int64_t due_at = 0;

	while (wait_until(answers, due_at, &handed)) {
		struct work_message *message = NULL;
		struct work_target *target = NULL;

		take_handed(answers, handed);
		if (find_next(answers, &message, &target, &due_at) &&
		    due_at <= clock_now()) {
			if (target == NULL)
				step_ask_program(&answers->settings, message);
			else
				step_answer(
				    &answers->settings, message, target);
			due_at = 0; /* look again at once */
		}
		finish_messages(answers);
	}
	free_handed(handed); /* stored: the next start has them */
	return NULL;
}

/* ---- start, stop, hand */

enum rc
answers_start(const struct answers_settings *settings, struct answers **answers,
    struct err *err)
{
	struct answers *started = calloc(1, sizeof(*started));

	if (started == NULL)
		abort();
	started->settings = *settings;
	started->last = &started->first;
	(void)pthread_mutex_init(&started->lock, NULL);
	(void)pthread_cond_init(&started->ring, NULL);
	if (pthread_create(&started->thread, NULL, run, started) != 0) {
		free(started);
		return err_set(err, RC_FAILED, "no_thread",
		    "cannot start the worker's thread");
	}
	*answers = started;
	return RC_OK;
}

void
answers_stop(struct answers *answers)
{
	if (answers == NULL)
		return;
	pthread_mutex_lock(&answers->lock);
	answers->is_stopping = true;
	pthread_cond_signal(&answers->ring);
	pthread_mutex_unlock(&answers->lock);
	(void)pthread_join(answers->thread, NULL);
}

void
answers_free(struct answers *answers)
{
	if (answers == NULL)
		return;
	free_handed(answers->first);
	(void)pthread_mutex_destroy(&answers->lock);
	(void)pthread_cond_destroy(&answers->ring);
	request_free(answers->settings.client);
	free(answers);
}

void
answers_hand(struct answers *answers, const char *id, int64_t at, char *text)
{
	struct handed *handed = calloc(1, sizeof(*handed));

	if (handed == NULL)
		abort();
	(void)snprintf(handed->id, sizeof(handed->id), "%s", id);
	handed->at = at;
	handed->text = text;
	pthread_mutex_lock(&answers->lock);
	*answers->last = handed;
	answers->last = &handed->next;
	pthread_cond_signal(&answers->ring);
	pthread_mutex_unlock(&answers->lock);
}
