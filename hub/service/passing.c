/*
 * A clock at its stages: see passing.h.
 */
#include "hub/service/passing.h"

#include "hub/base/clock.h"
#include "hub/domain/clocks.h"
#include "hub/domain/ids.h"
#include "hub/service/formalities.h"
#include "hub/service/grieving.h"
#include "hub/service/issuing.h"
#include "hub/service/withdrawing.h"

enum { PRIORITY_STATUS = 1 };

/* ---- what happens at the end */

typedef enum rc ending(const struct passing *passing, struct err *err);

static enum rc
expire_hold(const struct passing *passing, struct err *err)
{
	struct target *target = passing->target;
	struct event *event;

	(void)err;
	/* All of it goes: a smaller order is overtaken. */
	target->reduce_to_minor = 0;
	event = effects_move_target(
	    passing->effects, passing->command, target, TARGET_EVENT_EXPIRED);
	issuing_describe(passing->effects, event, target);
	issuing_tell(passing->effects, passing->command,
	    MESSAGE_RELEASE_ORDERED, 0, &target, 1,
	    "the time of the hold is over");
	return RC_OK;
}

static enum rc
close_correction(const struct passing *passing, struct err *err)
{
	struct event *event = effects_move_target(passing->effects,
	    passing->command, passing->target, TARGET_EVENT_WINDOW_OVER);

	(void)err;
	issuing_describe(passing->effects, event, passing->target);
	return RC_OK;
}

/* Nobody else stood up for it: as if it had never been sent. */
static enum rc
lapse_emergency(const struct passing *passing, struct err *err)
{
	TRY(withdrawing_all(passing->command, passing->effects,
	    passing->request, REQUEST_EVENT_WITHDRAWN,
	    "no other supervisor confirmed the emergency in time", err));
	passing->request->desired_state = REQUEST_WITHDRAWN;
	return RC_OK;
}

static enum rc
expire_request(const struct passing *passing, struct err *err)
{
	return withdrawing_all(passing->command, passing->effects,
	    passing->request, REQUEST_EVENT_EXPIRED,
	    "the time of the request is over", err);
}

static enum rc
close_formality(const struct passing *passing, struct err *err)
{
	const struct command *command = passing->command;
	struct effects *effects = passing->effects;
	struct formality *formality = passing->formality;
	struct target **targets;
	struct event *event;
	size_t count;

	(void)err;
	if (formality->state == FORMALITY_OVERDUE)
		return RC_OK;
	event = effects_move_formality(
	    effects, command, formality, FORMALITY_EVENT_TIME_OVER);
	effects_event_id(
	    effects, event, "request", ID_REQUEST, &formality->request);
	event_text(event, "type", formality->type);
	/* Whoever has one of them sees that it is unperfected now. */
	effects_touch_request(effects, command, passing->request);
	targets = issuing_targets_of(
	    effects->snapshot, &formality->request, &count);
	for (size_t i = 0; targets != NULL && i < count; i++)
		if (!target_state_is_over(targets[i]->state))
			effects_touch_target(effects, command, targets[i]);
	formalities_tell(effects, passing->command, formality, "");
	return RC_OK;
}

/* It goes on to whoever is above; behind the last of them stands nobody. */
static enum rc
pass_grievance_on(const struct passing *passing, struct err *err)
{
	struct grievance *grievance = passing->grievance;
	struct event *event;
	int next;

	(void)err;
	if (machine_next(&grievance_machine, (int)grievance->state,
		GRIEVANCE_EVENT_TIME_OVER, &next, NULL) != RC_OK)
		return RC_OK;
	event = effects_move_grievance(passing->effects, passing->command,
	    grievance, GRIEVANCE_EVENT_TIME_OVER);
	issuing_describe(passing->effects, event, passing->target);
	/* Who declined alone has no say in what is above. */
	grievance->declined_by = (struct id){ { 0 } };
	grievance->due_at = grievance_rule_due(passing->case_file->profile,
	    grievance->state, passing->command->at);
	grieving_tell_unit(
	    passing->effects, passing->command, grievance, passing->target, "");
	return RC_OK;
}

static ending *const endings[DEADLINE_KIND_COUNT] = {
	[DEADLINE_CORRECTION] = close_correction,
	[DEADLINE_HOLD] = expire_hold,
	[DEADLINE_CONFIRMATION] = lapse_emergency,
	[DEADLINE_REQUEST] = expire_request,
	[DEADLINE_FORMALITY] = close_formality,
	[DEADLINE_GRIEVANCE_REPLY] = pass_grievance_on,
	[DEADLINE_GRIEVANCE_DECISION] = pass_grievance_on,
};

enum rc
passing_end(const struct passing *passing, struct err *err)
{
	ending *end = endings[passing->deadline->kind];

	return end == NULL ? RC_OK : end(passing, err);
}

/* ---- telling */

/* The row goes on; the message tells of the stage that came. */
static const struct deadline *
copy(const struct passing *passing)
{
	const struct deadline *kept = arena_memdup(
	    passing->effects->snapshot->arena, passing->deadline,
	    sizeof *passing->deadline);

	if (kept == NULL)
		passing->effects->failed = true;
	return kept;
}

