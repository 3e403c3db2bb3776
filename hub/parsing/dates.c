/*
 * Dates and times of day in their usual forms: see scan.h.
 */
#include "hub/parsing/gregorian.h"
#include "hub/parsing/scan.h"

enum {
	CONFIDENCE_DATE = 95,
	CONFIDENCE_SWAPPED = 70,
	CONFIDENCE_ORDER_UNKNOWN = 55,
	CONFIDENCE_NO_YEAR = 60,
	CONFIDENCE_TIME = 93,
	YEAR_FIRST = 2000,
	YEAR_LAST = 2049,
	YEAR_GAP = 8, /* "2026 жылғы 9 наурыз" */
};

/* What was read, and where it ends. */
struct day {
	int year, month, day, confidence;
	size_t end;
};

static bool
add_date(struct scan *scan, size_t start, const struct day *day)
{
	const struct piece piece = {
		.kind = PIECE_DATE,
		.confidence = day->confidence,
		.start = start,
		.end = day->end,
		.date = { day->year, day->month, day->day },
	};

	/* A leap year stands for the one that is not written. */
	if (!gregorian_is_day(day->year == 0 ? YEAR_FIRST : day->year,
		day->month, day->day) ||
	    scan_is_taken(scan, start, day->end))
		return false;
	scan_add(scan, &piece);
	return true;
}

/* Four digits, or two of this century; 0 where none stands here. */
static int
read_year(const struct scan *scan, size_t at, size_t *end)
{
	size_t digits = scan_digits(scan, at, 5);
	int year = scan_number(scan, at, digits < 5 ? digits : 0);

	*end = at + digits;
	if (digits == 2 && scan_at(scan, *end) != ':')
		return YEAR_FIRST + year;
	if (digits == 4 && year >= YEAR_FIRST && year <= YEAR_LAST)
		return year;
	*end = at;
	return 0;
}

static void
order(const struct scan *scan, int first, int second, struct day *day)
{
	day->day = first;
	day->month = second;
	day->confidence = CONFIDENCE_DATE;
	if (second > 12 && first <= 12) {
		day->day = second;
		day->month = first;
		if (scan->grammar->day_order == DAY_FIRST)
			day->confidence = CONFIDENCE_SWAPPED;
	} else if (scan->grammar->day_order == DAY_UNKNOWN && first <= 12 &&
	    first != second) {
		day->confidence = CONFIDENCE_ORDER_UNKNOWN;
	}
}

/* "14/03" counts only where a word or a time beside it says that it is a
 * date. */
static bool
is_short_date(const struct scan *scan, size_t at, size_t end, uint32_t sign)
{
	size_t next = scan_skip(scan, end, " ");

	if (!scan_ends(scan, end) ||
	    (scan_at(scan, end) == sign && !scan_ends(scan, end + 1)))
		return false;
	if (scan_digits(scan, next, 2) == 2 && scan_at(scan, next + 2) == ':')
		return true;
	return sign != '.' && scan_cue_before(scan, at, CUE_STOP, 2) != NULL;
}

/* 14-03-26, 14/03/2026, 14.03.2026, 2026-03-14, 14/03 */
static bool
numeric_at(struct scan *scan, size_t at, size_t digits)
{
	uint32_t sign = scan_at(scan, at + digits);
	size_t second = at + digits + 1;
	size_t count = scan_digits(scan, second, 3);
	int first = scan_number(scan, at, digits);
	struct day day = { .end = second + count };

	if ((sign != '-' && sign != '/' && sign != '.') || count == 0 ||
	    count > 2)
		return false;
	if (digits <= 2)
		order(scan, first, scan_number(scan, second, count), &day);
	if (scan_at(scan, day.end) != sign) {
		day.confidence = CONFIDENCE_NO_YEAR;
		return digits <= 2 && count == 2 &&
		    is_short_date(scan, at, day.end, sign) &&
		    add_date(scan, at, &day);
	}
	if (digits == 4 && sign != '.') {
		size_t last = scan_digits(scan, day.end + 1, 3);

		day = (struct day){ first, scan_number(scan, second, count),
			scan_number(scan, day.end + 1, last < 3 ? last : 0),
			CONFIDENCE_DATE, day.end + 1 + last };
		return first >= YEAR_FIRST && first <= YEAR_LAST &&
		    add_date(scan, at, &day);
	}
	day.year = read_year(scan, day.end + 1, &day.end);
	return digits <= 2 && day.year != 0 &&
	    scan_class(scan, day.end) != FOLD_DIGIT && add_date(scan, at, &day);
}

/* st, nd, rd, th */
static size_t
skip_ordinal(const struct scan *scan, size_t at)
{
	uint32_t a = scan_at(scan, at), b = scan_at(scan, at + 1);

	if (((a == 's' && b == 't') || (a == 'n' && b == 'd') ||
		(a == 'r' && b == 'd') || (a == 't' && b == 'h')) &&
	    scan_class(scan, at + 2) != FOLD_LETTER)
		return at + 2;
	return at;
}

