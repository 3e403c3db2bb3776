/*
 * Single queries, transactions and notifications of a connection: see db.h.
 */
#include "hub/store/db.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "hub/store/inside.h"
#include "hub/store/sql_error.h"

static bool
db_is_good(const PGresult *result)
{
	ExecStatusType status = PQresultStatus(result);

	return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK;
}

/* Read a statement's results to their end; the first failure counts, else
 * `last` is the last result, which the caller clears. */
static enum rc
db_finish(struct db *db, const char *name, PGresult **last, struct err *err)
{
	PGresult *result;
	enum rc rc = RC_OK;

	*last = NULL;
	while ((result = db_result(db)) != NULL) {
		if (rc == RC_OK && !db_is_good(result))
			rc = sql_error_set(err, result, name);
		PQclear(*last);
		*last = result;
	}
	if (rc == RC_OK && *last == NULL)
		rc = sql_error_set(err, NULL, name);
	if (rc == RC_OK)
		return RC_OK;
	PQclear(*last);
	*last = NULL;
	return rc;
}

enum rc
db_query(struct db *db, enum statement statement, const struct params *params,
    struct rows **rows, struct err *err)
{
	PGresult *result;

	db_replan(db);
	TRY(db_send(db, statement, params, err));
	TRY(db_finish(db, statements[statement].name, &result, err));
	if (rows == NULL) {
		PQclear(result);
		return RC_OK;
	}
	*rows = calloc(1, sizeof(**rows));
	if (*rows == NULL)
		abort();
	(*rows)->result = result;
	return RC_OK;
}

enum rc
db_execute(struct db *db, const char *text, struct err *err)
{
	PGresult *result;

	if (db_is_broken(db) || PQsendQuery(db->connection, text) != 1)
		return sql_error_set(err, NULL, "text");
	TRY(db_finish(db, "text", &result, err));
	PQclear(result);
	return RC_OK;
}

enum rc
db_begin(struct db *db, struct err *err)
{
	return db_query(db, SQL_BEGIN, NULL, NULL, err);
}

enum rc
db_commit_check(struct db *db, const PGresult *result, struct err *err)
{
	/* Of a failed transaction: COMMAND_OK with the tag ROLLBACK. */
	if (strcmp(PQcmdStatus((PGresult *)(uintptr_t)result), "COMMIT") != 0)
		return err_set(err, RC_RETRY, "rolled_back",
		    "the transaction had failed before its commit");
	if (db->warnings > 0)
		return err_set(err, RC_UNAVAILABLE, "commit_in_doubt",
		    "the commit is not known to be on the standby");
	return RC_OK;
}

enum rc
db_commit(struct db *db, struct err *err)
{
	PGresult *result;
	enum rc rc;

	db->warnings = 0;
	rc = db_send(db, SQL_COMMIT, NULL, err);
	if (rc == RC_OK)
		rc = db_finish(db, "commit", &result, err);
	if (rc == RC_OK) {
		rc = db_commit_check(db, result, err);
		PQclear(result);
		return rc;
	}
	if (rc == RC_UNAVAILABLE)
		return err_set(err, RC_UNAVAILABLE, "commit_in_doubt",
		    "the connection was lost during a commit");
	return rc;
}

void
db_rollback(struct db *db)
{
	struct err err;

	if (db_is_broken(db) ||
	    PQtransactionStatus(db->connection) == PQTRANS_IDLE)
		return;
	/* A failure leaves the connection broken, which rolls back too. */
	if (db_query(db, SQL_ROLLBACK, NULL, NULL, &err) == RC_OK)
		return;
	PQfinish(db->connection);
	db->connection = NULL;
}

enum rc
db_listen(struct db *db, const char *channel, struct err *err)
{
	char text[DB_CHANNEL_SIZE + 8];
	size_t length = strspn(channel, "abcdefghijklmnopqrstuvwxyz_");

	if (length == 0 || channel[length] != '\0' || length >= DB_CHANNEL_SIZE)
		return err_set(err, RC_FAILED, "bad_channel",
		    "a channel is lower-case letters and _");
	snprintf(text, sizeof(text), "LISTEN %s", channel);
	return db_execute(db, text, err);
}

enum rc
db_notified(struct db *db, struct db_notification *notification, bool *found,
    struct err *err)
{
	PGnotify *notify;

	*found = false;
	if (db_is_broken(db) || PQconsumeInput(db->connection) != 1)
		return sql_error_set(err, NULL, "listen");
	notify = PQnotifies(db->connection);
	if (notify == NULL)
		return RC_OK;
	snprintf(notification->channel, sizeof(notification->channel), "%s",
	    notify->relname);
	snprintf(notification->payload, sizeof(notification->payload), "%s",
	    notify->extra);
	PQfreemem(notify);
	*found = true;
	return RC_OK;
}
