/*
 * One line of the append file: checksum, JSON, line feed.  Only for
 * store_file.c and its tests.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "adapters/nodal/store_file.h"
#include "hub/base/common.h"
#include "hub/base/strbuf.h"
#include "hub/wire/json_view.h"

/* A body of control characters grows sixfold as JSON. */
enum { STORE_LINE_LIMIT = 6 * STORE_FILE_BODY_LIMIT + 1024 };

/* The record's text lives in `view`. */
struct store_line {
	struct store_record record;
	struct json_view *view;
};

void store_line_write(struct strbuf *out, const struct store_record *record);

/* False unless it is a whole line with the right checksum.  On true the
 * caller clears it. */
NODISCARD bool
store_line_parse(const char *line, size_t length, struct store_line *parsed);
void store_line_clear(struct store_line *parsed);
