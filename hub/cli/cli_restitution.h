/*
 * `freezeline restitution …` and `target attach`: courts' orders, and money on
 * its way back.
 */
#pragma once

#include "hub/cli/args.h"

int cli_restitution_plan(const struct args *args);
int cli_restitution_propose(const struct args *args);
int cli_restitution_order(const struct args *args);
int cli_restitution_refuse(const struct args *args);
int cli_restitution_pay(const struct args *args);
int cli_restitution_show(const struct args *args);
int cli_target_attach(const struct args *args);
