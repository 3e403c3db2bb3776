/*
 * Tables of columns: see column.h.
 */
#include "hub/store/column.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "hub/domain/identifier.h"
#include "hub/domain/snapshot.h"

static const enum param_type types[] = {
	[COLUMN_ID] = PARAM_UUID,
	[COLUMN_ID_OR_NULL] = PARAM_UUID,
	[COLUMN_BOOL] = PARAM_BOOL,
	[COLUMN_SHORT] = PARAM_INT2,
	[COLUMN_INT] = PARAM_INT4,
	[COLUMN_LONG] = PARAM_INT8,
	[COLUMN_TIME] = PARAM_TIME,
	[COLUMN_TIME_OR_NULL] = PARAM_TIME,
	[COLUMN_TEXT] = PARAM_TEXT,
	[COLUMN_TEXT_OR_NULL] = PARAM_TEXT,
	[COLUMN_CHARS] = PARAM_TEXT,
	[COLUMN_HASH] = PARAM_BYTEA,
	[COLUMN_HASH_OR_NULL] = PARAM_BYTEA,
	[COLUMN_BLOB] = PARAM_BYTEA,
	[COLUMN_BLOB_OR_NULL] = PARAM_BYTEA,
	[COLUMN_WORD] = PARAM_TEXT,
	[COLUMN_WORD_OR_NULL] = PARAM_TEXT,
	[COLUMN_STATE] = PARAM_TEXT,
	[COLUMN_IDENTIFIER_TYPE] = PARAM_TEXT,
};

static void
put_hash(struct params *params, const uint8_t *hash, bool zero_is_null)
{
	static const uint8_t zero[SNAPSHOT_HASH_SIZE];

	if (zero_is_null && memcmp(hash, zero, sizeof(zero)) == 0)
		params_null(params);
	else
		params_bytea(params, hash, SNAPSHOT_HASH_SIZE);
}

static void
put_blob(struct params *params, const struct blob *blob, bool empty_is_null)
{
	if (empty_is_null && blob->length == 0)
		params_null(params);
	else
		params_bytea(params, blob->bytes, blob->length);
}

static void
put_word(struct params *params, const struct words *words, int word,
    bool negative_is_null)
{
	if (negative_is_null && word < 0)
		params_null(params);
	else
		params_text(params, words_name(words, word));
}

static const struct words *
states_of(const struct column *column)
{
	return ((const struct machine *)column->of)->states;
}

static void
put_value(struct params *params, const struct column *column, const void *value)
{
	switch (column->kind) {
	case COLUMN_ID:
		params_id(params, value);
		break;
	case COLUMN_ID_OR_NULL:
		params_id_or_null(params, value);
		break;
	case COLUMN_BOOL:
		params_bool(params, *(const bool *)value);
		break;
	case COLUMN_SHORT:
		params_int2(params, *(const int *)value);
		break;
	case COLUMN_INT:
		params_int4(params, *(const int *)value);
		break;
	case COLUMN_LONG:
		params_int8(params, *(const int64_t *)value);
		break;
	case COLUMN_TIME:
		params_time(params, *(const int64_t *)value);
		break;
	case COLUMN_TIME_OR_NULL:
		params_time_or_null(params, *(const int64_t *)value);
		break;
	case COLUMN_TEXT:
	case COLUMN_TEXT_OR_NULL:
		params_text(params, *(const char *const *)value);
		break;
	case COLUMN_CHARS:
		params_text(params, value);
		break;
	case COLUMN_HASH:
	case COLUMN_HASH_OR_NULL:
		put_hash(params, value, column->kind == COLUMN_HASH_OR_NULL);
		break;
	case COLUMN_BLOB:
	case COLUMN_BLOB_OR_NULL:
		put_blob(params, value, column->kind == COLUMN_BLOB_OR_NULL);
		break;
	case COLUMN_WORD:
	case COLUMN_WORD_OR_NULL:
		put_word(params, column->of, *(const int *)value,
		    column->kind == COLUMN_WORD_OR_NULL);
		break;
	case COLUMN_STATE:
		put_word(params, states_of(column), *(const int *)value, false);
		break;
	case COLUMN_IDENTIFIER_TYPE:
		params_text(params,
		    identifier_type_name(*(const enum identifier_type *)value));
		break;
	}
}

