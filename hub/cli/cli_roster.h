/*
 * `freezeline roster …`: who is on duty when, and now.
 */
#pragma once

#include "hub/cli/args.h"

int cli_roster_show(const struct args *args);
int cli_roster_set(const struct args *args);
int cli_roster_now(const struct args *args);
