/*
 * How long a request takes to leave: the figure that the demo prints.
 */
#pragma once

#include "hub/base/common.h"
#include "hub/base/err.h"
#include "hub/cli/cli_demo_stage.h"

/* Print p50 and p99 of submit -> first webhook, from the log of attempts. */
NODISCARD enum rc
cli_demo_latency_print(const struct cli_demo_stage *stage, struct err *err);
