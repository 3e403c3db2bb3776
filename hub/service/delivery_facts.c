/*
 * Facts of delivery: see delivery_facts.h.
 */
#include "hub/service/delivery_facts.h"

#include "hub/domain/ids.h"
#include "hub/service/issuing.h"
#include "hub/service/restoring.h"

static const enum target_event events[DELIVERY_FACT_COUNT] = {
	[DELIVERY_ATTEMPTED] = TARGET_EVENT_ATTEMPTED,
	[DELIVERY_DELIVERED] = TARGET_EVENT_DELIVERED,
	[DELIVERY_ESCALATED] = TARGET_EVENT_ESCALATED,
};

/* Only the message that carries a generation of a target moves it. */
static bool
carries_target(enum message_type type)
{
	return type == MESSAGE_FREEZE_REQUESTED ||
	    type == MESSAGE_FREEZE_AMENDED ||
	    type == MESSAGE_CORRECTION_SUPPLIED;
}

static void
describe(struct effects *effects, struct event *event,
    const struct delivery_report *report, const struct target *target)
{
	event->happened_at = report->at;
	issuing_describe(effects, event, target);
	effects_event_id(
	    effects, event, "message", ID_MESSAGE, &report->message);
	if (report->status != 0)
		event_number(event, "http_status", report->status);
	event_text(event, "error", report->error);
}

/* A report may come twice (lease take-over).  An escalation of what is
 * delivered by now, or was escalated before, tells nobody anything. */
static bool
is_known(const struct target *target, enum delivery_fact fact)
{
	switch (fact) {
	case DELIVERY_ATTEMPTED:
		return target->sent_at != 0;
	case DELIVERY_DELIVERED:
		return target->delivered_at != 0;
	case DELIVERY_ESCALATED:
	case DELIVERY_FACT_COUNT:
		break;
	}
	return target->state != TARGET_QUEUED && target->state != TARGET_SENT;
}

/* The officer must telephone.  `order` NULL: the request itself. */
static void
tell_unit(struct command *command, struct effects *effects,
    struct target *target, const char *order)
{
	const struct snapshot *snapshot = effects->snapshot;
	const struct case_file *case_file = snapshot_case(
	    snapshot, &target->case_id);
	size_t first = effects->message_count;

	if (case_file == NULL)
		return;
	issuing_tell_unit(effects, command, MESSAGE_TARGET_UNDELIVERABLE,
	    case_file, &target, 1, NULL,
	    registry_institution(snapshot->registry, &target->institution));
	for (size_t i = first; i < effects->message_count; i++)
		effects->messages[i].envelope.order = order;
}

/* The first attempt leaves its time whether it failed or not. */
static void
stamp(struct target *target, const struct delivery_report *report)
{
	if (report->fact == DELIVERY_ATTEMPTED && target->sent_at == 0)
		target->sent_at = report->at;
	if (report->fact == DELIVERY_DELIVERED && target->sent_at == 0)
		target->sent_at = report->attempted_at;
	if (report->fact == DELIVERY_DELIVERED && target->delivered_at == 0)
		target->delivered_at = report->at;
}

static void
apply(struct command *command, struct effects *effects,
    const struct delivery_report *report, struct target *target)
{
	enum target_event move = events[report->fact];
	struct event *event;
	int next;

	stamp(target, report);
	if (machine_next(&target_machine, (int)target->state, move, &next,
		NULL) == RC_OK) {
		event = effects_move_target(effects, command, target, move);
		describe(effects, event, report, target);
		if (report->fact == DELIVERY_ESCALATED)
			tell_unit(command, effects, target, NULL);
		return;
	}
	/* The target is further on: the fact is kept. */
	event = effects_note(effects, command, "target.delivery_recorded",
	    &target->case_id, ID_TARGET, &target->id);
	effects_touch_target(effects, command, target);
	describe(effects, event, report, target);
}

/* ---- orders */

static bool
waits_for_release(const struct target *target)
{
	return target->state == TARGET_RELEASE_PENDING;
}

static bool
waits_for_reduction(const struct target *target)
{
	return target->reduce_to_minor != 0;
}

static bool
is_withdrawn(const struct target *target)
{
	return target->state == TARGET_CANCELLED;
}

static bool
is_held(const struct target *target)
{
	return target_state_is_held(target->state);
}

static bool
is_attached(const struct target *target)
{
	return target->state == TARGET_ATTACHED;
}

/* Messages that order something of a target which the institution has
 * already, and whether it still waits: R5, they get through like a freeze. */
static const struct {
	enum message_type type;
	bool (*waits)(const struct target *target);
} orders[] = {
	{ MESSAGE_RELEASE_ORDERED, waits_for_release },
	{ MESSAGE_HOLD_REDUCE, waits_for_reduction },
	{ MESSAGE_HOLD_EXTEND, is_held },
	{ MESSAGE_FREEZE_WITHDRAWN, is_withdrawn },
	{ MESSAGE_HOLD_ATTACHED, is_attached },
	{ MESSAGE_RESTITUTION_ORDERED, restoring_is_held },
};

static bool
is_waiting_order(enum message_type type, const struct target *target)
{
	for (size_t i = 0; i < COUNT(orders); i++)
		if (orders[i].type == type)
			return orders[i].waits(target);
	return false;
}

/* No move: where the target stands is told by its answers alone. */
static void
note_order(struct command *command, struct effects *effects,
    const struct delivery_report *report, struct target *target)
{
	const char *order = words_name(&message_type_words, (int)report->type);
	struct event *event;

	if (report->fact == DELIVERY_ATTEMPTED ||
	    !is_waiting_order(report->type, target))
		return;
	event = effects_note(effects, command,
	    report->fact == DELIVERY_DELIVERED ? "target.order_delivered"
					       : "target.order_undeliverable",
	    &target->case_id, ID_TARGET, &target->id);
	describe(effects, event, report, target);
	event_text(event, "order", order);
	if (report->fact == DELIVERY_ESCALATED)
		tell_unit(command, effects, target, order);
}

void
delivery_facts_apply(struct command *command, struct effects *effects,
    const struct delivery_report *report)
{
	for (size_t i = 0; i < report->target_count; i++) {
		struct target *target = snapshot_target(
		    effects->snapshot, &report->targets[i]);

		if (target == NULL || target->generation != report->generation)
			continue;
		if (!carries_target(report->type))
			note_order(command, effects, report, target);
		else if (!is_known(target, report->fact))
			apply(command, effects, report, target);
	}
}
