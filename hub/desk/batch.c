/*
 * One batch: load, decide, seal, save, commit.  Runs again on a conflict,
 * waits for a database that is not there, cuts itself in halves where it
 * refuses a row, and answers only after the commit.
 */
#include <time.h>

#include "hub/base/clock.h"
#include "hub/base/log.h"
#include "hub/desk/seat.h"
#include "hub/store/effects_save.h"

enum {
	RETRY_LIMIT = 20,
	LEARN_LIMIT = 5,
	QUICK_RETRIES = 2, /* before pauses begin */
	PAUSE_MILLISECONDS = 5,
	REOPEN_MILLISECONDS = 200,
};

/* ---- the transaction */

static bool
is_dry_run(const struct batch *batch)
{
	return batch->count == 1 && batch->jobs[0]->command->is_dry_run;
}

static enum rc
load(struct batch *batch, struct err *err)
{
	struct load_keys keys;

	TRY(keys_collect(batch, &keys, err));
	return snapshot_load(batch->db, &keys, &batch->snapshot, err);
}

/* The rows, locked in their order: advisory locks come first, so a triple or
 * a row that was learned of on the way means to begin again.  Each time tells
 * of others than the last; what changes between is as good as a conflict. */
static enum rc
begin(struct batch *batch, struct err *err)
{
	for (int i = 0; i < LEARN_LIMIT; i++) {
		TRY(load(batch, err));
		if (!deciding_learn(batch))
			return RC_OK;
		db_rollback(batch->db);
		deciding_reset(batch);
		deciding_prepare(batch);
	}
	return err_set(err, RC_RETRY, "conflict",
	    "what the batch names changes while it is loaded");
}

/* The server works on the rows while the records are made. */
static enum rc
save(struct batch *batch, struct err *err)
{
	enum rc rc;

	TRY(effects_save_rows(batch->db, &batch->effects, err));
	rc = closing_records(batch, err);
	if (rc == RC_OK)
		return effects_save_records(batch->db, &batch->effects, err);
	effects_save_abandon(batch->db);
	return rc;
}

static enum rc
transact(struct batch *batch, struct err *err)
{
	enum rc rc;

	deciding_reset(batch);
	deciding_prepare(batch);
	batch->is_committed = false;
	TRY(begin(batch, err));
	rc = deciding_all(batch, err);
	if (rc == RC_OK && is_dry_run(batch)) {
		db_rollback(batch->db);
		return RC_OK;
	}
	if (rc == RC_OK)
		rc = closing_rows(batch, err);
	if (rc != RC_OK) {
		db_rollback(batch->db);
		return rc;
	}
	TRY(save(batch, err));
	batch->is_committed = true;
	return RC_OK;
}

/* ---- when the database does not want to, or is not there */

static void
pause_for(int milliseconds)
{
	struct timespec span = { .tv_nsec = milliseconds * 1000000L };

	(void)nanosleep(&span, NULL);
}

static void
wait_for_database(struct seat *seat, struct batch *batch, struct err *err)
{
	seat_lost(seat);
	pause_for(PAUSE_MILLISECONDS);
	if (db_is_broken(batch->db) && db_reopen(batch->db, err) != RC_OK)
		pause_for(REOPEN_MILLISECONDS);
}

/* In doubt is not refused: the same key gets the answer that was given. */
static void
give_up(struct seat *seat, struct job *job)
{
	struct err err;

	(void)err_set(&err, RC_UNAVAILABLE, "in_doubt",
	    "the database did not answer; retry with the same "
	    "Idempotency-Key");
	deciding_refuse(job, &err);
	seat_done(seat, job);
}

/* Each command waits until its own time is over. */
static void
give_up_late(struct seat *seat, struct batch *batch)
{
	int64_t now = clock_monotonic();
	size_t count = 0;

	for (size_t i = 0; i < batch->count; i++)
		if (batch->jobs[i]->deadline <= now)
			give_up(seat, batch->jobs[i]);
		else
			batch->jobs[count++] = batch->jobs[i];
	batch->count = count;
}

/* Until it is committed or refused, or nobody waits for it any more. */
static enum rc
run_until_settled(struct seat *seat, struct batch *batch, struct err *err)
{
	int conflicts = 0;
	enum rc rc;

	for (;;) {
		rc = transact(batch, err);
		if (rc != RC_RETRY && rc != RC_UNAVAILABLE)
			return rc;
		if (rc == RC_UNAVAILABLE)
			wait_for_database(seat, batch, err);
		else if (++conflicts == RETRY_LIMIT)
			return rc;
		else {
			seat_count_retry(seat);
			if (conflicts > QUICK_RETRIES)
				pause_for(PAUSE_MILLISECONDS);
		}
		give_up_late(seat, batch);
		if (batch->count == 0)
			return rc;
	}
}

static void
finish(struct seat *seat, struct batch *batch)
{
	if (batch->is_committed)
		seat_ring(seat, batch);
	for (size_t i = 0; i < batch->count; i++)
		seat_done(seat, batch->jobs[i]);
}

/* Each command alone tells whose fault it was. */
static void
bisect(struct seat *seat, struct batch *batch)
{
	struct job **jobs = batch->jobs;
	size_t count = batch->count, half = count / 2;

	seat_count_bisection(seat);
	batch_run(seat, jobs, half);
	batch_run(seat, jobs + half, count - half);
}

void
batch_run(struct seat *seat, struct job **jobs, size_t count)
{
	SCOPED(registry_cleanup)
	struct registry *registry = seat_registry(seat);
	struct batch *batch = seat_batch(seat);
	struct err err = { 0 };
	enum rc rc;

	batch->jobs = jobs;
	batch->count = count;
	batch->registry = registry;
	rc = run_until_settled(seat, batch, &err);
	if (rc == RC_UNAVAILABLE)
		return; /* nobody is left */
	seat_ready(seat, true);
	if (rc == RC_RETRY) {
		for (size_t i = 0; i < batch->count; i++)
			give_up(seat, batch->jobs[i]);
		return;
	}
	if (rc != RC_OK && batch->count > 1) {
		bisect(seat, batch);
		return;
	}
	if (rc != RC_OK) {
		log_error("a command failed", "code", err.code, "detail",
		    err.text, NULL);
		deciding_refuse(batch->jobs[0], &err);
	}
	finish(seat, batch);
}
