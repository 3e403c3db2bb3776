/*
 * `freezeline alert list`: what was asked for above the limits.
 */
#pragma once

#include "hub/cli/args.h"

int cli_alert_list(const struct args *args);
