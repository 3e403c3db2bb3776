/*
 * `freezeline agreement …`, `signal …`, `watch …`, `lookup` and
 * `payment-hold …`: what telcos may signal and do, flagged identifiers, and
 * a bank's own pause of payments.  Bodies are files: an identifier on a command line is
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
int cli_risk_watch_add(const struct args *args);
int cli_risk_watch_list(const struct args *args);
int cli_risk_watch_withdraw(const struct args *args);
int cli_risk_watch_dispute(const struct args *args);
int cli_risk_watch_decide(const struct args *args);
int cli_risk_lookup(const struct args *args);
int cli_risk_hold_place(const struct args *args);
int cli_risk_hold_list(const struct args *args);
int cli_risk_hold_answer(const struct args *args);
