/*
 * Right commands of the way back: see way_back.h.
 */
#include "test/unit/way_back.h"

struct target *way_back_target;

void
way_back_set_up(void)
{
	world_set_up();
	way_back_target = world_target(1, TARGET_HELD_FULL);
}

struct held_draft way_back_held[3];
struct claim_draft way_back_claims[3];

struct command *
way_back_propose(enum person person, int64_t claim)
{
	struct command *command = world_command(
	    COMMAND_PROPOSE_RESTITUTION, person);

	way_back_held[0] = (struct held_draft){ .target = way_back_target->id };
	way_back_claims[0] = (struct claim_draft){ .amount = world_inr(claim),
		.payee = world_account(OTHER_BANK, 77),
		.payee_name = "" };
	command->propose.case_id = world_case_id();
	command->propose.held = way_back_held;
	command->propose.held_count = 1;
	command->propose.claims = way_back_claims;
	command->propose.claim_count = 1;
	command->propose.reason = "the court was asked";
	return command;
}

struct restitution *
way_back_last(void)
{
	return world.snapshot
	    .restitutions[world.snapshot.restitution_count - 1];
}

struct restitution *
way_back_proposed(int64_t claim)
{
	way_back_propose(OFFICER, claim);
	world_done(201);
	world_commit();
	return way_back_last();
}

struct command *
way_back_order(enum person person, const struct restitution *restitution)
{
	struct command *command = world_command(
	    COMMAND_ORDER_RESTITUTION, person);

	command->order.restitution = restitution->id;
	command->order.order = "{}";
	command->order.reason = "";
	return command;
}

struct restitution *
way_back_ordered(int64_t claim)
{
	struct restitution *restitution = way_back_proposed(claim);

	way_back_order(SUPERVISOR, restitution);
	world_done(200);
	world_commit();
	return restitution;
}

struct command *
way_back_pay(enum payment_step step, enum person person,
    const struct restitution *restitution)
{
	struct command *command = world_command(
	    COMMAND_PAY_RESTITUTION, person);

	command->pay.restitution = restitution->id;
	command->pay.step = (int)step;
	command->pay.proof = "{}";
	if (step == PAYMENT_PAID) {
		command->pay.has_amount = true;
		command->pay.amount = restitution->amount;
		command->pay.paid_at = world.now;
	}
	return command;
}

struct command *
way_back_attach(enum person person)
{
	struct command *command = world_command(COMMAND_ATTACH_TARGET, person);

	command->attach.target = way_back_target->id;
	command->attach.basis = "BNSS_107";
	command->attach.expires_at = world.now + 100 * WORLD_DAY;
	command->attach.order = "{}";
	return command;
}

void
way_back_pass(const struct id *subject, enum deadline_kind kind)
{
	struct command *command = world_command(
	    COMMAND_PASS_DEADLINE, DISPATCHER);

	command->deadline.subject = *subject;
	command->deadline.kind = kind;
}
