/*
 * POST /v1/parse in JSON: the text to read, and what was found in it.  Called
 * by http and the command line.
 */
#pragma once

#include "hub/base/arena.h"
#include "hub/base/common.h"
#include "hub/base/err.h"
#include "hub/base/strbuf.h"
#include "hub/parsing/parsing.h"

enum { PARSE_JSON_LIMIT = 256 * 1024 }; /* of what is written */

/* Read {"text":"…","country":"IN"} into the arena.  RC_MALFORMED or
 * RC_INVALID with the pointer; bad_form for a country of other than two
 * capital letters. */
NODISCARD enum rc parse_json_read(const char *body, size_t length,
    struct arena *arena, struct parsing_input *input, struct err *err);

/* {"country":…,"drafts":[…],"set_aside":[…],"masked":[…],"is_cut":…} */
void parse_json_write(struct strbuf *out, const struct parsed *parsed);
