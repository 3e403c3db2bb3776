/*
 * The schema and its versions.  Run by `freezeline migrate` as
 * freezeline_owner; a hub only checks.
 */
#pragma once

#include "hub/base/arena.h"
#include "hub/store/db.h"

enum migration_state {
	MIGRATION_PENDING,
	MIGRATION_APPLIED,
	MIGRATION_DIFFERS, /* applied from another text than is embedded */
	MIGRATION_UNKNOWN, /* applied by a newer program */
};

struct migration_line {
	int version;
	const char *name;
	enum migration_state state;
	int64_t applied_at; /* 0: pending */
};

/* Called before each migration is applied. */
typedef void migrate_progress(void *context, const char *name);

/* Apply what is pending, in order, one transaction each, and make the
 * partitions.  One migrate at a time: the others wait.  `db` is a session
 * SESSION_MIGRATE.  RC_CONFLICT `migration_differs` or `schema_newer`, and
 * nothing is applied; RC_FAILED when one fails, those before it stay. */
NODISCARD enum rc migrate_apply(
    struct db *db, migrate_progress *progress, void *context, struct err *err);

/* What is applied and what is pending, by version, in `arena`
 * (RC_TOO_LARGE past its limit).  Of a SESSION_MIGRATE session, also as
 * freezeline_hub: others cannot open before the schema is there. */
NODISCARD enum rc migrate_status(struct db *db, struct arena *arena,
    struct migration_line **lines, size_t *count, struct err *err);

/* Is the schema exactly this program's?  Session as above.  RC_CONFLICT `schema_old`,
 * `schema_newer` or `migration_differs`, with the mend in the sentence. */
NODISCARD enum rc migrate_check(struct db *db, struct err *err);
