/*
 * backoff: the table of retries, and whom a failure needs.
 */
#include "test/unit/unit.h"

#include "hub/base/clock.h"
#include "hub/base/common.h"
#include "hub/dispatch/backoff.h"

/* random: 0 is the least, 200 the middle, 400 the most. */
static const struct {
	int n;
	uint32_t random;
	int64_t milliseconds;
} delays[] = {
	{ 1, 200, 2000 },
	{ 2, 200, 5000 },
	{ 3, 200, 10000 },
	{ 4, 200, 20000 },
	{ 5, 200, 40000 },
	{ 6, 200, 60000 },
	{ 10, 200, 60000 },
	{ 11, 200, 120000 },
	{ 15, 200, 120000 },
	{ 16, 200, 300000 },
	{ 1000000, 200, 300000 },
	{ 0, 200, 2000 },
	{ -5, 200, 2000 },
	{ 1, 0, 1600 },
	{ 1, 400, 2400 },
	{ 1, 401, 1600 },
	{ 6, 0, 48000 },
	{ 6, 400, 72000 },
};

START_TEST(delay_follows_the_table)
{
	struct backoff_failure failure = {
		.n = delays[_i].n, .status = 500, .retry_after_seconds = -1
	};

	ck_assert_int_eq(backoff_delay(&failure, delays[_i].random),
	    delays[_i].milliseconds * 1000);
}
END_TEST

START_TEST(delay_stays_within_a_fifth_for_any_random)
{
	struct backoff_failure failure = { .n = 3, .retry_after_seconds = -1 };
	uint32_t random = (uint32_t)_i * 104729u + UINT32_MAX / 3;
	int64_t delay = backoff_delay(&failure, random);

	ck_assert_int_ge(delay, 8 * CLOCK_SECOND);
	ck_assert_int_le(delay, 12 * CLOCK_SECOND);
}
END_TEST

/* With the table at its end the age decides; the retries never end. */
static const struct {
	int n;
	int64_t age_seconds, seconds;
} ages[] = {
	{ 16, 0, 300 },
	{ 16, 7199, 300 },
	{ 16, 7200, 900 },
	{ 40, 86399, 900 },
	{ 40, 86400, 3600 },
	{ 1000000, INT64_C(31536000000), 3600 },
	{ 15, 86400, 120 }, /* few attempts: it was suspended */
	{ 1, 86400, 2 },
};

START_TEST(delay_follows_the_age_at_the_end_of_the_table)
{
	struct backoff_failure failure = { .n = ages[_i].n,
		.age_seconds = ages[_i].age_seconds,
		.retry_after_seconds = -1 };

	ck_assert_int_eq(
	    backoff_delay(&failure, 200), ages[_i].seconds * CLOCK_SECOND);
}
END_TEST

static const struct {
	int status, priority;
	int64_t retry_after, seconds; /* with a middle random, n = 1 */
} waits[] = {
	{ 429, 0, 30, 30 },
	{ 503, 0, 30, 30 },
	{ 429, 0, 60, 60 },
	{ 429, 0, 61, 60 },
	{ 503, 0, 86400, 60 },
	{ 503, 0, INT64_MAX, 60 },
	{ 429, 1, 86400, 300 },
	{ 429, 2, 86400, 900 },
	{ 429, 0, 1, 2 },
	{ 429, 0, 0, 2 },
	{ 429, 0, -1, 2 },
	{ 500, 0, 30, 2 },
	{ 200, 0, 30, 2 },
	{ 0, 0, 30, 2 },
};

START_TEST(retry_after_is_obeyed_within_limits)
{
	struct backoff_failure failure = { .n = 1,
		.status = waits[_i].status,
		.priority = waits[_i].priority,
		.retry_after_seconds = waits[_i].retry_after };

	ck_assert_int_eq(
	    backoff_delay(&failure, 200), waits[_i].seconds * CLOCK_SECOND);
}
END_TEST

static const struct {
	int status;
	bool is_tls, needs_people;
} failures[] = {
	{ 410, false, true },
	{ 400, false, true },
	{ 401, false, true },
	{ 403, false, true },
	{ 404, false, true },
	{ 422, false, true },
	{ 499, false, true },
	{ 0, true, true },
	{ 0, false, false },
	{ 408, false, false },
	{ 425, false, false },
	{ 429, false, false },
	{ 500, false, false },
	{ 503, false, false },
	{ 599, false, false },
	{ 302, false, false },
	{ 307, false, false },
	{ 200, false, false },
};

START_TEST(people_hear_at_once_of_what_they_must_mend)
{
	struct backoff_failure failure = { .n = 1,
		.status = failures[_i].status,
		.is_tls = failures[_i].is_tls,
		.retry_after_seconds = -1 };

	ck_assert_int_eq(
	    backoff_needs_people(&failure), failures[_i].needs_people);
}
END_TEST

Suite *
backoff_suite(void)
{
	Suite *suite = suite_create("backoff");
	TCase *tcase = tcase_create("backoff");

	tcase_add_loop_test(
	    tcase, delay_follows_the_table, 0, (int)COUNT(delays));
	tcase_add_loop_test(tcase,
	    delay_follows_the_age_at_the_end_of_the_table, 0, (int)COUNT(ages));
	tcase_add_loop_test(
	    tcase, delay_stays_within_a_fifth_for_any_random, 0, 50);
	tcase_add_loop_test(
	    tcase, retry_after_is_obeyed_within_limits, 0, (int)COUNT(waits));
	tcase_add_loop_test(tcase, people_hear_at_once_of_what_they_must_mend,
	    0, (int)COUNT(failures));
	suite_add_tcase(suite, tcase);
	return suite;
}
