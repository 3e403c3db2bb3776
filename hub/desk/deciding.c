/*
 * Deciding the commands of a batch, one after another on the same snapshot:
 * what was answered before, what the use case says, and the reply's bytes.
 */
#include <stdio.h>
#include <string.h>

#include "hub/crypto/digest.h"
#include "hub/desk/inside.h"
#include "hub/domain/action_rule.h"
#include "hub/domain/ids.h"
#include "hub/service/documents.h"
#include "hub/service/service.h"
#include "hub/wire/reply_json.h"

enum { REPLY_LIMIT = 4 << 20 };

void
deciding_refuse(struct job *job, const struct err *err)
{
	memset(&job->reply, 0, sizeof job->reply);
	job->reply.rc = err->rc;
	job->reply.err = *err;
}

void
deciding_reset(struct batch *batch)
{
	arena_reset(batch->arena);
	snapshot_init(&batch->snapshot, batch->arena, batch->registry);
	batch->snapshot.registry_delay_seconds = batch->registry_delay_seconds;
	batch->snapshot.velocity_percent = batch->velocity_percent;
	effects_init(&batch->effects, &batch->snapshot);
	for (size_t i = 0; i < batch->count; i++) {
		batch->jobs[i]->is_decided = false;
		memset(&batch->jobs[i]->reply, 0, sizeof batch->jobs[i]->reply);
	}
}

void
deciding_prepare(struct batch *batch)
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
refuse_reused(struct job *job)
{
	struct err err;

	(void)err_set(&err, RC_INVALID, "idempotency_key_reused",
	    "this Idempotency-Key came with another request before");
	deciding_refuse(job, &err);
}

/* The first one's bytes stand in the batch's arena. */
static void
replay(struct job *job, const struct job *first)
{
	if (!is_same_body(
		&first->command->idempotency, &job->command->idempotency)) {
		refuse_reused(job);
		return;
	}
	job->reply = first->reply;
	job->reply.is_replay = true;
}

/* Answered before: by a stored reply, or by an earlier job of this batch. */
static bool
find_earlier(struct batch *batch, size_t index)
{
	struct job *job = batch->jobs[index];
	const struct command *command = job->command;
	const struct kept_reply *kept;
	struct err err = { 0 };

	if (!keys_is_kept(command))
		return false;
	for (size_t i = 0; i < index; i++)
		if (batch->jobs[i]->is_decided &&
		    is_same_key(batch->jobs[i]->command, command)) {
			replay(job, batch->jobs[i]);
			return true;
		}
	kept = snapshot_kept(&batch->snapshot, &command->actor.principal,
	    command->idempotency.key);
	if (kept == NULL)
		return false;
	if (!is_same_body(&kept->idempotency, &command->idempotency))
		refuse_reused(job);
	else if (opening_reply(batch, kept, &job->reply, &err) != RC_OK)
		deciding_refuse(job, &err);
	else
		batch->effects.gives_kept = true;
	return true;
}

/* ---- deciding */

/* A correction hashes with the payment that its target has. */
static enum rc
open_for_correction(struct batch *batch, struct command *command,
    bool *has_learned, struct err *err)
{
	const struct freeze_request *request;
	struct target *target;
	uint8_t before[COMMAND_HASH_SIZE];

	target = snapshot_target(&batch->snapshot, &command->correct.target);
	if (target == NULL)
		return RC_OK; /* the decision says so */
	TRY(opening_target(batch, target, err));
	request = snapshot_request(&batch->snapshot, &target->request);
	if (request == NULL)
		return RC_OK;
	memcpy(before, command->correct.dedupe_hash, sizeof before);
	keys_hash_correction(batch->keyring, command, target,
	    snapshot_txn(&batch->snapshot, &target->txn), request->action);
	*has_learned |= memcmp(before, command->correct.dedupe_hash,
			    sizeof before) != 0;
	return RC_OK;
}

/* Requests that are added hash with the payments that their case has. */
static enum rc
open_for_addition(struct batch *batch, struct command *command,
    bool *has_learned, struct err *err)
{
	struct submit_case *submit = &command->submit;

	for (size_t r = 0; r < submit->request_count; r++)
		for (size_t t = 0; t < submit->requests[r].target_count; t++) {
			struct target_draft *draft =
			    &submit->requests[r].targets[t];
			struct txn *txn = draft->has_txn_id
			    ? snapshot_txn(&batch->snapshot, &draft->txn_id)
			    : NULL;

			/* Of another case: the decision says so. */
			if (txn == NULL ||
			    !id_equal(&txn->case_id, &submit->into))
				continue;
			TRY(opening_txn(batch, txn, err));
			*has_learned |= keys_hash_addition(batch->keyring,
			    &batch->snapshot, txn, submit->requests[r].action,
			    draft);
		}
	return RC_OK;
}

/* True in *has_learned: its triples are others than when it was loaded. */
static enum rc
open_for(struct batch *batch, struct command *command, bool *has_learned,
    struct err *err)
{
	if (command->kind == COMMAND_CORRECT_TARGET)
		return open_for_correction(batch, command, has_learned, err);
	if (command->kind == COMMAND_ADD_REQUESTS)
		return open_for_addition(batch, command, has_learned, err);
	return RC_OK;
}

