/*
 * breaker: when an endpoint is suspended, probed, released, opened slowly.
 */
#include "test/unit/unit.h"

#include <string.h>

#include "hub/base/clock.h"
#include "hub/base/common.h"
#include "hub/dispatch/breaker.h"

enum { CONCURRENCY = 8, MIDDLE = 200 };

/* "f" a failure, "o" a 2xx, one after another; the state behind them. */
static const struct {
	const char *attempts;
	enum breaker_state state;
} histories[] = {
	{ "", BREAKER_CLOSED }, { "f", BREAKER_CLOSED },
	{ "ffff", BREAKER_CLOSED }, { "fffff", BREAKER_SUSPENDED },
	{ "ffffofffff", BREAKER_SUSPENDED },
	{ "ffffoffffoffff", BREAKER_CLOSED },      /* less than 20 */
	{ "ofofofofofofofofofo", BREAKER_CLOSED }, /* 19 */
	{ "ofofofofofofofofofof", BREAKER_SUSPENDED },
	{ "oofofofofofofofofofo", BREAKER_CLOSED },      /* 9 of 20 */
	{ "oofofofofofofofofofoof", BREAKER_SUSPENDED }, /* of the last */
	{ "oooooooooooooooooooofffof", BREAKER_CLOSED },
	{ "fffffo", BREAKER_RECOVERING }, { "fffffof", BREAKER_SUSPENDED },
	{ "fffffoooooof", BREAKER_SUSPENDED },
	{ "fffffooooooo", BREAKER_RECOVERING },
	{ "fffffoooooooo", BREAKER_CLOSED },
	{ "fffffooooooooffff",
	    BREAKER_CLOSED }, /* nothing is held against it */
};

static enum breaker_turn
attempt(struct breaker *breaker, char how, int64_t now)
{
	breaker_start(breaker);
	return breaker_note(breaker, how == 'o', CONCURRENCY, now, 0, MIDDLE);
}

static void
play(struct breaker *breaker, const char *attempts, int64_t now)
{
	for (const char *at = attempts; *at != '\0'; at++)
		(void)attempt(breaker, *at, now);
}

START_TEST(history_decides)
{
	struct breaker breaker = { 0 };

	play(&breaker, histories[_i].attempts, CLOCK_SECOND);
	ck_assert_int_eq(breaker.state, histories[_i].state);
}
END_TEST

START_TEST(closed_one_limits_nothing)
{
	struct breaker breaker = { 0 };

	ck_assert_uint_eq(breaker_limit(&breaker, 8, 0), 8);
	ck_assert_uint_eq(breaker_limit(&breaker, 1, 0), 1);
	play(&breaker, "ffff", 0);
	ck_assert_uint_eq(breaker_limit(&breaker, 8, 0), 8);
}
END_TEST

/* After so many failed probes, the next may begin after so many seconds. */
static const int64_t probe_seconds[] = { 2, 5, 10, 20, 40, 60, 60, 60 };

START_TEST(suspended_one_is_probed_ever_more_seldom)
{
	struct breaker breaker = { 0 };
	int64_t now = 1000 * CLOCK_SECOND, wait = probe_seconds[_i];

	play(&breaker, "fffff", now);
	for (int probe = 0; probe < _i; probe++) {
		now = breaker.probe_at;
		(void)attempt(&breaker, 'f', now);
	}
	ck_assert_int_eq(breaker.probe_at, now + wait * CLOCK_SECOND);
	ck_assert_uint_eq(breaker_limit(&breaker, 8, now), 0);
	ck_assert_uint_eq(breaker_limit(&breaker, 8, breaker.probe_at - 1), 0);
	ck_assert_uint_eq(breaker_limit(&breaker, 8, breaker.probe_at), 1);
}
END_TEST

START_TEST(wait_that_the_receiver_asks_for_delays_the_probe)
{
	struct breaker breaker = { 0 };

	play(&breaker, "ffff", 0);
	breaker_start(&breaker);
	(void)breaker_note(
	    &breaker, false, CONCURRENCY, 0, 30 * CLOCK_SECOND, MIDDLE);
	ck_assert_int_eq(breaker.probe_at, 30 * CLOCK_SECOND);
}
END_TEST

