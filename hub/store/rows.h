/*
 * The rows of one result, in binary, read by row and column number.  Text
 * and bytes are borrowed from the rows.  Reading a column as another type
 * than it has is our bug and ends the program.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "hub/base/arena.h"
#include "hub/base/id.h"

struct rows;

void rows_free(struct rows *rows);
void rows_cleanup(struct rows **rows);

size_t rows_count(const struct rows *rows);

/* Rows that an INSERT, UPDATE or DELETE touched. */
size_t rows_touched(const struct rows *rows);

bool rows_is_null(const struct rows *rows, size_t row, int column);
bool rows_bool(const struct rows *rows, size_t row, int column);

/* An int2, int4 or int8; 0 where NULL. */
int64_t rows_int(const struct rows *rows, size_t row, int column);

/* NUL-terminated text; "" where NULL. */
const char *rows_text(const struct rows *rows, size_t row, int column);

/* NULL and 0 where NULL. */
const uint8_t *
rows_bytes(const struct rows *rows, size_t row, int column, size_t *length);

/* All zero where NULL. */
struct id rows_id(const struct rows *rows, size_t row, int column);

/* Microseconds UTC since 1970; 0 where NULL. */
int64_t rows_time(const struct rows *rows, size_t row, int column);

/* A uuid[] as an array of the arena (NULL where empty or at its limit). */
const struct id *rows_ids(const struct rows *rows, size_t row, int column,
    struct arena *arena, size_t *count);
