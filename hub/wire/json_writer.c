/*
 * Writing: see json_writer.h.
 */
#include "hub/wire/json_writer.h"

#include <stdint.h>
#include <string.h>

#include "hub/base/clock.h"
#include "hub/wire/utf8.h"

/* ECMA-262, QuoteJSONString: these have a short form, all else below U+0020
 * is \u00xx; "/" and DEL stay as they are. */
static const char short_forms[256] = {
	['\b'] = 'b',
	['\f'] = 'f',
	['\n'] = 'n',
	['\r'] = 'r',
	['\t'] = 't',
	['"'] = '"',
	['\\'] = '\\',
};

static bool
is_plain_ascii(unsigned char c)
{
	return c >= 0x20 && c < 0x80 && short_forms[c] == 0;
}

static void
write_escape(struct strbuf *out, unsigned char c)
{
	char form[2] = { '\\', short_forms[c] };

	if (form[1] != 0)
		strbuf_append_bytes(out, form, sizeof(form));
	else
		strbuf_printf(out, "\\u%04x", c);
}

/* All eight bytes are plain: none has its high bit set, is below a space, a
 * quote or a backslash.  A byte less another borrows into the high bit where
 * it is smaller; the quote and the backslash become zeros by xor, and zeros
 * are smaller than one. */
static bool
is_plain_block(const char *text)
{
	const uint64_t ones = UINT64_C(0x0101010101010101);
	uint64_t block, quote, backslash;

	memcpy(&block, text, sizeof(block));
	quote = block ^ ones * '"';
	backslash = block ^ ones * '\\';
	return ((block | (block - ones * ' ') | (quote - ones) |
		    (backslash - ones)) &
		   ones * 0x80) == 0;
}

/* How much of the text goes out as it is. */
static size_t
plain_length(const char *text, size_t length)
{
	size_t at = 0, step;

	for (;;) {
		while (at + 8 <= length && is_plain_block(text + at))
			at += 8;
		while (at < length && is_plain_ascii((unsigned char)text[at]))
			at++;
		if (at == length || (unsigned char)text[at] < 0x80)
			return at;
		step = utf8_sequence(text + at, length - at);
		if (step == 0)
			return at;
		at += step;
	}
}

void
json_write_quoted(struct strbuf *out, const char *text, size_t length)
{
	size_t done = 0, at; /* [done, at) goes out as it is */

	strbuf_append_char(out, '"');
	while (
	    (at = done + plain_length(text + done, length - done)) < length) {
		unsigned char c = (unsigned char)text[at];

		strbuf_append_bytes(out, text + done, at - done);
		if (c >= 0x80)
			strbuf_append(out, "\xef\xbf\xbd"); /* U+FFFD */
		else
			write_escape(out, c);
		done = at + 1;
	}
	strbuf_append_bytes(out, text + done, at - done);
	strbuf_append_char(out, '"');
}

/* A value ends in a quote, a bracket, a digit or a letter; behind anything
 * else, and at the start of a line, no comma is due. */
static void
begin(struct strbuf *out, const char *key)
{
	char last = out->length == 0 ? '\n' : out->bytes[out->length - 1];

	if (strchr("{[:,\n", last) == NULL)
		strbuf_append_char(out, ',');
	if (key == NULL)
		return;
	json_write_quoted(out, key, strlen(key));
	strbuf_append_char(out, ':');
}

void
json_write_object(struct strbuf *out, const char *key)
{
	begin(out, key);
	strbuf_append_char(out, '{');
}

void
json_write_object_end(struct strbuf *out)
{
	strbuf_append_char(out, '}');
}

void
json_write_array(struct strbuf *out, const char *key)
{
	begin(out, key);
	strbuf_append_char(out, '[');
}

void
json_write_array_end(struct strbuf *out)
{
	strbuf_append_char(out, ']');
}

void
json_write_text_bytes(
    struct strbuf *out, const char *key, const char *text, size_t length)
{
	begin(out, key);
	json_write_quoted(out, text, length);
}

void
json_write_text(struct strbuf *out, const char *key, const char *text)
{
	if (text == NULL)
		json_write_null(out, key);
	else
		json_write_text_bytes(out, key, text, strlen(text));
}

void
json_write_int(struct strbuf *out, const char *key, int64_t number)
{
	if (number > JSON_SAFE_INTEGER || number < -JSON_SAFE_INTEGER) {
		out->failed = true;
		return;
	}
	begin(out, key);
	strbuf_append_int(out, number);
}

void
json_write_raw_bytes(
    struct strbuf *out, const char *key, const char *json, size_t length)
{
	begin(out, key);
	strbuf_append_bytes(out, json, length);
}

void
json_write_raw(struct strbuf *out, const char *key, const char *json)
{
	json_write_raw_bytes(out, key, json, strlen(json));
}

void
json_write_bool(struct strbuf *out, const char *key, bool truth)
{
	json_write_raw(out, key, truth ? "true" : "false");
}

void
json_write_null(struct strbuf *out, const char *key)
{
	json_write_raw(out, key, "null");
}

void
json_write_time(struct strbuf *out, const char *key, int64_t at)
{
	char text[CLOCK_TEXT_SIZE];

	json_write_text(out, key, clock_format(at, 3, text));
}

void
json_write_id(struct strbuf *out, const char *key, const char *prefix,
    const struct id *id)
{
	char text[ID_TEXT_SIZE];

	json_write_text(out, key, id_format(prefix, id, text));
}
