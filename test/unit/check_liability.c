/*
 * liability: what a customer bears, by the law of the profile.
 */
#include "test/unit/unit.h"

#include <stdio.h>
#include <string.h>

#include "hub/base/clock.h"
#include "hub/base/common.h"
#include "hub/domain/liability.h"

static int64_t
at(const char *text)
{
	int64_t time = 0;

	ck_assert_msg(clock_parse(text, &time), "%s", text);
	return time;
}

enum { NOT_TOLD = -1, NO_LIMIT = -1 };

/* Two payments of 8,000.00 and 30,000.00, and a hop behind the first. */
static const struct {
	const char *profile, *notice, *reported;
	int account;
	enum liability_answer band;
	int64_t limit;
} cases[] = {
	/* The bank's notice: Monday 2 November 2026. */
	{ "IN", "2026-11-02T06:00:00Z", "2026-11-02T07:00:00Z", ACCOUNT_SAVINGS,
	    LIABILITY_BAND_NONE, NO_LIMIT },
	{ "IN", "2026-11-02T06:00:00Z", "2026-11-05T18:29:59Z", ACCOUNT_SAVINGS,
	    LIABILITY_BAND_NONE, NO_LIMIT },
	{ "IN", "2026-11-02T06:00:00Z", "2026-11-05T18:30:00Z", ACCOUNT_SAVINGS,
	    LIABILITY_BAND_CAPPED, 1800000 },
	{ "IN", "2026-11-02T06:00:00Z", "2026-11-06T06:00:00Z",
	    ACCOUNT_BASIC_SAVINGS, LIABILITY_BAND_CAPPED, 1000000 },
	{ "IN", "2026-11-02T06:00:00Z", "2026-11-06T06:00:00Z",
	    ACCOUNT_CREDIT_CARD_LARGE, LIABILITY_BAND_CAPPED, 3300000 },
	{ "IN", "2026-11-02T06:00:00Z", "2026-11-06T06:00:00Z", ACCOUNT_OTHER,
	    LIABILITY_BAND_CAPPED, NO_LIMIT },
	{ "IN", "2026-11-02T06:00:00Z", "2026-11-06T06:00:00Z", NOT_TOLD,
	    LIABILITY_BAND_CAPPED, NO_LIMIT },
	/* Saturday the 7th is a first one and works; the 8th rests. */
	{ "IN", "2026-11-02T06:00:00Z", "2026-11-10T18:29:59Z", ACCOUNT_SAVINGS,
	    LIABILITY_BAND_CAPPED, 1800000 },
	{ "IN", "2026-11-02T06:00:00Z", "2026-11-10T18:30:00Z", ACCOUNT_SAVINGS,
	    LIABILITY_BAND_POLICY, NO_LIMIT },
	{ "IN", NULL, "2026-11-02T07:00:00Z", ACCOUNT_SAVINGS,
	    LIABILITY_BAND_UNKNOWN, NO_LIMIT },
	/* Thanksgiving is no business day. */
	{ "US", "2026-11-25T15:00:00Z", "2026-12-01T04:59:59Z", NOT_TOLD,
	    LIABILITY_BAND_CAPPED, 5000 },
	{ "US", "2026-11-25T15:00:00Z", "2026-12-01T05:00:00Z", NOT_TOLD,
	    LIABILITY_BAND_CAPPED, 50000 },
	{ "US", "2026-11-25T15:00:00Z", "2027-01-25T15:00:00Z", NOT_TOLD,
	    LIABILITY_BAND_UNLIMITED, NO_LIMIT },
};

static struct case_file file;
static struct txn txns[3];

static void
begin(const char *profile, const char *currency)
{
	memset(&file, 0, sizeof(file));
	memset(txns, 0, sizeof(txns));
	file.profile = profile;
	file.authorised = AUTHORISED_NO;
	file.account_type = NOT_TOLD;
	for (size_t i = 0; i < COUNT(txns); i++) {
		txns[i].layer = i == 2 ? 2 : 1;
		txns[i].money.minor = i == 1 ? 3000000 : 800000;
		(void)snprintf(txns[i].money.currency,
		    sizeof(txns[i].money.currency), "%s", currency);
	}
}

