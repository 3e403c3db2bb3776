/*
 * New and changed rows of a batch: see save.h.
 */
#include "hub/store/save.h"

#include "hub/store/row_columns.h"

enum rc
save_room(
    struct arena *arena, size_t count, const void ***rows, struct err *err)
{
	*rows = arena_alloc(arena, (count + 1) * sizeof(**rows));
	if (*rows == NULL)
		return err_set(err, RC_TOO_LARGE, "batch_too_large",
		    "the batch does not fit into its memory");
	return RC_OK;
}

static void
add_columns(struct params *params, const struct column_list *list,
    const void *const *rows, size_t count)
{
	column_put(params, list->columns, list->count, rows, count);
}

static void
save_list(struct db *db, enum statement statement,
    const struct column_list *list, const void *const *rows, size_t count)
{
	struct params *params = db_params(db);

	if (count == 0)
		return;
	add_columns(params, list, rows, count);
	(void)pipeline_add(db, statement, params);
}

/* Every external reference of new cases, with its case and place. */
static void
save_external_refs(
    struct db *db, const struct case_file *const *cases, size_t count)
{
	struct params *params = db_params(db);
	size_t total = 0;

	for (size_t i = 0; i < count; i++)
		total += cases[i]->external_ref_count;
	if (total == 0)
		return;
	params_array(params, PARAM_UUID);
	for (size_t i = 0; i < count; i++)
		for (size_t n = 0; n < cases[i]->external_ref_count; n++)
			params_id(params, &cases[i]->id);
	params_array_end(params);
	params_array(params, PARAM_INT2);
	for (size_t i = 0; i < count; i++)
		for (size_t n = 0; n < cases[i]->external_ref_count; n++)
			params_int2(params, (int)n);
	params_array_end(params);
	params_array(params, PARAM_TEXT);
	for (size_t i = 0; i < count; i++)
		for (size_t n = 0; n < cases[i]->external_ref_count; n++)
			params_text(params, cases[i]->sealed_refs[n].scheme);
	params_array_end(params);
	params_array(params, PARAM_BYTEA);
	for (size_t i = 0; i < count; i++)
		for (size_t n = 0; n < cases[i]->external_ref_count; n++)
			params_bytea(params, cases[i]->sealed_refs[n].hash,
			    SNAPSHOT_HASH_SIZE);
	params_array_end(params);
	params_array(params, PARAM_BYTEA);
	for (size_t i = 0; i < count; i++)
		for (size_t n = 0; n < cases[i]->external_ref_count; n++)
			params_bytea(params,
			    cases[i]->sealed_refs[n].sealed.bytes,
			    cases[i]->sealed_refs[n].sealed.length);
	params_array_end(params);
	(void)pipeline_add(db, SQL_SAVE_EXTERNAL_REFS, params);
}

static void
save_new_cases(struct db *db, const void *const *rows, size_t count)
{
	struct params *params = db_params(db);

	if (count == 0)
		return;
	add_columns(params, &case_columns, rows, count);
	add_columns(params, &case_sealed_columns, rows, count);
	add_columns(params, &case_liability_columns, rows, count);
	add_columns(params, &case_complainant_columns, rows, count);
	(void)pipeline_add(db, SQL_SAVE_CASES, params);
	save_external_refs(db, (const struct case_file *const *)rows, count);
}

/* A kind of row: its new ones at the front of `rows`, its changed ones from
 * the back.  A row that is new and dirty is new. */
struct split {
	const void **rows;
	size_t new_count, changed_count, total;
};

static void
split_add(struct split *split, const void *row, const struct row_state *state)
{
	if (state->is_new)
		split->rows[split->new_count++] = row;
	else if (state->is_dirty)
		split->rows[split->total - ++split->changed_count] = row;
}

static const void *const *
split_changed(const struct split *split)
{
	return split->rows + split->total - split->changed_count;
}

static enum rc
save_cases(struct db *db, const struct snapshot *snapshot, struct err *err)
{
	struct split split = { .total = snapshot->case_count };

	TRY(save_room(snapshot->arena, split.total, &split.rows, err));
	for (size_t i = 0; i < split.total; i++)
		split_add(&split, snapshot->cases[i], &snapshot->cases[i]->row);
	save_new_cases(db, split.rows, split.new_count);
	save_list(db, SQL_SAVE_CASE_CHANGES, &case_update_columns,
	    split_changed(&split), split.changed_count);
	return RC_OK;
}

static enum rc
save_txns(struct db *db, const struct snapshot *snapshot, struct err *err)
{
	struct split split = { .total = snapshot->txn_count };

	TRY(save_room(snapshot->arena, split.total, &split.rows, err));
	for (size_t i = 0; i < split.total; i++)
		split_add(&split, snapshot->txns[i], &snapshot->txns[i]->row);
	save_list(db, SQL_SAVE_TXNS, &txn_columns, split.rows, split.new_count);
	return RC_OK;
}

static enum rc
save_requests(struct db *db, const struct snapshot *snapshot, struct err *err)
{
	struct split split = { .total = snapshot->request_count };

	TRY(save_room(snapshot->arena, split.total, &split.rows, err));
	for (size_t i = 0; i < split.total; i++)
		split_add(
		    &split, snapshot->requests[i], &snapshot->requests[i]->row);
	save_list(db, SQL_SAVE_REQUESTS, &request_columns, split.rows,
	    split.new_count);
	save_list(db, SQL_SAVE_REQUEST_CHANGES, &request_columns,
	    split_changed(&split), split.changed_count);
	return RC_OK;
}

