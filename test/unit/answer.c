/*
 * Answers: see answer.h.
 */
#include "test/unit/answer.h"

#include <string.h>

struct answer answer;

void
answer_lead(size_t index, enum place bank, int64_t minor)
{
	struct lead_draft *lead = &answer.leads[index];

	*lead = (struct lead_draft){ .code = RESPONSE_OUT_XFER,
		.has_identifier = true,
		.to = world_account(bank, 500 + (int)index),
		.holder = "",
		.at = world.now - WORLD_HOUR,
		.money = world_inr(minor) };
	lead->dedupe_hash[0] = 5;
	lead->dedupe_hash[30] = (uint8_t)world.bases;
	lead->dedupe_hash[31] = (uint8_t)index;
}

void
answer_hold(struct respond *respond, const struct target *target, int64_t held)
{
	respond->has_amount_held = respond->has_balance = true;
	respond->amount_held = respond->balance = target->requested;
	respond->amount_held.minor = respond->balance.minor = held;
	respond->has_residual = held < target->requested.minor;
	respond->residual = target->requested;
	respond->residual.minor -= held;
	respond->hold_ref = "H-1";
	respond->held_at = world.now - CLOCK_SECOND;
	respond->expires_at = world.now + WORLD_DAY;
}

static void
add_needs(struct respond *respond, const struct target *target)
{
	uint32_t flags = response_code_rule(respond->code)->flags;

	if ((flags & NEEDS_LEAD) != 0) {
		answer_lead(0, OTHER_BANK, target->requested.minor);
		respond->lead_count = 1;
	}
	if ((flags & NEEDS_EXIT) != 0) {
		answer.exits[0] = (struct exit_draft){ .code = respond->code,
			.place = "Kochi",
			.terminal_id = "",
			.money = target->requested };
		respond->exit_count = 1;
	}
	if (respond->code == RESPONSE_REDUCED) {
		respond->has_amount_held = true;
		respond->amount_held = target->requested;
		respond->amount_held.minor = target->reduce_to_minor;
	}
	if ((flags & NEEDS_RESIDUAL) != 0) {
		respond->has_residual = true;
		respond->residual = target->requested;
	}
	if ((flags & NEEDS_ETA) != 0)
		respond->eta = world.now + WORLD_HOUR;
	if ((flags & NEEDS_MISMATCH) != 0)
		respond->mismatches = 1u << MISMATCH_NAME;
}

struct respond *
answer_begin(
    enum response_code code, enum person person, const struct target *target)
{
	struct respond *respond =
	    &world_command(COMMAND_RESPOND, person)->respond;

	memset(&answer, 0, sizeof answer);
	respond->target = target->id;
	respond->code = code;
	respond->hold_ref = respond->note = "";
	respond->prior_authority = respond->suggested_institution = "";
	respond->leads = answer.leads;
	respond->exits = answer.exits;
	respond->body = "{}";
	respond->body_length = 2;
	add_needs(respond, target);
	if (response_code_rule(code)->family == FAMILY_HELD)
		answer_hold(respond, target,
		    code == RESPONSE_HLD_PART ? target->requested.minor * 2 / 5
					      : target->requested.minor);
	if (code == RESPONSE_HLD_ALREADY) {
		respond->prior_authority = "Crime Branch";
		respond->queue_rank = 2;
	}
	return respond;
}
