/*
 * Answers of nodal officers: see deed.h.
 */
#include "test/sim/deed.h"
#include "test/unit/answer.h"

static enum person
nodal_of(struct random *random, const struct target *target)
{
	struct id bank = world_place(BANK);

	if (random_chance(random, 5))
		return (enum person)random_below(random, PERSON_END);
	if (!id_equal(&target->institution, &bank))
		return OTHER_NODAL;
	return random_chance(random, 30) ? BANK_SERVICE : BANK_NODAL;
}

/* What a bank says most, and everything else now and then. */
static enum response_code
pick_code(struct random *random, const struct target *target)
{
	static const enum response_code usual[] = { RESPONSE_RECEIPT,
		RESPONSE_PND_REVIEW, RESPONSE_HLD_FULL, RESPONSE_HLD_PART,
		RESPONSE_HLD_PART, RESPONSE_OUT_XFER, RESPONSE_OUT_XFER,
		RESPONSE_NIL_BAL, RESPONSE_OUT_ATM, RESPONSE_REJ_MISMATCH,
		RESPONSE_REJ_NOT_OURS, RESPONSE_BLK_INSTR };

	if (target->state == TARGET_RELEASE_PENDING &&
	    random_chance(random, 70))
		return RESPONSE_RELEASED;
	if (target->reduce_to_minor > 0 && random_chance(random, 60))
		return RESPONSE_REDUCED;
	if (random_chance(random, 20))
		return (enum response_code)random_below(
		    random, RESPONSE_CODE_COUNT);
	return usual[random_below(random, COUNT(usual))];
}

/* Part is held, part went to one or two banks, the rest is unknown. */
static void
split(
    struct random *random, struct respond *respond, const struct target *target)
{
	int64_t held = 1 + random_below(random, (int)target->requested.minor);

	answer_hold(respond, target, held);
	if (!random_chance(random, 40) || respond->residual.minor < 2)
		return;
	answer_lead(0, random_chance(random, 80) ? OTHER_BANK : MUTE_BANK,
	    respond->residual.minor / 2);
	respond->lead_count = 1;
	respond->residual.minor -= answer.leads[0].money.minor;
}

static void
spoil(struct random *random, struct respond *respond)
{
	switch (random_below(random, 6)) {
	case 0:
		respond->amount_held.minor++;
		break;
	case 1:
		respond->expires_at = world.now +
		    (random_below(random, 100) - 5) * WORLD_DAY;
		break;
	case 2:
		respond->generation = random_below(random, 3);
		break;
	case 3:
		respond->hold_ref = "";
		break;
	case 4:
		respond->has_residual = !respond->has_residual;
		break;
	default:
		respond->lead_count = 0;
	}
}

bool
deed_respond(struct random *random)
{
	const struct target *target;
	struct respond *respond;

	if (world.snapshot.target_count == 0)
		return false;
	target = world.snapshot.targets[random_below(
	    random, (int)world.snapshot.target_count)];
	respond = answer_begin(
	    pick_code(random, target), nodal_of(random, target), target);
	if (respond->code == RESPONSE_HLD_PART ||
	    respond->code == RESPONSE_HLD_INFLIGHT)
		split(random, respond, target);
	/* Leads to accounts that others name, too. */
	for (size_t i = 0; i < respond->lead_count; i++)
		if (random_chance(random, 30)) {
			answer.leads[i].dedupe_hash[0] = 9;
			answer.leads[i].dedupe_hash[30] = (uint8_t)OTHER_BANK;
			answer.leads[i].dedupe_hash[31] = (uint8_t)(1 +
			    random_below(random, 200));
		}
	if (random_chance(random, 15))
		spoil(random, respond);
	return true;
}
