/*
 * Bodies of the examples with their placeholders filled in: certificates,
 * ports, and times that lie in the near past instead of in March 2026.
 * Pure but for reading the example and certificate files.
 */
#pragma once

#include <stdint.h>

#include "hub/base/common.h"
#include "hub/base/err.h"
#include "hub/base/strbuf.h"
#include "hub/wire/json_view.h"

enum { CLI_DEMO_BODY_LIMIT = 1024 * 1024 };

/* A JSON file as a document that the caller frees. */
NODISCARD enum rc cli_demo_body_load(
    const char *path, struct json_view **document, struct err *err);

/* An institution for POST /v1/institutions: "@NAME.pem" becomes that file of
 * `pki` (a folder), "{port}" the port. */
NODISCARD enum rc cli_demo_body_institution(struct strbuf *out,
    const struct json_view *institution, const char *pki, int port,
    struct err *err);

/* A case for POST /v1/cases: all times are moved by one span, so that the
 * newest payment is ten minutes old at `now`; what would then lie after the
 * last minute (the report) lies at its beginning. */
void cli_demo_body_case(
    struct strbuf *out, const struct json_view *example, int64_t now);
