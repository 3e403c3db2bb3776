/*
 * Arrays of rows: see view_rows.h.
 */
#include "hub/store/view_rows.h"

void *
view_rows_read(const struct rows *rows, const struct column *columns,
    size_t column_count, size_t size, struct arena *arena, size_t *count,
    struct err *err)
{
	char *made;

	*count = rows_count(rows);
	made = arena_alloc(arena, (*count + 1) * size);
	if (made == NULL) {
		(void)err_set(err, RC_TOO_LARGE, "view_too_large",
		    "there is more to see than fits into one answer");
		return NULL;
	}
	for (size_t i = 0; i < *count; i++)
		if (column_get(rows, i, 0, columns, column_count,
			made + i * size, arena, err) != RC_OK)
			return NULL;
	return made;
}

enum rc
view_rows_missing(struct err *err)
{
	return err_set(err, RC_MISSING, "not_found",
	    "there is no such thing, or it is not yours");
}