void
column_put(struct params *params, const struct column *columns, size_t count,
    const void *const *rows, size_t row_count)
{
	for (size_t i = 0; i < count; i++) {
		params_array(params, types[columns[i].kind]);
		for (size_t row = 0; row < row_count; row++)
			put_value(params, &columns[i],
			    (const char *)rows[row] + columns[i].offset);
		params_array_end(params);
	}
}

static bool
get_word(const struct words *words, const char *text, void *into)
{
	int word;

	if (!words_find(words, text, &word))
		return false;
	memcpy(into, &word, sizeof(word));
	return true;
}

static bool
get_text(const char *text, void *into, struct arena *arena)
{
	const char *copy = arena_strdup(arena, text);

	memcpy(into, &copy, sizeof(copy));
	return copy != NULL;
}

static bool
get_hash(const struct rows *rows, size_t row, int number, void *into)
{
	size_t length;
	const uint8_t *bytes = rows_bytes(rows, row, number, &length);

	if (bytes == NULL)
		return true;
	if (length != SNAPSHOT_HASH_SIZE)
		return false;
	memcpy(into, bytes, length);
	return true;
}

static bool
get_blob(const struct rows *rows, size_t row, int number, struct blob *into,
    struct arena *arena)
{
	const uint8_t *bytes = rows_bytes(rows, row, number, &into->length);

	if (bytes == NULL)
		return true;
	into->bytes = arena_memdup(arena, bytes, into->length);
	return into->bytes != NULL;
}

static bool
get_number(const struct column *column, int64_t number, void *into)
{
	int narrow = (int)number;

	if (column->kind == COLUMN_LONG)
		memcpy(into, &number, sizeof(number));
	else
		memcpy(into, &narrow, sizeof(narrow));
	return true;
}

/* False for a value that does not fit; the struct is zero before. */
static bool
get_value(const struct rows *rows, size_t row, int number,
    const struct column *column, void *into, struct arena *arena)
{
	switch (column->kind) {
	case COLUMN_ID:
	case COLUMN_ID_OR_NULL:
		*(struct id *)into = rows_id(rows, row, number);
		return true;
	case COLUMN_BOOL:
		*(bool *)into = rows_bool(rows, row, number);
		return true;
	case COLUMN_SHORT:
	case COLUMN_INT:
	case COLUMN_LONG:
		return get_number(column, rows_int(rows, row, number), into);
	case COLUMN_TIME:
	case COLUMN_TIME_OR_NULL:
		*(int64_t *)into = rows_time(rows, row, number);
		return true;
	case COLUMN_TEXT:
		return get_text(rows_text(rows, row, number), into, arena);
	case COLUMN_TEXT_OR_NULL:
		return rows_is_null(rows, row, number) ||
		    get_text(rows_text(rows, row, number), into, arena);
	case COLUMN_CHARS:
		return (size_t)snprintf(into, column->size, "%s",
			   rows_text(rows, row, number)) < column->size;
	case COLUMN_HASH:
	case COLUMN_HASH_OR_NULL:
		return get_hash(rows, row, number, into);
	case COLUMN_BLOB:
	case COLUMN_BLOB_OR_NULL:
		return get_blob(rows, row, number, into, arena);
	case COLUMN_WORD:
		return get_word(column->of, rows_text(rows, row, number), into);
	case COLUMN_WORD_OR_NULL:
		*(int *)into = -1;
		return rows_is_null(rows, row, number) ||
		    get_word(column->of, rows_text(rows, row, number), into);
	case COLUMN_STATE:
		return get_word(
		    states_of(column), rows_text(rows, row, number), into);
	case COLUMN_IDENTIFIER_TYPE:
		return identifier_type_parse(
		    rows_text(rows, row, number), into);
	}
	return false;
}

enum rc
column_get(const struct rows *rows, size_t row, int first,
    const struct column *columns, size_t count, void *into, struct arena *arena,
    struct err *err)
{
	for (size_t i = 0; i < count; i++)
		if (!get_value(rows, row, first + (int)i, &columns[i],
			(char *)into + columns[i].offset, arena))
			return err_set(err, RC_FAILED, "bad_row",
			    "column %zu of a loaded row is not readable, or "
			    "the batch is too large",
			    (size_t)first + i + 1);
	return RC_OK;
}
