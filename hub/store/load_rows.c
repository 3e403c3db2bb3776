/*
 * Rows of a load: see load_rows.h.  Columns stand as in sql/queries/load.sql.
 */
#include "hub/store/load_rows.h"

#include <stdio.h>
#include <string.h>

#include "hub/store/load_risk.h"
#include "hub/store/row_columns.h"

typedef enum rc read_row(const struct rows *rows, size_t row,
    struct snapshot *snapshot, struct err *err);

static enum rc
arena_full(struct err *err)
{
	return err_set(err, RC_TOO_LARGE, "batch_too_large",
	    "the batch does not fit into its memory");
}

/* All columns of a list, and what stands behind them. */
static enum rc
read_columns(const struct rows *rows, size_t row,
    const struct column_list *list, void *into, struct snapshot *snapshot,
    struct err *err)
{
	if (into == NULL)
		return arena_full(err);
	return column_get(rows, row, 0, list->columns, list->count, into,
	    snapshot->arena, err);
}

static enum rc
read_batch_number(const struct rows *rows, size_t row,
    struct snapshot *snapshot, struct err *err)
{
	(void)err;
	snapshot->batch_number = rows_int(rows, row, 0);
	return RC_OK;
}

/* All at the first row. */
static enum rc
read_case_numbers(const struct rows *rows, size_t row,
    struct snapshot *snapshot, struct err *err)
{
	size_t count = rows_count(rows);
	int64_t *numbers;

	if (row > 0)
		return RC_OK;
	numbers = arena_alloc(snapshot->arena, count * sizeof(*numbers));
	if (numbers == NULL)
		return arena_full(err);
	for (size_t i = 0; i < count; i++)
		numbers[i] = rows_int(rows, i, 0);
	snapshot->case_numbers = numbers;
	snapshot->case_number_count = count;
	return RC_OK;
}

static enum rc
read_case(const struct rows *rows, size_t row, struct snapshot *snapshot,
    struct err *err)
{
	struct case_file *case_file = snapshot_add_case(snapshot);

	TRY(read_columns(rows, row, &case_columns, case_file, snapshot, err));
	case_file->row_version = rows_int(rows, row, (int)case_columns.count);
	return RC_OK;
}

static enum rc
read_target(const struct rows *rows, size_t row, struct snapshot *snapshot,
    struct err *err)
{
	return read_columns(rows, row, &target_columns,
	    snapshot_add_target(snapshot), snapshot, err);
}

static enum rc
read_request(const struct rows *rows, size_t row, struct snapshot *snapshot,
    struct err *err)
{
	return read_columns(rows, row, &request_columns,
	    snapshot_add_request(snapshot), snapshot, err);
}

static enum rc
read_document(const struct rows *rows, size_t row, struct snapshot *snapshot,
    struct err *err)
{
	struct document *document = snapshot_add_document(snapshot);

	TRY(read_columns(
	    rows, row, &document_columns, document, snapshot, err));
	document->requests = rows_ids(rows, row, (int)document_columns.count,
	    snapshot->arena, &document->request_count);
	if (document->requests == NULL && document->request_count > 0)
		return arena_full(err);
	return RC_OK;
}

static enum rc
read_txn(const struct rows *rows, size_t row, struct snapshot *snapshot,
    struct err *err)
{
	return read_columns(
	    rows, row, &txn_columns, snapshot_add_txn(snapshot), snapshot, err);
}

/* Rows of a trail, but those that were loaded before it. */
static enum rc
read_trail_target(const struct rows *rows, size_t row,
    struct snapshot *snapshot, struct err *err)
{
	struct id id = rows_id(rows, row, 0);

	return snapshot_target(snapshot, &id) != NULL
	    ? RC_OK
	    : read_target(rows, row, snapshot, err);
}

static enum rc
read_trail_request(const struct rows *rows, size_t row,
    struct snapshot *snapshot, struct err *err)
{
	struct id id = rows_id(rows, row, 0);

	return snapshot_request(snapshot, &id) != NULL
	    ? RC_OK
	    : read_request(rows, row, snapshot, err);
}

static enum rc
read_trail_txn(const struct rows *rows, size_t row, struct snapshot *snapshot,
    struct err *err)
{
	struct id id = rows_id(rows, row, 0);

	return snapshot_txn(snapshot, &id) != NULL
	    ? RC_OK
	    : read_txn(rows, row, snapshot, err);
}

static enum rc
read_formality(const struct rows *rows, size_t row, struct snapshot *snapshot,
    struct err *err)
{
	return read_columns(rows, row, &formality_columns,
	    snapshot_add_formality(snapshot), snapshot, err);
}

/* Of a whole case: a request named may have brought it. */
static enum rc
read_case_formality(const struct rows *rows, size_t row,
    struct snapshot *snapshot, struct err *err)
{
	struct id id = rows_id(rows, row, 0);

