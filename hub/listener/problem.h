/*
 * The listener's own refusals as RFC 9457 problems: a handful of fixed
 * members.  Problems with field pointers are written in the wire room.
 */
#pragma once

#include "hub/base/strbuf.h"

struct problem {
	int status;
	const char *code;     /* stable, snake_case */
	const char *detail;   /* a sentence */
	const char *trace_id; /* or NULL */
};

/* Append the problem as one JSON object. */
void problem_write(struct strbuf *out, const struct problem *problem);
