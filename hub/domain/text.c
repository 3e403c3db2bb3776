/*
 * ASCII text in place: see text.h.
 */
#include "hub/domain/text.h"

#include <string.h>

void
text_drop(char *text, const char *set)
{
	char *out = text;

	for (const char *in = text; *in != '\0'; in++)
		if (strchr(set, *in) == NULL)
			*out++ = *in;
	*out = '\0';
}

void
text_trim(char *text)
{
	char *first = text + strspn(text, " \t");
	size_t length = strlen(first);

	while (length > 0 && strchr(" \t", first[length - 1]) != NULL)
		length--;
	memmove(text, first, length);
	text[length] = '\0';
}

void
text_to_upper(char *text)
{
	for (; *text != '\0'; text++)
		if (*text >= 'a' && *text <= 'z')
			*text = (char)(*text - 'a' + 'A');
}

void
text_to_lower(char *text)
{
	for (; *text != '\0'; text++)
		if (*text >= 'A' && *text <= 'Z')
			*text = (char)(*text - 'A' + 'a');
}

bool
text_only(const char *text, const char *set)
{
	return text[strspn(text, set)] == '\0';
}

bool
text_begins(const char *text, size_t length, const char *set)
{
	return strspn(text, set) >= length;
}

bool
text_is_uuid(const char *text)
{
	if (strlen(text) != 36)
		return false;
	for (size_t i = 0; i < 36; i++) {
		bool is_hyphen = i == 8 || i == 13 || i == 18 || i == 23;
		const char *set = is_hyphen ? "-" : TEXT_DIGITS "abcdef";

		if (strchr(set, text[i]) == NULL)
			return false;
	}
	return true;
}
