/*
 * Adapters: an envelope in, the bytes of a message out.  Pure; chosen by the
 * endpoint's registry row.
 */
#pragma once

#include "hub/base/common.h"
#include "hub/base/err.h"
#include "hub/base/strbuf.h"
#include "hub/domain/envelope.h"

struct adapter {
	const char *name, *content_type;
	/* Append the body.  It survives JSON.stringify(JSON.parse(body)). */
	enum rc (*write)(const struct envelope *envelope, struct strbuf *out,
	    struct err *err);
};

/* NULL: no such adapter. */
const struct adapter *adapter_find(const char *name);

/* The adapter named "json": docs/domain.md, section 11. */
extern const struct adapter adapter_json;

/* "cloudevents": the same inside a CloudEvent 1.0.2, structured JSON. */
extern const struct adapter adapter_cloudevents;
