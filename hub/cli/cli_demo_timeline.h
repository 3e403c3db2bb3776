/*
 * Is a case's timeline complete?  Replays each target's events through the
 * state machine and looks where that ends.  Pure.
 */
#pragma once

#include "hub/base/strbuf.h"
#include "hub/wire/json_view.h"

/* `expected` is the case's part of expected.json, `file` the case, `timeline`
 * {"items":[…]} with all events.  Appends a line for each fault to `faults`
 * and returns their number: a gap in a target's way, an end that is not its
 * status, a state in `passed` that it did not go through, no delivery of
 * what was queued, leaf indexes that do not grow. */
int cli_demo_timeline_check(const struct json_view *expected,
    const struct json_view *file, const struct json_view *timeline,
    struct strbuf *faults);
