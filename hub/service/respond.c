/*
 * Respond: a nodal officer or their system answers a target.  A lead becomes
 * a proposed child target; the police unit is told.
 */
#include <string.h>

#include "hub/base/clock.h"
#include "hub/domain/access.h"
#include "hub/domain/clocks.h"
#include "hub/domain/ids.h"
#include "hub/domain/profile.h"
#include "hub/service/addressee.h"
#include "hub/service/issuing.h"
#include "hub/service/lookup.h"
#include "hub/service/respond_leads.h"
#include "hub/service/respond_rules.h"
#include "hub/service/surplus.h"
#include "hub/service/use_cases.h"

/* A reduction releases a part: both are a person's to confirm. */
static enum rc
check_right(const struct command *command, struct err *err)
{
	enum response_family family =
	    response_code_rule(command->respond.code)->family;
	bool is_release = family == FAMILY_RELEASED || family == FAMILY_REDUCED;

	return access_check(&command->actor,
	    is_release ? RIGHT_CONFIRM_RELEASE : RIGHT_RESPOND, err);
}

enum rc
respond_prepare(
    struct command *command, const struct registry *registry, struct err *err)
{
	TRY(check_right(command, err));
	return respond_leads_prepare(command, registry, err);
}

/* A receipt that comes again, or late, changes nothing and is no fault: a
 * fast bank's answer may overtake its own receipt. */
static bool
is_late_receipt(const struct respond *respond, const struct target *target)
{
	return respond->code == RESPONSE_RECEIPT &&
	    target->acknowledged_at != 0;
}

/* What is let go was no longer asked for: held + leads + exits + residual
 * still make what is requested. */
static void
apply_reduction(struct target *target)
{
	target->requested.minor -= target->held_minor - target->reduce_to_minor;
	target->held_minor = target->reduce_to_minor;
	target->reduce_to_minor = 0;
}

static void
set_hold_ref(struct target *target, const char *hold_ref)
{
	target->hold_ref = hold_ref;
	target->sealed_hold_ref = (struct blob){ 0 };
}

static void
apply_answer(struct command *command, struct target *target,
    const struct freeze_request *request, const struct case_file *case_file)
{
	const struct respond *respond = &command->respond;
	const struct response_rule *rule = response_code_rule(respond->code);
	const struct profile *profile = profile_find(case_file->profile);

	if (target->acknowledged_at == 0)
		target->acknowledged_at = command->at;
	if (rule->family == FAMILY_RECEIPT)
		return;
	target->response_code = (int)respond->code;
	target->eta = respond->eta;
	if (rule->family == FAMILY_PENDING)
		return;
	target->answered_at = command->at;
	if (rule->family == FAMILY_RELEASED)
		target->held_minor = target->reduce_to_minor = 0;
	if (rule->family == FAMILY_REDUCED)
		apply_reduction(target);
	if (rule->family == FAMILY_HELD)
		target->held_minor = respond->amount_held.minor;
	if (rule->family == FAMILY_HELD || rule->family == FAMILY_BLOCKED) {
		if (respond->hold_ref[0] != '\0')
			set_hold_ref(target, respond->hold_ref);
		target->held_at = respond->held_at != 0 ? respond->held_at
							: command->at;
		/* Nothing is held or barred without an end. */
		target->expires_at = respond->expires_at != 0
		    ? respond->expires_at
		    : clocks_hold_end(target, request, profile);
	}
	if ((rule->flags & IS_CORRECTABLE) != 0 && profile != NULL)
		target->correct_until = command->at +
		    profile->correction_seconds * CLOCK_SECOND;
}

static void
add_mismatches(struct event *event, uint32_t mismatches)
{
	for (int i = 0; i < MISMATCH_COUNT; i++)
		if ((mismatches & (UINT32_C(1) << i)) != 0)
			event_text(
			    event, "mismatch", words_name(&mismatch_words, i));
}

static void
record_move(struct command *command, struct effects *effects,
    struct target *target, const struct id *response)
{
	const struct respond *respond = &command->respond;
	struct event *event = effects_move_target(
	    effects, command, target, respond_rules_event(respond, target));

