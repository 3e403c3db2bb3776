/*
 * Housekeeping: see housekeeping.h.
 */
#include "hub/store/housekeeping.h"

enum rc
housekeeping_make_partitions(struct db *db, size_t *made, struct err *err)
{
	SCOPED(rows_cleanup) struct rows *rows = NULL;

	TRY(db_query(db, SQL_MAKE_PARTITIONS, NULL, &rows, err));
	*made = (size_t)rows_int(rows, 0, 0);
	return RC_OK;
}

enum rc
housekeeping_forget_replies(
    struct db *db, int32_t limit, size_t *forgotten, struct err *err)
{
	SCOPED(rows_cleanup) struct rows *rows = NULL;
	struct params *params = db_params(db);

	params_int4(params, limit);
	TRY(db_query(db, SQL_IDEMPOTENCY_FORGET, params, &rows, err));
	*forgotten = rows_touched(rows);
	return RC_OK;
}

enum rc
housekeeping_sweep_staged(
    struct db *db, int32_t limit, size_t *swept, struct err *err)
{
	SCOPED(rows_cleanup) struct rows *rows = NULL;
	struct params *params = db_params(db);

	params_int4(params, limit);
	TRY(db_query(db, SQL_SWEEP_STAGED, params, &rows, err));
	*swept = rows_touched(rows);
	return RC_OK;
}
