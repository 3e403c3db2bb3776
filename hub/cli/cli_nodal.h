/*
 * `freezeline nodal`: options of the institution's program.
 */
#pragma once

#include "hub/cli/args.h"

int cli_nodal(const struct args *args);
