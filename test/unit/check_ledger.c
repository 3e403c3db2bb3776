/*
 * ledger: no more is held at a hop and behind it than came in over it.
 */
#include "test/unit/unit.h"

#include "hub/base/common.h"
#include "hub/domain/ledger.h"

#define NONE LEDGER_NONE

enum { HOPS = 5 };

/* Up to five hops each: parent, disputed, held; expected surplus, reduction.
 * A hop with nothing disputed ends the list. */
static const struct {
	const char *name;
	struct {
		size_t parent;
		int64_t disputed, held, surplus, reduce;
	} hops[HOPS];
} cases[] = {
	{ "held in full at one hop", { { NONE, 100, 100, 0, 0 } } },
	{ "held in part on both hops",
	    { { NONE, 100, 40, 0, 0 }, { 0, 60, 60, 0, 0 } } },
	{ "held in part at two ends of a fork",
	    { { NONE, 100, 0, 0, 0 }, { 0, 30, 30, 0, 0 },
		{ 0, 70, 70, 0, 0 } } },
	{ "one more than came in",
	    { { NONE, 100, 41, 1, 1 }, { 0, 60, 60, 0, 0 } } },
	{ "held twice in full: the earlier hop lets all go",
	    { { NONE, 100, 100, 100, 100 }, { 0, 100, 100, 0, 0 } } },
	{ "two targets of one payment, both full: the first lets go",
	    { { NONE, 100, 0, 100, 0 }, { 0, 100, 100, 0, 100 },
		{ 0, 100, 100, 0, 0 } } },
	{ "surplus within a surplus: each hop lets its own part go",
	    { { NONE, 100, 20, 90, 10 }, { 0, 80, 80, 80, 80 },
		{ 1, 80, 80, 0, 0 }, { 0, 10, 10, 0, 0 } } },
	{ "what an inner hop lets go, an outer one need not",
	    { { NONE, 100, 0, 30, 0 }, { 0, 50, 0, 30, 0 },
		{ 1, 80, 80, 0, 30 }, { 0, 50, 50, 0, 0 } } },
	{ "the parent stands behind its child in the list",
	    { { 1, 100, 100, 0, 0 }, { NONE, 100, 10, 10, 10 } } },
	{ "more at a hop than was disputed", { { NONE, 100, 101, 1, 1 } } },
	{ "two trails do not lend to each other",
	    { { NONE, 100, 0, 0, 0 }, { NONE, 50, 30, 20, 20 },
		{ 1, 40, 40, 0, 0 } } },
	{ "a parent that is not there is none", { { 9, 100, 100, 0, 0 } } },
};

static size_t
hops_of(int n, struct ledger_hop *hops)
{
	size_t count = 0;

	while (count < HOPS && cases[n].hops[count].disputed > 0) {
		hops[count] = (struct ledger_hop){
			.parent = cases[n].hops[count].parent,
			.disputed = { cases[n].hops[count].disputed, "INR" },
			.held_minor = cases[n].hops[count].held,
		};
		count++;
	}
	return count;
}

START_TEST(surplus_is_found_and_shared_out)
{
	struct ledger_hop hops[HOPS];
	size_t count = hops_of(_i, hops);

	ledger_check(hops, count);
	for (size_t i = 0; i < count; i++) {
		ck_assert_msg(
		    hops[i].surplus_minor == cases[_i].hops[i].surplus,
		    "%s: surplus of hop %zu is %lld", cases[_i].name, i,
		    (long long)hops[i].surplus_minor);
		ck_assert_msg(hops[i].reduce_minor == cases[_i].hops[i].reduce,
		    "%s: hop %zu lets go of %lld", cases[_i].name, i,
		    (long long)hops[i].reduce_minor);
	}
}
END_TEST

START_TEST(other_currency_is_checked_for_itself)
{
	struct ledger_hop hops[] = {
		{ .parent = NONE, .disputed = { 1, "USD" } },
		{ .parent = 0, .disputed = { 100, "INR" }, .held_minor = 100 },
		{ .parent = 1, .disputed = { 9, "INR" }, .held_minor = 9 },
	};

	ledger_check(hops, COUNT(hops));
	ck_assert_int_eq(hops[0].surplus_minor, 0);
	ck_assert_int_eq(hops[1].surplus_minor, 9);
	ck_assert_int_eq(hops[1].reduce_minor, 9);
}
END_TEST

