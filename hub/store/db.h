/*
 * A connection to PostgreSQL: its session settings, its prepared statements
 * and single queries.  Several statements in one round trip: pipeline.h.
 * Used by one thread at a time.  After a failure of RC_UNAVAILABLE that
 * leaves it broken, db_reopen.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "hub/base/common.h"
#include "hub/base/err.h"
#include "hub/store/params.h"
#include "hub/store/rows.h"
#include "hub/store/statement.h"

struct db;

struct db_settings {
	const char *conninfo;    /* keywords or URI, as libpq takes it */
	const char *application; /* "freezeline desk", for pg_stat_activity */
	enum session session;
};

/* Connect, set the session up and prepare its statements.  The settings'
 * text is copied.  RC_UNAVAILABLE `database_unavailable`; RC_FAILED
 * `statement_refused` when the schema does not fit this program. */
NODISCARD enum rc
db_open(const struct db_settings *settings, struct db **db, struct err *err);
void db_close(struct db *db);
void db_cleanup(struct db **db);

/* Close and open again with the same settings; no waiting between tries. */
NODISCARD enum rc db_reopen(struct db *db, struct err *err);

/* The connection is gone: only db_reopen and db_close help. */
bool db_is_broken(const struct db *db);

/* The connection's own parameter list, emptied: fill it and pass it on. */
struct params *db_params(struct db *db);

/* Run one statement and wait.  `params` NULL: none.  `rows` NULL: not
 * wanted; else the caller frees them.  RC_RETRY, RC_INVALID, RC_UNAVAILABLE
 * or RC_FAILED as sql_error.h says. */
NODISCARD enum rc db_query(struct db *db, enum statement statement,
    const struct params *params, struct rows **rows, struct err *err);

/* Run text of any number of statements, without parameters or rows: for
 * migrations and tests. */
NODISCARD enum rc db_execute(struct db *db, const char *text, struct err *err);

/* BEGIN, COMMIT and ROLLBACK.  A commit that the server turned into a
 * rollback is RC_RETRY; one that was warned of (a cancelled wait for the
 * standby) or lost with the connection is RC_UNAVAILABLE `commit_in_doubt`.
 * Rolling back never fails: a broken connection has no transaction. */
NODISCARD enum rc db_begin(struct db *db, struct err *err);
NODISCARD enum rc db_commit(struct db *db, struct err *err);
void db_rollback(struct db *db);

enum { DB_CHANNEL_SIZE = 64, DB_PAYLOAD_SIZE = 256 };

struct db_notification {
	char channel[DB_CHANNEL_SIZE], payload[DB_PAYLOAD_SIZE];
};

/* Listen to a channel (a lower-case name); notifications then make
 * db_socket readable and are taken one by one, `found` false at the end.
 * RC_UNAVAILABLE when the connection is gone. */
NODISCARD enum rc
db_listen(struct db *db, const char *channel, struct err *err);
NODISCARD enum rc db_notified(struct db *db,
    struct db_notification *notification, bool *found, struct err *err);

/* For poll(); -1 when broken. */
int db_socket(const struct db *db);
