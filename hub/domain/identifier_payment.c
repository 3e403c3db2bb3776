/*
 * Names of payments and payment addresses: UPI, RRN, UTR, UETR, ARN, Pix
 * end-to-end ids.
 */
#include "hub/domain/identifier_rules.h"

#include <string.h>

#include "hub/domain/text.h"

enum {
	VPA_USER_MAX = 256,
	VPA_HANDLE_MAX = 64,
	NEFT_UTR_LENGTH = 16,
	RTGS_UTR_LENGTH = 22,
	E2E_LENGTH = 32,
	UUID_LENGTH = 36,
};

/* NPCI: user@handle, the case does not matter. */
enum rc
identifier_payment_vpa(struct identifier *identifier, struct err *err)
{
	char *value = identifier->value, *at;
	size_t user, handle;

	text_trim(value);
	text_to_lower(value);
	at = strchr(value, '@');
	if (at == NULL || strchr(at + 1, '@') != NULL)
		return err_at(err, RC_INVALID, "/value", "bad_form",
		    "a UPI address is user@handle");
	user = (size_t)(at - value);
	handle = strlen(at + 1);
	if (user < 2 || user > VPA_USER_MAX || handle < 2 ||
	    handle > VPA_HANDLE_MAX)
		return err_at(err, RC_INVALID, "/value", "bad_length",
		    "a UPI address has 2 to %d characters, @ and 2 to %d",
		    VPA_USER_MAX, VPA_HANDLE_MAX);
	if (strspn(value, TEXT_LOWER TEXT_DIGITS "._-") != user ||
	    !text_begins(at + 1, 1, TEXT_LOWER) ||
	    !text_only(at + 1, TEXT_LOWER TEXT_DIGITS))
		return err_at(err, RC_INVALID, "/value", "bad_character",
		    "a UPI address has letters, digits, '.', '_' and '-', "
		    "and after the @ a letter, then letters and digits");
	return RC_OK;
}

/* Banco Central do Brasil, Pix API: EndToEndId is [a-zA-Z0-9]{32}; the case
 * matters. */
enum rc
identifier_payment_e2e(struct identifier *identifier, struct err *err)
{
	char *value = identifier->value;

	text_trim(value);
	if (strlen(value) != E2E_LENGTH)
		return err_at(err, RC_INVALID, "/value", "bad_length",
		    "a Pix end-to-end id has %d characters, not %zu",
		    E2E_LENGTH, strlen(value));
	if (!text_only(value, TEXT_UPPER TEXT_LOWER TEXT_DIGITS))
		return err_at(err, RC_INVALID, "/value", "bad_character",
		    "a Pix end-to-end id has letters and digits only");
	return RC_OK;
}

/* ISO 8583 field 37 has 12; acquirers print 10 to 14. */
enum rc
identifier_payment_rrn(struct identifier *identifier, struct err *err)
{
	return identifier_digits(identifier->value, "/value",
	    "a retrieval reference number", 10, 14, err);
}

static bool
is_date(const char *yyyymmdd)
{
	int month, day;

	if (!text_begins(yyyymmdd, 8, TEXT_DIGITS))
		return false;
	month = (yyyymmdd[4] - '0') * 10 + yyyymmdd[5] - '0';
	day = (yyyymmdd[6] - '0') * 10 + yyyymmdd[7] - '0';
	return (strncmp(yyyymmdd, "20", 2) == 0 ||
		   strncmp(yyyymmdd, "19", 2) == 0) &&
	    month >= 1 && month <= 12 && day >= 1 && day <= 31;
}

/* NEFT: a letter, then what the bank likes, the last six a serial number. */
static bool
is_neft(const char *utr)
{
	return text_begins(utr, 1, TEXT_UPPER) &&
	    text_only(utr, TEXT_UPPER TEXT_DIGITS) &&
	    text_only(utr + NEFT_UTR_LENGTH - 6, TEXT_DIGITS);
}

/* RTGS: bank, R, channel, date, serial number: HDFCR52023010112345678. */
static bool
is_rtgs(const char *utr)
{
	return text_begins(utr, 4, TEXT_UPPER) && utr[4] == 'R' &&
	    text_begins(utr + 5, 1, TEXT_UPPER TEXT_DIGITS) &&
	    is_date(utr + 6) && text_only(utr + 14, TEXT_DIGITS);
}

enum rc
identifier_payment_utr(struct identifier *identifier, struct err *err)
{
	char *value = identifier->value;
	size_t length;

	text_drop(value, " \t");
	text_to_upper(value);
	length = strlen(value);
	if (length != NEFT_UTR_LENGTH && length != RTGS_UTR_LENGTH)
		return err_at(err, RC_INVALID, "/value", "bad_length",
		    "a UTR has %d characters (NEFT) or %d (RTGS), not %zu",
		    NEFT_UTR_LENGTH, RTGS_UTR_LENGTH, length);
	if (length == NEFT_UTR_LENGTH && !is_neft(value))
		return err_at(err, RC_INVALID, "/value", "bad_form",
		    "a NEFT UTR begins with a letter and ends with six digits");
	if (length == RTGS_UTR_LENGTH && !is_rtgs(value))
		return err_at(err, RC_INVALID, "/value", "bad_form",
		    "an RTGS UTR is four letters, R, a channel, a date and "
		    "eight digits");
	return RC_OK;
}

/* SWIFT gpi: a UUID of version 4 and the variant of RFC 9562. */
enum rc
identifier_payment_uetr(struct identifier *identifier, struct err *err)
{
	char *value = identifier->value;

	text_trim(value);
	text_to_lower(value);
	if (strlen(value) != UUID_LENGTH)
		return err_at(err, RC_INVALID, "/value", "bad_length",
		    "a UETR has %d characters, not %zu", UUID_LENGTH,
		    strlen(value));
	if (!text_is_uuid(value))
		return err_at(err, RC_INVALID, "/value", "bad_form",
		    "a UETR is a UUID: 8-4-4-4-12 hexadecimal digits");
	if (value[14] != '4' || strchr("89ab", value[19]) == NULL)
		return err_at(err, RC_INVALID, "/value", "bad_form",
		    "a UETR is a UUID of version 4");
	return RC_OK;
}

enum rc
identifier_payment_arn(struct identifier *identifier, struct err *err)
{
	return identifier_digits(identifier->value, "/value",
	    "an acquirer reference number", 23, 23, err);
}
