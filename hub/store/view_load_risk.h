/*
 * Pages of signals, watch entries and payment holds, for the reading room.
 */
#pragma once

#include "hub/domain/effects.h"
#include "hub/store/db.h"

struct view_risk_query {
	const struct id *institution; /* whose rows */
	int64_t at, before;           /* before 0: from the newest */
	struct id before_id;
	int limit;
};

/* What was sent, or else received, and is not expired at query->at; the
 * newest first. */
NODISCARD enum rc view_load_risk_signals(struct db *db,
    const struct view_risk_query *query, bool are_sent, struct arena *arena,
    struct signal_row **signals, size_t *count, struct err *err);
