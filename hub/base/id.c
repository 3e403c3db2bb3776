/*
 * Ids: see id.h.
 */
#include "hub/base/id.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

#include "hub/base/clock.h"

/* Crockford's alphabet in lower case, as TypeID 0.3 wants it. */
static const char base32_digits[] = "0123456789abcdefghjkmnpqrstvwxyz";

struct id
id_new(void)
{
	struct id id = { { 0 } };
	uint64_t millis = (uint64_t)(clock_now() / 1000);

	if (getrandom(id.bytes + 6, 8, 0) != 8)
		abort(); /* no entropy: nothing here may go on */
	for (int i = 0; i < 6; i++)
		id.bytes[i] = (uint8_t)(millis >> (40 - 8 * i));
	id.bytes[6] = (uint8_t)((id.bytes[6] & 0x0f) | 0x70);
	id.bytes[8] = (uint8_t)((id.bytes[8] & 0x3f) | 0x80);
	return id;
}

struct id
id_nth(const struct id *base, uint32_t n)
{
	struct id id = *base;

	id.bytes[14] = (uint8_t)(n >> 8);
	id.bytes[15] = (uint8_t)n;
	return id;
}

char *
id_format(const char *prefix, const struct id *id, char *text)
{
	size_t length = strlen(prefix);
	char digits[27];
	unsigned bits = 0, value = 0;
	int at = 25;

	/* 128 bits from the right, five at a time: 26 digits, the first of
	 * them at most 7. */
	for (int i = 15; i >= 0; i--) {
		value |= (unsigned)id->bytes[i] << bits;
		bits += 8;
		for (; bits >= 5; bits -= 5, value >>= 5)
			digits[at--] = base32_digits[value & 31];
	}
	digits[0] = base32_digits[value & 31];
	digits[26] = '\0';
	assert(length + 1 + sizeof(digits) <= ID_TEXT_SIZE);
	memcpy(text, prefix, length);
	text[length] = '_';
	memcpy(text + length + 1, digits, sizeof(digits));
	return text;
}

bool
id_parse(const char *prefix, const char *text, struct id *id)
{
	size_t length = strlen(prefix);
	unsigned bits = 0, value = 0;
	int at = 15;

	if (strncmp(text, prefix, length) != 0 || text[length] != '_' ||
	    strlen(text + length + 1) != 26 || text[length + 1] > '7')
		return false;
	text += length + 1;
	for (int i = 25; i >= 0; i--) {
		const char *found = strchr(base32_digits, text[i]);

		if (found == NULL)
			return false;
		value |= (unsigned)(found - base32_digits) << bits;
		for (bits += 5; bits >= 8 && at >= 0; bits -= 8, value >>= 8)
			id->bytes[at--] = (uint8_t)value;
	}
	return true;
}

char *
id_uuid(const struct id *id, char *text)
{
	char *to = text;

	for (int i = 0; i < 16; i++) {
		if (i == 4 || i == 6 || i == 8 || i == 10)
			*to++ = '-';
		to += snprintf(to, 3, "%02x", id->bytes[i]);
	}
	return text;
}

int
id_compare(const struct id *a, const struct id *b)
{
	return memcmp(a->bytes, b->bytes, sizeof(a->bytes));
}

bool
id_equal(const struct id *a, const struct id *b)
{
	return id_compare(a, b) == 0;
}

bool
id_is_zero(const struct id *id)
{
	static const struct id zero = { { 0 } };

	return id_equal(id, &zero);
}
