/*
 * What to try while the demo runs: where the certificates are, one curl line
 * for each role.
 */
#pragma once

#include "hub/base/common.h"
#include "hub/base/err.h"
#include "hub/base/strbuf.h"
#include "hub/cli/cli_demo_stage.h"

/* Append the text that people read. */
void
cli_demo_hint_write(struct strbuf *out, const struct cli_demo_stage *stage);

/* Make the calls of the curl lines; appends a line for each that fails and
 * returns their number.  `made` gets the number of calls. */
int cli_demo_hint_check(
    const struct cli_demo_stage *stage, struct strbuf *faults, int *made);
