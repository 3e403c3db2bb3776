/*
 * lanes_turn: what a lane may send now: its breaker, its pace, its order.
 */
#include "test/unit/unit.h"

#include "hub/base/clock.h"
#include "hub/base/common.h"
#include "test/unit/yard.h"

/* ---- endpoints that fail, and their pace */

START_TEST(suspended_lane_sends_one_probe_at_a_time)
{
	struct lane *lane = lanes_find(&yard.lanes, 1);
	int64_t later;

	for (int64_t i = 1; i <= 10; i++)
		yard_add(1, 0, i, 0);
	for (int i = 0; i < BREAKER_IN_A_ROW; i++)
		(void)yard_landed(yard_take_letter(), false);
	ck_assert_int_eq(lane->breaker.state, BREAKER_SUSPENDED);
	ck_assert_int_eq(yard_take(NULL), 0);
	later = lanes_next(&yard.lanes, yard.now, yard.now + 60 * CLOCK_SECOND);
	ck_assert_int_eq(later, lane->breaker.probe_at);
	yard.now = later;
	ck_assert_int_eq(yard_take(NULL), 6);
	ck_assert_int_eq(yard_take(NULL), 0);
	yard_add(2, 0, 100, 0);
	ck_assert_int_eq(yard_take(NULL), 100);
}
END_TEST

START_TEST(first_success_releases_a_suspended_lane_slowly)
{
	struct letter *probe;

	for (int64_t i = 1; i <= 20; i++)
		yard_add(1, 0, i, 0);
	for (int i = 0; i < BREAKER_IN_A_ROW; i++)
		(void)yard_landed(yard_take_letter(), false);
	yard.now += 60 * CLOCK_SECOND;
	probe = yard_take_letter();
	ck_assert_int_eq(yard_landed(probe, true), BREAKER_RELEASED);
	ck_assert_ptr_nonnull(probe = yard_take_letter());
	ck_assert_int_eq(yard_take(NULL), 0);
	ck_assert_int_eq(yard_landed(probe, true), BREAKER_SAME);
	ck_assert_int_ne(yard_take(NULL), 0);
	ck_assert_int_ne(yard_take(NULL), 0);
	ck_assert_int_eq(yard_take(NULL), 0);
}
END_TEST

START_TEST(lane_keeps_to_its_rate)
{
	struct endpoint slow = {
		.number = 1, .concurrency = 64, .rate_limit = 10
	};
	int64_t until = yard.now + CLOCK_SECOND;
	int many = 0;

	lanes_find(&yard.lanes, 1)->endpoint = &slow;
	for (int64_t i = 1; i <= 64; i++)
		yard_add(1, 0, i, 0);
	for (; yard.now < until;
	     yard.now = lanes_next(&yard.lanes, yard.now, until))
		while (yard_take(NULL) != 0)
			many++;
	ck_assert_int_eq(many, 10);
	ck_assert_int_eq(yard_take(NULL), 11);
}
END_TEST

START_TEST(pause_is_not_saved_up)
{
	struct endpoint slow = {
		.number = 1, .concurrency = 64, .rate_limit = 10
	};

	lanes_find(&yard.lanes, 1)->endpoint = &slow;
	yard.now += 3600 * CLOCK_SECOND;
	for (int64_t i = 1; i <= 4; i++)
		yard_add(1, 0, i, 0);
	ck_assert_int_eq(yard_take(NULL), 1);
	ck_assert_int_eq(yard_take(NULL), 0);
}
END_TEST

/* ---- order */

START_TEST(letter_waits_for_an_earlier_one_of_its_key)
{
	struct letter *first;

	yard_add_keyed(1, 0, 1, 0, 77);
	yard_add_keyed(1, 0, 2, 0, 77);
	yard_add_keyed(1, 0, 3, 0, 78);
	first = yard_take_letter();
	ck_assert_int_eq(first->row.seq, 1);
	ck_assert_int_eq(yard_take(NULL), 3);
	ck_assert_int_eq(yard_take(NULL), 0);
	/* Not before it is recorded, for only then is it gone. */
	(void)yard_landed(first, true);
	ck_assert_int_eq(yard_take(NULL), 0);
	lanes_forget(&yard.lanes, first);
	ck_assert_int_eq(yard_take(NULL), 2);
}
END_TEST

