/*
 * Events of a batch: their numbers, leaves and sealed values (docs/trust.md,
 * "Evidence").
 */
#include <string.h>

#include "hub/crypto/commitment.h"
#include "hub/crypto/crypto.h"
#include "hub/crypto/digest.h"
#include "hub/crypto/sealed_column.h"
#include "hub/desk/inside.h"
#include "hub/wire/leaf_json.h"

enum { VALUES_LIMIT = 256 * 1024 };

static enum rc
copy(struct batch *batch, const struct strbuf *text, const uint8_t **bytes,
    size_t *length, struct err *err)
{
	if (text->failed)
		return err_set(err, RC_TOO_LARGE, "event_too_large",
		    "an event is too large");
	*bytes = arena_memdup(batch->arena, text->bytes, text->length);
	*length = text->length;
	if (*bytes == NULL)
		return err_set(
		    err, RC_TOO_LARGE, "batch_full", "too much at once");
	return RC_OK;
}

/* commitment = HMAC-SHA-256(salt, field ‖ 0x00 ‖ value) */
static void
commit(const struct event_field *field, const uint8_t *salt,
    struct strbuf *value, uint8_t *commitment)
{
	struct digest_part parts[] = {
		{ field->name, strlen(field->name) + 1 },
		{ NULL, 0 },
	};

	strbuf_reset(value);
	leaf_json_value(value, field);
	parts[1].bytes = value->bytes;
	parts[1].length = value->length;
	digest_hmac_parts(
	    salt, COMMITMENT_SALT_SIZE, parts, COUNT(parts), commitment);
}

static enum rc
seal_values(struct batch *batch, struct event *event,
    const struct strbuf *values, struct err *err)
{
	uint8_t bytes[8];
	struct sealed_place place = sealed_place_event(event->id, bytes);
	struct blob plain = { (const uint8_t *)values->bytes, values->length };
	const struct data_key *key;
	struct blob sealed;

	if (values->failed)
		return err_set(err, RC_TOO_LARGE, "event_too_large",
		    "an event is too large");
	TRY(closing_key(batch, &event->case_id, &key, &event->key_no, err));
	TRY(sealed_column_seal(
	    key, &place, &plain, batch->arena, &sealed, err));
	event->sealed = sealed.bytes;
	event->sealed_length = sealed.length;
	return RC_OK;
}

static enum rc
make_leaf(struct batch *batch, struct event *event, struct strbuf *text,
    struct strbuf *value, struct err *err)
{
	uint8_t salts[EVENT_FIELD_LIMIT][EVENT_SALT_SIZE];
	uint8_t commitments[EVENT_FIELD_LIMIT][DIGEST_SIZE];

	crypto_random(salts, event->field_count * sizeof salts[0]);
	for (size_t i = 0; i < event->field_count; i++)
		commit(&event->fields[i], salts[i], value, commitments[i]);
	strbuf_reset(text);
	leaf_json_write(text, event, (const uint8_t(*)[32])commitments);
	TRY(copy(batch, text, &event->leaf, &event->leaf_length, err));
	if (event->field_count == 0)
		return RC_OK;
	strbuf_reset(text);
	leaf_json_write_values(
	    text, event, (const uint8_t(*)[EVENT_SALT_SIZE])salts);
	return seal_values(batch, event, text, err);
}

enum rc
leaves_make(struct batch *batch, struct err *err)
{
	struct effects *effects = &batch->effects;
	SCOPED(strbuf_clear) struct strbuf text, value;

	strbuf_init(&text, VALUES_LIMIT);
	strbuf_init(&value, VALUES_LIMIT);
	if (effects->event_count >= BATCH_EVENT_LIMIT)
		return err_set(
		    err, RC_TOO_LARGE, "batch_full", "too many events at once");
	for (size_t i = 0; i < effects->event_count; i++) {
		effects->events[i].id = batch->snapshot.batch_number *
			BATCH_EVENT_LIMIT +
		    (int64_t)i;
		TRY(make_leaf(batch, &effects->events[i], &text, &value, err));
	}
	return RC_OK;
}
