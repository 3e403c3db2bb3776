/*
 * Money: see money.h.
 */
#include "hub/domain/money.h"

#include <stdlib.h>
#include <string.h>

struct currency {
	char code[MONEY_CURRENCY_SIZE];
	int scale;
};

static const struct currency currencies[] = {
#include "gen/domain_currency.inc"
};

static int
currency_compare(const void *code, const void *row)
{
	return strcmp(code, ((const struct currency *)row)->code);
}

int
money_scale(const char *currency)
{
	const struct currency *row = bsearch(currency, currencies,
	    COUNT(currencies), sizeof(currencies[0]), currency_compare);

	return row == NULL ? -1 : row->scale;
}

static enum rc
bad_amount(struct err *err)
{
	return err_at(err, RC_INVALID, "/amount", "bad_amount",
	    "an amount is digits, without sign or leading zeros, and where "
	    "the currency has minor units a point and their digits");
}

/* The digits before the point: 0, or one to nine and more. */
static size_t
whole_digits(const char *amount)
{
	size_t count = strspn(amount, "0123456789");

	return count > 1 && amount[0] == '0' ? 0 : count;
}

static enum rc
check_form(const char *amount, const char *currency, int scale, struct err *err)
{
	size_t whole = whole_digits(amount), decimals = 0;
	const char *rest = amount + whole;

	if (whole == 0)
		return bad_amount(err);
	if (*rest == '.') {
		decimals = strspn(++rest, "0123456789");
		if (decimals == 0)
			return bad_amount(err);
		rest += decimals;
	}
	if (*rest != '\0')
		return bad_amount(err);
	if (decimals != (size_t)scale)
		return err_at(err, RC_INVALID, "/amount", "wrong_scale",
		    "%s has exactly %d decimals", currency, scale);
	return RC_OK;
}

enum rc
money_parse(const char *amount, const char *currency, struct money *money,
    struct err *err)
{
	int scale = money_scale(currency);
	int64_t minor = 0;

	if (scale < 0)
		return err_at(err, RC_INVALID, "/currency", "unknown_currency",
		    "not a currency of ISO 4217 (three capital letters)");
	TRY(check_form(amount, currency, scale, err));
	for (const char *c = amount; *c != '\0'; c++) {
		if (*c == '.')
			continue;
		if (__builtin_mul_overflow(minor, 10, &minor) ||
		    __builtin_add_overflow(minor, *c - '0', &minor))
			return err_at(err, RC_INVALID, "/amount",
			    "amount_too_large", "the amount is too large");
	}
	money->minor = minor;
	memcpy(money->currency, currency, sizeof(money->currency));
	return RC_OK;
}

enum rc
money_parse_positive(const char *amount, const char *currency,
    struct money *money, struct err *err)
{
	struct money parsed;

	TRY(money_parse(amount, currency, &parsed, err));
	if (parsed.minor == 0)
		return err_at(err, RC_INVALID, "/amount", "bad_amount",
		    "the amount is zero");
	*money = parsed;
	return RC_OK;
}

/* From the last digit to the first, the point after `scale` of them. */
char *
money_format(const struct money *money, char *text)
{
	int scale = money_scale(money->currency), written = 0;
	uint64_t rest = (uint64_t)money->minor;
	char digits[MONEY_TEXT_SIZE];
	char *first = digits + sizeof(digits) - 1;

	if (money->minor < 0)
		rest = -rest;
	*first = '\0';
	do {
		if (scale > 0 && written == scale)
			*--first = '.';
		*--first = (char)('0' + rest % 10);
		rest /= 10;
		written++;
	} while (rest > 0 || written <= scale);
	if (money->minor < 0)
		*--first = '-';
	memcpy(text, first, (size_t)(digits + sizeof(digits) - first));
	return text;
}

bool
money_same_currency(const struct money *a, const struct money *b)
{
	return strcmp(a->currency, b->currency) == 0;
}

enum rc
money_add(struct money *sum, const struct money *term, struct err *err)
{
	int64_t minor;

	if (!money_same_currency(sum, term))
		return err_at(err, RC_INVALID, "/currency", "currency_mismatch",
		    "amounts of different currencies cannot be added");
	if (__builtin_add_overflow(sum->minor, term->minor, &minor))
		return err_at(err, RC_INVALID, "/amount", "amount_too_large",
		    "the sum is too large");
	sum->minor = minor;
	return RC_OK;
}