	for (size_t i = 0; i < snapshot->formality_count; i++)
		if (id_equal(&snapshot->formalities[i]->id, &id))
			return RC_OK;
	return read_formality(rows, row, snapshot, err);
}

static enum rc
read_grievance(const struct rows *rows, size_t row, struct snapshot *snapshot,
    struct err *err)
{
	return read_columns(rows, row, &grievance_columns,
	    snapshot_add_grievance(snapshot), snapshot, err);
}

static enum rc
read_restitution(const struct rows *rows, size_t row, struct snapshot *snapshot,
    struct err *err)
{
	return read_columns(rows, row, &restitution_columns,
	    snapshot_add_restitution(snapshot), snapshot, err);
}

static enum rc
read_word(const struct rows *rows, size_t row, int column,
    const struct words *words, int *word, struct err *err)
{
	if (words_find(words, rows_text(rows, row, column), word))
		return RC_OK;
	return err_set(err, RC_FAILED, "bad_row",
	    "a loaded row has an unknown %s", words->what);
}

static enum rc
read_pending(const struct rows *rows, size_t row, struct snapshot *snapshot,
    struct err *err)
{
	struct pending_message *pending = snapshot_add_pending(snapshot);
	int type;

	if (pending == NULL)
		return arena_full(err);
	pending->id = rows_id(rows, row, 0);
	pending->institution = rows_id(rows, row, 1);
	pending->case_id = rows_id(rows, row, 2);
	pending->seq = rows_int(rows, row, 3);
	pending->endpoint = (int32_t)rows_int(rows, row, 4);
	TRY(read_word(rows, row, 5, &message_type_words, &type, err));
	pending->type = (enum message_type)type;
	pending->generation = (int)rows_int(rows, row, 6);
	pending->targets = rows_ids(
	    rows, row, 7, snapshot->arena, &pending->target_count);
	if (pending->targets == NULL && pending->target_count > 0)
		return arena_full(err);
	return RC_OK;
}

static enum rc
read_deadline(const struct rows *rows, size_t row, struct snapshot *snapshot,
    struct err *err)
{
	struct deadline *deadline;
	struct id subject = rows_id(rows, row, 0);
	int kind;

	TRY(read_word(rows, row, 1, &deadline_kind_words, &kind, err));
	/* Two commands may name it. */
	if (snapshot_deadline(snapshot, &subject, (enum deadline_kind)kind) !=
	    NULL)
		return RC_OK;
	deadline = snapshot_add_deadline(
	    snapshot, &subject, (enum deadline_kind)kind);
	return read_columns(
	    rows, row, &deadline_columns, deadline, snapshot, err);
}

static enum rc
read_hash(const struct rows *rows, size_t row, int column,
    uint8_t hash[SNAPSHOT_HASH_SIZE], struct err *err)
{
	size_t length;
	const uint8_t *bytes = rows_bytes(rows, row, column, &length);

	if (bytes == NULL || length != SNAPSHOT_HASH_SIZE)
		return err_set(err, RC_FAILED, "bad_row",
		    "a loaded row has a hash of another size");
	memcpy(hash, bytes, length);
	return RC_OK;
}

static enum rc
read_live(const struct rows *rows, size_t row, struct snapshot *snapshot,
    struct err *err)
{
	struct live_target *live = snapshot_add_live(snapshot);

	if (live == NULL)
		return arena_full(err);
	live->id = rows_id(rows, row, 1);
	live->case_id = rows_id(rows, row, 2);
	live->unit = rows_id(rows, row, 3);
	return read_hash(rows, row, 0, live->dedupe_hash, err);
}

static enum rc
read_blob(const struct rows *rows, size_t row, int column, struct blob *blob,
    struct snapshot *snapshot, struct err *err)
{
	const uint8_t *bytes = rows_bytes(rows, row, column, &blob->length);

	if (bytes == NULL)
		return RC_OK;
	blob->bytes = arena_memdup(snapshot->arena, bytes, blob->length);
	return blob->bytes != NULL ? RC_OK : arena_full(err);
}

static enum rc
read_volume(const struct rows *rows, size_t row, struct snapshot *snapshot,
    struct err *err)
{
	size_t length;
	const uint8_t *subject = rows_bytes(rows, row, 1, &length);
	struct volume *volume;
	int kind;

	TRY(read_word(rows, row, 0, &volume_kind_words, &kind, err));
	if (subject == NULL || length > VOLUME_SUBJECT_SIZE)
		return err_set(
		    err, RC_FAILED, "bad_row", "a loaded volume is of nobody");
	volume = snapshot_volume(snapshot, (enum volume_kind)kind, subject,
	    length, rows_text(rows, row, 2));
	if (volume == NULL)
		return arena_full(err);
	volume->figure = rows_int(rows, row, 3);
	return RC_OK;
}