	if (respond->held_at != 0)
		event->happened_at = respond->held_at;
	issuing_describe(effects, event, target);
	event_text(event, "code", response_code_rule(respond->code)->name);
	effects_event_id(effects, event, "response", ID_RESPONSE, response);
	if (respond->has_amount_held)
		effects_event_money(
		    effects, event, "amount_held", &respond->amount_held);
	if (respond->has_residual)
		effects_event_money(
		    effects, event, "residual", &respond->residual);
	event_text(event, "hold_ref", respond->hold_ref);
	event_text(event, "note", respond->note);
	/* One field a name: the first of several tells, the rest stand in the
	 * response itself. */
	if (respond->mismatches != 0)
		add_mismatches(
		    event, respond->mismatches & (~respond->mismatches + 1));
}

static struct id
record_response(struct command *command, struct effects *effects,
    const struct target *target)
{
	const struct respond *respond = &command->respond;
	struct response_row *row = effects_add_response(effects);

	row->id = command_next_id(command);
	row->case_id = target->case_id;
	row->target = target->id;
	row->principal = command->actor.principal;
	row->institution = command->actor.institution;
	row->generation = target->generation;
	row->code = respond->code;
	memcpy(row->key, command->actor.key, sizeof row->key);
	row->held_minor = respond->has_amount_held ? respond->amount_held.minor
						   : 0;
	row->received_at = command->at;
	row->body.bytes = (const uint8_t *)respond->body;
	row->body.length = respond->body_length;
	return row->id;
}

static void
advance_case(struct command *command, struct effects *effects,
    struct case_file *case_file)
{
	enum response_family family =
	    response_code_rule(command->respond.code)->family;

	if (case_file->state == CASE_DISPATCHED && family != FAMILY_RECEIPT &&
	    family != FAMILY_PENDING)
		(void)effects_move_case(
		    effects, command, case_file, CASE_EVENT_ANSWERED);
}

static void
answer(struct command *command, struct effects *effects, struct reply *reply,
    struct target *target, const struct freeze_request *request,
    struct case_file *case_file)
{
	const struct respond *respond = &command->respond;
	const struct institution *about = registry_institution(
	    effects->snapshot->registry, &command->actor.institution);

	reply->response = record_response(command, effects, target);
	apply_answer(command, target, request, case_file);
	record_move(command, effects, target, &reply->response);
	issuing_tell_unit(effects, command,
	    respond->code == RESPONSE_RECEIPT ? MESSAGE_RECEIPT_RECORDED
					      : MESSAGE_RESPONSE_RECORDED,
	    case_file, &target, 1, respond, about);
	respond_leads_record(
	    command, effects, target, case_file, &reply->response, about);
	if (response_code_rule(respond->code)->family == FAMILY_HELD)
		surplus_order(command, effects, target);
	advance_case(command, effects, case_file);
}

static enum rc
check_move(
    const struct command *command, const struct target *target, struct err *err)
{
	int next;

	if (command->respond.generation != 0 &&
	    command->respond.generation != target->generation)
		return err_at(err, RC_CONFLICT, "/generation",
		    "stale_generation",
		    "the target is at generation %d; read it again",
		    target->generation);
	return machine_next(&target_machine, (int)target->state,
	    respond_rules_event(&command->respond, target), &next, err);
}

enum rc
respond_decide(struct command *command, struct effects *effects,
    struct reply *reply, struct err *err)
{
	const struct respond *respond = &command->respond;
	struct freeze_request *request;
	struct case_file *case_file;
	struct target *target;

	TRY(check_right(command, err));
	TRY(lookup_own_target(command, effects->snapshot, &respond->target,
	    &target, &request, &case_file, err));
	reply->status = 201;
	reply->case_id = case_file->id;
	reply->request = request->id;
	reply->target = target->id;
	TRY(respond_rules_check(command, target, request, case_file, err));
	if (is_late_receipt(respond, target)) {
		reply->status = 200;
		return RC_OK;
	}
	TRY(check_move(command, target, err));
	answer(command, effects, reply, target, request, case_file);
	return RC_OK;
}
