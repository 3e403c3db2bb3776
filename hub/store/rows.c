/*
 * Rows of a result: see rows.h.
 */
#include "hub/store/rows.h"

#include <endian.h>
#include <stdlib.h>
#include <string.h>

#include "hub/base/log.h"
#include "hub/store/inside.h"

/* pg_type.dat */
enum {
	OID_BOOL = 16,
	OID_BYTEA = 17,
	OID_INT8 = 20,
	OID_INT2 = 21,
	OID_INT4 = 23,
	OID_TEXT = 25,
	OID_TIMESTAMPTZ = 1184,
	OID_UUID = 2950,
	OID_UUID_ARRAY = 2951,
};

void
rows_free(struct rows *rows)
{
	if (rows == NULL)
		return;
	PQclear(rows->result);
	free(rows);
}

void
rows_cleanup(struct rows **rows)
{
	rows_free(*rows);
}

size_t
rows_count(const struct rows *rows)
{
	return (size_t)PQntuples(rows->result);
}

size_t
rows_touched(const struct rows *rows)
{
	return strtoul(PQcmdTuples(rows->result), NULL, 10);
}

/* The bytes of a value, or NULL where it is NULL. */
static const char *
rows_value(
    const struct rows *rows, size_t row, int column, Oid type, size_t *length)
{
	if (PQftype(rows->result, column) != type)
		log_panic("column read as another type", "column",
		    PQfname(rows->result, column), NULL);
	*length = (size_t)PQgetlength(rows->result, (int)row, column);
	if (PQgetisnull(rows->result, (int)row, column))
		return NULL;
	return PQgetvalue(rows->result, (int)row, column);
}

bool
rows_is_null(const struct rows *rows, size_t row, int column)
{
	return PQgetisnull(rows->result, (int)row, column);
}

bool
rows_bool(const struct rows *rows, size_t row, int column)
{
	size_t length;
	const char *value = rows_value(rows, row, column, OID_BOOL, &length);

	return value != NULL && *value != 0;
}

static int64_t
rows_int8(const char *value)
{
	uint64_t wire;

	memcpy(&wire, value, sizeof(wire));
	return (int64_t)be64toh(wire);
}

static int32_t
rows_int4(const char *value)
{
	uint32_t wire;

	memcpy(&wire, value, sizeof(wire));
	return (int32_t)be32toh(wire);
}

static int16_t
rows_int2(const char *value)
{
	uint16_t wire;

	memcpy(&wire, value, sizeof(wire));
	return (int16_t)be16toh(wire);
}

int64_t
rows_int(const struct rows *rows, size_t row, int column)
{
	Oid type = PQftype(rows->result, column);
	const char *value;
	size_t length;

	if (type != OID_INT2 && type != OID_INT4)
		type = OID_INT8;
	value = rows_value(rows, row, column, type, &length);
	if (value == NULL)
		return 0;
	if (type == OID_INT2)
		return rows_int2(value);
	if (type == OID_INT4)
		return rows_int4(value);
	return rows_int8(value);
}

const char *
rows_text(const struct rows *rows, size_t row, int column)
{
	size_t length;
	const char *value = rows_value(rows, row, column, OID_TEXT, &length);

	return value == NULL ? "" : value;
}

const uint8_t *
rows_bytes(const struct rows *rows, size_t row, int column, size_t *length)
{
	return (const uint8_t *)rows_value(
	    rows, row, column, OID_BYTEA, length);
}

struct id
rows_id(const struct rows *rows, size_t row, int column)
{
	size_t length;
	const char *value = rows_value(rows, row, column, OID_UUID, &length);
	struct id id = { { 0 } };

	if (value != NULL)
		memcpy(id.bytes, value, sizeof(id.bytes));
	return id;
}

int64_t
rows_time(const struct rows *rows, size_t row, int column)
{
	size_t length;
	const char *value = rows_value(
	    rows, row, column, OID_TIMESTAMPTZ, &length);
	int64_t time;

	if (value == NULL)
		return 0;
	time = rows_int8(value);
	/* '-infinity' and 'infinity' stay the ends of the scale. */
	if (time == INT64_MIN || time == INT64_MAX)
		return time;
	return time + PG_EPOCH;
}

const struct id *
rows_ids(const struct rows *rows, size_t row, int column, struct arena *arena,
    size_t *count)
{
	enum { HEADER = 20, ITEM = 4 + sizeof(struct id), SIZE_AT = 12 };
	size_t length;
	const char *value = rows_value(
	    rows, row, column, OID_UUID_ARRAY, &length);
	struct id *ids;

	*count = 0;
	if (value == NULL || length < HEADER)
		return NULL;
	*count = (size_t)rows_int4(value + SIZE_AT);
	/* Our arrays have one dimension and no NULL; anything else is a bug. */
	if (length != HEADER + *count * ITEM)
		log_panic("not a plain array", "column",
		    PQfname(rows->result, column), NULL);
	ids = arena_alloc(arena, *count * sizeof(*ids));
	for (size_t i = 0; ids != NULL && i < *count; i++)
		memcpy(ids[i].bytes, value + HEADER + i * ITEM + 4,
		    sizeof(ids[i].bytes));
	return ids;
}
