/*
 * The notice to the holder of a restricted account: five facts (amount, date,
 * type, authority, reference), in the languages of the profile.  The phrases
 * are data (hub/domain/data/notice.tsv).
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "hub/base/strbuf.h"
#include "hub/domain/money.h"
#include "hub/domain/vocabulary.h"

enum { NOTICE_LANGUAGE_LIMIT = 4, NOTICE_LANGUAGE_SIZE = 4 };

/* All text is borrowed. */
struct notice {
	struct money amount; /* held; zero where no money is */
	int64_t date, ends_at;
	enum action action;
	const char *unit, *basis, *basis_label; /* the authority */
	const char *case_ref, *hold_ref;        /* hold_ref "" : none */
	const char *target_id;
	const char *account; /* masked */
};

/* "en", "ml": by the profile and the region of the unit.  Returns how many. */
size_t notice_languages(const char *profile, const char *region,
    char languages[NOTICE_LANGUAGE_LIMIT][NOTICE_LANGUAGE_SIZE]);

/* A phrase of a language, "amount", "hold" …; NULL where there is none. */
const char *notice_phrase(const char *language, const char *phrase);

/* What kind of restriction an action is, as a phrase; NULL: none at all. */
const char *notice_type(enum action action);

/* The notice in one language, to be printed. */
void notice_write(
    struct strbuf *out, const struct notice *notice, const char *language);
