/*
 * Pass a deadline: a stage of a clock has come, and the clerk brings it.  The
 * owner is reminded, then told of the breach; some clocks also do what the
 * law has them do at their end.  What somebody did in the meantime has ended
 * the clock: then nothing happens.
 */
#include "hub/base/clock.h"
#include "hub/domain/clocks.h"
#include "hub/domain/ids.h"
#include "hub/service/issuing.h"
#include "hub/service/use_cases.h"
#include "hub/service/withdrawing.h"

enum { PRIORITY_STATUS = 1 };

/* What a clock is about. */
struct passing {
	struct command *command;
	struct effects *effects;
	struct deadline *deadline;
	struct case_file *case_file;
	struct freeze_request *request;
	struct target *target; /* of a request's clock: its first, or NULL */
};

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

static ending *const endings[DEADLINE_KIND_COUNT] = {
	[DEADLINE_CORRECTION] = close_correction,
	[DEADLINE_HOLD] = expire_hold,
	[DEADLINE_CONFIRMATION] = lapse_emergency,
	[DEADLINE_REQUEST] = expire_request,
};

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
		messages[i].envelope.deadline = copy(passing);
		messages[i].envelope.to_unit = to_unit;
	}
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
	effects_event_id(
	    effects, event, "owed_by", ID_INSTITUTION, &deadline->owed_by);
}

static void
warn(const struct passing *passing)
{
	bool by_unit = clocks_rule(passing->deadline->kind)->owed_by_unit;

	note(passing, "deadline.warning");
	tell(passing, MESSAGE_DEADLINE_WARNING, &passing->deadline->owed_by,
	    by_unit);
}

/* The unit is told of every breach, also of its own.  The target is touched:
 * whoever has it sees an overlay now. */
static void
tell_breach(const struct passing *passing)
{
	if (passing->target != NULL &&
	    id_equal(&passing->target->id, &passing->deadline->subject))
		effects_touch_target(
		    passing->effects, passing->command, passing->target);
	note(passing, "deadline.breached");
	if (!clocks_rule(passing->deadline->kind)->owed_by_unit)
		tell(passing, MESSAGE_DEADLINE_BREACHED,
		    &passing->deadline->owed_by, false);
	tell(passing, MESSAGE_DEADLINE_BREACHED, &passing->case_file->unit,
	    true);
}

/* ---- the stages */

static enum rc
reach(struct passing *passing, struct err *err)
{
	struct deadline *deadline = passing->deadline;
	ending *end = endings[deadline->kind];

	switch (deadline->stage) {
	case DEADLINE_AT_HALF:
	case DEADLINE_AT_FOUR_FIFTHS:
		warn(passing);
		break;
	case DEADLINE_AT_END:
		if (end != NULL)
			TRY(end(passing, err));
		if (clocks_rule(deadline->kind)->reminds)
			tell_breach(passing);
		break;
	case DEADLINE_A_DAY_LATER:
		tell_breach(passing);
		break;
	case DEADLINE_STAGE_COUNT:
		break;
	}
	clocks_advance(deadline);
	deadline->row.is_dirty = true;
	return RC_OK;
}

/* After an outage a reminder that another has overtaken is left out; the end
 * never is. */
static void
skip_overtaken(struct deadline *deadline, int64_t at)
{
	while (deadline->stage < DEADLINE_AT_END &&
	    clocks_stage_at(deadline, deadline->stage + 1) <= at)
		clocks_advance(deadline);
}

/* When its subject says that it ends; 0: the clock has its own end. */
static int64_t
end_of(const struct passing *passing)
{
	switch (passing->deadline->kind) {
	case DEADLINE_HOLD:
		return passing->target->expires_at;
	case DEADLINE_CORRECTION:
		return passing->target->correct_until;
	case DEADLINE_CONFIRMATION:
		return passing->request->confirm_by;
	case DEADLINE_REQUEST:
		return passing->request->expires_at;
	case DEADLINE_ACKNOWLEDGEMENT:
	case DEADLINE_DECISION:
	case DEADLINE_RELEASE:
	case DEADLINE_KIND_COUNT:
		break;
	}
	return 0;
}

/* Its end was put off without a move: the clock goes on to the new one. */
static bool
is_put_off(const struct passing *passing)
{
	struct deadline *deadline = passing->deadline;
	int64_t end = end_of(passing);

	if (end <= deadline->due_at)
		return false;
	deadline->due_at = end;
	deadline->next_at = clocks_stage_at(deadline, deadline->stage);
	deadline->row.is_dirty = true;
	return deadline->next_at > passing->command->at;
}

static uint32_t
running(const struct passing *passing)
{
	if (passing->deadline->kind == DEADLINE_CONFIRMATION ||
	    passing->deadline->kind == DEADLINE_REQUEST)
		return clocks_of_request(
		    passing->request, passing->request->state);
	return clocks_of_target(passing->target->state);
}

static enum rc
find(struct passing *passing, struct err *err)
{
	const struct snapshot *snapshot = passing->effects->snapshot;
	const struct deadline *deadline = passing->deadline;
	struct target **targets;
	size_t count = 0;

	passing->target = snapshot_target(snapshot, &deadline->subject);
	passing->request = snapshot_request(snapshot,
	    passing->target == NULL ? &deadline->subject
				    : &passing->target->request);
	passing->case_file = snapshot_case(snapshot, &deadline->case_id);
	if (passing->request == NULL || passing->case_file == NULL)
		return err_set(err, RC_MISSING, "not_found",
		    "a deadline's subject is not there");
	if (passing->target != NULL)
		return RC_OK;
	targets = issuing_targets_of(snapshot, &passing->request->id, &count);
	if (targets != NULL && count > 0)
		passing->target = targets[0];
	return RC_OK;
}

enum rc
pass_deadline_decide(struct command *command, struct effects *effects,
    struct reply *reply, struct err *err)
{
	struct passing passing = { .command = command, .effects = effects };

	if (command->actor.role != ROLE_HUB)
		return err_set(err, RC_FORBIDDEN, "role_not_allowed",
		    "only the hub's clerk passes deadlines");
	reply->status = 200;
	passing.deadline = snapshot_deadline(effects->snapshot,
	    &command->deadline.subject, command->deadline.kind);
	if (passing.deadline == NULL || passing.deadline->next_at == 0 ||
	    passing.deadline->next_at > command->at)
		return RC_OK; /* somebody was faster */
	TRY(find(&passing, err));
	if ((running(&passing) & UINT32_C(1) << passing.deadline->kind) == 0) {
		effects_end_deadline(effects, &passing.deadline->subject,
		    passing.deadline->kind);
		return RC_OK;
	}
	if (is_put_off(&passing))
		return RC_OK;
	skip_overtaken(passing.deadline, command->at);
	reply->case_id = passing.case_file->id;
	reply->request = passing.request->id;
	return reach(&passing, err);
}
