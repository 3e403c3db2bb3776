/*
 * A document and the pieces of its content, for the reading room: see
 * view_load.h.
 */
#include "hub/store/view_load.h"

#include "hub/store/pipeline.h"
#include "hub/store/row_columns.h"
#include "hub/store/view_rows.h"

enum rc
view_load_document(struct db *db, const struct id *id,
    const struct id *institution, struct arena *arena,
    struct view_document *view, struct err *err)
{
	static const enum statement parts[] = { SQL_VIEW_DOCUMENT,
		SQL_VIEW_DOCUMENT_FORMALITIES };
	size_t results[COUNT(parts)], count;

	pipeline_begin(db);
	(void)pipeline_add(db, SQL_BEGIN_SNAPSHOT, NULL);
	for (size_t i = 0; i < COUNT(parts); i++) {
		struct params *params = db_params(db);

		params_id(params, id);
		view_rows_put_id(params, institution);
		results[i] = pipeline_add(db, parts[i], params);
	}
	(void)pipeline_add(db, SQL_COMMIT, NULL);
	TRY(pipeline_run(db, err));
	TRY(view_rows_documents(pipeline_rows(db, results[0]), arena,
	    &view->document, &count, err));
	if (count == 0)
		return view_rows_missing(err);
	return VIEW_ROWS_READ(pipeline_rows(db, results[1]),
	    formality_columns.columns, formality_columns.count, arena,
	    &view->formalities, &view->formality_count, err);
}

enum rc
view_load_chunk(struct db *db, const struct id *content, int number,
    struct arena *arena, struct blob *sealed, struct err *err)
{
	SCOPED(rows_cleanup) struct rows *rows = NULL;
	struct params *params = db_params(db);
	const uint8_t *bytes;

	params_id(params, content);
	params_int4(params, number);
	TRY(db_query(db, SQL_VIEW_DOCUMENT_CHUNK, params, &rows, err));
	if (rows_count(rows) == 0)
		return err_set(err, RC_FAILED, "content_missing",
		    "a piece of a document's content is missing");
	bytes = rows_bytes(rows, 0, 0, &sealed->length);
	sealed->bytes = arena_memdup(arena, bytes, sealed->length);
	if (sealed->bytes == NULL)
		return err_set(err, RC_TOO_LARGE, "view_too_large",
		    "a piece does not fit into its memory");
	return RC_OK;
}
