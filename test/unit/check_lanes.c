/*
 * lanes: what is fetched, what goes next, what stays known.
 */
#include "test/unit/unit.h"

#include "hub/base/common.h"
#include "test/unit/yard.h"

/* ---- who goes next */

START_TEST(lanes_take_turns_inside_a_priority)
{
	int32_t from, before = 0;

	for (int64_t i = 1; i <= 4; i++) {
		yard_add(1, 0, i, 0);
		yard_add(2, 0, 100 + i, 0);
	}
	for (int i = 0; i < 8; i++) {
		ck_assert_int_ne(yard_take(&from), 0);
		ck_assert_int_ne(from, before);
		before = from;
	}
	ck_assert_int_eq(yard_take(NULL), 0);
}
END_TEST

START_TEST(higher_priority_goes_first_whatever_its_lane)
{
	yard_add(1, 2, 1, 0);
	yard_add(1, 1, 2, 0);
	yard_add(2, 0, 3, 0);
	ck_assert_int_eq(yard_take(NULL), 3);
	ck_assert_int_eq(yard_take(NULL), 2);
	ck_assert_int_eq(yard_take(NULL), 1);
}
END_TEST

START_TEST(order_inside_a_lane_is_kept)
{
	for (int64_t i = 1; i <= 6; i++)
		yard_add(1, 1, i, 0);
	for (int64_t i = 1; i <= 6; i++)
		ck_assert_int_eq(yard_take(NULL), i);
}
END_TEST

START_TEST(no_more_than_its_concurrency_is_in_flight)
{
	struct letter *letter;

	yard_add(3, 0, 1, 0);
	yard_add(3, 0, 2, 0);
	letter = yard_take_letter();
	ck_assert_ptr_nonnull(letter);
	ck_assert_int_eq(yard_take(NULL), 0);
	yard_landed(letter, true);
	ck_assert_int_eq(yard_take(NULL), 2);
}
END_TEST

/* How many of ten go at once from a lane with eight slots. */
static const struct {
	int priority, attempts, many;
} shares[] = {
	{ 0, 0, 8 }, /* first attempts of a freeze: all slots */
	{ 0, 1, 6 }, /* its retries leave a quarter */
	{ 1, 0, 6 },
	{ 2, 0, 6 },
	{ 2, 3, 6 },
};

START_TEST(quarter_of_the_slots_is_kept_for_first_attempts_of_freezes)
{
	int many = 0;

	for (int64_t i = 1; i <= 10; i++)
		yard_add(1, shares[_i].priority, i, shares[_i].attempts);
	while (yard_take(NULL) != 0)
		many++;
	ck_assert_int_eq(many, shares[_i].many);
	if (many == 8)
		return;
	yard_add(1, 0, 11, 0);
	ck_assert_int_eq(yard_take(NULL), 11);
}
END_TEST

START_TEST(full_lane_does_not_stop_the_others)
{
	for (int64_t i = 1; i <= 20; i++)
		yard_add(1, 0, i, 0);
	while (yard_take(NULL) != 0)
		;
	yard_add(2, 2, 100, 0);
	ck_assert_int_eq(yard_take(NULL), 100);
}
END_TEST

START_TEST(closed_lane_sends_and_fetches_nothing)
{
	struct lane *lane = lanes_find(&yard.lanes, 1);
	size_t count;

	yard_add(1, 0, 1, 0);
	lane->is_open = false;
	ck_assert_int_eq(yard_take(NULL), 0);
	count = lanes_plan(&yard.lanes, yard.wants, YARD_WANTS);
	ck_assert_ptr_null(yard_want_of(count, 1, 0));
	lanes_fetched(&yard.lanes, yard.wants, NULL, count);
	lanes_drop_closed(&yard.lanes);
	ck_assert(!lanes_knows(&yard.lanes, 1));
	ck_assert_uint_eq(yard.lanes.ready, 0);
}
END_TEST

/* ---- what is fetched */

START_TEST(fetch_that_brings_nothing_is_not_repeated)
{
	size_t count = lanes_plan(&yard.lanes, yard.wants, YARD_WANTS);
	struct lanes_yield yields[YARD_WANTS] = { 0 };

	ck_assert_uint_eq(count, 3 * LANES_PRIORITIES);
	lanes_fetched(&yard.lanes, yard.wants, yields, count);
	ck_assert_uint_eq(lanes_plan(&yard.lanes, yard.wants, YARD_WANTS), 0);
	lanes_expect_fresh(&yard.lanes);
	count = lanes_plan(&yard.lanes, yard.wants, YARD_WANTS);
	ck_assert_uint_eq(count, 3 * LANES_PRIORITIES);
	ck_assert_int_gt(yard.wants[0].fresh, 0);
	ck_assert_int_eq(yard.wants[0].due, 0);
}
END_TEST

