/*
 * The list of grammars: see grammar.h.
 */
#include "hub/parsing/grammar.h"

#include <string.h>

static const struct grammar *const grammars[] = {
	&grammar_in,
	&grammar_kz,
	&grammar_ru,
	&grammar_gb,
	&grammar_generic,
};

const struct grammar *
grammar_find(const char *country)
{
	for (size_t i = 0; i < COUNT(grammars); i++)
		if (strcmp(grammars[i]->country, country) == 0)
			return grammars[i];
	return NULL;
}

const struct grammar *const *
grammar_list(size_t *count)
{
	*count = COUNT(grammars);
	return grammars;
}

const struct grammar *
grammar_parent(const struct grammar *grammar)
{
	return grammar->parent == NULL ? NULL : grammar_find(grammar->parent);
}
