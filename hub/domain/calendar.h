/*
 * Working days: the local day of a time zone, weekends and public holidays,
 * for the legal clocks of a profile.  Zones and holidays are the tables of
 * hub/domain/data, so a hub needs no tzdata.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "hub/base/common.h"

/* Weekdays by struct tm's numbers; bit n - 1: the n-th of its month rests
 * (the second and fourth Saturday of Indian banks: 0x0a). */
enum { CALENDAR_WEEK = 7, CALENDAR_EVERY = 0x1f };

struct calendar {
	const char *zone, *country; /* country "": no holidays are known */
	uint8_t rest[CALENDAR_WEEK];
};

/* A span of a law: so many seconds, or, where it counts them, working days. */
struct span {
	int64_t seconds;
	int working_days;
};

/* Is this zone in the table? */
bool calendar_knows_zone(const char *zone);

/* Seconds east of UTC at a time; 0 for a zone that is not known. */
int64_t calendar_offset(const char *zone, int64_t at);

/* Days since 1970-01-01 of the local day in which `at` lies. */
int64_t calendar_day(const struct calendar *calendar, int64_t at);

/* The first moment of a local day. */
int64_t calendar_day_begins(const struct calendar *calendar, int64_t day);

/* Neither a resting weekday nor a public holiday.  Beyond the years of the
 * table only the weekends are known, so that a clock is never longer than the
 * law has it. */
bool calendar_is_working_day(const struct calendar *calendar, int64_t day);

/* The end of the `count`-th working day after the day of `at`, which itself
 * does not count; with 0 the end of that day. */
int64_t calendar_add_working_days(
    const struct calendar *calendar, int64_t at, int count);

/* How many working days after the day of `from`, up to and with that of `to`. */
int calendar_working_days(
    const struct calendar *calendar, int64_t from, int64_t to);

/* "30m", "36h", "2d", "2wd" (working days); at most 999 of them.  False:
 * not a span. */
NODISCARD bool calendar_parse_span(const char *text, struct span *span);

/* When a span that begins at `at` is over. */
int64_t calendar_after(
    const struct calendar *calendar, int64_t at, const struct span *span);
