/*
 * Clocks that follow moves: see timing.h.
 */
#include "hub/service/timing.h"

#include "hub/domain/clocks.h"
#include "hub/domain/profile.h"

#define CLOCK(kind) (UINT32_C(1) << (kind))

/* Which clocks a move ends and begins. */
struct change {
	uint32_t ending, beginning;
};

/* `again`: what begins anew though it ran before the move as well. */
static struct change
change_of(uint32_t before, uint32_t after, uint32_t again)
{
	return (struct change){
		.ending = before & ~after,
		.beginning = after & (~before | again),
	};
}

static void
end_all(struct effects *effects, const struct id *subject, uint32_t clocks)
{
	for (int kind = 0; kind < DEADLINE_KIND_COUNT; kind++)
		if ((clocks & CLOCK(kind)) != 0)
			effects_end_deadline(
			    effects, subject, (enum deadline_kind)kind);
}

static void
follow_target(const struct command *command, struct effects *effects,
    const struct event *event)
{
	const struct snapshot *snapshot = effects->snapshot;
	const struct target *target = snapshot_target(
	    snapshot, &event->subject);
	const struct freeze_request *request;
	const struct case_file *file;
	const struct profile *profile;
	struct deadline begun = { 0 };
	struct change change;

	if (target == NULL)
		return; /* of a full arena: the batch fails */
	request = snapshot_request(snapshot, &target->request);
	file = snapshot_case(snapshot, &target->case_id);
	profile = file == NULL ? NULL : profile_find(file->profile);
	if (request == NULL || profile == NULL)
		return;
	/* A hold that is held on may have another end. */
	change = change_of(event->from == STATE_NEW
		? 0
		: clocks_of_target((enum target_state)event->from),
	    clocks_of_target((enum target_state)event->to),
	    CLOCK(DEADLINE_HOLD));
	end_all(effects, &target->id, change.ending);
	for (int kind = 0; kind < DEADLINE_KIND_COUNT; kind++) {
		if ((change.beginning & CLOCK(kind)) == 0 ||
		    !clocks_begin_target((enum deadline_kind)kind, target,
			request, profile, command->at, &begun))
			continue;
		begun.owed_by = clocks_rule(begun.kind)->owed_by_unit
		    ? file->unit
		    : target->institution;
		effects_set_deadline(
		    effects, &target->id, &begun, event->from == STATE_NEW);
	}
}

static void
follow_request(struct effects *effects, const struct event *event)
{
	const struct freeze_request *request = snapshot_request(
	    effects->snapshot, &event->subject);
	const struct case_file *file;
	uint32_t before, again;
	struct deadline begun = { 0 };
	struct change change;

	file = request == NULL
	    ? NULL
	    : snapshot_case(effects->snapshot, &request->case_id);
	if (file == NULL)
		return;
	before = event->from == STATE_NEW
	    ? 0
	    : clocks_of_request(request, (enum request_state)event->from);
	if (event->move == REQUEST_EVENT_CONFIRMED)
		before |= CLOCK(DEADLINE_CONFIRMATION);
	again = event->move == REQUEST_EVENT_AMENDED ? CLOCK(DEADLINE_REQUEST)
						     : 0;
	change = change_of(before,
	    clocks_of_request(request, (enum request_state)event->to), again);
	end_all(effects, &request->id, change.ending);
	for (int kind = 0; kind < DEADLINE_KIND_COUNT; kind++) {
		if ((change.beginning & CLOCK(kind)) == 0 ||
		    !clocks_begin_request(
			(enum deadline_kind)kind, request, &file->unit, &begun))
			continue;
		effects_set_deadline(
		    effects, &request->id, &begun, event->from == STATE_NEW);
	}
}

static void
follow_formality(struct effects *effects, const struct event *event)
{
	const struct formality *formality = snapshot_formality(
	    effects->snapshot, &event->subject);
	const struct case_file *file = formality == NULL
	    ? NULL
	    : snapshot_case(effects->snapshot, &formality->case_id);
	struct deadline begun = { 0 };
	struct change change;

	if (file == NULL)
		return;
	change = change_of(event->from == STATE_NEW
		? 0
		: clocks_of_formality((enum formality_state)event->from),
	    clocks_of_formality((enum formality_state)event->to), 0);
	end_all(effects, &formality->id, change.ending);
	if (change.beginning == 0)
		return;
	clocks_begin_formality(formality, &file->unit, &begun);
	effects_set_deadline(
	    effects, &formality->id, &begun, event->from == STATE_NEW);
}

