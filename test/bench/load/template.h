/*
 * Request texts with holes that each request fills anew:
 *   {{n}}     number of the request, from 0
 *   {{n:12}}  the same with leading zeros
 *   {{uuid}}  a fresh UUID
 *   {{now}}   the time, RFC 3339
 *   {{micros:12}}  microseconds since 1970, the last twelve digits
 *   {{line}}  the next line of the file named by --lines
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "hub/base/strbuf.h"

enum { TEMPLATE_PARTS = 64 };

enum template_kind {
	TEMPLATE_LITERAL,
	TEMPLATE_N,
	TEMPLATE_UUID,
	TEMPLATE_NOW,
	TEMPLATE_MICROS,
	TEMPLATE_LINE,
};

struct template
{
	size_t count;
	struct template_part {
		enum template_kind kind;
		const char *text; /* literal, borrowed */
		size_t length;    /* of it; n, micros: the width */
	} parts[TEMPLATE_PARTS];
};

/* One request's values. */
struct template_values {
	uint64_t n;
	const char *line;
};

/* `text` must outlive the template.  False: an unknown or open hole, or too
 * many of them. */
NODISCARD bool template_compile(struct template *template, const char *text);

void template_render(const struct template *template,
    const struct template_values *values, struct strbuf *out);
