/*
 * What is owed: `freezeline formality list`, `deadline list` and `report
 * legal-debt`.
 */
#pragma once

#include "hub/cli/args.h"

/* All return an exit code. */
int cli_formality_list(const struct args *args);
int cli_formality_deadlines(const struct args *args);
int cli_formality_report(const struct args *args);
