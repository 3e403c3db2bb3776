/*
 * Commands that wait: their order, what fits one batch, a full queue and a
 * stopped one.
 */
#include "test/unit/unit.h"
#include <string.h>

#include "hub/desk/job_queue.h"

enum { JOBS = BATCH_LIMIT + 10, HEAVY = 1500 };

static struct command commands[JOBS];
static struct job jobs[JOBS];
static struct request_draft heavy = { .target_count = HEAVY };

static void
setup(void)
{
	memset(commands, 0, sizeof commands);
	memset(jobs, 0, sizeof jobs);
	for (int i = 0; i < JOBS; i++) {
		commands[i].kind = COMMAND_RECORD_ACCESS;
		jobs[i].command = &commands[i];
	}
}

static void
make_heavy(int index)
{
	commands[index].kind = COMMAND_SUBMIT_CASE;
	commands[index].submit.requests = &heavy;
	commands[index].submit.request_count = 1;
}

static struct job_queue *
queue_of(int count)
{
	struct job_queue *queue = job_queue_new((size_t)count);
	struct err err;

	for (int i = 0; i < count; i++)
		ck_assert_int_eq(job_queue_add(queue, &jobs[i], &err), RC_OK);
	ck_assert_uint_eq(job_queue_count(queue), (size_t)count);
	return queue;
}

/* The next batch is of these jobs, in their order. */
static void
check_batch(struct job_queue *queue, int first, int count)
{
	struct job *taken[BATCH_LIMIT];

	ck_assert_uint_eq(job_queue_take(queue, taken), (size_t)count);
	for (int i = 0; i < count; i++)
		ck_assert_ptr_eq(taken[i], &jobs[first + i]);
}

START_TEST(first_come_is_first_taken)
{
	struct job_queue *queue = queue_of(5);

	check_batch(queue, 0, 5);
	ck_assert_uint_eq(job_queue_count(queue), 0);
	job_queue_free(queue);
}
END_TEST

START_TEST(batch_has_a_largest_number)
{
	struct job_queue *queue = queue_of(JOBS);

	check_batch(queue, 0, BATCH_LIMIT);
	check_batch(queue, BATCH_LIMIT, JOBS - BATCH_LIMIT);
	job_queue_free(queue);
}
END_TEST

START_TEST(batch_has_a_largest_weight)
{
	struct job_queue *queue;

	for (int i = 0; i < 5; i++)
		make_heavy(i);
	queue = queue_of(6);
	check_batch(queue, 0, 2);
	check_batch(queue, 2, 2);
	check_batch(queue, 4, 2);
	job_queue_free(queue);
}
END_TEST

START_TEST(what_is_too_heavy_for_any_batch_goes_alone)
{
	struct request_draft whole = { .target_count = BATCH_WEIGHT_LIMIT + 1 };
	struct job_queue *queue;

	make_heavy(1);
	commands[1].submit.requests = &whole;
	queue = queue_of(3);
	check_batch(queue, 0, 1);
	check_batch(queue, 1, 1);
	check_batch(queue, 2, 1);
	job_queue_free(queue);
}
END_TEST

START_TEST(dry_run_is_alone)
{
	struct job_queue *queue;

	commands[2].is_dry_run = true;
	queue = queue_of(5);
	check_batch(queue, 0, 2);
	check_batch(queue, 2, 1);
	check_batch(queue, 3, 2);
	job_queue_free(queue);
}
END_TEST

START_TEST(full_queue_refuses_until_some_are_taken)
{
	struct job_queue *queue = queue_of(3);
	struct err err;

	ck_assert_int_eq(job_queue_add(queue, &jobs[3], &err), RC_UNAVAILABLE);
	ck_assert_str_eq(err.code, "overloaded");
	ck_assert_uint_eq(job_queue_count(queue), 3);
	check_batch(queue, 0, 3);
	ck_assert_int_eq(job_queue_add(queue, &jobs[3], &err), RC_OK);
	check_batch(queue, 3, 1);
	job_queue_free(queue);
}
END_TEST

START_TEST(stopped_queue_gives_what_waits_and_takes_no_more)
{
	struct job_queue *queue = queue_of(2);
	struct err err;

	job_queue_stop(queue);
	ck_assert_int_eq(job_queue_add(queue, &jobs[2], &err), RC_UNAVAILABLE);
	ck_assert_str_eq(err.code, "stopping");
	check_batch(queue, 0, 2);
	check_batch(queue, 0, 0);
	check_batch(queue, 0, 0);
	job_queue_free(queue);
}
END_TEST

Suite *
job_queue_suite(void)
{
	Suite *suite = suite_create("job_queue");
	TCase *tcase = tcase_create("job_queue");

	tcase_add_checked_fixture(tcase, setup, NULL);
	tcase_add_test(tcase, first_come_is_first_taken);
	tcase_add_test(tcase, batch_has_a_largest_number);
	tcase_add_test(tcase, batch_has_a_largest_weight);
	tcase_add_test(tcase, what_is_too_heavy_for_any_batch_goes_alone);
	tcase_add_test(tcase, dry_run_is_alone);
	tcase_add_test(tcase, full_queue_refuses_until_some_are_taken);
	tcase_add_test(tcase, stopped_queue_gives_what_waits_and_takes_no_more);
	suite_add_tcase(suite, tcase);
	return suite;
}
