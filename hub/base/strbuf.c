/*
 * Text buffers: see strbuf.h.
 */
#include "hub/base/strbuf.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void
strbuf_init(struct strbuf *buffer, size_t limit)
{
	*buffer = (struct strbuf){ .limit = limit, .capacity = 64 };
	buffer->bytes = malloc(buffer->capacity);
	if (buffer->bytes == NULL)
		abort();
	buffer->bytes[0] = '\0';
}

void
strbuf_clear(struct strbuf *buffer)
{
	free(buffer->bytes);
	*buffer = (struct strbuf){ .bytes = NULL };
}

void
strbuf_reset(struct strbuf *buffer)
{
	buffer->length = 0;
	buffer->failed = false;
	buffer->bytes[0] = '\0';
}

/* Room for `extra` more bytes and the NUL; false past the limit. */
static bool
strbuf_reserve(struct strbuf *buffer, size_t extra)
{
	size_t capacity = buffer->capacity;

	if (buffer->failed || extra > buffer->limit ||
	    buffer->length > buffer->limit - extra) {
		buffer->failed = true;
		return false;
	}
	while (capacity < buffer->length + extra + 1)
		capacity *= 2;
	if (capacity == buffer->capacity)
		return true;
	buffer->bytes = realloc(buffer->bytes, capacity);
	if (buffer->bytes == NULL)
		abort();
	buffer->capacity = capacity;
	return true;
}

void
strbuf_append_bytes(struct strbuf *buffer, const void *bytes, size_t length)
{
	if (length == 0 || !strbuf_reserve(buffer, length))
		return;
	memcpy(buffer->bytes + buffer->length, bytes, length);
	buffer->length += length;
	buffer->bytes[buffer->length] = '\0';
}

void
strbuf_append(struct strbuf *buffer, const char *text)
{
	strbuf_append_bytes(buffer, text, strlen(text));
}

void
strbuf_append_char(struct strbuf *buffer, char c)
{
	if (!strbuf_reserve(buffer, 1))
		return;
	buffer->bytes[buffer->length++] = c;
	buffer->bytes[buffer->length] = '\0';
}

void
strbuf_append_int(struct strbuf *buffer, int64_t number)
{
	char digits[20];
	uint64_t rest = number < 0 ? -(uint64_t)number : (uint64_t)number;
	size_t at = sizeof(digits);

	do {
		digits[--at] = (char)('0' + rest % 10);
		rest /= 10;
	} while (rest > 0);
	if (number < 0)
		strbuf_append_char(buffer, '-');
	strbuf_append_bytes(buffer, digits + at, sizeof(digits) - at);
}

void
strbuf_printf(struct strbuf *buffer, const char *format, ...)
{
	va_list args, again;
	int length;

	va_start(args, format);
	va_copy(again, args);
	length = vsnprintf(NULL, 0, format, again);
	va_end(again);
	if (length > 0 && strbuf_reserve(buffer, (size_t)length)) {
		(void)vsnprintf(buffer->bytes + buffer->length,
		    (size_t)length + 1, format, args);
		buffer->length += (size_t)length;
	}
	va_end(args);
}

void
strbuf_drop(struct strbuf *buffer, size_t count)
{
	buffer->length -= count < buffer->length ? count : buffer->length;
	buffer->bytes[buffer->length] = '\0';
}

char *
strbuf_take(struct strbuf *buffer, size_t *length)
{
	char *bytes = buffer->bytes;

	if (length != NULL)
		*length = buffer->length;
	*buffer = (struct strbuf){ .bytes = NULL };
	return bytes;
}
