/*
 * Several statements in one round trip (libpq's pipeline mode):
 *
 *	pipeline_begin(db);
 *	n = pipeline_add(db, SQL_…, params);	as often as needed
 *	TRY(pipeline_run(db, err));
 *	rows = pipeline_rows(db, n);
 *
 * Parameters are copied by pipeline_add.  Used by the desk's load and save
 * and by the dispatcher's completions.
 */
#pragma once

#include "hub/store/db.h"

enum { PIPELINE_LIMIT = 32 };

/* Forget the rows of the last run and start another. */
void pipeline_begin(struct db *db);

/* Queue a statement and return the number of its result.  A failure is kept
 * for pipeline_run. */
size_t pipeline_add(
    struct db *db, enum statement statement, const struct params *params);

/* Let the server begin with what is queued.  pipeline_run tells of a
 * failure. */
void pipeline_send(struct db *db);

/* Send what is queued and read every result.  When one fails the others are
 * dropped, an open transaction is rolled back and `err` tells of the first:
 * rc as in sql_error.h; RC_UNAVAILABLE `commit_in_doubt` when the connection
 * was lost with a COMMIT on the way. */
NODISCARD enum rc pipeline_run(struct db *db, struct err *err);

/* Rows of the n-th statement, good until the next pipeline_begin. */
const struct rows *pipeline_rows(const struct db *db, size_t number);
