/*
 * How a case stands beside what expected.json says of it.  Pure.
 */
#pragma once

#include <stdbool.h>

#include "hub/base/strbuf.h"
#include "hub/wire/json_view.h"

/* The target (of a case as the API shows it) that an entry of expected.json
 * means: institution, identifier type and layer; NULL: none. */
const struct json_view *cli_demo_expected_find(
    const struct json_view *file, const struct json_view *wanted);

/* Is every target of the case where it is expected?  Appends a line for each
 * difference to `differences` (or NULL) and returns their number. */
int cli_demo_expected_compare(const struct json_view *expected,
    const struct json_view *file, struct strbuf *differences);

/* The first target that an act's `when` fits; NULL: its time has not come. */
const struct json_view *cli_demo_expected_due(
    const struct json_view *act, const struct json_view *file);
