/*
 * Connections: see db.h.
 */
#include "hub/store/db.h"

#include <poll.h>
#include <stdlib.h>
#include <string.h>

#include "hub/base/clock.h"
#include "hub/store/inside.h"
#include "hub/store/sql_error.h"

/* Longer than any statement_timeout of a session below but a tool's. */
enum { DB_ANSWER_SECONDS = 40 };

enum { REPLAN_FIRST = 64, REPLAN_SECONDS = 60 };

/* Settings that are the same for all.  JIT would start for every statement:
 * enable_seqscan=off works by enormous costs. */
#define SET_COMMON                           \
	"SET client_min_messages = warning;" \
	"SET TimeZone = 'UTC';"              \
	"SET search_path = public, pg_temp;" \
	"SET jit = off;"

/* An ANALYZE of empty tables would leave sequential scans in cached plans
 * (measured: 555 instead of 2,700 commands a second).  It can still leave
 * scans of whole indexes: db_replan. */
#define SET_HOT                                     \
	"SET plan_cache_mode = force_generic_plan;" \
	"SET enable_seqscan = off;"

/* They look everything up by key, however small the planner takes a table
 * for: no joins that read the whole of one. */
#define SET_BY_KEY                     \
	"SET enable_hashjoin = off;"   \
	"SET enable_mergejoin = off;"  \
	"SET enable_bitmapscan = off;" \
	"SET enable_memoize = off;"

static const struct {
	enum session session;
	const char *set;
} sessions[] = {
	{ SESSION_DESK,
	    SET_COMMON SET_HOT SET_BY_KEY
	    "SET statement_timeout = '5s'; SET lock_timeout = '2s';"
	    "SET idle_in_transaction_session_timeout = '10s'" },
	{ SESSION_READER,
	    SET_COMMON "SET enable_seqscan = off;"
		       "SET default_transaction_read_only = on;"
		       "SET statement_timeout = '10s';"
		       "SET idle_in_transaction_session_timeout = '10s'" },
	{ SESSION_DISPATCHER,
	    SET_COMMON SET_HOT SET_BY_KEY
	    "SET statement_timeout = '5s'; SET lock_timeout = '2s';"
	    "SET idle_in_transaction_session_timeout = '10s'" },
	{ SESSION_CLERK,
	    SET_COMMON SET_HOT SET_BY_KEY
	    "SET statement_timeout = '30s'; SET lock_timeout = '5s';"
	    "SET idle_in_transaction_session_timeout = '30s'" },
	{ SESSION_TOOL, SET_COMMON },
	{ SESSION_MIGRATE, SET_COMMON },
};

static void
db_on_notice(void *context, const PGresult *result)
{
	struct db *db = context;
	const char *severity = PQresultErrorField(
	    result, PG_DIAG_SEVERITY_NONLOCALIZED);

	if (severity != NULL && strcmp(severity, "WARNING") == 0)
		db->warnings++;
}

static enum rc
db_connect(struct db *db, struct err *err)
{
	/* What stands before dbname may be set otherwise in the conninfo. */
	const char *const keys[] = { "connect_timeout", "tcp_user_timeout",
		"keepalives", "keepalives_idle", "keepalives_interval",
		"keepalives_count", "dbname", "application_name",
		"client_encoding", NULL };
	const char *const values[] = { "2", "3000", "1", "1", "1", "3",
		db->conninfo, db->application, "UTF8", NULL };

	db->connection = PQconnectdbParams(keys, values, 1);
	if (db->connection == NULL)
		abort();
	if (PQstatus(db->connection) != CONNECTION_OK)
		return err_set(err, RC_UNAVAILABLE, "database_unavailable",
		    "%.*s", (int)strcspn(PQerrorMessage(db->connection), "\n"),
		    PQerrorMessage(db->connection));
	PQsetNoticeReceiver(db->connection, db_on_notice, db);
	return RC_OK;
}

static enum rc
db_prepare_results(struct db *db, struct err *err)
{
	enum rc rc = RC_OK;

	for (size_t i = 0; i < STATEMENT_COUNT; i++) {
		PGresult *result;

		if ((statements[i].sessions & db->session) == 0)
			continue;
		result = db_result(db);
		if (rc == RC_OK && PQresultStatus(result) != PGRES_COMMAND_OK)
			rc = sql_error_set(err, result, statements[i].name);
		PQclear(result);
		if (result != NULL)
			PQclear(db_result(db));
	}
	PQclear(db_result(db)); /* of the sync */
	return rc;
}

/* All statements of the session in one round trip. */
static enum rc
db_prepare(struct db *db, struct err *err)
{
	enum rc rc;

	if (PQenterPipelineMode(db->connection) != 1)
		return sql_error_set(err, NULL, "prepare");
	for (size_t i = 0; i < STATEMENT_COUNT; i++)
		if ((statements[i].sessions & db->session) != 0 &&
		    PQsendPrepare(db->connection, statements[i].name,
			statements[i].text, 0, NULL) != 1)
			return sql_error_set(err, NULL, "prepare");
	if (PQpipelineSync(db->connection) != 1)
		return sql_error_set(err, NULL, "prepare");
	rc = db_prepare_results(db, err);
	if (PQexitPipelineMode(db->connection) != 1 && rc == RC_OK)
		return sql_error_set(err, NULL, "prepare");
	return rc;
}

static bool
db_has_cached_plans(const struct db *db)
{
	return db->session < SESSION_TOOL && db->session != SESSION_READER;
}

