/*
 * Wallets, merchants, terminals, orders and listings.  Names that somebody
 * else made up, so the only strict rule is that no card number hides in them.
 */
#include "hub/domain/identifier_rules.h"

#include <string.h>
#include <strings.h>

#include "hub/domain/crypto_address.h"
#include "hub/domain/text.h"

enum {
	WALLET_MAX = 64,
	PROVIDER_MAX = 32,
	MERCHANT_MAX = 15, /* ISO 8583 field 42 */
	TERMINAL_MAX = 8,  /* ISO 8583 field 41 */
	ORDER_MAX = 64,
};

/* Printable ASCII without spaces, 1 to `longest`. */
static enum rc
opaque_check(char *value, const char *what, size_t longest, struct err *err)
{
	text_trim(value);
	TRY(identifier_card_refuse(value, "/value", err));
	if (value[0] == '\0' || strlen(value) > longest)
		return err_at(err, RC_INVALID, "/value", "bad_length",
		    "%s has 1 to %zu characters, not %zu", what, longest,
		    strlen(value));
	for (const char *c = value; *c != '\0'; c++)
		if (*c <= ' ' || *c > '~')
			return err_at(err, RC_INVALID, "/value",
			    "bad_character",
			    "%s has letters, digits and signs of ASCII, no "
			    "spaces",
			    what);
	return RC_OK;
}

enum rc
identifier_trade_wallet(struct identifier *identifier, struct err *err)
{
	char *provider = identifier->qualifier;

	TRY(opaque_check(identifier->value, "a wallet id", WALLET_MAX, err));
	text_trim(provider);
	TRY(identifier_card_refuse(provider, "/provider", err));
	text_to_lower(provider);
	if (provider[0] == '\0' || strlen(provider) > PROVIDER_MAX)
		return err_at(err, RC_INVALID, "/provider", "bad_length",
		    "a wallet's provider has 1 to %d characters", PROVIDER_MAX);
	if (!text_only(provider, TEXT_LOWER TEXT_DIGITS "._-"))
		return err_at(err, RC_INVALID, "/provider", "bad_character",
		    "a wallet's provider has letters, digits, '.', '_' and "
		    "'-'");
	return RC_OK;
}

enum rc
identifier_trade_crypto(struct identifier *identifier, struct err *err)
{
	return crypto_address_check(
	    identifier->qualifier, identifier->value, err);
}

enum rc
identifier_trade_merchant(struct identifier *identifier, struct err *err)
{
	return opaque_check(
	    identifier->value, "a merchant id", MERCHANT_MAX, err);
}

enum rc
identifier_trade_terminal(struct identifier *identifier, struct err *err)
{
	return opaque_check(
	    identifier->value, "a terminal id", TERMINAL_MAX, err);
}

enum rc
identifier_trade_order(struct identifier *identifier, struct err *err)
{
	return opaque_check(identifier->value, "an order id", ORDER_MAX, err);
}

static enum rc
bad_url(struct err *err, const char *code, const char *sentence)
{
	return err_at(err, RC_INVALID, "/value", code, "%s", sentence);
}

/* Labels of letters, digits and hyphens with dots between, at least two. */
static bool
is_host(const char *host, size_t length)
{
	bool has_dot = false;
	char before = '.';

	for (size_t i = 0; i < length; i++) {
		char c = host[i];

		if (strchr(TEXT_LOWER TEXT_DIGITS ".-", c) == NULL ||
		    (strchr(".-", c) != NULL && before == '.'))
			return false;
		has_dot = has_dot || c == '.';
		before = c;
	}
	return has_dot && strchr(".-", before) == NULL;
}

static bool
is_port(const char *port, size_t length)
{
	return length == 0 ||
	    (port[0] == ':' && length >= 2 && length <= 6 &&
		strspn(port + 1, TEXT_DIGITS) == length - 1);
}

/* RFC 3986 over https (RFC 9110); scheme and host do not mind the case. */
enum rc
identifier_trade_listing(struct identifier *identifier, struct err *err)
{
	static const char scheme[] = "https://";
	char *value = identifier->value, *host = value + strlen(scheme);
	size_t authority, name;

	text_trim(value);
	for (const char *c = value; *c != '\0'; c++)
		if (*c <= ' ' || *c > '~' || strchr("\"<>\\^`{|}", *c) != NULL)
			return bad_url(err, "bad_character",
			    "an address has a character that must be "
			    "percent-encoded");
	if (strncasecmp(value, scheme, strlen(scheme)) != 0)
		return bad_url(err, "bad_form",
		    "the address of a listing begins with https://");
	authority = strcspn(host, "/?#");
	for (char *c = value; c < host + authority; c++)
		if (*c >= 'A' && *c <= 'Z')
			*c = (char)(*c - 'A' + 'a');
	name = strcspn(host, ":/?#");
	if (!is_host(host, name) || !is_port(host + name, authority - name))
		return bad_url(
		    err, "bad_form", "the address names no host, or a user");
	return RC_OK;
}
