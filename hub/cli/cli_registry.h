/*
 * `freezeline institution …`, `endpoint …` and `me`: the registry from the
 * terminal.  Proposing and confirming are two people's.
 */
#pragma once

#include "hub/cli/args.h"

int cli_registry_institution_list(const struct args *args);
int cli_registry_institution_add(const struct args *args);
int cli_registry_institution_confirm(const struct args *args);
int cli_registry_institution_place(const struct args *args);
int cli_registry_institution_confirm_place(const struct args *args);
int cli_registry_endpoint_list(const struct args *args);
int cli_registry_endpoint_add(const struct args *args);
int cli_registry_endpoint_confirm(const struct args *args);
int cli_registry_endpoint_test(const struct args *args);
int cli_registry_endpoint_attempts(const struct args *args);
int cli_registry_me(const struct args *args);
