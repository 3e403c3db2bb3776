/*
 * What must be done now and then.  Used by the clerk.
 */
#pragma once

#include "hub/store/db.h"

/* Make the partitions of the coming periods. */
NODISCARD enum rc
housekeeping_make_partitions(struct db *db, size_t *made, struct err *err);

/* Forget kept replies older than two days, at most `limit`; how many. */
NODISCARD enum rc housekeeping_forget_replies(
    struct db *db, int32_t limit, size_t *forgotten, struct err *err);

/* Forget the pieces of at most `limit` contents that no document has named
 * for an hour; how many pieces. */
NODISCARD enum rc housekeeping_sweep_staged(
    struct db *db, int32_t limit, size_t *swept, struct err *err);
