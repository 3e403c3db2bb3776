/*
 * Working days: see calendar.h.
 */
#include "hub/domain/calendar.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "hub/base/clock.h"
#include "hub/base/common.h"

enum {
	DAY_SECONDS = 86400,
	ISO_DATE_SIZE = 11,
	WORKING_DAY_LIMIT = 3660,
	SPAN_DIGITS = 3
};

struct holiday {
	const char *country, *date;
};

struct zone_row {
	const char *zone;
	int64_t from, offset; /* seconds */
};

static const struct holiday holidays[] = {
#include "gen/domain_holidays.inc"
};

static const struct zone_row zone_rows[] = {
#include "gen/domain_zones.inc"
};

/* Towards minus infinity, as days before 1970 want it. */
static int64_t
divide(int64_t value, int64_t by)
{
	return value / by - (value % by < 0);
}

/* ---- zones */

bool
calendar_knows_zone(const char *zone)
{
	for (size_t i = 0; i < COUNT(zone_rows); i++)
		if (strcmp(zone_rows[i].zone, zone) == 0)
			return true;
	return false;
}

int64_t
calendar_offset(const char *zone, int64_t at)
{
	int64_t seconds = divide(at, CLOCK_SECOND), offset = 0;
	bool is_found = false;

	for (size_t i = 0; i < COUNT(zone_rows); i++) {
		if (strcmp(zone_rows[i].zone, zone) != 0)
			continue;
		if (is_found && zone_rows[i].from > seconds)
			break;
		offset = zone_rows[i].offset;
		is_found = true;
	}
	return offset;
}

int64_t
calendar_day(const struct calendar *calendar, int64_t at)
{
	return divide(
	    divide(at, CLOCK_SECOND) + calendar_offset(calendar->zone, at),
	    DAY_SECONDS);
}

int64_t
calendar_day_begins(const struct calendar *calendar, int64_t day)
{
	int64_t local = day * DAY_SECONDS;
	int64_t guess = local -
	    calendar_offset(calendar->zone, local * CLOCK_SECOND);

	/* Where the clocks are changed between the two, the guess is out by
	 * the change; where midnight itself is skipped, the day begins when
	 * they are changed. */
	guess = local - calendar_offset(calendar->zone, guess * CLOCK_SECOND);
	while (calendar_day(calendar, guess * CLOCK_SECOND) < day)
		guess += 15 * 60; /* no zone changes in smaller steps */
	return guess * CLOCK_SECOND;
}

/* ---- days */

static int
holiday_compare(const void *key, const void *row)
{
	const struct holiday *wanted = key, *holiday = row;
	int order = strcmp(wanted->country, holiday->country);

	return order != 0 ? order : strcmp(wanted->date, holiday->date);
}

static void
civil(int64_t day, struct tm *tm)
{
	time_t seconds = (time_t)(day * DAY_SECONDS);

	(void)gmtime_r(&seconds, tm);
}

static bool
is_rest(const struct calendar *calendar, const struct tm *tm)
{
	return (calendar->rest[tm->tm_wday] >> ((tm->tm_mday - 1) / 7) & 1) !=
	    0;
}

bool
calendar_is_working_day(const struct calendar *calendar, int64_t day)
{
	char date[ISO_DATE_SIZE];
	const struct holiday key = { calendar->country, date };
	struct tm tm;

	civil(day, &tm);
	if (is_rest(calendar, &tm))
		return false;
	if (strftime(date, sizeof(date), "%Y-%m-%d", &tm) == 0)
		return true; /* beyond the year 9999 */
	return bsearch(&key, holidays, COUNT(holidays), sizeof(holidays[0]),
		   holiday_compare) == NULL;
}

int64_t
calendar_add_working_days(
    const struct calendar *calendar, int64_t at, int count)
{
	int64_t day = calendar_day(calendar, at);

	/* The limit ends the search in a week that only rests. */
	for (int looked = 0; count > 0 && looked < WORKING_DAY_LIMIT; looked++)
		if (calendar_is_working_day(calendar, ++day))
			count--;
	return calendar_day_begins(calendar, day + 1);
}

int
calendar_working_days(const struct calendar *calendar, int64_t from, int64_t to)
{
	int64_t day = calendar_day(calendar, from);
	int64_t last = calendar_day(calendar, to);
	int count = 0;

	if (last > day + WORKING_DAY_LIMIT)
		last = day + WORKING_DAY_LIMIT;
	while (++day <= last)
		if (calendar_is_working_day(calendar, day))
			count++;
	return count;
}

int64_t
calendar_after(
    const struct calendar *calendar, int64_t at, const struct span *span)
{
	if (span->working_days > 0)
		return calendar_add_working_days(
		    calendar, at, span->working_days);
	return at + span->seconds * CLOCK_SECOND;
}

/* ---- spans as text */

static const struct {
	const char *unit;
	int64_t seconds; /* 0: working days */
} span_units[] = {
	{ "m", 60 },
	{ "h", 3600 },
	{ "d", DAY_SECONDS },
	{ "wd", 0 },
};

bool
calendar_parse_span(const char *text, struct span *span)
{
	size_t digits = strspn(text, "0123456789");
	long count;

	if (digits < 1 || digits > SPAN_DIGITS)
		return false;
	count = strtol(text, NULL, 10);
	for (size_t i = 0; i < COUNT(span_units); i++) {
		if (strcmp(text + digits, span_units[i].unit) != 0)
			continue;
		span->seconds = count * span_units[i].seconds;
		span->working_days = span_units[i].seconds == 0 ? (int)count
								: 0;
		return span->seconds > 0 || span->working_days > 0;
	}
	return false;
}
