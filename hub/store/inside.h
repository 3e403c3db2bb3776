/*
 * What the files of the store share about a connection.  Nobody outside the
 * store includes it.
 */
#pragma once

#include <libpq-fe.h>

#include "hub/store/pipeline.h"

enum { PG_BINARY = 1 };

/* Microseconds from 1970 to PostgreSQL's epoch, 2000-01-01. */
#define PG_EPOCH INT64_C(946684800000000)

struct rows {
	PGresult *result;
};

struct db {
	PGconn *connection; /* NULL or bad: broken */
	char *conninfo, *application;
	enum session session;
	struct params params;
	unsigned warnings; /* the server's, since the last statement */
	/* Statements sent, and when the plans are made anew. */
	uint64_t sent, replan_after;
	int64_t replan_at;
	/* The pipeline that is being filled or was run last. */
	enum statement queued[PIPELINE_LIMIT];
	struct rows results[PIPELINE_LIMIT];
	size_t queued_count;
	struct err queue_err; /* the first failure of pipeline_add */
};

/* Forget the rows of the last pipeline. */
void pipeline_clear(struct db *db);

/* Send one statement without reading its result. */
enum rc db_send(struct db *db, enum statement statement,
    const struct params *params, struct err *err);

/* Between statements, before the next one: let the server plan anew what it
 * planned for tables that have grown since.  A failure shows at the next. */
void db_replan(struct db *db);

/* The next result, or NULL at the end of a statement's; waits for at most
 * DB_ANSWER_SECONDS, after which the connection counts as lost. */
PGresult *db_result(struct db *db);

/* The rc of a COMMIT's result (db.h). */
enum rc db_commit_check(struct db *db, const PGresult *result, struct err *err);
