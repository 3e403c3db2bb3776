/*
 * A page of volumes above their limits, for the reading room: see
 * view_load.h.
 */
#include "hub/store/pipeline.h"
#include "hub/store/row_columns.h"
#include "hub/store/view_load.h"
#include "hub/store/view_rows.h"

/* 9999-03-01: after every alert. */
#define FROM_THE_TOP INT64_C(253370764800000000)

static enum rc
read_alert(const struct rows *rows, size_t row, struct view_alert *alert,
    struct arena *arena, struct err *err)
{
	static const struct column more[] = {
		{ COLUMN_CHARS, offsetof(struct view_alert, ref), NULL,
		    SNAPSHOT_REF_SIZE },
	};

	TRY(column_get(rows, row, 0, alert_columns.columns, alert_columns.count,
	    &alert->alert, arena, err));
	return column_get(rows, row, (int)alert_columns.count, more,
	    COUNT(more), alert, arena, err);
}

enum rc
view_load_alerts(struct db *db, const struct view_alert_query *query,
    struct arena *arena, struct view_alert **alerts, size_t *count,
    struct err *err)
{
	SCOPED(rows_cleanup) struct rows *rows = NULL;
	struct params *params = db_params(db);

	params_ids(params, query->units, query->unit_count);
	params_time(params, query->before == 0 ? FROM_THE_TOP : query->before);
	params_id(params, &query->before_id);
	params_int4(params, query->limit);
	TRY(db_query(db, SQL_VIEW_ALERTS, params, &rows, err));
	*count = rows_count(rows);
	*alerts = arena_alloc(arena, (*count + 1) * sizeof(**alerts));
	if (*alerts == NULL)
		return err_set(err, RC_TOO_LARGE, "view_too_large",
		    "there is more to see than fits into one answer");
	for (size_t i = 0; i < *count; i++)
		TRY(read_alert(rows, i, &(*alerts)[i], arena, err));
	return RC_OK;
}
