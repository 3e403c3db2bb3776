/*
 * What the tests of test/db share: see db.h.
 */
#include "test/db/db.h"

#include <libpq-fe.h>
#include <stdio.h>
#include <stdlib.h>

#include "hub/store/migrate.h"

static const char *
setting(const char *name)
{
	const char *value = getenv(name);

	if (value != NULL)
		return value;
	fprintf(stderr, "%s is not set: run make test-db\n", name);
	exit(EXIT_FAILURE);
}

static struct db *
open_as(const char *name, enum session session)
{
	struct db_settings settings = { setting(name), "freezeline test",
		session };
	struct db *db;
	struct err err;

	if (db_open(&settings, &db, &err) != RC_OK)
		ck_abort_msg("%s: %s", err.code, err.text);
	return db;
}

struct db *
db_as_owner(void)
{
	return open_as("FREEZELINE_TEST_OWNER", SESSION_MIGRATE);
}

struct db *
db_as_hub(enum session session)
{
	return open_as("FREEZELINE_TEST_HUB", session);
}

void
db_must(struct db *db, const char *text)
{
	struct err err;

	if (db_execute(db, text, &err) != RC_OK)
		ck_abort_msg("%s: %s: %s", text, err.code, err.text);
}

void
db_must_fail(struct db *db, const char *text, struct err *err)
{
	ck_assert_msg(db_execute(db, text, err) != RC_OK, "%s", text);
}

int64_t
db_number(const char *text)
{
	PGconn *connection = PQconnectdb(setting("FREEZELINE_TEST_OWNER"));
	PGresult *result = PQexec(connection, text);
	int64_t number;

	ck_assert_msg(PQresultStatus(result) == PGRES_TUPLES_OK, "%s: %s", text,
	    PQerrorMessage(connection));
	ck_assert_int_eq(PQntuples(result), 1);
	number = strtoll(PQgetvalue(result, 0, 0), NULL, 10);
	PQclear(result);
	PQfinish(connection);
	return number;
}

void
db_wipe(void)
{
	SCOPED(db_cleanup) struct db *owner = db_as_owner();

	db_must(owner, "DROP SCHEMA public CASCADE; CREATE SCHEMA public");
}

void
db_fresh(void)
{
	SCOPED(db_cleanup) struct db *owner = NULL;
	struct err err;

	db_wipe();
	owner = db_as_owner();
	if (migrate_apply(owner, NULL, NULL, &err) != RC_OK)
		ck_abort_msg("%s: %s", err.code, err.text);
}
