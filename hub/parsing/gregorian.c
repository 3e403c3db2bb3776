/*
 * Gregorian days: see gregorian.h.
 */
#include "hub/parsing/gregorian.h"

static bool
is_leap(int year)
{
	return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

bool
gregorian_is_day(int year, int month, int day)
{
	static const int lengths[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31,
		30, 31 };

	if (month < 1 || month > 12 || day < 1)
		return false;
	return day <= lengths[month - 1] + (month == 2 && is_leap(year));
}

/* Years that begin in March have their leap day at the end; 153 days are
 * five months from there. */
int64_t
gregorian_days(int year, int month, int day)
{
	int64_t y = month > 2 ? year : year - 1;
	int64_t from_march = (month + 9) % 12;

	return y * 365 + y / 4 - y / 100 + y / 400 +
	    (153 * from_march + 2) / 5 + day - 1 - 719468;
}

int
gregorian_weekday(int64_t days)
{
	return (int)((days + 4) % 7);
}
