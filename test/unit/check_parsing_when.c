/*
 * parsing: dates and times in all their forms, what is none, and the instants
 * that they name.
 */
#include "test/unit/unit.h"

#include <stdio.h>

#include "hub/base/clock.h"
#include "test/unit/parse_text.h"

static const struct {
	const char *written, *country, *at;
	bool is_sure;
} dates[] = {
	{ "14-03-26", "IN", "2026-03-14", true },
	{ "14/03/2026", "IN", "2026-03-14", true },
	{ "14.03.2026", "IN", "2026-03-14", true },
	{ "14-Mar-26", "IN", "2026-03-14", true },
	{ "14Mar26", "IN", "2026-03-14", true },
	{ "14 March, 2026", "IN", "2026-03-14", true },
	{ "14th March 2026", "IN", "2026-03-14", true },
	{ "March 14, 2026", "IN", "2026-03-14", true },
	{ "2026-03-14", "IN", "2026-03-14", true },
	{ "14 मार्च 2026", "IN", "2026-03-14", true },
	{ "14 മാർച്ച് 2026", "IN", "2026-03-14", true },
	{ "2026-03-14T09:26:05", "IN", "2026-03-14T09:26:05", true },
	{ "14-03-26 at 9:26 PM", "IN", "2026-03-14T21:26", true },
	{ "14-03-26 12:05 am", "IN", "2026-03-14T00:05", true },
	{ "09:26 14-03-26", "IN", "2026-03-14T09:26", true },
	{ "on 14-03", "IN", "--03-14", false },
	{ "03-14-2026", "IN", "2026-03-14", false },
	{ "29-02-2024", "IN", "2024-02-29", true },
	{ "10:11", "IN", "T10:11", true },
};

static const char *const no_dates[] = { "", "32-01-2026", "00-01-2026",
	"29-02-2025", "31-04-2026", "14-13-2026", "13-13-2026", "14-03-1999",
	"14-03-2050", "14/03-2026", "14-03-", "14--03-2026", "14-03-202",
	"14-03-20266", "4-Foo-2026", "32 March 2026", "March 2026", "24:00",
	"10:60", "10:1", "1:2:3", "10:11:60:1", "x14-03-26x", "14-03",
	"1400-03-26", "99:99", "Mar", "0 March 2026", "14 3 2026", "2026-13-14",
	"2026-02-30", "2026-00-10", "100:10" };

static const struct parsed_draft *
parse_when(const char *written, const char *country)
{
	char text[128];

	(void)snprintf(text, sizeof(text), "Rs 500 debited %s", written);
	return parse_text(text, country);
}

START_TEST(date_is_read_as_it_is_written)
{
	const struct parsed_draft *draft = parse_when(
	    dates[_i].written, dates[_i].country);

	ck_assert_ptr_nonnull(draft);
	ck_assert_str_eq(draft->at.text, dates[_i].at);
	ck_assert_int_eq(
	    draft->at.confidence >= PARSING_SURE, dates[_i].is_sure);
}
END_TEST

START_TEST(what_is_no_date_is_not_made_one)
{
	const struct parsed_draft *draft = parse_when(no_dates[_i], "IN");

	ck_assert(draft == NULL || draft->at.confidence == 0);
}
END_TEST

static const struct {
	const char *text, *instant; /* NULL: none */
} instants[] = {
	{ "Rs 500 debited 14-03-26 09:26", "2026-03-14T03:56:00.000Z" },
	{ "Rs 500 debited 01-01-26 00:10:30", "2025-12-31T18:40:30.000Z" },
	{ "Төлем 500 ₸ 14.03.2026 09:26", "2026-03-14T04:26:00.000Z" },
	{ "paid £5.00 14/03/2026 09:26", "2026-03-14T09:26:00.000Z" },
	{ "paid £5.00 14/07/2026 09:26", "2026-07-14T08:26:00.000Z" },
	{ "paid £5.00 28/03/2026 09:26", "2026-03-28T09:26:00.000Z" },
	{ "paid £5.00 30/03/2026 09:26", "2026-03-30T08:26:00.000Z" },
	{ "paid £5.00 26/10/2026 09:26", "2026-10-26T09:26:00.000Z" },
	{ "paid £5.00 29/03/2026 01:26", NULL },
	{ "paid £5.00 25/10/2026 01:26", NULL },
	{ "Rs 500 debited 14-03-26", NULL },
	{ "Rs 500 debited on 14-03 09:26", NULL },
	{ "Rs 500 debited 09:26", NULL },
	{ "Покупка 500р 14.03.26 09:26", NULL },
	{ "paid $5.00 2026-03-14 09:26", NULL },
};

START_TEST(instant_is_told_where_the_clock_is_known)
{
	const struct parsed_draft *draft = parse_text(instants[_i].text, NULL);
	char text[CLOCK_TEXT_SIZE];

	ck_assert_ptr_nonnull(draft);
	ck_assert_int_eq(draft->at.has_instant, instants[_i].instant != NULL);
	if (instants[_i].instant != NULL)
		ck_assert_str_eq(clock_format(draft->at.instant, 3, text),
		    instants[_i].instant);
}
END_TEST

START_TEST(day_and_month_are_unsure_without_a_country)
{
	const struct parsed_draft *draft;

	draft = parse_text("paid $5.00 03/04/2026", NULL);
	ck_assert_str_eq(draft->at.text, "2026-04-03");
	ck_assert_int_lt(draft->at.confidence, PARSING_SURE);
	draft = parse_text("paid $5.00 03/14/2026", NULL);
	ck_assert_str_eq(draft->at.text, "2026-03-14");
	ck_assert_int_ge(draft->at.confidence, PARSING_SURE);
}
END_TEST

Suite *
parsing_when_suite(void)
{
	Suite *suite = suite_create("parsing_when");
	TCase *tcase = tcase_create("parsing_when");

	tcase_add_loop_test(
	    tcase, date_is_read_as_it_is_written, 0, (int)COUNT(dates));
	tcase_add_loop_test(
	    tcase, what_is_no_date_is_not_made_one, 0, (int)COUNT(no_dates));
	tcase_add_loop_test(tcase, instant_is_told_where_the_clock_is_known, 0,
	    (int)COUNT(instants));
	tcase_add_test(tcase, day_and_month_are_unsure_without_a_country);
	suite_add_tcase(suite, tcase);
	return suite;
}
