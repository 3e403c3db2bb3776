/*
 * Rosters: a weekly pattern of shifts and dated exceptions from it, each with
 * a pool of people, in the local time of an institution's profile.  An
 * institution without one is as it always was: nobody is named.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "hub/base/id.h"
#include "hub/domain/words.h"

enum {
	ROSTER_DAY_MINUTES = 24 * 60,
	ROSTER_SHIFTS = 64, /* of a week, and as many exceptions */
	ROSTER_POOL = 16,   /* people of one shift */
	ROSTER_WEEK = 7,
};

/* One person of one shift, as it is stored. */
struct shift {
	struct id institution, principal; /* principal zero: nobody */
	int number;                       /* of its shift */
	int weekday;                      /* 0 is Sunday; -1: of a date */
	int64_t day;     /* since 1970-01-01; 0: of a weekday */
	int from, until; /* minutes of the local day; `until` not in it */
};

/* One shift as it is proposed. */
struct shift_draft {
	uint32_t weekdays; /* bit per weekday; 0: of a date */
	int64_t day;
	bool is_closed; /* nobody, that date */
	int from, until;
	struct id *people;
	size_t people_count;
};

/* The whole roster of an institution. */
struct set_roster {
	struct id institution;
	struct shift_draft *weekly, *exceptions;
	size_t weekly_count, exception_count;
};

/* "sunday" … "saturday". */
extern const struct words weekday_words;

struct principal;

/* Who is on duty at one time. */
struct duty {
	bool has_roster;
	const struct principal *people[ROSTER_POOL];
	size_t count;
};

/* A row for each weekday and person of `count` shifts, behind the `at` rows
 * that are there; `rows` NULL only counts.  Returns how many there are now. */
size_t
roster_rows(const struct id *institution, const struct shift_draft *shifts,
    size_t count, struct shift *rows, size_t at);

/* Do two shifts of one roster have a minute in common? */
bool roster_overlaps(const struct shift_draft *a, const struct shift_draft *b);
