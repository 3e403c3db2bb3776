/*
 * Messages that a decision sends: see effects.h.
 */
#include "hub/domain/effects.h"

#include <stdio.h>
#include <string.h>

/* What every message of one call shares. */
struct queue {
	struct effects *effects;
	struct command *command;
	enum message_type type;
	int priority;
	const struct endpoint *endpoint;
};

/* The person who answers for what the police ask.  A responder's or the hub's
 * own act has none. */
static const struct actor *
officer_of(const struct command *command)
{
	const struct actor *actor = &command->actor;

	if (actor->kind == INSTITUTION_POLICE_UNIT &&
	    (actor->role == ROLE_OFFICER || actor->role == ROLE_SUPERVISOR))
		return actor;
	return NULL;
}

/* Whoever asked for it, where the hub goes on by itself: a lead that it
 * follows is the officer's request still.  NULL: it was no officer. */
static const struct actor *
asker_of(const struct snapshot *snapshot, const struct freeze_request *request)
{
	const struct principal *person = registry_principal(
	    snapshot->registry, &request->requested_by);
	const struct institution *unit = person == NULL
	    ? NULL
	    : registry_institution(snapshot->registry, &person->institution);
	const struct certificate *certificate;
	struct actor *actor;

	if (unit == NULL || unit->kind != INSTITUTION_POLICE_UNIT)
		return NULL;
	certificate = registry_certificate_of(snapshot->registry, &person->id);
	if (certificate == NULL)
		return NULL;
	actor = arena_alloc(snapshot->arena, sizeof(*actor));
	if (actor == NULL)
		return NULL;
	actor->principal = person->id;
	actor->institution = unit->id;
	actor->role = person->role;
	actor->kind = unit->kind;
	(void)snprintf(actor->rank, sizeof(actor->rank), "%s", person->rank);
	memcpy(actor->key, certificate->key, sizeof(actor->key));
	return actor;
}

/* What stands about each target beside it. */
static bool
envelope_list(struct envelope *envelope, const struct snapshot *snapshot,
    struct target *const *targets, size_t count)
{
	const struct target **copy = arena_alloc(
	    snapshot->arena, count * sizeof(*copy));
	const struct txn **txns = arena_alloc(
	    snapshot->arena, count * sizeof(*txns));
	const struct institution **institutions = arena_alloc(
	    snapshot->arena, count * sizeof(*institutions));

	if (copy == NULL || txns == NULL || institutions == NULL)
		return false;
	for (size_t i = 0; i < count; i++) {
		copy[i] = targets[i];
		txns[i] = id_is_zero(&targets[i]->txn)
		    ? NULL
		    : snapshot_txn(snapshot, &targets[i]->txn);
		institutions[i] = registry_institution(
		    snapshot->registry, &targets[i]->institution);
	}
	envelope->targets = copy;
	envelope->txns = txns;
	envelope->institutions = institutions;
	envelope->target_count = count;
	return true;
}

/* Papers of the police on the request: what an institution may ask for. */
static bool
envelope_list_documents(
    struct envelope *envelope, const struct snapshot *snapshot)
{
	const struct document **list;

	if (snapshot->document_count == 0)
		return true;
	list = arena_alloc(
	    snapshot->arena, snapshot->document_count * sizeof(*list));
	if (list == NULL)
		return false;
	for (size_t i = 0; i < snapshot->document_count; i++) {
		const struct document *document = snapshot->documents[i];

		if (document_state_counts(document->state) &&
		    !document->by_institution &&
		    snapshot_is_about(document, &envelope->request->id))
			list[envelope->document_count++] = document;
	}
	envelope->documents = list;
	return true;
}

static bool
envelope_fill(struct envelope *envelope, const struct queue *queue,
    struct target *const *targets, size_t count)
{
	const struct snapshot *snapshot = queue->effects->snapshot;

	envelope->id = command_next_id(queue->command);
	envelope->type = queue->type;
	envelope->created_at = queue->command->at;
	envelope->officer = officer_of(queue->command);
	envelope->note = "";
	if (count == 0)
		return true;
	envelope->case_file = snapshot_case(snapshot, &targets[0]->case_id);
	envelope->request = snapshot_request(snapshot, &targets[0]->request);
	if (envelope->case_file == NULL || envelope->request == NULL)
		return false;
	if (envelope->officer == NULL &&
	    queue->type == MESSAGE_FREEZE_REQUESTED)
		envelope->officer = asker_of(snapshot, envelope->request);
	envelope->unit = registry_institution(
	    snapshot->registry, &envelope->case_file->unit);
	return envelope_list_documents(envelope, snapshot) &&
	    envelope_list(envelope, snapshot, targets, count);
}

static struct message_row *
message_add(
    const struct queue *queue, struct target *const *targets, size_t count)
{
	struct effects *effects = queue->effects;
	struct message_row *grown = arena_grow(effects->snapshot->arena,
	    effects->messages, effects->message_count,
	    &effects->message_capacity, sizeof(*grown));
	struct message_row *row;

	if (grown == NULL)
		return NULL;
	effects->messages = grown;
	row = &grown[effects->message_count];
	if (!envelope_fill(&row->envelope, queue, targets, count))
		return NULL;
	row->endpoint = queue->endpoint;
	row->institution = queue->endpoint->institution;
	row->priority = queue->priority;
	effects->message_count++;
	return row;
}

/* Nothing was queued: a row that nobody saves. */
static struct message_row *
queue_fail(struct effects *effects, size_t *count)
{
	effects->failed = true;
	*count = 1;
	memset(&effects->spare_message, 0, sizeof(effects->spare_message));
	return &effects->spare_message;
}

struct message_row *
effects_enqueue_to(struct effects *effects, struct command *command,
    enum message_type type, int priority, const struct endpoint *endpoint)
{
	const struct queue queue = { effects, command, type, priority,
		endpoint };
	struct message_row *row = message_add(&queue, NULL, 0);
	size_t count;

	return row != NULL ? row : queue_fail(effects, &count);
}

struct message_row *
effects_enqueue(struct effects *effects, struct command *command,
    enum message_type type, int priority, const struct id *institution,
    struct target *const *targets, size_t target_count, size_t *count)
{
	const struct queue queue = { effects, command, type, priority,
		registry_endpoint_of(
		    effects->snapshot->registry, institution, command->at) };
	size_t first = effects->message_count, done = 0, most, part;

	if (queue.endpoint == NULL)
		return queue_fail(effects, count);
	most = queue.endpoint->max_batch > 1 ? (size_t)queue.endpoint->max_batch
					     : 1;
	do {
		part = target_count - done;
		if (part > most)
			part = most;
		if (message_add(&queue, targets + done, part) == NULL)
			return queue_fail(effects, count);
		done += part;
	} while (done < target_count);
	*count = effects->message_count - first;
	return &effects->messages[first];
}
