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
	struct span hold, longest;
	const char *country;
} expected[] = {
	{ "IN", "IN@2026-01-02", "Asia/Kolkata", { 90 * DAY, 0 },
	    { 90 * DAY, 0 }, "IN" },
	{ "US", "US@2026-01-01", "America/New_York", { 72 * HOUR, 0 },
	    { 30 * DAY, 0 }, "US" },
	{ "KZ", "KZ@2026-01-01", "Asia/Almaty", { 0, 5 }, { 0, 5 }, "KZ" },
	{ "generic", "generic@2026-01-01", "UTC", { 72 * HOUR, 0 },
	    { 72 * HOUR, 0 }, "" },
	{ "RU", "RU@2025-09-01", "Europe/Moscow", { 2 * DAY, 0 },
	    { 10 * DAY, 0 }, "RU" },
	{ "UK", "UK@2026-01-01", "Europe/London", { 72 * HOUR, 0 },
	    { 42 * DAY, 0 }, "GB" },
	{ "INTERPOL", "INTERPOL@2026-01-01", "UTC", { 72 * HOUR, 0 },
	    { 72 * HOUR, 0 }, "" },
	{ "EU", "EU@2026-08-18", "Europe/Brussels", { 60 * DAY, 0 },
	    { 60 * DAY, 0 }, "" },
	{ "KR", "KR@2026-01-01", "Asia/Seoul", { 60 * DAY, 0 }, { 90 * DAY, 0 },
	    "KR" },
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
	ck_assert_int_eq(profile->hold.seconds, expected[_i].hold.seconds);
	ck_assert_int_eq(
	    profile->hold.working_days, expected[_i].hold.working_days);
	ck_assert_int_eq(
	    profile->hold_limit.seconds, expected[_i].longest.seconds);
	ck_assert_int_eq(profile->hold_limit.working_days,
	    expected[_i].longest.working_days);
	ck_assert_str_eq(profile->calendar.zone, expected[_i].zone);
	ck_assert_str_eq(profile->calendar.country, expected[_i].country);
	ck_assert(calendar_knows_zone(profile->calendar.zone));
	ck_assert_int_eq(profile->confirm_seconds, HOUR);
	ck_assert_int_eq(profile->correction_seconds, 5 * DAY);
	ck_assert_int_eq(profile->release_seconds, 4 * HOUR);
	ck_assert_int_eq(profile->deepest_layer, 5);
	for (int p = 0; p < PRIORITY_COUNT; p++) {
		ck_assert_int_eq(profile->ack_seconds[p], ack[p]);
		ck_assert_int_eq(profile->decision_seconds[p], decide[p]);
	}
}
END_TEST

START_TEST(profiles_are_these_eight)
{
	size_t count;
	const struct profile *all = profile_list(&count);

	ck_assert_uint_eq(count, COUNT(expected));
	for (size_t i = 0; i < count; i++)
		ck_assert_ptr_eq(profile_find(all[i].name), &all[i]);
}
END_TEST

static const char *const unknown[] = { NULL, "", "in", "IN ", "GENERIC",
	"IN@2026-01-02", "GB", "XX" };

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

START_TEST(basis_owes_documents_of_its_profile_before_its_hold_ends)
{
	const struct profile *profile = profile_find(expected[_i].name);

	for (size_t i = 0; i < profile->document_count; i++) {
		ck_assert_uint_gt(strlen(profile->documents[i].label), 5);
		ck_assert_uint_gt(strlen(profile->documents[i].source), 5);
	}
	for (size_t i = 0; i < profile->basis_count; i++) {
		const struct profile_basis *basis = &profile->bases[i];

		ck_assert_uint_gt(basis->owed_count, 0);
		for (size_t n = 0; n < basis->owed_count; n++) {
			ck_assert_ptr_nonnull(
			    profile_document(profile, basis->owed[n].document));
			ck_assert(basis->owed[n].due.seconds > 0 ||
			    basis->owed[n].due.working_days > 0);
		}
		if (basis->converts_to[0] != '\0')
			ck_assert_ptr_nonnull(
			    profile_basis(profile, basis->converts_to));
		ck_assert_int_le(profile_hold_end(profile, basis, 0),
		    profile_hold_limit(profile, basis, 0));
	}
	ck_assert_ptr_null(profile_document(profile, ""));
	ck_assert_ptr_null(profile_document(profile, "fir"));
}
END_TEST

/* Seconds since 1970 of midnight, UTC. */
enum {
	DAY_1974_04_01 = 134006400,
	DAY_2024_07_01 = 1719792000,
	DAY_2025_09_01 = 1756684800,
	DAY_2026_08_18 = 1787011200,
};

