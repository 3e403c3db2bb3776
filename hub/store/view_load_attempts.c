/*
 * Pages of the attempt log: see view_load_attempts.h.
 */
#include "hub/store/view_load_attempts.h"

#include "hub/store/view_rows.h"

/* Later than every row: 9999-01-01. */
#define FROM_THE_TOP INT64_C(253370764800000000)

#define AT(field) offsetof(struct view_attempt, field)
static const struct column columns[] = {
	{ COLUMN_TIME, AT(at), NULL, 0 },
	{ COLUMN_ID, AT(message), NULL, 0 },
	{ COLUMN_TEXT, AT(type), NULL, 0 },
	{ COLUMN_INT, AT(n), NULL, 0 },
	{ COLUMN_INT, AT(status), NULL, 0 },
	{ COLUMN_TEXT, AT(error), NULL, 0 },
	{ COLUMN_INT, AT(milliseconds), NULL, 0 },
	{ COLUMN_TEXT, AT(remote), NULL, 0 },
	{ COLUMN_INT, AT(response_length), NULL, 0 },
	{ COLUMN_TEXT, AT(key_ids), NULL, 0 },
};
#undef AT

enum rc
view_load_attempts(struct db *db, int32_t endpoint, int64_t before,
    const struct id *before_id, int limit, struct arena *arena,
    struct view_attempt **attempts, size_t *count, struct err *err)
{
	SCOPED(rows_cleanup) struct rows *rows = NULL;
	struct params *params = db_params(db);

	params_int4(params, endpoint);
	params_time(params, before == 0 ? FROM_THE_TOP : before);
	params_id(params, before_id);
	params_int4(params, limit);
	TRY(db_query(db, SQL_VIEW_ATTEMPTS, params, &rows, err));
	return VIEW_ROWS_READ(
	    rows, columns, COUNT(columns), arena, attempts, count, err);
}
