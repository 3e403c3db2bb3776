/*
 * Submit to first webhook: see cli_demo_latency.h.
 */
#include "hub/cli/cli_demo_latency.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "hub/config/config.h"
#include "hub/store/db.h"

/* The smallest value that is not below `percent` of all (nearest rank). */
static double
percentile(const struct rows *rows, size_t percent)
{
	size_t count = rows_count(rows);
	size_t rank = (count * percent + 99) / 100;

	return (double)rows_int(rows, rank - 1, 0) / 1000;
}

enum rc
cli_demo_latency_print(const struct cli_demo_stage *stage, struct err *err)
{
	SCOPED(db_cleanup) struct db *db = NULL;
	SCOPED(rows_cleanup) struct rows *rows = NULL;
	char path[PATH_MAX];
	char option[] = "--config";
	char *argv[] = { option, option,
		cli_demo_place_path(&stage->place, "freezeline.ini", path),
		NULL };
	int argc = (int)COUNT(argv) - 1;
	struct config config;

	TRY(config_load(&argc, argv, environ, &config, err));

	const struct db_settings settings = { .conninfo = config.database,
		.application = "freezeline demo",
		.session = SESSION_TOOL };

	TRY(db_open(&settings, &db, err));
	TRY(db_query(db, SQL_DEMO_FIRST_ATTEMPTS, NULL, &rows, err));
	if (rows_count(rows) == 0)
		return err_set(err, RC_FAILED, "demo_latency",
		    "no attempt to deliver was recorded");
	(void)printf("submit to first webhook: p50 %.1f ms, p99 %.1f ms "
		     "(%zu messages)\n",
	    percentile(rows, 50), percentile(rows, 99), rows_count(rows));
	return RC_OK;
}
