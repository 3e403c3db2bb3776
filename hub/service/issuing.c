/*
 * Sending targets out: see issuing.h.
 */
#include "hub/service/issuing.h"

#include <stdlib.h>

#include "hub/domain/ids.h"
#include "hub/service/addressee.h"

enum { PRIORITY_FREEZE, PRIORITY_STATUS };

void
issuing_describe(
    struct effects *effects, struct event *event, const struct target *target)
{
	effects_event_id(effects, event, "target", ID_TARGET, &target->id);
	effects_event_id(effects, event, "institution", ID_INSTITUTION,
	    &target->institution);
	event_number(event, "generation", target->generation);
}

enum rc
issuing_check_reach(const struct snapshot *snapshot,
    const struct target *target, int64_t at, struct err *err)
{
	const struct institution *institution = registry_institution(
	    snapshot->registry, &target->institution);

	if (institution == NULL)
		return err_set(err, RC_CONFLICT, "institution_not_active",
		    "the institution is not registered any more");
	if (!addressee_is_reachable(snapshot->registry, institution, at))
		return err_set(err, RC_CONFLICT, "institution_not_active",
		    "%s cannot be reached at present", institution->name);
	return RC_OK;
}

static void
queue_target(struct effects *effects, struct command *command,
    struct target *target, bool is_entry)
{
	struct event *event;

	target->queued_at = command->at;
	event = is_entry ? effects_enter_target(
			       effects, command, target, TARGET_EVENT_ISSUED)
			 : effects_move_target(
			       effects, command, target, TARGET_EVENT_ISSUED);
	issuing_describe(effects, event, target);
	event_text(event, "identifier", target->mask);
	effects_event_money(
	    effects, event, "amount_requested", &target->requested);
}

static void
dispatch_case(struct effects *effects, struct command *command,
    struct case_file *case_file)
{
	if (case_file->state == CASE_VALIDATED)
		(void)effects_move_case(
		    effects, command, case_file, CASE_EVENT_DISPATCHED);
}

static bool
has_endpoint(const struct effects *effects, const struct command *command,
    const struct id *institution)
{
	return registry_endpoint_of(effects->snapshot->registry, institution,
		   command->at) != NULL;
}

void
issuing_tell(struct effects *effects, struct command *command,
    enum message_type type, int priority, struct target *const *targets,
    size_t count, const char *note)
{
	struct arena *arena = effects->snapshot->arena;
	struct target **group = arena_alloc(arena, (count + 1) * sizeof *group);
	bool *is_told = arena_alloc(arena, (count + 1) * sizeof *is_told);

	if (group == NULL || is_told == NULL) {
		effects->failed = true;
		return;
	}
	for (size_t i = 0; i < count; i++) {
		size_t group_count = 0, message_count = 0;
		struct message_row *messages;

		if (is_told[i])
			continue;
		for (size_t j = i; j < count; j++)
			if (id_equal(&targets[j]->institution,
				&targets[i]->institution)) {
				group[group_count++] = targets[j];
				is_told[j] = true;
			}
		if (!has_endpoint(effects, command, &targets[i]->institution))
			continue;
		messages = effects_enqueue(effects, command, type, priority,
		    &targets[i]->institution, group, group_count,
		    &message_count);
		for (size_t m = 0; m < message_count; m++)
			messages[m].envelope.note = note;
	}
}

static void
send_all(struct effects *effects, struct command *command,
    struct case_file *case_file, struct target **targets, size_t count,
    bool is_entry)
{
	if (count == 0)
		return;
	for (size_t i = 0; i < count; i++)
		queue_target(effects, command, targets[i], is_entry);
	dispatch_case(effects, command, case_file);
	issuing_tell(effects, command, MESSAGE_FREEZE_REQUESTED,
	    PRIORITY_FREEZE, targets, count, "");
}

void
issuing_enter(struct effects *effects, struct command *command,
    struct case_file *case_file, struct target **targets, size_t count)
{
	send_all(effects, command, case_file, targets, count, true);
}

void
issuing_send(struct effects *effects, struct command *command,
    struct case_file *case_file, struct target **targets, size_t count)
{
	struct target **proposed = arena_alloc(
	    effects->snapshot->arena, (count + 1) * sizeof *proposed);
	size_t proposed_count = 0;

	if (proposed == NULL) {
		effects->failed = true;
		return;
	}
	for (size_t i = 0; i < count; i++)
		if (targets[i]->state == TARGET_PROPOSED)
			proposed[proposed_count++] = targets[i];
	send_all(effects, command, case_file, proposed, proposed_count, false);
}

void
issuing_tell_unit(struct effects *effects, struct command *command,
    enum message_type type, const struct case_file *case_file,
    struct target *const *targets, size_t count, const struct respond *answer,
    const struct institution *about)
{
	struct message_row *messages;
	size_t message_count = 0;

	if (!has_endpoint(effects, command, &case_file->unit))
		return;
	messages = effects_enqueue(effects, command, type, PRIORITY_STATUS,
	    &case_file->unit, targets, count, &message_count);
	for (size_t i = 0; i < message_count; i++) {
		messages[i].envelope.answer = answer;
		messages[i].envelope.about = about;
	}
}

static void
tell_superseded(
    struct effects *effects, struct command *command, struct target *target)
{
	const struct case_file *file = target == NULL
	    ? NULL
	    : snapshot_case(effects->snapshot, &target->case_id);

	if (file != NULL)
		issuing_tell_unit(effects, command, MESSAGE_TARGET_SUPERSEDED,
		    file, &target, 1, NULL, NULL);
}

void
issuing_tell_duplicate(
    struct effects *effects, struct command *command, struct target *target)
{
	struct target *standing = snapshot_target(
	    effects->snapshot, &target->duplicate_of);

	tell_superseded(effects, command, target);
	/* Of one case there is nobody else to tell. */
	if (standing != NULL && !id_equal(&standing->case_id, &target->case_id))
		tell_superseded(effects, command, standing);
}

static int
by_position(const void *a, const void *b)
{
	const struct target *const *left = a, *const *right = b;

	return ((*left)->position > (*right)->position) -
	    ((*left)->position < (*right)->position);
}

struct target **
issuing_targets_of(
    const struct snapshot *snapshot, const struct id *request, size_t *count)
{
	struct target **targets = arena_alloc(snapshot->arena,
	    (snapshot->target_count + 1) * sizeof(struct target *));

	*count = 0;
	if (targets == NULL)
		return NULL;
	for (size_t i = 0; i < snapshot->target_count; i++)
		if (id_equal(&snapshot->targets[i]->request, request))
			targets[(*count)++] = snapshot->targets[i];
	qsort(targets, *count, sizeof *targets, by_position);
	return targets;
}
