/*
 * The second half: the database as the hub's own role sees it; see doctor.h.
 */
#include "hub/cli/doctor.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "hub/base/clock.h"
#include "hub/store/health.h"
#include "hub/store/integrity.h"
#include "hub/store/migrate.h"

enum {
	ARENA_LIMIT = 1 << 20,
	OLDEST_VERSION = 150000,
	BUSY_LIMIT = 16, /* active backends of all hubs, docs/architecture.md */
	SPARE_CONNECTIONS = 10,
};

#define CLOCK_TOLERANCE (2 * CLOCK_SECOND)

/* The schema, before statements are prepared that it may not have. */
static bool
check_schema(struct doctor *doctor)
{
	const struct db_settings settings = {
		.conninfo = doctor->config->database,
		.application = "freezeline check",
		.session = SESSION_MIGRATE
	};
	SCOPED(db_cleanup) struct db *db = NULL;
	struct err err;

	if (settings.conninfo[0] == '\0') {
		doctor_problem(doctor, "set it", "database is not set");
		return false;
	}
	if (db_open(&settings, &db, &err) != RC_OK) {
		doctor_problem(doctor,
		    "start PostgreSQL; look at host, port, role and password",
		    "database: %s", err.text);
		return false;
	}
	if (migrate_check(db, &err) != RC_OK) {
		doctor_problem(doctor,
		    "freezeline migrate, with the program that serves",
		    "schema: %s", err.text);
		return false;
	}
	doctor_fine(doctor, "the database is there and its schema is current");
	return true;
}

static void
judge_server(struct doctor *doctor, const struct health_server *server)
{
	if (server->version < OLDEST_VERSION)
		doctor_problem(doctor, "move to PostgreSQL 15 or newer",
		    "the server is too old: %" PRId64, server->version);
	if (server->is_powerful)
		doctor_problem(doctor, "connect as freezeline_hub",
		    "role %s could change the timeline", server->role);
	if (!server->is_durable)
		doctor_problem(doctor, "set fsync and full_page_writes to on",
		    "the server may lose what it has committed");
	if (strcmp(server->synchronous_commit, "off") == 0)
		doctor_problem(doctor, "set synchronous_commit to on",
		    "a commit does not wait for the disk");
	if (!server->has_checksums)
		doctor_warn(doctor, "pg_checksums --enable, at the next stop",
		    "the server would not notice damaged pages");
}

static void
judge_load(struct doctor *doctor, const struct health_server *server)
{
	int64_t apart = llabs(server->at - clock_now());

	if (apart > CLOCK_TOLERANCE)
		doctor_problem(doctor, "run a time service on both machines",
		    "the clocks of hub and database are %" PRId64
		    " seconds apart",
		    apart / CLOCK_SECOND);
	else
		doctor_fine(doctor, "the clocks agree");
	if (server->busy_hubs > BUSY_LIMIT)
		doctor_warn(doctor, "fewer hubs, desks or readers",
		    "%" PRId64 " busy connections of hubs, over %d slow each "
		    "other down",
		    server->busy_hubs, BUSY_LIMIT);
	if (server->connection_limit - server->connections < SPARE_CONNECTIONS)
		doctor_problem(doctor, "raise max_connections",
		    "%" PRId64 " of %" PRId64 " connections are taken",
		    server->connections, server->connection_limit);
	else
		doctor_fine(doctor, "%" PRId64 " of %" PRId64 " connections",
		    server->connections, server->connection_limit);
}

static enum rc
check_rights(
    struct doctor *doctor, struct db *db, struct arena *arena, struct err *err)
{
	struct health_right *rights;
	size_t count;

	TRY(health_rights(db, arena, &rights, &count, err));
	for (size_t i = 0; i < count; i++)
		doctor_problem(doctor,
		    rights[i].is_missing ? "freezeline migrate grants it"
					 : "revoke it as the owner",
		    "the role %s %s",
		    rights[i].is_missing ? "lacks" : "must not have",
		    rights[i].what);
	if (count == 0)
		doctor_fine(doctor, "the role has its rights and no more");
	return RC_OK;
}

static enum rc
check_partitions(
    struct doctor *doctor, struct db *db, struct arena *arena, struct err *err)
{
	const char **tables;
	size_t count;

	TRY(health_partitions(db, arena, &tables, &count, err));
	for (size_t i = 0; i < count; i++)
		doctor_problem(doctor,
		    "let a hub run, or freezeline migrate, which make them",
		    "table %s has no partition for the next period", tables[i]);
	if (count == 0)
		doctor_fine(doctor, "partitions are made ahead");
	return RC_OK;
}

static enum rc
prove_integrity(
    struct doctor *doctor, struct db *db, struct arena *arena, struct err *err)
{
	struct integrity_check *checks;
	int64_t broken;
	size_t count;

	if (!doctor->proves_integrity)
		return RC_OK;
	TRY(integrity_run(db, arena, &checks, &count, &broken, err));
	for (size_t i = 0; i < count; i++)
		if (checks[i].broken > 0)
			doctor_problem(doctor,
			    "keep a copy of the database and call for help: "
			    "the hub cannot have written this",
			    "integrity: %s, %" PRId64 " rows", checks[i].name,
			    checks[i].broken);
	if (broken == 0)
		doctor_fine(doctor, "integrity: %zu proofs hold", count);
	return RC_OK;
}

static enum rc
examine(struct doctor *doctor, struct err *err)
{
	const struct db_settings settings = {
		.conninfo = doctor->config->database,
		.application = "freezeline check",
		.session = SESSION_TOOL
	};
	SCOPED(arena_cleanup) struct arena *arena = arena_new(ARENA_LIMIT);
	SCOPED(db_cleanup) struct db *db = NULL;
	struct health_server server;

	TRY(db_open(&settings, &db, err));
	TRY(health_server(db, arena, &server, err));
	judge_server(doctor, &server);
	judge_load(doctor, &server);
	TRY(check_rights(doctor, db, arena, err));
	TRY(check_partitions(doctor, db, arena, err));
	return prove_integrity(doctor, db, arena, err);
}

void
doctor_database(struct doctor *doctor)
{
	struct err err;

	if (check_schema(doctor) && examine(doctor, &err) != RC_OK)
		doctor_problem(doctor, "look into the server's log",
		    "database: %s", err.text);
}
