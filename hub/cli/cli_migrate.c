/*
 * `freezeline migrate`: see cli_migrate.h.
 */
#include "hub/cli/cli_migrate.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "hub/base/clock.h"
#include "hub/base/common.h"
#include "hub/cli/exit_code.h"
#include "hub/cli/founding.h"
#include "hub/cli/hub_call.h"
#include "hub/cli/own_words.h"
#include "hub/config/config.h"
#include "hub/store/migrate.h"

enum { ARENA_LIMIT = 1 << 20 };

static const char *const state_names[] = {
	[MIGRATION_PENDING] = "pending",
	[MIGRATION_APPLIED] = "applied",
	[MIGRATION_DIFFERS] = "applied from another text",
	[MIGRATION_UNKNOWN] = "of a newer program",
};

/* The owner's connection; a place with one role names it as `database`. */
static const char *
owner_conninfo(const struct config *config)
{
	return config->owner_database[0] != '\0' ? config->owner_database
						 : config->database;
}

static enum rc
open_owner(const struct config *config, struct db **db, struct err *err)
{
	const struct db_settings settings = { .conninfo = owner_conninfo(
						  config),
		.application = "freezeline migrate",
		.session = SESSION_MIGRATE };

	if (settings.conninfo[0] == '\0')
		return err_set(err, RC_INVALID, "no_database",
		    "no database is set: owner_database");
	return db_open(&settings, db, err);
}

static enum rc
print_status(struct db *db, struct err *err)
{
	SCOPED(arena_cleanup) struct arena *arena = arena_new(ARENA_LIMIT);
	struct migration_line *lines;
	size_t count;

	TRY(migrate_status(db, arena, &lines, &count, err));
	for (size_t i = 0; i < count; i++) {
		char at[CLOCK_TEXT_SIZE] = "";

		if (lines[i].applied_at != 0)
			(void)clock_format(lines[i].applied_at, 3, at);
		(void)printf("%04d  %-28s  %s  %s\n", lines[i].version,
		    lines[i].name, state_names[lines[i].state], at);
	}
	return migrate_check(db, err);
}

static void
say_progress(void *context, const char *name)
{
	(void)context;
	(void)printf("applying %s\n", name);
	(void)fflush(stdout);
}

static enum rc
run(const struct config *config, const struct own_word *options,
    struct err *err)
{
	SCOPED(db_cleanup) struct db *db = NULL;
	const struct founding founding = {
		.owner_conninfo = owner_conninfo(config),
		.keyring_file = config->keyring_file,
		.country = options[2].is_there ? options[2].words[0] : "ZZ",
		.name = options[3].is_there ? options[3].words[0] : "Hub",
		.certificates = { options[1].words[0], options[1].words[1] },
	};

	TRY(open_owner(config, &db, err));
	if (options[0].is_there)
		return print_status(db, err);
	TRY(migrate_apply(db, say_progress, NULL, err));
	(void)puts("the schema is current");
	if (!options[1].is_there)
		return RC_OK;
	TRY(founding_run(&founding, err));
	(void)puts("the registry has its first two admins");
	return RC_OK;
}

int
cli_migrate(int argc, char **argv)
{
	struct own_word options[] = {
		{ .name = "--status" },
		{ .name = "--first-admins", .count = 2 },
		{ .name = "--country", .count = 1 },
		{ .name = "--name", .count = 1 },
	};
	struct config config;
	struct err err;

	if (own_words_take(&argc, argv, options, COUNT(options), &err) !=
		RC_OK ||
	    config_load(&argc, argv, environ, &config, &err) != RC_OK)
		return hub_call_complain(EXIT_CODE_USAGE, &err);
	if (argc > 1) {
		(void)fprintf(
		    stderr, "freezeline: migrate takes no %s\n", argv[1]);
		return EXIT_CODE_USAGE;
	}
	if (run(&config, options, &err) != RC_OK)
		return hub_call_complain(EXIT_CODE_FAILED, &err);
	return EXIT_CODE_OK;
}
