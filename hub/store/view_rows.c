/*
 * Arrays of rows: see view_rows.h.
 */
#include "hub/store/view_rows.h"

#include "hub/store/row_columns.h"

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

void
view_rows_put_id(struct params *params, const struct id *id)
{
	if (id == NULL)
		params_null(params);
	else
		params_id(params, id);
}

enum rc
view_rows_documents(const struct rows *rows, struct arena *arena,
    struct document **documents, size_t *count, struct err *err)
{
	int column = (int)document_columns.count;

	TRY(VIEW_ROWS_READ(rows, document_columns.columns,
	    document_columns.count, arena, documents, count, err));
	for (size_t i = 0; i < *count; i++) {
		struct document *document = &(*documents)[i];

		document->requests = rows_ids(
		    rows, i, column, arena, &document->request_count);
		if (document->requests == NULL && document->request_count > 0)
			return err_set(err, RC_TOO_LARGE, "view_too_large",
			    "there is more to see than fits into one answer");
	}
	return RC_OK;
}
