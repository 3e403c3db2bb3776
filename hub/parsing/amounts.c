/*
 * Amounts: a number and a currency beside it, in Western, Indian, Russian or
 * continental grouping: see scan.h.
 */
#include <stdio.h>
#include <string.h>

#include "hub/parsing/scan.h"

enum {
	GROUP_LIMIT = 8,
	DIGITS_LIMIT = 14,
	CONFIDENCE_AMOUNT = 96,
	CONFIDENCE_ODD = 50,  /* grouped as nobody groups */
	CONFIDENCE_BARE = 70, /* no currency beside it */
	NEAR = 4,             /* signs between currency and number */
};

/* Runs of digits and the signs between them. */
struct number {
	size_t start, end;
	size_t starts[GROUP_LIMIT], lengths[GROUP_LIMIT];
	uint32_t signs[GROUP_LIMIT]; /* in front of the group; [0] unused */
	size_t count;
	bool has_decimals; /* the last group */
	bool is_odd;
};

/* ---- reading */

/* May this sign carry on the number? */
static bool
carries_on(const struct scan *scan, const struct number *number, size_t at)
{
	uint32_t sign = scan_at(scan, at);

	if (scan_class(scan, at + 1) != FOLD_DIGIT || scan->is_taken[at + 1] ||
	    number->count == GROUP_LIMIT)
		return false;
	if (sign == '.' || sign == ',' || sign == '\'')
		return true;
	/* A space parts groups of three only, and no other sign does before. */
	return sign == ' ' && scan->grammar->groups_by_space &&
	    scan_digits(scan, at + 1, 4) == 3 && number->lengths[0] <= 3 &&
	    (number->count == 1 || number->signs[number->count - 1] == ' ');
}

static void
read_groups(const struct scan *scan, size_t at, struct number *number)
{
	*number = (struct number){ .start = at };
	for (;;) {
		size_t digits = scan_digits(scan, at, DIGITS_LIMIT + 1);

		number->starts[number->count] = at;
		number->lengths[number->count++] = digits;
		at += digits;
		number->end = at;
		if (!carries_on(scan, number, at))
			return;
		number->signs[number->count] = scan_at(scan, at);
		at++;
	}
}

/* Is the last sign the decimal one? */
static bool
has_decimals(const struct number *number)
{
	size_t last = number->count - 1;

	if (last == 0 || number->lengths[last] > 2 ||
	    number->signs[last] == ' ')
		return false;
	/* 1,00 is one; 1,00,000 is not decimal at its first sign. */
	return last == 1 || number->signs[last] != number->signs[last - 1];
}

/* Western 1,234,567; Indian 12,34,567. */
static bool
is_grouped_well(const struct number *number, size_t count)
{
	bool is_western = true, is_indian = true;

	if (count == 1)
		return true;
	for (size_t i = 1; i < count; i++) {
		size_t length = number->lengths[i];

		if (number->signs[i] != number->signs[1])
			return false;
		is_western = is_western && length == 3;
		is_indian = is_indian && length == (i + 1 == count ? 3u : 2u);
	}
	return (is_western && number->lengths[0] <= 3) ||
	    (is_indian && number->lengths[0] <= 2);
}

static bool
read_number(const struct scan *scan, size_t at, struct number *number)
{
	size_t total = 0;

	read_groups(scan, at, number);
	for (size_t i = 0; i < number->count; i++)
		total += number->lengths[i];
	number->has_decimals = has_decimals(number);
	number->is_odd = !is_grouped_well(
	    number, number->count - number->has_decimals);
	return total <= DIGITS_LIMIT;
}

/* ---- its money */

/* The minor units in words: "00 коп".  Moves `*end` behind them. */
static void
read_kopecks(const struct scan *scan, size_t *end, char *decimals)
{
	static const uint32_t kop[] = { 0x043a, 0x043e, 0x043f };
	size_t at = scan_skip(scan, *end, " .");
	size_t word = scan_skip(scan, at + 2, " ");

	if (scan_digits(scan, at, 3) != 2)
		return;
	for (size_t i = 0; i < COUNT(kop); i++)
		if (scan_at(scan, word + i) != kop[i])
			return;
	if (scan_word(scan, at, at + 2, decimals, 3))
		*end = word + COUNT(kop);
}

