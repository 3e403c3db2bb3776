/*
 * Propose another place in the tree of units: the parent, whose supervisors
 * see a unit's cases, and the district.  Another person confirms it.
 */
#include "hub/domain/access.h"
#include "hub/domain/ids.h"
#include "hub/service/use_cases.h"

enum rc
place_institution_prepare(
    struct command *command, const struct registry *registry, struct err *err)
{
	struct place_institution *place = &command->place;
	const struct institution *parent;

	TRY(access_check(&command->actor, RIGHT_PROPOSE_REGISTRY, err));
	if (place->parent_text == NULL)
		return RC_OK;
	parent = registry_institution_named(registry, place->parent_text);
	if (parent == NULL)
		return err_at(err, RC_INVALID, "/parent", "unknown_institution",
		    "no institution is named so");
	place->parent = parent->id;
	return RC_OK;
}

/* A supervisor's scope follows the tree, so only police hangs on police. */
static enum rc
check_parent(const struct registry *registry,
    const struct institution *institution, const struct id *parent,
    struct err *err)
{
	const struct institution *above = registry_institution(
	    registry, parent);

	if (above == NULL)
		return err_at(err, RC_INVALID, "/parent", "unknown_institution",
		    "no institution is named so");
	if (above->kind != institution->kind)
		return err_at(err, RC_INVALID, "/parent", "other_kind",
		    "a %s hangs on another one, not on a %s",
		    words_name(&institution_kind_words, (int)institution->kind),
		    words_name(&institution_kind_words, (int)above->kind));
	if (registry_is_within(registry, parent, &institution->id))
		return err_at(err, RC_INVALID, "/parent", "circle_of_units",
		    "%s stands below %s already", above->slug,
		    institution->slug);
	return RC_OK;
}

enum rc
place_institution_decide(struct command *command, struct effects *effects,
    struct reply *reply, struct err *err)
{
	const struct place_institution *place = &command->place;
	const struct registry *registry = effects->snapshot->registry;
	const struct institution *institution = registry_institution(
	    registry, &place->institution);
	struct registry_change *change;
	struct event *event;

	TRY(access_check(&command->actor, RIGHT_PROPOSE_REGISTRY, err));
	if (institution == NULL)
		return err_set(
		    err, RC_MISSING, "not_found", "no institution has this id");
	if (!id_is_zero(&place->parent))
		TRY(check_parent(registry, institution, &place->parent, err));
	change = effects_add_change(effects);
	change->kind = REGISTRY_PROPOSE_PLACE;
	change->id = change->institution = institution->id;
	change->actor = command->actor.principal;
	change->at = command->at;
	change->place = place;
	event = effects_note(effects, command, "institution.place_proposed",
	    NULL, ID_INSTITUTION, &institution->id);
	if (!id_is_zero(&place->parent))
		effects_event_id(
		    effects, event, "parent", ID_INSTITUTION, &place->parent);
	event_text(event, "district", place->district);
	reply->status = 201;
	reply->thing = institution->id;
	return RC_OK;
}
