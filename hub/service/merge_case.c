/*
 * Merge a case into another of the units that the actor answers for: one
 * complaint that came twice.  What is held and what is under way at an
 * institution stays where it is, with its ids and clocks, and is followed to
 * its end; only what the other case asks for as well is superseded
 * (docs/decisions/0016-case-acts.md).
 */
#include <string.h>

#include "hub/domain/access.h"
#include "hub/domain/ids.h"
#include "hub/service/formalities.h"
#include "hub/service/issuing.h"
#include "hub/service/lookup.h"
#include "hub/service/use_cases.h"

enum { PRIORITY_FREEZE, PRIORITY_STATUS };

struct merging {
	struct command *command;
	struct effects *effects;
	struct case_file *from, *into;
	struct target **told; /* superseded, and known to their institution */
	size_t told_count, superseded;
};

static enum rc
check(
    const struct case_file *from, const struct case_file *into, struct err *err)
{
	int next;

	if (id_equal(&from->id, &into->id))
		return err_at(err, RC_INVALID, "/into", "same_case",
		    "a case cannot go on in itself");
	if (from->state == CASE_MERGED)
		return err_set(err, RC_CONFLICT, "already_merged",
		    "the case has been merged already");
	TRY(machine_next(
	    &case_machine, (int)from->state, CASE_EVENT_MERGED, &next, err));
	/* Open is what could be merged itself. */
	if (machine_next(&case_machine, (int)into->state, CASE_EVENT_MERGED,
		&next, NULL) != RC_OK)
		return err_at(err, RC_CONFLICT, "/into", "case_not_open",
		    "the other case is %s",
		    machine_state_name(&case_machine, (int)into->state));
	return RC_OK;
}

/* Live, not turned down, and none of it on its way back: else nobody would
 * hold the money for the other case. */
static bool
goes_on(const struct target *target)
{
	return !target_state_is_over(target->state) &&
	    target->state != TARGET_REJECTED &&
	    target->state != TARGET_RELEASE_PENDING &&
	    target->reduce_to_minor == 0;
}

/* The same action on the same identifier and amount at the same institution:
 * two fields, as a hold needs them.  One that was sent gives way only to one that
 * was sent as well. */
static bool
asks_the_same(const struct target *left, const struct target *right)
{
	return id_equal(&left->institution, &right->institution) &&
	    memcmp(left->identifier_hash, right->identifier_hash,
		sizeof left->identifier_hash) == 0 &&
	    money_same_currency(&left->requested, &right->requested) &&
	    left->requested.minor == right->requested.minor && goes_on(right) &&
	    (left->queued_at == 0 || right->queued_at != 0);
}

/* A hold does not give way to a question for records. */
static bool
has_same_action(const struct snapshot *snapshot, const struct target *left,
    const struct target *right)
{
	const struct freeze_request *first = snapshot_request(
	    snapshot, &left->request);
	const struct freeze_request *second = snapshot_request(
	    snapshot, &right->request);

	return first != NULL && second != NULL &&
	    first->action == second->action;
}

static const struct target *
find_same(const struct merging *merging, const struct target *target)
{
	const struct snapshot *snapshot = merging->effects->snapshot;

	for (size_t i = 0; i < snapshot->target_count; i++)
		if (id_equal(
			&snapshot->targets[i]->case_id, &merging->into->id) &&
		    has_same_action(snapshot, target, snapshot->targets[i]) &&
		    asks_the_same(target, snapshot->targets[i]))
			return snapshot->targets[i];
	return NULL;
}

static void
supersede(struct merging *merging, struct target *target)
{
	const struct target *same;
	struct event *event;
	int next;

	if (machine_next(&target_machine, (int)target->state,
		TARGET_EVENT_MERGED, &next, NULL) != RC_OK ||
	    (same = find_same(merging, target)) == NULL)
		return;
	target->duplicate_of = same->id;
	event = effects_move_target(
	    merging->effects, merging->command, target, TARGET_EVENT_MERGED);
	issuing_describe(merging->effects, event, target);
	effects_event_id(
	    merging->effects, event, "duplicate_of", ID_TARGET, &same->id);
	merging->superseded++;
	if (target->queued_at != 0)
		merging->told[merging->told_count++] = target;
}