/* The year in front of "9 наурыз": its start goes to `*start`. */
static int
year_before(const struct scan *scan, size_t *start)
{
	size_t at = *start, end;

	while (at > 0 && *start - at < YEAR_GAP &&
	    scan_class(scan, at - 1) != FOLD_DIGIT)
		at--;
	if (at < 4 || scan_digits(scan, at - 4, 4) != 4 ||
	    !scan_begins(scan, at - 4))
		return 0;
	*start = at - 4;
	return read_year(scan, *start, &end);
}

/* 21-Jan-26, 28Feb26, 13th March 2026, 12 March, 2026 */
static bool
named_at(struct scan *scan, size_t at, size_t digits)
{
	size_t month = scan_skip(
	    scan, skip_ordinal(scan, at + digits), " -/.,");
	const struct cue *cue = scan_cue_at(scan, month, CUE_MONTH);
	struct day day = { .confidence = CONFIDENCE_DATE };
	size_t start = at, next;

	if (cue == NULL || digits > 2)
		return false;
	day.day = scan_number(scan, at, digits);
	day.month = cue->row->number;
	next = scan_skip(scan, cue->end, " -/.,'");
	day.year = read_year(scan, next, &day.end);
	if (day.year != 0 && scan_class(scan, day.end) != FOLD_DIGIT)
		return add_date(scan, at, &day);
	day.end = cue->end;
	day.year = year_before(scan, &start);
	if (day.year == 0)
		day.confidence = CONFIDENCE_NO_YEAR;
	return add_date(scan, start, &day);
}

/* March 12, 2026 */
static bool
month_first_at(struct scan *scan, const struct cue *cue)
{
	size_t at = scan_skip(scan, cue->end, " -.");
	size_t digits = scan_digits(scan, at, 3);
	size_t year = scan_skip(scan, skip_ordinal(scan, at + digits), " ,-");
	struct day day = { .month = cue->row->number,
		.confidence = CONFIDENCE_DATE };

	if (digits == 0 || digits > 2 || year == at + digits ||
	    scan_digits(scan, year, 5) != 4)
		return false;
	day.day = scan_number(scan, at, digits);
	day.year = read_year(scan, year, &day.end);
	return day.year != 0 && add_date(scan, cue->start, &day);
}

/* The hour of a twelve-hour clock, by the word behind it. */
static size_t
read_half(const struct scan *scan, size_t at, int *hour)
{
	size_t half = scan_skip(scan, at, " ");
	uint32_t a = scan_at(scan, half);
	size_t m = half + 1 + (scan_at(scan, half + 1) == '.');

	if ((a != 'a' && a != 'p') || scan_at(scan, m) != 'm' ||
	    scan_class(scan, m + 1) == FOLD_LETTER || *hour > 12)
		return at;
	*hour = *hour % 12 + (a == 'p' ? 12 : 0);
	return m + 1;
}

static bool
time_at(struct scan *scan, size_t at, size_t digits)
{
	size_t minute = at + digits + 1, end = minute + 2;
	struct piece piece = {
		.kind = PIECE_TIME, .confidence = CONFIDENCE_TIME, .start = at
	};
	int hour = scan_number(scan, at, digits), second = -1;

	if (digits > 2 || scan_at(scan, at + digits) != ':' ||
	    scan_digits(scan, minute, 3) != 2)
		return false;
	if (scan_at(scan, end) == ':' && scan_digits(scan, end + 1, 3) == 2) {
		second = scan_number(scan, end + 1, 2);
		end += 3;
	}
	end = read_half(scan, end, &hour);
	piece.end = end;
	piece.time.hour = hour;
	piece.time.minute = scan_number(scan, minute, 2);
	piece.time.second = second;
	if (hour > 23 || piece.time.minute > 59 || second > 59 ||
	    scan_is_taken(scan, at, end))
		return false;
	scan_add(scan, &piece);
	return true;
}

/* A digit begins a number behind anything but a digit or letter; behind the
 * T of ISO 8601 a time. */
static bool
may_begin(const struct scan *scan, size_t at)
{
	return scan_begins(scan, at) ||
	    (at >= 2 && scan_at(scan, at - 1) == 't' &&
		scan_class(scan, at - 2) == FOLD_DIGIT);
}

void
dates_find(struct scan *scan)
{
	for (size_t i = 0; i < scan->cue_count; i++)
		if (scan->cues[i].row->kind == CUE_MONTH)
			(void)month_first_at(scan, &scan->cues[i]);
	for (size_t at = 0; at < scan->fold.count; at++) {
		size_t digits = scan_digits(scan, at, 5);

		if (digits == 0)
			continue;
		if (!scan->is_taken[at] && may_begin(scan, at) && digits < 5 &&
		    !numeric_at(scan, at, digits) &&
		    !named_at(scan, at, digits))
			(void)time_at(scan, at, digits);
		at += digits - 1;
	}
}
