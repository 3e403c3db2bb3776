/*
 * Who is on duty by the rosters of a registry view: see registry.h.
 */
#include "hub/base/clock.h"
#include "hub/domain/profile.h"
#include "hub/domain/registry_inside.h"

enum { DAY_SECONDS = 86400, THURSDAY = 4 };

const struct shift *
registry_shifts(const struct registry *registry, size_t *count)
{
	*count = registry->shift_count;
	return registry->shifts;
}

/* The local day and minute of an institution. */
struct moment {
	int64_t day;
	int weekday, minute;
};

static struct moment
moment_of(const struct institution *institution, int64_t at)
{
	const struct profile *profile = profile_find(institution->profile);
	const char *zone = profile == NULL ? "UTC" : profile->calendar.zone;
	int64_t local = at / CLOCK_SECOND + calendar_offset(zone, at);
	struct moment moment = { .day = local / DAY_SECONDS };

	moment.minute = (int)(local % DAY_SECONDS / 60);
	/* 1970-01-01 was a Thursday. */
	moment.weekday = (int)((moment.day + THURSDAY) % ROSTER_WEEK);
	return moment;
}

static bool
is_able(const struct principal *principal, int64_t at)
{
	return principal != NULL &&
	    registry_is_active(principal->status, principal->active_from, at) &&
	    principal->valid_from <= at && at < principal->valid_until;
}

static void
add(const struct registry *registry, const struct shift *shift, int64_t at,
    struct duty *duty)
{
	const struct principal *person = registry_principal(
	    registry, &shift->principal);

	if (is_able(person, at) && duty->count < ROSTER_POOL)
		duty->people[duty->count++] = person;
}

void
registry_duty(const struct registry *registry, const struct id *institution,
    int64_t at, struct duty *duty)
{
	const struct institution *row = registry_institution(
	    registry, institution);
	struct moment now;
	bool is_exception = false;

	*duty = (struct duty){ .has_roster = false };
	if (row == NULL)
		return;
	now = moment_of(row, at);
	for (size_t i = 0; i < registry->shift_count; i++) {
		const struct shift *shift = &registry->shifts[i];

		if (!id_equal(&shift->institution, institution))
			continue;
		duty->has_roster = true;
		is_exception |= shift->weekday < 0 && shift->day == now.day;
	}
	for (size_t i = 0; i < registry->shift_count; i++) {
		const struct shift *shift = &registry->shifts[i];
		bool is_today = is_exception
		    ? shift->weekday < 0 && shift->day == now.day
		    : shift->weekday == now.weekday;

		if (id_equal(&shift->institution, institution) && is_today &&
		    shift->from <= now.minute && now.minute < shift->until)
			add(registry, shift, at, duty);
	}
}

const struct institution *
registry_hands_over(
    const struct registry *registry, const struct id *institution, int64_t at)
{
	const struct institution *row = registry_institution(
	    registry, institution);
	struct duty duty;

	registry_duty(registry, institution, at, &duty);
	if (!duty.has_roster || duty.count > 0)
		return NULL;
	for (size_t i = 0; i < registry->institution_count && row != NULL;
	     i++) {
		row = registry_institution(registry, &row->parent);
		if (row == NULL)
			break;
		registry_duty(registry, &row->id, at, &duty);
		if ((!duty.has_roster || duty.count > 0) &&
		    registry_endpoint_of(registry, &row->id, at) != NULL)
			return row;
	}
	return NULL;
}