START_TEST(circle_and_huge_sums_come_to_an_end)
{
	struct ledger_hop hops[] = {
		{ .parent = 1,
		    .disputed = { 5, "INR" },
		    .held_minor = INT64_MAX },
		{ .parent = 0,
		    .disputed = { 5, "INR" },
		    .held_minor = INT64_MAX },
		{ .parent = 2, .disputed = { 5, "INR" }, .held_minor = 6 },
	};

	ledger_check(hops, COUNT(hops));
	for (size_t i = 0; i < COUNT(hops); i++) {
		ck_assert_int_gt(hops[i].surplus_minor, 0);
		ck_assert_int_ge(hops[i].reduce_minor, 0);
		ck_assert_int_le(hops[i].reduce_minor, hops[i].held_minor);
	}
}
END_TEST

START_TEST(fixed_hop_lets_nothing_go)
{
	struct ledger_hop hops[] = {
		{ .parent = NONE,
		    .disputed = { 10, "INR" },
		    .held_minor = 8,
		    .is_fixed = true },
		{ .parent = 0, .disputed = { 8, "INR" }, .held_minor = 8 - _i },
	};

	ledger_check(hops, COUNT(hops));
	ck_assert_int_eq(hops[0].surplus_minor, 6 - _i);
	ck_assert_int_eq(hops[0].reduce_minor, 0);
	ck_assert_int_eq(hops[1].reduce_minor, 6 - _i);
}
END_TEST

START_TEST(surplus_of_fixed_hops_alone_stays)
{
	struct ledger_hop hops[] = {
		{ .parent = NONE,
		    .disputed = { 10, "INR" },
		    .held_minor = 8,
		    .is_fixed = true },
		{ .parent = 0,
		    .disputed = { 8, "INR" },
		    .held_minor = 5,
		    .is_fixed = true },
	};

	ledger_check(hops, COUNT(hops));
	ck_assert_int_eq(hops[0].surplus_minor, 3);
	ck_assert_int_eq(hops[0].reduce_minor, 0);
	ck_assert_int_eq(hops[1].reduce_minor, 0);
}
END_TEST

/* Both are about one payment; the lower layer is the earlier hop. */
START_TEST(lower_layer_lets_go_of_two_as_near)
{
	struct ledger_hop hops[] = {
		{ .parent = NONE, .disputed = { 10, "INR" } },
		{ .parent = 0,
		    .disputed = { 10, "INR" },
		    .held_minor = 10,
		    .layer = 2 - _i },
		{ .parent = 0,
		    .disputed = { 10, "INR" },
		    .held_minor = 10,
		    .layer = 1 + _i },
	};

	ledger_check(hops, COUNT(hops));
	ck_assert_int_eq(hops[1].reduce_minor, _i == 0 ? 0 : 10);
	ck_assert_int_eq(hops[2].reduce_minor, _i == 0 ? 10 : 0);
}
END_TEST

/* ---- random trees */

enum { TREES = 3000, TREE_HOPS = 12, LARGEST = 50 };

static uint64_t
draw(uint64_t *state, uint64_t below)
{
	/* splitmix64: the same trees each time. */
	uint64_t z = (*state += UINT64_C(0x9e3779b97f4a7c15));

	z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
	return (z ^ (z >> 31)) % below;
}

static size_t
draw_tree(uint64_t seed, struct ledger_hop *hops)
{
	uint64_t state = seed;
	size_t count = 1 + (size_t)draw(&state, TREE_HOPS);

	for (size_t i = 0; i < count; i++) {
		int64_t disputed = 1 + (int64_t)draw(&state, LARGEST);
		bool is_root = i == 0 || draw(&state, 5) == 0;

		hops[i] = (struct ledger_hop){
			.parent = is_root ? NONE : (size_t)draw(&state, i),
			.disputed = { disputed, "INR" },
			.held_minor = draw(&state, 3) == 0
			    ? 0
			    : (int64_t)draw(&state, (uint64_t)disputed + 1),
		};
	}
	return count;
}

