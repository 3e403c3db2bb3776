/*
 * Bytes as text: see encode.h.
 */
#include "hub/base/encode.h"

#include <string.h>

static const char hex_digits[] = "0123456789abcdef";
static const char base64_digits[] =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

char *
hex_encode(const void *bytes, size_t length, char *text)
{
	const uint8_t *from = bytes;

	for (size_t i = 0; i < length; i++) {
		text[2 * i] = hex_digits[from[i] >> 4];
		text[2 * i + 1] = hex_digits[from[i] & 15];
	}
	text[2 * length] = '\0';
	return text;
}

static int
hex_value(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return -1;
}

bool
hex_decode(const char *text, void *bytes, size_t length)
{
	uint8_t *to = bytes;

	if (strlen(text) != 2 * length)
		return false;
	for (size_t i = 0; i < length; i++) {
		int high = hex_value(text[2 * i]);
		int low = hex_value(text[2 * i + 1]);

		if (high < 0 || low < 0)
			return false;
		to[i] = (uint8_t)(high << 4 | low);
	}
	return true;
}

char *
base64_encode(const void *bytes, size_t length, char *text)
{
	const uint8_t *from = bytes;
	char *to = text;

	for (size_t i = 0; i < length; i += 3) {
		size_t left = length - i;
		uint32_t group = (uint32_t)from[i] << 16 |
		    (left > 1 ? (uint32_t)from[i + 1] << 8 : 0) |
		    (left > 2 ? (uint32_t)from[i + 2] : 0);

		*to++ = base64_digits[group >> 18];
		*to++ = base64_digits[group >> 12 & 63];
		*to++ = left > 1 ? base64_digits[group >> 6 & 63] : '=';
		*to++ = left > 2 ? base64_digits[group & 63] : '=';
	}
	*to = '\0';
	return text;
}

static int
base64_value(char c)
{
	const char *found = c != '\0' ? strchr(base64_digits, c) : NULL;

	return found != NULL ? (int)(found - base64_digits) : -1;
}

/* One group of four characters, `pad` of them '='. */
static bool
group_decode(const char *text, int pad, uint8_t *bytes)
{
	uint32_t group = 0;

	for (int i = 0; i < 4; i++) {
		int value = i < 4 - pad ? base64_value(text[i]) : 0;

		if (value < 0)
			return false;
		group = group << 6 | (uint32_t)value;
	}
	if ((pad == 1 && (group & 0xff) != 0) ||
	    (pad == 2 && (group & 0xffff) != 0))
		return false; /* bits that no encoder sets */
	bytes[0] = (uint8_t)(group >> 16);
	bytes[1] = (uint8_t)(group >> 8);
	bytes[2] = (uint8_t)group;
	return true;
}

bool
base64_decode(const char *text, size_t text_length, void *bytes,
    size_t capacity, size_t *length)
{
	uint8_t *to = bytes, group[3];
	size_t used = 0;

	if (text_length % 4 != 0)
		return false;
	for (size_t i = 0; i < text_length; i += 4) {
		bool last = i + 4 == text_length;
		int pad = !last || text[i + 3] != '=' ? 0
		    : text[i + 2] != '='              ? 1
						      : 2;
		size_t count = (size_t)(3 - pad);

		if (!group_decode(text + i, pad, group) ||
		    capacity - used < count)
			return false;
		memcpy(to + used, group, count);
		used += count;
	}
	*length = used;
	return true;
}
