/*
 * What belongs to no case is sealed with the hub's own data key: signals,
 * watch entries, payment holds.  See inside.h.
 */
#include "hub/crypto/sealed_column.h"
#include "hub/desk/inside.h"
#include "hub/wire/json_values.h"
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

/* "" is not written: absent says the same. */
static void
write_told(struct strbuf *out, const char *key, const char *text)
{
	if (text != NULL && text[0] != '\0')
		json_write_text(out, key, text);
}

static enum rc
seal_watch(struct batch *batch, struct watch_entry *entry, struct strbuf *text,
    struct err *err)
{
	if (entry->row.is_new && entry->sealed.length == 0) {
		strbuf_reset(text);
		json_write_object(text, NULL);
		json_write_identifier(text, "subject", &entry->draft->subject);
		write_told(text, "reference", entry->draft->reference);
		write_told(text, "note", entry->draft->note);
		json_write_object_end(text);
		TRY(seal(batch, SEALED_WATCH, &entry->id, text, &entry->key_no,
		    &entry->sealed, err));
	}
	if (entry->dispute == NULL || entry->sealed_dispute.length > 0)
		return RC_OK;
	strbuf_reset(text);
	strbuf_append(text, entry->dispute);
	return seal(batch, SEALED_DISPUTE, &entry->id, text,
	    &entry->dispute_key_no, &entry->sealed_dispute, err);
}

static enum rc
seal_hold(struct batch *batch, struct payment_hold *hold, struct strbuf *text,
    struct err *err)
{
	if (!hold->row.is_new || hold->sealed.length > 0)
		return RC_OK;
	strbuf_reset(text);
	json_write_object(text, NULL);
	json_write_identifier(text, "payee", &hold->draft->payee);
	write_told(text, "reference", hold->draft->reference);
	write_told(text, "note", hold->draft->note);
	json_write_object_end(text);
	return seal(batch, SEALED_PAYMENT_HOLD, &hold->id, text, &hold->key_no,
	    &hold->sealed, err);
}

enum rc
closing_risk_seal(struct batch *batch, struct strbuf *text, struct err *err)
{
	struct risk_rows *rows = &batch->snapshot.risk;

	TRY(seal_signals(batch, text, err));
	for (size_t i = 0; i < rows->watch_count; i++)
		TRY(seal_watch(batch, rows->watches[i], text, err));
	for (size_t i = 0; i < rows->hold_count; i++)
		TRY(seal_hold(batch, rows->holds[i], text, err));
	return RC_OK;
}
