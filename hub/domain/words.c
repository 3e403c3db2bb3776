/*
 * Words of enumerations: see words.h.
 */
#include "hub/domain/words.h"

#include <string.h>

const char *
words_name(const struct words *words, int value)
{
	if (value < 0 || (size_t)value >= words->count)
		return "?";
	return words->items[value];
}

bool
words_find(const struct words *words, const char *text, int *value)
{
	for (size_t i = 0; i < words->count; i++)
		if (strcmp(words->items[i], text) == 0) {
			*value = (int)i;
			return true;
		}
	return false;
}
