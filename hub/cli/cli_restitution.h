/*
 * `freezeline restitution plan`: what is held, divided among the claims.
 */
#pragma once

#include "hub/cli/args.h"

int cli_restitution_plan(const struct args *args);
