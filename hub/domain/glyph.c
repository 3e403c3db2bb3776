/*
 * Characters as seen by a search for numbers: see glyph.h.
 */
#include "hub/domain/glyph.h"

#include <stdint.h>

#include "hub/base/common.h"

struct range {
	uint32_t first, last;
};

/* The zeros of Unicode's decimal digits (general category Nd) in scripts that
 * people write numbers in; nine more follow each. */
static const uint32_t zeros[] = { 0x0660, 0x06f0, 0x07c0, 0x0966, 0x09e6,
	0x0a66, 0x0ae6, 0x0b66, 0x0be6, 0x0c66, 0x0ce6, 0x0d66, 0x0de6, 0x0e50,
	0x0ed0, 0x0f20, 0x1040, 0x17e0, 0x1810, 0xff10, 0x1d7ce, 0x1d7d8,
	0x1d7e2, 0x1d7ec, 0x1d7f6, 0x1fbf0 };

static const struct range gaps[] = {
	{ 0x00a0, 0x00a0 },
	{ 0x2000, 0x200a },
	{ 0x2010, 0x2015 },
	{ 0x202f, 0x202f },
	{ 0x205f, 0x205f },
	{ 0x2212, 0x2212 },
	{ 0x3000, 0x3000 },
	{ 0xfe58, 0xfe58 },
	{ 0xfe63, 0xfe63 },
	{ 0xff0d, 0xff0d },
};

/* Zero width, direction marks, and the two marks of a keycap emoji. */
static const struct range nothings[] = {
	{ 0x00ad, 0x00ad },
	{ 0x200b, 0x200f },
	{ 0x202a, 0x202e },
	{ 0x2060, 0x2064 },
	{ 0x2066, 0x2069 },
	{ 0x20e3, 0x20e3 },
	{ 0xfe00, 0xfe0f },
	{ 0xfeff, 0xfeff },
};

static bool
is_in(uint32_t point, const struct range *ranges, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (point >= ranges[i].first && point <= ranges[i].last)
			return true;
	return false;
}

/* RFC 3629.  Overlong forms are let through: a writer who hides a digit in
 * one is still found. */
static size_t
decode(const unsigned char *text, size_t length, uint32_t *point)
{
	size_t bytes = text[0] >= 0xf0 ? 4 : text[0] >= 0xe0 ? 3 : 2;

	if (text[0] < 0xc0 || text[0] > 0xf7 || bytes > length)
		return 0;
	*point = text[0] & (0x7fu >> bytes);
	for (size_t i = 1; i < bytes; i++) {
		if ((text[i] & 0xc0) != 0x80)
			return 0;
		*point = *point << 6 | (text[i] & 0x3f);
	}
	return bytes;
}

static struct glyph
ascii(unsigned char c)
{
	struct glyph glyph = { .kind = GLYPH_OTHER, .bytes = 1 };

	if (c >= '0' && c <= '9') {
		glyph.kind = GLYPH_DIGIT;
		glyph.digit = (char)c;
	} else if (c == ' ' || c == '-') {
		glyph.kind = GLYPH_GAP;
	}
	glyph.is_letter = (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
	return glyph;
}

struct glyph
glyph_read(const char *text, size_t length)
{
	const unsigned char *bytes = (const unsigned char *)text;
	struct glyph glyph = { .kind = GLYPH_OTHER, .bytes = 1 };
	uint32_t point = 0;
	size_t used;

	if (bytes[0] < 0x80)
		return ascii(bytes[0]);
	used = decode(bytes, length, &point);
	if (used == 0)
		return glyph;
	if (point < 0x80)
		glyph = ascii((unsigned char)point);
	glyph.bytes = used;
	for (size_t i = 0; i < COUNT(zeros); i++) {
		if (point >= zeros[i] && point < zeros[i] + 10) {
			glyph.kind = GLYPH_DIGIT;
			glyph.digit = (char)('0' + point - zeros[i]);
		}
	}
	if (is_in(point, gaps, COUNT(gaps)))
		glyph.kind = GLYPH_GAP;
	else if (is_in(point, nothings, COUNT(nothings)))
		glyph.kind = GLYPH_NOTHING;
	return glyph;
}
