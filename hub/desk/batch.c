/*
 * One batch: load, decide, seal, save, commit.  Runs again on a conflict,
 * cuts itself in halves where the database refuses a row, and answers only
 * after the commit.
 */
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "hub/base/clock.h"
#include "hub/base/log.h"
#include "hub/crypto/digest.h"
#include "hub/desk/desk_inside.h"
#include "hub/domain/ids.h"
#include "hub/service/service.h"
#include "hub/store/effects_save.h"
#include "hub/wire/reply_json.h"

enum { REPLY_LIMIT = 4 << 20, RETRY_LIMIT = 20, PAUSE_MILLISECONDS = 5 };

static void
settle(struct job *job, enum rc rc, const struct err *err)
{
	memset(&job->reply, 0, sizeof job->reply);
	job->reply.rc = rc;
	job->reply.err = *err;
	job->is_settled = true;
}

static void
refuse(struct job *job, const struct err *err)
{
	settle(job, err->rc, err);
}

/* Back to the state before the run; refusals by rules stand only for it. */
static void
reset(struct batch *batch)
{
	arena_reset(batch->arena);
	snapshot_init(&batch->snapshot, batch->arena, batch->registry);
	batch->snapshot.registry_delay_seconds = batch->registry_delay_seconds;
	effects_init(&batch->effects, &batch->snapshot);
	for (size_t i = 0; i < batch->count; i++) {
		batch->jobs[i]->is_settled = false;
		batch->jobs[i]->is_decided = false;
		memset(&batch->jobs[i]->reply, 0, sizeof batch->jobs[i]->reply);
	}
}

/* What cannot be prepared is not refused yet: it may have been answered
 * before the registry changed. */
static void
prepare(struct batch *batch)
{
	for (size_t i = 0; i < batch->count; i++) {
		struct job *job = batch->jobs[i];

		job->unfit.rc = service_prepare(
		    job->command, batch->registry, &job->unfit);
		if (job->unfit.rc == RC_OK)
			keys_hash(batch->keyring, job->command);
	}
}

/* ---- the same Idempotency-Key again */

static bool
is_same_key(const struct command *a, const struct command *b)
{
	return id_equal(&a->actor.principal, &b->actor.principal) &&
	    strcmp(a->idempotency.key, b->idempotency.key) == 0;
}

static bool
is_same_body(const struct idempotency *a, const struct idempotency *b)
{
	return digest_equal(
	    a->fingerprint, b->fingerprint, sizeof a->fingerprint);
}

static void
replay_or_refuse(struct job *job, bool is_same, const struct reply *first)
{
	struct err err;

	if (is_same) {
		job->reply = *first;
		job->reply.is_replay = true;
		job->is_settled = true;
		return;
	}
	(void)err_set(&err, RC_INVALID, "idempotency_key_reused",
	    "this Idempotency-Key came with another request before");
	refuse(job, &err);
}

/* Answered before: by a stored reply, or by an earlier job of this batch. */
static bool
find_earlier(struct batch *batch, size_t index)
{
	struct job *job = batch->jobs[index];
	const struct command *command = job->command;
	const struct kept_reply *kept;
	struct err err = { 0 };

	if (command->idempotency.key[0] == '\0')
		return false;
	for (size_t i = 0; i < index; i++)
		if (batch->jobs[i]->is_decided &&
		    is_same_key(batch->jobs[i]->command, command)) {
			replay_or_refuse(job,
			    is_same_body(&batch->jobs[i]->command->idempotency,
				&command->idempotency),
			    &batch->jobs[i]->reply);
			return true;
		}
	kept = snapshot_kept(&batch->snapshot, &command->actor.principal,
	    command->idempotency.key);
	if (kept == NULL)
		return false;
	if (!is_same_body(&kept->idempotency, &command->idempotency))
		replay_or_refuse(job, false, NULL);
	else if (opening_reply(batch, kept, &job->reply, &err) != RC_OK)
		refuse(job, &err);
	job->is_settled = true;
	return true;
}

/* ---- deciding */

/* A correction hashes with the payment that its target has. */
static enum rc
open_for_correction(
    struct batch *batch, struct command *command, struct err *err)
{
	struct target *target;

	if (command->kind != COMMAND_CORRECT_TARGET)
		return RC_OK;
	target = snapshot_target(&batch->snapshot, &command->correct.target);
	if (target == NULL)
		return RC_OK; /* the decision says so */
	TRY(opening_target(batch, target, err));
	keys_hash_correction(batch->keyring, command, target,
	    snapshot_txn(&batch->snapshot, &target->txn));
	return RC_OK;
}

static const char *
location_of(struct batch *batch, const struct command *command,
    const struct reply *reply)
{
	char id[ID_TEXT_SIZE], path[ID_TEXT_SIZE + 32];

	if (command->kind == COMMAND_SUBMIT_CASE && !command->is_dry_run)
		(void)snprintf(path, sizeof path, "/v1/cases/%s",
		    id_format(ID_CASE, &reply->case_id, id));
	else if (command->kind == COMMAND_RESPOND)
		(void)snprintf(path, sizeof path, "/v1/targets/%s",
		    id_format(ID_TARGET, &reply->target, id));
	else if (command->kind == COMMAND_REGISTER_INSTITUTION)
		(void)snprintf(path, sizeof path, "/v1/institutions/%s",
		    id_format(ID_INSTITUTION, &reply->thing, id));
	else
		return "";
	return arena_strdup(batch->arena, path);
}

static enum rc
write_reply(
    struct batch *batch, struct job *job, struct strbuf *text, struct err *err)
{
	struct reply *reply = &job->reply;

