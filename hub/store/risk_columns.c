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

#define AT(field) offsetof(struct received_signal, field)
static const struct column received_table[] = {
	{ COLUMN_ID, AT(id), NULL, 0 },
	{ COLUMN_ID, AT(source), NULL, 0 },
	{ COLUMN_ID, AT(institution), NULL, 0 },
	{ COLUMN_WORD, AT(kind), &signal_kind_words, 0 },
	{ COLUMN_HASH, AT(hash), NULL, 0 },
	{ COLUMN_TIME, AT(expires_at), NULL, 0 },
};
#undef AT

#define AT(field) offsetof(struct watch_entry, field)
static const struct column watch_table[] = {
	{ COLUMN_ID, AT(id), NULL, 0 },
	{ COLUMN_ID, AT(institution), NULL, 0 },
	{ COLUMN_ID, AT(created_by), NULL, 0 },
	{ COLUMN_ID_OR_NULL, AT(holder), NULL, 0 },
	{ COLUMN_WORD, AT(source), &watch_source_words, 0 },
	{ COLUMN_WORD, AT(reason), &watch_reason_words, 0 },
	{ COLUMN_STATE, AT(state), &watch_machine, 0 },
	{ COLUMN_IDENTIFIER_TYPE, AT(type), NULL, 0 },
	{ COLUMN_CHARS, AT(mask), NULL, IDENTIFIER_MASK_SIZE },
	{ COLUMN_HASH, AT(hash), NULL, 0 },
	{ COLUMN_TIME, AT(expires_at), NULL, 0 },
	{ COLUMN_ID_OR_NULL, AT(disputed_by), NULL, 0 },
	{ COLUMN_TIME_OR_NULL, AT(disputed_at), NULL, 0 },
	{ COLUMN_ID_OR_NULL, AT(kept_by), NULL, 0 },
	{ COLUMN_TIME, AT(created_at), NULL, 0 },
	{ COLUMN_TIME, AT(updated_at), NULL, 0 },
	{ COLUMN_LONG, AT(row_version), NULL, 0 },
	{ COLUMN_INT, AT(key_no), NULL, 0 },
	{ COLUMN_BLOB, AT(sealed), NULL, 0 },
	{ COLUMN_INT, AT(dispute_key_no), NULL, 0 },
	{ COLUMN_BLOB_OR_NULL, AT(sealed_dispute), NULL, 0 },
};
#undef AT

#define AT(field) offsetof(struct payment_hold, field)
static const struct column hold_table[] = {
	{ COLUMN_ID, AT(id), NULL, 0 },
	{ COLUMN_ID, AT(institution), NULL, 0 },
	{ COLUMN_ID, AT(created_by), NULL, 0 },
	{ COLUMN_STATE, AT(state), &payment_hold_machine, 0 },
	{ COLUMN_WORD, AT(ground), &payment_ground_words, 0 },
	{ COLUMN_ID_OR_NULL, AT(signal), NULL, 0 },
	{ COLUMN_IDENTIFIER_TYPE, AT(type), NULL, 0 },
	{ COLUMN_CHARS, AT(mask), NULL, IDENTIFIER_MASK_SIZE },
	{ COLUMN_HASH, AT(hash), NULL, 0 },
	{ COLUMN_LONG, AT(money.minor), NULL, 0 },
	{ COLUMN_CHARS, AT(money.currency), NULL, MONEY_CURRENCY_SIZE },
	{ COLUMN_TIME, AT(term_ends_at), NULL, 0 },
	{ COLUMN_TIME_OR_NULL, AT(answered_at), NULL, 0 },
	{ COLUMN_TIME_OR_NULL, AT(ended_at), NULL, 0 },
	{ COLUMN_TIME, AT(created_at), NULL, 0 },
	{ COLUMN_TIME, AT(updated_at), NULL, 0 },
	{ COLUMN_LONG, AT(row_version), NULL, 0 },
	{ COLUMN_INT, AT(key_no), NULL, 0 },
	{ COLUMN_BLOB, AT(sealed), NULL, 0 },
};
#undef AT

const struct column_list risk_columns_received = LIST(received_table);
const struct column_list risk_columns_watch = LIST(watch_table);
const struct column_list risk_columns_hold = LIST(hold_table);
const struct column_list risk_columns_signal = LIST(signal_table);
