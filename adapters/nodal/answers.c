/*
 * The worker: see answers.h.
 */
#include "adapters/nodal/answers.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "adapters/nodal/poster.h"
#include "adapters/nodal/program.h"
#include "adapters/nodal/rule_body.h"
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

static int64_t
milliseconds_from_now(int milliseconds)
{
	return clock_now() + milliseconds * INT64_C(1000);
}

/* ---- one answer of one target */

/* Make the body that is due, and store it where a restart could make
 * another.  The program's answers are stored as its plan. */
static enum rc
make_body(struct answers *answers, const struct work_message *message,
    struct work_target *target, struct err *err)
{
	struct store_record record = { .kind = STORE_STEP,
		.id = message->id,
		.target = target->id,
		.n = target->n };
	SCOPED(strbuf_clear) struct strbuf text = { .bytes = NULL };
	int64_t after_ms;
	const struct json_view *body = work_answer(
	    message, target, target->n, &after_ms);

	strbuf_init(&text, STORE_FILE_BODY_LIMIT);
	if (message->plan != NULL) {
		json_view_write(&text, body);
		target->body = strbuf_take(&text, NULL);
		return RC_OK;
	}
	TRY(rule_body_write(&text, body, target->view, clock_now(), err));
	record.body = text.bytes;
	if (journal_write(answers->settings.journal, &record) != JOURNAL_STORED)
		return err_set(err, RC_UNAVAILABLE, "store_failed",
		    "the answer could not be stored");
	target->body = strbuf_take(&text, NULL);
	return RC_OK;
}

static void
log_verdict(const struct work_message *message,
    const struct work_target *target, const struct poster_verdict *verdict)
{
	char status[16], number[16];

	(void)snprintf(status, sizeof(status), "%d", verdict->status);
	(void)snprintf(number, sizeof(number), "%d", target->n);
	if (verdict->is_accepted)
		log_info("answer accepted", "message", message->id, "target",
		    target->id, "n", number, "status", status, "rule",
		    target->rule != NULL ? rules_name(target->rule) : "program",
		    NULL);
	else if (verdict->is_final)
		log_error("answer refused", "message", message->id, "target",
		    target->id, "n", number, "status", status, "code",
		    verdict->code, "detail", verdict->detail, NULL);
	else
		log_warn("answer will be posted again", "message", message->id,
		    "target", target->id, "n", number, "status", status, "code",
		    verdict->code, "detail", verdict->detail, NULL);
}

static void
post_answer(struct answers *answers, struct work_message *message,
    struct work_target *target)
{
	struct store_record record = { .kind = STORE_POSTED,
		.id = message->id,
		.target = target->id,
		.n = target->n };
	struct poster_verdict verdict;

	poster_post(answers->settings.client, message->id, target->id,
	    target->n, target->body, &verdict);
	log_verdict(message, target, &verdict);
	if (!verdict.is_final) {
		target->due_at = milliseconds_from_now(
		    poster_pause_ms(++target->failures, &verdict));
		return;
	}
	record.status = verdict.status;
	record.at = clock_now();
	/* Lost in a crash, it is only posted again: nobody needs to wait. */
	journal_submit(answers->settings.journal, &record, NULL, NULL);
	work_advance(message, target, record.at, verdict.is_accepted);
}

static void
do_target(struct answers *answers, struct work_message *message,
    struct work_target *target)
{
	const struct poster_verdict none = { .status = 0 };
	struct err err;
	enum rc rc = RC_OK;

	if (target->body == NULL)
		rc = make_body(answers, message, target, &err);
	if (rc == RC_OK) {
		post_answer(answers, message, target);
		return;
	}
	log_error(err.text, "message", message->id, "target", target->id,
	    "code", err.code, NULL);
	if (rc == RC_UNAVAILABLE)
		target->due_at = milliseconds_from_now(
		    poster_pause_ms(++target->failures, &none));
	else
		target->is_over = true; /* the rule does not fit the target */
}

/* ---- the program */

static enum rc
run_program(
    struct answers *answers, struct work_message *message, struct err *err)
{
	struct store_record record = { .kind = STORE_PLAN, .id = message->id };
	SCOPED(strbuf_clear) struct strbuf output = { .bytes = NULL };

	strbuf_init(&output, 2 * PROGRAM_OUTPUT_LIMIT);
	TRY(program_run(answers->settings.program, message->text,
	    strlen(message->text), PROGRAM_DEADLINE_MS, &output, err));
	TRY(work_plan(message, output.bytes, err));
	record.body = output.bytes;
	if (journal_write(answers->settings.journal, &record) == JOURNAL_STORED)
		return RC_OK;
	json_view_free(message->plan);
	message->plan = NULL;
	return err_set(err, RC_UNAVAILABLE, "store_failed",
	    "the program's answers could not be stored");
}

static void
do_program(struct answers *answers, struct work_message *message)
{
	const struct poster_verdict none = { .status = 0 };
	struct err err;

	if (run_program(answers, message, &err) == RC_OK)
		return;
	log_error(err.text, "message", message->id, "code", err.code, NULL);
	message->due_at = milliseconds_from_now(
	    poster_pause_ms(++message->failures, &none));
}

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
				do_program(answers, message);
			else
				do_target(answers, message, target);
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
