/*
 * Bank accounts and banks: ISO 13616, ISO 9362 and the national rules.
 */
#include "hub/domain/identifier_rules.h"

#include <stdlib.h>
#include <string.h>

#include "hub/domain/check_digit.h"
#include "hub/domain/text.h"

#define CAPITALS_AND_DIGITS TEXT_UPPER TEXT_DIGITS

/* A country's row of the ISO 13616 registry; `form` is the national part:
 * "4a14n" is four capital letters and fourteen digits, c is either. */
struct iban_form {
	char country[3];
	unsigned length;
	const char *form;
};

static const struct iban_form iban_forms[] = {
#include "gen/domain_iban.inc"
};

static const char countries[][3] = {
#include "gen/domain_country.inc"
};

/* Both tables' rows begin with the two letters. */
static int
country_compare(const void *country, const void *row)
{
	return strncmp(country, row, 2);
}

static const char *
form_set(char kind)
{
	return kind == 'n' ? TEXT_DIGITS
	    : kind == 'a'  ? TEXT_UPPER
			   : CAPITALS_AND_DIGITS;
}

static bool
fits_form(const char *text, const char *form)
{
	while (*form != '\0') {
		char *kind;
		size_t count = strtoul(form, &kind, 10);

		if (!text_begins(text, count, form_set(*kind)))
			return false;
		text += count;
		form = kind + 1;
	}
	return *text == '\0';
}

static enum rc
iban_check(char *value, struct err *err)
{
	const struct iban_form *row;
	size_t length;

	text_drop(value, " -\t");
	text_to_upper(value);
	length = strlen(value);
	if (!text_only(value, CAPITALS_AND_DIGITS))
		return err_at(err, RC_INVALID, "/value", "bad_character",
		    "an IBAN has letters and digits only");
	row = bsearch(value, iban_forms, COUNT(iban_forms),
	    sizeof(iban_forms[0]), country_compare);
	if (length < 2 || row == NULL)
		return err_at(err, RC_INVALID, "/value", "unknown_country",
		    "the IBAN's country is not in the ISO 13616 registry");
	if (length != row->length)
		return err_at(err, RC_INVALID, "/value", "bad_length",
		    "an IBAN of %s has %u characters, not %zu", row->country,
		    row->length, length);
	if (!text_begins(value + 2, 2, TEXT_DIGITS) ||
	    !fits_form(value + 4, row->form))
		return err_at(err, RC_INVALID, "/value", "bad_form",
		    "letters and digits do not stand as in an IBAN of %s",
		    row->country);
	/* 00, 01 and 99 also leave 1 over but are never given (ISO 13616). */
	if (!check_digit_mod97(value, 4) || strncmp(value + 2, "00", 2) == 0 ||
	    strncmp(value + 2, "01", 2) == 0 ||
	    strncmp(value + 2, "99", 2) == 0)
		return err_at(err, RC_INVALID, "/value", "bad_check_digit",
		    "the IBAN's check digits are wrong");
	return RC_OK;
}

enum rc
identifier_bank_iban(struct identifier *identifier, struct err *err)
{
	return iban_check(identifier->value, err);
}

enum rc
identifier_bank_kz(struct identifier *identifier, struct err *err)
{
	TRY(iban_check(identifier->value, err));
	if (strncmp(identifier->value, "KZ", 2) != 0)
		return err_at(err, RC_INVALID, "/value", "unknown_country",
		    "an account in Kazakhstan has an IBAN that begins with KZ");
	return RC_OK;
}

/* ISO 9362:2022: business party prefix of four letters or digits, country,
 * two for the suffix, and perhaps three for the branch. */
enum rc
identifier_bank_bic(struct identifier *identifier, struct err *err)
{
	char *value = identifier->value;
	size_t length;

	text_drop(value, " \t");
	text_to_upper(value);
	length = strlen(value);
	if (!text_only(value, CAPITALS_AND_DIGITS))
		return err_at(err, RC_INVALID, "/value", "bad_character",
		    "a BIC has letters and digits only");
	if (length != 8 && length != 11)
		return err_at(err, RC_INVALID, "/value", "bad_length",
		    "a BIC has 8 or 11 characters, not %zu", length);
	if (!text_begins(value + 4, 2, TEXT_UPPER))
		return err_at(err, RC_INVALID, "/value", "bad_form",
		    "characters 5 and 6 of a BIC are the country");
	if (bsearch(value + 4, countries, COUNT(countries),
		sizeof(countries[0]), country_compare) == NULL)
		return err_at(err, RC_INVALID, "/value", "unknown_country",
		    "characters 5 and 6 of the BIC are no country");
	return RC_OK;
}

/* The Reserve Bank of India's form: bank, a zero, branch.  Whether there is
 * such a bank only the registry can say: a new member may have a code that
 * our list does not know yet. */
static enum rc
ifsc_check(char *value, const char *pointer, struct err *err)
{
	text_drop(value, " \t");
	text_to_upper(value);
	if (strlen(value) != 11)
		return err_at(err, RC_INVALID, pointer, "bad_length",
		    "an IFSC has 11 characters, not %zu", strlen(value));
	if (!text_begins(value, 4, TEXT_UPPER) || value[4] != '0' ||
	    !text_only(value + 5, CAPITALS_AND_DIGITS))
		return err_at(err, RC_INVALID, pointer, "bad_form",
		    "an IFSC is four letters, a zero and six letters or "
		    "digits");
	return RC_OK;
}

enum rc
identifier_bank_ifsc(struct identifier *identifier, struct err *err)
{
	return ifsc_check(identifier->value, "/value", err);
}

