/*
 * Database tests: each check_<module>.c has one function <module>_suite; the
 * private server that test/db/run.sh started is told by the environment.
 */
#pragma once

#include <check.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "gen/db_suites.h"
#include "hub/store/db.h"

/* A session that must open; the caller closes it. */
struct db *db_as_owner(void);
struct db *db_as_hub(enum session session);

/* Run text that must succeed. */
void db_must(struct db *db, const char *text);

/* Run text that must fail, and how. */
void db_must_fail(struct db *db, const char *text, struct err *err);

/* The number that a query of one number gives: SELECT (text)::bigint. */
int64_t db_number(const char *text);

/* An empty schema; the same, migrated. */
void db_wipe(void);
void db_fresh(void);
