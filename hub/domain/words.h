/*
 * Enumerations as words: each enumeration of the vocabulary has one list of
 * wire words, in the order of its constants.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "hub/base/common.h"

/* `items[n]` is the word of constant n. */
struct words {
	const char *what; /* "typology": for sentences */
	const char *const *items;
	size_t count;
};

/* The word of a constant; "?" beyond the list. */
const char *words_name(const struct words *words, int value);

/* False when `text` is none of the words. */
NODISCARD bool
words_find(const struct words *words, const char *text, int *value);
