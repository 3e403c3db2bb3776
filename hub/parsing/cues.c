/*
 * The phrases of the grammar in the text: see scan.h.
 */
#include "hub/parsing/scan.h"

#include <string.h>

enum { INDEX_ROWS = 2048, INDEX_BUCKETS = 256 };

/* Rows by the first code point of their phrase: most places of a text begin
 * none. */
struct index {
	const struct cue_row *rows[INDEX_ROWS];
	uint32_t points[INDEX_ROWS];
	uint16_t next[INDEX_ROWS];       /* in the bucket, + 1; 0: the last */
	uint16_t buckets[INDEX_BUCKETS]; /* the first, + 1; 0: none */
	size_t count;
};

static void
index_rows(struct index *index, const struct grammar *grammar)
{
	for (size_t i = 0; i < grammar->row_count; i++) {
		const char *rest = grammar->rows[i].phrase;
		uint32_t point = fold_next(&rest);
		uint16_t *bucket = &index->buckets[point % INDEX_BUCKETS];

		if (index->count == INDEX_ROWS)
			return;
		index->rows[index->count] = &grammar->rows[i];
		index->points[index->count] = point;
		index->next[index->count++] = *bucket;
		*bucket = (uint16_t)index->count;
	}
}

/* Walk the rows whose phrase begins with `point`: `*slot` is 0 at first. */
static const struct cue_row *
index_next(const struct index *index, uint32_t point, size_t *slot)
{
	*slot = *slot == 0 ? index->buckets[point % INDEX_BUCKETS]
			   : index->next[*slot - 1];
	while (*slot != 0 && index->points[*slot - 1] != point)
		*slot = index->next[*slot - 1];
	return *slot == 0 ? NULL : index->rows[*slot - 1];
}

static bool
is_gap(const struct scan *scan, size_t at)
{
	enum fold_class class = scan_class(scan, at);

	return at < scan->fold.count &&
	    (class == FOLD_SPACE || class == FOLD_BREAK ||
		class == FOLD_NOTHING || scan_at(scan, at) == '.');
}

/* Behind the phrase, or `at` where it does not stand there. */
static size_t
phrase_end(const struct scan *scan, size_t at, const char *phrase)
{
	size_t start = at;
	uint32_t want, last = 0;

	while ((want = fold_next(&phrase)) != 0) {
		if (want == ' ') {
			while (is_gap(scan, at))
				at++;
			continue;
		}
		if (want == '~') {
			while (scan_class(scan, at) == FOLD_LETTER ||
			    scan_class(scan, at) == FOLD_NOTHING)
				at++;
			return at;
		}
		while (scan_class(scan, at) == FOLD_NOTHING)
			at++;
		if (at >= scan->fold.count || scan_at(scan, at) != want)
			return start;
		last = want;
		at++;
	}
	if (scan_class(scan, at - 1) == FOLD_LETTER && last != 0 &&
	    scan_class(scan, at) == FOLD_LETTER)
		return start;
	return at;
}

static bool
may_begin(const struct scan *scan, size_t at)
{
	switch (scan_class(scan, at)) {
	case FOLD_LETTER:
		return at == 0 || scan_class(scan, at - 1) != FOLD_LETTER;
	case FOLD_OTHER:
		return true;
	case FOLD_DIGIT:
	case FOLD_SPACE:
	case FOLD_BREAK:
	case FOLD_NOTHING:
		break;
	}
	return false;
}

/* ---- which grammar */

struct score {
	size_t currencies, rows;
};

static bool
is_beside_digit(const struct scan *scan, size_t start, size_t end)
{
	size_t before = start;

	while (before > 0 && scan_class(scan, before - 1) == FOLD_SPACE)
		before--;
	return (before > 0 && scan_class(scan, before - 1) == FOLD_DIGIT) ||
	    scan_class(scan, scan_skip(scan, end, " .:")) == FOLD_DIGIT;
}

static void
score_row(const struct scan *scan, size_t at, const struct cue_row *row,
    struct score *score)
{
	size_t end = phrase_end(scan, at, row->phrase);

