/*
 * Saves what a batch decided and commits, in one round trip: one statement
 * for each kind of row, all rows of the kind in it.  In two steps, so that the
 * server works on the rows while the desk still seals the records:
 *
 *	TRY(effects_save_rows(db, effects, err));
 *	make the records, or effects_save_abandon(db)
 *	TRY(effects_save_records(db, effects, err));
 *
 * Called by the desk only.
 */
#pragma once

#include "hub/base/common.h"
#include "hub/base/err.h"
#include "hub/domain/effects.h"
#include "hub/store/db.h"

/* Send the snapshot's new and dirty rows, and do not wait.  After a failure
 * the transaction is rolled back. */
NODISCARD enum rc effects_save_rows(
    struct db *db, const struct effects *effects, struct err *err);

/* Send all records, COMMIT and wait for everything; where a kept reply
 * leaves, with something written, so that the commit waits for the standby
 * also on behalf of the reply's own transaction.
 * RC_OK: committed.  RC_RETRY: rolled back by a conflict (40001, 40P01,
 * 55P03, 23505 on the idempotency key): run the batch again.  RC_INVALID: the
 * database refused a row (a bisection finds whose).  RC_UNAVAILABLE: the
 * connection broke; whether it committed is in doubt. */
NODISCARD enum rc effects_save_records(
    struct db *db, const struct effects *effects, struct err *err);

/* Instead of the second step: roll back. */
void effects_save_abandon(struct db *db);
