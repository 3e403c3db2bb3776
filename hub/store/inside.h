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
	/* The pipeline that is being filled or was run last. */
	enum statement queued[PIPELINE_LIMIT];
	struct rows results[PIPELINE_LIMIT];
	size_t queued_count;
	struct err queue_err; /* the first failure of pipeline_add */
};

/* Send one statement without reading its result. */
enum rc db_send(struct db *db, enum statement statement,
    const struct params *params, struct err *err);

/* The next result, or NULL at the end of a statement's; waits for at most
 * DB_ANSWER_SECONDS, after which the connection counts as lost. */
PGresult *db_result(struct db *db);

/* The rc of a COMMIT's result (db.h). */
enum rc db_commit_check(struct db *db, const PGresult *result, struct err *err);
