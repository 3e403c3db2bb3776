/*
 * Volumes on a real database: two desks that let one officer ask no more
 * than one desk would, and a batch that counts its own commands.
 */
#include "test/db/office.h"

enum { SUITE_SECONDS = 60, LIMIT = 1, HARD = 3 };

/* A twentieth: one request in an hour is usual, three may go out. */
static void
set_up(void)
{
	office_set_up();
	office.settings.velocity_percent = 5;
	office_reopen_desk();
}

static void
must_be_limited(void)
{
	ck_assert_int_eq(
	    db_number("SELECT count(*) FROM freeze_request"), OFFICE_BATCH);
	ck_assert_int_eq(db_number("SELECT count(*) FROM freeze_request"
				   " WHERE status = 'issued'"),
	    HARD);
	ck_assert_int_eq(db_number("SELECT count(*) FROM freeze_request"
				   " WHERE status = 'pending_approval'"),
	    OFFICE_BATCH - HARD);
	ck_assert_int_eq(db_number("SELECT count(*) FROM alert"
				   " WHERE kind = 'officer_requests'"),
	    2);
	ck_assert_int_eq(
	    db_number("SELECT figure FROM alert WHERE grade = 'alert'"),
	    LIMIT + 1);
	ck_assert_int_eq(
	    db_number("SELECT figure FROM alert WHERE grade = 'extreme'"),
	    HARD + 1);
}

START_TEST(two_desks_count_one_officer)
{
	office.second = office_open_desk();
	for (int i = 0; i < OFFICE_BATCH; i++) {
		office.batch[i] = errand_case(&office.world, i + 1, 1);
		errand_give(
		    office.batch[i], i % 2 == 0 ? office.desk : office.second);
	}
	for (int i = 0; i < OFFICE_BATCH; i++) {
		errand_wait(office.batch[i]);
		ck_assert_int_eq(office.batch[i]->rc, RC_OK);
	}
	must_be_limited();
	office_free_batch();
}
END_TEST

START_TEST(batch_counts_its_own_commands)
{
	office_fill_batch();
	office_give_batch();
	must_be_limited();
	office_free_batch();
}
END_TEST

START_TEST(dry_run_counts_nothing)
{
	for (int i = 0; i < OFFICE_BATCH; i++) {
		SCOPED(errand_cleanup)
		struct errand *dry = errand_case(&office.world, i + 1, 1);

		dry->command.is_dry_run = true;
		errand_must(dry, office.desk, 200);
		ck_assert_ptr_nonnull(strstr(dry->body, "\"count\":1,"));
	}
	ck_assert_int_eq(db_number("SELECT count(*) FROM alert"), 0);
}
END_TEST

START_TEST(what_was_asked_an_hour_ago_is_forgotten)
{
	SCOPED(errand_cleanup)
	struct errand *old = errand_case(&office.world, 1, 1);
	SCOPED(errand_cleanup)
	struct errand *next = errand_case(&office.world, 2, 1);

	errand_must(old, office.desk, 201);
	office_as_owner("UPDATE freeze_request"
			"   SET created_at = created_at - interval '61 min'");
	errand_must(next, office.desk, 201);
	ck_assert_int_eq(db_number("SELECT count(*) FROM alert"), 0);
}
END_TEST

Suite *
volumes_suite(void)
{
	Suite *suite = suite_create("volumes");
	TCase *tcase = tcase_create("volumes");

	tcase_set_timeout(tcase, SUITE_SECONDS);
	tcase_add_checked_fixture(tcase, set_up, office_tear_down);
	tcase_add_test(tcase, two_desks_count_one_officer);
	tcase_add_test(tcase, batch_counts_its_own_commands);
	tcase_add_test(tcase, dry_run_counts_nothing);
	tcase_add_test(tcase, what_was_asked_an_hour_ago_is_forgotten);
	suite_add_tcase(suite, tcase);
	return suite;
}
