/*
 * Cursors: see cursor.h.  Kind, number (big-endian), id and word in hex; what
 * is zero at the end is left out.
 */
#include "hub/reading/cursor.h"

#include <string.h>

#include "hub/base/encode.h"

enum {
	NUMBER_AT = 1,
	ID_AT = NUMBER_AT + 8,
	WORD_AT = ID_AT + 16,
	BYTES = WORD_AT + CURSOR_WORD_SIZE,
};

char *
cursor_format(const struct cursor *cursor, char *text)
{
	uint8_t bytes[BYTES] = { (uint8_t)cursor->kind };
	size_t length = BYTES;

	for (int i = 0; i < 8; i++)
		bytes[NUMBER_AT + i] = (uint8_t)((uint64_t)cursor->number >>
		    (56 - 8 * i));
	memcpy(bytes + ID_AT, cursor->id.bytes, sizeof(cursor->id.bytes));
	memcpy(bytes + WORD_AT, cursor->word, strlen(cursor->word));
	while (length > 0 && bytes[length - 1] == 0)
		length--;
	return hex_encode(bytes, length, text);
}

bool
cursor_parse(const char *text, enum cursor_kind kind, struct cursor *cursor)
{
	uint8_t bytes[BYTES] = { 0 };
	char again[CURSOR_TEXT_SIZE];
	struct cursor parsed = { .kind = kind };
	size_t length = strlen(text);
	uint64_t number = 0;

	if (length == 0 || length % 2 != 0 || length / 2 >= BYTES ||
	    !hex_decode(text, bytes, length / 2) || bytes[0] != (uint8_t)kind)
		return false;
	for (int i = 0; i < 8; i++)
		number = number << 8 | bytes[NUMBER_AT + i];
	parsed.number = (int64_t)number;
	memcpy(parsed.id.bytes, bytes + ID_AT, sizeof(parsed.id.bytes));
	memcpy(parsed.word, bytes + WORD_AT, CURSOR_WORD_SIZE);
	if (parsed.word[CURSOR_WORD_SIZE - 1] != '\0' ||
	    strcmp(cursor_format(&parsed, again), text) != 0)
		return false;
	*cursor = parsed;
	return true;
}
