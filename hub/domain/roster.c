/*
 * Shifts: see roster.h.
 */
#include "hub/domain/roster.h"

static const char *const weekdays[] = { "sunday", "monday", "tuesday",
	"wednesday", "thursday", "friday", "saturday" };

const struct words weekday_words = { "weekday", weekdays, ROSTER_WEEK };

bool
roster_overlaps(const struct shift_draft *a, const struct shift_draft *b)
{
	bool same_day = a->weekdays != 0 ? (a->weekdays & b->weekdays) != 0
					 : b->weekdays == 0 && a->day == b->day;

	if (!same_day)
		return false;
	/* A closed date has no shifts beside it. */
	if (a->is_closed || b->is_closed)
		return true;
	return a->from < b->until && b->from < a->until;
}

static void
put_row(const struct shift_draft *draft, const struct shift *shift,
    struct shift *rows, size_t *at)
{
	static const struct id nobody;

	size_t count = draft->is_closed ? 1 : draft->people_count;

	for (size_t i = 0; i < count; i++) {
		if (rows != NULL) {
			rows[*at] = *shift;
			rows[*at].principal = draft->is_closed
			    ? nobody
			    : draft->people[i];
		}
		(*at)++;
	}
}

size_t
roster_rows(const struct id *institution, const struct shift_draft *shifts,
    size_t count, struct shift *rows, size_t at)
{
	for (size_t i = 0; i < count; i++) {
		struct shift shift = { .institution = *institution,
			.number = (int)i,
			.weekday = -1,
			.day = shifts[i].day,
			.from = shifts[i].from,
			.until = shifts[i].until };

		if (shifts[i].weekdays == 0)
			put_row(&shifts[i], &shift, rows, &at);
		for (int day = 0; day < ROSTER_WEEK; day++) {
			if ((shifts[i].weekdays & UINT32_C(1) << day) == 0)
				continue;
			shift.weekday = day;
			put_row(&shifts[i], &shift, rows, &at);
		}
	}
	return at;
}
