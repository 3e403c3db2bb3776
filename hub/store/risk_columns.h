/*
 * The columns of signals, watch entries and payment holds, in the order of
 * sql/queries/risk.sql.  Inside the store only.
 */
#pragma once

#include "hub/store/row_columns.h"

/* risk_columns_received is what a decision sees of a signal. */
extern const struct column_list risk_columns_signal, risk_columns_received,
    risk_columns_watch, risk_columns_hold;
