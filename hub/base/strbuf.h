/*
 * A growing text buffer that cannot exist without a limit.  Appending past
 * the limit appends nothing and marks the buffer failed; check once at the
 * end.  Always NUL-terminated; may hold NUL bytes.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "hub/base/common.h"

struct strbuf {
	char *bytes; /* owned; NUL-terminated; never NULL after init */
	size_t length, capacity, limit;
	bool failed; /* the limit was reached */
};

/* An empty buffer for at most `limit` bytes.  Free with strbuf_clear. */
void strbuf_init(struct strbuf *buffer, size_t limit);
void strbuf_clear(struct strbuf *buffer);

/* Empty it, keep the memory, forget a failure. */
void strbuf_reset(struct strbuf *buffer);

void strbuf_append(struct strbuf *buffer, const char *text);
void
strbuf_append_bytes(struct strbuf *buffer, const void *bytes, size_t length);
void strbuf_append_char(struct strbuf *buffer, char c);
void strbuf_append_int(struct strbuf *buffer, int64_t number);
void
strbuf_printf(struct strbuf *buffer, const char *format, ...) PRINTF_LIKE(2, 3);

/* Cut the last `count` bytes off (at most all). */
void strbuf_drop(struct strbuf *buffer, size_t count);

/* Hand the bytes to the caller (free()); the buffer is as after strbuf_clear. */
char *strbuf_take(struct strbuf *buffer, size_t *length);
