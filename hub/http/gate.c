/*
 * Headers and query: see gate.h.
 */
#include "hub/http/gate.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

bool
gate_is_safe(const char *method)
{
	return strcmp(method, "GET") == 0 || strcmp(method, "HEAD") == 0;
}

/* "https://" and the host that was asked for: a page of our own. */
static bool
is_own_origin(const char *origin, const char *host)
{
	static const char scheme[] = "https://";

	return host != NULL && strncmp(origin, scheme, strlen(scheme)) == 0 &&
	    strcasecmp(origin + strlen(scheme), host) == 0;
}

enum rc
gate_check_origin(const struct gate_origin *origin, struct err *err)
{
	const char *site = origin->fetch_site;

	if (gate_is_safe(origin->method))
		return RC_OK;
	if (site != NULL && strcmp(site, "same-origin") != 0 &&
	    strcmp(site, "none") != 0)
		return err_set(err, RC_FORBIDDEN, "cross_site",
		    "another site's page made this request");
	if (origin->origin != NULL &&
	    !is_own_origin(origin->origin, origin->host))
		return err_set(err, RC_FORBIDDEN, "cross_site",
		    "the Origin is not this hub");
	return RC_OK;
}

/* The value of a parameter, with or without quotes (RFC 9110, 5.6.6). */
static bool
is_utf8(const char *value)
{
	static const char name[] = "utf-8";
	size_t quote = *value == '"';

	value += quote;
	if (strncasecmp(value, name, strlen(name)) != 0)
		return false;
	value += strlen(name);
	if (quote && *value++ != '"')
		return false;
	return *value == '\0' || strchr(" \t;", *value) != NULL;
}

bool
gate_is_json(const char *content_type)
{
	static const char type[] = "application/json", charset[] = "charset=";
	const char *rest;

	if (content_type == NULL ||
	    strncasecmp(content_type, type, strlen(type)) != 0)
		return false;
	rest = content_type + strlen(type);
	if (*rest != '\0' && strchr(" \t;", *rest) == NULL)
		return false;
	/* RFC 8259, 8.1: UTF-8 and nothing else. */
	while (*(rest += strspn(rest, " \t;")) != '\0') {
		if (strncasecmp(rest, charset, strlen(charset)) == 0 &&
		    !is_utf8(rest + strlen(charset)))
			return false;
		rest += strcspn(rest, ";");
	}
	return true;
}

enum rc
gate_read_key(
    const char *header, struct idempotency *idempotency, struct err *err)
{
	size_t length;

	if (header == NULL)
		return err_set(err, RC_MALFORMED, "idempotency_key_missing",
		    "this request needs an Idempotency-Key header");
	length = strlen(header);
	if (length == 0 || length >= sizeof(idempotency->key))
		return err_set(err, RC_MALFORMED, "bad_idempotency_key",
		    "an Idempotency-Key has 1 to 255 characters");
	for (size_t i = 0; i < length; i++)
		if (header[i] < 0x21 || header[i] > 0x7e)
			return err_set(err, RC_MALFORMED, "bad_idempotency_key",
			    "an Idempotency-Key is visible ASCII");
	memcpy(idempotency->key, header, length + 1);
	return RC_OK;
}

int
gate_read_wait(const char *prefer, int most)
{
	while (prefer != NULL && *prefer != '\0') {
		prefer += strspn(prefer, " \t,");
		if (strncasecmp(prefer, "wait=", 5) == 0 && prefer[5] >= '0' &&
		    prefer[5] <= '9') {
			long seconds = strtol(prefer + 5, NULL, 10);

			return seconds > most ? most : (int)seconds;
		}
		prefer += strcspn(prefer, ",");
	}
	return 0;
}

/* Is `name` one of the words? */
static bool
is_word(const char *words, const char *name)
{
	size_t length = strlen(name);

	while (length > 0 && *words != '\0') {
		size_t word = strcspn(words, " ");

		if (word == length && strncmp(words, name, length) == 0)
			return true;
		words += word + strspn(words + word, " ");
	}
	return false;
}

/* Who takes JSON too is given JSON. */
static bool
wants(const char *accept, const char *type)
{
	return accept != NULL && strstr(accept, type) != NULL &&
	    strstr(accept, "application/json") == NULL;
}

bool
gate_wants_text(const char *accept)
{
	return wants(accept, "text/plain");
}

bool
gate_wants_csv(const char *accept)
{
	return wants(accept, "text/csv");
}

enum rc
gate_check_queries(const struct exchange_field *queries, size_t count,
    const char *allowed, struct err *err)
{
	for (size_t i = 0; i < count; i++) {
		/* The name is not echoed: it may be anything. */
		if (!is_word(allowed, queries[i].name))
			return err_set(err, RC_INVALID, "unknown_parameter",
			    "the query has a parameter that is none of: %s",
			    *allowed == '\0' ? "(none)" : allowed);
		for (size_t j = 0; j < i; j++)
			if (strcmp(queries[i].name, queries[j].name) == 0)
				return err_set(err, RC_INVALID,
				    "repeated_parameter",
				    "%s is there more than once",
				    queries[i].name);
	}
	return RC_OK;
}

enum rc
gate_read_limit(
    const char *text, int fallback, int most, int *limit, struct err *err)
{
	size_t length = text == NULL ? 0 : strlen(text);
	long number;

	*limit = fallback;
	if (text == NULL)
		return RC_OK;
	number = strtol(text, NULL, 10);
	if (length == 0 || length > 4 || strspn(text, "0123456789") != length ||
	    number < 1 || number > most)
		return err_set(err, RC_INVALID, "bad_limit",
		    "limit is a number from 1 to %d", most);
	*limit = (int)number;
	return RC_OK;
}

enum rc
gate_read_version(const char *header, int64_t *version, struct err *err)
{
	enum { DIGITS_LIMIT = 18 };
	size_t digits;

	if (header == NULL)
		return err_set(err, RC_UNGUARDED, "if_match_missing",
		    "this request needs an If-Match header with the ETag");
	digits = header[0] == '"' ? strspn(header + 1, "0123456789") : 0;
	if (digits == 0 || digits > DIGITS_LIMIT ||
	    strcmp(header + 1 + digits, "\"") != 0)
		return err_set(err, RC_STALE, "stale",
		    "If-Match names no version of this");
	*version = strtoll(header + 1, NULL, 10);
	return RC_OK;
}

enum rc
gate_read_flag(const char *text, const char *name, bool *flag, struct err *err)
{
	*flag = text != NULL && strcmp(text, "true") == 0;
	if (text == NULL || *flag || strcmp(text, "false") == 0)
		return RC_OK;
	return err_set(
	    err, RC_INVALID, "bad_flag", "%s is true or false", name);
}
