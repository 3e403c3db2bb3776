/*
 * Parameters of a statement in PostgreSQL's binary formats: scalars and
 * arrays, in the order of $1, $2 …  The server takes each type from the
 * statement's casts, so `$1::uuid[]` must be given an array of ids.  The
 * buffer is reused; appending past its limit marks it failed, and running
 * the statement then fails with RC_TOO_LARGE.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "hub/base/id.h"

enum { PARAMS_LIMIT = 40, PARAMS_BYTES_LIMIT = 64 * 1024 * 1024 };

enum param_type {
	PARAM_BOOL,
	PARAM_INT2,
	PARAM_INT4,
	PARAM_INT8,
	PARAM_TEXT,
	PARAM_BYTEA,
	PARAM_UUID,
	PARAM_TIME, /* timestamptz */
	PARAM_TYPE_COUNT
};

struct param {
	size_t at;
	int length; /* -1: NULL */
};

struct params {
	uint8_t *bytes; /* owned */
	size_t length, capacity;
	struct param items[PARAMS_LIMIT];
	int count;
	/* The array being built. */
	bool in_array;
	enum param_type element;
	size_t array_at;
	int32_t element_count;
	bool has_null, failed;
};

void params_init(struct params *params);
void params_clear(struct params *params);

/* Empty it, keep the memory. */
void params_reset(struct params *params);

/* One value: the next parameter, or the next element of the open array,
 * whose type must be the same. */
void params_null(struct params *params);
void params_bool(struct params *params, bool value);
void params_int2(struct params *params, int value);
void params_int4(struct params *params, int32_t value);
void params_int8(struct params *params, int64_t value);
void params_text(struct params *params, const char *text); /* NULL: NULL */
void params_bytea(struct params *params, const void *bytes, size_t length);
void params_id(struct params *params, const struct id *id);
void params_time(struct params *params, int64_t microseconds);

/* NULL where the id or the time is zero. */
void params_id_or_null(struct params *params, const struct id *id);
void params_time_or_null(struct params *params, int64_t microseconds);

/* An array: open it, append its elements as values, close it. */
void params_array(struct params *params, enum param_type element);
void params_array_end(struct params *params);

/* A whole array of ids. */
void params_ids(struct params *params, const struct id *ids, size_t count);
