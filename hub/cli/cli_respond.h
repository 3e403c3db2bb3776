/*
 * `freezeline respond`: a nodal officer's answer from the terminal.
 */
#pragma once

#include "hub/cli/args.h"

int cli_respond(const struct args *args);
