/*
 * Courts' orders, and money on its way back: see deed.h.
 */
#include "test/sim/deed.h"

static const enum person police[] = { OFFICER, SECOND_OFFICER, SUPERVISOR,
	STATE_SUPERVISOR, NEIGHBOUR_OFFICER };

static struct held_draft held[2];
static struct claim_draft claims[2];

static enum person
pick_police(struct random *random)
{
	if (random_chance(random, 10))
		return (enum person)random_below(random, PERSON_END);
	return police[random_below(random, COUNT(police))];
}

/* One that holds money, if a few tries find one. */
static const struct target *
pick_held(struct random *random)
{
	int count = (int)world.snapshot.target_count;
	const struct target *target = NULL;

	for (int i = 0; i < 30 && count > 0; i++) {
		target = world.snapshot.targets[random_below(random, count)];
		if (target->held_minor > 0)
			break;
	}
	return target;
}

static const struct restitution *
pick_restitution(struct random *random)
{
	int count = (int)world.snapshot.restitution_count;
	const struct restitution *one = NULL;

	for (int i = 0; i < 10 && count > 0; i++) {
		one = world.snapshot.restitutions[random_below(random, count)];
		if (restitution_state_is_open(one->state))
			break;
	}
	return one;
}

bool
deed_attach(struct random *random)
{
	const struct target *target = pick_held(random);
	struct command *command;

	if (target == NULL)
		return false;
	command = world_command(COMMAND_ATTACH_TARGET, pick_police(random));
	command->attach.target = target->id;
	command->attach.basis = random_chance(random, 90) ? "BNSS_107"
							  : "BNSS_106";
	command->attach.expires_at = world.now +
	    (random_below(random, 60) - 1) * WORLD_DAY;
	command->attach.order = "{}";
	return true;
}

static void
claim(struct random *random, size_t n, const struct id *case_id)
{
	claims[n] = (struct claim_draft){ .has_case = true,
		.case_id = *case_id,
		.amount = world_inr(1 + random_below(random, 200000)),
		.payee = world_account(OTHER_BANK, 77),
		.payee_name = "" };
}

/* Of one target or two, for one victim or two. */
bool
deed_propose(struct random *random)
{
	const struct target *target = pick_held(random);
	struct command *command;

	if (target == NULL)
		return false;
	command = world_command(
	    COMMAND_PROPOSE_RESTITUTION, pick_police(random));
	command->propose.case_id = target->case_id;
	command->propose.held = held;
	command->propose.held_count = random_chance(random, 20) ? 2 : 1;
	command->propose.claims = claims;
	command->propose.claim_count = random_chance(random, 20) ? 2 : 1;
	command->propose.reason = "x";
	held[0] = (struct held_draft){ .target = target->id };
	held[1] = (struct held_draft){ .target = pick_held(random)->id };
	if (random_chance(random, 30)) {
		held[0].has_amount = true;
		held[0].amount = world_inr(
		    1 + random_below(random, (int)target->held_minor + 2));
	}
	claim(random, 0, &target->case_id);
	claim(random, 1, &pick_held(random)->case_id);
	return true;
}

bool
deed_order(struct random *random)
{
	const struct restitution *one = pick_restitution(random);
	struct command *command;

	if (one == NULL)
		return false;
	command = world_command(COMMAND_ORDER_RESTITUTION,
	    random_chance(random, 60) ? STATE_SUPERVISOR : pick_police(random));
	command->order.restitution = one->id;
	command->order.is_refusal = random_chance(random, 15);
	command->order.order = "{}";
	command->order.reason = "x";
	return true;
}

static enum person
nodal_of(const struct restitution *one)
{
	struct id bank = world_place(BANK);

	return id_equal(&one->institution, &bank) ? BANK_NODAL : OTHER_NODAL;
}

bool
deed_pay(struct random *random)
{
	const struct restitution *one = pick_restitution(random);
	struct command *command;

	if (one == NULL)
		return false;
	command = world_command(COMMAND_PAY_RESTITUTION,
	    random_chance(random, 90)
		? nodal_of(one)
		: (enum person)random_below(random, PERSON_END));
	command->pay.restitution = one->id;
	command->pay.step = random_below(random, 10) < 7
	    ? PAYMENT_PAID
	    : random_below(random, PAYMENT_STEP_COUNT);
	command->pay.has_amount = true;
	command->pay.amount = one->amount;
	command->pay.amount.minor += random_chance(random, 10);
	command->pay.paid_at = world.now;
	command->pay.proof = "{}";
	return true;
}
