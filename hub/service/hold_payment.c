/*
 * A bank's own pause of a customer's payment, because the payee is on the
 * list or a signal came.  Both ends are on record: the customer confirms (and
 * it is executed at once, unless the payee is still listed: then strictly the
 * term) or refuses; the term's own end is passed by the clerk.
 */
#include <string.h>

#include "hub/domain/access.h"
#include "hub/domain/ids.h"
#include "hub/service/risking.h"
#include "hub/service/use_cases.h"

static bool
is_listed(const struct command *command, const struct effects *effects,
    const uint8_t hash[RISK_HASH_SIZE])
{
	size_t next = 0;

	return risk_rows_listed(
		   &effects->snapshot->risk, hash, command->at, &next) != NULL;
}

/* ---- placing */

static enum rc
check_signal(const struct command *command, const struct effects *effects,
    struct err *err)
{
	const struct place_payment_hold *draft = &command->place_payment_hold;
	const struct received_signal *signal;

	if (!draft->has_signal)
		return RC_OK;
	signal = risk_rows_received(&effects->snapshot->risk, &draft->signal,
	    &command->actor.institution);
	if (signal == NULL || signal->expires_at <= command->at)
		return err_at(err, RC_INVALID, "/signal", "unknown_signal",
		    "no signal of this id that is still good came to you");
	return RC_OK;
}

static void
fill(struct payment_hold *hold, struct command *command,
    const struct effects *effects, enum payment_ground ground)
{
	const struct place_payment_hold *draft = &command->place_payment_hold;

	hold->row.is_new = true;
	hold->id = command_next_id(command);
	hold->institution = command->actor.institution;
	hold->created_by = command->actor.principal;
	hold->ground = (int)ground;
	if (draft->has_signal)
		hold->signal = draft->signal;
	hold->type = draft->payee.type;
	(void)identifier_mask(&draft->payee, hold->mask);
	memcpy(hold->hash, draft->payee_hash, sizeof(hold->hash));
	hold->money = draft->money;
	hold->created_at = command->at;
	hold->term_ends_at = command->at +
	    risk_term_span(
		risking_profile(effects->snapshot, &hold->institution),
		RISK_PAYMENT_HOLD);
	hold->draft = draft;
}

enum rc
place_payment_hold_decide(struct command *command, struct effects *effects,
    struct reply *reply, struct err *err)
{
	const struct place_payment_hold *draft = &command->place_payment_hold;
	struct payment_hold *hold;
	struct event *event;
	bool is_on_list;

	TRY(access_check(&command->actor, RIGHT_HOLD_PAYMENT, err));
	if (!risk_rule_holds_payments(command->actor.kind))
		return err_set(err, RC_FORBIDDEN, "bank_needed",
		    "only who pays for customers holds their payments");
	TRY(check_signal(command, effects, err));
	is_on_list = is_listed(command, effects, draft->payee_hash);
	if (!is_on_list && !draft->has_signal)
		return err_at(err, RC_INVALID, "/payee", "no_ground",
		    "the payee is on no list, and no signal is named");
	hold = risk_rows_add_hold(&effects->snapshot->risk);
	if (hold == NULL)
		return err_set(
		    err, RC_TOO_LARGE, "batch_full", "too much at once");
	fill(hold, command, effects,
	    is_on_list ? PAYMENT_PAYEE_LISTED : PAYMENT_SIGNAL);
	event = risking_move_hold(
	    effects, command, hold, STATE_NEW, PAYMENT_HOLD_EVENT_PLACED);
	event_text(
	    event, "ground", words_name(&payment_ground_words, hold->ground));
	effects_event_id(effects, event, "signal", ID_SIGNAL, &hold->signal);
	reply->status = 201;
	reply->thing = hold->id;
	return RC_OK;
}

/* ---- the customer's answer */

static enum payment_hold_event
move_of(const struct command *command, const struct effects *effects,
    const struct payment_hold *hold)
{
	if (command->answer_payment_hold.answer == PAYMENT_REFUSED)
		return PAYMENT_HOLD_EVENT_REFUSED;
	return is_listed(command, effects, hold->hash)
	    ? PAYMENT_HOLD_EVENT_CONFIRMED_LISTED
	    : PAYMENT_HOLD_EVENT_CONFIRMED;
}

enum rc
answer_payment_hold_decide(struct command *command, struct effects *effects,
    struct reply *reply, struct err *err)
{
	struct payment_hold *hold = risk_rows_hold(
	    &effects->snapshot->risk, &command->answer_payment_hold.hold);
	enum payment_hold_event move;
	int to;

	TRY(access_check(&command->actor, RIGHT_HOLD_PAYMENT, err));
	if (hold == NULL ||
	    !id_equal(&hold->institution, &command->actor.institution))
		return err_set(err, RC_MISSING, "not_found",
		    "no payment hold of yours has this id");
	move = move_of(command, effects, hold);
	TRY(machine_next(
	    &payment_hold_machine, (int)hold->state, (int)move, &to, err));
	if (hold->term_ends_at <= command->at)
		return err_set(err, RC_CONFLICT, "term_over",
		    "the term is over: the hold ends by itself");
	(void)risking_move_hold(effects, command, hold, (int)hold->state, move);
	hold->answered_at = command->at;
	if (!payment_hold_state_waits(hold->state))
		hold->ended_at = command->at;
	reply->status = 200;
	reply->thing = hold->id;
	return RC_OK;
}
