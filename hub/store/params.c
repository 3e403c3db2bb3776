/*
 * Parameters in binary: see params.h.  Formats: PostgreSQL's *_recv
 * functions and array_recv (src/backend/utils/adt).
 */
#include "hub/store/params.h"

#include <assert.h>
#include <endian.h>
#include <stdlib.h>
#include <string.h>

#include "hub/store/inside.h"

/* Object ids of element types: pg_type.dat, fixed for ever. */
static const uint32_t type_oids[PARAM_TYPE_COUNT] = {
	[PARAM_BOOL] = 16,
	[PARAM_INT2] = 21,
	[PARAM_INT4] = 23,
	[PARAM_INT8] = 20,
	[PARAM_TEXT] = 25,
	[PARAM_BYTEA] = 17,
	[PARAM_UUID] = 2950,
	[PARAM_TIME] = 1184,
};

void
params_init(struct params *params)
{
	memset(params, 0, sizeof(*params));
}

void
params_clear(struct params *params)
{
	free(params->bytes);
	params_init(params);
}

void
params_reset(struct params *params)
{
	params->length = 0;
	params->count = 0;
	params->in_array = params->failed = false;
}

static uint8_t *
params_room(struct params *params, size_t size)
{
	size_t capacity = params->capacity > 0 ? params->capacity : 4096;
	uint8_t *room;

	if (size > PARAMS_BYTES_LIMIT ||
	    params->length > PARAMS_BYTES_LIMIT - size) {
		params->failed = true;
		return NULL;
	}
	while (capacity < params->length + size)
		capacity *= 2;
	if (capacity != params->capacity) {
		params->bytes = realloc(params->bytes, capacity);
		if (params->bytes == NULL)
			abort();
		params->capacity = capacity;
	}
	room = params->bytes + params->length;
	params->length += size;
	return room;
}

static void
params_put32(struct params *params, uint32_t value)
{
	uint8_t *room = params_room(params, sizeof(value));

	value = htobe32(value);
	if (room != NULL)
		memcpy(room, &value, sizeof(value));
}

static void
params_add(struct params *params, size_t at, int length)
{
	if (params->count == PARAMS_LIMIT) {
		params->failed = true;
		return;
	}
	params->items[params->count].at = at;
	params->items[params->count].length = length;
	params->count++;
}

static void
params_value(struct params *params, enum param_type type, const void *bytes,
    size_t length)
{
	uint8_t *room;

	if (params->in_array) {
		assert(params->element == type);
		params_put32(params, (uint32_t)length);
		params->element_count++;
	}
	room = params_room(params, length);
	if (room == NULL)
		return;
	if (length > 0)
		memcpy(room, bytes, length);
	if (!params->in_array)
		params_add(params, params->length - length, (int)length);
}

void
params_null(struct params *params)
{
	if (!params->in_array) {
		params_add(params, 0, -1);
		return;
	}
	params_put32(params, UINT32_MAX);
	params->element_count++;
	params->has_null = true;
}

void
params_bool(struct params *params, bool value)
{
	uint8_t byte = value;

	params_value(params, PARAM_BOOL, &byte, sizeof(byte));
}

void
params_int2(struct params *params, int value)
{
	uint16_t wire = htobe16((uint16_t)(int16_t)value);

	assert(value >= INT16_MIN && value <= INT16_MAX);
	params_value(params, PARAM_INT2, &wire, sizeof(wire));
}

void
params_int4(struct params *params, int32_t value)
{
	uint32_t wire = htobe32((uint32_t)value);

	params_value(params, PARAM_INT4, &wire, sizeof(wire));
}

void
params_int8(struct params *params, int64_t value)
{
	uint64_t wire = htobe64((uint64_t)value);

	params_value(params, PARAM_INT8, &wire, sizeof(wire));
}

void
params_text(struct params *params, const char *text)
{
	if (text == NULL)
		params_null(params);
	else
		params_value(params, PARAM_TEXT, text, strlen(text));
}

void
params_bytea(struct params *params, const void *bytes, size_t length)
{
	params_value(params, PARAM_BYTEA, bytes, length);
}

void
params_id(struct params *params, const struct id *id)
{
	params_value(params, PARAM_UUID, id->bytes, sizeof(id->bytes));
}

void
params_id_or_null(struct params *params, const struct id *id)
{
	if (id_is_zero(id))
		params_null(params);
	else
		params_id(params, id);
}

void
params_time(struct params *params, int64_t microseconds)
{
	uint64_t wire = htobe64((uint64_t)(microseconds - PG_EPOCH));

	params_value(params, PARAM_TIME, &wire, sizeof(wire));
}

void
params_time_or_null(struct params *params, int64_t microseconds)
{
	if (microseconds == 0)
		params_null(params);
	else
		params_time(params, microseconds);
}

/* array_recv: dimensions, has-null flag, element type; then for each
 * dimension its size and lower bound.  The size is filled in at the end. */
enum { ARRAY_NULL_AT = 4, ARRAY_SIZE_AT = 12 };

void
params_array(struct params *params, enum param_type element)
{
	assert(!params->in_array);
	params->in_array = true;
	params->element = element;
	params->element_count = 0;
	params->has_null = false;
	params->array_at = params->length;
	params_put32(params, 1);
	params_put32(params, 0);
	params_put32(params, type_oids[element]);
	params_put32(params, 0);
	params_put32(params, 1);
}

void
params_array_end(struct params *params)
{
	uint32_t count = htobe32((uint32_t)params->element_count);
	uint32_t has_null = htobe32(params->has_null);

	assert(params->in_array);
	params->in_array = false;
	if (params->failed)
		return;
	memcpy(params->bytes + params->array_at + ARRAY_NULL_AT, &has_null,
	    sizeof(has_null));
	memcpy(params->bytes + params->array_at + ARRAY_SIZE_AT, &count,
	    sizeof(count));
	params_add(
	    params, params->array_at, (int)(params->length - params->array_at));
}

void
params_ids(struct params *params, const struct id *ids, size_t count)
{
	params_array(params, PARAM_UUID);
	for (size_t i = 0; i < count; i++)
		params_id(params, &ids[i]);
	params_array_end(params);
}
