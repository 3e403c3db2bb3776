/*
 * calendar: local days, weekends and holidays.
 */
#include "test/unit/unit.h"

#include "hub/base/clock.h"
#include "hub/base/common.h"
#include "hub/domain/calendar.h"

#define WEEKEND                                               \
	{                                                     \
		CALENDAR_EVERY, 0, 0, 0, 0, 0, CALENDAR_EVERY \
	}

static const struct calendar india = { "Asia/Kolkata", "IN",
	{ CALENDAR_EVERY, 0, 0, 0, 0, 0, 0x0a } };
static const struct calendar kazakhstan = { "Asia/Almaty", "KZ", WEEKEND };
static const struct calendar america = { "America/New_York", "US", WEEKEND };
static const struct calendar nowhere = { "UTC", "", WEEKEND };
static const struct calendar never = { "UTC", "",
	{ 31, 31, 31, 31, 31, 31, 31 } };

static int64_t
at(const char *text)
{
	int64_t time = 0;

	ck_assert_msg(clock_parse(text, &time), "%s", text);
	return time;
}

/* ---- zones */

static const struct {
	const char *zone, *at;
	int hours, minutes;
} offsets[] = {
	{ "Asia/Kolkata", "2026-11-24T00:00:00Z", 5, 30 },
	/* One zone for the whole country from 1 March 2024. */
	{ "Asia/Almaty", "2024-02-29T17:59:59Z", 6, 0 },
	{ "Asia/Almaty", "2024-02-29T18:00:00Z", 5, 0 },
	{ "America/New_York", "2026-03-08T06:59:59Z", -5, 0 },
	{ "America/New_York", "2026-03-08T07:00:00Z", -4, 0 },
	{ "America/New_York", "2026-11-01T05:59:59Z", -4, 0 },
	{ "America/New_York", "2026-11-01T06:00:00Z", -5, 0 },
	{ "Europe/London", "2026-07-01T00:00:00Z", 1, 0 },
	{ "UTC", "2026-07-01T00:00:00Z", 0, 0 },
	/* Before and behind the table: as at its ends. */
	{ "Asia/Almaty", "1999-01-01T00:00:00Z", 6, 0 },
	{ "Asia/Almaty", "2060-01-01T00:00:00Z", 5, 0 },
	{ "Mars/Olympus", "2026-07-01T00:00:00Z", 0, 0 },
};

START_TEST(offset_is_the_one_of_its_moment)
{
	ck_assert_int_eq(calendar_offset(offsets[_i].zone, at(offsets[_i].at)),
	    offsets[_i].hours * 3600 + offsets[_i].minutes * 60);
}
END_TEST

static const char *const strange_zones[] = { "", "utc", "Asia/Calcutt",
	"Asia/Kolkata ", "Mars/Olympus" };

START_TEST(other_zones_are_not_known)
{
	ck_assert(calendar_knows_zone("UTC"));
	ck_assert(calendar_knows_zone("Asia/Kolkata"));
	ck_assert(!calendar_knows_zone(strange_zones[_i]));
}
END_TEST

static const struct {
	const struct calendar *calendar;
	const char *at, *begins;
} days[] = {
	{ &india, "2026-11-24T18:29:59Z", "2026-11-23T18:30:00Z" },
	{ &india, "2026-11-24T18:30:00Z", "2026-11-24T18:30:00Z" },
	/* The day has 23 hours, then 25. */
	{ &america, "2026-03-08T12:00:00Z", "2026-03-08T05:00:00Z" },
	{ &america, "2026-03-09T12:00:00Z", "2026-03-09T04:00:00Z" },
	{ &america, "2026-11-01T12:00:00Z", "2026-11-01T04:00:00Z" },
	{ &america, "2026-11-02T12:00:00Z", "2026-11-02T05:00:00Z" },
	/* The clocks go back at midnight: the day before ends an hour later. */
	{ &kazakhstan, "2024-02-29T18:30:00Z", "2024-02-28T18:00:00Z" },
	{ &kazakhstan, "2024-02-29T19:00:00Z", "2024-02-29T19:00:00Z" },
};

START_TEST(day_begins_at_local_midnight)
{
	const struct calendar *calendar = days[_i].calendar;
	int64_t day = calendar_day(calendar, at(days[_i].at));

	ck_assert_int_eq(
	    calendar_day_begins(calendar, day), at(days[_i].begins));
}
END_TEST

/* ---- working days */

static const struct {
	const struct calendar *calendar;
	const char *day; /* noon UTC of it */
	bool works;
} works[] = {
	{ &india, "2026-11-24T12:00:00Z", true },
	{ &india, "2026-11-22T12:00:00Z", false },      /* Sunday */
	{ &india, "2026-11-07T12:00:00Z", true },       /* first Saturday */
	{ &india, "2026-11-14T12:00:00Z", false },      /* second */
	{ &india, "2026-11-21T12:00:00Z", true },       /* third */
	{ &india, "2026-11-28T12:00:00Z", false },      /* fourth */
	{ &india, "2026-08-29T12:00:00Z", true },       /* fifth */
	{ &india, "2026-01-26T12:00:00Z", false },      /* Republic Day */
	{ &kazakhstan, "2026-03-23T06:00:00Z", false }, /* Nauryz, moved */
	{ &kazakhstan, "2026-03-25T06:00:00Z", true },
	{ &america, "2026-11-26T17:00:00Z", false },
	{ &america, "2026-07-03T17:00:00Z", false }, /* for Saturday the 4th */
	{ &america, "2026-11-27T17:00:00Z", true },
	{ &nowhere, "2026-12-25T12:00:00Z", true },
	{ &nowhere, "2026-12-26T12:00:00Z", false },
	/* Behind the table only the weekends rest. */
	{ &america, "2031-12-25T17:00:00Z", true },
};

