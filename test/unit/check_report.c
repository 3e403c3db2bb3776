/*
 * report: which period a question means, and which it must not.
 */
#include "test/unit/unit.h"

#include "hub/base/clock.h"
#include "hub/domain/report.h"

#define DAY (INT64_C(86400) * CLOCK_SECOND)
#define NOW (INT64_C(20500) * DAY)

static const struct {
	int64_t from, until, from_meant, until_meant;
} good[] = {
	{ 0, 0, NOW - 30 * DAY, NOW },
	{ NOW - DAY, 0, NOW - DAY, NOW },
	{ 0, NOW - 100 * DAY, NOW - 130 * DAY, NOW - 100 * DAY },
	{ NOW - 366 * DAY, 0, NOW - 366 * DAY, NOW },
	{ NOW - 5, NOW + DAY, NOW - 5, NOW + DAY },
};

START_TEST(what_is_not_said_is_the_last_thirty_days)
{
	struct report_query query = { .from = good[_i].from,
		.until = good[_i].until };
	struct err err;

	ck_assert_int_eq(report_set_period(&query, NOW, &err), RC_OK);
	ck_assert_int_eq(query.from, good[_i].from_meant);
	ck_assert_int_eq(query.until, good[_i].until_meant);
}
END_TEST

static const struct {
	int64_t from, until;
} bad[] = {
	{ NOW, 0 },
	{ NOW + DAY, 0 },
	{ NOW, NOW },
	{ NOW, NOW - 1 },
	{ NOW - 366 * DAY - 1, 0 },
	{ NOW - 366 * DAY, NOW + 1 },
	{ 1, 0 },
	{ 1, NOW },
	{ NOW - DAY, NOW + 400 * DAY },
	{ NOW - DAY, 5 },
};

START_TEST(empty_and_endless_periods_are_refused)
{
	struct report_query query = { .from = bad[_i].from,
		.until = bad[_i].until };
	struct err err = { RC_OK, "", "", "" };

	ck_assert_int_eq(report_set_period(&query, NOW, &err), RC_INVALID);
	ck_assert_str_eq(err.code, "bad_period");
}
END_TEST

Suite *
report_suite(void)
{
	Suite *suite = suite_create("report");
	TCase *tcase = tcase_create("report");

	tcase_add_loop_test(tcase, what_is_not_said_is_the_last_thirty_days, 0,
	    (int)COUNT(good));
	tcase_add_loop_test(
	    tcase, empty_and_endless_periods_are_refused, 0, (int)COUNT(bad));
	suite_add_tcase(suite, tcase);
	return suite;
}