/* Written another way than the module: downwards, by recursion. */
static int64_t
held_from(const struct ledger_hop *hops, size_t count, size_t top)
{
	int64_t sum = hops[top].held_minor;

	for (size_t i = top + 1; i < count; i++)
		if (hops[i].parent == top)
			sum += held_from(hops, count, i);
	return sum;
}

START_TEST(random_tree_never_holds_more_and_is_fine)
{
	size_t over = 0;

	for (uint64_t seed = 1; seed <= TREES; seed++) {
		struct ledger_hop hops[TREE_HOPS];
		size_t count = draw_tree(seed, hops);
		bool is_over = false;
		int64_t reduced = 0;

		ledger_check(hops, count);
		for (size_t i = 0; i < count; i++) {
			int64_t below = held_from(hops, count, i);
			int64_t more = below - hops[i].disputed.minor;

			ck_assert_msg(hops[i].below_minor == below &&
				hops[i].surplus_minor == (more > 0 ? more : 0),
			    "seed %llu hop %zu", (unsigned long long)seed, i);
			is_over = is_over || more > 0;
			reduced += hops[i].reduce_minor;
		}
		ck_assert_msg(is_over == (reduced > 0), "seed %llu",
		    (unsigned long long)seed);
		over += is_over;
	}
	/* The trees are of both kinds. */
	ck_assert_uint_gt(over, TREES / 10);
	ck_assert_uint_lt(over, TREES - TREES / 10);
}
END_TEST

START_TEST(random_tree_is_fine_once_all_let_go)
{
	for (uint64_t seed = 1; seed <= TREES; seed++) {
		struct ledger_hop hops[TREE_HOPS];
		size_t count = draw_tree(seed, hops);

		ledger_check(hops, count);
		for (size_t i = 0; i < count; i++) {
			ck_assert_int_ge(hops[i].reduce_minor, 0);
			ck_assert_int_le(
			    hops[i].reduce_minor, hops[i].held_minor);
			hops[i].held_minor -= hops[i].reduce_minor;
		}
		ledger_check(hops, count);
		for (size_t i = 0; i < count; i++)
			ck_assert_msg(hops[i].surplus_minor == 0 &&
				hops[i].reduce_minor == 0,
			    "seed %llu hop %zu", (unsigned long long)seed, i);
	}
}
END_TEST

/* Giving a unit back where some was let go breaks a hop again. */
START_TEST(random_tree_lets_go_of_no_more_than_it_must)
{
	for (uint64_t seed = 1; seed <= TREES; seed++) {
		struct ledger_hop hops[TREE_HOPS], again[TREE_HOPS];
		size_t count = draw_tree(seed, hops);

		ledger_check(hops, count);
		for (size_t n = 0; n < count; n++) {
			bool is_over = false;

			if (hops[n].reduce_minor == 0)
				continue;
			memcpy(again, hops, sizeof(hops));
			for (size_t i = 0; i < count; i++)
				again[i].held_minor -= again[i].reduce_minor;
			again[n].held_minor++;
			ledger_check(again, count);
			for (size_t i = 0; i < count; i++)
				is_over = is_over || again[i].surplus_minor > 0;
			ck_assert_msg(is_over, "seed %llu hop %zu",
			    (unsigned long long)seed, n);
		}
	}
}
END_TEST

Suite *
ledger_suite(void)
{
	Suite *suite = suite_create("ledger");
	TCase *tcase = tcase_create("ledger");

	tcase_add_loop_test(
	    tcase, surplus_is_found_and_shared_out, 0, COUNT(cases));
	tcase_add_test(tcase, other_currency_is_checked_for_itself);
	tcase_add_loop_test(tcase, fixed_hop_lets_nothing_go, 0, 3);
	tcase_add_test(tcase, surplus_of_fixed_hops_alone_stays);
	tcase_add_loop_test(tcase, lower_layer_lets_go_of_two_as_near, 0, 2);
	tcase_add_test(tcase, circle_and_huge_sums_come_to_an_end);
	tcase_add_test(tcase, random_tree_never_holds_more_and_is_fine);
	tcase_add_test(tcase, random_tree_is_fine_once_all_let_go);
	tcase_add_test(tcase, random_tree_lets_go_of_no_more_than_it_must);
	suite_add_tcase(suite, tcase);
	return suite;
}
