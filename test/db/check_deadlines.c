/*
 * Deadlines: the clerk's thread against a real desk and database, on a clock
 * of the test's own.
 */
#include "test/db/office.h"

#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "hub/base/clock.h"
#include "hub/clerk/deadlines.h"

#define HOUR (3600 * CLOCK_SECOND)
#define DAY (24 * HOUR)

enum { DOCUMENTS = 2 }; /* that the basis of an errand's case owes */

static _Atomic int64_t now;
static struct deadlines *clerk;

static int64_t
virtual_now(void *context)
{
	(void)context;
	return now;
}

static void
submit(
    void *context, struct command *command, desk_done *done, void *done_context)
{
	(void)context;
	desk_submit(office.desk, command, done, done_context);
}

static void
set_up(void)
{
	struct deadlines_settings settings = {
		.conninfo = getenv("FREEZELINE_TEST_HUB"),
		.owner = id_new(),
		.now = virtual_now,
		.submit = submit,
	};
	struct err err;

	office_set_up();
	now = clock_now();
	if (deadlines_start(&settings, &clerk, &err) != RC_OK)
		ck_abort_msg("%s: %s", err.code, err.text);
}

static void
tear_down(void)
{
	deadlines_stop(clerk);
	office_tear_down();
}

/* Until the clerk has passed so many; fails after ten seconds. */
static void
wait_for(uint64_t passed)
{
	const struct timespec moment = { .tv_nsec = 2000000 };
	int64_t end = clock_monotonic() + 10 * CLOCK_SECOND;
	struct deadlines_counters counters;

	do {
		deadlines_wake(clerk);
		(void)nanosleep(&moment, NULL);
		deadlines_counters(clerk, &counters);
		ck_assert_uint_eq(counters.failed, 0);
		ck_assert_msg(clock_monotonic() < end, "%d of %d passed",
		    (int)counters.passed, (int)passed);
	} while (counters.passed < passed);
	ck_assert_uint_eq(counters.passed, passed);
}

static void
hold(const struct id *target, int64_t expires_at)
{
	SCOPED(errand_cleanup)
	struct errand *answer = errand_answer(&office.world, target);
	struct respond *respond = &answer->command.respond;

	respond->code = RESPONSE_HLD_FULL;
	respond->has_amount_held = respond->has_balance = true;
	respond->amount_held = respond->balance = (struct money){ 1000, "INR" };
	respond->hold_ref = "H-1";
	respond->held_at = answer->command.at;
	respond->expires_at = expires_at;
	errand_must(answer, office.desk, 201);
}

static int64_t
count(const char *table, const char *where)
{
	char text[256];

	(void)snprintf(text, sizeof text, "SELECT count(*) FROM %s WHERE %s",
	    table, where);
	return db_number(text);
}

START_TEST(hold_of_ninety_days_runs_in_a_moment)
{
	SCOPED(errand_cleanup)
	struct errand *submitted = errand_case(&office.world, 1, 1);
	struct id target;
	int64_t begun = clock_monotonic(), held_at;

	errand_must(submitted, office.desk, 201);
	target = errand_target(submitted, 0);
	/* Two of the target, one of the request, one of each document. */
	ck_assert_int_eq(count("deadline", "status = 'running'"), 5);
	hold(&target, submitted->command.at + 90 * DAY);
	held_at = clock_now();
	ck_assert_int_eq(count("deadline", "status = 'ended'"), 2);
	/* After so long a document's breach is told, and its day after. */
	now = held_at + 46 * DAY;
	wait_for(5);
	ck_assert_int_eq(count("formality", "status = 'overdue'"), 2);
	now = held_at + 73 * DAY;
	wait_for(6);
	ck_assert_int_eq(count("event", "type = 'deadline.warning'"), 2);
	ck_assert_int_eq(count("target", "status = 'held_full'"), 1);
	/* Both the hold's clock and its request's, at the same moment. */
	now = submitted->command.at + 90 * DAY;
	wait_for(8);
	ck_assert_int_eq(count("target", "status = 'release_pending'"), 1);
	ck_assert_int_eq(count("freeze_request", "status = 'expired'"), 1);
	ck_assert_int_eq(count("event", "type = 'target.expired'"), 1);
	ck_assert_int_eq(count("message", "type = 'release.ordered'"), 1);
	ck_assert_int_eq(
	    count("deadline", "status = 'running' AND kind = 'release'"), 1);
	ck_assert_int_eq(count("deadline", "status = 'running'"), 1);
	ck_assert_int_lt(clock_monotonic() - begun, 5 * CLOCK_SECOND);
}
END_TEST

/* More than one round, and each once. */
START_TEST(every_clock_passes_once)
{
	SCOPED(errand_cleanup)
	struct errand *submitted = errand_case(
	    &office.world, 1, ERRAND_TARGETS);

	errand_must(submitted, office.desk, 201);
	ck_assert_int_eq(count("deadline", "status = 'running'"),
	    2 * ERRAND_TARGETS + 1 + DOCUMENTS);
	now = submitted->command.at + 10 * DAY;
	/* After so long only the breach is told, then its day after. */
	wait_for(4 * ERRAND_TARGETS + 2 * DOCUMENTS);
	ck_assert_int_eq(count("event", "type = 'deadline.warning'"), 0);
	ck_assert_int_eq(count("event", "type = 'deadline.breached'"),
	    4 * ERRAND_TARGETS + 2 * DOCUMENTS);
	ck_assert_int_eq(count("deadline", "status = 'passed'"),
	    2 * ERRAND_TARGETS + DOCUMENTS);
}
END_TEST

START_TEST(nothing_passes_before_its_time)
{
	SCOPED(errand_cleanup)
	struct errand *submitted = errand_case(&office.world, 1, 2);

	errand_must(submitted, office.desk, 201);
	deadlines_wake(clerk);
	deadlines_stop(clerk);
	clerk = NULL;
	ck_assert_int_eq(count("event", "type LIKE 'deadline.%'"), 0);
	ck_assert_int_eq(
	    count("deadline", "status = 'running'"), 5 + DOCUMENTS);
}
END_TEST

Suite *
deadlines_suite(void)
{
	Suite *suite = suite_create("deadlines");
	TCase *tcase = tcase_create("deadlines");

	tcase_set_timeout(tcase, 60);
	tcase_add_checked_fixture(tcase, set_up, tear_down);
	tcase_add_test(tcase, hold_of_ninety_days_runs_in_a_moment);
	tcase_add_test(tcase, every_clock_passes_once);
	tcase_add_test(tcase, nothing_passes_before_its_time);
	suite_add_tcase(suite, tcase);
	return suite;
}
