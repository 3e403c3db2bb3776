/*
 * `freezeline keyring …`: the hub's own keys, made and shown (public halves
 * only).
 */
#pragma once

#include "hub/cli/args.h"

int cli_keyring_create(const struct args *args);
int cli_keyring_show(const struct args *args);