static const struct {
	const char *profile, *basis;
	int64_t at; /* seconds */
	bool is_in_force;
} dated[] = {
	{ "IN", "CRPC_102", DAY_1974_04_01 - 1, false },
	{ "IN", "CRPC_102", DAY_1974_04_01, true },
	{ "IN", "CRPC_102", DAY_2024_07_01 - 1, true },
	{ "IN", "CRPC_102", DAY_2024_07_01, false },
	{ "IN", "BNSS_106", 0, true },
	{ "RU", "CRIMINAL_CASE", DAY_2025_09_01 - 1, false },
	{ "RU", "CRIMINAL_CASE", DAY_2025_09_01, true },
	{ "EU", "EPOC_PR", DAY_2026_08_18 - 1, false },
	{ "EU", "EPOC_PR", DAY_2026_08_18, true },
};

START_TEST(basis_holds_from_its_first_day_to_its_last)
{
	const struct profile_basis *basis = profile_basis(
	    profile_find(dated[_i].profile), dated[_i].basis);

	ck_assert_int_eq(
	    profile_is_in_force(basis, dated[_i].at * CLOCK_SECOND),
	    dated[_i].is_in_force);
}
END_TEST

static const struct {
	const char *profile, *basis, *rank;
	bool reaches;
} ranks[] = {
	{ "IN", "BNSS_94", "CONSTABLE", false },
	{ "IN", "BNSS_94", "PC", false },
	{ "IN", "BNSS_94", "", false },
	{ "IN", "BNSS_94", "si", false },
	{ "IN", "BNSS_94", "LIEUTENANT", false },
	{ "IN", "BNSS_94", "HC", true },
	{ "IN", "BNSS_94", "SI", true },
	{ "IN", "BNSS_94", "DGP", true },
	/* Any police officer may seize (section 106). */
	{ "IN", "BNSS_106", "CONSTABLE", true },
	{ "IN", "BNSS_106", "", true },
	{ "UK", "CONSENT_REFUSED", "SERGEANT", false },
	{ "UK", "CONSENT_REFUSED", "DI", true },
	{ "INTERPOL", "RAPID_INTERVENTION", "anything", true },
};

START_TEST(rank_reaches_its_own_level_and_below)
{
	const struct profile *profile = profile_find(ranks[_i].profile);

	ck_assert_int_eq(
	    profile_rank_reaches(profile,
		profile_basis(profile, ranks[_i].basis), ranks[_i].rank),
	    ranks[_i].reaches);
}
END_TEST

START_TEST(basis_with_its_own_span_has_no_longer_one)
{
	const struct profile *ru = profile_find("RU");
	const struct profile_basis *signal = profile_basis(ru, "FZ161_SIGNAL");
	const struct profile_basis *suspension = profile_basis(
	    ru, "CRIMINAL_CASE");
	const struct profile *eu = profile_find("EU");
	const struct profile_basis *preservation = profile_basis(eu, "EPOC_PR");

	ck_assert_int_eq(
	    profile_hold_limit(ru, signal, 0), 2 * DAY * CLOCK_SECOND);
	ck_assert_int_eq(
	    profile_hold_end(ru, suspension, 0), 10 * DAY * CLOCK_SECOND);
	ck_assert_int_eq(preservation->extension.seconds, 30 * DAY);
	ck_assert_int_eq(preservation->extension.times, 1);
	ck_assert_str_eq(preservation->extension.document, "FORM_6");
	ck_assert_int_eq(signal->extension.times, 0);
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
	tcase_add_test(tests, profiles_are_these_eight);
	tcase_add_loop_test(
	    tests, unknown_profile_is_none, 0, (int)COUNT(unknown));
	tcase_add_loop_test(
	    tests, basis_is_whole_and_no_wider_than_its_scope, 0, count);
	tcase_add_loop_test(
	    tests, default_basis_holds_an_amount_without_an_order, 0, count);
	tcase_add_loop_test(tests,
	    basis_owes_documents_of_its_profile_before_its_hold_ends, 0, count);
	tcase_add_loop_test(tests, basis_holds_from_its_first_day_to_its_last,
	    0, (int)COUNT(dated));
	tcase_add_loop_test(
	    tests, rank_reaches_its_own_level_and_below, 0, (int)COUNT(ranks));
	tcase_add_test(tests, basis_with_its_own_span_has_no_longer_one);
	tcase_add_loop_test(tests, sum_is_judged_by_the_limits_of_its_currency,
	    0, (int)COUNT(sums));
	tcase_add_loop_test(
	    tests, priority_falls_with_age, 0, (int)COUNT(ages));
	suite_add_tcase(suite, tests);
	return suite;
}