START_TEST(same_key_at_another_endpoint_does_not_wait)
{
	yard_add_keyed(1, 0, 1, 0, 77);
	yard_add_keyed(2, 0, 2, 0, 77);
	ck_assert_int_ne(yard_take(NULL), 0);
	ck_assert_int_ne(yard_take(NULL), 0);
}
END_TEST

START_TEST(letters_without_a_key_do_not_wait)
{
	yard_add(1, 0, 1, 0);
	yard_add(1, 0, 2, 0);
	ck_assert_int_eq(yard_take(NULL), 1);
	ck_assert_int_eq(yard_take(NULL), 2);
}
END_TEST

START_TEST(those_that_wait_for_a_failure_are_dropped)
{
	struct letter *first;

	yard_add_keyed(1, 0, 1, 0, 77);
	yard_add_keyed(1, 0, 2, 0, 77);
	yard_add_keyed(1, 0, 3, 0, 78);
	yard_add_keyed(1, 0, 4, 0, 77);
	first = yard_take_letter();
	(void)yard_landed(first, false);
	lanes_forget(&yard.lanes, first);
	ck_assert(!lanes_knows(&yard.lanes, 1));
	ck_assert(!lanes_knows(&yard.lanes, 2));
	ck_assert(!lanes_knows(&yard.lanes, 4));
	ck_assert_int_eq(yard_take(NULL), 3);
	ck_assert_int_eq(yard_take(NULL), 0);
	ck_assert_uint_eq(yard.lanes.known, 1);
	yard_add_keyed(1, 0, 5, 0, 79);
	ck_assert_int_eq(yard_take(NULL), 5);
}
END_TEST

START_TEST(success_of_a_retry_has_those_behind_it_fetched)
{
	const struct outbox_want *want;
	struct letter *letter;

	yard_fetch_nothing();
	for (int64_t i = 1; i <= 30; i++)
		yard_add(1, 0, i + 100, 0);
	while (yard_take(NULL) != 0)
		;
	yard_add_keyed(1, 0, 1, 3, 77);
	lanes_find(&yard.lanes, 1)->in_flight = 0;
	letter = yard_take_letter();
	ck_assert_int_eq(letter->row.seq, 1);
	(void)yard_landed(letter, true);
	lanes_find(&yard.lanes, 1)->look_ahead = 128;
	lanes_forget(&yard.lanes, letter);
	want = yard_want_of(
	    lanes_plan(&yard.lanes, yard.wants, YARD_WANTS), 1, 0);
	ck_assert_ptr_nonnull(want);
	ck_assert_int_eq(want->floor, 0);
}
END_TEST

Suite *
lanes_turn_suite(void)
{
	Suite *suite = suite_create("lanes_turn");
	TCase *tcase = tcase_create("lanes_turn");

	tcase_add_checked_fixture(tcase, yard_set_up, yard_tear_down);
	tcase_add_test(tcase, suspended_lane_sends_one_probe_at_a_time);
	tcase_add_test(tcase, first_success_releases_a_suspended_lane_slowly);
	tcase_add_test(tcase, lane_keeps_to_its_rate);
	tcase_add_test(tcase, pause_is_not_saved_up);
	tcase_add_test(tcase, letter_waits_for_an_earlier_one_of_its_key);
	tcase_add_test(tcase, same_key_at_another_endpoint_does_not_wait);
	tcase_add_test(tcase, letters_without_a_key_do_not_wait);
	tcase_add_test(tcase, those_that_wait_for_a_failure_are_dropped);
	tcase_add_test(tcase, success_of_a_retry_has_those_behind_it_fetched);
	suite_add_tcase(suite, tcase);
	return suite;
}
