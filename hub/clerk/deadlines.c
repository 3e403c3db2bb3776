/*
 * Deadlines: see deadlines.h.
 */
#include "hub/clerk/deadlines.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "hub/base/clock.h"
#include "hub/base/encode.h"
#include "hub/base/log.h"
#include "hub/clerk/nap.h"
#include "hub/store/due.h"
#include "hub/store/lease.h"

enum {
	LOOK_MS = 1000,
	AGAIN_MS = 5000, /* after a failure */
	ROUND_LIMIT = 64,
	COMMAND_BYTES = 64 * 1024,
};

#define RENEW_EVERY (2 * CLOCK_SECOND)

struct deadlines {
	struct deadlines_settings settings;
	pthread_t thread;
	struct nap nap;
	atomic_bool is_stopping;
	/* Of all below up to the thread's own. */
	pthread_mutex_t lock;
	pthread_cond_t decided;
	size_t at_desk;
	bool has_failure; /* of the present round */
	struct deadlines_counters counters;

	/* The thread's own. */
	struct db *db;
	int64_t epoch; /* 0: another node's */
	int64_t renew_at;
	bool is_held;
	struct due last; /* looked at in the present sweep */
};

/* One command at the desk. */
struct errand {
	struct deadlines *deadlines;
	struct command command;
};

static int64_t
now_of(const struct deadlines *deadlines)
{
	return deadlines->settings.now == NULL
	    ? clock_now()
	    : deadlines->settings.now(deadlines->settings.context);
}

/* ---- the commands */

/* On the desk's thread. */
static void
on_done(void *context, struct command *command, const struct reply *reply)
{
	struct errand *errand = context;
	struct deadlines *deadlines = errand->deadlines;

	if (reply->rc != RC_OK)
		log_warn("a deadline could not be passed yet", "code",
		    reply->err.code, "why", reply->err.text, NULL);
	arena_free(command->arena);
	free(errand);
	pthread_mutex_lock(&deadlines->lock);
	if (reply->rc == RC_OK)
		deadlines->counters.passed++;
	else
		deadlines->counters.failed++;
	deadlines->has_failure |= reply->rc != RC_OK;
	deadlines->at_desk--;
	/* Inside the lock: once it is free the thread may end. */
	pthread_cond_signal(&deadlines->decided);
	pthread_mutex_unlock(&deadlines->lock);
}

static void
send_one(struct deadlines *deadlines, const struct due *due, int64_t now)
{
	struct errand *errand = calloc(1, sizeof(*errand));
	struct command *command;

	if (errand == NULL)
		abort();
	errand->deadlines = deadlines;
	command = &errand->command;
	command->kind = COMMAND_PASS_DEADLINE;
	command->actor.role = ROLE_HUB;
	command->actor.kind = INSTITUTION_HUB;
	command->at = now;
	command->base = id_new();
	command->arena = arena_new(COMMAND_BYTES);
	command->deadline.subject = due->subject;
	command->deadline.kind = due->kind;
	command->deadline.request = due->request;
	hex_encode(command->base.bytes, sizeof(command->base.bytes),
	    command->trace_id);
	pthread_mutex_lock(&deadlines->lock);
	deadlines->at_desk++;
	pthread_mutex_unlock(&deadlines->lock);
	deadlines->settings.submit(
	    deadlines->settings.context, command, on_done, errand);
}

/* The desk answers each within its own deadline. */
static bool
wait_for_all(struct deadlines *deadlines)
{
	bool has_failure;

	pthread_mutex_lock(&deadlines->lock);
	while (deadlines->at_desk > 0)
		pthread_cond_wait(&deadlines->decided, &deadlines->lock);
	has_failure = deadlines->has_failure;
	deadlines->has_failure = false;
	pthread_mutex_unlock(&deadlines->lock);
	return has_failure;
}

/* ---- rounds */

static enum rc
renew(struct deadlines *deadlines, struct err *err)
{
	int64_t now = clock_monotonic();

	if (now < deadlines->renew_at)
		return RC_OK;
	if (!deadlines->is_held)
		TRY(lease_hold(deadlines->db, &deadlines->settings.owner,
		    &deadlines->is_held, err));
	TRY(lease_take(deadlines->db, "deadlines", &deadlines->settings.owner,
	    &deadlines->epoch, err));
	deadlines->renew_at = now + RENEW_EVERY;
	pthread_mutex_lock(&deadlines->lock);
	deadlines->counters.is_owner = deadlines->epoch != 0;
	pthread_mutex_unlock(&deadlines->lock);
	return RC_OK;
}

