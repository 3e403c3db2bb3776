/*
 * Header fields of a document: see document_headers.h.
 */
#include "hub/wire/document_headers.h"

#include <stdio.h>
#include <string.h>

#include "hub/base/clock.h"
#include "hub/base/encode.h"
#include "hub/domain/card_scan.h"
#include "hub/domain/ids.h"
#include "hub/wire/utf8.h"

enum {
	TYPE_BYTES = 40,
	ISSUER_BYTES = 300,
	NUMBER_BYTES = 100,
	NAME_BYTES = 255,
	LANGUAGE_BYTES = 35,
	DATE_SIZE = 11,
	SIGNATURE_BYTES = 88,
	KEY_BYTES = 44,
};

#define DIGITS "0123456789"
#define LETTERS "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"

struct reading {
	const struct document_headers *headers;
	struct file_document *filing;
	struct arena *arena;
	int64_t at;
	struct err *err;
};

static enum rc
refuse(const struct reading *reading, const char *name, const char *code,
    const char *text)
{
	char pointer[ERR_POINTER_SIZE];

	(void)snprintf(pointer, sizeof pointer, "/headers/%s", name);
	return err_at(reading->err, RC_INVALID, pointer, code, "%s", text);
}

static enum rc
no_room(const struct reading *reading)
{
	return err_set(reading->err, RC_TOO_LARGE, "request_too_large",
	    "the request does not fit into its memory");
}

/* ---- text */

/* "%C3%A9" as its byte; false for a half escape or a raw byte that a header
 * may not hold. */
static bool
decode(const char *value, char *text, size_t *length)
{
	*length = 0;
	while (*value != '\0') {
		char pair[3] = "";

		if ((unsigned char)*value < 0x20 ||
		    (unsigned char)*value > 0x7e)
			return false;
		if (*value != '%') {
			text[(*length)++] = *value++;
			continue;
		}
		(void)snprintf(pair, sizeof pair, "%.2s", value + 1);
		if (!hex_decode(pair, text + *length, 1) || pair[1] == '\0' ||
		    (unsigned char)text[*length] < 0x20)
			return false;
		(*length)++;
		value += 3;
	}
	text[*length] = '\0';
	return true;
}

static enum rc
read_text(const struct reading *reading, const char *name, const char *value,
    size_t most, const char **out)
{
	struct card_span span;
	size_t length;
	char *text;

	*out = "";
	if (value == NULL)
		return RC_OK;
	text = arena_alloc(reading->arena, strlen(value) + 1);
	if (text == NULL)
		return no_room(reading);
	if (!decode(value, text, &length) || !utf8_is_valid(text, length))
		return refuse(reading, name, "bad_text",
		    "must be percent-encoded UTF-8 without control characters");
	if (length == 0)
		return refuse(reading, name, "text_empty", "is empty");
	if (length > most)
		return refuse(reading, name, "text_too_long", "is too long");
	if (card_scan(text, length, &span))
		return refuse(reading, name, "card_number_refused",
		    "holds a whole card number; leave the first 6 and last 4 "
		    "digits");
	*out = text;
	return RC_OK;
}

/* Plain characters of a set. */
static enum rc
read_plain(const struct reading *reading, const char *name, const char *value,
    size_t most, const char *allowed, const char **out)
{
	size_t length = value == NULL ? 0 : strlen(value);

	*out = "";
	if (value == NULL)
		return RC_OK;
	if (length == 0 || length > most || strspn(value, allowed) != length)
		return refuse(reading, name, "bad_form",
		    "has a character that is not allowed, or too many");
	*out = arena_strdup(reading->arena, value);
	return *out != NULL ? RC_OK : no_room(reading);
}

/* A day that has come, anywhere on earth. */
static enum rc
read_date(const struct reading *reading)
{
	char moment[CLOCK_TEXT_SIZE];
	int64_t at;

	TRY(read_plain(reading, "document-date", reading->headers->date,
	    DATE_SIZE - 1, DIGITS "-", &reading->filing->issued_on));
	if (reading->filing->issued_on[0] == '\0')
		return RC_OK;
	(void)snprintf(
	    moment, sizeof moment, "%sT00:00:00Z", reading->filing->issued_on);
	if (!clock_parse(moment, &at))
		return refuse(
		    reading, "document-date", "bad_date", "must be YYYY-MM-DD");
	if (at > reading->at + 14 * 3600 * CLOCK_SECOND)
		return refuse(reading, "document-date", "in_future",
		    "a document of a day to come is none");
	return RC_OK;
}

/* ---- lists of ids, a comma between two */

