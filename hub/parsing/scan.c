/*
 * A scan and its small questions: see scan.h.
 */
#include "hub/parsing/scan.h"

#include <stdlib.h>
#include <string.h>

bool
scan_init(struct scan *scan, struct arena *arena)
{
	scan->cues = arena_alloc(arena, SCAN_CUE_LIMIT * sizeof(*scan->cues));
	scan->pieces = arena_alloc(
	    arena, SCAN_PIECE_LIMIT * sizeof(*scan->pieces));
	scan->is_taken = arena_alloc(
	    arena, (scan->fold.count + 1) * sizeof(*scan->is_taken));
	scan->sentences = arena_alloc(
	    arena, (scan->fold.count + 1) * sizeof(*scan->sentences));
	return scan->cues != NULL && scan->pieces != NULL &&
	    scan->is_taken != NULL && scan->sentences != NULL;
}

uint32_t
scan_at(const struct scan *scan, size_t at)
{
	return at < scan->fold.count ? scan->fold.points[at].folded : '\n';
}

enum fold_class
scan_class(const struct scan *scan, size_t at)
{
	return at < scan->fold.count
	    ? (enum fold_class)scan->fold.points[at].class
	    : FOLD_BREAK;
}

static bool is_word(enum fold_class class)
{
	return class == FOLD_LETTER || class == FOLD_DIGIT;
}

bool
scan_begins(const struct scan *scan, size_t at)
{
	return at == 0 || !is_word(scan_class(scan, at - 1));
}

bool
scan_ends(const struct scan *scan, size_t at)
{
	return !is_word(scan_class(scan, at));
}

size_t
scan_skip(const struct scan *scan, size_t at, const char *set)
{
	while (at < scan->fold.count) {
		uint32_t point = scan_at(scan, at);

		if (scan_class(scan, at) != FOLD_NOTHING &&
		    (point >= 0x80 || strchr(set, (int)point) == NULL))
			break;
		at++;
	}
	return at;
}

size_t
scan_digits(const struct scan *scan, size_t at, size_t most)
{
	size_t count = 0;

	while (count < most && scan_class(scan, at + count) == FOLD_DIGIT)
		count++;
	return count;
}

int
scan_number(const struct scan *scan, size_t at, size_t count)
{
	int number = 0;

	for (size_t i = 0; i < count; i++)
		number = number * 10 + (int)(scan_at(scan, at + i) - '0');
	return number;
}

bool
scan_word(
    const struct scan *scan, size_t start, size_t end, char *out, size_t size)
{
	size_t used = 0;

	for (size_t at = start; at < end; at++) {
		uint32_t point = scan_at(scan, at);

		if (scan_class(scan, at) == FOLD_NOTHING)
			continue;
		if (point >= 0x80 || used + 1 >= size)
			return false;
		out[used] = (char)point;
		if (scan->fold.points[at].is_upper)
			out[used] = (char)(point - 'a' + 'A');
		used++;
	}
	out[used] = '\0';
	return used > 0;
}

bool
scan_is_taken(const struct scan *scan, size_t start, size_t end)
{
	for (size_t i = start; i < end && i < scan->fold.count; i++)
		if (scan->is_taken[i])
			return true;
	return false;
}

void
scan_add(struct scan *scan, const struct piece *piece)
{
	if (scan->piece_count == SCAN_PIECE_LIMIT) {
		scan->is_cut = true;
		return;
	}
	scan->pieces[scan->piece_count++] = *piece;
	for (size_t i = piece->start; i < piece->end; i++)
		scan->is_taken[i] = true;
}

static int
by_start(const void *a, const void *b)
{
	const struct piece *left = a, *right = b;

	return (left->start > right->start) - (left->start < right->start);
}

void
scan_sort(struct scan *scan)
{
	qsort(scan->pieces, scan->piece_count, sizeof(*scan->pieces), by_start);
}

size_t
scan_cue_from(const struct scan *scan, size_t at)
{
	size_t low = 0, high = scan->cue_count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (scan->cues[middle].start < at)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

const struct cue *
scan_cue_at(const struct scan *scan, size_t at, enum cue_kind kind)
{
	for (size_t i = scan_cue_from(scan, at);
	     i < scan->cue_count && scan->cues[i].start == at; i++)
		if (scan->cues[i].row->kind == kind)
			return &scan->cues[i];
	return NULL;
}

const struct cue *
scan_cue_before(
    const struct scan *scan, size_t at, enum cue_kind kind, size_t gap)
{
	size_t i = scan_cue_from(scan, at);

	/* No phrase is longer than this. */
	enum { PHRASE_LIMIT = 64 };

	while (i-- > 0) {
		const struct cue *cue = &scan->cues[i];

		if (cue->start + PHRASE_LIMIT + gap < at)
			break;
		if (cue->row->kind == kind && cue->end <= at &&
		    at - cue->end <= gap)
			return cue;
	}
	return NULL;
}
