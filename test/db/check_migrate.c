/*
 * Migrations: once, again, interrupted, tampered with, from another release.
 */
#include "test/db/db.h"

#include "hub/store/migrate.h"
#include "hub/store/migrations.h"

static void
count_progress(void *context, const char *name)
{
	ck_assert_str_ne(name, "");
	(*(size_t *)context)++;
}

static enum rc
migrate(size_t *progressed, struct err *err)
{
	SCOPED(db_cleanup) struct db *owner = db_as_owner();

	*progressed = 0;
	return migrate_apply(owner, count_progress, progressed, err);
}

static enum rc
check(struct err *err)
{
	SCOPED(db_cleanup) struct db *owner = db_as_owner();

	return migrate_check(owner, err);
}

START_TEST(applies_all_once_and_then_nothing)
{
	struct err err;
	size_t progressed;

	db_wipe();
	ck_assert_int_eq(migrate(&progressed, &err), RC_OK);
	ck_assert_uint_eq(progressed, migration_count);
	ck_assert_int_eq(check(&err), RC_OK);
	ck_assert_int_eq(migrate(&progressed, &err), RC_OK);
	ck_assert_uint_eq(progressed, 0);
}
END_TEST

START_TEST(status_tells_applied_and_pending)
{
	SCOPED(arena_cleanup) struct arena *arena = arena_new(65536);
	SCOPED(db_cleanup) struct db *owner = NULL;
	struct migration_line *lines;
	struct err err;
	size_t count;

	db_fresh();
	owner = db_as_owner();
	db_must(owner, "DELETE FROM schema_migration WHERE version > 1");
	ck_assert_int_eq(
	    migrate_status(owner, arena, &lines, &count, &err), RC_OK);
	ck_assert_uint_eq(count, migration_count);
	ck_assert_int_eq(lines[0].state, MIGRATION_APPLIED);
	ck_assert_int_gt(lines[0].applied_at, 0);
	for (size_t i = 1; i < count; i++) {
		ck_assert_int_eq(lines[i].state, MIGRATION_PENDING);
		ck_assert_int_eq(lines[i].applied_at, 0);
	}
}
END_TEST

/* What somebody did to the list, and what migrate and a hub's start say. */
static const struct {
	const char *text, *code;
} tamperings[] = {
	{ "UPDATE schema_migration SET sha256 = repeat('0', 64)"
	  " WHERE version = 1",
	    "migration_differs" },
	{ "INSERT INTO schema_migration VALUES (9999, '9999_new', 'x')",
	    "schema_newer" },
};

START_TEST(refuses_a_list_that_is_not_its_own)
{
	SCOPED(db_cleanup) struct db *owner = NULL;
	struct err err;
	size_t progressed;

	db_fresh();
	owner = db_as_owner();
	db_must(owner, tamperings[_i].text);
	ck_assert_int_eq(migrate(&progressed, &err), RC_CONFLICT);
	ck_assert_str_eq(err.code, tamperings[_i].code);
	ck_assert_uint_eq(progressed, 0);
	ck_assert_int_eq(check(&err), RC_CONFLICT);
	ck_assert_str_eq(err.code, tamperings[_i].code);
}
END_TEST

START_TEST(check_refuses_an_old_schema)
{
	SCOPED(db_cleanup) struct db *owner = NULL;
	struct err err;

	db_fresh();
	owner = db_as_owner();
	db_must(owner, "DELETE FROM schema_migration");
	ck_assert_int_eq(check(&err), RC_CONFLICT);
	ck_assert_str_eq(err.code, "schema_old");
	ck_assert_ptr_nonnull(strstr(err.text, "freezeline migrate"));
}
END_TEST

START_TEST(failed_migration_leaves_nothing)
{
	SCOPED(db_cleanup) struct db *owner = NULL;
	struct err err;
	size_t progressed;

	db_wipe();
	owner = db_as_owner();
	/* The first migration makes a table of this name. */
	db_must(owner, "CREATE TABLE attempt (n integer)");
	ck_assert_int_eq(migrate(&progressed, &err), RC_FAILED);
	ck_assert_str_eq(err.code, "migration_failed");
	ck_assert_int_eq(db_number("SELECT count(*) FROM pg_tables"
				   " WHERE schemaname = 'public'"),
	    1);
	ck_assert_int_eq(check(&err), RC_CONFLICT);
	ck_assert_str_eq(err.code, "schema_old");
	db_must(owner, "DROP TABLE attempt");
	ck_assert_int_eq(migrate(&progressed, &err), RC_OK);
}
END_TEST

START_TEST(hub_role_may_neither_migrate_nor_forge_the_list)
{
	SCOPED(db_cleanup) struct db *hub = NULL;
	struct err err;

	db_fresh();
	hub = db_as_hub(SESSION_MIGRATE);
	ck_assert_int_eq(migrate_check(hub, &err), RC_OK);
	db_must_fail(hub, "DELETE FROM schema_migration", &err);
	db_must_fail(hub, "CREATE TABLE mine (n integer)", &err);
	db_must_fail(hub, "DROP TABLE lease", &err);
}
END_TEST

Suite *
migrate_suite(void)
{
	Suite *suite = suite_create("migrate");
	TCase *tcase = tcase_create("migrate");

	tcase_set_timeout(tcase, 60);
	tcase_add_test(tcase, applies_all_once_and_then_nothing);
	tcase_add_test(tcase, status_tells_applied_and_pending);
	tcase_add_loop_test(tcase, refuses_a_list_that_is_not_its_own, 0,
	    (int)COUNT(tamperings));
	tcase_add_test(tcase, check_refuses_an_old_schema);
	tcase_add_test(tcase, failed_migration_leaves_nothing);
	tcase_add_test(tcase, hub_role_may_neither_migrate_nor_forge_the_list);
	suite_add_tcase(suite, tcase);
	return suite;
}
