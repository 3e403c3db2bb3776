/*
 * Whole card numbers in free text: see card_scan.h.
 *
 * The text is cut into runs: groups of digits with one space or hyphen
 * between them.  A card number is a whole run, or within a run one group by
 * itself ("4111111111111111 12/27"), or groups in a layout that is printed on
 * cards ("4111 1111 1111 1111 123"): an expiry date or security code behind
 * the number must not hide it.  A group of 20 digits or more is none.
 */
#include "hub/domain/card_scan.h"

#include <string.h>

#include "hub/domain/check_digit.h"
#include "hub/domain/glyph.h"

enum {
	CARD_DIGITS_MIN = 13,
	CARD_DIGITS_MAX = 19,
	SHOWN_DIGITS = 4,
	LAYOUT_GROUPS_MAX = 5,
};

struct issuer {
	unsigned first, last, shortest, longest, step;
	const char *schemes;
};

static const struct issuer issuers[] = {
#include "gen/domain_iin.inc"
};

/* As embossed: 16 digits, American Express, Diners Club, 19 and 13 digits. */
static const unsigned char layouts[][LAYOUT_GROUPS_MAX] = {
	{ 4, 4, 4, 4 },
	{ 4, 6, 5 },
	{ 4, 6, 4 },
	{ 4, 4, 4, 4, 3 },
	{ 4, 4, 5 },
};

struct text {
	const char *bytes;
	size_t length;
};

/* Digits without a gap. */
struct group {
	size_t end;   /* behind the last digit */
	size_t next;  /* where the next group of the run begins */
	size_t count; /* CARD_DIGITS_MAX + 1 for all that are longer */
	bool ends_run;
};

/* Some groups of a run, one after another. */
struct window {
	char digits[CARD_DIGITS_MAX + 1];
	unsigned char sizes[CARD_DIGITS_MAX];
	size_t digit_count, group_count;
};

static struct glyph
glyph_in(const struct text *text, size_t at)
{
	return glyph_read(text->bytes + at, text->length - at);
}

static bool
issued_with_length(const char *digits, size_t count)
{
	for (size_t i = 0; i < COUNT(issuers); i++) {
		const struct issuer *issuer = &issuers[i];
		unsigned prefix = 0;
		size_t used = 0;

		for (unsigned n = issuer->first; n > 0; n /= 10)
			prefix = prefix * 10 + (unsigned)(digits[used++] - '0');
		if (prefix >= issuer->first && prefix <= issuer->last &&
		    count >= issuer->shortest && count <= issuer->longest &&
		    (count - issuer->shortest) % issuer->step == 0)
			return true;
	}
	return false;
}

static bool
is_card_layout(const struct window *window)
{
	for (size_t i = 0; i < COUNT(layouts); i++) {
		size_t groups = strnlen(
		    (const char *)layouts[i], LAYOUT_GROUPS_MAX);

		if (window->group_count == groups &&
		    memcmp(window->sizes, layouts[i], groups) == 0)
			return true;
	}
	return false;
}

/* The group that begins at the digit `at`; its first digits, at most
 * `capacity`, go to `digits`. */
static struct group
group_read(const struct text *text, size_t at, char *digits, size_t capacity)
{
	struct group group = { .end = at, .ends_run = true };
	struct glyph glyph;
	bool gap = false;

	while (at < text->length) {
		glyph = glyph_in(text, at);
		if (glyph.kind == GLYPH_OTHER)
			break;
		if (glyph.kind == GLYPH_GAP) {
			if (gap)
				break;
			gap = true;
		} else if (glyph.kind == GLYPH_DIGIT && gap) {
			group.ends_run = false;
			group.next = at;
			break;
		} else if (glyph.kind == GLYPH_DIGIT) {
			if (group.count < capacity)
				digits[group.count] = glyph.digit;
			if (group.count <= CARD_DIGITS_MAX)
				group.count++;
			group.end = at + glyph.bytes;
		}
		at += glyph.bytes;
	}
	return group;
}

/* Whether a card number begins with the group at `start`.  `starts_run`: no
 * group of the run stands before it.  `is_glued`: the run hangs on a letter,
 * as the IBAN DE89 3704 0044 …, whose groups of four are no layout. */
static bool
card_at(const struct text *text, size_t start, bool starts_run, bool is_glued,
    struct card_span *span)
{
	struct window window = { .digit_count = 0 };
	struct group group = { .next = start };

	do {
		char *tail = window.digits + window.digit_count;
		size_t room = CARD_DIGITS_MAX - window.digit_count;

		group = group_read(text, group.next, tail, room);
		if (group.count > room)
			return false;
		window.sizes[window.group_count++] = (unsigned char)group.count;
		window.digit_count += group.count;
		if (window.digit_count >= CARD_DIGITS_MIN &&
		    (window.group_count == 1 ||
			(starts_run && group.ends_run) ||
			(!is_glued && is_card_layout(&window))) &&
		    check_digit_luhn(window.digits, window.digit_count) &&
		    issued_with_length(window.digits, window.digit_count)) {
			*span = (struct card_span){ start, group.end - start };
			return true;
		}
	} while (!group.ends_run);
	return false;
}

/* The first card number of the run at `*at`, which moves behind the run. */
static bool
run_scan(
    const struct text *text, size_t *at, bool is_glued, struct card_span *span)
{
	bool starts_run = true;
	struct group group;

	for (;;) {
		if (card_at(text, *at, starts_run, is_glued, span))
			return true;
		group = group_read(text, *at, NULL, 0);
		if (group.ends_run) {
			*at = group.end;
			return false;
		}
		*at = group.next;
		starts_run = false;
	}
}

bool
card_scan(const char *bytes, size_t length, struct card_span *span)
{
	const struct text text = { bytes, length };
	bool is_glued = false;
	size_t at = 0;

	while (at < length) {
		struct glyph glyph = glyph_in(&text, at);

		if (glyph.kind == GLYPH_DIGIT) {
			if (run_scan(&text, &at, is_glued, span))
				return true;
			is_glued = false;
			continue;
		}
		is_glued = glyph.is_letter;
		at += glyph.bytes;
	}
	return false;
}

static size_t
count_digits(const struct text *text)
{
	size_t count = 0;

	for (size_t at = 0; at < text->length;) {
		struct glyph glyph = glyph_in(text, at);

		count += glyph.kind == GLYPH_DIGIT;
		at += glyph.bytes;
	}
	return count;
}

/* Write the span to `out`, its digits but the last four as stars.  `out` may
 * be the span itself.  Returns the bytes written. */
static size_t
mask_span(const struct text *text, char *out)
{
	size_t hidden = count_digits(text) - SHOWN_DIGITS, written = 0;

	for (size_t at = 0; at < text->length;) {
		struct glyph glyph = glyph_in(text, at);

		if (glyph.kind == GLYPH_DIGIT && hidden > 0) {
			out[written++] = '*';
			hidden--;
		} else {
			memmove(out + written, text->bytes + at, glyph.bytes);
			written += glyph.bytes;
		}
		at += glyph.bytes;
	}
	return written;
}

size_t
card_scan_mask(char *text, size_t *length)
{
	struct card_span span;
	size_t from = 0, masked = 0;

	while (card_scan(text + from, *length - from, &span)) {
		char *start = text + from + span.start;
		char *end = start + span.length;
		const struct text card = { start, span.length };
		size_t rest = *length - (size_t)(end - text);
		size_t written = mask_span(&card, start);

		memmove(start + written, end, rest);
		from = (size_t)(start - text) + written;
		*length = from + rest;
		masked++;
	}
	return masked;
}
