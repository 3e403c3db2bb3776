/*
 * rate: a bucket for each principal.
 */
#include "test/unit/unit.h"

#include "hub/base/clock.h"
#include "hub/http/rate.h"

/* Far from zero, where a free bucket stands. */
#define START (1000 * CLOCK_SECOND)

static const struct id somebody = { { 1 } }, other = { { 2 } };

START_TEST(bucket_holds_a_second)
{
	struct rate *rate = rate_new(3, 1);

	for (unsigned i = 0; i < 3; i++) {
		struct rate_verdict verdict = rate_take(rate, &somebody, START);

		ck_assert(verdict.is_allowed);
		ck_assert_uint_eq(verdict.limit, 3);
		ck_assert_uint_eq(verdict.left, 2 - i);
	}
	ck_assert(!rate_take(rate, &somebody, START).is_allowed);
	ck_assert_uint_ge(rate_take(rate, &somebody, START).retry_seconds, 1);
	rate_free(rate);
}
END_TEST

START_TEST(others_are_not_limited_by_it)
{
	struct rate *rate = rate_new(1, 1);

	ck_assert(rate_take(rate, &somebody, START).is_allowed);
	ck_assert(!rate_take(rate, &somebody, START).is_allowed);
	ck_assert(rate_take(rate, &other, START).is_allowed);
	rate_free(rate);
}
END_TEST

START_TEST(tokens_come_back_with_time)
{
	struct rate *rate = rate_new(4, 1);

	for (int i = 0; i < 4; i++)
		ck_assert(rate_take(rate, &somebody, START).is_allowed);
	ck_assert(!rate_take(rate, &somebody, START + CLOCK_SECOND / 4 - 1)
		       .is_allowed);
	ck_assert(
	    rate_take(rate, &somebody, START + CLOCK_SECOND / 4).is_allowed);
	ck_assert(
	    !rate_take(rate, &somebody, START + CLOCK_SECOND / 4).is_allowed);
	/* A long pause fills it once, not for each second of it. */
	for (int i = 0; i < 4; i++)
		ck_assert(rate_take(rate, &somebody, START + 99 * CLOCK_SECOND)
			      .is_allowed);
	ck_assert(
	    !rate_take(rate, &somebody, START + 99 * CLOCK_SECOND).is_allowed);
	rate_free(rate);
}
END_TEST

START_TEST(clock_that_stands_still_gives_nothing)
{
	struct rate *rate = rate_new(1, 1);

	ck_assert(rate_take(rate, &somebody, START).is_allowed);
	ck_assert(!rate_take(rate, &somebody, START - CLOCK_SECOND).is_allowed);
	rate_free(rate);
}
END_TEST

START_TEST(window_may_be_a_minute)
{
	struct rate *rate = rate_new(2, 60);
	struct rate_verdict verdict;

	ck_assert(rate_take(rate, &somebody, START).is_allowed);
	verdict = rate_take(rate, &somebody, START);
	ck_assert(verdict.is_allowed);
	ck_assert_uint_eq(verdict.seconds, 60);
	verdict = rate_take(rate, &somebody, START + 10 * CLOCK_SECOND);
	ck_assert(!verdict.is_allowed);
	ck_assert_uint_eq(verdict.retry_seconds, 20);
	ck_assert(!rate_take(rate, &somebody, START + 30 * CLOCK_SECOND - 1)
		       .is_allowed);
	ck_assert(
	    rate_take(rate, &somebody, START + 30 * CLOCK_SECOND).is_allowed);
	ck_assert(
	    !rate_take(rate, &somebody, START + 30 * CLOCK_SECOND).is_allowed);
	rate_free(rate);
}
END_TEST

Suite *
rate_suite(void)
{
	Suite *suite = suite_create("rate");
	TCase *tcase = tcase_create("rate");

	tcase_add_test(tcase, bucket_holds_a_second);
	tcase_add_test(tcase, others_are_not_limited_by_it);
	tcase_add_test(tcase, tokens_come_back_with_time);
	tcase_add_test(tcase, window_may_be_a_minute);
	tcase_add_test(tcase, clock_that_stands_still_gives_nothing);
	suite_add_tcase(suite, tcase);
	return suite;
}
