/*
 * Order a restitution that was proposed, or refuse it.  The order is a
 * court's or another authority's; a supervisor registers it who has not
 * proposed it.  From then on the money is kept for the victim: the hold lasts
 * as long as the payment may take, and as long again.
 */
#include "hub/base/clock.h"
#include "hub/domain/access.h"
#include "hub/domain/ids.h"
#include "hub/domain/profile.h"
#include "hub/service/issuing.h"
#include "hub/service/restoring.h"
#include "hub/service/use_cases.h"

/* ---- refusing */

static void
refuse(struct command *command, struct effects *effects,
    struct restitution *restitution, struct target *target)
{
	const char *reason = command->order.reason;
	struct event *event = effects_move_restitution(
	    effects, command, restitution, RESTITUTION_EVENT_REFUSED);

	restitution->decided_by = command->actor.principal;
	restitution->decided_at = restitution->ended_at = command->at;
	restoring_describe(effects, event, restitution);
	event_text(event, "reason", reason);
	restoring_tell_unit(effects, command, restitution, target, reason);
}

/* ---- ordering */

static enum rc
check(const struct command *command, const struct snapshot *snapshot,
    const struct restitution *restitution, const struct target *target,
    struct err *err)
{
	if (id_equal(&restitution->proposed_by, &command->actor.principal))
		return err_set(err, RC_FORBIDDEN, "own_proposal",
		    "another supervisor registers the order");
	TRY(restoring_check_held(restitution, target, err));
	TRY(restoring_check_paper(
	    snapshot, &command->order.document, target, err));
	return issuing_check_reach(snapshot, target, command->at, err);
}

/* A bank that is late must not win the money for the account's holder. */
static void
keep_hold(struct command *command, struct effects *effects,
    struct target *target, struct freeze_request *request, int64_t until)
{
	bool is_attached = target->state == TARGET_ATTACHED;
	char text[CLOCK_TEXT_SIZE];
	struct event *event;

	if (target->expires_at >= until)
		return;
	target->expires_at = until;
	if (!is_attached && request->expires_at < until) {
		request->expires_at = until;
		effects_touch_request(effects, command, request);
	}
	event = effects_move_target(effects, command, target,
	    is_attached ? TARGET_EVENT_ATTACHED : TARGET_EVENT_EXTENDED);
	issuing_describe(effects, event, target);
	event_text(event, "expires_at",
	    arena_strdup(
		effects->snapshot->arena, clock_format(until, 3, text)));
	event_text(event, "reason", "restitution ordered");
}

static void
tell_institution(struct command *command, struct effects *effects,
    const struct restitution *restitution, struct target *target)
{
	size_t count = 0;
	struct message_row *messages = effects_enqueue(effects, command,
	    MESSAGE_RESTITUTION_ORDERED, 0, &target->institution, &target, 1,
	    &count);

	for (size_t i = 0; i < count; i++)
		messages[i].envelope.restitution = restitution;
}

static void
order(struct command *command, struct effects *effects,
    struct restitution *restitution, struct target *target,
    const struct profile *profile)
{
	struct freeze_request *request = snapshot_request(
	    effects->snapshot, &target->request);
	char text[CLOCK_TEXT_SIZE];
	struct event *event;

	restitution->decided_by = command->actor.principal;
	restitution->decided_at = command->at;
	restitution->due_at = calendar_after(
	    &profile->calendar, command->at, &profile->restitution);
	restitution->order = command->order.order;
	event = effects_move_restitution(
	    effects, command, restitution, RESTITUTION_EVENT_ORDERED);
	restoring_describe(effects, event, restitution);
	event_text(event, "due_at",
	    arena_strdup(effects->snapshot->arena,
		clock_format(restitution->due_at, 3, text)));
	event_text(event, "order", command->order.order);
	keep_hold(command, effects, target, request,
	    restitution->due_at + (restitution->due_at - command->at));
	tell_institution(command, effects, restitution, target);
}

static enum rc
order_checked(struct command *command, struct effects *effects,
    struct restitution *restitution, struct target *target,
    const struct case_file *file, struct err *err)
{
	const struct profile *profile = profile_find(file->profile);

	TRY(check(command, effects->snapshot, restitution, target, err));
	if (profile == NULL)
		return err_set(err, RC_CONFLICT, "unknown_profile",
		    "this hub has no profile %s", file->profile);
	order(command, effects, restitution, target, profile);
	return RC_OK;
}

enum rc
order_restitution_decide(struct command *command, struct effects *effects,
    struct reply *reply, struct err *err)
{
	bool is_refusal = command->order.is_refusal;
	struct restitution *restitution;
	struct case_file *file;
	struct target *target;
	int next;

	TRY(access_check(&command->actor,
	    is_refusal ? RIGHT_PROPOSE_RESTITUTION : RIGHT_ORDER_RESTITUTION,
	    err));
	TRY(restoring_find(command, effects->snapshot,
	    &command->order.restitution, &restitution, &target, &file, err));
	TRY(machine_next(&restitution_machine, (int)restitution->state,
	    is_refusal ? RESTITUTION_EVENT_REFUSED : RESTITUTION_EVENT_ORDERED,
	    &next, err));
	if (is_refusal)
		refuse(command, effects, restitution, target);
	else
		TRY(order_checked(
		    command, effects, restitution, target, file, err));
	restoring_reply(reply, restitution);
	return RC_OK;
}
