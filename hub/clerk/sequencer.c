/*
 * The sequencer: see sequencer.h.
 */
#include "hub/clerk/sequencer.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "hub/base/clock.h"
#include "hub/base/log.h"
#include "hub/clerk/nap.h"
#include "hub/store/lease.h"
#include "hub/store/sequence.h"

/* PAUSE_MS: a round after each commit would flush as often as the desk does
 * and take half of a lone client's rate; more events at once cost less. */
enum { BACKSTOP_MS = 500, PAUSE_MS = 20, ROUND_LIMIT = 10000 };

#define RENEW_EVERY (2 * CLOCK_SECOND)
#define PROGRESS_EVERY (5 * CLOCK_SECOND)

struct sequencer {
	struct sequencer_settings settings;
	pthread_t thread;
	struct nap nap;
	atomic_bool is_stopping;
	pthread_mutex_t lock;
	struct sequencer_counters counters;

	/* The thread's own. */
	struct db *db;
	int64_t epoch; /* 0: another node's */
	bool is_held;  /* the session stands for us (lease_hold) */
	int64_t renew_at, progress_at;
	size_t behind; /* leaves given since the last pause */
	struct sequence sequence;
};

static void
publish(struct sequencer *sequencer, size_t count)
{
	pthread_mutex_lock(&sequencer->lock);
	sequencer->counters.rounds++;
	sequencer->counters.events += count;
	sequencer->counters.floor = sequencer->sequence.floor;
	sequencer->counters.is_owner = sequencer->epoch != 0;
	pthread_mutex_unlock(&sequencer->lock);
	if (count > 0 && sequencer->settings.sequenced != NULL)
		sequencer->settings.sequenced(
		    sequencer->settings.context, count);
}

static enum rc
renew(struct sequencer *sequencer, struct err *err)
{
	int64_t now = clock_monotonic(), before = sequencer->epoch;

	if (now < sequencer->renew_at)
		return RC_OK;
	if (!sequencer->is_held)
		TRY(lease_hold(sequencer->db, &sequencer->settings.owner,
		    &sequencer->is_held, err));
	TRY(lease_take(sequencer->db, "sequencer", &sequencer->settings.owner,
	    &sequencer->epoch, err));
	sequencer->renew_at = now + RENEW_EVERY;
	if (sequencer->epoch != before)
		memset(&sequencer->sequence, 0, sizeof(sequencer->sequence));
	if (sequencer->epoch != before && sequencer->epoch != 0)
		log_info("this node is the sequencer", NULL);
	if (before != 0 && sequencer->epoch == 0)
		log_warn("the sequencer's lease was lost", NULL);
	return RC_OK;
}

static void
tell_progress(struct sequencer *sequencer, size_t count)
{
	int64_t now = clock_monotonic();
	char text[32];

	sequencer->behind += count;
	if (count < ROUND_LIMIT) {
		sequencer->behind = 0;
		sequencer->progress_at = now + PROGRESS_EVERY;
	}
	if (now < sequencer->progress_at)
		return;
	(void)snprintf(text, sizeof(text), "%zu", sequencer->behind);
	log_info("the sequencer catches up", "events", text, NULL);
	sequencer->progress_at = now + PROGRESS_EVERY;
}

/* Until nothing is left.  The lease is renewed on the way. */
static enum rc
run_rounds(struct sequencer *sequencer, struct err *err)
{
	size_t count = ROUND_LIMIT;

	while (count == ROUND_LIMIT) {
		TRY(renew(sequencer, err));
		if (sequencer->epoch == 0)
			return RC_OK;
		TRY(sequence_round(sequencer->db, &sequencer->settings.owner,
		    sequencer->epoch, ROUND_LIMIT, &sequencer->sequence, &count,
		    err));
		tell_progress(sequencer, count);
		publish(sequencer, count);
	}
	return RC_OK;
}

/* A session that is gone is opened at the next look. */
static void
look(struct sequencer *sequencer)
{
	struct err err;
	enum rc rc = RC_OK;

	if (db_is_broken(sequencer->db)) {
		sequencer->is_held = false;
		sequencer->renew_at = 0;
		rc = db_reopen(sequencer->db, &err);
	}
	if (rc == RC_OK)
		rc = run_rounds(sequencer, &err);
	if (rc == RC_CONFLICT)
		sequencer->renew_at = 0;
	if (rc != RC_OK)
		log_warn("events could not be sequenced yet", "code", err.code,
		    "why", err.text, NULL);
}

static void *
sequencer_run(void *context)
{
	struct sequencer *sequencer = context;
	struct err err;

	while (!atomic_load(&sequencer->is_stopping)) {
		look(sequencer);
		nap_pause(PAUSE_MS);
		nap_wait(&sequencer->nap, BACKSTOP_MS);
	}
	look(sequencer);
	if (sequencer->epoch != 0 &&
	    lease_release(sequencer->db, "sequencer",
		&sequencer->settings.owner, &err) != RC_OK)
		log_warn(
		    "the lease could not be given back", "why", err.text, NULL);
	return NULL;
}

static void
sequencer_free(struct sequencer *sequencer)
{
	db_close(sequencer->db);
	nap_clear(&sequencer->nap);
	pthread_mutex_destroy(&sequencer->lock);
	free(sequencer);
}

static enum rc
sequencer_open(
    struct sequencer *sequencer, const char *conninfo, struct err *err)
{
	struct db_settings settings = { conninfo, "freezeline sequencer",
		SESSION_CLERK };

	TRY(db_open(&settings, &sequencer->db, err));
	if (pthread_create(
		&sequencer->thread, NULL, sequencer_run, sequencer) != 0)
		return err_set(err, RC_FAILED, "no_thread",
		    "the sequencer's thread cannot be started");
	return RC_OK;
}

enum rc
sequencer_start(const struct sequencer_settings *settings,
    struct sequencer **sequencer, struct err *err)
{
	struct sequencer *made = calloc(1, sizeof(*made));
	enum rc rc;

	if (made == NULL)
		abort();
	made->settings = *settings;
	made->settings.conninfo = NULL; /* the session has its copy */
	nap_init(&made->nap);
	pthread_mutex_init(&made->lock, NULL);
	rc = sequencer_open(made, settings->conninfo, err);
	if (rc != RC_OK) {
		sequencer_free(made);
		return rc;
	}
	*sequencer = made;
	return RC_OK;
}

void
sequencer_stop(struct sequencer *sequencer)
{
	if (sequencer == NULL)
		return;
	atomic_store(&sequencer->is_stopping, true);
	nap_wake(&sequencer->nap);
	pthread_join(sequencer->thread, NULL);
	sequencer_free(sequencer);
}

void
sequencer_wake(struct sequencer *sequencer)
{
	nap_wake(&sequencer->nap);
}

void
sequencer_counters(
    struct sequencer *sequencer, struct sequencer_counters *counters)
{
	pthread_mutex_lock(&sequencer->lock);
	*counters = sequencer->counters;
	pthread_mutex_unlock(&sequencer->lock);
}
