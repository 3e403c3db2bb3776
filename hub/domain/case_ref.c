/*
 * References of cases: see case_ref.h.
 */
#include "hub/domain/case_ref.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "hub/base/clock.h"

static const char alphabet[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

enum { MODULUS = 36 };

/* The running sum of ISO/IEC 7064's hybrid system over `length` characters;
 * what is neither letter nor digit does not count. */
static int
running_sum(const char *text, size_t length)
{
	int sum = MODULUS;

	for (size_t i = 0; i < length; i++) {
		const char *at = strchr(alphabet, text[i]);

		if (at == NULL || *at == '\0')
			continue;
		sum = (sum + (int)(at - alphabet)) % MODULUS;
		if (sum == 0)
			sum = MODULUS;
		sum = 2 * sum % (MODULUS + 1);
	}
	return sum;
}

char *
case_ref_format(const char *country, const char *region, int64_t at,
    int64_t number, char *text, size_t size)
{
	char time[CLOCK_TEXT_SIZE];
	int length;

	clock_format(at, 3, time);
	length = snprintf(text, size, "%s%s%s-%.4s-%06" PRId64 "-", country,
	    region[0] == '\0' ? "" : "-", region, time, number);
	if (length > 0 && (size_t)length + 1 < size) {
		int sum = running_sum(text, (size_t)length);

		text[length] = alphabet[(MODULUS + 1 - sum) % MODULUS];
		text[length + 1] = '\0';
	}
	return text;
}

bool
case_ref_check(const char *text)
{
	size_t length = strlen(text);
	const char *last;

	if (length < 2 ||
	    text[strspn(text, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-")] != '\0')
		return false;
	last = strchr(alphabet, text[length - 1]);
	if (last == NULL)
		return false;
	return (running_sum(text, length - 1) + (int)(last - alphabet)) %
	    MODULUS ==
	    1;
}
