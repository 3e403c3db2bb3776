/*
 * Legal debt for the reading room: see report_load.h.
 */
#include "hub/store/report_load.h"
#include "hub/store/view_rows.h"

#define AT(field) offsetof(struct report_debt, field)
static const struct column debt_columns[] = {
	{ COLUMN_ID, AT(key), NULL, 0 },
	{ COLUMN_TIME, AT(since), NULL, 0 },
	{ COLUMN_TIME, AT(due_at), NULL, 0 },
	{ COLUMN_LONG, AT(owed), NULL, 0 },
	{ COLUMN_LONG, AT(overdue), NULL, 0 },
	{ COLUMN_LONG, AT(cases), NULL, 0 },
	{ COLUMN_TEXT, AT(ref), NULL, 0 },
	{ COLUMN_ID, AT(unit), NULL, 0 },
	{ COLUMN_TEXT, AT(profile), NULL, 0 },
	{ COLUMN_TEXT, AT(type), NULL, 0 },
	{ COLUMN_LONG, AT(type_owed), NULL, 0 },
	{ COLUMN_LONG, AT(type_overdue), NULL, 0 },
	{ COLUMN_TIME, AT(type_since), NULL, 0 },
	{ COLUMN_TIME, AT(type_due_at), NULL, 0 },
};
#undef AT

enum rc
report_load_debts(struct db *db, const struct report_debt_query *query,
    struct arena *arena, struct report_debt **debts, size_t *count,
    struct err *err)
{
	SCOPED(rows_cleanup) struct rows *rows = NULL;
	struct params *params = db_params(db);

	params_ids(params, query->units->ids, query->units->count);
	if (query->institution == NULL)
		params_null(params);
	else
		params_id(params, query->institution);
	params_text(params, words_name(&report_debtor_words, (int)query->by));
	params_time(params, query->at);
	params_time(params, query->after);
	params_id(params, &query->after_key);
	params_int4(params, query->limit);
	TRY(db_query(db, SQL_REPORT_LEGAL_DEBT, params, &rows, err));
	return VIEW_ROWS_READ(
	    rows, debt_columns, COUNT(debt_columns), arena, debts, count, err);
}
