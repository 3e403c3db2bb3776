/*
 * Documents, shared: see documents.h.
 */
#include "hub/service/documents.h"

#include "hub/base/encode.h"
#include "hub/domain/access.h"
#include "hub/domain/ids.h"
#include "hub/service/issuing.h"

enum { PRIORITY_STATUS = 1 };

bool
documents_has_target(const struct snapshot *snapshot, const struct id *request,
    const struct id *institution)
{
	for (size_t i = 0; i < snapshot->target_count; i++) {
		const struct target *target = snapshot->targets[i];

		/* What was never sent is not theirs to see. */
		if (id_equal(&target->request, request) &&
		    id_equal(&target->institution, institution) &&
		    target->queued_at != 0)
			return true;
	}
	return false;
}

bool
documents_is_for(const struct snapshot *snapshot,
    const struct document *document, const struct id *institution)
{
	for (size_t i = 0; i < document->request_count; i++)
		if (documents_has_target(
			snapshot, &document->requests[i], institution))
			return true;
	return false;
}

bool
documents_is_of_unit(const struct command *command,
    const struct snapshot *snapshot, const struct case_file *case_file)
{
	return command->actor.kind == INSTITUTION_POLICE_UNIT &&
	    access_sees_case(
		&command->actor, snapshot->registry, &case_file->unit, false);
}

enum rc
documents_missing(struct err *err)
{
	return err_set(err, RC_MISSING, "not_found",
	    "there is no such thing, or it is not yours");
}

/* ---- what the desk learns */

static bool
learn(struct learned_requests *learned, const struct id *request)
{
	for (size_t i = 0; i < learned->count; i++)
		if (id_equal(&learned->ids[i], request))
			return false;
	if (learned->count == COUNT(learned->ids))
		return false; /* the decision counts them again */
	learned->ids[learned->count++] = *request;
	return true;
}

static bool
learn_document(struct learned_requests *learned,
    const struct snapshot *snapshot, const struct id *id)
{
	const struct document *document = snapshot_document(snapshot, id);
	bool has_learned = false;

	for (size_t i = 0; document != NULL && i < document->request_count; i++)
		has_learned |= learn(learned, &document->requests[i]);
	return has_learned;
}

static bool
learn_formality(struct learned_requests *learned,
    const struct snapshot *snapshot, const struct id *id)
{
	const struct formality *formality = snapshot_formality(snapshot, id);

	return formality != NULL && learn(learned, &formality->request);
}

static bool
learn_filing(struct file_document *filing, const struct snapshot *snapshot)
{
	bool has_learned = learn_document(
	    &filing->learned, snapshot, &filing->supersedes);

	for (size_t i = 0; i < filing->formality_count; i++)
		has_learned |= learn_formality(
		    &filing->learned, snapshot, &filing->formalities[i]);
	return has_learned;
}

bool
documents_learn(struct command *command, const struct snapshot *snapshot)
{
	if (command->kind == COMMAND_FILE_DOCUMENT)
		return learn_filing(&command->file_document, snapshot);
	if (command->kind == COMMAND_DECIDE_DOCUMENT)
		return learn_document(&command->decide_document.learned,
		    snapshot, &command->decide_document.document);
	if (command->kind == COMMAND_WAIVE_FORMALITY)
		return learn_formality(&command->waive_formality.learned,
		    snapshot, &command->waive_formality.formality);
	return false;
}

/* ---- who hears of it */

static void
set_about(struct message_row *messages, size_t count,
    const struct document *document, const struct formality *formality,
    const char *note)
{
	for (size_t i = 0; i < count; i++) {
		messages[i].envelope.document = document;
		messages[i].envelope.formality = formality;
		messages[i].envelope.note = note;
	}
}

/* The first live target that each institution was sent, but for the actor's
 * own institution: one message stands for the request. */
static size_t
first_targets(const struct effects *effects, const struct command *command,
    const struct id *request, struct target **firsts)
{
	size_t all = 0, count = 0;
	struct target **targets = issuing_targets_of(
	    effects->snapshot, request, &all);

	for (size_t i = 0; targets != NULL && i < all; i++) {
		const struct id *institution = &targets[i]->institution;
		bool is_told = id_equal(
		    institution, &command->actor.institution);

		for (size_t n = 0; n < count; n++)
			is_told |= id_equal(
			    institution, &firsts[n]->institution);
		if (!is_told && targets[i]->queued_at != 0 &&
		    !target_state_is_over(targets[i]->state))
			firsts[count++] = targets[i];
	}
	return count;
}

