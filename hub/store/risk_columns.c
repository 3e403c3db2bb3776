/*
 * The columns of rows about risks: see risk_columns.h.
 */
#include "hub/store/risk_columns.h"

#define LIST(table)                   \
	{                             \
		(table), COUNT(table) \
	}

#define AT(field) offsetof(struct signal_row, field)
static const struct column signal_table[] = {
	{ COLUMN_ID, AT(id), NULL, 0 },
	{ COLUMN_ID, AT(source), NULL, 0 },
	{ COLUMN_ID, AT(sent_by), NULL, 0 },
	{ COLUMN_WORD, AT(kind), &signal_kind_words, 0 },
	{ COLUMN_IDENTIFIER_TYPE, AT(type), NULL, 0 },
	{ COLUMN_CHARS, AT(mask), NULL, IDENTIFIER_MASK_SIZE },
	{ COLUMN_HASH, AT(hash), NULL, 0 },
	{ COLUMN_TIME, AT(observed_from), NULL, 0 },
	{ COLUMN_TIME, AT(observed_until), NULL, 0 },
	{ COLUMN_TIME, AT(expires_at), NULL, 0 },
	{ COLUMN_TIME, AT(created_at), NULL, 0 },
	{ COLUMN_INT, AT(key_no), NULL, 0 },
	{ COLUMN_BLOB, AT(sealed), NULL, 0 },
};
#undef AT

const struct column_list risk_columns_signal = LIST(signal_table);