START_TEST(wake_during_a_fetch_is_not_lost)
{
	size_t count = lanes_plan(&yard.lanes, yard.wants, YARD_WANTS);
	struct lanes_yield yields[YARD_WANTS] = { 0 };

	lanes_expect_fresh(&yard.lanes);
	lanes_fetched(&yard.lanes, yard.wants, yields, count);
	ck_assert_uint_eq(lanes_plan(&yard.lanes, yard.wants, YARD_WANTS),
	    3 * LANES_PRIORITIES);
}
END_TEST

START_TEST(failed_fetch_is_repeated_whole)
{
	size_t count = lanes_plan(&yard.lanes, yard.wants, YARD_WANTS);

	lanes_fetched(&yard.lanes, yard.wants, NULL, count);
	ck_assert_uint_eq(
	    lanes_plan(&yard.lanes, yard.wants, YARD_WANTS), count);
	ck_assert_int_gt(yard.wants[0].fresh, 0);
	ck_assert_int_gt(yard.wants[0].due, 0);
}
END_TEST

START_TEST(full_yield_means_there_is_more)
{
	size_t count = lanes_plan(&yard.lanes, yard.wants, YARD_WANTS);
	struct lanes_yield yields[YARD_WANTS] = { 0 };

	yields[0].rows[LANE_FRESH] = yard.wants[0].fresh;
	lanes_fetched(&yard.lanes, yard.wants, yields, count);
	ck_assert_uint_eq(lanes_plan(&yard.lanes, yard.wants, YARD_WANTS), 1);
	ck_assert_int_eq(yard.wants[0].endpoint, 1);
}
END_TEST

START_TEST(half_full_queue_is_not_filled)
{
	yard_fetch_nothing();
	for (int64_t i = 1; i <= LANES_LOOK_AHEAD_LEAST / 2 + 1; i++)
		yard_add(1, 0, i, 0);
	lanes_expect_fresh(&yard.lanes);
	ck_assert_ptr_null(yard_want_of(
	    lanes_plan(&yard.lanes, yard.wants, YARD_WANTS), 1, 0));
}
END_TEST

START_TEST(retries_that_wait_do_not_keep_first_attempts_out)
{
	const struct outbox_want *want;

	yard_fetch_nothing();
	for (int64_t i = 1; i <= LANES_LOOK_AHEAD_LEAST; i++)
		yard_add(1, 0, i, 1);
	lanes_expect_fresh(&yard.lanes);
	want = yard_want_of(
	    lanes_plan(&yard.lanes, yard.wants, YARD_WANTS), 1, 0);
	ck_assert_ptr_nonnull(want);
	ck_assert_int_eq(want->fresh, LANES_LOOK_AHEAD_LEAST);
	ck_assert_int_eq(want->due, 0);
}
END_TEST

START_TEST(few_known_are_looked_over_again)
{
	const struct outbox_want *want;
	struct letter *letter;

	yard_fetch_nothing();
	yard_add(1, 0, 70, 0);
	letter = yard_take_letter();
	lanes_expect_fresh(&yard.lanes);
	want = yard_want_of(
	    lanes_plan(&yard.lanes, yard.wants, YARD_WANTS), 1, 0);
	/* From the floor, for a slower transaction may add seq 60. */
	ck_assert_int_eq(want->floor, 0);
	ck_assert_int_eq(want->fresh, LANES_LOOK_AHEAD_LEAST + 1);
	ck_assert_int_eq(letter->row.seq, 70);
}
END_TEST

START_TEST(floor_rises_after_two_minutes_and_is_swept)
{
	yard_fetch_nothing();
	yard_add(1, 0, 70, 0);
	lanes_raise_floors(&yard.lanes);
	ck_assert_int_eq(lanes_find(&yard.lanes, 1)->queues[0].floor, 0);
	lanes_raise_floors(&yard.lanes);
	ck_assert_int_eq(lanes_find(&yard.lanes, 1)->queues[0].floor, 70);
	ck_assert_int_eq(
	    yard_want_of(lanes_plan(&yard.lanes, yard.wants, YARD_WANTS), 1, 0)
		->floor,
	    0);
	lanes_fetched(
	    &yard.lanes, yard.wants, (struct lanes_yield[YARD_WANTS]){ 0 }, 9);
	lanes_expect_fresh(&yard.lanes);
	ck_assert_int_eq(
	    yard_want_of(lanes_plan(&yard.lanes, yard.wants, YARD_WANTS), 1, 0)
		->floor,
	    70);
	lanes_drop_floors(&yard.lanes);
	ck_assert_int_eq(
	    yard_want_of(lanes_plan(&yard.lanes, yard.wants, YARD_WANTS), 1, 0)
		->floor,
	    0);
}
END_TEST

