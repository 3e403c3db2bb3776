/*
 * The desk under load: what a batch does with one that is refused, and what
 * a full queue, a lock, a crash and a second desk do.
 */
#include "test/db/office.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "hub/base/clock.h"

enum { CRASH_DEADLINE_SECONDS = 45, SUITE_SECONDS = 60 };

/* ---- batches */

/* A sum that the edge would have refused: only the table's check is left. */
static void
make_refused_row(struct errand *errand)
{
	errand->command.submit.loss.minor = 0;
}

static const int bad_places[] = { 0, 7, OFFICE_BATCH - 1 };

START_TEST(refused_row_refuses_its_own_command_alone)
{
	int bad = bad_places[_i];
	struct desk_counters counters;

	office_fill_batch();
	make_refused_row(office.batch[bad]);
	office_give_batch();
	for (int i = 0; i < OFFICE_BATCH; i++) {
		ck_assert_int_eq(
		    office.batch[i]->rc, i == bad ? RC_INVALID : RC_OK);
		if (i != bad)
			ck_assert_int_eq(
			    strncmp(office.batch[i]->body, "{\"id\":", 6), 0);
	}
	desk_counters(office.desk, &counters);
	ck_assert_uint_eq(counters.largest_batch, OFFICE_BATCH);
	ck_assert_uint_ge(counters.bisections, 4);
	ck_assert_uint_le(counters.bisections, 5);
	ck_assert_int_eq(
	    db_number("SELECT count(*) FROM case_file"), OFFICE_BATCH - 1);
	ck_assert_int_eq(
	    db_number("SELECT count(*) FROM idempotency"), OFFICE_BATCH - 1);
	office_free_batch();
}
END_TEST

START_TEST(refusals_by_rules_need_no_bisection)
{
	struct desk_counters counters;

	for (int i = 0; i < OFFICE_BATCH; i++) {
		office.batch[i] = errand_case(&office.world, i + 1, 1);
		if (i % 2 == 0)
			office.batch[i]->command.submit.reported_at += 3600 *
			    CLOCK_SECOND;
	}
	office_give_batch();
	for (int i = 0; i < OFFICE_BATCH; i++)
		ck_assert_int_eq(
		    office.batch[i]->rc, i % 2 == 0 ? RC_INVALID : RC_OK);
	desk_counters(office.desk, &counters);
	ck_assert_uint_eq(counters.bisections, 0);
	ck_assert_int_eq(
	    db_number("SELECT count(*) FROM case_file"), OFFICE_BATCH / 2);
	office_free_batch();
}
END_TEST

/* One triple in twenty cases of one batch: one is live. */
START_TEST(same_triple_within_one_batch_is_live_once)
{
	for (int i = 0; i < OFFICE_BATCH; i++)
		office.batch[i] = errand_case(&office.world, 1, 1);
	office_give_batch();
	for (int i = 0; i < OFFICE_BATCH; i++)
		ck_assert_int_eq(office.batch[i]->rc, RC_OK);
	ck_assert_int_eq(db_number("SELECT count(*) FROM target"
				   " WHERE status = 'queued'"),
	    1);
	ck_assert_int_eq(db_number("SELECT count(*) FROM target"
				   " WHERE status = 'superseded'"
				   "   AND duplicate_of IS NOT NULL"),
	    OFFICE_BATCH - 1);
	office_free_batch();
}
END_TEST

START_TEST(full_queue_answers_at_once)
{
	SCOPED(errand_cleanup)
	struct errand *refused = errand_case(&office.world, 1, 1);

	office.settings.queue_limit = OFFICE_BATCH;
	office_reopen_desk();
	errand_hold_desk(&office.world, office.desk);
	for (int i = 0; i < OFFICE_BATCH; i++) {
		office.batch[i] = errand_case(&office.world, i + 1, 1);
		errand_give(office.batch[i], office.desk);
	}
	errand_run(refused, office.desk);
	ck_assert_int_eq(refused->rc, RC_UNAVAILABLE);
	ck_assert_str_eq(refused->err.code, "overloaded");
	errand_release_desk();
	for (int i = 0; i < OFFICE_BATCH; i++) {
		errand_wait(office.batch[i]);
		ck_assert_int_eq(office.batch[i]->rc, RC_OK);
	}
	office_free_batch();
}
END_TEST

START_TEST(stopping_desk_finishes_what_waits)
{
	errand_hold_desk(&office.world, office.desk);
	for (int i = 0; i < OFFICE_BATCH; i++) {
		office.batch[i] = errand_case(&office.world, i + 1, 1);
		errand_give(office.batch[i], office.desk);
	}
	errand_release_desk();
	desk_stop(office.desk);
	office.desk = NULL;
	for (int i = 0; i < OFFICE_BATCH; i++) {
		ck_assert(office.batch[i]->is_done);
		ck_assert_int_eq(office.batch[i]->rc, RC_OK);
	}
	office_free_batch();
}
END_TEST

/* ---- outages */