static enum rc
save_targets(struct db *db, const struct snapshot *snapshot, struct err *err)
{
	struct split split = { .total = snapshot->target_count };

	TRY(save_room(snapshot->arena, split.total, &split.rows, err));
	for (size_t i = 0; i < split.total; i++)
		split_add(
		    &split, snapshot->targets[i], &snapshot->targets[i]->row);
	save_list(
	    db, SQL_SAVE_TARGETS, &target_columns, split.rows, split.new_count);
	save_list(db, SQL_SAVE_TARGET_CHANGES, &target_columns,
	    split_changed(&split), split.changed_count);
	return RC_OK;
}

static enum rc
save_grievances(struct db *db, const struct snapshot *snapshot, struct err *err)
{
	struct split split = { .total = snapshot->grievance_count };

	TRY(save_room(snapshot->arena, split.total, &split.rows, err));
	for (size_t i = 0; i < split.total; i++)
		split_add(&split, snapshot->grievances[i],
		    &snapshot->grievances[i]->row);
	save_list(db, SQL_SAVE_GRIEVANCES, &grievance_columns, split.rows,
	    split.new_count);
	save_list(db, SQL_SAVE_GRIEVANCE_CHANGES, &grievance_columns,
	    split_changed(&split), split.changed_count);
	return RC_OK;
}

static enum rc
save_restitutions(
    struct db *db, const struct snapshot *snapshot, struct err *err)
{
	struct split split = { .total = snapshot->restitution_count };

	TRY(save_room(snapshot->arena, split.total, &split.rows, err));
	for (size_t i = 0; i < split.total; i++)
		split_add(&split, snapshot->restitutions[i],
		    &snapshot->restitutions[i]->row);
	save_list(db, SQL_SAVE_RESTITUTIONS, &restitution_columns, split.rows,
	    split.new_count);
	save_list(db, SQL_SAVE_RESTITUTION_CHANGES, &restitution_columns,
	    split_changed(&split), split.changed_count);
	return RC_OK;
}

/* Clocks that begin or go on are written whole, whatever stood there; of
 * others only the end is known. */
static enum rc
save_deadlines(struct db *db, const struct snapshot *snapshot, struct err *err)
{
	size_t total = snapshot->deadline_count, first = 0, set = 0, ended = 0;
	const void **rows, **set_rows;

	TRY(save_room(snapshot->arena, total, &rows, err));
	TRY(save_room(snapshot->arena, total, &set_rows, err));
	for (size_t i = 0; i < total; i++) {
		const struct deadline *deadline = snapshot->deadlines[i];

		if (!deadline->row.is_dirty)
			continue;
		if (deadline->is_end_only)
			rows[total - ++ended] = deadline;
		else if (deadline->row.is_new)
			rows[first++] = deadline;
		else
			set_rows[set++] = deadline;
	}
	save_list(db, SQL_SAVE_FIRST_DEADLINES, &deadline_columns, rows, first);
	save_list(db, SQL_SAVE_DEADLINES, &deadline_columns, set_rows, set);
	save_list(db, SQL_SAVE_DEADLINE_ENDS, &deadline_end_columns,
	    rows + total - ended, ended);
	return RC_OK;
}

static enum rc
save_formalities(
    struct db *db, const struct snapshot *snapshot, struct err *err)
{
	struct split split = { .total = snapshot->formality_count };

	TRY(save_room(snapshot->arena, split.total, &split.rows, err));
	for (size_t i = 0; i < split.total; i++)
		split_add(&split, snapshot->formalities[i],
		    &snapshot->formalities[i]->row);
	save_list(db, SQL_SAVE_FORMALITIES, &formality_columns, split.rows,
	    split.new_count);
	save_list(db, SQL_SAVE_FORMALITY_CHANGES, &formality_columns,
	    split_changed(&split), split.changed_count);
	return RC_OK;
}

/* Each new document with each of its requests. */
static void
save_document_requests(
    struct db *db, const struct document *const *documents, size_t count)
{
	struct params *params = db_params(db);
	size_t total = 0;

	for (size_t i = 0; i < count; i++)
		total += documents[i]->request_count;
	if (total == 0)
		return;
	params_array(params, PARAM_UUID);
	for (size_t i = 0; i < count; i++)
		for (size_t n = 0; n < documents[i]->request_count; n++)
			params_id(params, &documents[i]->id);
	params_array_end(params);
	params_array(params, PARAM_UUID);
	for (size_t i = 0; i < count; i++)
		for (size_t n = 0; n < documents[i]->request_count; n++)
			params_id(params, &documents[i]->requests[n]);
	params_array_end(params);
	(void)pipeline_add(db, SQL_SAVE_DOCUMENT_REQUESTS, params);
}

static enum rc
save_documents(struct db *db, const struct snapshot *snapshot, struct err *err)
{
	struct split split = { .total = snapshot->document_count };

	TRY(save_room(snapshot->arena, split.total, &split.rows, err));
	for (size_t i = 0; i < split.total; i++)
		split_add(&split, snapshot->documents[i],
		    &snapshot->documents[i]->row);
	save_list(db, SQL_SAVE_DOCUMENTS, &document_columns, split.rows,
	    split.new_count);
	save_document_requests(
	    db, (const struct document *const *)split.rows, split.new_count);
	save_list(db, SQL_SAVE_DOCUMENT_CHANGES, &document_columns,
	    split_changed(&split), split.changed_count);
	return RC_OK;
}

enum rc
save_rows(struct db *db, const struct snapshot *snapshot, struct err *err)
{
	TRY(save_cases(db, snapshot, err));
	TRY(save_txns(db, snapshot, err));
	TRY(save_requests(db, snapshot, err));
	TRY(save_targets(db, snapshot, err));
	TRY(save_grievances(db, snapshot, err));
	TRY(save_restitutions(db, snapshot, err));
	TRY(save_deadlines(db, snapshot, err));
	TRY(save_documents(db, snapshot, err));
	return save_formalities(db, snapshot, err);
}