START_TEST(look_ahead_grows_by_success_and_falls_by_failure)
{
	struct lane *lane = lanes_find(&yard.lanes, 1);
	struct letter *letter;

	for (int i = 0; i < 10; i++) {
		yard_add(1, 0, 1 + i, 0);
		letter = yard_take_letter();
		yard_landed(letter, true);
		lanes_expect_fresh(&yard.lanes);
		yard_fetch_nothing();
	}
	ck_assert_uint_eq(lane->look_ahead, LANES_LOOK_AHEAD_MOST);
	yard_add(1, 0, 100, 0);
	yard_landed(yard_take_letter(), false);
	ck_assert_uint_eq(lane->look_ahead, LANES_LOOK_AHEAD_LEAST);
}
END_TEST

/* ---- what is known */

START_TEST(recorded_letter_stays_known_until_the_fetch_has_ended)
{
	struct letter *letter;
	size_t count;

	yard_add(1, 0, 5, 0);
	letter = yard_take_letter();
	yard_landed(letter, true);
	lanes_expect_fresh(&yard.lanes);
	count = lanes_plan(&yard.lanes, yard.wants, YARD_WANTS);
	lanes_forget(&yard.lanes, letter);
	/* The fetch's snapshot is older: its row may come again. */
	ck_assert(lanes_knows(&yard.lanes, 5));
	ck_assert_uint_eq(yard.lanes.known, 0);
	lanes_fetched(&yard.lanes, yard.wants, NULL, count);
	ck_assert(!lanes_knows(&yard.lanes, 5));
}
END_TEST

START_TEST(letters_of_equal_hash_are_told_apart)
{
	struct letter *letter;

	for (int64_t i = 0; i < 5; i++)
		yard_add(1, 0, 7 + i * 4096, 0);
	for (int64_t i = 0; i < 5; i++)
		ck_assert(lanes_knows(&yard.lanes, 7 + i * 4096));
	ck_assert(!lanes_knows(&yard.lanes, 7 + 5 * 4096));
	letter = yard_take_letter();
	yard_landed(letter, true);
	lanes_forget(&yard.lanes, letter);
	ck_assert(!lanes_knows(&yard.lanes, 7));
	ck_assert(lanes_knows(&yard.lanes, 7 + 4096));
}
END_TEST

Suite *
lanes_suite(void)
{
	Suite *suite = suite_create("lanes");
	TCase *tcase = tcase_create("lanes");

	tcase_add_checked_fixture(tcase, yard_set_up, yard_tear_down);
	tcase_add_test(tcase, lanes_take_turns_inside_a_priority);
	tcase_add_test(tcase, higher_priority_goes_first_whatever_its_lane);
	tcase_add_test(tcase, order_inside_a_lane_is_kept);
	tcase_add_test(tcase, no_more_than_its_concurrency_is_in_flight);
	tcase_add_loop_test(tcase,
	    quarter_of_the_slots_is_kept_for_first_attempts_of_freezes, 0,
	    (int)COUNT(shares));
	tcase_add_test(tcase, full_lane_does_not_stop_the_others);
	tcase_add_test(tcase, closed_lane_sends_and_fetches_nothing);
	tcase_add_test(tcase, fetch_that_brings_nothing_is_not_repeated);
	tcase_add_test(tcase, wake_during_a_fetch_is_not_lost);
	tcase_add_test(tcase, failed_fetch_is_repeated_whole);
	tcase_add_test(tcase, full_yield_means_there_is_more);
	tcase_add_test(tcase, half_full_queue_is_not_filled);
	tcase_add_test(tcase, retries_that_wait_do_not_keep_first_attempts_out);
	tcase_add_test(tcase, few_known_are_looked_over_again);
	tcase_add_test(tcase, floor_rises_after_two_minutes_and_is_swept);
	tcase_add_test(tcase, look_ahead_grows_by_success_and_falls_by_failure);
	tcase_add_test(
	    tcase, recorded_letter_stays_known_until_the_fetch_has_ended);
	tcase_add_test(tcase, letters_of_equal_hash_are_told_apart);
	suite_add_tcase(suite, tcase);
	return suite;
}
