/*
 * The columns of signals, watch entries and payment holds, in the order of
 * sql/queries/risk.sql.  Inside the store only.
 */
#pragma once

#include "hub/store/row_columns.h"

extern const struct column_list risk_columns_signal;
