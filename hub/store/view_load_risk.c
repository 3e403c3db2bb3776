/*
 * Pages about risks: see view_load_risk.h.
 */
#include "hub/store/view_load_risk.h"

#include "hub/store/pipeline.h"
#include "hub/store/risk_columns.h"
#include "hub/store/view_rows.h"

/* Later than every row: 9999-01-01. */
#define FROM_THE_TOP INT64_C(253370764800000000)

static struct params *
put_query(struct db *db, const struct view_risk_query *query)
{
	struct params *params = db_params(db);

	params_id(params, query->institution);
	params_time(params, query->at);
	params_time(params, query->before == 0 ? FROM_THE_TOP : query->before);
	params_id(params, &query->before_id);
	params_int4(params, query->limit);
	return params;
}

#define AT(field) offsetof(struct signal_row, field)
static const struct column signal_page[] = {
	{ COLUMN_ID, AT(id), NULL, 0 },
	{ COLUMN_ID, AT(source), NULL, 0 },
	{ COLUMN_WORD, AT(kind), &signal_kind_words, 0 },
	{ COLUMN_TIME, AT(observed_from), NULL, 0 },
	{ COLUMN_TIME, AT(observed_until), NULL, 0 },
	{ COLUMN_TIME, AT(expires_at), NULL, 0 },
	{ COLUMN_TIME, AT(created_at), NULL, 0 },
	{ COLUMN_INT, AT(key_no), NULL, 0 },
	{ COLUMN_BLOB, AT(sealed), NULL, 0 },
};
#undef AT

enum rc
view_load_risk_signals(struct db *db, const struct view_risk_query *query,
    bool are_sent, struct arena *arena, struct signal_row **signals,
    size_t *count, struct err *err)
{
	SCOPED(rows_cleanup) struct rows *rows = NULL;

	TRY(db_query(db,
	    are_sent ? SQL_VIEW_SIGNALS_SENT : SQL_VIEW_SIGNALS_RECEIVED,
	    put_query(db, query), &rows, err));
	return VIEW_ROWS_READ(
	    rows, signal_page, COUNT(signal_page), arena, signals, count, err);
}

/* ---- watch entries and payment holds */

static struct params *
put_narrowed(struct db *db, const struct view_risk_query *query,
    const struct machine *machine)
{
	struct params *params = db_params(db);

	if (query->institution == NULL)
		params_null(params);
	else
		params_id(params, query->institution);
	if (query->states == 0) {
		params_null(params);
	} else {
		params_array(params, PARAM_TEXT);
		for (int i = 0; i < (int)machine->states->count; i++)
			if ((query->states & UINT32_C(1) << i) != 0)
				params_text(
				    params, machine_state_name(machine, i));
		params_array_end(params);
	}
	params_time(params, query->before == 0 ? FROM_THE_TOP : query->before);
	params_id(params, &query->before_id);
	params_int4(params, query->limit);
	return params;
}

enum rc
view_load_risk_watches(struct db *db, const struct view_risk_query *query,
    struct arena *arena, struct watch_entry **entries, size_t *count,
    struct err *err)
{
	SCOPED(rows_cleanup) struct rows *rows = NULL;

	TRY(db_query(db, SQL_VIEW_WATCH_ENTRIES,
	    put_narrowed(db, query, &watch_machine), &rows, err));
	return VIEW_ROWS_READ(rows, risk_columns_watch.columns,
	    risk_columns_watch.count, arena, entries, count, err);
}

enum rc
view_load_risk_holds(struct db *db, const struct view_risk_query *query,
    struct arena *arena, struct payment_hold **holds, size_t *count,
    struct err *err)
{
	SCOPED(rows_cleanup) struct rows *rows = NULL;

	TRY(db_query(db, SQL_VIEW_PAYMENT_HOLDS,
	    put_narrowed(db, query, &payment_hold_machine), &rows, err));
	return VIEW_ROWS_READ(rows, risk_columns_hold.columns,
	    risk_columns_hold.count, arena, holds, count, err);
}

enum rc
view_load_risk_watch(struct db *db, const struct id *id, struct arena *arena,
    struct watch_entry **entry, struct err *err)
{
	SCOPED(rows_cleanup) struct rows *rows = NULL;
	struct params *params = db_params(db);
	size_t count;

	params_id(params, id);
	TRY(db_query(db, SQL_VIEW_WATCH_ENTRY, params, &rows, err));
	TRY(VIEW_ROWS_READ(rows, risk_columns_watch.columns,
	    risk_columns_watch.count, arena, entry, &count, err));
	return count > 0 ? RC_OK : view_rows_missing(err);
}

enum rc
view_load_risk_hold(struct db *db, const struct id *id, struct arena *arena,
    struct payment_hold **hold, struct err *err)
{
	SCOPED(rows_cleanup) struct rows *rows = NULL;
	struct params *params = db_params(db);
	size_t count;

	params_id(params, id);
	TRY(db_query(db, SQL_VIEW_PAYMENT_HOLD, params, &rows, err));
	TRY(VIEW_ROWS_READ(rows, risk_columns_hold.columns,
	    risk_columns_hold.count, arena, hold, &count, err));
	return count > 0 ? RC_OK : view_rows_missing(err);
}
