/*
 * The body of an answer: its `$` words become values of the target at hand.
 */
#pragma once

#include <stdint.h>

#include "hub/base/common.h"
#include "hub/base/err.h"
#include "hub/base/strbuf.h"
#include "hub/wire/json_view.h"

/* Append the body as JSON.  `now` is microseconds.  RC_INVALID `bad_word`
 * for a `$` word that does not exist, `no_amount` where the target has no
 * amount to take a part of. */
NODISCARD enum rc
rule_body_write(struct strbuf *out, const struct json_view *body,
    const struct json_view *target, int64_t now, struct err *err);

/* Would all its words be known?  For the check when the file is read. */
NODISCARD enum rc
rule_body_check(const struct json_view *body, struct err *err);
