/*
 * A failure as an RFC 9457 problem.  The type is the relative reference
 * "/problems/CODE": stable, because codes are, and resolved against the hub
 * that answered.  Called where a reply is made; logs nothing.
 */
#pragma once

#include "hub/base/err.h"
#include "hub/base/strbuf.h"

/* The HTTP status of a failure. */
int problem_status(enum rc rc);

/* Append the problem as one JSON object.  `instance` (the path that was
 * asked for) and `trace_id` may be NULL.  The sentence of a failure that is
 * ours is replaced by a fixed one: it may name the inside. */
void problem_json_write(struct strbuf *out, const struct err *err,
    const char *instance, const char *trace_id);

/* The same with a status that no `enum rc` has (405, 415). */
void problem_json_write_as(struct strbuf *out, int status, const char *title,
    const struct err *err, const char *instance, const char *trace_id);
