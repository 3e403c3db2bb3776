/*
 * profile: the values of docs/domain.md, sections 7 to 9.
 */
#include "test/unit/unit.h"

#include <ctype.h>

#include "hub/base/clock.h"
#include "hub/base/common.h"
#include "hub/domain/profile.h"

enum { MINUTE = 60, HOUR = 3600, DAY = 86400 };

static const struct {
	const char *name, *reference, *zone;
	int64_t hold, longest;
} expected[] = {
	{ "IN", "IN@2026-01-02", "Asia/Kolkata", 90 * DAY, 90 * DAY },
	{ "US", "US@2026-01-01", "America/New_York", 72 * HOUR, 30 * DAY },
	{ "KZ", "KZ@2026-01-01", "Asia/Almaty", 5 * DAY, 5 * DAY },
	{ "generic", "generic@2026-01-01", "UTC", 72 * HOUR, 72 * HOUR },
};

START_TEST(profile_has_the_spans_of_its_law)
{
	const struct profile *profile = profile_find(expected[_i].name);
	static const int64_t ack[] = { 5 * MINUTE, 30 * MINUTE, 4 * HOUR };
	static const int64_t decide[] = { 30 * MINUTE, 4 * HOUR, 24 * HOUR };
	char text[PROFILE_TEXT_SIZE];

	ck_assert_ptr_nonnull(profile);
	ck_assert_str_eq(
	    profile_reference(profile, text), expected[_i].reference);
	ck_assert_str_eq(profile->time_zone, expected[_i].zone);
	ck_assert_int_eq(profile->hold_seconds, expected[_i].hold);
	ck_assert_int_eq(profile->hold_limit_seconds, expected[_i].longest);
	ck_assert_int_eq(profile->correction_seconds, 5 * DAY);
	ck_assert_int_eq(profile->release_seconds, 4 * HOUR);
	ck_assert_int_eq(profile->deepest_layer, 5);
	for (int p = 0; p < PRIORITY_COUNT; p++) {
		ck_assert_int_eq(profile->ack_seconds[p], ack[p]);
		ck_assert_int_eq(profile->decision_seconds[p], decide[p]);
	}
}
END_TEST

START_TEST(profiles_are_these_four)
{
	size_t count;
	const struct profile *all = profile_list(&count);

	ck_assert_uint_eq(count, COUNT(expected));
	for (size_t i = 0; i < count; i++)
		ck_assert_ptr_eq(profile_find(all[i].name), &all[i]);
}
END_TEST

static const char *const unknown[] = { NULL, "", "in", "IN ", "GENERIC",
	"IN@2026-01-02", "RU", "XX" };

START_TEST(unknown_profile_is_none)
{
	ck_assert_ptr_null(profile_find(unknown[_i]));
}
END_TEST

/* "largest scope": records < amount < account. */
static int
breadth(enum scope scope)
{
	return scope == SCOPE_RECORDS ? 0 : scope == SCOPE_AMOUNT ? 1 : 2;
}

/* What an action touches, as the least scope that a basis must have. */
static enum scope
scope_of(enum action action)
{
	if (action == ACTION_DEBIT_FREEZE || action == ACTION_RECEIVE_ONLY)
		return SCOPE_ACCOUNT;
	if (action == ACTION_PRESERVE_RECORDS ||
	    action == ACTION_PROVIDE_INFO || action == ACTION_CONFIRM_STATUS)
		return SCOPE_RECORDS;
	return SCOPE_AMOUNT;
}

START_TEST(basis_is_whole_and_no_wider_than_its_scope)
{
	const struct profile *profile = profile_find(expected[_i].name);

	for (size_t i = 0; i < profile->basis_count; i++) {
		const struct profile_basis *basis = &profile->bases[i];

		ck_assert_ptr_eq(profile_basis(profile, basis->code), basis);
		ck_assert_uint_gt(strlen(basis->label), 5);
		ck_assert_uint_gt(strlen(basis->source), 5);
		ck_assert_uint_ne(basis->actions, 0);
		for (int action = 0; action < ACTION_COUNT; action++)
			if ((basis->actions & (1u << action)) != 0)
				ck_assert_int_le(
				    breadth(scope_of((enum action)action)),
				    breadth(basis->largest_scope));
		/* The law of every profile wants a verified order for it. */
		if ((basis->actions & (1u << ACTION_DEBIT_FREEZE)) != 0)
			ck_assert(basis->needs_order);
	}
	ck_assert_ptr_null(profile_basis(profile, ""));
	ck_assert_ptr_null(profile_basis(profile, "bnss_106"));
	ck_assert_ptr_null(profile_basis(profile, "NOBODYS_LAW"));
}
END_TEST