START_TEST(band_is_by_working_days_after_the_notice)
{
	const char *profile = cases[_i].profile;
	struct liability_verdict verdict;

	begin(profile, strcmp(profile, "IN") == 0 ? "INR" : "USD");
	if (cases[_i].notice != NULL)
		file.bank_notice_at = at(cases[_i].notice);
	file.reported_at = at(cases[_i].reported);
	file.account_type = cases[_i].account;
	ck_assert(liability_judge(&file, txns, COUNT(txns), &verdict));
	ck_assert_int_eq(verdict.band, cases[_i].band);
	ck_assert_int_eq(verdict.has_limit, cases[_i].limit != NO_LIMIT);
	if (verdict.has_limit)
		ck_assert_int_eq(verdict.limit.minor, cases[_i].limit);
	ck_assert_int_eq(verdict.needs_notice, cases[_i].notice == NULL);
}
END_TEST

START_TEST(credit_is_owed_within_ten_working_days_of_the_report)
{
	struct liability_verdict verdict;

	begin("IN", "INR");
	file.bank_notice_at = file.reported_at = at("2026-11-02T06:00:00Z");
	ck_assert(liability_judge(&file, txns, COUNT(txns), &verdict));
	/* The 14th is a second Saturday. */
	ck_assert_int_eq(verdict.credit_by, at("2026-11-13T18:30:00Z"));
	ck_assert_int_eq(verdict.working_days, 0);
}
END_TEST

START_TEST(what_the_customer_authorised_is_not_limited)
{
	struct liability_verdict verdict;

	begin("IN", "INR");
	file.authorised = AUTHORISED_YES;
	ck_assert(liability_judge(&file, txns, COUNT(txns), &verdict));
	ck_assert_int_eq(verdict.band, LIABILITY_BAND_NOT_APPLICABLE);
	ck_assert(!verdict.has_limit);
	ck_assert_int_eq(verdict.credit_by, 0);
	file.authorised = AUTHORISED_UNKNOWN;
	ck_assert(liability_judge(&file, txns, COUNT(txns), &verdict));
	ck_assert(verdict.needs_authorised);
}
END_TEST

START_TEST(payments_in_another_currency_have_no_limit)
{
	struct liability_verdict verdict;

	begin("IN", "USD");
	file.bank_notice_at = at("2026-11-02T06:00:00Z");
	file.reported_at = at("2026-11-06T06:00:00Z");
	file.account_type = ACCOUNT_SAVINGS;
	ck_assert(liability_judge(&file, txns, COUNT(txns), &verdict));
	ck_assert_int_eq(verdict.band, LIABILITY_BAND_CAPPED);
	ck_assert(!verdict.has_limit);
}
END_TEST

static const char *const lawless[] = { "KZ", "generic", "ATLANTIS", "" };

START_TEST(other_laws_say_nothing)
{
	struct liability_verdict verdict;

	begin(lawless[_i], "INR");
	ck_assert(!liability_judge(&file, txns, COUNT(txns), &verdict));
}
END_TEST

Suite *
liability_suite(void)
{
	Suite *suite = suite_create("liability");
	TCase *tcase = tcase_create("liability");

	tcase_add_loop_test(tcase, band_is_by_working_days_after_the_notice, 0,
	    (int)COUNT(cases));
	tcase_add_test(
	    tcase, credit_is_owed_within_ten_working_days_of_the_report);
	tcase_add_test(tcase, what_the_customer_authorised_is_not_limited);
	tcase_add_test(tcase, payments_in_another_currency_have_no_limit);
	tcase_add_loop_test(
	    tcase, other_laws_say_nothing, 0, (int)COUNT(lawless));
	suite_add_tcase(suite, tcase);
	return suite;
}
