/*
 * Facts about the server: see health.h.
 */
#include "hub/store/health.h"

static enum rc
too_large(struct err *err)
{
	return err_set(err, RC_TOO_LARGE, "too_much",
	    "the facts do not fit into their memory");
}

enum rc
health_server(struct db *db, struct arena *arena, struct health_server *server,
    struct err *err)
{
	SCOPED(rows_cleanup) struct rows *rows = NULL;

	TRY(db_query(db, SQL_HEALTH_SERVER, NULL, &rows, err));
	*server = (struct health_server){
		.version = rows_int(rows, 0, 0),
		.role = arena_strdup(arena, rows_text(rows, 0, 1)),
		.is_powerful = rows_bool(rows, 0, 2),
		.at = rows_time(rows, 0, 3),
		.is_durable = rows_bool(rows, 0, 4),
		.synchronous_commit = arena_strdup(
		    arena, rows_text(rows, 0, 5)),
		.has_checksums = rows_bool(rows, 0, 6),
		.connection_limit = rows_int(rows, 0, 7),
		.connections = rows_int(rows, 0, 8),
		.busy_hubs = rows_int(rows, 0, 9),
	};
	if (server->role == NULL || server->synchronous_commit == NULL)
		return too_large(err);
	return RC_OK;
}

enum rc
health_rights(struct db *db, struct arena *arena, struct health_right **rights,
    size_t *count, struct err *err)
{
	SCOPED(rows_cleanup) struct rows *rows = NULL;

	TRY(db_query(db, SQL_HEALTH_RIGHTS, NULL, &rows, err));
	*count = rows_count(rows);
	*rights = arena_alloc(arena, (*count + 1) * sizeof(**rights));
	for (size_t i = 0; *rights != NULL && i < *count; i++) {
		(*rights)[i].is_missing = rows_bool(rows, i, 0);
		(*rights)[i].what = arena_strdup(arena, rows_text(rows, i, 1));
		if ((*rights)[i].what == NULL)
			*rights = NULL;
	}
	return *rights == NULL ? too_large(err) : RC_OK;
}

enum rc
health_partitions(struct db *db, struct arena *arena, const char ***tables,
    size_t *count, struct err *err)
{
	SCOPED(rows_cleanup) struct rows *rows = NULL;

	TRY(db_query(db, SQL_HEALTH_PARTITIONS, NULL, &rows, err));
	*count = rows_count(rows);
	*tables = arena_alloc(arena, (*count + 1) * sizeof(**tables));
	for (size_t i = 0; *tables != NULL && i < *count; i++) {
		(*tables)[i] = arena_strdup(arena, rows_text(rows, i, 0));
		if ((*tables)[i] == NULL)
			*tables = NULL;
	}
	return *tables == NULL ? too_large(err) : RC_OK;
}