/* All that has come, in rounds; a round that fails does not keep the next one
 * from its clocks: the sweep goes on behind it. */
static enum rc
sweep(struct deadlines *deadlines, bool *has_failure, struct err *err)
{
	struct due dues[ROUND_LIMIT];
	size_t count = ROUND_LIMIT;

	memset(&deadlines->last, 0, sizeof(deadlines->last));
	while (count == ROUND_LIMIT && !atomic_load(&deadlines->is_stopping)) {
		int64_t now = now_of(deadlines);

		TRY(renew(deadlines, err));
		if (deadlines->epoch == 0)
			return RC_OK;
		TRY(due_find(deadlines->db, now, &deadlines->last, dues,
		    ROUND_LIMIT, &count, err));
		for (size_t i = 0; i < count; i++)
			send_one(deadlines, &dues[i], now);
		if (count > 0)
			deadlines->last = dues[count - 1];
		*has_failure |= wait_for_all(deadlines);
	}
	return RC_OK;
}

/* A session that is gone is opened at the next look. */
static int
look(struct deadlines *deadlines)
{
	bool has_failure = false;
	enum rc rc = RC_OK;
	struct err err;

	if (db_is_broken(deadlines->db)) {
		deadlines->epoch = 0;
		deadlines->renew_at = 0;
		deadlines->is_held = false;
		rc = db_reopen(deadlines->db, &err);
	}
	if (rc == RC_OK)
		rc = sweep(deadlines, &has_failure, &err);
	if (rc != RC_OK)
		log_warn("deadlines could not be looked for", "code", err.code,
		    "why", err.text, NULL);
	return rc == RC_OK && !has_failure ? LOOK_MS : AGAIN_MS;
}

static void *
deadlines_run(void *context)
{
	struct deadlines *deadlines = context;
	struct err err;

	while (!atomic_load(&deadlines->is_stopping)) {
		int pause_ms = look(deadlines);

		if (!atomic_load(&deadlines->is_stopping))
			nap_wait(&deadlines->nap, pause_ms);
	}
	if (deadlines->epoch != 0 &&
	    lease_release(deadlines->db, "deadlines",
		&deadlines->settings.owner, &err) != RC_OK)
		log_warn(
		    "the lease could not be given back", "why", err.text, NULL);
	return NULL;
}

/* ---- start and stop */

static void
deadlines_free(struct deadlines *deadlines)
{
	db_close(deadlines->db);
	nap_clear(&deadlines->nap);
	pthread_cond_destroy(&deadlines->decided);
	pthread_mutex_destroy(&deadlines->lock);
	free(deadlines);
}

static enum rc
deadlines_open(
    struct deadlines *deadlines, const char *conninfo, struct err *err)
{
	struct db_settings settings = { conninfo, "freezeline deadlines",
		SESSION_CLERK };

	TRY(db_open(&settings, &deadlines->db, err));
	if (pthread_create(
		&deadlines->thread, NULL, deadlines_run, deadlines) != 0)
		return err_set(err, RC_FAILED, "no_thread",
		    "the thread of deadlines cannot be started");
	return RC_OK;
}

enum rc
deadlines_start(const struct deadlines_settings *settings,
    struct deadlines **deadlines, struct err *err)
{
	struct deadlines *made = calloc(1, sizeof(*made));
	enum rc rc;

	if (made == NULL)
		abort();
	made->settings = *settings;
	made->settings.conninfo = NULL; /* the session has its copy */
	nap_init(&made->nap);
	pthread_mutex_init(&made->lock, NULL);
	pthread_cond_init(&made->decided, NULL);
	rc = deadlines_open(made, settings->conninfo, err);
	if (rc != RC_OK) {
		deadlines_free(made);
		return rc;
	}
	*deadlines = made;
	return RC_OK;
}

void
deadlines_stop(struct deadlines *deadlines)
{
	if (deadlines == NULL)
		return;
	atomic_store(&deadlines->is_stopping, true);
	nap_wake(&deadlines->nap);
	pthread_join(deadlines->thread, NULL);
	deadlines_free(deadlines);
}

void
deadlines_wake(struct deadlines *deadlines)
{
	nap_wake(&deadlines->nap);
}

void
deadlines_counters(
    struct deadlines *deadlines, struct deadlines_counters *counters)
{
	pthread_mutex_lock(&deadlines->lock);
	*counters = deadlines->counters;
	pthread_mutex_unlock(&deadlines->lock);
}
