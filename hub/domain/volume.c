/*
 * Volumes: see volume.h.
 */
#include "hub/domain/volume.h"

#include "hub/base/clock.h"
#include "hub/base/common.h"

#define HOUR (INT64_C(3600) * CLOCK_SECOND)

static const char *const kinds[] = {
	[VOLUME_OFFICER_REQUESTS] = "officer_requests",
	[VOLUME_UNIT_REQUESTS] = "unit_requests",
	[VOLUME_OFFICER_AMOUNT] = "officer_amount",
	[VOLUME_COMPLAINANT_CASES] = "complainant_cases",
};

static const char *const grades[] = {
	[VOLUME_USUAL] = "usual",
	[VOLUME_ALERT] = "alert",
	[VOLUME_EXTREME] = "extreme",
};

const struct words volume_kind_words = { "kind of volume", kinds,
	VOLUME_KIND_COUNT };
const struct words volume_grade_words = { "grade of a volume", grades,
	VOLUME_GRADE_COUNT };

int64_t
volume_span(enum volume_kind kind)
{
	static const int64_t spans[VOLUME_KIND_COUNT] = {
		[VOLUME_OFFICER_REQUESTS] = HOUR,
		[VOLUME_UNIT_REQUESTS] = HOUR,
		[VOLUME_OFFICER_AMOUNT] = 24 * HOUR,
		[VOLUME_COMPLAINANT_CASES] = 30 * 24 * HOUR,
	};

	return spans[kind];
}

static enum volume_grade
grade_of(int64_t figure, const struct volume_state *state)
{
	if (state->limit == 0 || figure <= state->limit)
		return VOLUME_USUAL;
	return figure <= state->hard_limit ? VOLUME_ALERT : VOLUME_EXTREME;
}

void
volume_judge(struct volume_state *state, int64_t before, int64_t figure,
    int64_t limit, int64_t multiple)
{
	state->figure = figure;
	state->limit = limit;
	state->hard_limit = limit > INT64_MAX / multiple ? INT64_MAX
							 : limit * multiple;
	state->grade = grade_of(figure, state);
	state->is_crossed = state->grade != grade_of(before, state);
}
