/*
 * The vocabulary of risks with its labels, for GET /v1/meta.
 */
#pragma once

#include "hub/base/strbuf.h"

/* {"signals":[…],"watch_sources":[…],"watch_reasons":[…],
 * "lookup_purposes":[…]} */
void risk_json_write_vocabulary(struct strbuf *out, const char *key);