/* R1: the disputed amount, not the person, and at once. */
START_TEST(default_basis_holds_an_amount_without_an_order)
{
	const struct profile *profile = profile_find(expected[_i].name);
	const struct profile_basis *basis = profile_basis(
	    profile, profile->default_basis);

	ck_assert_ptr_nonnull(basis);
	ck_assert(!basis->needs_order);
	ck_assert_int_eq(basis->largest_scope, SCOPE_AMOUNT);
	ck_assert(basis->actions & (1u << ACTION_HOLD_AMOUNT));
	ck_assert(basis->actions & (1u << ACTION_RELEASE));
	ck_assert(!(basis->actions & (1u << ACTION_DEBIT_FREEZE)));
}
END_TEST

static const struct {
	struct money sum;
	bool needs_approval, is_residual;
} sums[] = {
	{ { 500000000, "INR" }, false, false },
	{ { 500000001, "INR" }, true, false },
	{ { 50000, "INR" }, false, false },
	{ { 49999, "INR" }, false, true },
	{ { 100000000, "USD" }, false, false },
	{ { 100000001, "USD" }, true, false },
	{ { 1000, "USD" }, false, false },
	{ { 999, "USD" }, false, true },
	{ { 2500000000, "KZT" }, false, false },
	{ { 2500000001, "KZT" }, true, false },
	{ { 300000, "KZT" }, false, false },
	{ { 299999, "KZT" }, false, true },
	/* No limit is known: two people, and every sum is pursued. */
	{ { 1, "JPY" }, true, false },
	{ { INT64_MAX, "JPY" }, true, false },
};

START_TEST(sum_is_judged_by_the_limits_of_its_currency)
{
	for (size_t i = 0; i < COUNT(expected); i++) {
		const struct profile *profile = profile_find(expected[i].name);

		ck_assert_int_eq(profile_needs_approval(profile, &sums[_i].sum),
		    sums[_i].needs_approval);
		ck_assert_int_eq(profile_is_residual(profile, &sums[_i].sum),
		    sums[_i].is_residual);
	}
}
END_TEST

static const struct {
	int64_t age_seconds;
	enum priority priority;
} ages[] = {
	{ -HOUR, PRIORITY_P1 },
	{ 0, PRIORITY_P1 },
	{ 24 * HOUR - 1, PRIORITY_P1 },
	{ 24 * HOUR, PRIORITY_P2 },
	{ 72 * HOUR - 1, PRIORITY_P2 },
	{ 72 * HOUR, PRIORITY_P3 },
	{ 365 * DAY, PRIORITY_P3 },
};

START_TEST(priority_falls_with_age)
{
	const int64_t now = 1790000000 * CLOCK_SECOND;

	ck_assert_int_eq(
	    profile_priority(now - ages[_i].age_seconds * CLOCK_SECOND, now),
	    ages[_i].priority);
}
END_TEST

Suite *
profile_suite(void)
{
	Suite *suite = suite_create("profile");
	TCase *tests = tcase_create("profile");
	const int count = (int)COUNT(expected);

	tcase_add_loop_test(tests, profile_has_the_spans_of_its_law, 0, count);
	tcase_add_test(tests, profiles_are_these_four);
	tcase_add_loop_test(
	    tests, unknown_profile_is_none, 0, (int)COUNT(unknown));
	tcase_add_loop_test(
	    tests, basis_is_whole_and_no_wider_than_its_scope, 0, count);
	tcase_add_loop_test(
	    tests, default_basis_holds_an_amount_without_an_order, 0, count);
	tcase_add_loop_test(tests, sum_is_judged_by_the_limits_of_its_currency,
	    0, (int)COUNT(sums));
	tcase_add_loop_test(
	    tests, priority_falls_with_age, 0, (int)COUNT(ages));
	suite_add_tcase(suite, tests);
	return suite;
}
