/*
 * What belongs to no case is sealed with the hub's own data key: signals,
 * watch entries, payment holds.  See inside.h.
 */
#include "hub/crypto/sealed_column.h"
#include "hub/desk/inside.h"
#include "hub/wire/json_writer.h"
#include "hub/wire/signal_json.h"

/* A text of a row, by whatever key is the newest. */
static enum rc
seal(struct batch *batch, const char *column, const struct id *row,
    const struct strbuf *text, int *key_no, struct blob *sealed,
    struct err *err)
{
	static const struct id no_case;
	struct sealed_place place = sealed_place_of(column, row);
	struct blob plain = { (const uint8_t *)text->bytes, text->length };
	const struct data_key *key;

	if (text->failed)
		return err_set(
		    err, RC_TOO_LARGE, "row_too_large", "a row is too large");
	TRY(closing_key(batch, &no_case, &key, key_no, err));
	return sealed_column_seal(
	    key, &place, &plain, batch->arena, sealed, err);
}

static enum rc
seal_signals(struct batch *batch, struct strbuf *text, struct err *err)
{
	for (size_t i = 0; i < batch->effects.signal_count; i++) {
		struct signal_row *row = &batch->effects.signals[i];

		strbuf_reset(text);
		json_write_object(text, NULL);
		signal_json_write_members(text, row->draft);
		json_write_object_end(text);
		TRY(seal(batch, SEALED_SIGNAL, &row->id, text, &row->key_no,
		    &row->sealed, err));
	}
	return RC_OK;
}

enum rc
closing_risk_seal(struct batch *batch, struct strbuf *text, struct err *err)
{
	return seal_signals(batch, text, err);
}
