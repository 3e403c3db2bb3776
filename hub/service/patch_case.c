/*
 * Change what a complaint says of itself: its typology, whether the victim
 * authorised the payment, and its priority, which may only be raised.  What
 * has gone out stays as it is; a request is changed by its amendment.
 */
#include "hub/domain/access.h"
#include "hub/domain/ids.h"
#include "hub/service/lookup.h"
#include "hub/service/use_cases.h"

static enum rc
check(const struct patch_case *patch, const struct case_file *file,
    struct err *err)
{
	if (file->row_version != patch->row_version)
		return err_set(err, RC_STALE, "stale",
		    "the case has changed since you read it");
	if (file->state == CASE_REJECTED || file->state == CASE_CLOSED ||
	    file->state == CASE_WITHDRAWN || file->state == CASE_MERGED)
		return err_set(err, RC_CONFLICT, "case_over", "the case is %s",
		    machine_state_name(&case_machine, (int)file->state));
	if (patch->has_priority && patch->priority > file->priority)
		return err_at(err, RC_INVALID, "/priority", "priority_lowered",
		    "a priority may only be raised; it is %s",
		    words_name(&priority_words, (int)file->priority));
	return RC_OK;
}

/* Both are words, so they may stand in the event in clear. */
static void
apply(
    const struct patch_case *patch, struct case_file *file, struct event *event)
{
	if (patch->has_priority) {
		event_text(event, "priority_was",
		    words_name(&priority_words, (int)file->priority));
		file->priority = patch->priority;
		event_text(event, "priority",
		    words_name(&priority_words, (int)file->priority));
	}
	if (patch->has_typology) {
		event_text(event, "typology_was",
		    words_name(&typology_words, file->typology));
		file->typology = patch->typology;
		event_text(event, "typology",
		    words_name(&typology_words, file->typology));
	}
	if (patch->has_authorised) {
		event_text(event, "authorised_was",
		    words_name(&authorised_words, (int)file->authorised));
		file->authorised = patch->authorised;
		event_text(event, "authorised",
		    words_name(&authorised_words, (int)file->authorised));
	}
}

enum rc
patch_case_decide(struct command *command, struct effects *effects,
    struct reply *reply, struct err *err)
{
	const struct patch_case *patch = &command->patch_case;
	struct case_file *file;
	struct event *event;

	TRY(access_check(&command->actor, RIGHT_PATCH_CASE, err));
	TRY(lookup_case(
	    command, effects->snapshot, &patch->case_id, &file, err));
	TRY(check(patch, file, err));
	event = effects_note(
	    effects, command, "case.amended", &file->id, ID_CASE, &file->id);
	apply(patch, file, event);
	effects_touch_case(effects, command, file);
	reply->status = 200;
	reply->case_id = file->id;
	return RC_OK;
}
