/*
 * The intake's thread and its queue: see intake.h.
 */
#include "hub/desk/intake.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "hub/base/encode.h"
#include "hub/base/log.h"
#include "hub/crypto/crypto.h"
#include "hub/crypto/detached_signature.h"
#include "hub/store/staging.h"

enum { QUEUE_LIMIT = 256 };

/* An upload to bring in, or (no command) a content to forget. */
struct errand {
	struct errand *next;
	struct intake *intake;
	struct command *command;
	struct spool *spool;
	desk_done *done;
	void *context;
	struct id content;
};

struct intake {
	struct db *db;
	struct desk *desk;
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t ready;
	struct errand *first, **last;
	size_t waiting;
	bool is_stopping;
};

/* ---- the queue */

/* False when the intake takes nothing more. */
static bool
put(struct intake *intake, struct errand *errand)
{
	bool is_taken;

	pthread_mutex_lock(&intake->lock);
	is_taken = !intake->is_stopping && intake->waiting < QUEUE_LIMIT;
	if (is_taken) {
		*intake->last = errand;
		intake->last = &errand->next;
		intake->waiting++;
		pthread_cond_signal(&intake->ready);
	}
	pthread_mutex_unlock(&intake->lock);
	return is_taken;
}

/* NULL: stopping, and nothing waits. */
static struct errand *
take(struct intake *intake)
{
	struct errand *errand;

	pthread_mutex_lock(&intake->lock);
	while (intake->first == NULL && !intake->is_stopping)
		pthread_cond_wait(&intake->ready, &intake->lock);
	errand = intake->first;
	if (errand != NULL) {
		intake->first = errand->next;
		if (intake->first == NULL)
			intake->last = &intake->first;
		intake->waiting--;
	}
	pthread_mutex_unlock(&intake->lock);
	return errand;
}

static void
refuse(struct errand *errand, const struct err *err)
{
	struct reply reply = { .rc = err->rc, .err = *err };

	errand->done(errand->context, errand->command, &reply);
	free(errand);
}

/* ---- the work */

static enum rc
bad_signature(const char *pointer, const char *text, struct err *err)
{
	return err_at(
	    err, RC_INVALID, pointer, "signature_mismatch", "%s", text);
}

/* Refused where it does not fit: a document never stands there as signed and
 * is not. */
static enum rc
check_signature(struct file_document *filing, const struct actor *actor,
    struct spool *spool, struct err *err)
{
	uint8_t key[DETACHED_KEY_SIZE], signature[DETACHED_SIGNATURE_SIZE];
	uint8_t hash[ACTOR_KEY_SIZE], *whole;
	size_t length = strlen(filing->signer_key), got;
	bool is_good;

	if (filing->signature_format != SIGNATURE_DETACHED_ED25519)
		return RC_OK;
	if (!base64_decode(filing->signer_key, length, key, sizeof key, &got) ||
	    got != sizeof key)
		return bad_signature("/headers/document-signer-key",
		    "the key is not the base64 of 32 bytes", err);
	length = strlen(filing->signature);
	if (!base64_decode(
		filing->signature, length, signature, sizeof signature, &got) ||
	    got != sizeof signature)
		return bad_signature("/headers/document-signature",
		    "the signature is not the base64 of 64 bytes", err);
	TRY(spool_whole(spool, &whole, err));
	is_good = detached_signature_is_good(
	    key, signature, whole, (size_t)spool_size(spool));
	crypto_wipe(whole, (size_t)spool_size(spool));
	free(whole);
	if (!is_good)
		return bad_signature("/headers/document-signature",
		    "that key did not sign this content", err);
	detached_signature_key_hash(key, hash);
	filing->signature_check = memcmp(hash, actor->key, sizeof hash) == 0
	    ? SIGNATURE_GOOD_OWN_KEY
	    : SIGNATURE_GOOD_NAMED_KEY;
	return RC_OK;
}

static enum rc
stage_pieces(struct intake *intake, struct spool *spool, struct err *err)
{
	const uint8_t *sealed;
	size_t length;

	for (int i = 0; i < spool_pieces(spool); i++) {
		TRY(spool_piece(spool, i, &sealed, &length, err));
		TRY(staging_add(
		    intake->db, spool_content(spool), i, sealed, length, err));
	}
	return RC_OK;
}

/* All pieces or none; another try where the connection was lost idly. */
static enum rc
stage_once(struct intake *intake, struct spool *spool, struct err *err)
{
	enum rc rc;

	if (db_is_broken(intake->db))
		TRY(db_reopen(intake->db, err));
	TRY(db_begin(intake->db, err));
	rc = stage_pieces(intake, spool, err);
	if (rc == RC_OK)
		return db_commit(intake->db, err);
	db_rollback(intake->db);
	return rc;
}