static void
follow_grievance(const struct command *command, struct effects *effects,
    const struct event *event)
{
	const struct grievance *grievance = snapshot_grievance(
	    effects->snapshot, &event->subject);
	const struct case_file *file = grievance == NULL
	    ? NULL
	    : snapshot_case(effects->snapshot, &grievance->case_id);
	bool is_escalated = grievance_state_is_escalated(
	    (enum grievance_state)event->to);
	struct deadline begun = { 0 };
	struct change change;

	if (file == NULL)
		return;
	/* Whoever it is escalated to has a time of their own. */
	change = change_of(event->from == STATE_NEW
		? 0
		: clocks_of_grievance((enum grievance_state)event->from),
	    clocks_of_grievance((enum grievance_state)event->to),
	    is_escalated ? CLOCK(DEADLINE_GRIEVANCE_DECISION) : 0);
	end_all(effects, &grievance->id, change.ending);
	for (int kind = 0; kind < DEADLINE_KIND_COUNT; kind++)
		if ((change.beginning & CLOCK(kind)) != 0 &&
		    clocks_begin_grievance((enum deadline_kind)kind, grievance,
			&file->unit, command->at, &begun))
			effects_set_deadline(effects, &grievance->id, &begun,
			    event->from == STATE_NEW);
}

/* What belongs to no case has one clock, while it is open. */
static void
follow_apart(struct effects *effects, const struct event *event,
    const struct deadline *begun, bool was_open, bool is_open)
{
	if (was_open && !is_open)
		effects_end_deadline(effects, &event->subject, begun->kind);
	if (!was_open && is_open)
		effects_set_deadline(effects, &event->subject, begun, true);
}

static void
follow_watch(const struct command *command, struct effects *effects,
    const struct event *event)
{
	const struct watch_entry *entry = risk_rows_watch(
	    &effects->snapshot->risk, &event->subject);
	struct deadline begun = { 0 };

	if (entry == NULL)
		return;
	clocks_begin_apart(DEADLINE_WATCH, &entry->institution, command->at,
	    entry->expires_at, &begun);
	follow_apart(effects, event, &begun,
	    event->from != STATE_NEW &&
		watch_state_is_listed((enum watch_state)event->from),
	    watch_state_is_listed((enum watch_state)event->to));
}

static void
follow_payment_hold(const struct command *command, struct effects *effects,
    const struct event *event)
{
	const struct payment_hold *hold = risk_rows_hold(
	    &effects->snapshot->risk, &event->subject);
	struct deadline begun = { 0 };

	if (hold == NULL)
		return;
	clocks_begin_apart(DEADLINE_PAYMENT_HOLD, &hold->institution,
	    command->at, hold->term_ends_at, &begun);
	follow_apart(effects, event, &begun,
	    event->from != STATE_NEW &&
		payment_hold_state_waits((enum payment_hold_state)event->from),
	    payment_hold_state_waits((enum payment_hold_state)event->to));
}

static void
follow_restitution(struct effects *effects, const struct event *event)
{
	const struct restitution *restitution = snapshot_restitution(
	    effects->snapshot, &event->subject);
	struct deadline begun = { 0 };
	struct change change;

	if (restitution == NULL)
		return;
	change = change_of(event->from == STATE_NEW
		? 0
		: clocks_of_restitution((enum restitution_state)event->from),
	    clocks_of_restitution((enum restitution_state)event->to), 0);
	end_all(effects, &restitution->id, change.ending);
	if (change.beginning == 0)
		return;
	clocks_begin_restitution(restitution, &begun);
	effects_set_deadline(effects, &restitution->id, &begun, false);
}

void
timing_follow(
    const struct command *command, struct effects *effects, size_t first)
{
	for (size_t i = first; i < effects->event_count; i++) {
		const struct event *event = &effects->events[i];

		if (event->machine == &target_machine)
			follow_target(command, effects, event);
		else if (event->machine == &request_machine)
			follow_request(effects, event);
		else if (event->machine == &formality_machine)
			follow_formality(effects, event);
		else if (event->machine == &grievance_machine)
			follow_grievance(command, effects, event);
		else if (event->machine == &watch_machine)
			follow_watch(command, effects, event);
		else if (event->machine == &payment_hold_machine)
			follow_payment_hold(command, effects, event);
		else if (event->machine == &restitution_machine)
			follow_restitution(effects, event);
	}
}
