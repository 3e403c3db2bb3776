/*
 * What a character of UTF-8 text means to somebody who looks for numbers:
 * a digit of some script, a gap between digits, nothing, or something else.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

enum glyph_kind {
	GLYPH_OTHER,
	GLYPH_DIGIT,
	GLYPH_GAP,     /* a space or hyphen of any width */
	GLYPH_NOTHING, /* not seen by a reader: zero width, soft hyphen */
};

struct glyph {
	enum glyph_kind kind;
	char digit;     /* '0' to '9' for GLYPH_DIGIT */
	bool is_letter; /* A-Z or a-z */
	size_t bytes;   /* at least 1 */
};

/* The character at the begin of `text`, of which `length` > 0 bytes are left.
 * A byte that is no UTF-8 is one GLYPH_OTHER. */
struct glyph glyph_read(const char *text, size_t length);
