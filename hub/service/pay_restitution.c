/*
 * What the institution says of a payment that it was ordered to make: begun,
 * paid with its proof, or failed.  What is paid is held no more; a person
 * says so, as with a release.
 */
#include "hub/domain/access.h"
#include "hub/domain/ids.h"
#include "hub/service/issuing.h"
#include "hub/service/restoring.h"
#include "hub/service/use_cases.h"

static const enum restitution_event moves[PAYMENT_STEP_COUNT] = {
	[PAYMENT_BEGUN] = RESTITUTION_EVENT_BEGUN,
	[PAYMENT_PAID] = RESTITUTION_EVENT_PAID,
	[PAYMENT_FAILED] = RESTITUTION_EVENT_FAILED,
};

static enum rc
check_paid(const struct command *command, const struct restitution *restitution,
    const struct target *target, struct err *err)
{
	const struct pay_restitution *pay = &command->pay;
	char text[MONEY_TEXT_SIZE];

	if (!money_same_currency(&pay->amount, &restitution->amount) ||
	    pay->amount.minor != restitution->amount.minor)
		return err_at(err, RC_INVALID, "/amount", "not_as_ordered",
		    "%s %s are ordered",
		    money_format(&restitution->amount, text),
		    restitution->amount.currency);
	if (pay->paid_at > command->at)
		return err_at(err, RC_INVALID, "/paid_at", "in_the_future",
		    "what is not paid yet is paying");
	TRY(restoring_check_held(restitution, target, err));
	if (target->reduce_to_minor != 0)
		return err_set(err, RC_CONFLICT, "reduction_ordered",
		    "confirm the reduction first: REDUCED");
	return RC_OK;
}

/* With the last of it the target is over.  A part is no longer asked for, as
 * after a reduction: held_full stays full. */
static void
lower_hold(struct command *command, struct effects *effects,
    const struct restitution *restitution, struct target *target)
{
	bool is_last = target->held_minor == restitution->amount.minor;
	struct event *event;

	target->held_minor -= restitution->amount.minor;
	if (!is_last)
		target->requested.minor -= restitution->amount.minor;
	event = effects_move_target(effects, command, target,
	    is_last ? TARGET_EVENT_RESTORED : TARGET_EVENT_PART_RESTORED);
	issuing_describe(effects, event, target);
	effects_event_id(
	    effects, event, "restitution", ID_RESTITUTION, &restitution->id);
	effects_event_money(effects, event, "amount", &restitution->amount);
}

/* The victim's own case tells of it, where the money lay in another one. */
static void
note_victim(const struct command *command, struct effects *effects,
    const struct restitution *restitution)
{
	struct event *event;

	if (id_equal(&restitution->claim_case, &restitution->case_id))
		return;
	event = effects_note(effects, command, "case.restitution_paid",
	    &restitution->claim_case, ID_CASE, &restitution->claim_case);
	effects_event_id(
	    effects, event, "restitution", ID_RESTITUTION, &restitution->id);
	effects_event_money(effects, event, "amount", &restitution->amount);
}

static void
pay(struct command *command, struct effects *effects,
    struct restitution *restitution, struct target *target)
{
	const struct pay_restitution *pay = &command->pay;
	struct event *event;

	if (pay->step != PAYMENT_BEGUN) {
		restitution->ended_at = command->at;
		restitution->proof = pay->proof;
		restitution->sealed_proof = (struct blob){ 0 };
	}
	if (pay->step == PAYMENT_PAID)
		restitution->paid_at = pay->paid_at;
	event = effects_move_restitution(
	    effects, command, restitution, moves[pay->step]);
	if (pay->step == PAYMENT_PAID)
		event->happened_at = pay->paid_at;
	restoring_describe(effects, event, restitution);
	event_text(event, "proof", pay->proof);
	if (pay->step == PAYMENT_PAID) {
		lower_hold(command, effects, restitution, target);
		note_victim(command, effects, restitution);
	}
	restoring_tell_unit(effects, command, restitution, target, "");
}

enum rc
pay_restitution_decide(struct command *command, struct effects *effects,
    struct reply *reply, struct err *err)
{
	struct restitution *restitution;
	struct case_file *file;
	struct target *target;
	int next;

	TRY(access_check(&command->actor, RIGHT_PAY_RESTITUTION, err));
	TRY(restoring_find(command, effects->snapshot,
	    &command->pay.restitution, &restitution, &target, &file, err));
	TRY(machine_next(&restitution_machine, (int)restitution->state,
	    moves[command->pay.step], &next, err));
	if (command->pay.step == PAYMENT_PAID)
		TRY(check_paid(command, restitution, target, err));
	pay(command, effects, restitution, target);
	restoring_reply(reply, restitution);
	return RC_OK;
}
