/*
 * What the HTTP library lets pass and we do not: framing tricks, seen in the
 * parsed header list of a request before anything else looks at it.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "hub/base/common.h"
#include "hub/base/err.h"
#include "hub/listener/exchange.h"

struct prefilter_request {
	const char *version; /* "HTTP/1.1" */
	const struct exchange_field *headers;
	size_t header_count;
	bool has_nul; /* in the target, a name or a value */
};

/* RC_OK, or RC_MALFORMED: answer 400 and close.  `content_length` is what the
 * header says, or 0. */
NODISCARD enum rc prefilter_check(const struct prefilter_request *request,
    uint64_t *content_length, struct err *err);
