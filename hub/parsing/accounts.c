/*
 * Accounts and cards of which a message shows the last digits, or all: see
 * scan.h.
 */
#include "hub/parsing/scan.h"

enum {
	CONFIDENCE_MASKED = 92,
	CONFIDENCE_ANNOUNCED = 88,
	TAIL_LEAST = 2,
	TAIL_MOST = 6,
	TAIL_USUAL = 4,
	WHOLE_LEAST = 9,
	WHOLE_MOST = 20,
};

static bool
is_mask(uint32_t point)
{
	return point == '*' || point == 'x' || point == 0x0445 /* Cyrillic */;
}

static void
add(struct scan *scan, size_t start, size_t digits, size_t end, int confidence)
{
	const struct piece piece = {
		.kind = PIECE_ACCOUNT,
		.confidence = confidence,
		.start = start,
		.end = end,
		.account = { digits, end },
	};

	if (!scan_is_taken(scan, start, end))
		scan_add(scan, &piece);
}

/* Another kind of number: an Aadhaar, a telephone. */
static bool
is_foreign(const struct scan *scan, size_t at)
{
	return scan_cue_before(scan, at, CUE_FOREIGN_ID, 3) != NULL;
}

/* An x within a word is a letter, but for "A/cXX1234". */
static bool
may_begin(const struct scan *scan, size_t at, size_t masks)
{
	return scan_begins(scan, at) ||
	    scan_class(scan, at - 1) == FOLD_DIGIT ||
	    (masks > 1 && at >= 2 && scan_at(scan, at - 1) == 'c' &&
		scan_at(scan, at - 2) == '/');
}

/* XX1234, *1234, **** **** **** 1234, 411111XXXXXX1111.  Returns where to go
 * on. */
static size_t
masked_at(struct scan *scan, size_t at)
{
	size_t end = at, masks = 0, start = at, digits;

	while (is_mask(scan_at(scan, end)) ||
	    (masks >= 2 &&
		(scan_at(scan, end) == ' ' || scan_at(scan, end) == '-') &&
		(is_mask(scan_at(scan, end + 1)) ||
		    (masks >= TAIL_USUAL &&
			scan_class(scan, end + 1) == FOLD_DIGIT))))
		masks += is_mask(scan_at(scan, end++));
	digits = scan_digits(scan, end, TAIL_MOST + 1);
	if (scan_at(scan, at) != '*' && !may_begin(scan, at, masks))
		return end;
	while (start > 0 && at - start < TAIL_MOST &&
	    scan_class(scan, start - 1) == FOLD_DIGIT)
		start--;
	if (digits < TAIL_LEAST + (masks == 1) || digits > TAIL_MOST ||
	    !scan_ends(scan, end + digits))
		return end;
	if (!is_foreign(scan, start))
		add(scan, start, end, end + digits, CONFIDENCE_MASKED);
	return end + digits;
}

/* No date, time, decimal or amount goes on behind these digits. */
static bool
stands_alone(const struct scan *scan, size_t end)
{
	uint32_t point = scan_at(scan, end);
	size_t next = scan_skip(scan, end, " ");

	if (!scan_ends(scan, end) ||
	    ((point == ':' || point == '.' || point == ',' || point == '/' ||
		 point == '-') &&
		scan_class(scan, end + 1) == FOLD_DIGIT))
		return false;
	return scan_cue_at(scan, next, CUE_CURRENCY) == NULL &&
	    !(point == ' ' && scan->grammar->groups_by_space &&
		scan_digits(scan, next, 4) == 3);
}

/* Visible digits behind "card", "a/c no", "ending in". */
static void
announced_at(struct scan *scan, const struct cue *cue)
{
	size_t at = scan_skip(scan, cue->end, " .:#-\n\r");
	const struct cue *tail = scan_cue_at(scan, at, CUE_TAIL);
	bool has_tail = tail != NULL || cue->row->kind == CUE_TAIL;
	size_t digits;

	if (tail != NULL)
		at = scan_skip(scan, tail->end, " .:#-");
	digits = scan_digits(scan, at, WHOLE_MOST + 1);
	if (scan_is_taken(scan, at, at + digits) ||
	    !stands_alone(scan, at + digits))
		return;
	if (digits == TAIL_USUAL ||
	    (has_tail && digits > TAIL_LEAST && digits <= TAIL_MOST) ||
	    (digits >= WHOLE_LEAST && digits <= WHOLE_MOST))
		add(scan, at, at, at + digits, CONFIDENCE_ANNOUNCED);
}

void
accounts_find(struct scan *scan)
{
	for (size_t at = 0; at < scan->fold.count;)
		at = is_mask(scan_at(scan, at)) ? masked_at(scan, at) : at + 1;
	for (size_t i = 0; i < scan->cue_count; i++)
		if (scan->cues[i].row->kind == CUE_ACCOUNT ||
		    scan->cues[i].row->kind == CUE_TAIL)
			announced_at(scan, &scan->cues[i]);
}
