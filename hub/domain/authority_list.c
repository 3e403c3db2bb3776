/*
 * Further authorities: see authority_list.h.
 */
#include "hub/domain/authority_list.h"

#include <stdio.h>
#include <string.h>

enum { ENTRY_SIZE = PROFILE_TEXT_SIZE + AUTHORITY_BASIS_SIZE + 2 };

const char *
authority_list_format(
    const struct authority_draft *drafts, size_t count, struct arena *arena)
{
	size_t size = count * ENTRY_SIZE + 1, length = 0;
	char *text = arena_alloc(arena, size);

	if (text == NULL)
		return NULL;
	text[0] = '\0';
	for (size_t i = 0; i < count; i++) {
		char reference[PROFILE_TEXT_SIZE];

		length += (size_t)snprintf(text + length, size - length,
		    "%s%s/%s", i == 0 ? "" : " ",
		    profile_reference(
			profile_find(drafts[i].profile), reference),
		    drafts[i].basis);
	}
	return text;
}

bool
authority_list_next(const char **text, struct authority_entry *entry)
{
	const char *at = *text;
	size_t profile = strcspn(at, "/"), basis;

	if (at[0] == '\0' || at[profile] == '\0')
		return false;
	basis = strcspn(at + profile + 1, " ");
	(void)snprintf(
	    entry->profile, sizeof(entry->profile), "%.*s", (int)profile, at);
	(void)snprintf(entry->basis, sizeof(entry->basis), "%.*s", (int)basis,
	    at + profile + 1);
	at += profile + 1 + basis;
	*text = at + (*at == ' ');
	return true;
}

const struct profile *
authority_list_profile(const char *reference)
{
	char name[PROFILE_TEXT_SIZE];

	(void)snprintf(name, sizeof(name), "%.*s", (int)strcspn(reference, "@"),
	    reference);
	return profile_find(name);
}
