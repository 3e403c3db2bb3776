/*
 * Framing tricks: see prefilter.h.
 */
#include "hub/listener/prefilter.h"

#include <string.h>
#include <strings.h>

enum { HEADER_COUNT_LIMIT = 100, CONTENT_LENGTH_DIGITS = 15 };

/* Two of one of these, and two readers may see two different requests. */
static const char *const single[] = {
	"Authorization",
	"Content-Digest",
	"Content-Encoding",
	"Content-Length",
	"Content-Type",
	"Expect",
	"Host",
	"Idempotency-Key",
	"If-Match",
	"Last-Event-ID",
	"Origin",
	"Sec-Fetch-Site",
	"Signature",
	"Signature-Input",
	"Traceparent",
	"Transfer-Encoding",
	"Webhook-Id",
	"Webhook-Signature",
	"Webhook-Timestamp",
};

/* RFC 9110, 5.6.2. */
static bool
is_token(const char *text)
{
	static const char marks[] = "!#$%&'*+-.^_`|~";

	if (*text == '\0')
		return false;
	for (; *text != '\0'; text++) {
		char c = *text;

		if (!((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
			(c >= 'A' && c <= 'Z') || strchr(marks, c) != NULL))
			return false;
	}
	return true;
}

static bool
is_value(const char *text)
{
	for (; *text != '\0'; text++) {
		unsigned char c = (unsigned char)*text;

		if ((c < 0x20 && c != '\t') || c == 0x7f)
			return false;
	}
	return true;
}

static const char *
find(const struct prefilter_request *request, const char *name)
{
	for (size_t i = 0; i < request->header_count; i++)
		if (strcasecmp(request->headers[i].name, name) == 0)
			return request->headers[i].value;
	return NULL;
}

static bool
is_repeated(const struct prefilter_request *request, const char *name)
{
	size_t count = 0;

	for (size_t i = 0; i < request->header_count; i++)
		if (strcasecmp(request->headers[i].name, name) == 0)
			count++;
	return count > 1;
}

static enum rc
check_fields(const struct prefilter_request *request, struct err *err)
{
	if (request->header_count > HEADER_COUNT_LIMIT)
		return err_set(err, RC_MALFORMED, "too_many_headers",
		    "more than %d headers", HEADER_COUNT_LIMIT);
	if (request->has_nul)
		return err_set(err, RC_MALFORMED, "nul_in_request",
		    "the request holds a NUL byte");
	for (size_t i = 0; i < request->header_count; i++) {
		if (!is_token(request->headers[i].name))
			return err_set(err, RC_MALFORMED, "bad_header_name",
			    "a header name is no token");
		if (!is_value(request->headers[i].value))
			return err_set(err, RC_MALFORMED, "bad_header_value",
			    "a header value holds a control character");
	}
	for (size_t i = 0; i < COUNT(single); i++)
		if (is_repeated(request, single[i]))
			return err_set(err, RC_MALFORMED, "repeated_header",
			    "%s may stand only once", single[i]);
	return RC_OK;
}

static enum rc
read_length(const char *text, uint64_t *length, struct err *err)
{
	size_t digits = strspn(text, "0123456789");

	*length = 0;
	if (digits == 0 || text[digits] != '\0' ||
	    digits > CONTENT_LENGTH_DIGITS)
		return err_set(err, RC_MALFORMED, "bad_content_length",
		    "Content-Length is no plain number");
	for (size_t i = 0; i < digits; i++)
		*length = *length * 10 + (uint64_t)(text[i] - '0');
	return RC_OK;
}

enum rc
prefilter_check(const struct prefilter_request *request,
    uint64_t *content_length, struct err *err)
{
	const char *length, *transfer, *encoding;

	*content_length = 0;
	TRY(check_fields(request, err));
	length = find(request, "Content-Length");
	transfer = find(request, "Transfer-Encoding");
	encoding = find(request, "Content-Encoding");
	if (transfer != NULL && length != NULL)
		return err_set(err, RC_MALFORMED, "two_lengths",
		    "Transfer-Encoding stands beside Content-Length");
	if (transfer != NULL && strcasecmp(transfer, "chunked") != 0)
		return err_set(err, RC_MALFORMED, "bad_transfer_encoding",
		    "the only Transfer-Encoding is chunked");
	if (transfer != NULL && strcmp(request->version, "HTTP/1.1") != 0)
		return err_set(err, RC_MALFORMED, "bad_transfer_encoding",
		    "Transfer-Encoding belongs to HTTP/1.1");
	if (encoding != NULL && strcasecmp(encoding, "identity") != 0)
		return err_set(err, RC_MALFORMED, "bad_content_encoding",
		    "the only Content-Encoding is identity");
	return length != NULL ? read_length(length, content_length, err)
			      : RC_OK;
}
