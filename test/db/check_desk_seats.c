/*
 * A desk with several seats: they work at the same time and answer each
 * command once, whoever takes it.
 */
#include "test/db/office.h"

#include <stdio.h>

enum { SEATS = 3 };

static void
set_up(void)
{
	office_set_up();
	office.settings.seats = SEATS;
	office_reopen_desk();
}

START_TEST(one_seat_works_while_another_waits)
{
	SCOPED(errand_cleanup)
	struct errand *submit = errand_case(&office.world, 1, 1);

	errand_hold_desk(&office.world, office.desk);
	errand_must(submit, office.desk, 201);
	errand_release_desk();
}
END_TEST

START_TEST(each_command_is_committed_once)
{
	struct desk_counters counters;

	office_fill_batch();
	for (int i = 0; i < OFFICE_BATCH; i++)
		errand_give(office.batch[i], office.desk);
	for (int i = 0; i < OFFICE_BATCH; i++) {
		errand_wait(office.batch[i]);
		ck_assert_int_eq(office.batch[i]->rc, RC_OK);
		ck_assert(!office.batch[i]->is_replay);
	}
	ck_assert_int_eq(
	    db_number("SELECT count(*) FROM case_file"), OFFICE_BATCH);
	ck_assert_int_eq(
	    db_number("SELECT count(*) FROM idempotency"), OFFICE_BATCH);
	desk_counters(office.desk, &counters);
	ck_assert_uint_eq(counters.commands, OFFICE_BATCH);
	ck_assert_uint_eq(counters.waiting, 0);
	ck_assert_uint_eq(office.rings, counters.batches);
	office_free_batch();
}
END_TEST

START_TEST(one_key_is_done_by_one_seat)
{
	int replays = 0;

	for (int i = 0; i < OFFICE_BATCH; i++) {
		office.batch[i] = errand_case(&office.world, 1, 1);
		errand_key(office.batch[i], "k", 1);
		errand_give(office.batch[i], office.desk);
	}
	for (int i = 0; i < OFFICE_BATCH; i++) {
		errand_wait(office.batch[i]);
		ck_assert_int_eq(office.batch[i]->rc, RC_OK);
		ck_assert_str_eq(office.batch[i]->body, office.batch[0]->body);
		replays += office.batch[i]->is_replay;
	}
	ck_assert_int_eq(replays, OFFICE_BATCH - 1);
	ck_assert_int_eq(db_number("SELECT count(*) FROM case_file"), 1);
	office_free_batch();
}
END_TEST

START_TEST(seats_make_one_live_target_of_a_triple)
{
	for (int i = 0; i < OFFICE_BATCH; i++) {
		office.batch[i] = errand_case(&office.world, 1 + i / 4, 1);
		errand_give(office.batch[i], office.desk);
	}
	for (int i = 0; i < OFFICE_BATCH; i++) {
		errand_wait(office.batch[i]);
		ck_assert_int_eq(office.batch[i]->rc, RC_OK);
	}
	ck_assert_int_eq(db_number("SELECT count(*) FROM target"
				   " WHERE status = 'queued'"),
	    OFFICE_BATCH / 4);
	office_free_batch();
}
END_TEST

/* Each seat finds the row version that another has left. */
START_TEST(answers_on_one_case_follow_one_another)
{
	SCOPED(errand_cleanup)
	struct errand *submit = errand_case(&office.world, 1, OFFICE_BATCH);
	int64_t before;

	errand_must(submit, office.desk, 201);
	before = db_number("SELECT row_version FROM case_file");
	for (int i = 0; i < OFFICE_BATCH; i++) {
		struct id target = errand_target(submit, i);

		office.batch[i] = errand_answer(&office.world, &target);
		errand_give(office.batch[i], office.desk);
	}
	for (int i = 0; i < OFFICE_BATCH; i++) {
		errand_wait(office.batch[i]);
		ck_assert_int_eq(office.batch[i]->rc, RC_OK);
	}
	ck_assert_int_eq(
	    db_number("SELECT count(*) FROM response"), OFFICE_BATCH);
	ck_assert_int_eq(db_number("SELECT count(*) FROM target"
				   " WHERE status = 'not_held'"),
	    OFFICE_BATCH);
	ck_assert_int_gt(
	    db_number("SELECT row_version FROM case_file"), before);
	office_free_batch();
}
END_TEST

START_TEST(stopping_seats_finish_what_waits)
{
	office_fill_batch();
	for (int i = 0; i < OFFICE_BATCH; i++)
		errand_give(office.batch[i], office.desk);
	desk_stop(office.desk);
	office.desk = NULL;
	for (int i = 0; i < OFFICE_BATCH; i++) {
		ck_assert(office.batch[i]->is_done);
		ck_assert_int_eq(office.batch[i]->rc, RC_OK);
	}
	office_free_batch();
}
END_TEST

START_TEST(refused_row_refuses_its_own_command_alone)
{
	office_fill_batch();
	office.batch[7]->command.submit.loss.minor = 0; /* the table's check */
	for (int i = 0; i < OFFICE_BATCH; i++)
		errand_give(office.batch[i], office.desk);
	for (int i = 0; i < OFFICE_BATCH; i++) {
		errand_wait(office.batch[i]);
		ck_assert_int_eq(
		    office.batch[i]->rc, i == 7 ? RC_INVALID : RC_OK);
	}
	ck_assert_int_eq(
	    db_number("SELECT count(*) FROM case_file"), OFFICE_BATCH - 1);
	office_free_batch();
}
END_TEST

START_TEST(desk_that_finds_no_database_sits_down_nowhere)
{
	struct desk_settings settings = office.settings;
	struct desk *desk;
	struct err err;

	settings.conninfo = "host=/nowhere user=nobody";
	ck_assert_int_eq(desk_start(&settings, &desk, &err), RC_UNAVAILABLE);
}
END_TEST

Suite *
desk_seats_suite(void)
{
	Suite *suite = suite_create("desk_seats");
	TCase *tcase = tcase_create("desk_seats");

	tcase_set_timeout(tcase, 60);
	tcase_add_checked_fixture(tcase, set_up, office_tear_down);
	tcase_add_test(tcase, one_seat_works_while_another_waits);
	tcase_add_test(tcase, each_command_is_committed_once);
	tcase_add_test(tcase, one_key_is_done_by_one_seat);
	tcase_add_test(tcase, seats_make_one_live_target_of_a_triple);
	tcase_add_test(tcase, answers_on_one_case_follow_one_another);
	tcase_add_test(tcase, stopping_seats_finish_what_waits);
	tcase_add_test(tcase, refused_row_refuses_its_own_command_alone);
	tcase_add_test(tcase, desk_that_finds_no_database_sits_down_nowhere);
	suite_add_tcase(suite, tcase);
	return suite;
}