START_TEST(what_was_under_way_when_it_tripped_is_no_probe)
{
	struct breaker breaker = { 0 };
	int64_t probe_at;

	for (int i = 0; i < 8; i++)
		breaker_start(&breaker);
	for (int i = 0; i < 5; i++)
		(void)breaker_note(&breaker, false, CONCURRENCY, 0, 0, MIDDLE);
	probe_at = breaker.probe_at;
	for (int i = 0; i < 3; i++)
		ck_assert_int_eq(breaker_note(&breaker, false, CONCURRENCY,
				     CLOCK_SECOND, 0, MIDDLE),
		    BREAKER_SAME);
	ck_assert_int_eq(breaker.probe_at, probe_at);
	ck_assert_int_eq(breaker.probes, 0);
}
END_TEST

START_TEST(late_success_releases_as_a_probe_does)
{
	struct breaker breaker = { 0 };

	for (int i = 0; i < 6; i++)
		breaker_start(&breaker);
	for (int i = 0; i < 5; i++)
		(void)breaker_note(&breaker, false, CONCURRENCY, 0, 0, MIDDLE);
	ck_assert_int_eq(
	    breaker_note(&breaker, true, CONCURRENCY, 0, 0, MIDDLE),
	    BREAKER_RELEASED);
}
END_TEST

START_TEST(recovering_one_opens_by_one_with_each_success)
{
	struct breaker breaker = { 0 };

	play(&breaker, "fffff", 0);
	ck_assert_int_eq(attempt(&breaker, 'o', 0), BREAKER_RELEASED);
	for (size_t open = 1; open < CONCURRENCY; open++) {
		ck_assert_uint_eq(
		    breaker_limit(&breaker, CONCURRENCY, 0), open);
		ck_assert_int_eq(attempt(&breaker, 'o', 0), BREAKER_SAME);
	}
	ck_assert_uint_eq(breaker_limit(&breaker, CONCURRENCY, 0), 8);
	ck_assert_int_eq(breaker.state, BREAKER_CLOSED);
}
END_TEST

START_TEST(each_turn_is_told_once)
{
	struct breaker breaker = { 0 };

	play(&breaker, "ffff", 0);
	ck_assert_int_eq(attempt(&breaker, 'f', 0), BREAKER_TRIPPED);
	ck_assert_int_eq(attempt(&breaker, 'f', 0), BREAKER_SAME);
	ck_assert_int_eq(attempt(&breaker, 'o', 0), BREAKER_RELEASED);
	ck_assert_int_eq(attempt(&breaker, 'o', 0), BREAKER_SAME);
	ck_assert_int_eq(attempt(&breaker, 'f', 0), BREAKER_TRIPPED);
}
END_TEST

START_TEST(one_slot_is_never_more_than_one)
{
	struct breaker breaker = { 0 };

	play(&breaker, "fffff", 0);
	ck_assert_uint_eq(breaker_limit(&breaker, 1, breaker.probe_at), 1);
	(void)breaker_note(&breaker, true, 1, 0, 0, MIDDLE);
	ck_assert_uint_eq(breaker_limit(&breaker, 1, 0), 1);
	(void)breaker_note(&breaker, true, 1, 0, 0, MIDDLE);
	ck_assert_int_eq(breaker.state, BREAKER_CLOSED);
}
END_TEST

Suite *
breaker_suite(void)
{
	Suite *suite = suite_create("breaker");
	TCase *tcase = tcase_create("breaker");

	tcase_add_loop_test(tcase, history_decides, 0, (int)COUNT(histories));
	tcase_add_test(tcase, closed_one_limits_nothing);
	tcase_add_loop_test(tcase, suspended_one_is_probed_ever_more_seldom, 0,
	    (int)COUNT(probe_seconds));
	tcase_add_test(tcase, wait_that_the_receiver_asks_for_delays_the_probe);
	tcase_add_test(tcase, what_was_under_way_when_it_tripped_is_no_probe);
	tcase_add_test(tcase, late_success_releases_as_a_probe_does);
	tcase_add_test(tcase, recovering_one_opens_by_one_with_each_success);
	tcase_add_test(tcase, each_turn_is_told_once);
	tcase_add_test(tcase, one_slot_is_never_more_than_one);
	suite_add_tcase(suite, tcase);
	return suite;
}
