/*
 * A page of clocks, for the reading room: see view_load.h.
 */
#include "hub/store/pipeline.h"
#include "hub/store/row_columns.h"
#include "hub/store/view_load.h"
#include "hub/store/view_rows.h"

static void
put_words(struct params *params, const struct words *words, uint32_t bits)
{
	params_array(params, PARAM_TEXT);
	for (int i = 0; i < (int)words->count; i++)
		if ((bits & UINT32_C(1) << i) != 0)
			params_text(params, words_name(words, i));
	params_array_end(params);
}

static void
put_id_or_null(struct params *params, const struct id *id)
{
	if (id == NULL)
		params_null(params);
	else
		params_id(params, id);
}

static void
put_query(struct params *params, const struct view_deadline_query *query)
{
	params_time(params, query->after);
	params_id(params, &query->after_subject);
	params_text(params, query->after_kind);
	if (query->units == NULL)
		params_null(params);
	else
		params_ids(params, query->units, query->unit_count);
	put_id_or_null(params, query->institution);
	put_id_or_null(params, query->case_id);
	put_words(params, &deadline_kind_words, query->kinds);
	put_words(params, &deadline_status_words, query->states);
	params_bool(params, query->is_own);
	params_int4(params, query->limit);
}

static enum rc
read_deadline(const struct rows *rows, size_t row,
    struct view_deadline *deadline, struct arena *arena, struct err *err)
{
	static const struct column more[] = {
		{ COLUMN_CHARS, offsetof(struct view_deadline, ref), NULL,
		    SNAPSHOT_REF_SIZE },
		{ COLUMN_ID, offsetof(struct view_deadline, request), NULL, 0 },
		{ COLUMN_ID_OR_NULL, offsetof(struct view_deadline, target),
		    NULL, 0 },
		{ COLUMN_ID_OR_NULL,
		    offsetof(struct view_deadline, institution), NULL, 0 },
	};

	TRY(column_get(rows, row, 0, deadline_columns.columns,
	    deadline_columns.count, &deadline->deadline, arena, err));
	return column_get(rows, row, (int)deadline_columns.count, more,
	    COUNT(more), deadline, arena, err);
}

enum rc
view_load_deadlines(struct db *db, const struct view_deadline_query *query,
    struct arena *arena, struct view_deadline **deadlines, size_t *count,
    struct err *err)
{
	SCOPED(rows_cleanup) struct rows *rows = NULL;
	struct params *params = db_params(db);

	put_query(params, query);
	TRY(db_query(db, SQL_VIEW_DEADLINES, params, &rows, err));
	*count = rows_count(rows);
	*deadlines = arena_alloc(arena, (*count + 1) * sizeof(**deadlines));
	if (*deadlines == NULL)
		return err_set(err, RC_TOO_LARGE, "view_too_large",
		    "there is more to see than fits into one answer");
	for (size_t i = 0; i < *count; i++)
		TRY(read_deadline(rows, i, &(*deadlines)[i], arena, err));
	return RC_OK;
}
