/*
 * One message within a pasted text, and what is to be known of it before its
 * facts are chosen.  Inside the room only.
 */
#pragma once

#include "hub/parsing/scan.h"

enum { MESSAGE_LIMIT = PARSING_DRAFT_LIMIT + PARSING_ASIDE_LIMIT };

struct message {
	size_t start, end; /* code points */
};

/* Cut the text into messages: by empty lines and by the lines of a
 * statement.  Returns how many; the rest is left out beyond `limit`. */
size_t
message_cut(const struct scan *scan, struct message *messages, size_t limit);

/* Before all else here, once, when the pieces are sorted: mark where
 * sentences begin, which cues tell only what has not happened ("if not done by
 * you"), and which amounts are balances, limits or fees. */
void message_mark(struct scan *scan);

/* The first piece of a kind at or behind `*index` within the message, which
 * moves behind it; NULL where there is no more. */
const struct piece *message_piece(const struct scan *scan,
    const struct message *message, enum piece_kind kind, size_t *index);

/* The same for cues; the supposed ones are passed over. */
const struct cue *message_cue(const struct scan *scan,
    const struct message *message, enum cue_kind kind, size_t *index);

/* ---- verdict.c */

struct verdict {
	enum parsed_kind kind; /* PARSED_KIND_COUNT: nothing of ours */
	int confidence;
	const struct piece *amount; /* the one that moved, or NULL */
	const struct cue *verb;     /* that says which way, or NULL */
};

struct verdict
verdict_of(const struct scan *scan, const struct message *message);

/* ---- draft.c, names.c */

/* Choose the facts of a message that moved money. */
void draft_fill(const struct scan *scan, const struct message *message,
    const struct verdict *verdict, struct parsed_draft *draft);

/* The other side's name. */
void names_choose(const struct scan *scan, const struct message *message,
    const struct verdict *verdict, struct parsed_text *name);
