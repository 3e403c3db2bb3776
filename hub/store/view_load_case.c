/*
 * Cases and targets for the reading room: see view_load.h.  The statements of
 * one view go out in one round trip and see one moment.
 */
#include "hub/store/view_load.h"

#include "hub/store/inside.h"
#include "hub/store/pipeline.h"
#include "hub/store/row_columns.h"
#include "hub/store/view_rows.h"

static const struct column ref_columns[] = {
	{ COLUMN_TEXT, offsetof(struct sealed_ref, scheme), NULL, 0 },
	{ COLUMN_HASH, offsetof(struct sealed_ref, hash), NULL, 0 },
	{ COLUMN_BLOB, offsetof(struct sealed_ref, sealed), NULL, 0 },
};

static const struct column kin_columns[] = {
	{ COLUMN_ID, offsetof(struct view_kin, id), NULL, 0 },
	{ COLUMN_CHARS, offsetof(struct view_kin, ref), NULL,
	    SNAPSHOT_REF_SIZE },
};

#define READ(rows_, list_, arena_, items_, count_, err_)                  \
	VIEW_ROWS_READ((rows_), (list_).columns, (list_).count, (arena_), \
	    (items_), (count_), (err_))

/* ---- the rows whose columns are not only a table's */

static enum rc
read_case(const struct rows *rows, struct arena *arena, struct case_file **file,
    struct err *err)
{
	size_t count;
	int column = (int)case_columns.count;

	TRY(READ(rows, case_columns, arena, file, &count, err));
	if (count == 0)
		return view_rows_missing(err);
	TRY(column_get(rows, 0, column, case_sealed_columns.columns,
	    case_sealed_columns.count, *file, arena, err));
	column += (int)case_sealed_columns.count;
	TRY(column_get(rows, 0, column, case_liability_columns.columns,
	    case_liability_columns.count, *file, arena, err));
	column += (int)case_liability_columns.count;
	TRY(column_get(rows, 0, column, case_merge_columns.columns,
	    case_merge_columns.count, *file, arena, err));
	column += (int)case_merge_columns.count;
	(*file)->row_version = rows_int(rows, 0, column);
	return RC_OK;
}

static enum rc
read_requests(const struct rows *rows, struct arena *arena,
    struct freeze_request **requests, size_t *count, struct err *err)
{
	return READ(rows, request_columns, arena, requests, count, err);
}

static enum rc
read_targets(const struct rows *rows, struct arena *arena,
    struct target **targets, size_t *count, struct err *err)
{
	TRY(READ(rows, target_columns, arena, targets, count, err));
	for (size_t i = 0; i < *count; i++)
		(*targets)[i].is_disputed = rows_bool(
		    rows, i, (int)target_columns.count);
	return RC_OK;
}

/* ---- a case */

enum case_part {
	CASE_FILE,
	CASE_REFS,
	CASE_TXNS,
	CASE_REQUESTS,
	CASE_TARGETS,
	CASE_FORMALITIES,
	CASE_KIN, /* merged with it */
	CASE_DOCUMENTS,
	CASE_RESTITUTIONS,
	CASE_LEADS, /* not for one institution */
	CASE_PART_COUNT
};

static const enum statement case_statements[CASE_PART_COUNT] = {
	[CASE_FILE] = SQL_VIEW_CASE,
	[CASE_REFS] = SQL_VIEW_EXTERNAL_REFS,
	[CASE_TXNS] = SQL_VIEW_TXNS,
	[CASE_REQUESTS] = SQL_VIEW_REQUESTS,
	[CASE_TARGETS] = SQL_VIEW_TARGETS,
	[CASE_FORMALITIES] = SQL_VIEW_FORMALITIES,
	[CASE_KIN] = SQL_VIEW_MERGED,
	[CASE_DOCUMENTS] = SQL_VIEW_DOCUMENTS,
	[CASE_RESTITUTIONS] = SQL_VIEW_CASE_RESTITUTIONS,
	[CASE_LEADS] = SQL_VIEW_LEADS,
};

/* An institution's own alone, where one is named. */
static bool
is_filtered(size_t part)
{
	return part == CASE_TARGETS || part == CASE_DOCUMENTS ||
	    part == CASE_RESTITUTIONS;
}

/* Ask for the first `count` parts in one round trip. */
static enum rc
ask_parts(struct db *db, const struct id *case_id, const struct id *institution,
    size_t count, const struct rows **rows, struct err *err)
{
	size_t results[CASE_PART_COUNT];

	pipeline_begin(db);
	(void)pipeline_add(db, SQL_BEGIN_SNAPSHOT, NULL);
	for (size_t i = 0; i < count; i++) {
		struct params *params = db_params(db);

		params_id(params, case_id);
		if (is_filtered(i))
			view_rows_put_id(params, institution);
		results[i] = pipeline_add(db, case_statements[i], params);
	}
	(void)pipeline_add(db, SQL_COMMIT, NULL);
	TRY(pipeline_run(db, err));
	for (size_t i = 0; i < count; i++)
		rows[i] = pipeline_rows(db, results[i]);
	return RC_OK;
}

