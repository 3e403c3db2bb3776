/*
 * Pipelines: see pipeline.h.  libpq gives each statement a result and then
 * NULL, and one result for the sync, with no NULL behind it; after a failure
 * the results up to the sync say PIPELINE_ABORTED and the transaction stays
 * failed.
 */
#include "hub/store/pipeline.h"

#include <string.h>

#include "hub/store/inside.h"
#include "hub/store/sql_error.h"

void
pipeline_clear(struct db *db)
{
	for (size_t i = 0; i < db->queued_count; i++) {
		PQclear(db->results[i].result);
		db->results[i].result = NULL;
	}
	db->queued_count = 0;
	db->warnings = 0;
	db->queue_err.rc = RC_OK;
}

void
pipeline_begin(struct db *db)
{
	pipeline_clear(db);
	db_replan(db);
}

/* Keep the first failure for pipeline_run. */
static enum rc
pipeline_queue(struct db *db, enum statement statement,
    const struct params *params, struct err *err)
{
	if (db->queued_count == PIPELINE_LIMIT)
		return err_set(err, RC_FAILED, "pipeline_full",
		    "too many statements in a pipeline");
	if (db_is_broken(db) ||
	    (PQpipelineStatus(db->connection) == PQ_PIPELINE_OFF &&
		PQenterPipelineMode(db->connection) != 1))
		return sql_error_set(err, NULL, statements[statement].name);
	TRY(db_send(db, statement, params, err));
	db->queued[db->queued_count] = statement;
	db->results[db->queued_count].result = NULL;
	db->queued_count++;
	return RC_OK;
}

size_t
pipeline_add(
    struct db *db, enum statement statement, const struct params *params)
{
	if (db->queue_err.rc == RC_OK)
		db->queue_err.rc = pipeline_queue(
		    db, statement, params, &db->queue_err);
	return db->queued_count == 0 ? 0 : db->queued_count - 1;
}

/* What fails here fails again at the sync. */
void
pipeline_send(struct db *db)
{
	if (!db_is_broken(db))
		(void)PQflush(db->connection);
}

const struct rows *
pipeline_rows(const struct db *db, size_t number)
{
	return &db->results[number];
}

static enum rc
pipeline_check(struct db *db, size_t number, struct err *err)
{
	const PGresult *result = db->results[number].result;
	const char *name = statements[db->queued[number]].name;
	ExecStatusType status = PQresultStatus(result);

	if (db->queued[number] == SQL_COMMIT && status == PGRES_COMMAND_OK)
		return db_commit_check(db, result, err);
	if (status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK)
		return RC_OK;
	return sql_error_set(err, result, name);
}

/* The results of one statement: one, then NULL. */
static enum rc
pipeline_read(struct db *db, size_t number, struct err *err)
{
	PGresult *more;

	db->results[number].result = db_result(db);
	if (db->results[number].result != NULL)
		while ((more = db_result(db)) != NULL)
			PQclear(more);
	return pipeline_check(db, number, err);
}

static enum rc
pipeline_sync(struct db *db, struct err *err)
{
	if (db_is_broken(db) || PQpipelineSync(db->connection) != 1)
		return sql_error_set(err, NULL, "sync");
	return RC_OK;
}

/* Read everything up to the sync; the first failure counts. */
static enum rc
pipeline_read_all(struct db *db, struct err *err)
{
	struct err later;
	enum rc rc = RC_OK;
	PGresult *result;

	for (size_t i = 0; i < db->queued_count; i++)
		if (rc == RC_OK)
			rc = pipeline_read(db, i, err);
		else
			(void)pipeline_read(db, i, &later);
	result = db_result(db);
	if (rc == RC_OK && PQresultStatus(result) != PGRES_PIPELINE_SYNC)
		rc = sql_error_set(err, NULL, "sync");
	PQclear(result);
	return rc;
}

static void
pipeline_end(struct db *db)
{
	if (db->connection == NULL ||
	    PQpipelineStatus(db->connection) == PQ_PIPELINE_OFF ||
	    PQexitPipelineMode(db->connection) == 1)
		return;
	/* Results are left that nobody can place: the connection is lost. */
	PQfinish(db->connection);
	db->connection = NULL;
}

static bool
pipeline_commits(const struct db *db)
{
	return db->queued_count > 0 &&
	    db->queued[db->queued_count - 1] == SQL_COMMIT;
}

enum rc
pipeline_run(struct db *db, struct err *err)
{
	struct err unsent = db->queue_err;
	enum rc rc = pipeline_sync(db, err);

	if (rc == RC_OK)
		rc = pipeline_read_all(db, err);
	pipeline_end(db);
	if (unsent.rc != RC_OK)
		*err = unsent, rc = unsent.rc;
	if (rc == RC_OK)
		return RC_OK;
	if (pipeline_commits(db) && rc == RC_UNAVAILABLE && db_is_broken(db))
		err_set(err, rc, "commit_in_doubt",
		    "the connection was lost during a commit");
	db_rollback(db);
	pipeline_clear(db);
	return rc;
}
