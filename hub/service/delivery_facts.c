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

static void
stamp(struct target *target, const struct delivery_report *report)
{
	if (report->fact == DELIVERY_ATTEMPTED && target->sent_at == 0)
		target->sent_at = report->at;
	if (report->fact == DELIVERY_DELIVERED && target->delivered_at == 0)
		target->delivered_at = report->at;
}

void
delivery_facts_apply(struct command *command, struct effects *effects,
    const struct delivery_report *report)
{
	enum target_event move = events[report->fact];

	if (!carries_target(report->type))
		return;
	for (size_t i = 0; i < report->target_count; i++) {
		struct target *target = snapshot_target(
		    effects->snapshot, &report->targets[i]);
		struct event *event;
		int next;

		if (target == NULL || target->generation != report->generation)
			continue;
		/* A report may come twice (lease take-over). */
		if (report->fact == DELIVERY_DELIVERED &&
		    target->delivered_at != 0)
			continue;
		if (report->fact == DELIVERY_ATTEMPTED && target->sent_at != 0)
			continue;
		stamp(target, report);
		if (machine_next(&target_machine, (int)target->state, move,
			&next, NULL) == RC_OK) {
			event = effects_move_target(
			    effects, command, target, move);
		} else {
			/* The target is further on: the fact is kept. */
			struct case_file *file = snapshot_case(
			    effects->snapshot, &target->case_id);

			event = effects_note(effects, command,
			    "target.delivery_recorded", &target->case_id,
			    ID_TARGET, &target->id);
			target->row.is_dirty = true;
			if (file != NULL)
				file->row.is_dirty = true;
		}
		describe(effects, event, report, target);
	}
}