static enum rc
read_parts(const struct rows *const *rows, struct arena *arena,
    struct view_case *view, struct err *err)
{
	view->leads = NULL;
	view->lead_count = 0;
	TRY(read_case(rows[CASE_FILE], arena, &view->file, err));
	TRY(VIEW_ROWS_READ(rows[CASE_REFS], ref_columns, COUNT(ref_columns),
	    arena, &view->refs, &view->ref_count, err));
	TRY(READ(rows[CASE_TXNS], txn_columns, arena, &view->txns,
	    &view->txn_count, err));
	TRY(read_requests(rows[CASE_REQUESTS], arena, &view->requests,
	    &view->request_count, err));
	TRY(VIEW_ROWS_READ(rows[CASE_KIN], kin_columns, COUNT(kin_columns),
	    arena, &view->kin, &view->kin_count, err));
	TRY(READ(rows[CASE_FORMALITIES], formality_columns, arena,
	    &view->formalities, &view->formality_count, err));
	TRY(view_rows_documents(rows[CASE_DOCUMENTS], arena, &view->documents,
	    &view->document_count, err));
	TRY(READ(rows[CASE_RESTITUTIONS], restitution_columns, arena,
	    &view->restitutions, &view->restitution_count, err));
	return read_targets(rows[CASE_TARGETS], arena, &view->targets,
	    &view->target_count, err);
}

enum rc
view_load_case(struct db *db, const struct id *case_id,
    const struct id *institution, struct arena *arena, struct view_case *view,
    struct err *err)
{
	const struct rows *rows[CASE_PART_COUNT];

	TRY(ask_parts(db, case_id, institution,
	    institution == NULL ? CASE_PART_COUNT : CASE_LEADS, rows, err));
	TRY(read_parts(rows, arena, view, err));
	if (institution != NULL)
		return RC_OK;
	return READ(rows[CASE_LEADS], lead_columns, arena, &view->leads,
	    &view->lead_count, err);
}

enum rc
view_load_file(struct db *db, const struct id *case_id, struct arena *arena,
    struct case_file **file, struct err *err)
{
	SCOPED(rows_cleanup) struct rows *rows = NULL;
	struct params *params = db_params(db);

	params_id(params, case_id);
	TRY(db_query(db, SQL_VIEW_CASE, params, &rows, err));
	return read_case(rows, arena, file, err);
}

enum rc
view_load_case_id(
    struct db *db, const char *ref, struct id *case_id, struct err *err)
{
	SCOPED(rows_cleanup) struct rows *rows = NULL;
	struct params *params = db_params(db);

	params_text(params, ref);
	TRY(db_query(db, SQL_VIEW_CASE_OF_REF, params, &rows, err));
	if (rows_count(rows) == 0)
		return view_rows_missing(err);
	*case_id = rows_id(rows, 0, 0);
	return RC_OK;
}

/* ---- a timeline */

#define AT(field) offsetof(struct view_event, field)
static const struct column event_columns[] = {
	{ COLUMN_LONG, AT(leaf_index), NULL, 0 },
	{ COLUMN_LONG, AT(event_id), NULL, 0 },
	{ COLUMN_TEXT, AT(type), NULL, 0 },
	{ COLUMN_ID_OR_NULL, AT(actor), NULL, 0 },
	{ COLUMN_TIME, AT(happened_at), NULL, 0 },
	{ COLUMN_TIME, AT(recorded_at), NULL, 0 },
	{ COLUMN_BLOB, AT(leaf), NULL, 0 },
	{ COLUMN_INT, AT(key_no), NULL, 0 },
	{ COLUMN_BLOB_OR_NULL, AT(sealed), NULL, 0 },
};
#undef AT

static void
put_timeline(struct params *params, const struct view_timeline_query *query)
{
	params_id(params, &query->case_id);
	params_int8(params, query->after);
	params_int4(params, query->limit);
	if (query->institution == NULL)
		params_null(params);
	else
		params_id(params, query->institution);
}

enum rc
view_load_timeline(struct db *db, const struct view_timeline_query *query,
    struct arena *arena, struct view_timeline *view, struct err *err)
{
	size_t file, events, targets = 0;

