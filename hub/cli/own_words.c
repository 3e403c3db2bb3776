/*
 * A command's own options: see own_words.h.
 */
#include "hub/cli/own_words.h"

#include <string.h>

static struct own_word *
find(struct own_word *options, int count, const char *word)
{
	for (int i = 0; i < count; i++)
		if (strcmp(options[i].name, word) == 0)
			return &options[i];
	return NULL;
}

enum rc
own_words_take(int *argc, char **argv, struct own_word *options, int count,
    struct err *err)
{
	int kept = 1;

	for (int at = 1; at < *argc; at++) {
		struct own_word *option = find(options, count, argv[at]);

		if (option == NULL) {
			argv[kept++] = argv[at];
			continue;
		}
		if (option->is_there || option->count >= *argc - at)
			return err_set(err, RC_INVALID, "wrong_usage",
			    "%s stands once, with %d words behind it",
			    option->name, option->count);
		option->is_there = true;
		for (int n = 0; n < option->count; n++)
			option->words[n] = argv[++at];
	}
	argv[kept] = NULL;
	*argc = kept;
	return RC_OK;
}
