/*
 * The results of a load's pipeline as rows of the snapshot.  Called by
 * snapshot_load only.
 */
#pragma once

#include "hub/domain/snapshot.h"
#include "hub/store/pipeline.h"

enum load_step {
	LOAD_BATCH_NUMBER,
	LOAD_CASE_NUMBERS,
	LOAD_CASES,
	LOAD_TARGETS,
	LOAD_REQUESTS,
	LOAD_FORMALITIES,
	LOAD_DOCUMENTS,
	LOAD_TXNS,
	LOAD_TRAIL_TARGETS,
	LOAD_TRAIL_REQUESTS,
	LOAD_TRAIL_TXNS,
	LOAD_CASE_FORMALITIES,
	LOAD_GRIEVANCES,
	LOAD_HOLDS,
	LOAD_WATCHES,
	LOAD_SIGNALS,
	LOAD_RESTITUTIONS,
	LOAD_PENDING,
	LOAD_DEADLINES,
	LOAD_LIVE,
	LOAD_VOLUMES,
	LOAD_USUAL,
	LOAD_KEPT,
	LOAD_ACTORS,
	LOAD_STEP_COUNT
};

enum { LOAD_NOT_SENT = PIPELINE_LIMIT };

/* The pipeline's number of each step's result, or LOAD_NOT_SENT. */
struct load_results {
	size_t of[LOAD_STEP_COUNT];
};

/* RC_TOO_LARGE when the snapshot's arena is full, RC_FAILED `bad_row` for a
 * row that this program cannot read. */
NODISCARD enum rc
load_rows_read(const struct db *db, const struct load_results *results,
    struct snapshot *snapshot, struct err *err);
