/*
 * `freezeline inbox`: what waits for an institution without a webhook.
 */
#pragma once

#include "hub/cli/args.h"

int cli_inbox(const struct args *args);
