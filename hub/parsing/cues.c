/*
 * The phrases of the grammar in the text: see scan.h.
 */
#include "hub/parsing/scan.h"

#include <string.h>

enum { FIRST_LIMIT = 2048 };

/* A row by the first code point of its phrase, so that most rows cost one
 * comparison. */
struct first {
	uint32_t point;
	const struct cue_row *row;
};

struct firsts {
	struct first *items;
	size_t count;
};

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

static struct score
score_of(const struct scan *scan, const struct grammar *grammar)
{
	struct score score = { 0, 0 };

	for (size_t i = 0; i < grammar->row_count; i++) {
		const struct cue_row *row = &grammar->rows[i];
		const char *rest = row->phrase;
		uint32_t first = fold_next(&rest);

		for (size_t at = 0; at < scan->fold.count; at++) {
			size_t end;

			if (scan->fold.points[at].folded != first ||
			    !may_begin(scan, at))
				continue;
			end = phrase_end(scan, at, row->phrase);
			if (end == at)
				continue;
			score.rows++;
			if (row->kind == CUE_CURRENCY)
				score.currencies += is_beside_digit(
				    scan, at, end);
		}
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
choose_grammar(const struct scan *scan, const char *hint)
{
	static const char *const countries[] = { "IN", "KZ", "RU", "GB" };
	const struct grammar *hinted = hint == NULL ? NULL : grammar_find(hint);
	const struct grammar *chosen = hinted == NULL ? &grammar_generic
						      : hinted;
	struct score best = { 0, 0 };

	if (hinted != NULL) {
		best = score_of(scan, hinted);
		if (best.currencies > 0)
			return hinted;
	}
	for (size_t i = 0; i < COUNT(countries); i++) {
		const struct grammar *grammar = grammar_find(countries[i]);
		struct score score = score_of(scan, grammar);

		if (is_better(&score, &best)) {
			best = score;
			chosen = grammar;
		}
	}
	return chosen;
}

/* ---- its cues */

static bool
firsts_init(
    struct firsts *firsts, const struct grammar *grammar, struct arena *arena)
{
	firsts->count = 0;
	firsts->items = arena_alloc(arena, FIRST_LIMIT * sizeof(struct first));
	if (firsts->items == NULL)
		return false;
	for (; grammar != NULL; grammar = grammar_parent(grammar))
		for (size_t i = 0;
		     i < grammar->row_count && firsts->count < FIRST_LIMIT;
		     i++) {
			const char *rest = grammar->rows[i].phrase;

			firsts->items[firsts->count++] = (struct first){
				fold_next(&rest), &grammar->rows[i]
			};
		}
	return true;
}

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
 * ones the nearest grammar's.  Returns where to go on. */
static size_t
cues_at(struct scan *scan, size_t at, const struct firsts *firsts)
{
	const struct cue_row *longest = NULL, *rail = NULL;
	size_t end = at, rail_end = at;
	uint32_t point = scan_at(scan, at);

	for (size_t i = 0; i < firsts->count; i++) {
		const struct cue_row *row = firsts->items[i].row;
		size_t *best = stands_alone(row) ? &rail_end : &end;
		size_t here;

		if (firsts->items[i].point != point)
			continue;
		here = phrase_end(scan, at, row->phrase);
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

bool
cues_find(struct scan *scan, const char *hint, struct arena *arena)
{
	struct firsts firsts;

	scan->grammar = choose_grammar(scan, hint);
	if (!firsts_init(&firsts, scan->grammar, arena))
		return false;
	for (size_t at = 0; at < scan->fold.count;)
		at = may_begin(scan, at) ? cues_at(scan, at, &firsts) : at + 1;
	return true;
}
