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
	/* Of pages that can be narrowed; 0: any. */
	uint32_t states;
};

/* What was sent, or else received, and is not expired at query->at; the
 * newest first. */
NODISCARD enum rc view_load_risk_signals(struct db *db,
    const struct view_risk_query *query, bool are_sent, struct arena *arena,
    struct signal_row **signals, size_t *count, struct err *err);

/* Watch entries of an institution (NULL: of all), payment holds of one. */
NODISCARD enum rc view_load_risk_watches(struct db *db,
    const struct view_risk_query *query, struct arena *arena,
    struct watch_entry **entries, size_t *count, struct err *err);
NODISCARD enum rc view_load_risk_holds(struct db *db,
    const struct view_risk_query *query, struct arena *arena,
    struct payment_hold **holds, size_t *count, struct err *err);

/* One of them.  RC_MISSING. */
NODISCARD enum rc view_load_risk_watch(struct db *db, const struct id *id,
    struct arena *arena, struct watch_entry **entry, struct err *err);
NODISCARD enum rc view_load_risk_hold(struct db *db, const struct id *id,
    struct arena *arena, struct payment_hold **hold, struct err *err);
