/*
 * Documents owed: see formalities.h.
 */
#include "hub/service/formalities.h"

#include <stdio.h>

#include "hub/base/clock.h"
#include "hub/domain/authority_list.h"
#include "hub/domain/ids.h"

static void
owe_one(struct effects *effects, struct command *command,
    const struct freeze_request *request, const struct authority_entry *entry,
    const struct profile_owed *owed)
{
	struct arena *arena = effects->snapshot->arena;
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
	formality->due_at = command->at + owed->due_seconds * CLOCK_SECOND;
	formality->created_at = formality->updated_at = command->at;
	event = effects_enter_formality(
	    effects, command, formality, FORMALITY_EVENT_OWED);
	effects_event_id(effects, event, "request", ID_REQUEST, &request->id);
	event_text(event, "type", formality->type);
	event_text(event, "profile", formality->profile);
	event_text(event, "basis", formality->basis);
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
		owe_one(effects, command, request, entry, &basis->owed[i]);
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