/* A cached plan stays until the tables' statistics change, which takes
 * autovacuum a minute: a fresh database under load fills much faster.  So
 * plans are made anew whenever twice as much was sent, and every minute. */
void
db_replan(struct db *db)
{
	int64_t now = clock_monotonic();
	struct err ignored;

	if ((db->sent < db->replan_after && now < db->replan_at) ||
	    !db_has_cached_plans(db) || db_is_broken(db) ||
	    PQtransactionStatus(db->connection) != PQTRANS_IDLE)
		return;
	if (db_execute(db, "DISCARD PLANS", &ignored) != RC_OK)
		return; /* the next statement fails as well, and tells */
	db->replan_after = 2 * db->sent + REPLAN_FIRST;
	db->replan_at = now + REPLAN_SECONDS * CLOCK_SECOND;
}

static enum rc
db_set_up(struct db *db, struct err *err)
{
	db->sent = 0;
	db->replan_after = REPLAN_FIRST;
	db->replan_at = clock_monotonic() + REPLAN_SECONDS * CLOCK_SECOND;
	TRY(db_connect(db, err));
	for (size_t i = 0; i < COUNT(sessions); i++)
		if ((sessions[i].session & db->session) != 0)
			TRY(db_execute(db, sessions[i].set, err));
	return db->session == SESSION_MIGRATE ? RC_OK : db_prepare(db, err);
}

enum rc
db_open(const struct db_settings *settings, struct db **db, struct err *err)
{
	SCOPED(db_cleanup) struct db *opened = calloc(1, sizeof(*opened));

	if (opened == NULL)
		abort();
	opened->conninfo = strdup(settings->conninfo);
	opened->application = strdup(settings->application);
	if (opened->conninfo == NULL || opened->application == NULL)
		abort();
	opened->session = settings->session;
	params_init(&opened->params);
	TRY(db_set_up(opened, err));
	*db = opened;
	opened = NULL;
	return RC_OK;
}

static void
db_disconnect(struct db *db)
{
	pipeline_clear(db);
	PQfinish(db->connection);
	db->connection = NULL;
}

void
db_close(struct db *db)
{
	if (db == NULL)
		return;
	db_disconnect(db);
	params_clear(&db->params);
	free(db->conninfo);
	free(db->application);
	free(db);
}

void
db_cleanup(struct db **db)
{
	db_close(*db);
}

enum rc
db_reopen(struct db *db, struct err *err)
{
	enum rc rc;

	db_disconnect(db);
	rc = db_set_up(db, err);
	if (rc != RC_OK)
		db_disconnect(db);
	return rc;
}

bool
db_is_broken(const struct db *db)
{
	return db->connection == NULL ||
	    PQstatus(db->connection) != CONNECTION_OK;
}

int
db_socket(const struct db *db)
{
	return db_is_broken(db) ? -1 : PQsocket(db->connection);
}

struct params *
db_params(struct db *db)
{
	params_reset(&db->params);
	return &db->params;
}

enum rc
db_send(struct db *db, enum statement statement, const struct params *params,
    struct err *err)
{
	const struct statement_text *text = &statements[statement];
	const char *values[PARAMS_LIMIT];
	int lengths[PARAMS_LIMIT], formats[PARAMS_LIMIT];
	int count = params == NULL ? 0 : params->count;

	if (params != NULL && params->failed)
		return err_set(err, RC_TOO_LARGE, "too_many_bytes",
		    "the parameters of %s are too large", text->name);
	if (count != text->parameters || (text->sessions & db->session) == 0)
		return err_set(err, RC_FAILED, "statement_misused",
		    "%s was given %d parameters, or by the wrong session",
		    text->name, count);
	for (int i = 0; i < count; i++) {
		const struct param *item = &params->items[i];

		values[i] = item->length < 0
		    ? NULL
		    : (const char *)params->bytes + item->at;
		lengths[i] = item->length < 0 ? 0 : item->length;
		formats[i] = PG_BINARY;
	}
	if (db_is_broken(db))
		return sql_error_set(err, NULL, text->name);
	db->sent++;
	count = db->session == SESSION_MIGRATE
	    ? PQsendQueryParams(db->connection, text->text, count, NULL, values,
		  lengths, formats, PG_BINARY)
	    : PQsendQueryPrepared(db->connection, text->name, count, values,
		  lengths, formats, PG_BINARY);
	return count == 1 ? RC_OK : sql_error_set(err, NULL, text->name);
}

/* False when nothing came in time. */
static bool
db_wait(struct db *db, int64_t until)
{
	struct pollfd socket = { PQsocket(db->connection), POLLIN, 0 };
	int64_t left = until - clock_monotonic();

	if (left <= 0 || poll(&socket, 1, (int)(left / 1000) + 1) == 0)
		return false;
	return PQconsumeInput(db->connection) == 1;
}

PGresult *
db_result(struct db *db)
{
	int64_t until = clock_monotonic() + DB_ANSWER_SECONDS * CLOCK_SECOND;

	if (db_is_broken(db))
		return NULL;
	while (PQflush(db->connection) == 1 || PQisBusy(db->connection)) {
		if (db->session >= SESSION_TOOL)
			break; /* a migration may take its time */
		if (db_wait(db, until))
			continue;
		/* The server hangs or is gone: nothing more will come. */
		PQfinish(db->connection);
		db->connection = NULL;
		return NULL;
	}
	return PQgetResult(db->connection);
}
