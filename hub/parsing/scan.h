/*
 * What is found in one text: cues (phrases of the grammar) and pieces
 * (numbers with a form).  Each finder adds its pieces and takes their code
 * points, so that no later one reads them as something else.  Inside the room
 * only.
 */
#pragma once

#include "hub/parsing/fold.h"
#include "hub/parsing/grammar.h"
#include "hub/parsing/parsing.h"

enum { SCAN_CUE_LIMIT = 4096, SCAN_PIECE_LIMIT = 1024 };

struct cue {
	size_t start, end;
	const struct cue_row *row;
	bool is_supposed; /* in a sentence that says "if" before it */
};

enum piece_kind {
	PIECE_AMOUNT,
	PIECE_DATE,
	PIECE_TIME,
	PIECE_ACCOUNT,
	PIECE_ADDRESS,
	PIECE_REFERENCE,
};

struct piece {
	enum piece_kind kind;
	int confidence;
	size_t start, end; /* as shown to people */
	union {
		struct {
			struct money money;
			bool has_currency; /* written beside it */
			bool is_side;      /* a balance, a limit, a fee */
			char sign;         /* '+', '-' or 0 */
		} amount;
		struct {
			int year, month, day; /* year 0: none */
		} date;
		struct {
			int hour, minute, second; /* second -1: none */
		} time;
		struct {
			size_t start, end; /* of its digits */
		} account;
		enum identifier_type address;
		enum parsed_reference_type reference;
	};
};

struct scan {
	struct fold fold;
	const struct grammar *grammar;
	struct cue *cues; /* by start; two of one place: the longer first */
	size_t cue_count;
	struct piece *pieces; /* in the order of the finders until sorted */
	size_t piece_count;
	bool *is_taken;      /* of each code point */
	uint32_t *sentences; /* where the sentence of each one begins */
	bool is_cut;         /* a limit was reached */
};

/* Room for a scan of the folded text; false where the arena is full. */
NODISCARD bool scan_init(struct scan *scan, struct arena *arena);

/* The folded code point, '\n' behind the end. */
uint32_t scan_at(const struct scan *scan, size_t at);
enum fold_class scan_class(const struct scan *scan, size_t at);

/* Neither letter nor digit stands before, or at, this place. */
bool scan_begins(const struct scan *scan, size_t at);
bool scan_ends(const struct scan *scan, size_t at);

/* Behind all of the ASCII characters in `set`. */
size_t scan_skip(const struct scan *scan, size_t at, const char *set);

/* How many digits stand here, at most `most`; their number. */
size_t scan_digits(const struct scan *scan, size_t at, size_t most);
int scan_number(const struct scan *scan, size_t at, size_t count);

/* Copy [start, end) with its digits as ASCII ones; false when that is no
 * ASCII text or does not fit. */
NODISCARD bool scan_word(
    const struct scan *scan, size_t start, size_t end, char *out, size_t size);

/* Is any of [start, end) part of a piece? */
bool scan_is_taken(const struct scan *scan, size_t start, size_t end);

/* Add a piece and take its code points. */
void scan_add(struct scan *scan, const struct piece *piece);

/* Order the pieces by where they stand. */
void scan_sort(struct scan *scan);

/* The first cue that begins at or behind `at`; cue_count where none does. */
size_t scan_cue_from(const struct scan *scan, size_t at);

/* A cue of this kind that begins here, or NULL. */
const struct cue *
scan_cue_at(const struct scan *scan, size_t at, enum cue_kind kind);

/* The nearest cue of this kind that ends at most `gap` code points before
 * `at`, or NULL. */
const struct cue *scan_cue_before(
    const struct scan *scan, size_t at, enum cue_kind kind, size_t gap);

/* ---- the finders, in the order in which they must run */

/* Choose the grammar (`hint` may be NULL) and find its cues; false where the
 * arena is full. */
NODISCARD bool
cues_find(struct scan *scan, const char *hint, struct arena *arena);

void addresses_find(struct scan *scan);
void references_find(struct scan *scan);
void dates_find(struct scan *scan);
void accounts_find(struct scan *scan);
void amounts_find(struct scan *scan);