static enum rc
stage(struct intake *intake, struct spool *spool, struct err *err)
{
	enum rc rc = stage_once(intake, spool, err);

	if (rc == RC_UNAVAILABLE && db_is_broken(intake->db) &&
	    strcmp(err->code, "commit_in_doubt") != 0)
		rc = stage_once(intake, spool, err);
	if (rc == RC_RETRY)
		rc = err_set(err, RC_UNAVAILABLE, "staging_failed",
		    "the content cannot be kept at present; try again");
	return rc;
}

static enum rc
describe(struct command *command, struct spool *spool, struct err *err)
{
	struct file_document *filing = &command->file_document;

	filing->content = *spool_content(spool);
	filing->chunk_count = spool_pieces(spool);
	filing->size = spool_size(spool);
	memcpy(filing->sha256, spool_sha256(spool), sizeof filing->sha256);
	memcpy(filing->content_key, spool_key(spool)->bytes,
	    sizeof filing->content_key);
	return check_signature(filing, &command->actor, spool, err);
}

/* On the desk's thread.  Pieces of what was refused, or answered before,
 * belong to nobody; of what is in doubt they may belong to a document. */
static void
settled(void *context, struct command *command, const struct reply *reply)
{
	struct errand *errand = context;
	bool is_left = reply->is_replay ||
	    (reply->rc != RC_OK && reply->rc != RC_UNAVAILABLE &&
		reply->rc != RC_RETRY);

	errand->done(errand->context, command, reply);
	errand->command = NULL;
	errand->spool = NULL;
	errand->next = NULL;
	if (!is_left || !put(errand->intake, errand))
		free(errand);
}

static void
forget(struct intake *intake, struct errand *errand)
{
	struct err err;

	/* What stays is swept by the clerk. */
	if (staging_drop(intake->db, &errand->content, &err) != RC_OK)
		log_warn("a refused content stays for the clerk", "code",
		    err.code, NULL);
	free(errand);
}

static void
bring(struct intake *intake, struct errand *errand)
{
	struct err err = { 0 };

	if (describe(errand->command, errand->spool, &err) != RC_OK ||
	    stage(intake, errand->spool, &err) != RC_OK) {
		refuse(errand, &err);
		return;
	}
	errand->content = *spool_content(errand->spool);
	desk_submit(intake->desk, errand->command, settled, errand);
}

static void *
run(void *context)
{
	struct intake *intake = context;
	struct errand *errand;

	while ((errand = take(intake)) != NULL)
		if (errand->command == NULL)
			forget(intake, errand);
		else
			bring(intake, errand);
	return NULL;
}

/* ---- for others */

enum rc
intake_start(const char *conninfo, struct desk *desk, struct intake **intake,
    struct err *err)
{
	const struct db_settings settings = { .conninfo = conninfo,
		.application = "freezeline intake",
		.session = SESSION_DESK };
	struct intake *made = calloc(1, sizeof *made);
	enum rc rc;

	if (made == NULL)
		log_panic("out of memory", NULL);
	made->desk = desk;
	made->last = &made->first;
	pthread_mutex_init(&made->lock, NULL);
	pthread_cond_init(&made->ready, NULL);
	rc = db_open(&settings, &made->db, err);
	if (rc == RC_OK && pthread_create(&made->thread, NULL, run, made) != 0)
		rc = err_set(err, RC_FAILED, "no_thread",
		    "the intake's thread cannot be started");
	if (rc != RC_OK) {
		intake_free(made);
		return rc;
	}
	*intake = made;
	return RC_OK;
}

void
intake_stop(struct intake *intake)
{
	if (intake == NULL)
		return;
	pthread_mutex_lock(&intake->lock);
	intake->is_stopping = true;
	pthread_cond_broadcast(&intake->ready);
	pthread_mutex_unlock(&intake->lock);
	pthread_join(intake->thread, NULL);
}

void
intake_free(struct intake *intake)
{
	if (intake == NULL)
		return;
	db_close(intake->db);
	pthread_cond_destroy(&intake->ready);
	pthread_mutex_destroy(&intake->lock);
	free(intake);
}

void
intake_submit(struct intake *intake, struct command *command,
    struct spool *spool, desk_done *done, void *context)
{
	struct errand *errand = calloc(1, sizeof *errand);
	struct err err;

	if (errand == NULL)
		log_panic("out of memory", NULL);
	*errand = (struct errand){ .intake = intake,
		.command = command,
		.spool = spool,
		.done = done,
		.context = context };
	if (put(intake, errand))
		return;
	(void)err_set(&err, RC_UNAVAILABLE, "overloaded",
	    "too much is waiting; try again in a moment");
	refuse(errand, &err);
}
