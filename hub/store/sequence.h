/*
 * The public order: gives committed events their leaf index, without gaps.
 * Used by the sequencer (hub/clerk), one node at a time.
 */
#pragma once

#include "hub/base/id.h"
#include "hub/store/db.h"

/* What one owner knows from round to round; all zero at the start of an
 * epoch. */
struct sequence {
	int64_t floor;   /* as the database has it */
	int64_t highest; /* batch number of the events seen */
	/* The floor that is coming, and the transaction before which all must
	 * have ended; 0: none is. */
	int64_t next_floor, barrier;
};

/* One round in one transaction.  `count`: events that got their leaf, at most
 * `limit`; then there are more.  RC_CONFLICT `lease_lost` when the epoch is
 * not ours any more: nothing was written. */
NODISCARD enum rc
sequence_round(struct db *db, const struct id *owner, int64_t epoch,
    int32_t limit, struct sequence *sequence, size_t *count, struct err *err);
