/*
 * Documents owed: see formalities.h.
 */
#include "hub/service/formalities.h"

#include <stdio.h>
#include <string.h>

#include "hub/domain/authority_list.h"
#include "hub/domain/ids.h"
#include "hub/service/issuing.h"

enum { PRIORITY_STATUS = 1 };

/* An order that was verified before the request went out is there already. */
static void
settle_with_order(struct effects *effects, struct command *command,
    struct formality *formality)
{
	static const enum formality_event moves[] = { FORMALITY_EVENT_SUBMITTED,
		FORMALITY_EVENT_VERIFIED };
	const struct document *document = snapshot_verified_document(
	    effects->snapshot, &formality->request, formality->type);
	struct event *event;

	if (document == NULL)
		return;
	formality->document = document->id;
	for (size_t i = 0; i < COUNT(moves); i++) {
		event = effects_move_formality(
		    effects, command, formality, moves[i]);
		effects_event_id(
		    effects, event, "request", ID_REQUEST, &formality->request);
		effects_event_id(
		    effects, event, "document", ID_DOCUMENT, &document->id);
		event_text(event, "type", formality->type);
	}
}

/* A paper that an earlier law asked for as well stays due when it was: a
 * change of the law does not put it off. */
static int64_t
due_of(const struct snapshot *snapshot, const struct command *command,
    const struct freeze_request *request, const struct calendar *calendar,
    const struct profile_owed *owed)
{
	int64_t due = calendar_after(calendar, command->at, &owed->due);

	for (size_t i = 0; i < snapshot->formality_count; i++) {
		const struct formality *earlier = snapshot->formalities[i];

		if (id_equal(&earlier->request, &request->id) &&
		    earlier->state == FORMALITY_SUPERSEDED &&
		    strcmp(earlier->type, owed->document) == 0 &&
		    earlier->due_at < due)
			due = earlier->due_at;
	}
	return due < command->at ? command->at : due;
}

static void
owe_one(struct effects *effects, struct command *command,
    const struct freeze_request *request, const struct authority_entry *entry,
    const struct calendar *calendar, const struct profile_owed *owed)
{
	struct arena *arena = effects->snapshot->arena;
	int64_t due_at = due_of(
	    effects->snapshot, command, request, calendar, owed);
	struct formality *formality = effects_add_formality(effects);
	struct event *event;

	formality->id = command_next_id(command);
	formality->case_id = request->case_id;
	formality->request = request->id;
	formality->profile = arena_strdup(arena, entry->profile);
	formality->basis = arena_strdup(arena, entry->basis);
	if (formality->profile == NULL || formality->basis == NULL)
		effects->failed = true;
	formality->type = owed->document;
	formality->due_at = due_at;
	formality->created_at = formality->updated_at = command->at;
	event = effects_enter_formality(
	    effects, command, formality, FORMALITY_EVENT_OWED);
	effects_event_id(effects, event, "request", ID_REQUEST, &request->id);
	event_text(event, "type", formality->type);
	event_text(event, "profile", formality->profile);
	event_text(event, "basis", formality->basis);
	settle_with_order(effects, command, formality);
}

static void
owe_authority(struct effects *effects, struct command *command,
    const struct freeze_request *request, const struct authority_entry *entry)
{
	const struct profile *profile = authority_list_profile(entry->profile);
	const struct profile_basis *basis = profile == NULL
	    ? NULL
	    : profile_basis(profile, entry->basis);

	/* A request of another release of the hub. */
	if (basis == NULL)
		return;
	for (size_t i = 0; i < basis->owed_count; i++)
		owe_one(effects, command, request, entry, &profile->calendar,
		    &basis->owed[i]);
}

void
formalities_owe(struct effects *effects, struct command *command,
    const struct freeze_request *request)
{
	const char *more = request->more_authorities == NULL
	    ? ""
	    : request->more_authorities;
	struct authority_entry entry;

	(void)snprintf(
	    entry.profile, sizeof(entry.profile), "%s", request->profile);
	(void)snprintf(entry.basis, sizeof(entry.basis), "%s", request->basis);
	owe_authority(effects, command, request, &entry);
	while (authority_list_next(&more, &entry))
		owe_authority(effects, command, request, &entry);
}

void
formalities_end(struct effects *effects, struct command *command,
    const struct freeze_request *request)
{
	struct snapshot *snapshot = effects->snapshot;
	struct event *event;
	int next;

	for (size_t i = 0; i < snapshot->formality_count; i++) {
		struct formality *formality = snapshot->formalities[i];

		if (!id_equal(&formality->request, &request->id) ||
		    machine_next(&formality_machine, (int)formality->state,
			FORMALITY_EVENT_SUPERSEDED, &next, NULL) != RC_OK)
			continue;
		event = effects_move_formality(
		    effects, command, formality, FORMALITY_EVENT_SUPERSEDED);
		effects_event_id(
		    effects, event, "request", ID_REQUEST, &request->id);
		event_text(event, "type", formality->type);
	}
}

/* Is it the first of its institution's, of those that stand before `end`? */
static bool
is_first(struct target *const *targets, size_t end)
{
	for (size_t i = 0; i < end; i++)
		if (id_equal(
			&targets[i]->institution, &targets[end]->institution))
			return false;
	return true;
}

void
formalities_tell(struct effects *effects, struct command *command,
    const struct formality *formality, const char *note)
{
	const struct snapshot *snapshot = effects->snapshot;
	struct message_row *messages;
	struct target **targets;
	size_t all, live = 0, count;

	targets = issuing_targets_of(snapshot, &formality->request, &all);
	if (targets == NULL) {
		effects->failed = true;
		return;
	}
	for (size_t i = 0; i < all; i++)
		if (targets[i]->queued_at != 0 &&
		    !target_state_is_over(targets[i]->state))
			targets[live++] = targets[i];
	for (size_t i = 0; i < live; i++) {
		if (!is_first(targets, i) ||
		    registry_endpoint_of(snapshot->registry,
			&targets[i]->institution, command->at) == NULL)
			continue;
		messages = effects_enqueue(effects, command,
		    MESSAGE_FORMALITY_UPDATED, PRIORITY_STATUS,
		    &targets[i]->institution, &targets[i], 1, &count);
		for (size_t m = 0; m < count; m++) {
			messages[m].envelope.formality = formality;
			messages[m].envelope.note = note;
		}
	}
}
