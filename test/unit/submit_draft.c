/*
 * The call: see submit_draft.h.
 */
#include "test/unit/submit_draft.h"

struct submit_draft submit_draft;

void
submit_draft_target(
    struct target_draft *target, enum place bank, int number, int txn)
{
	*target = (struct target_draft){ .identifier = world_account(
					     bank, number),
		.holder = "",
		.txn = txn,
		.layer = 1,
		.amount = world_inr(100000) };
	target->dedupe_hash[0] = 9;
	target->dedupe_hash[31] = (uint8_t)number;
}

void
submit_draft_request(size_t index, size_t target_count)
{
	submit_draft.requests[index] = (struct request_draft){ .basis = "",
		.reason = "",
		.targets = submit_draft.targets[index],
		.target_count = target_count };
}

struct submit_case *
submit_draft_begin(enum person person)
{
	struct submit_case *submit =
	    &world_command(COMMAND_SUBMIT_CASE, person)->submit;

	for (int i = 0; i < 2; i++)
		submit_draft.txns[i] = (struct txn_draft){ .parent = -1,
			.layer = 1,
			.mcc = "",
			.money = world_inr(100000),
			.at = world.now - 2 * WORLD_HOUR };
	submit_draft_target(&submit_draft.targets[0][0], BANK, 1, 0);
	submit_draft_target(&submit_draft.targets[0][1], OTHER_BANK, 2, 1);
	submit_draft_target(&submit_draft.targets[1][0], BANK, 3, 0);
	submit_draft_target(&submit_draft.targets[1][1], BANK, 4, 1);
	submit_draft_request(0, 2);
	submit_draft_request(1, 0);
	submit->profile = submit->language = submit->narrative = "";
	submit->complainant = (struct complainant){ "", "", "", "" };
	submit->loss = world_inr(200000);
	submit->reported_at = world.now - WORLD_HOUR;
	submit->occurred_at = world.now - 2 * WORLD_HOUR;
	submit->txns = submit_draft.txns;
	submit->txn_count = 2;
	submit->requests = submit_draft.requests;
	submit->request_count = 1;
	return submit;
}
