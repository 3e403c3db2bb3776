/*
 * Writes compact JSON by hand into a strbuf, so that
 * JSON.stringify(JSON.parse(text)) === text: integrators verify signatures
 * over a body that they have serialised again.  Called by whoever answers or
 * sends; allocates nothing beside the buffer.
 *
 * `key` names a member, or is NULL for the root and for array items.  Commas
 * are set by looking at the last byte of the buffer.  Whoever wants a body
 * that JavaScript writes back unchanged uses no key made of digits.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "hub/base/id.h"
#include "hub/base/strbuf.h"

/* Integers beyond ±(2^53 - 1) are not the same number in JavaScript. */
#define JSON_SAFE_INTEGER INT64_C(9007199254740991)

void json_write_object(struct strbuf *out, const char *key);
void json_write_object_end(struct strbuf *out);
void json_write_array(struct strbuf *out, const char *key);
void json_write_array_end(struct strbuf *out);

/* NULL is written as null; bytes that are no UTF-8 become U+FFFD. */
void json_write_text(struct strbuf *out, const char *key, const char *text);
void json_write_text_bytes(
    struct strbuf *out, const char *key, const char *text, size_t length);

/* Fails the buffer beyond JSON_SAFE_INTEGER: write those as text. */
void json_write_int(struct strbuf *out, const char *key, int64_t number);
void json_write_bool(struct strbuf *out, const char *key, bool truth);
void json_write_null(struct strbuf *out, const char *key);

/* RFC 3339 UTC with milliseconds. */
void json_write_time(struct strbuf *out, const char *key, int64_t at);
void json_write_id(struct strbuf *out, const char *key, const char *prefix,
    const struct id *id);

/* `json` is JSON already. */
void json_write_raw(struct strbuf *out, const char *key, const char *json);
void json_write_raw_bytes(
    struct strbuf *out, const char *key, const char *json, size_t length);

/* Only the quoted string: no key, no comma. */
void json_write_quoted(struct strbuf *out, const char *text, size_t length);