	pipeline_begin(db);
	(void)pipeline_add(db, SQL_BEGIN_SNAPSHOT, NULL);
	params_id(db_params(db), &query->case_id);
	file = pipeline_add(db, SQL_VIEW_CASE, &db->params);
	put_timeline(db_params(db), query);
	events = pipeline_add(db, SQL_VIEW_TIMELINE, &db->params);
	if (query->institution != NULL) {
		params_id(db_params(db), &query->case_id);
		params_id(&db->params, query->institution);
		targets = pipeline_add(db, SQL_VIEW_TARGETS, &db->params);
	}
	(void)pipeline_add(db, SQL_COMMIT, NULL);
	TRY(pipeline_run(db, err));
	TRY(read_case(pipeline_rows(db, file), arena, &view->file, err));
	view->target_count = query->institution == NULL
	    ? 0
	    : rows_count(pipeline_rows(db, targets));
	return VIEW_ROWS_READ(pipeline_rows(db, events), event_columns,
	    COUNT(event_columns), arena, &view->events, &view->event_count,
	    err);
}

/* ---- a target */

enum target_part {
	TARGET_CASE,
	TARGET_REQUEST,
	TARGET_ROW,
	TARGET_RESPONSES,
	TARGET_GRIEVANCES,
	TARGET_EVIDENCE,
	TARGET_ATTACHMENTS,
	TARGET_FORMALITIES,
	TARGET_PART_COUNT
};

static const enum statement target_statements[TARGET_PART_COUNT] = {
	[TARGET_CASE] = SQL_VIEW_TARGET_CASE,
	[TARGET_REQUEST] = SQL_VIEW_TARGET_REQUEST,
	[TARGET_ROW] = SQL_VIEW_TARGET,
	[TARGET_RESPONSES] = SQL_VIEW_TARGET_RESPONSES,
	[TARGET_GRIEVANCES] = SQL_VIEW_TARGET_GRIEVANCES,
	[TARGET_EVIDENCE] = SQL_VIEW_TARGET_EVIDENCE,
	[TARGET_ATTACHMENTS] = SQL_VIEW_TARGET_ATTACHMENTS,
	[TARGET_FORMALITIES] = SQL_VIEW_TARGET_FORMALITIES,
};

static enum rc
read_target(const struct rows *const *rows, struct arena *arena,
    struct view_target *view, struct err *err)
{
	size_t requests, targets;

	TRY(read_case(rows[TARGET_CASE], arena, &view->file, err));
	TRY(read_requests(
	    rows[TARGET_REQUEST], arena, &view->request, &requests, err));
	TRY(read_targets(
	    rows[TARGET_ROW], arena, &view->target, &targets, err));
	if (requests == 0 || targets == 0)
		return view_rows_missing(err);
	TRY(READ(rows[TARGET_RESPONSES], response_columns, arena,
	    &view->responses, &view->response_count, err));
	TRY(READ(rows[TARGET_GRIEVANCES], grievance_columns, arena,
	    &view->grievances, &view->grievance_count, err));
	TRY(READ(rows[TARGET_EVIDENCE], evidence_columns, arena,
	    &view->evidence, &view->evidence_count, err));
	TRY(READ(rows[TARGET_ATTACHMENTS], attachment_columns, arena,
	    &view->attachments, &view->attachment_count, err));
	return READ(rows[TARGET_FORMALITIES], formality_columns, arena,
	    &view->formalities, &view->formality_count, err);
}

enum rc
view_load_target(struct db *db, const struct id *target_id, struct arena *arena,
    struct view_target *view, struct err *err)
{
	const struct rows *rows[TARGET_PART_COUNT];
	size_t results[TARGET_PART_COUNT];

	pipeline_begin(db);
	(void)pipeline_add(db, SQL_BEGIN_SNAPSHOT, NULL);
	for (size_t i = 0; i < TARGET_PART_COUNT; i++) {
		struct params *params = db_params(db);

		params_id(params, target_id);
		results[i] = pipeline_add(db, target_statements[i], params);
	}
	(void)pipeline_add(db, SQL_COMMIT, NULL);
	TRY(pipeline_run(db, err));
	for (size_t i = 0; i < TARGET_PART_COUNT; i++)
		rows[i] = pipeline_rows(db, results[i]);
	return read_target(rows, arena, view, err);
}

/* ---- a restitution */

enum rc
view_load_restitution(struct db *db, const struct id *restitution_id,
    struct arena *arena, struct view_restitution *view, struct err *err)
{
	size_t file, row, count;

	pipeline_begin(db);
	(void)pipeline_add(db, SQL_BEGIN_SNAPSHOT, NULL);
	params_id(db_params(db), restitution_id);
	file = pipeline_add(db, SQL_VIEW_RESTITUTION_CASE, &db->params);
	params_id(db_params(db), restitution_id);
	row = pipeline_add(db, SQL_VIEW_RESTITUTION, &db->params);
	(void)pipeline_add(db, SQL_COMMIT, NULL);
	TRY(pipeline_run(db, err));
	TRY(read_case(pipeline_rows(db, file), arena, &view->file, err));
	TRY(READ(pipeline_rows(db, row), restitution_columns, arena,
	    &view->restitution, &count, err));
	return count == 0 ? view_rows_missing(err) : RC_OK;
}
