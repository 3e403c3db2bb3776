/*
 * What a request's headers and query must be before anything is made of
 * them.  Pure: texts in, a verdict out.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "hub/base/common.h"
#include "hub/base/err.h"
#include "hub/domain/command.h"
#include "hub/listener/exchange.h"

/* Client certificates go along with every request like cookies do, also with
 * those that a foreign page makes a browser send.  NULL: no such header. */
struct gate_origin {
	const char *method, *fetch_site, *origin, *host;
};

/* RC_FORBIDDEN `cross_site`: it would change something and comes from
 * another site's page. */
NODISCARD enum rc
gate_check_origin(const struct gate_origin *origin, struct err *err);

/* GET and HEAD change nothing (RFC 9110, 9.2.1). */
bool gate_is_safe(const char *method);

/* application/json, whose charset, if it is told, is UTF-8? */
bool gate_is_json(const char *content_type);

/* RC_MALFORMED `idempotency_key_missing`, or `bad_idempotency_key`: not 1 to
 * 255 visible ASCII characters. */
NODISCARD enum rc gate_read_key(
    const char *header, struct idempotency *idempotency, struct err *err);

/* Seconds of a Prefer header's `wait` (RFC 7240, 4.3), at most `most`; 0
 * where it has none. */
int gate_read_wait(const char *prefer, int most);

/* Does an Accept header ask for text to print rather than JSON? */
bool gate_wants_text(const char *accept);

/* Or for rows of a spreadsheet? */
bool gate_wants_csv(const char *accept);

/* Every query parameter is one of `allowed` (words and spaces) and there
 * once, else RC_INVALID `unknown_parameter` or `repeated_parameter`. */
NODISCARD enum rc gate_check_queries(const struct exchange_field *queries,
    size_t count, const char *allowed, struct err *err);

/* 1 to `most`; `fallback` for NULL.  RC_INVALID `bad_limit`. */
NODISCARD enum rc gate_read_limit(
    const char *text, int fallback, int most, int *limit, struct err *err);

/* The one version of an If-Match header, "3" in quotes (RFC 9110, 13.1.1).
 * RC_UNGUARDED `if_match_missing`; RC_STALE where it can be no version. */
NODISCARD enum rc
gate_read_version(const char *header, int64_t *version, struct err *err);

/* "true", "false", or NULL for false.  RC_INVALID `bad_flag`. */
NODISCARD enum rc
gate_read_flag(const char *text, const char *name, bool *flag, struct err *err);
