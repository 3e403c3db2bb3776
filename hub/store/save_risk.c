/*
 * Signals of a batch: see save.h.
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

enum rc
save_risk(struct db *db, const struct effects *effects, struct err *err)
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
