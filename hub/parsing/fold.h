/*
 * The text as code points that compare easily: lower case, ASCII digits,
 * one kind of space, dash, quote and mask.  Inside the room only.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "hub/base/arena.h"
#include "hub/base/common.h"

enum fold_class {
	FOLD_OTHER, /* punctuation and symbols */
	FOLD_LETTER,
	FOLD_DIGIT,
	FOLD_SPACE,
	FOLD_BREAK, /* the end of a line */
	FOLD_NOTHING,
};

struct point {
	uint32_t folded; /* 0 for what a reader does not see */
	uint32_t byte;   /* where it begins in the text */
	uint8_t class;   /* enum fold_class */
	bool is_upper;   /* A-Z or a Cyrillic capital before folding */
};

struct fold {
	const char *text;
	size_t length;
	/* `count` points and one more behind them: a FOLD_BREAK at `length`. */
	struct point *points;
	size_t count;
};

/* Fold a text; false where the arena is full. */
NODISCARD bool fold_text(
    const char *text, size_t length, struct arena *arena, struct fold *fold);

/* One code point of valid UTF-8 (a grammar's own text), folded; moves
 * `*text` behind it.  0 at the end. */
uint32_t fold_next(const char **text);

/* Copy the code points [start, end) as they came in, cut at `size`. */
void fold_copy(
    const struct fold *fold, size_t start, size_t end, char *out, size_t size);