void
documents_tell(struct effects *effects, struct command *command,
    enum message_type type, const struct id *request,
    const struct document *document, const struct formality *formality)
{
	const struct snapshot *snapshot = effects->snapshot;
	struct target **firsts = arena_alloc(snapshot->arena,
	    (snapshot->target_count + 1) * sizeof(struct target *));
	size_t count, message_count;

	if (firsts == NULL) {
		effects->failed = true;
		return;
	}
	count = first_targets(effects, command, request, firsts);
	for (size_t i = 0; i < count; i++) {
		const struct id *institution = &firsts[i]->institution;
		struct message_row *messages;

		if (registry_endpoint_of(
			snapshot->registry, institution, command->at) == NULL)
			continue;
		messages = effects_enqueue(effects, command, type,
		    PRIORITY_STATUS, institution, &firsts[i], 1,
		    &message_count);
		set_about(messages, message_count, document, formality, "");
	}
}

/* One target stands for the request: the unit knows the others. */
static struct target *
target_of(const struct snapshot *snapshot, const struct id *request,
    const struct id *institution)
{
	struct target *found = NULL;

	for (size_t i = 0; i < snapshot->target_count; i++) {
		struct target *target = snapshot->targets[i];

		if (!id_equal(&target->request, request))
			continue;
		if (found == NULL ||
		    (id_equal(&target->institution, institution) &&
			!id_equal(&found->institution, institution)))
			found = target;
	}
	return found;
}

void
documents_tell_unit(struct effects *effects, struct command *command,
    enum message_type type, const struct id *request,
    const struct document *document, const struct formality *formality,
    const char *note)
{
	const struct snapshot *snapshot = effects->snapshot;
	struct target *target = target_of(
	    snapshot, request, &command->actor.institution);
	const struct case_file *case_file = target == NULL
	    ? NULL
	    : snapshot_case(snapshot, &target->case_id);
	struct message_row *messages;
	size_t count = 0;

	if (case_file == NULL ||
	    registry_endpoint_of(
		snapshot->registry, &case_file->unit, command->at) == NULL)
		return;
	messages = effects_enqueue(effects, command, type, PRIORITY_STATUS,
	    &case_file->unit, &target, 1, &count);
	set_about(messages, count, document, formality, note);
	for (size_t i = 0; i < count; i++) {
		messages[i].envelope.to_unit = true;
		messages[i].envelope.about = registry_institution(
		    snapshot->registry, &command->actor.institution);
	}
}

/* Whoever has one of these sees what is owed on it, and "unperfected". */
static void
touch_shown(struct effects *effects, const struct command *command,
    const struct id *request)
{
	struct snapshot *snapshot = effects->snapshot;
	struct freeze_request *row = snapshot_request(snapshot, request);

	if (row != NULL)
		effects_touch_request(effects, command, row);
	for (size_t i = 0; i < snapshot->target_count; i++)
		if (id_equal(&snapshot->targets[i]->request, request) &&
		    !target_state_is_over(snapshot->targets[i]->state))
			effects_touch_target(
			    effects, command, snapshot->targets[i]);
}

void
documents_move_formality(struct effects *effects, struct command *command,
    struct formality *formality, enum formality_event move, const char *note)
{
	const struct snapshot *snapshot = effects->snapshot;
	const struct document *document = snapshot_document(
	    snapshot, &formality->document);
	struct event *event = effects_move_formality(
	    effects, command, formality, move);

	effects_event_id(
	    effects, event, "request", ID_REQUEST, &formality->request);
	event_text(event, "type", formality->type);
	effects_event_id(
	    effects, event, "document", ID_DOCUMENT, &formality->document);
	event_text(event, "reason", note);
	touch_shown(effects, command, &formality->request);
	documents_tell(effects, command, MESSAGE_FORMALITY_UPDATED,
	    &formality->request, document, formality);
	if (command->actor.kind != INSTITUTION_POLICE_UNIT)
		documents_tell_unit(effects, command, MESSAGE_FORMALITY_UPDATED,
		    &formality->request, document, formality, note);
}

/* ---- events and replies */

void
documents_describe(struct effects *effects, struct event *event,
    const struct document *document)
{
	char hex[HEX_SIZE(SNAPSHOT_HASH_SIZE)];
	const char *kept = arena_strdup(effects->snapshot->arena,
	    hex_encode(document->sha256, sizeof(document->sha256), hex));

	if (kept == NULL)
		effects->failed = true;
	event_text(event, "type", document->type);
	event_text(event, "sha256", kept);
	effects_event_id(effects, event, "institution", ID_INSTITUTION,
	    &document->institution);
}

void
documents_reply(struct reply *reply, const struct document *document)
{
	reply->status = 200;
	reply->case_id = document->case_id;
	reply->thing = document->id;
}
