/*
 * Cards: never a whole number.  Kept is either what PCI DSS lets be shown
 * (first digits, last four, length), written as one masked number, or a token
 * of the issuer.
 */
#include "hub/domain/identifier_rules.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "hub/domain/card_scan.h"
#include "hub/domain/text.h"

enum {
	BIN_MIN = 6,
	BIN_MAX = 8,
	LAST_COUNT = 4,
	LENGTH_MIN = 13,
	LENGTH_MAX = 19,
	/* PCI SSC FAQ 1091: eight first digits only of 16 and more, for with
	 * Luhn fewer hidden digits could be guessed. */
	LONG_BIN_LENGTH_MIN = 16,
	TOKEN_MAX = 64,
};

enum { MEMBER_BIN, MEMBER_LAST4, MEMBER_LENGTH, MEMBER_TOKEN };

static const char token_qualifier[] = "token";

enum rc
identifier_card_refuse(const char *text, const char *pointer, struct err *err)
{
	struct card_span span;

	if (!card_scan(text, strlen(text), &span))
		return RC_OK;
	return err_at(err, RC_INVALID, pointer, "card_number_refused",
	    "a whole card number stands at byte %zu, %zu bytes long; give its "
	    "first 6, last 4 and length",
	    span.start, span.length);
}

static enum rc
token_check(char *token, const char *pointer, struct err *err)
{
	text_trim(token);
	TRY(identifier_card_refuse(token, pointer, err));
	if (token[0] == '\0' || strlen(token) > TOKEN_MAX)
		return err_at(err, RC_INVALID, pointer, "bad_length",
		    "a card token has 1 to %d characters", TOKEN_MAX);
	if (!text_only(token, TEXT_UPPER TEXT_LOWER TEXT_DIGITS "._:-"))
		return err_at(err, RC_INVALID, pointer, "bad_character",
		    "a card token has letters, digits, '.', '_', ':' and '-'");
	return RC_OK;
}

/* "411111******1111" */
static enum rc
masked_check(const char *value, struct err *err)
{
	size_t length = strlen(value);
	size_t bin = strspn(value, TEXT_DIGITS);
	size_t hidden = strspn(value + bin, "*");
	const char *last = value + bin + hidden;

	if (bin < BIN_MIN || bin > BIN_MAX || strlen(last) != LAST_COUNT ||
	    !text_only(last, TEXT_DIGITS) || length < LENGTH_MIN ||
	    length > LENGTH_MAX)
		return err_at(err, RC_INVALID, "/value", "bad_form",
		    "a card is its first 6 to 8 digits, a star for each hidden "
		    "one and its last 4");
	if (bin > BIN_MIN && length < LONG_BIN_LENGTH_MIN)
		return err_at(err, RC_INVALID, "/bin", "bad_length",
		    "of a card number shorter than %d digits only the first %d "
		    "are taken",
		    LONG_BIN_LENGTH_MIN, BIN_MIN);
	return RC_OK;
}

enum rc
identifier_card_check(struct identifier *identifier, struct err *err)
{
	if (strcmp(identifier->qualifier, token_qualifier) == 0)
		return token_check(identifier->value, "/value", err);
	if (identifier->qualifier[0] != '\0')
		return err_at(err, RC_INVALID, "/token", "bad_form",
		    "a card is a masked number or a token");
	text_drop(identifier->value, " -");
	TRY(identifier_card_refuse(identifier->value, "/value", err));
	return masked_check(identifier->value, err);
}

static enum rc
compose_token(
    const char *const *texts, struct identifier *identifier, struct err *err)
{
	if (texts[MEMBER_BIN] != NULL || texts[MEMBER_LAST4] != NULL ||
	    texts[MEMBER_LENGTH] != NULL)
		return err_at(err, RC_INVALID, "/token", "bad_form",
		    "a card has either a token or bin, last4 and length");
	TRY(identifier_card_refuse(texts[MEMBER_TOKEN], "/token", err));
	(void)snprintf(identifier->value, sizeof(identifier->value), "%s",
	    texts[MEMBER_TOKEN]);
	(void)snprintf(identifier->qualifier, sizeof(identifier->qualifier),
	    "%s", token_qualifier);
	return token_check(identifier->value, "/token", err);
}

static enum rc
missing(const char *pointer, struct err *err)
{
	return err_at(err, RC_INVALID, pointer, "missing_member",
	    "a card needs bin, last4 and length, or a token");
}

static enum rc
digits_check(const char *text, const char *pointer, size_t shortest,
    size_t longest, struct err *err)
{
	size_t length;

	if (text == NULL)
		return missing(pointer, err);
	TRY(identifier_card_refuse(text, pointer, err));
	length = strlen(text);
	if (!text_only(text, TEXT_DIGITS))
		return err_at(err, RC_INVALID, pointer, "bad_character",
		    "only digits stand here");
	if (length < shortest || length > longest)
		return err_at(err, RC_INVALID, pointer, "bad_length",
		    "%zu to %zu digits stand here, not %zu", shortest, longest,
		    length);
	return RC_OK;
}

enum rc
identifier_card_compose(
    const char *const *texts, struct identifier *identifier, struct err *err)
{
	const char *bin = texts[MEMBER_BIN], *last4 = texts[MEMBER_LAST4];
	long length;

	if (texts[MEMBER_TOKEN] != NULL)
		return compose_token(texts, identifier, err);
	TRY(digits_check(bin, "/bin", BIN_MIN, BIN_MAX, err));
	TRY(digits_check(last4, "/last4", LAST_COUNT, LAST_COUNT, err));
	if (texts[MEMBER_LENGTH] == NULL)
		return missing("/length", err);
	length = text_only(texts[MEMBER_LENGTH], TEXT_DIGITS)
	    ? strtol(texts[MEMBER_LENGTH], NULL, 10)
	    : 0;
	if (length < LENGTH_MIN || length > LENGTH_MAX)
		return err_at(err, RC_INVALID, "/length", "bad_length",
		    "a card number has %d to %d digits", LENGTH_MIN,
		    LENGTH_MAX);
	(void)snprintf(identifier->value, sizeof(identifier->value), "%s%.*s%s",
	    bin, (int)(length - (long)strlen(bin) - (long)strlen(last4)),
	    "***************", last4);
	return masked_check(identifier->value, err);
}

void
identifier_card_split(
    const struct identifier *identifier, struct identifier_parts *parts)
{
	const char *value = identifier->value;
	size_t length = strlen(value);

	if (strcmp(identifier->qualifier, token_qualifier) == 0) {
		memcpy(parts->text[MEMBER_TOKEN], value, length + 1);
		return;
	}
	(void)snprintf(parts->text[MEMBER_BIN], IDENTIFIER_VALUE_SIZE, "%.*s",
	    (int)strspn(value, TEXT_DIGITS), value);
	(void)snprintf(
	    parts->text[MEMBER_LENGTH], IDENTIFIER_VALUE_SIZE, "%zu", length);
	if (length > LAST_COUNT)
		(void)snprintf(parts->text[MEMBER_LAST4], IDENTIFIER_VALUE_SIZE,
		    "%s", value + length - LAST_COUNT);
}
