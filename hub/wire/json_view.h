/*
 * A tolerant look at JSON that somebody else wrote: a client reads the
 * members it knows and passes over the rest, because the API only ever adds
 * (`/v1` is additive only).  Bodies that come *in* are read by tables
 * instead (json_reader.h).
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "hub/base/common.h"
#include "hub/base/err.h"
#include "hub/base/strbuf.h"

/* A value; borrowed from the document that json_view_parse made. */
struct json_view;

/* The caller frees it.  RC_MALFORMED as json_parse says; the root is always
 * an object or an array. */
NODISCARD enum rc json_view_parse(const char *text, size_t length,
    struct json_view **document, struct err *err);
void json_view_free(struct json_view *document);
void json_view_cleanup(struct json_view **document);

/* The value at a path of member names, "request/authority/basis"; "" is the
 * value itself.  NULL where there is none, and for a NULL value. */
const struct json_view *
json_view_at(const struct json_view *value, const char *path);

/* The same as plain values; `fallback` where it is absent or of another
 * type. */
const char *json_view_text(
    const struct json_view *value, const char *path, const char *fallback);
int64_t json_view_int(
    const struct json_view *value, const char *path, int64_t fallback);
bool
json_view_bool(const struct json_view *value, const char *path, bool fallback);

bool json_view_is_text(const struct json_view *value);
bool json_view_is_null(const struct json_view *value);
bool json_view_is_object(const struct json_view *value);
bool json_view_is_array(const struct json_view *value);

/* Number of items or members; 0 for anything else and for NULL. */
size_t json_view_count(const struct json_view *value);

/* The n-th item of an array; NULL beyond it. */
const struct json_view *json_view_item(const struct json_view *value, size_t n);

/* The n-th member of an object, its name in `*name`; NULL beyond it. */
const struct json_view *
json_view_member(const struct json_view *value, size_t n, const char **name);

/* Append the value as compact JSON, members in their order. */
void json_view_write(struct strbuf *out, const struct json_view *value);
