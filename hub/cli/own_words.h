/*
 * For commands whose options are the hub's settings: takes the few that are
 * the command's own out of the words first.
 */
#pragma once

#include <stdbool.h>

#include "hub/base/common.h"
#include "hub/base/err.h"

/* An option with `count` words behind it. */
struct own_word {
	const char *name; /* "--status" */
	int count;
	char *words[2]; /* what stood behind it */
	bool is_there;
};

/* Take them out of argv.  RC_INVALID `wrong_usage` where words are missing
 * or one is there twice. */
NODISCARD enum rc own_words_take(int *argc, char **argv,
    struct own_word *options, int count, struct err *err);
