/*
 * The further authorities of a cross-border request, as the one text in which
 * a row keeps them: "KZ@2026-01-01/ERDR EU@2026-08-18/EPOC_PR".
 */
#pragma once

#include <stdbool.h>

#include "hub/domain/command.h"
#include "hub/domain/profile.h"

enum { AUTHORITY_BASIS_SIZE = 65 };

struct authority_entry {
	char profile[PROFILE_TEXT_SIZE]; /* NAME@date */
	char basis[AUTHORITY_BASIS_SIZE];
};

/* The text of drafts whose profiles and bases exist; "" of none, NULL when
 * the arena is full. */
const char *authority_list_format(
    const struct authority_draft *drafts, size_t count, struct arena *arena);

/* Take the next entry off the text; false at its end. */
NODISCARD bool
authority_list_next(const char **text, struct authority_entry *entry);

/* The profile of "NAME@date", NULL: this program has none of the name. */
const struct profile *authority_list_profile(const char *reference);