/* Who of the receiver is on duty, where the receiver owes it; NULL: no roster
 * says so.  Nobody else's people are named. */
static const struct duty *
duty_of(const struct passing *passing, const struct id *institution)
{
	const struct snapshot *snapshot = passing->effects->snapshot;
	struct duty duty;
	const struct duty *kept;

	registry_duty(
	    snapshot->registry, institution, passing->command->at, &duty);
	if (!duty.has_roster ||
	    !id_equal(institution, &passing->deadline->owed_by))
		return NULL;
	kept = arena_memdup(snapshot->arena, &duty, sizeof(duty));
	if (kept == NULL)
		passing->effects->failed = true;
	return kept;
}

static void
tell(const struct passing *passing, enum message_type type,
    const struct id *institution, bool to_unit)
{
	struct effects *effects = passing->effects;
	struct target *target = passing->target;
	struct message_row *messages;
	size_t count;

	/* Who cannot be reached at present sees it in the case. */
	if (target == NULL ||
	    registry_endpoint_of(effects->snapshot->registry, institution,
		passing->command->at) == NULL)
		return;
	messages = effects_enqueue(effects, passing->command, type,
	    PRIORITY_STATUS, institution, &target, 1, &count);
	for (size_t i = 0; i < count; i++) {
		messages[i].envelope.duty = duty_of(passing, institution);
		messages[i].envelope.deadline = copy(passing);
		messages[i].envelope.formality = passing->formality;
		messages[i].envelope.restitution = passing->restitution;
		messages[i].envelope.to_unit = to_unit;
	}
}

/* How many were on duty, and the first of them: who was there when it came. */
static void
note_duty(const struct passing *passing, struct event *event)
{
	struct duty duty;

	registry_duty(passing->effects->snapshot->registry,
	    &passing->deadline->owed_by, passing->command->at, &duty);
	if (!duty.has_roster)
		return;
	event_number(event, "on_duty", (int64_t)duty.count);
	if (duty.count > 0)
		effects_event_id(passing->effects, event, "first_on_duty",
		    ID_PRINCIPAL, &duty.people[0]->id);
}

static void
note(const struct passing *passing, const char *type)
{
	struct effects *effects = passing->effects;
	const struct deadline *deadline = passing->deadline;
	struct event *event = effects_note(effects, passing->command, type,
	    &passing->case_file->id, clocks_rule(deadline->kind)->prefix,
	    &deadline->subject);
	char text[CLOCK_TEXT_SIZE];
	const char *due = arena_strdup(
	    effects->snapshot->arena, clock_format(deadline->due_at, 3, text));

	if (due == NULL)
		effects->failed = true;
	event_text(event, "kind",
	    words_name(&deadline_kind_words, (int)deadline->kind));
	event_text(event, "due_at", due);
	event_number(event, "percent", clocks_percent(deadline->stage));
	if (passing->formality != NULL)
		event_text(event, "type", passing->formality->type);
	effects_event_id(
	    effects, event, "owed_by", ID_INSTITUTION, &deadline->owed_by);
	note_duty(passing, event);
}

/* Nobody of the unit is on duty by its roster: the nearest unit above that
 * has somebody is told as well. */
static void
hand_over(const struct passing *passing, enum message_type type)
{
	const struct institution *above = registry_hands_over(
	    passing->effects->snapshot->registry, &passing->case_file->unit,
	    passing->command->at);

	if (above != NULL)
		tell(passing, type, &above->id, true);
}

void
passing_warn(const struct passing *passing)
{
	bool by_unit = clocks_rule(passing->deadline->kind)->owed_by_unit;

	note(passing, "deadline.warning");
	tell(passing,
	    passing->formality == NULL ? MESSAGE_DEADLINE_WARNING
				       : MESSAGE_FORMALITY_DUE,
	    &passing->deadline->owed_by, by_unit);
	if (by_unit)
		hand_over(passing,
		    passing->formality == NULL ? MESSAGE_DEADLINE_WARNING
					       : MESSAGE_FORMALITY_DUE);
}

/* The target is touched: whoever has it sees an overlay now. */
void
passing_tell_breach(const struct passing *passing)
{
	if (passing->target != NULL &&
	    id_equal(&passing->target->id, &passing->deadline->subject))
		effects_touch_target(
		    passing->effects, passing->command, passing->target);
	note(passing, "deadline.breached");
	if (!clocks_rule(passing->deadline->kind)->owed_by_unit)
		tell(passing, MESSAGE_DEADLINE_BREACHED,
		    &passing->deadline->owed_by, false);
	tell(passing,
	    passing->formality == NULL ? MESSAGE_DEADLINE_BREACHED
				       : MESSAGE_FORMALITY_DUE,
	    &passing->case_file->unit, true);
	hand_over(passing,
	    passing->formality == NULL ? MESSAGE_DEADLINE_BREACHED
				       : MESSAGE_FORMALITY_DUE);
}
