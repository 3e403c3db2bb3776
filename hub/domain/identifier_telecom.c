/*
 * Telephone numbers, handsets and SIM cards: ITU-T E.164, E.118, E.212 and
 * 3GPP TS 23.003.
 */
#include "hub/domain/identifier_rules.h"

#include <stdlib.h>
#include <string.h>

#include "hub/domain/check_digit.h"
#include "hub/domain/text.h"

enum {
	E164_MIN = 7,
	E164_MAX = 15,
	COUNTRY_CODE_MAX = 3,
	IMEI_LENGTH = 15,
	ICCID_MIN = 19,
	ICCID_MAX = 20,
};

/* No code begins another, so that the first that fits is the one. */
static const char country_codes[][COUNTRY_CODE_MAX + 1] = {
#include "gen/domain_calling_code.inc"
};

static int
code_compare(const void *code, const void *row)
{
	return strcmp(code, row);
}

static bool
has_country_code(const char *digits)
{
	for (size_t length = 1; length <= COUNTRY_CODE_MAX; length++) {
		char code[COUNTRY_CODE_MAX + 1] = "";

		memcpy(code, digits, length);
		if (bsearch(code, country_codes, COUNT(country_codes),
			sizeof(country_codes[0]), code_compare) != NULL)
			return true;
	}
	return false;
}

/* "+", country code, number.  Without the + a number is only known to those
 * who know the country, so it is refused. */
enum rc
identifier_telecom_msisdn(struct identifier *identifier, struct err *err)
{
	char *value = identifier->value;
	size_t length;

	text_drop(value, " -().\t");
	if (value[0] != '+')
		return err_at(err, RC_INVALID, "/value", "bad_form",
		    "a telephone number begins with + and the country code");
	if (!text_only(value + 1, TEXT_DIGITS))
		return err_at(err, RC_INVALID, "/value", "bad_character",
		    "a telephone number has digits only after the +");
	length = strlen(value + 1);
	if (length < E164_MIN || length > E164_MAX)
		return err_at(err, RC_INVALID, "/value", "bad_length",
		    "a telephone number has %d to %d digits, not %zu", E164_MIN,
		    E164_MAX, length);
	if (!has_country_code(value + 1))
		return err_at(err, RC_INVALID, "/value", "unknown_country",
		    "the telephone number's country code is not given out");
	return RC_OK;
}

/* TS 23.003: 14 digits and a Luhn digit, which is computed when left out. */
enum rc
identifier_telecom_imei(struct identifier *identifier, struct err *err)
{
	char *value = identifier->value;

	text_drop(value, "/");
	TRY(identifier_digits(
	    value, "/value", "an IMEI", IMEI_LENGTH - 1, IMEI_LENGTH, err));
	if (strlen(value) == IMEI_LENGTH - 1) {
		value[IMEI_LENGTH - 1] = check_digit_luhn_next(
		    value, IMEI_LENGTH - 1);
		value[IMEI_LENGTH] = '\0';
	}
	if (!check_digit_luhn(value, IMEI_LENGTH))
		return err_at(err, RC_INVALID, "/value", "bad_check_digit",
		    "the IMEI's check digit is wrong");
	return RC_OK;
}

/* E.118: 89 for telecommunication, issuer, account, Luhn digit.  Readers show
 * an odd number of digits with an F behind. */
enum rc
identifier_telecom_iccid(struct identifier *identifier, struct err *err)
{
	char *value = identifier->value;
	size_t length = strlen(value);

	if (length == ICCID_MAX && strchr("Ff", value[length - 1]) != NULL)
		value[length - 1] = '\0';
	TRY(identifier_digits(
	    value, "/value", "an ICCID", ICCID_MIN, ICCID_MAX, err));
	if (strncmp(value, "89", 2) != 0)
		return err_at(err, RC_INVALID, "/value", "bad_form",
		    "an ICCID begins with 89");
	if (!check_digit_luhn(value, strlen(value)))
		return err_at(err, RC_INVALID, "/value", "bad_check_digit",
		    "the ICCID's check digit is wrong");
	return RC_OK;
}

/* E.212: country 3, network 2 or 3, and at least one digit of subscriber. */
enum rc
identifier_telecom_imsi(struct identifier *identifier, struct err *err)
{
	return identifier_digits(
	    identifier->value, "/value", "an IMSI", 6, 15, err);
}
