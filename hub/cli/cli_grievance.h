/*
 * `freezeline grievance …`: objections to holds, filed and decided.
 */
#pragma once

#include "hub/cli/args.h"

int cli_grievance_file(const struct args *args);
int cli_grievance_evidence(const struct args *args);
int cli_grievance_decide(const struct args *args);