static enum rc
read_ids(const struct reading *reading, const char *name, const char *value,
    const char *prefix, const struct id **out, size_t *count)
{
	enum { LIMIT = DOCUMENT_REQUEST_LIMIT };
	struct id *ids = arena_alloc(reading->arena, LIMIT * sizeof *ids);

	*count = 0;
	if (ids == NULL)
		return no_room(reading);
	while (value != NULL && *value != '\0') {
		size_t length = strcspn(value, ", ");
		char text[ID_TEXT_SIZE] = "";

		if (*count == LIMIT)
			return refuse(reading, name, "too_many_items",
			    "names more than 16");
		if (length < sizeof text)
			memcpy(text, value, length);
		if (!id_parse(prefix, text, &ids[(*count)++]))
			return refuse(reading, name, "bad_id",
			    "is a list of ids, a comma between two");
		value += length;
		value += strspn(value, ", ");
	}
	*out = ids;
	return RC_OK;
}

/* ---- what it is */

static enum rc
read_type(const struct reading *reading)
{
	if (reading->headers->type == NULL)
		return refuse(
		    reading, "document-type", "missing_member", "is missing");
	return read_plain(reading, "document-type", reading->headers->type,
	    TYPE_BYTES, LETTERS DIGITS "_", &reading->filing->type);
}

static enum rc
read_media(const struct reading *reading)
{
	const struct document_headers *headers = reading->headers;
	struct file_document *filing = reading->filing;
	char name[DOCUMENT_MEDIA_SIZE];

	if (!document_sniff(
		headers->head, headers->head_length, &filing->format))
		return refuse(reading, "content-type",
		    "unknown_document_format",
		    "the content is none of the formats that are taken");
	if (headers->content_type == NULL ||
	    !document_media_agrees(filing->format, headers->content_type) ||
	    !document_media_name(headers->content_type, name))
		return refuse(reading, "content-type", "media_type_mismatch",
		    "the content is not of the type that it claims");
	filing->media_type = arena_strdup(reading->arena, name);
	return filing->media_type != NULL ? RC_OK : no_room(reading);
}

static enum rc
read_detached(const struct reading *reading)
{
	const struct document_headers *headers = reading->headers;
	struct file_document *filing = reading->filing;
	bool is_detached = filing->signature_format ==
	    SIGNATURE_DETACHED_ED25519;

	TRY(read_plain(reading, "document-signature", headers->signature,
	    SIGNATURE_BYTES, LETTERS DIGITS "+/=", &filing->signature));
	TRY(read_plain(reading, "document-signer-key", headers->signer_key,
	    KEY_BYTES, LETTERS DIGITS "+/=", &filing->signer_key));
	if (is_detached != (headers->signature != NULL))
		return refuse(reading, "document-signature",
		    is_detached ? "missing_member" : "not_allowed",
		    "goes with the signature format detached_ed25519");
	if (is_detached != (headers->signer_key != NULL))
		return refuse(reading, "document-signer-key",
		    is_detached ? "missing_member" : "not_allowed",
		    "goes with the signature format detached_ed25519");
	return RC_OK;
}

static enum rc
read_signature(const struct reading *reading)
{
	static const char name[] = "document-signature-format";
	const char *told = reading->headers->signature_format;
	struct file_document *filing = reading->filing;
	int format = SIGNATURE_NONE;

	if (told != NULL && !words_find(&signature_format_words, told, &format))
		return refuse(reading, name, "not_one_of",
		    "is none of none, pades, cades, detached_ed25519");
	filing->signature_format = (enum signature_format)format;
	if (!document_can_bear(filing->format, filing->signature_format))
		return refuse(reading, name, "signature_format_mismatch",
		    "the content cannot bear such a signature");
	filing->signature_check = format == SIGNATURE_NONE
	    ? SIGNATURE_NOT_SIGNED
	    : SIGNATURE_NOT_CHECKED;
	return read_detached(reading);
}

static enum rc
read_links(const struct reading *reading)
{
	const struct document_headers *headers = reading->headers;
	struct file_document *filing = reading->filing;

	TRY(read_ids(reading, "document-formality", headers->formality,
	    ID_FORMALITY, &filing->formalities, &filing->formality_count));
	TRY(read_ids(reading, "document-request", headers->request, ID_REQUEST,
	    &filing->requests, &filing->request_count));
	if (headers->supersedes != NULL &&
	    !id_parse(ID_DOCUMENT, headers->supersedes, &filing->supersedes))
		return refuse(reading, "document-supersedes", "bad_id",
		    "is no id of a document");
	return RC_OK;
}

enum rc
document_headers_read(const struct document_headers *headers,
    struct command *command, struct err *err)
{
	struct file_document *filing = &command->file_document;
	const struct reading reading = { headers, filing, command->arena,
		command->at, err };

	TRY(read_type(&reading));
	TRY(read_media(&reading));
	TRY(read_text(&reading, "document-issuer", headers->issuer,
	    ISSUER_BYTES, &filing->issuer));
	TRY(read_text(&reading, "document-number", headers->number,
	    NUMBER_BYTES, &filing->number));
	TRY(read_text(&reading, "document-name", headers->name, NAME_BYTES,
	    &filing->name));
	TRY(read_date(&reading));
	TRY(read_plain(&reading, "document-language", headers->language,
	    LANGUAGE_BYTES, LETTERS DIGITS "-", &filing->language));
	TRY(read_signature(&reading));
	return read_links(&reading);
}
