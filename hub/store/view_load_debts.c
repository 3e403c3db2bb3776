/*
 * A page of documents owed, for the reading room: see view_load.h.
 */
#include "hub/store/pipeline.h"
#include "hub/store/row_columns.h"
#include "hub/store/view_load.h"
#include "hub/store/view_rows.h"

static void
put_states(struct params *params, uint32_t states)
{
	if (states == 0) {
		params_null(params);
		return;
	}
	params_array(params, PARAM_TEXT);
	for (int i = 0; i < FORMALITY_STATE_COUNT; i++)
		if ((states & (UINT32_C(1) << i)) != 0)
			params_text(
			    params, machine_state_name(&formality_machine, i));
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

/* Two arrays side by side. */
static void
put_untils(struct params *params, const struct view_debt_query *query)
{
	if (query->untils == NULL) {
		params_null(params);
		params_null(params);
		return;
	}
	params_array(params, PARAM_TEXT);
	for (size_t i = 0; i < query->until_count; i++)
		params_text(params, query->untils[i].profile);
	params_array_end(params);
	params_array(params, PARAM_TIME);
	for (size_t i = 0; i < query->until_count; i++)
		params_time(params, query->untils[i].at);
	params_array_end(params);
}

static void
put_query(struct params *params, const struct view_debt_query *query)
{
	if (query->units == NULL)
		params_null(params);
	else
		params_ids(params, query->units, query->unit_count);
	put_id_or_null(params, query->institution);
	put_id_or_null(params, query->case_id);
	put_states(params, query->states);
	params_time(params, query->at);
	params_time(params, query->after);
	params_id(params, &query->after_id);
	params_int4(params, query->limit);
	put_id_or_null(params, query->asked);
	put_untils(params, query);
}

static enum rc
read_debt(const struct rows *rows, size_t row, struct view_debt *debt,
    struct arena *arena, struct err *err)
{
	static const struct column more[] = {
		{ COLUMN_ID, offsetof(struct view_debt, unit), NULL, 0 },
		{ COLUMN_CHARS, offsetof(struct view_debt, ref), NULL,
		    SNAPSHOT_REF_SIZE },
	};
	int column = (int)formality_columns.count;

	TRY(column_get(rows, row, 0, formality_columns.columns,
	    formality_columns.count, &debt->formality, arena, err));
	TRY(column_get(rows, row, column, more, COUNT(more), debt, arena, err));
	column += (int)COUNT(more);
	if (rows_is_null(rows, row, column))
		return RC_OK;
	debt->institutions = rows_ids(
	    rows, row, column, arena, &debt->institution_count);
	return debt->institutions != NULL
	    ? RC_OK
	    : err_set(err, RC_TOO_LARGE, "view_too_large",
		  "there is more to see than fits into one answer");
}

enum rc
view_load_debts(struct db *db, const struct view_debt_query *query,
    struct arena *arena, struct view_debt **debts, size_t *count,
    struct err *err)
{
	SCOPED(rows_cleanup) struct rows *rows = NULL;
	struct params *params = db_params(db);

	put_query(params, query);
	TRY(db_query(db, SQL_VIEW_DEBTS, params, &rows, err));
	*count = rows_count(rows);
	*debts = arena_alloc(arena, (*count + 1) * sizeof(**debts));
	if (*debts == NULL)
		return err_set(err, RC_TOO_LARGE, "view_too_large",
		    "there is more to see than fits into one answer");
	for (size_t i = 0; i < *count; i++)
		TRY(read_debt(rows, i, &(*debts)[i], arena, err));
	return RC_OK;
}
