/*
 * Facts of delivery: see delivery_facts.h.
 */
#include "hub/service/delivery_facts.h"

#include "hub/domain/ids.h"
#include "hub/service/issuing.h"

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

/* The officer must telephone. */
static void
tell_unit(struct command *command, struct effects *effects,
    const struct case_file *case_file, struct target *target)
{
	const struct institution *about = registry_institution(
	    effects->snapshot->registry, &target->institution);

	issuing_tell_unit(effects, command, MESSAGE_TARGET_UNDELIVERABLE,
	    case_file, &target, 1, NULL, about);
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
	struct case_file *case_file = snapshot_case(
	    effects->snapshot, &target->case_id);
	struct event *event;
	int next;

	stamp(target, report);
	if (machine_next(&target_machine, (int)target->state, move, &next,
		NULL) == RC_OK) {
		event = effects_move_target(effects, command, target, move);
		describe(effects, event, report, target);
		if (report->fact == DELIVERY_ESCALATED && case_file != NULL)
			tell_unit(command, effects, case_file, target);
		return;
	}
	/* The target is further on: the fact is kept. */
	event = effects_note(effects, command, "target.delivery_recorded",
	    &target->case_id, ID_TARGET, &target->id);
	effects_touch_target(effects, command, target);
	describe(effects, event, report, target);
}

void
delivery_facts_apply(struct command *command, struct effects *effects,
    const struct delivery_report *report)
{
	if (!carries_target(report->type))
		return;
	for (size_t i = 0; i < report->target_count; i++) {
		struct target *target = snapshot_target(
		    effects->snapshot, &report->targets[i]);

		if (target == NULL ||
		    target->generation != report->generation ||
		    is_known(target, report->fact))
			continue;
		apply(command, effects, report, target);
	}
}
