/*
 * Questions: see ask.h.
 */
#include "hub/store/ask.h"

#include <stdlib.h>
#include <string.h>

#include "hub/base/clock.h"
#include "hub/store/inside.h"
#include "hub/store/sql_error.h"

/* Three times the statement_timeout of a dispatcher's session. */
enum { ASK_ANSWER_SECONDS = 15 };

void
ask_init(struct ask *ask, struct db *db)
{
	memset(ask, 0, sizeof(*ask));
	ask->db = db;
}

void
ask_clear(struct ask *ask)
{
	rows_free(ask->rows);
	ask->rows = NULL;
	ask->err.rc = RC_OK;
	ask->asked_at = 0;
}

bool
ask_is_open(const struct ask *ask)
{
	return ask->asked_at != 0;
}

enum rc
ask_send(struct ask *ask, enum statement statement, const struct params *params,
    struct err *err)
{
	ask_clear(ask);
	db_replan(ask->db);
	TRY(db_send(ask->db, statement, params, err));
	ask->statement = statement;
	ask->asked_at = clock_monotonic();
	return RC_OK;
}

static void
ask_keep(struct ask *ask, PGresult *result)
{
	ExecStatusType status = PQresultStatus(result);

	if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK) {
		if (ask->err.rc == RC_OK)
			(void)sql_error_set(
			    &ask->err, result, statements[ask->statement].name);
		PQclear(result);
		return;
	}
	rows_free(ask->rows);
	ask->rows = calloc(1, sizeof(*ask->rows));
	if (ask->rows == NULL)
		abort();
	ask->rows->result = result;
}

/* No more of this answer will come. */
static enum rc
ask_lose(struct ask *ask, bool *is_over, struct err *err)
{
	ask_clear(ask);
	*is_over = true;
	return sql_error_set(err, NULL, statements[ask->statement].name);
}

enum rc
ask_read(struct ask *ask, bool *is_over, struct err *err)
{
	int64_t waited = ask_is_open(ask) ? clock_monotonic() - ask->asked_at
					  : 0;
	PGconn *connection = ask->db->connection;
	PGresult *result;

	*is_over = false;
	if (connection == NULL || PQconsumeInput(connection) != 1 ||
	    PQflush(connection) < 0 ||
	    waited > ASK_ANSWER_SECONDS * CLOCK_SECOND)
		return ask_lose(ask, is_over, err);
	while (ask_is_open(ask) && !PQisBusy(connection)) {
		result = PQgetResult(connection);
		if (result != NULL) {
			ask_keep(ask, result);
			continue;
		}
		*is_over = true;
		ask->asked_at = 0;
		if (ask->err.rc == RC_OK && ask->rows == NULL)
			return ask_lose(ask, is_over, err);
		if (ask->err.rc != RC_OK)
			*err = ask->err;
		return ask->err.rc;
	}
	return RC_OK;
}