enum rc
identifier_bank_in(struct identifier *identifier, struct err *err)
{
	char *bank = identifier->qualifier;

	TRY(identifier_digits(identifier->value, "/value",
	    "an account number in India", 9, 18, err));
	text_trim(bank);
	if (*bank == '\0')
		return err_at(err, RC_INVALID, "/ifsc", "missing_member",
		    "an account in India needs an IFSC or a bank code");
	if (strlen(bank) != 4)
		return ifsc_check(bank, "/ifsc", err);
	text_to_upper(bank);
	if (!text_only(bank, TEXT_UPPER))
		return err_at(err, RC_INVALID, "/bank_code", "bad_form",
		    "a bank code has four letters");
	return RC_OK;
}

/* Bank of Russia, order of calculating the control key of an account: weights
 * 7-1-3 over three digits of the BIC and the account; the digits are the last
 * three of the BIC, or for accounts kept by the Bank of Russia itself (BIC
 * ending in 000 to 002, correspondent accounts 30101) 0 and its fifth and
 * sixth. */
static bool
ru_key_is_right(const char *account, const char *bic)
{
	static const unsigned weights[] = { 7, 1, 3 };
	char digits[3 + 20];
	bool is_central = strncmp(account, "30101", 5) == 0 ||
	    (strncmp(bic + 6, "00", 2) == 0 && bic[8] <= '2');

	if (is_central) {
		digits[0] = '0';
		memcpy(digits + 1, bic + 4, 2);
	} else {
		memcpy(digits, bic + 6, 3);
	}
	memcpy(digits + 3, account, 20);
	return check_digit_sum(
		   digits, sizeof(digits), weights, COUNT(weights)) %
	    10 ==
	    0;
}

enum rc
identifier_bank_ru(struct identifier *identifier, struct err *err)
{
	char *bic = identifier->qualifier;

	TRY(identifier_digits(identifier->value, "/value",
	    "an account number in Russia", 20, 20, err));
	TRY(identifier_digits(bic, "/bic", "a Russian BIC", 9, 9, err));
	/* Bank of Russia 732-P: 04 banks, 00 to 02 the treasury and others. */
	if (bic[0] != '0' || strchr("0124", bic[1]) == NULL)
		return err_at(err, RC_INVALID, "/bic", "bad_form",
		    "a Russian BIC begins with 00, 01, 02 or 04");
	if (!ru_key_is_right(identifier->value, bic))
		return err_at(err, RC_INVALID, "/value", "bad_check_digit",
		    "the control key does not fit account and BIC");
	return RC_OK;
}

/* Individual identification number of Kazakhstan: birth date, a digit for
 * century and sex, four for the serial, one check digit: weights 1 to 11
 * modulo 11, where that gives 10 weights 3 to 11, 1, 2; where that gives 10
 * too the number is never issued. */
static bool
iin_check_digit_is_right(const char *iin)
{
	static const unsigned first[] = { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11 };
	static const unsigned second[] = { 3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2 };
	unsigned rest = check_digit_sum(iin, 11, first, COUNT(first)) % 11;

	if (rest == 10)
		rest = check_digit_sum(iin, 11, second, COUNT(second)) % 11;
	return rest != 10 && rest == (unsigned)(iin[11] - '0');
}

static bool
is_between(const char *two_digits, unsigned low, unsigned high)
{
	unsigned number = (unsigned)(two_digits[0] - '0') * 10 +
	    (unsigned)(two_digits[1] - '0');

	return number >= low && number <= high;
}

enum rc
identifier_bank_iin(struct identifier *identifier, struct err *err)
{
	const char *value = identifier->value;

	TRY(identifier_digits(
	    identifier->value, "/value", "an IIN", 12, 12, err));
	if (!is_between(value + 2, 1, 12) || !is_between(value + 4, 1, 31) ||
	    value[6] > '6')
		return err_at(err, RC_INVALID, "/value", "bad_form",
		    "an IIN begins with a birth date and a digit up to 6");
	if (!iin_check_digit_is_right(value))
		return err_at(err, RC_INVALID, "/value", "bad_check_digit",
		    "the IIN's check digit is wrong");
	return RC_OK;
}

/* The first two digits that the American Bankers Association gives out. */
static bool
is_aba_region(const char *aba)
{
	return is_between(aba, 0, 12) || is_between(aba, 21, 32) ||
	    is_between(aba, 61, 72) || is_between(aba, 80, 80);
}

enum rc
identifier_bank_us(struct identifier *identifier, struct err *err)
{
	static const unsigned weights[] = { 3, 7, 1 };
	char *aba = identifier->qualifier;

	TRY(identifier_digits(identifier->value, "/value",
	    "an account number in the United States", 4, 17, err));
	TRY(identifier_digits(aba, "/aba", "a routing number", 9, 9, err));
	if (!is_aba_region(aba))
		return err_at(err, RC_INVALID, "/aba", "bad_form",
		    "no routing number begins with these two digits");
	if (check_digit_sum(aba, 9, weights, COUNT(weights)) % 10 != 0)
		return err_at(err, RC_INVALID, "/aba", "bad_check_digit",
		    "the routing number's check digit is wrong");
	return RC_OK;
}

enum rc
identifier_bank_uk(struct identifier *identifier, struct err *err)
{
	TRY(identifier_digits(identifier->value, "/value",
	    "an account number in the United Kingdom", 8, 8, err));
	return identifier_digits(
	    identifier->qualifier, "/sort_code", "a sort code", 6, 6, err);
}
