/*
 * Courts' orders and restitutions, sealed with the key of their case: see
 * inside.h.
 */
#include <string.h>

#include "hub/crypto/sealed_column.h"
#include "hub/desk/inside.h"
#include "hub/wire/secret_json.h"

/* A text of a row where it is new; NULL: it is not. */
static enum rc
seal(struct batch *batch, const struct id *case_id, const char *column,
    const struct id *row, const char *text, struct blob *sealed,
    struct err *err)
{
	struct sealed_place place = sealed_place_of(column, row);
	const struct data_key *key;
	struct blob plain;
	int key_no;

	if (text == NULL || sealed->length > 0)
		return RC_OK;
	plain = (struct blob){ (const uint8_t *)text, strlen(text) };
	TRY(closing_key(batch, case_id, &key, &key_no, err));
	return sealed_column_seal(
	    key, &place, &plain, batch->arena, sealed, err);
}

/* Where the money goes, by whose order, and the proof that it went. */
static enum rc
seal_restitution(struct batch *batch, struct restitution *row,
    struct strbuf *text, struct err *err)
{
	const struct id *case_id = &row->case_id, *id = &row->id;

	if (row->row.is_new) {
		strbuf_reset(text);
		secret_json_write_restitution(text, row);
		if (text->failed)
			return err_set(err, RC_TOO_LARGE, "row_too_large",
			    "a row is too large");
		TRY(seal(batch, case_id, SEALED_RESTITUTION, id, text->bytes,
		    &row->sealed, err));
	}
	TRY(seal(batch, case_id, SEALED_RESTITUTION_ORDER, id, row->order,
	    &row->sealed_order, err));
	return seal(batch, case_id, SEALED_RESTITUTION_PROOF, id, row->proof,
	    &row->sealed_proof, err);
}

enum rc
closing_way_back_rows(struct batch *batch, struct strbuf *text, struct err *err)
{
	for (size_t i = 0; i < batch->snapshot.restitution_count; i++)
		TRY(seal_restitution(
		    batch, batch->snapshot.restitutions[i], text, err));
	return RC_OK;
}

enum rc
closing_way_back_records(struct batch *batch, struct err *err)
{
	for (size_t i = 0; i < batch->effects.attachment_count; i++) {
		struct attachment_row *row = &batch->effects.attachments[i];

		TRY(seal(batch, &row->case_id, SEALED_ATTACHMENT, &row->id,
		    row->order, &row->sealed, err));
	}
	return RC_OK;
}