/* The number as a decimal string with the currency's scale. */
static bool
make_money(const struct scan *scan, const struct number *number,
    const char *currency, const char *kopecks, struct money *money)
{
	char text[DIGITS_LIMIT * 2] = "", decimals[8] = "";
	size_t whole = number->count - number->has_decimals, used = 0;
	int scale = money_scale(currency);
	struct err err;

	if (scale < 0 || scale > 3)
		return false;
	for (size_t i = 0; i < whole; i++) {
		if (!scan_word(scan, number->starts[i],
			number->starts[i] + number->lengths[i], text + used,
			sizeof(text) - used))
			return false;
		used += number->lengths[i];
	}
	if (number->has_decimals &&
	    !scan_word(scan, number->starts[whole],
		number->starts[whole] + number->lengths[whole], decimals,
		sizeof(decimals)))
		return false;
	if (kopecks[0] != '\0')
		memcpy(decimals, kopecks, 3);
	if (strlen(decimals) > (size_t)scale)
		return false;
	while (strlen(decimals) < (size_t)scale)
		decimals[strlen(decimals)] = '0';
	/* Leading zeros are no money ("007"). */
	if (text[0] == '0' && used > 1)
		return false;
	(void)snprintf(text + used, sizeof(text) - used, "%s%s",
	    scale > 0 ? "." : "", decimals);
	return money_parse(text, currency, money, &err) == RC_OK;
}

/* ---- its currency */

static const struct cue *
currency_before(const struct scan *scan, size_t at)
{
	const struct cue *cue = scan_cue_before(scan, at, CUE_CURRENCY, NEAR);

	if (cue == NULL || scan_skip(scan, cue->end, " .:+-=") < at)
		return NULL;
	return cue;
}

static const struct cue *
currency_after(const struct scan *scan, size_t at)
{
	return scan_cue_at(scan, scan_skip(scan, at, " "), CUE_CURRENCY);
}

/* What stands around a number that is part of something else. */
static bool
is_part(const struct scan *scan, const struct number *number,
    const struct cue *before, const struct cue *after)
{
	uint32_t point = scan_at(scan, number->end);
	uint32_t previous = number->start > 0 ? scan_at(scan, number->start - 1)
					      : '\n';

	if (point == '%' ||
	    (point == ' ' && scan_at(scan, number->end + 1) == '%'))
		return true;
	if ((point == '/' || point == ':' || point == '-') &&
	    scan_class(scan, number->end + 1) == FOLD_DIGIT)
		return true;
	if (scan_class(scan, number->end) == FOLD_LETTER && after == NULL)
		return before == NULL;
	return before == NULL && number->start >= 2 &&
	    (previous == '.' || previous == ',' || previous == '/' ||
		previous == ':') &&
	    scan_class(scan, number->start - 2) == FOLD_DIGIT;
}

static char
sign_before(const struct scan *scan, size_t at)
{
	while (at > 0 && scan_at(scan, at - 1) == ' ')
		at--;
	if (at == 0)
		return 0;
	switch (scan_at(scan, at - 1)) {
	case '+':
		return '+';
	case '-':
		/* Behind a word it is a dash. */
		return at > 1 && scan_at(scan, at - 2) == ' ' ? '-' : 0;
	}
	return 0;
}

/* A number without a currency counts with its decimals, or right behind the
 * word that says that money went. */
static bool
is_bare_amount(const struct scan *scan, const struct number *number)
{
	const struct cue *verb = scan_cue_before(
	    scan, number->start, CUE_DEBIT, 4);

	if (scan->grammar->currency == NULL)
		return false;
	return (number->has_decimals &&
		   number->lengths[number->count - 1] == 2 &&
		   number->signs[number->count - 1] == '.') ||
	    (verb != NULL && number->has_decimals);
}

static void
amount_at(struct scan *scan, const struct number *number)
{
	const struct cue *before = currency_before(scan, number->start);
	const struct cue *after = currency_after(scan, number->end);
	struct piece piece = { .kind = PIECE_AMOUNT,
		.confidence = number->is_odd ? CONFIDENCE_ODD
					     : CONFIDENCE_AMOUNT,
		.start = number->start,
		.end = number->end };
	const char *currency = scan->grammar->currency;
	char kopecks[3] = "";

	if (is_part(scan, number, before, after))
		return;
	if (before != NULL) {
		currency = before->row->word;
		piece.start = before->start;
	} else if (after != NULL) {
		currency = after->row->word;
		piece.end = after->end;
		read_kopecks(scan, &piece.end, kopecks);
	} else if (!is_bare_amount(scan, number)) {
		return;
	} else {
		piece.confidence = CONFIDENCE_BARE;
	}
	piece.amount.has_currency = before != NULL || after != NULL;
	piece.amount.sign = sign_before(scan, piece.start);
	if (!scan_is_taken(scan, piece.start, piece.end) &&
	    make_money(scan, number, currency, kopecks, &piece.amount.money) &&
	    piece.amount.money.minor > 0)
		scan_add(scan, &piece);
}

void
amounts_find(struct scan *scan)
{
	for (size_t at = 0; at < scan->fold.count; at++) {
		struct number number;

		if (scan_class(scan, at) != FOLD_DIGIT || scan->is_taken[at])
			continue;
		if (read_number(scan, at, &number) &&
		    (scan_begins(scan, at) ||
			currency_before(scan, at) != NULL))
			amount_at(scan, &number);
		at = number.end - 1;
	}
}
