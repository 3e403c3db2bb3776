/*
 * Results of a view's statements as arrays of structs.  Inside the store
 * only, for view_load_*.c.
 */
#pragma once

#include "hub/base/arena.h"
#include "hub/base/err.h"
#include "hub/domain/snapshot.h"
#include "hub/store/column.h"
#include "hub/store/rows.h"

/* One struct of `size` bytes, zero but for `columns`, for each row; `*count`
 * of them.  NULL with RC_TOO_LARGE at the arena's limit and RC_FAILED
 * `bad_row` in err->rc. */
void *view_rows_read(const struct rows *rows, const struct column *columns,
    size_t column_count, size_t size, struct arena *arena, size_t *count,
    struct err *err);

/* The same into a pointer to structs, as an rc. */
#define VIEW_ROWS_READ(                                                    \
    rows_, columns_, column_count_, arena_, items_, count_, err_)          \
	((*(items_) = view_rows_read((rows_), (columns_), (column_count_), \
	      sizeof(**(items_)), (arena_), (count_), (err_))) != NULL     \
		? RC_OK                                                    \
		: (err_)->rc)

/* Documents with the requests that stand behind their columns. */
NODISCARD enum rc
view_rows_documents(const struct rows *rows, struct arena *arena,
    struct document **documents, size_t *count, struct err *err);

/* NULL where there is no id. */
void view_rows_put_id(struct params *params, const struct id *id);

/* RC_MISSING `not_found`: what does not exist and what is not the caller's
 * are answered alike. */
enum rc view_rows_missing(struct err *err);
