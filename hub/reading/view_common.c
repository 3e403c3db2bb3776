/*
 * Scope, ids and versions, the same for all views: see view.h.
 */
#include "hub/reading/view.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "hub/domain/access.h"

enum sight
view_sight(const struct actor *actor)
{
	if (actor->role == ROLE_AUDITOR)
		return SIGHT_MASKED;
	if (actor->role == ROLE_OFFICER || actor->role == ROLE_SUPERVISOR)
		return SIGHT_FULL;
	return SIGHT_OWN;
}

const struct id *
view_own_institution(const struct view_run *run)
{
	return run->sight == SIGHT_OWN ? &run->request->actor.institution
				       : NULL;
}

bool
view_has_scope(const struct view_run *run)
{
	return run->request->unit != NULL || run->request->district != NULL;
}

/* The same for units that are not there and that are not theirs. */
enum rc
view_unknown_scope(struct err *err)
{
	return err_set(err, RC_INVALID, "unknown_unit",
	    "you see no unit of this name or district");
}

/* Within the unit and of the district that were asked for? */
static bool
is_chosen(const struct view_run *run, const struct institution *unit)
{
	const struct view_request *request = run->request;
	const struct institution *above;

	if (!view_has_scope(run))
		return true;
	if (unit->kind != INSTITUTION_POLICE_UNIT)
		return false;
	if (request->unit != NULL) {
		above = registry_institution_named(
		    run->registry, request->unit);
		if (above == NULL ||
		    !access_sees_case(
			&request->actor, run->registry, &above->id, false) ||
		    !registry_is_within(run->registry, &unit->id, &above->id))
			return false;
	}
	return request->district == NULL ||
	    strcmp(registry_district(run->registry, &unit->id),
		request->district) == 0;
}

enum rc
view_units(const struct view_run *run, const struct id **units, size_t *count,
    struct err *err)
{
	const struct institution *const *all;
	struct id *ids;
	size_t most;

	all = registry_institutions(run->registry, &most);
	ids = arena_alloc(run->arena, (most + 1) * sizeof(*ids));
	if (ids == NULL)
		return err_set(err, RC_TOO_LARGE, "view_too_large",
		    "there are too many units");
	*count = 0;
	for (size_t i = 0; i < most; i++)
		if (access_sees_case(&run->request->actor, run->registry,
			&all[i]->id, false) &&
		    is_chosen(run, all[i]))
			ids[(*count)++] = all[i]->id;
	*units = ids;
	if (*count == 0 && view_has_scope(run))
		return view_unknown_scope(err);
	return RC_OK;
}

enum rc
view_asked_institution(
    const struct view_run *run, const struct id **institution, struct err *err)
{
	const struct id *own = view_own_institution(run);
	const struct institution *found;

	*institution = NULL;
	if (run->request->institution == NULL)
		return RC_OK;
	found = registry_institution_named(
	    run->registry, run->request->institution);
	if (found == NULL || (own != NULL && !id_equal(own, &found->id)))
		return err_set(err, RC_INVALID, "unknown_institution",
		    "no institution is named so, or it is not yours");
	*institution = &found->id;
	return RC_OK;
}

enum rc
view_case_id(const struct view_run *run, struct id *case_id, struct err *err)
{
	if (run->request->ref[0] != '\0')
		return view_load_case_id(
		    run->db, run->request->ref, case_id, err);
	*case_id = run->request->id;
	return RC_OK;
}

enum rc
view_missing(struct err *err)
{
	return err_set(err, RC_MISSING, "not_found",
	    "there is no such thing, or it is not yours");
}

/* ---- versions */

bool
view_etag_matches(const char *header, const char *etag)
{
	size_t length = strlen(etag);

	while (*header != '\0') {
		header += strspn(header, " \t,");
		if (*header == '*')
			return true;
		if (strncmp(header, "W/", 2) == 0)
			header += 2;
		if (strncmp(header, etag, length) == 0)
			return true;
		/* Past this one: an entity tag has no quote inside. */
		if (*header == '"')
			header += 1 + strcspn(header + 1, "\"");
		header += strcspn(header, ",");
	}
	return false;
}

bool
view_is_known(struct view_run *run, int64_t version)
{
	const char *known = run->request->if_none_match;
	struct view_reply *reply = run->reply;

	(void)snprintf(
	    reply->etag, sizeof(reply->etag), "\"%" PRId64 "\"", version);
	reply->is_same = known != NULL && view_etag_matches(known, reply->etag);
	run->has_news = !reply->is_same;
	return reply->is_same;
}
