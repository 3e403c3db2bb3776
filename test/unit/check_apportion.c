/*
 * apportion: money divided is neither lost nor made, whatever the amounts.
 */
#include "test/unit/unit.h"

#include <stdbool.h>
#include <string.h>

#include "hub/domain/apportion.h"

enum { RUNS = 20000, WIDTH = 12 };

static const struct {
	int64_t total;
	int64_t weights[4], parts[4];
	size_t count;
} divisions[] = {
	{ 100, { 1, 1, 1 }, { 34, 33, 33 }, 3 },
	{ 1, { 1, 1, 1 }, { 1, 0, 0 }, 3 },
	{ 0, { 5, 7 }, { 0, 0 }, 2 },
	{ 12, { 5, 7 }, { 5, 7 }, 2 },
	{ 10, { 0, 3, 0 }, { 0, 10, 0 }, 3 },
	/* Quotas 3.33, 5.00, 1.67: the last has the largest remainder. */
	{ 10, { 2, 3, 1 }, { 3, 5, 2 }, 3 },
	{ 69961400, { 50000000, 30000000, 20000000 },
	    { 34980700, 20988420, 13992280 }, 3 },
	{ INT64_MAX, { INT64_MAX - 1, 1 }, { INT64_MAX - 1, 1 }, 2 },
};

START_TEST(total_is_divided_by_largest_remainder)
{
	int64_t parts[4];
	struct err err;

	ck_assert_int_eq(
	    apportion_divide(divisions[_i].total, divisions[_i].weights,
		divisions[_i].count, parts, &err),
	    RC_OK);
	for (size_t i = 0; i < divisions[_i].count; i++)
		ck_assert_int_eq(parts[i], divisions[_i].parts[i]);
}
END_TEST

static const struct {
	int64_t total;
	int64_t weights[2];
	size_t count;
	const char *code;
} refused[] = {
	{ 5, { 0, 0 }, 2, "nothing_to_divide" },
	{ 5, { 1, 1 }, 0, "nothing_to_divide" },
	{ -1, { 1, 1 }, 2, "negative_amount" },
	{ 5, { 1, -1 }, 2, "negative_amount" },
	{ 5, { INT64_MIN, 1 }, 2, "negative_amount" },
	{ 5, { INT64_MAX, 1 }, 2, "amount_too_large" },
	{ 5, { 1, 1 }, APPORTION_LIMIT + 1, "too_many_items" },
};

START_TEST(what_cannot_be_divided_is_refused)
{
	int64_t parts[2] = { 7, 7 };
	struct err err;

	ck_assert_int_eq(
	    apportion_divide(refused[_i].total, refused[_i].weights,
		refused[_i].count, parts, &err),
	    RC_INVALID);
	ck_assert_str_eq(err.code, refused[_i].code);
	ck_assert_int_eq(parts[0], 7);
	ck_assert_int_eq(parts[1], 7);
}
END_TEST

/* xorshift64: the same run each time. */
static uint64_t
draw(uint64_t *state)
{
	*state ^= *state << 13;
	*state ^= *state >> 7;
	*state ^= *state << 17;
	return *state;
}

/* Small, everyday and enormous amounts, and often none. */
static int64_t
draw_amount(uint64_t *state)
{
	static const uint64_t most[] = { 1, 4, 1000, 100000000,
		(uint64_t)1 << 58 };

	return (int64_t)(draw(state) % most[draw(state) % COUNT(most)]);
}

static int64_t
sum_of(const int64_t *amounts, size_t count, size_t stride)
{
	int64_t sum = 0;

	for (size_t i = 0; i < count; i++)
		sum += amounts[i * stride];
	return sum;
}

/* An assertion of Check writes to a pipe each time: too slow for all of
 * these. */
static void
must(bool is_so, const char *what, uint64_t seed)
{
	if (!is_so)
		ck_abort_msg("seed %llu: %s", (unsigned long long)seed, what);
}

