/*
 * The clerk: see clerk.h.
 */
#include "hub/clerk/clerk.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "hub/base/log.h"
#include "hub/clerk/nap.h"
#include "hub/store/housekeeping.h"
#include "hub/store/lease.h"

enum {
	HOUR_MS = 3600 * 1000,
	AGAIN_MS = 60 * 1000, /* after a failure */
	FORGET_BATCH = 1000,
	SWEEP_CONTENTS = 100,
	PAUSE_MS = 20, /* between two batches: others want the disk */
};

struct clerk {
	char *conninfo;
	struct id owner;
	pthread_t thread;
	struct nap nap;
	atomic_bool is_stopping;
};

/* False when it is another node's. */
static enum rc
hold_lease(struct clerk *clerk, struct db *db, bool *is_ours, struct err *err)
{
	int64_t epoch;

	TRY(lease_take(db, "clerk", &clerk->owner, &epoch, err));
	*is_ours = epoch != 0;
	return RC_OK;
}

static enum rc
forget_replies(struct clerk *clerk, struct db *db, struct err *err)
{
	size_t forgotten = FORGET_BATCH;
	bool is_ours = true;

	while (is_ours && forgotten == FORGET_BATCH &&
	    !atomic_load(&clerk->is_stopping)) {
		TRY(housekeeping_forget_replies(
		    db, FORGET_BATCH, &forgotten, err));
		nap_wait(&clerk->nap, PAUSE_MS);
		TRY(hold_lease(clerk, db, &is_ours, err));
	}
	return RC_OK;
}

static enum rc
work(struct clerk *clerk, struct err *err)
{
	struct db_settings settings = { clerk->conninfo, "freezeline clerk",
		SESSION_CLERK };
	SCOPED(db_cleanup) struct db *db = NULL;
	bool is_ours, is_held;
	size_t made, swept;

	TRY(db_open(&settings, &db, err));
	TRY(lease_hold(db, &clerk->owner, &is_held, err));
	TRY(hold_lease(clerk, db, &is_ours, err));
	if (!is_ours)
		return RC_OK;
	TRY(housekeeping_make_partitions(db, &made, err));
	if (made > 0)
		log_info("partitions were made", NULL);
	TRY(forget_replies(clerk, db, err));
	TRY(housekeeping_sweep_staged(db, SWEEP_CONTENTS, &swept, err));
	if (swept > 0)
		log_info("staged contents were swept", NULL);
	return lease_release(db, "clerk", &clerk->owner, err);
}

static void *
clerk_run(void *context)
{
	struct clerk *clerk = context;
	struct err err;

	while (!atomic_load(&clerk->is_stopping)) {
		bool is_done = work(clerk, &err) == RC_OK;

		if (!is_done)
			log_error("the clerk's work failed", "code", err.code,
			    "why", err.text, NULL);
		if (!atomic_load(&clerk->is_stopping))
			nap_wait(&clerk->nap, is_done ? HOUR_MS : AGAIN_MS);
	}
	return NULL;
}

static void
clerk_free(struct clerk *clerk)
{
	nap_clear(&clerk->nap);
	free(clerk->conninfo);
	free(clerk);
}

enum rc
clerk_start(const struct clerk_settings *settings, struct clerk **clerk,
    struct err *err)
{
	struct clerk *made = calloc(1, sizeof(*made));

	if (made == NULL)
		abort();
	made->conninfo = strdup(settings->conninfo);
	if (made->conninfo == NULL)
		abort();
	made->owner = settings->owner;
	nap_init(&made->nap);
	if (pthread_create(&made->thread, NULL, clerk_run, made) != 0) {
		clerk_free(made);
		return err_set(err, RC_FAILED, "no_thread",
		    "the clerk's thread cannot be started");
	}
	*clerk = made;
	return RC_OK;
}

void
clerk_stop(struct clerk *clerk)
{
	if (clerk == NULL)
		return;
	atomic_store(&clerk->is_stopping, true);
	nap_wake(&clerk->nap);
	pthread_join(clerk->thread, NULL);
	clerk_free(clerk);
}