static enum rc
read_usual(const struct rows *rows, size_t row, struct snapshot *snapshot,
    struct err *err)
{
	struct usual_time *usual = snapshot_add_usual(snapshot);

	if (usual == NULL)
		return arena_full(err);
	usual->institution = rows_id(rows, row, 0);
	usual->asked = rows_int(rows, row, 1);
	usual->p50 = rows_int(rows, row, 2);
	usual->p95 = rows_int(rows, row, 3);
	return RC_OK;
}

static enum rc
read_kept(const struct rows *rows, size_t row, struct snapshot *snapshot,
    struct err *err)
{
	struct kept_reply *kept = snapshot_add_kept(snapshot);

	if (kept == NULL)
		return arena_full(err);
	kept->principal = rows_id(rows, row, 0);
	snprintf(kept->idempotency.key, sizeof(kept->idempotency.key), "%s",
	    rows_text(rows, row, 1));
	TRY(read_hash(rows, row, 2, kept->idempotency.fingerprint, err));
	kept->case_id = rows_id(rows, row, 3);
	kept->key_no = (int)rows_int(rows, row, 4);
	kept->status = (int)rows_int(rows, row, 5);
	kept->location = arena_strdup(snapshot->arena, rows_text(rows, row, 6));
	if (kept->location == NULL)
		return arena_full(err);
	TRY(read_blob(rows, row, 7, &kept->sealed, snapshot, err));
	return read_blob(rows, row, 8, &kept->wrapped_key, snapshot, err);
}

static enum rc
read_actor(const struct rows *rows, size_t row, struct snapshot *snapshot,
    struct err *err)
{
	struct actor_row *actor = snapshot_add_actor(snapshot);
	int role, status, institution_status;

	if (actor == NULL)
		return arena_full(err);
	TRY(read_hash(rows, row, 0, actor->key, err));
	actor->is_revoked = !rows_is_null(rows, row, 1);
	actor->principal = rows_id(rows, row, 2);
	actor->institution = rows_id(rows, row, 3);
	TRY(read_word(rows, row, 4, &role_words, &role, err));
	TRY(read_word(rows, row, 5, &registry_status_words, &status, err));
	actor->valid_from = rows_time(rows, row, 6);
	actor->valid_until = rows_time(rows, row, 7);
	actor->active_from = rows_time(rows, row, 8);
	TRY(read_word(
	    rows, row, 9, &registry_status_words, &institution_status, err));
	actor->institution_active_from = rows_time(rows, row, 10);
	actor->role = (enum role)role;
	actor->status = (enum registry_status)status;
	actor->institution_status = (enum registry_status)institution_status;
	return RC_OK;
}

static read_row *const readers[LOAD_STEP_COUNT] = {
	[LOAD_BATCH_NUMBER] = read_batch_number,
	[LOAD_CASE_NUMBERS] = read_case_numbers,
	[LOAD_CASES] = read_case,
	[LOAD_TARGETS] = read_target,
	[LOAD_REQUESTS] = read_request,
	[LOAD_FORMALITIES] = read_formality,
	[LOAD_DOCUMENTS] = read_document,
	[LOAD_TXNS] = read_txn,
	[LOAD_TRAIL_TARGETS] = read_trail_target,
	[LOAD_TRAIL_REQUESTS] = read_trail_request,
	[LOAD_TRAIL_TXNS] = read_trail_txn,
	[LOAD_CASE_FORMALITIES] = read_case_formality,
	[LOAD_GRIEVANCES] = read_grievance,
	[LOAD_HOLDS] = load_risk_hold,
	[LOAD_WATCHES] = load_risk_watch,
	[LOAD_SIGNALS] = load_risk_signal,
	[LOAD_RESTITUTIONS] = read_restitution,
	[LOAD_PENDING] = read_pending,
	[LOAD_DEADLINES] = read_deadline,
	[LOAD_LIVE] = read_live,
	[LOAD_VOLUMES] = read_volume,
	[LOAD_USUAL] = read_usual,
	[LOAD_KEPT] = read_kept,
	[LOAD_ACTORS] = read_actor,
};

enum rc
load_rows_read(const struct db *db, const struct load_results *results,
    struct snapshot *snapshot, struct err *err)
{
	for (size_t step = 0; step < LOAD_STEP_COUNT; step++) {
		const struct rows *rows;

		if (results->of[step] == LOAD_NOT_SENT)
			continue;
		rows = pipeline_rows(db, results->of[step]);
		for (size_t row = 0; row < rows_count(rows); row++)
			TRY(readers[step](rows, row, snapshot, err));
	}
	return RC_OK;
}
