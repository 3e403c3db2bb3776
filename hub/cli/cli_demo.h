/*
 * `freezeline demo`: everything on one machine, with fictitious institutions
 * and six cases; `--check` runs them to the end and judges the outcome.
 */
#pragma once

#include "hub/cli/args.h"

/* Returns an exit code. */
int cli_demo(const struct args *args);
