/*
 * Deeds of the police and of the hub: see deed.h.
 */
#include "test/sim/deed.h"

#include <string.h>

#include "test/unit/submit_draft.h"

static const enum person police[] = { OFFICER, SECOND_OFFICER, SUPERVISOR,
	STATE_SUPERVISOR, NEIGHBOUR_OFFICER, NEIGHBOUR_SUPERVISOR };

/* One in ten is anybody at all. */
static enum person
pick_police(struct random *random)
{
	if (random_chance(random, 10))
		return (enum person)random_below(random, PERSON_END);
	return police[random_below(random, COUNT(police))];
}

static struct target *
pick_target(struct random *random)
{
	if (world.snapshot.target_count == 0)
		return NULL;
	return world.snapshot
	    .targets[random_below(random, (int)world.snapshot.target_count)];
}

/* One of this state, if a few tries find one. */
static struct target *
pick_target_that_is(struct random *random, enum target_state state)
{
	struct target *target = pick_target(random);

	for (int i = 0; i < 20 && target != NULL && target->state != state; i++)
		target = pick_target(random);
	return target;
}

static struct freeze_request *
pick_request(struct random *random)
{
	return world.snapshot
	    .requests[random_below(random, (int)world.snapshot.request_count)];
}

/* ---- submit */

static const struct {
	enum action action;
	enum scope scope;
	const char *basis;
} asks[] = {
	{ ACTION_HOLD_AMOUNT, SCOPE_AMOUNT, "" },
	{ ACTION_HOLD_AMOUNT, SCOPE_AMOUNT, "" },
	{ ACTION_HOLD_TXN_SETTLEMENT, SCOPE_AMOUNT, "BNSS_168" },
	{ ACTION_PRESERVE_RECORDS, SCOPE_RECORDS, "BNSS_94" },
	{ ACTION_RECEIVE_ONLY, SCOPE_ACCOUNT, "BNSS_106" },
	{ ACTION_BLOCK_CARD, SCOPE_AMOUNT, "BNSS_168" },
	{ ACTION_DEBIT_FREEZE, SCOPE_ACCOUNT, "BNSS_107" },
};

/* Few accounts, so that they meet again; what is the same has the same
 * hash. */
static void
draft_target(struct random *random, struct target_draft *target, int txn)
{
	enum place bank = random_chance(random, 60) ? BANK : OTHER_BANK;

	submit_draft_target(target, bank, 1 + random_below(random, 200), txn);
	target->dedupe_hash[30] = (uint8_t)bank;
	target->amount = world_inr(1 + random_below(random, 100000));
	if (random_chance(random, 4))
		target->identifier = world_account(MUTE_BANK, 1);
}

bool
deed_submit(struct random *random)
{
	enum person person = random_chance(random, 10) ? BANK_NODAL
						       : pick_police(random);
	struct submit_case *submit = submit_draft_begin(person);

	submit->request_count = 1 + (size_t)random_below(random, 2);
	for (size_t r = 0; r < 2; r++) {
		int ask = random_below(random, COUNT(asks));

		submit_draft_request(r, 1 + (size_t)random_below(random, 2));
		submit_draft.requests[r].action = asks[ask].action;
		submit_draft.requests[r].scope = asks[ask].scope;
		submit_draft.requests[r].basis = asks[ask].basis;
		submit_draft.requests[r].has_follow_leads = true;
		submit_draft.requests[r].follow_leads = random_chance(
							    random, 50)
		    ? LEADS_AUTOMATIC
		    : LEADS_PROPOSED;
		for (int t = 0; t < 2; t++)
			draft_target(random, &submit_draft.targets[r][t], t);
	}
	if (random_chance(random, 10))
		submit->loss = world_inr(600000000);
	if (random_chance(random, 5))
		submit_draft.requests[0].expires_at = world.now +
		    random_below(random, 200) * WORLD_DAY;
	return true;
}

/* A payment that the case has, or none. */
static void
draft_standing_txn(struct random *random, struct target_draft *target,
    const struct id *case_id)
{
	const struct txn *txn;

	target->txn = -1;
	if (world.snapshot.txn_count == 0)
		return;
	txn = world.snapshot
		  .txns[random_below(random, (int)world.snapshot.txn_count)];
	target->has_txn_id = id_equal(&txn->case_id, case_id) ||
	    random_chance(random, 5);
	target->txn_id = txn->id;
}

