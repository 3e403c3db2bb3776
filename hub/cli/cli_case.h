/*
 * `freezeline case …`: the officer's and supervisor's acts against a running
 * hub.  Each returns an exit code.
 */
#pragma once

#include "hub/cli/args.h"

int cli_case_submit(const struct args *args);
int cli_case_show(const struct args *args);
int cli_case_list(const struct args *args);
int cli_case_watch(const struct args *args);
int cli_case_approve(const struct args *args);
int cli_case_withdraw(const struct args *args);
int cli_case_amend(const struct args *args);
int cli_case_add_request(const struct args *args);
int cli_case_patch(const struct args *args);
int cli_case_merge(const struct args *args);
int cli_case_close(const struct args *args);
int cli_case_issue(const struct args *args);
int cli_case_dismiss(const struct args *args);
int cli_case_correct(const struct args *args);
int cli_case_remind(const struct args *args);
int cli_case_notice(const struct args *args);
int cli_case_status(const struct args *args);
int cli_case_trail(const struct args *args);
int cli_case_release(const struct args *args);
int cli_case_reduce(const struct args *args);
int cli_case_extend(const struct args *args);
