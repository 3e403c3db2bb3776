/*
 * Grammars as tables: for each country the phrases that tell what stands
 * beside them, and how its people write dates.  Inside the room only; to
 * teach the parser a phrase, add a row.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "hub/base/common.h"

enum cue_kind {
	CUE_NONE,       /* shields a longer phrase from its parts */
	CUE_CURRENCY,   /* word: ISO 4217 */
	CUE_DEBIT,      /* money went; number 1: a noun, weaker than a verb */
	CUE_CREDIT,     /* money came; the same */
	CUE_REFUND,     /* money came back */
	CUE_FAILED,     /* no money moved */
	CUE_REQUEST,    /* asked for, or will move */
	CUE_PROMOTION,  /* number: weight; 2 make one */
	CUE_CODE,       /* of a one-time password */
	CUE_SIDE,       /* the amount beside it is a balance or a limit */
	CUE_FEE,        /* the amount beside it is a fee or a bonus */
	CUE_IF,         /* what the sentence says has not happened */
	CUE_ACCOUNT,    /* an account or card number follows */
	CUE_FOREIGN_ID, /* a number follows that is no account */
	CUE_OWN,        /* the victim's */
	CUE_REFERENCE,  /* a reference follows; word: its type or NULL */
	CUE_TO,         /* the payee follows; number 1: a place */
	CUE_FROM,       /* the payer follows */
	CUE_STOP,       /* ends a name */
	CUE_MONTH,      /* number: 1 to 12 */
	CUE_CHANNEL,    /* word: of channel_words */
	CUE_TAIL,       /* "ending": between account and its digits */
	CUE_KIND_COUNT
};

/* `phrase` is folded (fold.h).  A space in it is any space, full stops or
 * nothing; a '~' at its end any more letters. */
struct cue_row {
	const char *phrase;
	enum cue_kind kind;
	const char *word;
	int number;
};

enum day_order { DAY_FIRST, MONTH_FIRST, DAY_UNKNOWN };

struct grammar {
	const char *country;  /* "" for the generic one */
	const char *currency; /* of a bare number, or NULL */
	enum day_order day_order;
	bool groups_by_space;     /* 12 000,50 */
	bool has_offset;          /* the whole country has one clock */
	bool has_european_summer; /* and an hour more in summer (2000/84/EC) */
	int offset_minutes;       /* east of UTC */
	const struct cue_row *rows;
	size_t row_count;
	const char *parent; /* whose rows count too, or NULL */
};

extern const struct grammar grammar_generic, grammar_gb, grammar_in, grammar_kz,
    grammar_ru;

/* By country code; NULL where there is none for it. */
const struct grammar *grammar_find(const char *country);

/* All of them; the generic one is the last. */
const struct grammar *const *grammar_list(size_t *count);

/* The grammar after this one in its chain, or NULL behind the generic one. */
const struct grammar *grammar_parent(const struct grammar *grammar);
