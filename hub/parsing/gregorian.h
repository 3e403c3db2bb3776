/*
 * The little of a calendar that a date in a message needs.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

/* Is there such a day (Gregorian)? */
bool gregorian_is_day(int year, int month, int day);

/* Days since 1970-01-01. */
int64_t gregorian_days(int year, int month, int day);

/* 0 is Sunday. */
int gregorian_weekday(int64_t days);
