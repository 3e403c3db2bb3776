/*
 * `freezeline agreement …` and `freezeline signal …`: what telcos may signal,
 * and what they do.  Bodies are files: an identifier on a command line is
 * seen by everybody on the machine.
 */
#pragma once

#include "hub/cli/args.h"

int cli_risk_agreement_add(const struct args *args);
int cli_risk_agreement_list(const struct args *args);
int cli_risk_agreement_confirm(const struct args *args);
int cli_risk_agreement_withdraw(const struct args *args);
int cli_risk_signal_send(const struct args *args);
int cli_risk_signal_list(const struct args *args);
