/*
 * Sealed columns: see sealed_column.h.
 */
#include "hub/crypto/sealed_column.h"

#include <string.h>

enum { BINDING_SIZE = 128 };

struct sealed_place
sealed_place_of(const char *column, const struct id *row)
{
	return (struct sealed_place){ column, row->bytes, sizeof row->bytes };
}

struct sealed_place
sealed_place_event(int64_t event_id, uint8_t *bytes)
{
	for (int i = 0; i < 8; i++)
		bytes[i] = (uint8_t)((uint64_t)event_id >> (56 - 8 * i));
	return (struct sealed_place){ SEALED_EVENT, bytes, 8 };
}

struct sealed_place
sealed_place_ref(const struct id *case_id, size_t n, uint8_t *bytes)
{
	memcpy(bytes, case_id->bytes, sizeof case_id->bytes);
	bytes[sizeof case_id->bytes] = (uint8_t)(n >> 8);
	bytes[sizeof case_id->bytes + 1] = (uint8_t)n;
	return (struct sealed_place){ SEALED_EXTERNAL_REF, bytes,
		SEALED_REF_ROW_SIZE };
}

struct sealed_place
sealed_place_chunk(const struct id *content, uint32_t number, uint8_t *bytes)
{
	memcpy(bytes, content->bytes, sizeof content->bytes);
	for (int i = 0; i < 4; i++)
		bytes[sizeof content->bytes + (size_t)i] = (uint8_t)(number >>
		    (24 - 8 * i));
	return (
	    struct sealed_place){ SEALED_CHUNK, bytes, SEALED_CHUNK_ROW_SIZE };
}

/* column ‖ 0x00 ‖ row. */
static size_t
bind(const struct sealed_place *place, uint8_t *binding)
{
	size_t length = strlen(place->column) + 1;

	memcpy(binding, place->column, length);
	memcpy(binding + length, place->row, place->row_length);
	return length + place->row_length;
}

enum rc
sealed_column_seal(const struct data_key *key, const struct sealed_place *place,
    const struct blob *plain, struct arena *arena, struct blob *sealed,
    struct err *err)
{
	uint8_t binding[BINDING_SIZE];
	struct sealing_input input = { .aad = binding,
		.aad_length = bind(place, binding),
		.bytes = plain->bytes,
		.length = plain->length };
	uint8_t *out = arena_alloc(arena, plain->length + SEALING_OVERHEAD);

	if (out == NULL)
		return err_set(
		    err, RC_TOO_LARGE, "batch_full", "too much at once");
	TRY(sealing_seal(key, &input, out, err));
	sealed->bytes = out;
	sealed->length = plain->length + SEALING_OVERHEAD;
	return RC_OK;
}

enum rc
sealed_column_open(const struct data_key *key, const struct sealed_place *place,
    const struct blob *sealed, struct arena *arena, struct blob *plain,
    struct err *err)
{
	uint8_t binding[BINDING_SIZE];
	struct sealing_input input = { .aad = binding,
		.aad_length = bind(place, binding),
		.bytes = sealed->bytes,
		.length = sealed->length };
	uint8_t *out = arena_alloc(arena, sealed->length + 1);

	if (out == NULL)
		return err_set(
		    err, RC_TOO_LARGE, "batch_full", "too much at once");
	TRY(sealing_open(key, &input, out, &plain->length, err));
	out[plain->length] = '\0';
	plain->bytes = out;
	return RC_OK;
}
