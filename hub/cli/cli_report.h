/*
 * `freezeline report`: statistics, as tables or as CSV.
 */
#pragma once

struct args;

int cli_report_response_times(const struct args *args);
int cli_report_outcomes(const struct args *args);
