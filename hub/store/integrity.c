/*
 * Integrity checks: see integrity.h; the statement is in
 * sql/queries/schema.sql.
 */
#include "hub/store/integrity.h"

enum rc
integrity_run(struct db *db, struct arena *arena,
    struct integrity_check **checks, size_t *count, int64_t *broken,
    struct err *err)
{
	SCOPED(rows_cleanup) struct rows *rows = NULL;

	TRY(db_query(db, SQL_INTEGRITY_CHECKS, NULL, &rows, err));
	*count = rows_count(rows);
	*broken = 0;
	*checks = arena_alloc(arena, *count * sizeof(**checks));
	for (size_t i = 0; *checks != NULL && i < *count; i++) {
		struct integrity_check *check = &(*checks)[i];

		check->name = arena_strdup(arena, rows_text(rows, i, 0));
		check->broken = rows_int(rows, i, 1);
		*broken += check->broken;
		if (check->name == NULL)
			*checks = NULL;
	}
	if (*checks == NULL)
		return err_set(err, RC_TOO_LARGE, "too_many_checks",
		    "the checks do not fit into their memory");
	return RC_OK;
}
