/*
 * Check digits: see check_digit.h.
 */
#include "hub/domain/check_digit.h"

#include <string.h>

/* The digit at distance 0 from the right is doubled when `doubled`. */
static unsigned
luhn_sum(const char *digits, size_t count, bool doubled)
{
	unsigned sum = 0;

	while (count > 0) {
		unsigned digit = (unsigned)(digits[--count] - '0');

		if (doubled)
			digit = digit > 4 ? 2 * digit - 9 : 2 * digit;
		sum += digit;
		doubled = !doubled;
	}
	return sum;
}

bool
check_digit_luhn(const char *digits, size_t count)
{
	return count > 0 && luhn_sum(digits, count, false) % 10 == 0;
}

char
check_digit_luhn_next(const char *digits, size_t count)
{
	return (char)('0' + (10 - luhn_sum(digits, count, true) % 10) % 10);
}

/* A letter stands for two digits: A 10 … Z 35. */
static unsigned
mod97_step(unsigned remainder, char c)
{
	if (c >= 'A')
		return (remainder * 100 + (unsigned)(c - 'A') + 10) % 97;
	return (remainder * 10 + (unsigned)(c - '0')) % 97;
}

bool
check_digit_mod97(const char *text, size_t moved)
{
	size_t length = strlen(text);
	unsigned remainder = 0;

	for (size_t i = 0; i < length; i++)
		remainder = mod97_step(remainder, text[(i + moved) % length]);
	return remainder == 1;
}

unsigned
check_digit_sum(const char *digits, size_t count, const unsigned *weights,
    size_t weight_count)
{
	unsigned sum = 0;

	for (size_t i = 0; i < count; i++)
		sum += (unsigned)(digits[i] - '0') * weights[i % weight_count];
	return sum;
}