static const char *
location_of(struct batch *batch, const struct command *command,
    const struct reply *reply)
{
	char id[ID_TEXT_SIZE], path[ID_TEXT_SIZE + 32];

	if ((command->kind == COMMAND_SUBMIT_CASE ||
		command->kind == COMMAND_ADD_REQUESTS) &&
	    !command->is_dry_run)
		(void)snprintf(path, sizeof path, "/v1/cases/%s",
		    id_format(ID_CASE, &reply->case_id, id));
	else if (command->kind == COMMAND_RESPOND)
		(void)snprintf(path, sizeof path, "/v1/targets/%s",
		    id_format(ID_TARGET, &reply->target, id));
	else if (command->kind == COMMAND_FILE_DOCUMENT)
		(void)snprintf(path, sizeof path, "/v1/documents/%s",
		    id_format(ID_DOCUMENT, &reply->thing, id));
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
	bool has_learned = false;

	if (job->unfit.rc != RC_OK) {
		*err = job->unfit;
		return err->rc;
	}
	TRY(open_for(batch, job->command, &has_learned, err));
	return service_decide(job->command, &batch->effects, &job->reply, err);
}

enum rc
deciding_all(struct batch *batch, struct err *err)
{
	SCOPED(strbuf_clear) struct strbuf text;

	strbuf_init(&text, REPLY_LIMIT);
	for (size_t i = 0; i < batch->count; i++) {
		struct job *job = batch->jobs[i];
		struct err own = { 0 };

		/* First of all: nobody else gets an answer that was kept. */
		if (service_admit(job->command, &batch->snapshot, &own) !=
		    RC_OK) {
			deciding_refuse(job, &own);
			continue;
		}
		if (find_earlier(batch, i))
			continue;
		if (decide(batch, job, &own) != RC_OK) {
			deciding_refuse(job, &own);
			continue;
		}
		TRY(write_reply(batch, job, &text, err));
		job->is_decided = true;
	}
	return RC_OK;
}

/* ---- what only the loaded rows tell of what must be loaded */

/* Leads ask what their target's request asks: where that is records, their
 * triples are others. */
static bool
learn_action(struct batch *batch, struct command *command)
{
	struct respond *respond = &command->respond;
	const struct target *target = snapshot_target(
	    &batch->snapshot, &respond->target);
	const struct freeze_request *request = target == NULL
	    ? NULL
	    : snapshot_request(&batch->snapshot, &target->request);
	bool is_other = request != NULL && respond->lead_count > 0 &&
	    request->action != respond->asked &&
	    action_rule(request->action)->scope == SCOPE_RECORDS;

	if (is_other) {
		respond->asked = request->action;
		keys_hash(batch->keyring, command);
	}
	return is_other;
}

/* A live target of the database that one of the command's would double, not
 * loaded yet. */
static bool
learn_twin(struct batch *batch, struct command *command, const uint8_t *hash)
{
	const struct live_target *live = snapshot_live(
	    &batch->snapshot, hash, NULL);
	struct id *twins;

	if (live == NULL ||
	    snapshot_target(&batch->snapshot, &live->id) != NULL)
		return false;
	/* Of the command's own memory: the batch's is emptied. */
	twins = arena_alloc(
	    command->arena, (command->twin_count + 1) * sizeof *twins);
	if (twins == NULL)
		return false;
	if (command->twin_count > 0)
		memcpy(
		    twins, command->twins, command->twin_count * sizeof *twins);
	twins[command->twin_count++] = live->id;
	command->twins = twins;
	return true;
}

static bool
learn_twins(struct batch *batch, struct command *command)
{
	const struct submit_case *submit = &command->submit;
	const struct respond *respond = &command->respond;
	bool has_learned = false;

	if (batch->snapshot.live_count == 0)
		return false;
	if (command->kind == COMMAND_SUBMIT_CASE ||
	    command->kind == COMMAND_ADD_REQUESTS)
		for (size_t r = 0; r < submit->request_count; r++)
			for (size_t t = 0; t < submit->requests[r].target_count;
			     t++)
				has_learned |= learn_twin(batch, command,
				    submit->requests[r].targets[t].dedupe_hash);
	if (command->kind == COMMAND_RESPOND)
		for (size_t i = 0; i < respond->lead_count; i++)
			has_learned |= learn_twin(
			    batch, command, respond->leads[i].dedupe_hash);
	return has_learned;
}

/* An amendment is judged with all that its case asks for. */
static bool
learn_case(struct batch *batch, struct command *command)
{
	const struct freeze_request *request = snapshot_request(
	    &batch->snapshot, &command->amend.request);

	if (request == NULL || !id_is_zero(&command->amend.case_id))
		return false;
	command->amend.case_id = request->case_id;
	return true;
}

bool
deciding_learn(struct batch *batch)
{
	bool has_learned = false;

	for (size_t i = 0; i < batch->count; i++) {
		struct command *command = batch->jobs[i]->command;

		if (batch->jobs[i]->unfit.rc != RC_OK)
			continue;
		/* What cannot be opened is refused when it is decided. */
		(void)open_for(batch, command, &has_learned, NULL);
		if (command->kind == COMMAND_RESPOND)
			has_learned |= learn_action(batch, command);
		has_learned |= documents_learn(command, &batch->snapshot);
		if (command->kind == COMMAND_AMEND_REQUEST)
			has_learned |= learn_case(batch, command);
		has_learned |= learn_twins(batch, command);
	}
	return has_learned;
}
