/*
 * UTF-8: see utf8.h.
 */
#include "hub/wire/utf8.h"

#include <stdint.h>

#include "hub/base/common.h"

/* RFC 3629, section 4: only the second byte has a range of its own. */
static const struct {
	uint8_t first, last; /* of the lead byte */
	uint8_t from, to;    /* of the second byte */
	uint8_t length;
} forms[] = {
	{ 0xc2, 0xdf, 0x80, 0xbf, 2 },
	{ 0xe0, 0xe0, 0xa0, 0xbf, 3 }, /* else overlong */
	{ 0xe1, 0xec, 0x80, 0xbf, 3 },
	{ 0xed, 0xed, 0x80, 0x9f, 3 }, /* else a surrogate */
	{ 0xee, 0xef, 0x80, 0xbf, 3 },
	{ 0xf0, 0xf0, 0x90, 0xbf, 4 }, /* else overlong */
	{ 0xf1, 0xf3, 0x80, 0xbf, 4 },
	{ 0xf4, 0xf4, 0x80, 0x8f, 4 }, /* else above U+10FFFF */
};

static bool
is_within(uint8_t byte, uint8_t from, uint8_t to)
{
	return byte >= from && byte <= to;
}

size_t
utf8_sequence(const char *text, size_t length)
{
	const uint8_t *bytes = (const uint8_t *)text;

	if (length == 0)
		return 0;
	if (bytes[0] < 0x80)
		return 1;
	for (size_t i = 0; i < COUNT(forms); i++) {
		if (!is_within(bytes[0], forms[i].first, forms[i].last))
			continue;
		if (length < forms[i].length ||
		    !is_within(bytes[1], forms[i].from, forms[i].to))
			return 0;
		for (size_t k = 2; k < forms[i].length; k++)
			if (!is_within(bytes[k], 0x80, 0xbf))
				return 0;
		return forms[i].length;
	}
	return 0;
}

bool
utf8_is_valid(const char *text, size_t length)
{
	size_t at = 0, step;

	for (;;) {
		while (at < length && (uint8_t)text[at] < 0x80)
			at++;
		if (at == length)
			return true;
		step = utf8_sequence(text + at, length - at);
		if (step == 0)
			return false;
		at += step;
	}
}

size_t
utf8_trim(const char *text, size_t length)
{
	size_t start = length;

	while (start > 0 && length - start < 3 &&
	    ((uint8_t)text[start - 1] & 0xc0) == 0x80)
		start--;
	if (start == 0 || (uint8_t)text[start - 1] < 0xc0)
		return length;
	start--;
	return utf8_sequence(text + start, length - start) == 0 ? start
								: length;
}
