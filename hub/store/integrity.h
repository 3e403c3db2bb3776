/*
 * Proofs by anti-joins of what foreign keys would hold on the hot tables,
 * where they cost a third of the rate.  For `freezeline check --integrity`
 * and at the end of every test run; reads whole tables.
 */
#pragma once

#include "hub/base/arena.h"
#include "hub/store/db.h"

struct integrity_check {
	const char *name; /* "target_without_case" */
	int64_t broken;   /* rows that offend */
};

/* Every check by name, in `arena` (RC_TOO_LARGE at its limit), with the sum
 * of the rows that offend.  Of a SESSION_TOOL or
 * SESSION_MIGRATE session. */
NODISCARD enum rc integrity_run(struct db *db, struct arena *arena,
    struct integrity_check **checks, size_t *count, int64_t *broken,
    struct err *err);
