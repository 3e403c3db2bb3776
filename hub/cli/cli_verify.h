/*
 * `freezeline verify FILE`: a saved timeline, checked offline.
 */
#pragma once

#include "hub/cli/args.h"

int cli_verify(const struct args *args);