/* Somebody holds a lock for longer than anybody waits. */
START_TEST(command_is_in_doubt_once_its_time_is_over)
{
	SCOPED(errand_cleanup)
	struct errand *late = errand_case(&office.world, 1, 1);
	SCOPED(errand_cleanup)
	struct errand *again = errand_case(&office.world, 1, 1);
	SCOPED(db_cleanup) struct db *owner = db_as_owner();

	office.settings.deadline_seconds = 1;
	office_reopen_desk();
	db_must(owner, "BEGIN; LOCK TABLE case_file IN ACCESS EXCLUSIVE MODE");
	errand_key(late, "k", 1);
	errand_run(late, office.desk);
	ck_assert_int_eq(late->rc, RC_UNAVAILABLE);
	ck_assert_str_eq(late->err.code, "in_doubt");
	db_must(owner, "ROLLBACK");
	errand_key(again, "k", 1);
	errand_must(again, office.desk, 201);
	ck_assert(!again->is_replay);
	ck_assert_int_eq(db_number("SELECT count(*) FROM case_file"), 1);
}
END_TEST

static void
crash_database(void)
{
	pid_t child = fork();
	int status;

	ck_assert_int_ne(child, -1);
	if (child == 0) {
		execlp("sh", "sh", "sql/private-server.sh", "crash",
		    getenv("FREEZELINE_TEST_SERVER"), (char *)NULL);
		_exit(127);
	}
	ck_assert_int_eq(waitpid(child, &status, 0), child);
	ck_assert(WIFEXITED(status) && WEXITSTATUS(status) == 0);
}

static void *
give_through_crash(void *context)
{
	const struct timespec pause = { .tv_nsec = 20000000 };

	(void)context;
	for (int i = 0; i < OFFICE_BATCH; i++) {
		errand_give(office.batch[i], office.desk);
		nanosleep(&pause, NULL);
	}
	return NULL;
}

/* kill -9 in effect: every command is done, once. */
START_TEST(crash_of_the_database_loses_and_doubles_nothing)
{
	struct desk_counters counters;
	pthread_t giver;

	/* A busy machine takes longer than the default to recover a database,
	 * and giving up in time would be right then. */
	office.settings.deadline_seconds = CRASH_DEADLINE_SECONDS;
	office_reopen_desk();
	office_fill_batch();
	ck_assert_int_eq(
	    pthread_create(&giver, NULL, give_through_crash, NULL), 0);
	crash_database();
	pthread_join(giver, NULL);
	for (int i = 0; i < OFFICE_BATCH; i++) {
		errand_wait(office.batch[i]);
		ck_assert_msg(office.batch[i]->rc == RC_OK, "%d: %s", i,
		    office.batch[i]->err.code);
	}
	ck_assert(desk_is_ready(office.desk));
	desk_counters(office.desk, &counters);
	ck_assert_uint_eq(counters.refusals, 0);
	ck_assert_int_eq(
	    db_number("SELECT count(*) FROM case_file"), OFFICE_BATCH);
	ck_assert_int_eq(db_number("SELECT count(*) FROM target"
				   " WHERE status = 'queued'"),
	    OFFICE_BATCH);
	office_free_batch();
}
END_TEST

/* ---- two desks */

START_TEST(two_desks_do_one_key_once)
{
	struct errand *others[OFFICE_BATCH];
	char key[16];

	office.second = office_open_desk();
	for (int i = 0; i < OFFICE_BATCH; i++) {
		office.batch[i] = errand_case(&office.world, i + 1, 1);
		others[i] = errand_case(&office.world, i + 1, 1);
		(void)snprintf(key, sizeof key, "k%d", i);
		errand_key(office.batch[i], key, 1);
		errand_key(others[i], key, 1);
		errand_give(office.batch[i], office.desk);
		errand_give(others[i], office.second);
	}
	for (int i = 0; i < OFFICE_BATCH; i++) {
		errand_wait(office.batch[i]);
		errand_wait(others[i]);
		ck_assert_int_eq(office.batch[i]->rc, RC_OK);
		ck_assert_int_eq(others[i]->rc, RC_OK);
		ck_assert_str_eq(office.batch[i]->body, others[i]->body);
		ck_assert_str_eq(
		    office.batch[i]->location, others[i]->location);
		ck_assert_int_ne(
		    office.batch[i]->is_replay, others[i]->is_replay);
		errand_free(others[i]);
	}
	ck_assert_int_eq(
	    db_number("SELECT count(*) FROM case_file"), OFFICE_BATCH);
	office_free_batch();
}
END_TEST

START_TEST(two_desks_make_one_live_target_of_a_triple)
{
	office.second = office_open_desk();
	for (int i = 0; i < OFFICE_BATCH; i++) {
		office.batch[i] = errand_case(&office.world, 1 + i / 4, 1);
		errand_give(
		    office.batch[i], i % 2 == 0 ? office.desk : office.second);
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

Suite *
desk_batch_suite(void)
{
	Suite *suite = suite_create("desk_batch");
	TCase *tcase = tcase_create("desk_batch");

	tcase_set_timeout(tcase, SUITE_SECONDS);
	tcase_add_checked_fixture(tcase, office_set_up, office_tear_down);
	tcase_add_loop_test(tcase, refused_row_refuses_its_own_command_alone, 0,
	    (int)COUNT(bad_places));
	tcase_add_test(tcase, refusals_by_rules_need_no_bisection);
	tcase_add_test(tcase, same_triple_within_one_batch_is_live_once);
	tcase_add_test(tcase, full_queue_answers_at_once);
	tcase_add_test(tcase, stopping_desk_finishes_what_waits);
	tcase_add_test(tcase, command_is_in_doubt_once_its_time_is_over);
	tcase_add_test(tcase, crash_of_the_database_loses_and_doubles_nothing);
	tcase_add_test(tcase, two_desks_do_one_key_once);
	tcase_add_test(tcase, two_desks_make_one_live_target_of_a_triple);
	suite_add_tcase(suite, tcase);
	return suite;
}