/* A request of which nothing is left to be done. */
static void
end_request(struct merging *merging, struct freeze_request *request)
{
	struct target **targets;
	size_t count, over = 0;
	enum request_event move = request->state == REQUEST_ISSUED
	    ? REQUEST_EVENT_COMPLETED
	    : REQUEST_EVENT_WITHDRAWN;
	int next;

	targets = issuing_targets_of(
	    merging->effects->snapshot, &request->id, &count);
	for (size_t i = 0; targets != NULL && i < count; i++)
		over += target_state_is_over(targets[i]->state);
	if (targets == NULL || over < count ||
	    machine_next(&request_machine, (int)request->state, (int)move,
		&next, NULL) != RC_OK)
		return;
	(void)effects_move_request(
	    merging->effects, merging->command, request, move);
	request->desired_state = request->state;
	formalities_end(merging->effects, merging->command, request);
}

static void
tell_unit(struct merging *merging, const struct id *unit)
{
	struct effects *effects = merging->effects;
	struct message_row *messages;
	size_t count;

	/* Who cannot be reached at present reads it in the case. */
	if (registry_endpoint_of(effects->snapshot->registry, unit,
		merging->command->at) == NULL)
		return;
	messages = effects_enqueue(effects, merging->command,
	    MESSAGE_CASE_MERGED, PRIORITY_STATUS, unit, NULL, 0, &count);
	for (size_t i = 0; i < count; i++) {
		messages[i].envelope.case_file = merging->from;
		messages[i].envelope.merged_into = merging->into;
		messages[i].envelope.note = merging->command->merge.note;
	}
}

static void
tell(struct merging *merging)
{
	issuing_tell(merging->effects, merging->command,
	    MESSAGE_FREEZE_WITHDRAWN, PRIORITY_FREEZE, merging->told,
	    merging->told_count, "the same is asked for in another case");
	tell_unit(merging, &merging->from->unit);
	if (!id_equal(&merging->from->unit, &merging->into->unit))
		tell_unit(merging, &merging->into->unit);
}

static void
move_case(struct merging *merging)
{
	struct effects *effects = merging->effects;
	struct case_file *from = merging->from, *into = merging->into;
	struct event *event;

	from->merged_into = into->id;
	event = effects_move_case(
	    effects, merging->command, from, CASE_EVENT_MERGED);
	effects_event_id(effects, event, "into", ID_CASE, &into->id);
	event_text(event, "note", merging->command->merge.note);
	event = effects_note(effects, merging->command, "case.absorbed",
	    &into->id, ID_CASE, &into->id);
	effects_event_id(effects, event, "from", ID_CASE, &from->id);
	event_text(event, "ref", from->ref);
	event_text(event, "note", merging->command->merge.note);
	effects_touch_case(effects, merging->command, into);
}

static void
merge(struct merging *merging)
{
	struct snapshot *snapshot = merging->effects->snapshot;
	size_t targets = snapshot->target_count;

	merging->told = arena_alloc(
	    snapshot->arena, (targets + 1) * sizeof(struct target *));
	if (merging->told == NULL) {
		merging->effects->failed = true;
		return;
	}
	move_case(merging);
	for (size_t i = 0; i < targets; i++)
		if (id_equal(
			&snapshot->targets[i]->case_id, &merging->from->id))
			supersede(merging, snapshot->targets[i]);
	for (size_t i = 0; i < snapshot->request_count; i++)
		if (merging->superseded > 0 &&
		    id_equal(
			&snapshot->requests[i]->case_id, &merging->from->id))
			end_request(merging, snapshot->requests[i]);
	tell(merging);
}

enum rc
merge_case_decide(struct command *command, struct effects *effects,
    struct reply *reply, struct err *err)
{
	struct merging merging = { .command = command, .effects = effects };

	TRY(access_check(&command->actor, RIGHT_MERGE_CASE, err));
	TRY(lookup_case(command, effects->snapshot, &command->merge.case_id,
	    &merging.from, err));
	if (lookup_case(command, effects->snapshot, &command->merge.into,
		&merging.into, err) != RC_OK)
		return err_at(err, RC_INVALID, "/into", "unknown_case",
		    "there is no such case, or it is not yours");
	TRY(check(merging.from, merging.into, err));
	merge(&merging);
	reply->status = 200;
	reply->case_id = merging.from->id;
	return RC_OK;
}