	if (end == at)
		return;
	score->rows++;
	if (row->kind == CUE_CURRENCY)
		score->currencies += is_beside_digit(scan, at, end);
}

static struct score
score_of(
    const struct scan *scan, const struct grammar *grammar, struct index *index)
{
	struct score score = { 0, 0 };

	memset(index, 0, sizeof(*index));
	index_rows(index, grammar);
	for (size_t at = 0; at < scan->fold.count; at++) {
		const struct cue_row *row;
		size_t slot = 0;

		if (!may_begin(scan, at))
			continue;
		while ((row = index_next(index, scan_at(scan, at), &slot)))
			score_row(scan, at, row, &score);
	}
	return score;
}

static bool
is_better(const struct score *score, const struct score *best)
{
	if (score->currencies != best->currencies)
		return score->currencies > best->currencies;
	return score->rows > best->rows;
}

/* By the currency that amounts are written in, then by the words; a hint
 * wins only where the text says nothing. */
static const struct grammar *
choose_grammar(const struct scan *scan, const char *hint, struct index *index)
{
	const struct grammar *const *grammars;
	const struct grammar *hinted = hint == NULL ? NULL : grammar_find(hint);
	const struct grammar *chosen = hinted == NULL ? &grammar_generic
						      : hinted;
	struct score best = { 0, 0 };
	size_t count;

	if (hinted != NULL) {
		best = score_of(scan, hinted, index);
		if (best.currencies > 0)
			return hinted;
	}
	grammars = grammar_list(&count);
	/* The generic one only where no other has anything. */
	for (size_t i = 0; i + 1 < count; i++) {
		struct score score = score_of(scan, grammars[i], index);

		if (is_better(&score, &best)) {
			best = score;
			chosen = grammars[i];
		}
	}
	return chosen;
}

/* ---- its cues */

static void
add(struct scan *scan, size_t start, size_t end, const struct cue_row *row)
{
	if (scan->cue_count == SCAN_CUE_LIMIT) {
		scan->is_cut = true;
		return;
	}
	scan->cues[scan->cue_count++] = (struct cue){
		.start = start, .end = end, .row = row
	};
}

/* A rail counts by itself also within a longer phrase ("upi ref no"). */
static bool
stands_alone(const struct cue_row *row)
{
	return row->kind == CUE_CHANNEL;
}

/* The longest phrase that begins here, and the longest rail; of equally long
 * ones the nearest grammar's, which was indexed last.  Returns where to go
 * on. */
static size_t
cues_at(struct scan *scan, size_t at, const struct index *index)
{
	const struct cue_row *longest = NULL, *rail = NULL, *row;
	size_t end = at, rail_end = at, slot = 0;

	while ((row = index_next(index, scan_at(scan, at), &slot))) {
		size_t *best = stands_alone(row) ? &rail_end : &end;
		size_t here = phrase_end(scan, at, row->phrase);

		if (here <= *best)
			continue;
		*best = here;
		if (stands_alone(row))
			rail = row;
		else
			longest = row;
	}
	if (longest != NULL && longest->kind != CUE_NONE)
		add(scan, at, end, longest);
	if (rail != NULL)
		add(scan, at, rail_end, rail);
	return end > at ? end : at + 1;
}

/* From the generic grammar to the country's own: the last are walked first. */
static void
index_chain(struct index *index, const struct grammar *grammar)
{
	const struct grammar *parent = grammar_parent(grammar);

	if (parent != NULL)
		index_chain(index, parent);
	index_rows(index, grammar);
}

bool
cues_find(struct scan *scan, const char *hint, struct arena *arena)
{
	struct index *index = arena_alloc(arena, sizeof(*index));

	if (index == NULL)
		return false;
	scan->grammar = choose_grammar(scan, hint, index);
	memset(index, 0, sizeof(*index));
	index_chain(index, scan->grammar);
	for (size_t at = 0; at < scan->fold.count;)
		at = may_begin(scan, at) ? cues_at(scan, at, index) : at + 1;
	return true;
}
