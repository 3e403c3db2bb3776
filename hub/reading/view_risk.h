/*
 * What the pages of signals, watch entries and payment holds share: the
 * question, the cursor and the end.  Inside the reading room only.
 */
#pragma once

#include "hub/reading/view.h"
#include "hub/store/view_load_risk.h"

/* The actor's own rows, from where the request's cursor says. */
void view_risk_query(const struct view_run *run, struct view_risk_query *query);

/* The cursor behind the page's last row. */
void view_risk_next(const struct view_run *run, enum cursor_kind kind,
    int64_t at, const struct id *id);

/* Close the page of so many rows, which count for the record. */
void view_risk_end(struct view_run *run, size_t count);
