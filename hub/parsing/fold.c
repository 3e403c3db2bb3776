/*
 * Folding: see fold.h.
 */
#include "hub/parsing/fold.h"

#include <string.h>

#include "hub/domain/glyph.h"

struct swap {
	uint32_t from, to;
};

/* Signs that are written in several ways, and capitals beyond the ranges. */
static const struct swap swaps[] = {
	{ 0x00ab, '"' },
	{ 0x00b7, '*' },
	{ 0x00bb, '"' },
	{ 0x0401, 0x0435 },
	{ 0x0406, 0x0456 },
	{ 0x0451, 0x0435 },
	{ 0x0492, 0x0493 },
	{ 0x049a, 0x049b },
	{ 0x04a2, 0x04a3 },
	{ 0x04ae, 0x04af },
	{ 0x04b0, 0x04b1 },
	{ 0x04ba, 0x04bb },
	{ 0x04d8, 0x04d9 },
	{ 0x04e8, 0x04e9 },
	{ 0x0964, '.' },
	{ 0x0965, '.' },
	{ 0x2018, '\'' },
	{ 0x2019, '\'' },
	{ 0x201c, '"' },
	{ 0x201d, '"' },
	{ 0x201e, '"' },
	{ 0x2022, '*' },
	{ 0x2026, '.' },
	{ 0x2212, '-' },
	{ 0x2217, '*' },
	{ 0x25cf, '*' },
	{ 0xff0a, '*' },
	{ 0xff1a, ':' },
};

static uint32_t
decode(const unsigned char *text, size_t bytes)
{
	uint32_t point;

	if (bytes == 1)
		return text[0];
	point = text[0] & (0x7fu >> bytes);
	for (size_t i = 1; i < bytes; i++)
		point = point << 6 | (text[i] & 0x3fu);
	return point;
}

static uint32_t
lower(uint32_t point)
{
	if ((point >= 'A' && point <= 'Z') ||
	    (point >= 0x00c0 && point <= 0x00de && point != 0x00d7) ||
	    (point >= 0x0410 && point <= 0x042f))
		return point + 0x20;
	for (size_t i = 0; i < COUNT(swaps); i++)
		if (swaps[i].from == point)
			return swaps[i].to;
	return point;
}

/* The currency signs, the numero and what stands in U+2000 - U+2BFF are no
 * letters; of the rest beyond Latin-1's signs, everything is. */
static bool
is_letter(uint32_t point)
{
	if (point < 0x80)
		return point >= 'a' && point <= 'z';
	return point >= 0x00c0 && point != 0x00d7 && point != 0x00f7 &&
	    !(point >= 0x2000 && point <= 0x2bff) &&
	    !(point >= 0x3000 && point <= 0x303f) && point < 0x1f000;
}

static enum fold_class
class_of(uint32_t point)
{
	if (point >= '0' && point <= '9')
		return FOLD_DIGIT;
	if (point == '\n' || point == '\r')
		return FOLD_BREAK;
	if (point == ' ' || point == '\t')
		return FOLD_SPACE;
	return is_letter(point) ? FOLD_LETTER : FOLD_OTHER;
}

static struct point
fold_glyph(const char *text, const struct glyph *glyph)
{
	const unsigned char *bytes = (const unsigned char *)text;
	struct point point = { .class = FOLD_NOTHING };
	uint32_t raw = decode(bytes, glyph->bytes);

	if (glyph->kind == GLYPH_NOTHING)
		return point;
	point.folded = lower(raw);
	if (glyph->kind == GLYPH_DIGIT)
		point.folded = (unsigned char)glyph->digit;
	/* A hyphen of any width, or a space of any width. */
	if (glyph->kind == GLYPH_GAP && raw >= 0x80)
		point.folded = (raw >= 0x2010 && raw <= 0x2015) ||
			raw == 0x2212 || raw >= 0xfe58
		    ? '-'
		    : ' ';
	point.class = (uint8_t)class_of(point.folded);
	point.is_upper = point.folded != raw && point.class == FOLD_LETTER;
	return point;
}

bool
fold_text(
    const char *text, size_t length, struct arena *arena, struct fold *fold)
{
	struct point *points = arena_alloc(
	    arena, (length + 1) * sizeof(*points));
	size_t count = 0;

	if (points == NULL)
		return false;
	for (size_t at = 0; at < length;) {
		struct glyph glyph = glyph_read(text + at, length - at);

		points[count] = fold_glyph(text + at, &glyph);
		points[count++].byte = (uint32_t)at;
		at += glyph.bytes;
	}
	points[count] = (struct point){
		.folded = '\n', .byte = (uint32_t)length, .class = FOLD_BREAK
	};
	*fold = (struct fold){ text, length, points, count };
	return true;
}

uint32_t
fold_next(const char **text)
{
	uint32_t folded = 0;

	while (folded == 0 && **text != '\0') {
		struct glyph glyph = glyph_read(*text, strnlen(*text, 4));

		folded = fold_glyph(*text, &glyph).folded;
		*text += glyph.bytes;
	}
	return folded;
}

void
fold_copy(
    const struct fold *fold, size_t start, size_t end, char *out, size_t size)
{
	size_t used = 0;

	for (size_t i = start; i < end; i++) {
		size_t bytes = fold->points[i + 1].byte - fold->points[i].byte;

		if (used + bytes >= size)
			break;
		memcpy(out + used, fold->text + fold->points[i].byte, bytes);
		used += bytes;
	}
	out[used] = '\0';
}
