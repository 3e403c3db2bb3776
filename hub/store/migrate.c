/*
 * Migrations: see migrate.h.
 */
#include "hub/store/migrate.h"

#include <stdlib.h>
#include <string.h>

#include "hub/store/migrations.h"

/* The embedded migration of a version, or NULL. */
static const struct migration *
migrate_find(int64_t version)
{
	for (size_t i = 0; i < migration_count; i++)
		if (migrations[i].version == version)
			return &migrations[i];
	return NULL;
}

static enum migration_state
migrate_state(int64_t version, const char *sha256)
{
	const struct migration *migration = migrate_find(version);

	if (migration == NULL)
		return MIGRATION_UNKNOWN;
	return strcmp(migration->sha256, sha256) == 0 ? MIGRATION_APPLIED
						      : MIGRATION_DIFFERS;
}

/* What was applied; NULL rows where even the list is not there yet. */
static enum rc
migrate_applied(struct db *db, struct rows **rows, struct err *err)
{
	SCOPED(rows_cleanup) struct rows *exists = NULL;

	TRY(db_query(db, SQL_SCHEMA_EXISTS, NULL, &exists, err));
	if (!rows_bool(exists, 0, 0))
		return RC_OK;
	return db_query(db, SQL_SCHEMA_MIGRATIONS, NULL, rows, err);
}

enum rc
migrate_status(struct db *db, struct arena *arena,
    struct migration_line **lines, size_t *count, struct err *err)
{
	SCOPED(rows_cleanup) struct rows *rows = NULL;
	struct migration_line *line;
	size_t applied;

	TRY(migrate_applied(db, &rows, err));
	applied = rows == NULL ? 0 : rows_count(rows);
	line = arena_alloc(arena, (applied + migration_count) * sizeof(*line));
	*lines = line;
	for (size_t i = 0; line != NULL && i < applied; i++, line++) {
		line->version = (int)rows_int(rows, i, 0);
		line->name = arena_strdup(arena, rows_text(rows, i, 1));
		line->state = migrate_state(
		    line->version, rows_text(rows, i, 2));
		line->applied_at = rows_time(rows, i, 3);
	}
	for (size_t i = applied; line != NULL && i < migration_count;
	     i++, line++) {
		line->version = migrations[i].version;
		line->name = migrations[i].name;
		line->state = MIGRATION_PENDING;
	}
	if (line == NULL)
		return err_set(err, RC_TOO_LARGE, "too_many_migrations",
		    "the list of migrations does not fit");
	*count = (size_t)(line - *lines);
	return RC_OK;
}

/* No line may be MIGRATION_DIFFERS or MIGRATION_UNKNOWN; how many are
 * applied. */
static enum rc
migrate_compare(struct db *db, size_t *applied, struct err *err)
{
	SCOPED(arena_cleanup) struct arena *arena = arena_new(1024 * 1024);
	struct migration_line *lines;
	size_t count;

	TRY(migrate_status(db, arena, &lines, &count, err));
	*applied = 0;
	for (size_t i = 0; i < count; i++) {
		if (lines[i].state == MIGRATION_DIFFERS)
			return err_set(err, RC_CONFLICT, "migration_differs",
			    "%s was applied from another text: install the "
			    "release that applied it",
			    lines[i].name);
		if (lines[i].state == MIGRATION_UNKNOWN)
			return err_set(err, RC_CONFLICT, "schema_newer",
			    "%s is unknown here: install the newer release",
			    lines[i].name);
		if (lines[i].state == MIGRATION_APPLIED)
			(*applied)++;
	}
	return RC_OK;
}

static enum rc
migrate_one(struct db *db, const struct migration *migration, struct err *err)
{
	struct params *params = db_params(db);

	TRY(db_begin(db, err));
	TRY(db_execute(db, migration->text, err));
	params_int4(params, migration->version);
	params_text(params, migration->name);
	params_text(params, migration->sha256);
	TRY(db_query(db, SQL_SCHEMA_MIGRATION_ADD, params, NULL, err));
	return db_commit(db, err);
}

enum rc
migrate_apply(
    struct db *db, migrate_progress *progress, void *context, struct err *err)
{
	size_t applied;

	TRY(db_query(db, SQL_SCHEMA_LOCK, NULL, NULL, err));
	TRY(migrate_compare(db, &applied, err));
	for (size_t i = applied; i < migration_count; i++) {
		struct err why;

		if (progress != NULL)
			progress(context, migrations[i].name);
		if (migrate_one(db, &migrations[i], &why) == RC_OK)
			continue;
		db_rollback(db);
		return err_set(err, RC_FAILED, "migration_failed", "%s: %.200s",
		    migrations[i].name, why.text);
	}
	return db_query(db, SQL_MAKE_PARTITIONS, NULL, NULL, err);
}

enum rc
migrate_check(struct db *db, struct err *err)
{
	size_t applied;

	TRY(migrate_compare(db, &applied, err));
	if (applied < migration_count)
		return err_set(err, RC_CONFLICT, "schema_old",
		    "%s is not applied: run freezeline migrate",
		    migrations[applied].name);
	return RC_OK;
}