bool
deed_add(struct random *random)
{
	struct submit_case *submit = submit_draft_begin(pick_police(random));

	world.command.kind = COMMAND_ADD_REQUESTS;
	submit->is_addition = true;
	submit->into =
	    world.snapshot
		.cases[random_below(random, (int)world.snapshot.case_count)]
		->id;
	submit->txn_count = (size_t)random_below(random, 3);
	for (int t = 0; t < 2; t++) {
		struct target_draft *target = &submit_draft.targets[0][t];

		draft_target(random, target, t);
		if (random_chance(random, 50) || t >= (int)submit->txn_count)
			draft_standing_txn(random, target, &submit->into);
	}
	return true;
}

/* ---- what becomes of requests and targets */

bool
deed_approve(struct random *random)
{
	const struct freeze_request *request = pick_request(random);
	struct approve_request *approve;

	for (int i = 0; i < 20 && request->state != REQUEST_PENDING_APPROVAL;
	     i++)
		request = pick_request(random);
	approve = &world_command(COMMAND_APPROVE_REQUEST,
	    random_chance(random, 60) ? SUPERVISOR : pick_police(random))
		       ->approve;
	approve->request = request->id;
	approve->is_refusal = random_chance(random, 20);
	approve->reason = "";
	return true;
}

bool
deed_withdraw(struct random *random)
{
	struct withdraw_request *withdraw = &world_command(
	    COMMAND_WITHDRAW_REQUEST, pick_police(random))
						 ->withdraw;

	withdraw->request = pick_request(random)->id;
	withdraw->reason = "x";
	return true;
}

bool
deed_issue(struct random *random)
{
	const struct target *target = pick_target_that_is(
	    random, TARGET_PROPOSED);
	struct issue_target *issue;

	if (target == NULL)
		return false;
	issue =
	    &world_command(COMMAND_ISSUE_TARGET, pick_police(random))->issue;
	issue->target = target->id;
	issue->is_dismissal = random_chance(random, 20);
	issue->reason = "";
	return true;
}

bool
deed_correct(struct random *random)
{
	const struct target *target = pick_target_that_is(
	    random, TARGET_REJECTED);
	struct correct_target *correct;

	if (target == NULL)
		return false;
	correct = &world_command(COMMAND_CORRECT_TARGET, pick_police(random))
		       ->correct;
	correct->target = target->id;
	correct->note = "";
	correct->has_amount = random_chance(random, 30);
	correct->amount = target->requested;
	correct->amount.minor += 1 - random_below(random, 3);
	if (correct->amount.minor < 1)
		correct->amount.minor = 1;
	correct->has_identifier = random_chance(random, 50);
	if (correct->has_identifier) {
		struct target_draft draft;

		draft_target(random, &draft, -1);
		correct->identifier = draft.identifier;
		memcpy(correct->dedupe_hash, draft.dedupe_hash,
		    sizeof correct->dedupe_hash);
	}
	return true;
}

bool
deed_remind(struct random *random)
{
	const struct target *target = pick_target(random);
	struct remind_target *remind;

	if (target == NULL)
		return false;
	remind =
	    &world_command(COMMAND_REMIND_TARGET, pick_police(random))->remind;
	remind->target = target->id;
	remind->note = "";
	return true;
}

/* ---- deliveries */

static struct delivery_report reports[3];
static struct id delivered[3], taken[3];

bool
deed_deliver(struct random *random)
{
	struct record_delivery *delivery =
	    &world_command(COMMAND_RECORD_DELIVERY, DISPATCHER)->delivery;

	delivery->reports = reports;
	delivery->report_count = 1 + (size_t)random_below(random, 3);
	for (size_t i = 0; i < delivery->report_count; i++) {
		const struct target *target = pick_target(random);

		if (target == NULL)
			return false;
		delivered[i] = target->id;
		reports[i] = (struct delivery_report){
			.fact = (enum delivery_fact)random_below(
			    random, DELIVERY_FACT_COUNT),
			.type = target->generation == 1
			    ? MESSAGE_FREEZE_REQUESTED
			    : MESSAGE_CORRECTION_SUPPLIED,
			.generation = target->generation -
			    random_chance(random, 10),
			.at = world.now,
			.error = "",
			.targets = &delivered[i],
			.target_count = 1
		};
	}
	return true;
}

bool
deed_checkpoint(struct random *random)
{
	const struct snapshot *snapshot = &world.snapshot;
	struct checkpoint_inbox *checkpoint;

	if (snapshot->pending_count == 0)
		return false;
	checkpoint = &world_command(COMMAND_CHECKPOINT_INBOX,
	    random_chance(random, 60) ? BANK_SERVICE : OTHER_NODAL)
			  ->checkpoint;
	checkpoint->messages = taken;
	checkpoint->message_count = COUNT(taken);
	for (size_t i = 0; i < COUNT(taken); i++)
		taken[i] = snapshot
			       ->pending[random_below(
				   random, (int)snapshot->pending_count)]
			       .id;
	return true;
}
