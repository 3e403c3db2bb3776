/*
 * Text to jansson's tree: strict, bounded in depth, and silent about what
 * the text said.  For the files of this room only.
 */
#pragma once

#include <stddef.h>

#include <jansson.h>

#include "hub/base/common.h"
#include "hub/base/err.h"

/* `*value` is the caller's (json_decref, or SCOPED(json_parse_cleanup)).
 * RC_MALFORMED with bad_json, json_too_deep or duplicate_member. */
NODISCARD enum rc
json_parse(const char *text, size_t length, json_t **value, struct err *err);
void json_parse_cleanup(json_t **value);
