/*
 * Signals, watch entries and payment holds of a batch: see save.h.
 */
#include "hub/store/save.h"

#include "hub/store/risk_columns.h"

/* To whom each goes: one row for each addressee. */
static void
save_recipients(struct db *db, const struct signal_row *signals, size_t count)
{
	struct params *params = db_params(db);

	params_array(params, PARAM_UUID);
	for (size_t i = 0; i < count; i++)
		for (size_t n = 0; n < signals[i].recipient_count; n++)
			params_id(params, &signals[i].id);
	params_array_end(params);
	params_array(params, PARAM_UUID);
	for (size_t i = 0; i < count; i++)
		for (size_t n = 0; n < signals[i].recipient_count; n++)
			params_id(params, &signals[i].recipients[n]);
	params_array_end(params);
	params_array(params, PARAM_UUID);
	for (size_t i = 0; i < count; i++)
		for (size_t n = 0; n < signals[i].recipient_count; n++)
			params_id(params, &signals[i].agreements[n]);
	params_array_end(params);
	params_array(params, PARAM_TIME);
	for (size_t i = 0; i < count; i++)
		for (size_t n = 0; n < signals[i].recipient_count; n++)
			params_time(params, signals[i].created_at);
	params_array_end(params);
	(void)pipeline_add(db, SQL_SAVE_SIGNAL_RECIPIENTS, params);
}

static enum rc
save_signals(struct db *db, const struct effects *effects, struct err *err)
{
	size_t count = effects->signal_count;
	struct params *params = db_params(db);
	const void **rows;

	if (count == 0)
		return RC_OK;
	TRY(save_room(effects->snapshot->arena, count, &rows, err));
	for (size_t i = 0; i < count; i++)
		rows[i] = &effects->signals[i];
	column_put(params, risk_columns_signal.columns,
	    risk_columns_signal.count, rows, count);
	(void)pipeline_add(db, SQL_SAVE_SIGNALS, params);
	save_recipients(db, effects->signals, count);
	return RC_OK;
}

static void
save_list(struct db *db, enum statement statement,
    const struct column_list *list, const void *const *rows, size_t count)
{
	struct params *params = db_params(db);

	if (count == 0)
		return;
	column_put(params, list->columns, list->count, rows, count);
	(void)pipeline_add(db, statement, params);
}

/* New rows stand at the front, changed ones at the back. */
static enum rc
save_watches(struct db *db, const struct effects *effects, struct err *err)
{
	const struct risk_rows *risk = &effects->snapshot->risk;
	size_t total = risk->watch_count, new_count = 0, changed = 0;
	const void **rows;

	TRY(save_room(effects->snapshot->arena, total, &rows, err));
	for (size_t i = 0; i < total; i++)
		if (risk->watches[i]->row.is_new)
			rows[new_count++] = risk->watches[i];
		else if (risk->watches[i]->row.is_dirty)
			rows[total - ++changed] = risk->watches[i];
	save_list(
	    db, SQL_SAVE_WATCH_ENTRIES, &risk_columns_watch, rows, new_count);
	save_list(db, SQL_SAVE_WATCH_ENTRY_CHANGES, &risk_columns_watch,
	    rows + total - changed, changed);
	return RC_OK;
}

static enum rc
save_holds(struct db *db, const struct effects *effects, struct err *err)
{
	const struct risk_rows *risk = &effects->snapshot->risk;
	size_t total = risk->hold_count, new_count = 0, changed = 0;
	const void **rows;

	TRY(save_room(effects->snapshot->arena, total, &rows, err));
	for (size_t i = 0; i < total; i++)
		if (risk->holds[i]->row.is_new)
			rows[new_count++] = risk->holds[i];
		else if (risk->holds[i]->row.is_dirty)
			rows[total - ++changed] = risk->holds[i];
	save_list(
	    db, SQL_SAVE_PAYMENT_HOLDS, &risk_columns_hold, rows, new_count);
	save_list(db, SQL_SAVE_PAYMENT_HOLD_CHANGES, &risk_columns_hold,
	    rows + total - changed, changed);
	return RC_OK;
}

enum rc
save_risk(struct db *db, const struct effects *effects, struct err *err)
{
	TRY(save_signals(db, effects, err));
	TRY(save_watches(db, effects, err));
	return save_holds(db, effects, err);
}
