/*
 * Clocks that have come: see due.h.
 */
#include "hub/store/due.h"

enum rc
due_find(struct db *db, int64_t now, const struct due *after, struct due *dues,
    size_t limit, size_t *count, struct err *err)
{
	SCOPED(rows_cleanup) struct rows *rows = NULL;
	struct params *params = db_params(db);
	int kind;

	params_time(params, now);
	params_int4(params, (int32_t)limit);
	params_time(params, after->at);
	params_id(params, &after->subject);
	params_text(params, words_name(&deadline_kind_words, (int)after->kind));
	TRY(db_query(db, SQL_DEADLINES_DUE, params, &rows, err));
	*count = rows_count(rows);
	for (size_t i = 0; i < *count; i++) {
		if (!words_find(
			&deadline_kind_words, rows_text(rows, i, 1), &kind))
			return err_set(err, RC_FAILED, "bad_row",
			    "a clock is of an unknown kind");
		dues[i].subject = rows_id(rows, i, 0);
		dues[i].kind = (enum deadline_kind)kind;
		dues[i].at = rows_time(rows, i, 2);
		dues[i].request = rows_id(rows, i, 3);
	}
	return RC_OK;
}