START_TEST(day_works_or_rests)
{
	const struct calendar *calendar = works[_i].calendar;

	ck_assert_int_eq(calendar_is_working_day(calendar,
			     calendar_day(calendar, at(works[_i].day))),
	    works[_i].works);
}
END_TEST

static const struct {
	const struct calendar *calendar;
	const char *from;
	int count;
	const char *until;
} sums[] = {
	/* A day that has begun does not count. */
	{ &kazakhstan, "2026-11-24T04:00:00Z", 0, "2026-11-24T19:00:00Z" },
	{ &kazakhstan, "2026-11-24T04:00:00Z", 1, "2026-11-25T19:00:00Z" },
	{ &kazakhstan, "2026-11-24T04:00:00Z", 5, "2026-12-01T19:00:00Z" },
	/* Over Nauryz: the 23rd and 24th rest as well. */
	{ &kazakhstan, "2026-03-20T04:00:00Z", 2, "2026-03-26T19:00:00Z" },
	/* Late in the evening it is tomorrow there. */
	{ &kazakhstan, "2026-11-24T20:00:00Z", 1, "2026-11-26T19:00:00Z" },
	{ &india, "2026-11-13T06:00:00Z", 1, "2026-11-16T18:30:00Z" },
	{ &america, "2026-11-25T17:00:00Z", 1, "2026-11-28T05:00:00Z" },
};

START_TEST(working_days_are_added)
{
	ck_assert_int_eq(calendar_add_working_days(sums[_i].calendar,
			     at(sums[_i].from), sums[_i].count),
	    at(sums[_i].until));
}
END_TEST

START_TEST(sum_and_difference_agree)
{
	int64_t from = at("2026-01-15T10:00:00Z");

	for (int count = 0; count < 300; count++) {
		int64_t until = calendar_add_working_days(&india, from, count);

		ck_assert_int_eq(
		    calendar_working_days(&india, from, until - 1), count);
	}
}
END_TEST

START_TEST(nothing_lies_between_a_day_and_an_earlier_one)
{
	int64_t now = at("2026-11-24T10:00:00Z");

	ck_assert_int_eq(calendar_working_days(&india, now, now), 0);
	ck_assert_int_eq(
	    calendar_working_days(&india, now, now - 30 * 86400 * CLOCK_SECOND),
	    0);
}
END_TEST

/* A calendar that only rests must not hang the hub. */
START_TEST(search_for_a_working_day_ends)
{
	int64_t now = at("2026-11-24T10:00:00Z");

	ck_assert_int_gt(calendar_add_working_days(&never, now, 1), now);
}
END_TEST

START_TEST(span_is_seconds_or_working_days)
{
	const struct span hours = { 72 * 3600, 0 }, working = { 0, 5 };
	int64_t now = at("2026-11-24T04:00:00Z");

	ck_assert_int_eq(calendar_after(&kazakhstan, now, &hours),
	    at("2026-11-27T04:00:00Z"));
	ck_assert_int_eq(calendar_after(&kazakhstan, now, &working),
	    at("2026-12-01T19:00:00Z"));
}
END_TEST

static const struct {
	const char *text;
	int64_t seconds; /* -1: not a span */
	int working_days;
} spans[] = {
	{ "30m", 1800, 0 },
	{ "36h", 36 * 3600, 0 },
	{ "2d", 2 * 86400, 0 },
	{ "2wd", 0, 2 },
	{ "007d", 7 * 86400, 0 },
	{ "999wd", 0, 999 },
	{ "", -1, 0 },
	{ "2", -1, 0 },
	{ "d", -1, 0 },
	{ "wd", -1, 0 },
	{ "0d", -1, 0 },
	{ "0wd", -1, 0 },
	{ "2w", -1, 0 },
	{ "2 d", -1, 0 },
	{ " 2d", -1, 0 },
	{ "+2d", -1, 0 },
	{ "-2d", -1, 0 },
	{ "2.5d", -1, 0 },
	{ "2D", -1, 0 },
	{ "2dd", -1, 0 },
	{ "2wdx", -1, 0 },
	{ "1000d", -1, 0 },
	{ "99999999999999999999d", -1, 0 },
};

START_TEST(text_is_a_span_or_not)
{
	struct span span = { 0 };
	bool is_span = calendar_parse_span(spans[_i].text, &span);

	ck_assert_int_eq(is_span, spans[_i].seconds >= 0);
	if (!is_span)
		return;
	ck_assert_int_eq(span.seconds, spans[_i].seconds);
	ck_assert_int_eq(span.working_days, spans[_i].working_days);
}
END_TEST

Suite *
calendar_suite(void)
{
	Suite *suite = suite_create("calendar");
	TCase *tcase = tcase_create("calendar");

	tcase_add_loop_test(
	    tcase, offset_is_the_one_of_its_moment, 0, (int)COUNT(offsets));
	tcase_add_loop_test(
	    tcase, other_zones_are_not_known, 0, (int)COUNT(strange_zones));
	tcase_add_loop_test(
	    tcase, day_begins_at_local_midnight, 0, (int)COUNT(days));
	tcase_add_loop_test(tcase, day_works_or_rests, 0, (int)COUNT(works));
	tcase_add_loop_test(tcase, working_days_are_added, 0, (int)COUNT(sums));
	tcase_add_test(tcase, sum_and_difference_agree);
	tcase_add_test(tcase, nothing_lies_between_a_day_and_an_earlier_one);
	tcase_add_test(tcase, search_for_a_working_day_ends);
	tcase_add_test(tcase, span_is_seconds_or_working_days);
	tcase_add_loop_test(tcase, text_is_a_span_or_not, 0, (int)COUNT(spans));
	suite_add_tcase(suite, tcase);
	return suite;
}
