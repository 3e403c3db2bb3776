/*
 * What a failed statement means: SQLSTATE and constraint name to rc and
 * code, by tables.  Inside the store only.
 *
 *	40001 40P01 55P03, 23505 on the idempotency key	RC_RETRY
 *	23505 on a registry key				RC_INVALID, own code
 *	22xxx 23xxx, the row is refused			RC_INVALID `row_refused`
 *	08xxx 53xxx 57xxx 25006, no connection		RC_UNAVAILABLE
 *	anything else is our fault			RC_FAILED
 */
#pragma once

#include <libpq-fe.h>

#include "hub/base/err.h"

/* Fill `err` from a failed result (or, where it is NULL or says nothing,
 * from a lost connection).  Never a value of a row: sentences only name the
 * statement, the state and the constraint. */
enum rc
sql_error_set(struct err *err, const PGresult *result, const char *statement);
