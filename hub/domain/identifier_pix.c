/*
 * Pix keys (Banco Central do Brasil, DICT): taxpayer numbers, telephone,
 * e-mail, random key.  The form tells which.
 */
#include "hub/domain/identifier_rules.h"

#include <string.h>

#include "hub/domain/check_digit.h"
#include "hub/domain/text.h"

enum {
	EMAIL_MAX = 77,
	CPF_LENGTH = 11,
	CNPJ_LENGTH = 14,
};

static enum rc
bad_check_digit(struct err *err, const char *what)
{
	return err_at(err, RC_INVALID, "/value", "bad_check_digit",
	    "the check digits of the %s are wrong", what);
}

static bool
is_one_character(const char *text)
{
	return strspn(text, (const char[]){ text[0], '\0' }) == strlen(text);
}

/* Receita Federal, modulo 11: a remainder below 2 gives 0.  The characters
 * may be letters since 2026 (IN RFB 2.229/2024); each counts as its ASCII
 * code less 48. */
static bool
tax_digit_is_right(const char *text, size_t count, const unsigned *weights)
{
	unsigned rest = check_digit_sum(text, count, weights, count) % 11;

	return (unsigned)(text[count] - '0') == (rest < 2 ? 0 : 11 - rest);
}

static enum rc
cpf_check(const char *cpf, struct err *err)
{
	static const unsigned weights[] = { 11, 10, 9, 8, 7, 6, 5, 4, 3, 2 };

	if (is_one_character(cpf) ||
	    !tax_digit_is_right(cpf, CPF_LENGTH - 2, weights + 1) ||
	    !tax_digit_is_right(cpf, CPF_LENGTH - 1, weights))
		return bad_check_digit(err, "CPF");
	return RC_OK;
}

static enum rc
cnpj_check(const char *cnpj, struct err *err)
{
	static const unsigned weights[] = { 6, 5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3,
		2 };

	if (!text_only(cnpj + CNPJ_LENGTH - 2, TEXT_DIGITS))
		return err_at(err, RC_INVALID, "/value", "bad_character",
		    "a CNPJ ends with two digits");
	if (is_one_character(cnpj) ||
	    !tax_digit_is_right(cnpj, CNPJ_LENGTH - 2, weights + 1) ||
	    !tax_digit_is_right(cnpj, CNPJ_LENGTH - 1, weights))
		return bad_check_digit(err, "CNPJ");
	return RC_OK;
}

static enum rc
tax_number_check(char *value, struct err *err)
{
	text_drop(value, " .-/");
	text_to_upper(value);
	if (!text_only(value, TEXT_UPPER TEXT_DIGITS))
		return err_at(err, RC_INVALID, "/value", "bad_form",
		    "a Pix key is a CPF, a CNPJ, a telephone number with +, "
		    "an e-mail address or a UUID");
	if (strlen(value) == CPF_LENGTH && text_only(value, TEXT_DIGITS))
		return cpf_check(value, err);
	if (strlen(value) == CNPJ_LENGTH)
		return cnpj_check(value, err);
	return err_at(err, RC_INVALID, "/value", "bad_length",
	    "a CPF has %d digits, a CNPJ %d characters", CPF_LENGTH,
	    CNPJ_LENGTH);
}

/* The form that DICT takes; whether the mailbox exists is not ours. */
static enum rc
email_check(char *value, struct err *err)
{
	static const char local[] = TEXT_LOWER TEXT_DIGITS
	    ".!#$'*+/=?^_`{|}~&%-";
	size_t user;
	const char *domain;

	text_to_lower(value);
	if (strlen(value) > EMAIL_MAX)
		return err_at(err, RC_INVALID, "/value", "bad_length",
		    "an e-mail address as Pix key has at most %d characters",
		    EMAIL_MAX);
	user = strspn(value, local);
	domain = value + user + 1;
	if (user == 0 || value[user] != '@' ||
	    !text_only(domain, TEXT_LOWER TEXT_DIGITS ".-") ||
	    strchr(domain, '.') == NULL || strstr(value, "..") != NULL ||
	    strchr(".-", domain[0]) != NULL || value[0] == '.' ||
	    value[user - 1] == '.' ||
	    strchr(".-", domain[strlen(domain) - 1]) != NULL)
		return err_at(err, RC_INVALID, "/value", "bad_form",
		    "not an e-mail address");
	return RC_OK;
}

enum rc
identifier_pix_key(struct identifier *identifier, struct err *err)
{
	char *value = identifier->value;

	text_trim(value);
	if (value[0] == '+')
		return identifier_telecom_msisdn(identifier, err);
	if (strchr(value, '@') != NULL)
		return email_check(value, err);
	text_to_lower(value);
	if (text_is_uuid(value))
		return RC_OK;
	return tax_number_check(value, err);
}