static void
check_side(const int64_t *asked, const int64_t *given, size_t count,
    int64_t pool, uint64_t seed)
{
	must(sum_of(given, count, 1) == pool, "lost or made", seed);
	for (size_t i = 0; i < count; i++)
		must(given[i] >= 0 && given[i] <= asked[i],
		    "more than there is", seed);
}

/* Rows and columns of the payments sum to what each pays and gets. */
static void
check_plan(const struct apportion_plan *plan, uint64_t seed)
{
	int64_t held = sum_of(plan->held, plan->held_count, 1);
	int64_t claimed = sum_of(plan->claims, plan->claim_count, 1);
	int64_t pool = held < claimed ? held : claimed;

	check_side(plan->held, plan->paid, plan->held_count, pool, seed);
	check_side(plan->claims, plan->awarded, plan->claim_count, pool, seed);
	for (size_t i = 0; i < plan->held_count; i++)
		must(sum_of(plan->payments + i * plan->claim_count,
			 plan->claim_count, 1) == plan->paid[i],
		    "payments of one that holds", seed);
	for (size_t i = 0; i < plan->claim_count; i++)
		must(sum_of(plan->payments + i, plan->held_count,
			 plan->claim_count) == plan->awarded[i],
		    "payments to a claim", seed);
	for (size_t i = 0; i < plan->held_count * plan->claim_count; i++)
		must(plan->payments[i] >= 0, "a payment below zero", seed);
}

START_TEST(nothing_is_lost_and_nothing_made)
{
	int64_t held[WIDTH], claims[WIDTH], paid[WIDTH], awarded[WIDTH];
	int64_t payments[WIDTH * WIDTH];
	uint64_t seed = 88172645463325252u, begin;
	struct apportion_plan plan = { held, claims, 0, 0, paid, awarded,
		payments };
	struct err err;
	int made = 0;

	for (int run = 0; run < RUNS; run++) {
		begin = seed;
		plan.held_count = 1 + draw(&seed) % WIDTH;
		plan.claim_count = 1 + draw(&seed) % WIDTH;
		for (size_t i = 0; i < plan.held_count; i++)
			held[i] = draw_amount(&seed);
		for (size_t i = 0; i < plan.claim_count; i++)
			claims[i] = draw_amount(&seed);
		if (apportion_make_plan(&plan, &err) != RC_OK) {
			must(strcmp(err.code, "nothing_to_divide") == 0,
			    err.code, begin);
			continue;
		}
		check_plan(&plan, begin);
		made++;
	}
	ck_assert_int_gt(made, RUNS / 2);
}
END_TEST

/* Who claims as much gets as much, but for one minor unit. */
START_TEST(equal_claims_differ_by_one_unit_at_most)
{
	int64_t held[] = { 100, 1 }, claims[7], paid[2], awarded[7];
	int64_t payments[14];
	struct apportion_plan plan = { held, claims, 2, 7, paid, awarded,
		payments };
	struct err err;

	for (size_t i = 0; i < COUNT(claims); i++)
		claims[i] = 50;
	ck_assert_int_eq(apportion_make_plan(&plan, &err), RC_OK);
	for (size_t i = 0; i < COUNT(claims); i++)
		ck_assert(awarded[i] == 14 || awarded[i] == 15);
	check_plan(&plan, 0);
}
END_TEST

Suite *
apportion_suite(void)
{
	Suite *suite = suite_create("apportion");
	TCase *tcase = tcase_create("apportion");

	tcase_add_loop_test(tcase, total_is_divided_by_largest_remainder, 0,
	    (int)COUNT(divisions));
	tcase_add_loop_test(
	    tcase, what_cannot_be_divided_is_refused, 0, (int)COUNT(refused));
	tcase_add_test(tcase, nothing_is_lost_and_nothing_made);
	tcase_add_test(tcase, equal_claims_differ_by_one_unit_at_most);
	suite_add_tcase(suite, tcase);
	return suite;
}
