/*
 * `freezeline formality list`: the legal documents that requests owe.
 */
#pragma once

#include "hub/cli/args.h"

/* All return an exit code. */
int cli_formality_list(const struct args *args);
