/*
 * Set an institution's roster: all of it at once, in the place of what was
 * there.  Its own supervisors, those above, its nodal officers and admins do.
 */
#include "hub/domain/access.h"
#include "hub/domain/ids.h"
#include "hub/service/use_cases.h"

static bool
is_theirs(const struct actor *actor, const struct registry *registry,
    const struct id *institution)
{
	switch (actor->role) {
	case ROLE_ADMIN:
		return true;
	case ROLE_SUPERVISOR:
		return registry_is_within(
		    registry, institution, &actor->institution);
	case ROLE_NODAL:
		return id_equal(institution, &actor->institution);
	case ROLE_OFFICER:
	case ROLE_AUDITOR:
	case ROLE_SERVICE:
	case ROLE_HUB:
	case ROLE_COUNT:
		break;
	}
	return false;
}

/* A machine has no duty; nobody stands in for another unit. */
static enum rc
check_person(const struct registry *registry, const struct id *institution,
    const struct id *person, struct err *err)
{
	const struct principal *found = registry_principal(registry, person);

	if (found == NULL || !id_equal(&found->institution, institution) ||
	    found->role == ROLE_SERVICE)
		return err_at(err, RC_INVALID, "", "unknown_principal",
		    "nobody of this institution has this id");
	return RC_OK;
}

static enum rc
check_people(const struct registry *registry, const struct id *institution,
    const struct shift_draft *shift, struct err *err)
{
	for (size_t i = 0; i < shift->people_count; i++) {
		enum rc rc = check_person(
		    registry, institution, &shift->people[i], err);

		for (size_t n = 0; n < i && rc == RC_OK; n++)
			if (id_equal(&shift->people[n], &shift->people[i]))
				rc = err_at(err, RC_INVALID, "", "person_twice",
				    "a person stands in a shift once");
		if (rc != RC_OK) {
			err_prefix(err, "/on_duty/%zu", i);
			return rc;
		}
	}
	return RC_OK;
}

static enum rc
check_shifts(const struct registry *registry, const struct id *institution,
    const struct shift_draft *shifts, size_t count, const char *list,
    struct err *err)
{
	for (size_t i = 0; i < count; i++) {
		enum rc rc = check_people(
		    registry, institution, &shifts[i], err);

		for (size_t n = 0; n < i && rc == RC_OK; n++)
			if (roster_overlaps(&shifts[n], &shifts[i]))
				rc = err_at(err, RC_INVALID, "", "overlap",
				    "it overlaps with /%s/%zu", list, n);
		if (rc != RC_OK) {
			err_prefix(err, "/%s/%zu", list, i);
			return rc;
		}
	}
	return RC_OK;
}

enum rc
set_roster_decide(struct command *command, struct effects *effects,
    struct reply *reply, struct err *err)
{
	const struct set_roster *roster = &command->roster;
	const struct registry *registry = effects->snapshot->registry;
	struct registry_change *change;
	struct event *event;
	size_t count;
	struct shift *rows;

	TRY(access_check(&command->actor, RIGHT_SET_ROSTER, err));
	if (registry_institution(registry, &roster->institution) == NULL ||
	    !is_theirs(&command->actor, registry, &roster->institution))
		return err_set(err, RC_MISSING, "not_found",
		    "there is no such institution, or it is not yours");
	TRY(check_shifts(registry, &roster->institution, roster->weekly,
	    roster->weekly_count, "weekly", err));
	TRY(check_shifts(registry, &roster->institution, roster->exceptions,
	    roster->exception_count, "exceptions", err));
	count = roster_rows(&roster->institution, roster->weekly,
	    roster->weekly_count, NULL, 0);
	count = roster_rows(&roster->institution, roster->exceptions,
	    roster->exception_count, NULL, count);
	rows = arena_alloc(
	    effects->snapshot->arena, (count + 1) * sizeof(*rows));
	if (rows == NULL)
		return err_set(
		    err, RC_TOO_LARGE, "batch_full", "too much at once");
	count = roster_rows(&roster->institution, roster->weekly,
	    roster->weekly_count, rows, 0);
	count = roster_rows(&roster->institution, roster->exceptions,
	    roster->exception_count, rows, count);
	change = effects_add_change(effects);
	change->kind = REGISTRY_SET_ROSTER;
	change->id = change->institution = roster->institution;
	change->actor = command->actor.principal;
	change->at = command->at;
	change->shifts = rows;
	change->shift_count = count;
	event = effects_note(effects, command, "roster.set", NULL,
	    ID_INSTITUTION, &roster->institution);
	event_number(event, "shifts", (int64_t)roster->weekly_count);
	event_number(event, "exceptions", (int64_t)roster->exception_count);
	reply->status = 200;
	reply->thing = roster->institution;
	return RC_OK;
}
