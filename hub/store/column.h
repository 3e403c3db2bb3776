/*
 * Rows as tables of columns: which field of a struct is which column, in
 * both directions.  One table serves a SELECT, an INSERT … SELECT FROM
 * unnest and an UPDATE … FROM unnest whose columns stand in the same order.
 * Inside the store only.
 */
#pragma once

#include <stddef.h>

#include "hub/base/arena.h"
#include "hub/base/err.h"
#include "hub/domain/machine.h"
#include "hub/domain/words.h"
#include "hub/store/params.h"
#include "hub/store/rows.h"

enum column_kind {
	COLUMN_ID,
	COLUMN_ID_OR_NULL, /* zero is NULL */
	COLUMN_BOOL,
	COLUMN_SHORT, /* int as int2 */
	COLUMN_INT,   /* int or int32_t as int4 */
	COLUMN_LONG,  /* int64_t */
	COLUMN_TIME,
	COLUMN_TIME_OR_NULL,    /* 0 is NULL */
	COLUMN_TEXT,            /* const char *, in the arena */
	COLUMN_TEXT_OR_NULL,    /* NULL is NULL */
	COLUMN_CHARS,           /* char[size] */
	COLUMN_HASH,            /* uint8_t[32] */
	COLUMN_HASH_OR_NULL,    /* all zero is NULL */
	COLUMN_BLOB,            /* struct blob, in the arena */
	COLUMN_BLOB_OR_NULL,    /* no bytes is NULL */
	COLUMN_WORD,            /* int of `words` */
	COLUMN_WORD_OR_NULL,    /* -1 is NULL */
	COLUMN_STATE,           /* int of the states of `machine` */
	COLUMN_IDENTIFIER_TYPE, /* enum identifier_type */
};

struct column {
	enum column_kind kind;
	size_t offset;
	const void *of; /* words or machine */
	size_t size;    /* of COLUMN_CHARS */
};

/* One array for each column, of all the rows. */
void column_put(struct params *params, const struct column *columns,
    size_t count, const void *const *rows, size_t row_count);

/* Fill a struct from the columns of a row, `first` on.  RC_FAILED
 * `bad_row` for a word that this program does not know, RC_TOO_LARGE at the
 * arena's limit. */
NODISCARD enum rc column_get(const struct rows *rows, size_t row, int first,
    const struct column *columns, size_t count, void *into, struct arena *arena,
    struct err *err);