	if (job->command->is_dry_run)
		reply->status = 200;
	strbuf_reset(text);
	reply_json_write(text, job->command, reply, &batch->snapshot);
	if (text->failed)
		return err_set(err, RC_TOO_LARGE, "reply_too_large",
		    "the reply would be too large");
	reply->body = arena_strndup(batch->arena, text->bytes, text->length);
	reply->body_length = text->length;
	reply->location = location_of(batch, job->command, reply);
	if (reply->body == NULL || reply->location == NULL)
		return err_set(
		    err, RC_TOO_LARGE, "batch_full", "too much at once");
	return RC_OK;
}

static enum rc
decide(struct batch *batch, struct job *job, struct err *err)
{
	if (job->unfit.rc != RC_OK) {
		*err = job->unfit;
		return err->rc;
	}
	TRY(open_for_correction(batch, job->command, err));
	return service_decide(job->command, &batch->effects, &job->reply, err);
}

static enum rc
decide_all(struct batch *batch, struct err *err)
{
	SCOPED(strbuf_clear) struct strbuf text;

	strbuf_init(&text, REPLY_LIMIT);
	for (size_t i = 0; i < batch->count; i++) {
		struct job *job = batch->jobs[i];
		struct err own = { 0 };

		/* First of all: nobody else gets an answer that was kept. */
		if (service_admit(job->command, &batch->snapshot, &own) !=
		    RC_OK) {
			refuse(job, &own);
			continue;
		}
		if (find_earlier(batch, i))
			continue;
		if (decide(batch, job, &own) != RC_OK) {
			refuse(job, &own);
			continue;
		}
		TRY(write_reply(batch, job, &text, err));
		job->is_settled = job->is_decided = true;
	}
	return RC_OK;
}

/* ---- the transaction */

static bool
is_dry_run(const struct batch *batch)
{
	return batch->count == 1 && batch->jobs[0]->command->is_dry_run;
}

static enum rc
transact(struct batch *batch, struct err *err)
{
	struct load_keys keys;
	enum rc rc;

	reset(batch);
	prepare(batch);
	TRY(keys_collect(batch, &keys, err));
	TRY(snapshot_load(batch->db, &keys, &batch->snapshot, err));
	rc = decide_all(batch, err);
	if (rc == RC_OK && is_dry_run(batch)) {
		db_rollback(batch->db);
		return RC_OK;
	}
	if (rc == RC_OK)
		rc = closing_seal(batch, err);
	if (rc != RC_OK) {
		db_rollback(batch->db);
		return rc;
	}
	return effects_save(batch->db, &batch->effects, err);
}

static void
pause_a_little(void)
{
	struct timespec span = { .tv_nsec = PAUSE_MILLISECONDS * 1000000L };

	(void)nanosleep(&span, NULL);
}

/* Without a database: try again until the first job's time is over. */
static bool
may_try_again(struct desk *desk, struct batch *batch, struct err *err)
{
	int64_t now = clock_monotonic();

	for (size_t i = 0; i < batch->count; i++)
		if (batch->jobs[i]->deadline <= now)
			return false;
	desk_inside_lost(desk);
	pause_a_little();
	if (db_is_broken(batch->db) && db_reopen(batch->db, err) != RC_OK) {
		struct timespec span = { .tv_nsec = 200 * 1000000L };

		(void)nanosleep(&span, NULL);
	}
	return true;
}

static void
refuse_all(struct batch *batch, const struct err *err)
{
	for (size_t i = 0; i < batch->count; i++)
		refuse(batch->jobs[i], err);
}

/* Each command alone tells whose fault it was. */
static void
bisect(struct desk *desk, struct batch *batch)
{
	size_t half = batch->count / 2;
	struct job **jobs = batch->jobs;
	size_t count = batch->count;

	desk_inside_count_bisection(desk);
	batch_run(desk, jobs, half);
	batch_run(desk, jobs + half, count - half);
}

static void
finish(struct desk *desk, struct batch *batch, bool is_committed)
{
	if (is_committed)
		desk_inside_ring(desk, batch);
	for (size_t i = 0; i < batch->count; i++)
		desk_inside_done(desk, batch->jobs[i]);
}

/* In doubt is not refused: the same key gets the answer that was given. */
static void
give_up(struct batch *batch)
{
	struct err err;

	(void)err_set(&err, RC_UNAVAILABLE, "in_doubt",
	    "the database did not answer; retry with the same "
	    "Idempotency-Key");
	refuse_all(batch, &err);
}

void
batch_run(struct desk *desk, struct job **jobs, size_t count)
{
	SCOPED(registry_cleanup)
	struct registry *registry = desk_inside_registry(desk);
	struct batch *batch = desk_inside_batch(desk);
	struct err err = { 0 };
	int conflicts = 0;
	enum rc rc;

	batch->jobs = jobs;
	batch->count = count;
	batch->registry = registry;
	for (;;) {
		rc = transact(batch, &err);
		if (rc == RC_RETRY && ++conflicts < RETRY_LIMIT) {
			desk_inside_count_retry(desk);
			if (conflicts > 2)
				pause_a_little();
			continue;
		}
		if (rc != RC_UNAVAILABLE || !may_try_again(desk, batch, &err))
			break;
	}
	desk_inside_ready(desk, rc != RC_UNAVAILABLE);
	if (rc == RC_UNAVAILABLE || rc == RC_RETRY)
		give_up(batch);
	else if (rc != RC_OK && count > 1) {
		bisect(desk, batch);
		return;
	} else if (rc != RC_OK) {
		log_error("a command failed", "code", err.code, "detail",
		    err.text, NULL);
		refuse_all(batch, &err);
	}
	finish(desk, batch, rc == RC_OK && !is_dry_run(batch));
}
