/*
 * propose_restitution: who may, what is free, and how it is divided.
 */
#include "test/unit/unit.h"

#include "test/unit/way_back.h"

/* ---- proposals */

START_TEST(only_money_that_is_held_is_proposed)
{
	enum target_state state = (enum target_state)_i;

	way_back_target = world_target(2, state);
	if (state == TARGET_ATTACHED) {
		way_back_target->held_minor = 100000;
		way_back_target->expires_at = world.now + WORLD_DAY;
	}
	way_back_propose(OFFICER, 100000);
	if (state != TARGET_HELD_FULL && state != TARGET_HELD_PARTIAL &&
	    state != TARGET_ATTACHED) {
		world_refused(RC_CONFLICT, "nothing_held", "/targets/0/target");
		return;
	}
	world_done(201);
	ck_assert_int_eq(
	    way_back_last()->amount.minor, way_back_target->held_minor);
	ck_assert_int_eq(way_back_target->state, state);
	ck_assert_uint_eq(world.effects.message_count, 0);
}
END_TEST

static const struct {
	enum person person;
	enum rc rc;
	const char *code;
} strangers[] = {
	{ STATE_OFFICER, RC_MISSING, "not_found" },
	{ NEIGHBOUR_OFFICER, RC_MISSING, "not_found" },
	{ NEIGHBOUR_SUPERVISOR, RC_MISSING, "not_found" },
	{ BANK_NODAL, RC_FORBIDDEN, "role_not_allowed" },
	{ BANK_SERVICE, RC_FORBIDDEN, "role_not_allowed" },
	{ AUDITOR, RC_FORBIDDEN, "role_not_allowed" },
	{ ADMIN, RC_FORBIDDEN, "role_not_allowed" },
};

START_TEST(others_propose_nothing)
{
	way_back_propose(strangers[_i].person, 100000);
	world_refused(strangers[_i].rc, strangers[_i].code, "");
}
END_TEST

/* How a proposal is bent, and what is said about it. */
enum bend {
	TOO_MUCH,
	ANOTHER_CURRENCY,
	CLAIM_IN_ANOTHER,
	TWICE_ONE_TARGET,
	TWICE_ONE_CASE,
	NO_SUCH_TARGET,
	NO_SUCH_CASE,
	NEIGHBOURS_CASE,
	NOT_THEIR_ACCOUNT,
	BEND_COUNT
};

static const struct {
	enum rc rc;
	const char *code, *pointer;
} bent[BEND_COUNT] = {
	[TOO_MUCH] = { RC_INVALID, "more_than_held",
	    "/targets/0/amount/amount" },
	[ANOTHER_CURRENCY] = { RC_INVALID, "other_currency",
	    "/targets/0/amount/currency" },
	[CLAIM_IN_ANOTHER] = { RC_INVALID, "other_currency",
	    "/claims/0/amount/currency" },
	[TWICE_ONE_TARGET] = { RC_INVALID, "duplicate_id",
	    "/targets/1/target" },
	[TWICE_ONE_CASE] = { RC_INVALID, "duplicate_id", "/claims/1/case" },
	[NO_SUCH_TARGET] = { RC_MISSING, "not_found", "/targets/0" },
	[NO_SUCH_CASE] = { RC_INVALID, "unknown_case", "/claims/0/case" },
	[NEIGHBOURS_CASE] = { RC_INVALID, "unknown_case", "/claims/0/case" },
	[NOT_THEIR_ACCOUNT] = { RC_INVALID, "no_claim", "/claims/1/case" },
};

/* Another victim's case, of the unit at `place`. */
static struct case_file *
other_case(enum place place)
{
	struct case_file *file = snapshot_add_case(&world.snapshot);

	file->id = world_id(88, 1);
	file->unit = world_place(place);
	file->state = CASE_DISPATCHED;
	file->profile = "IN";
	file->loss = world_inr(300000);
	return file;
}

static void
bend(struct propose_restitution *wanted, enum bend how)
{
	way_back_claims[1] = way_back_claims[0];
	way_back_held[1] = way_back_held[0];
	switch (how) {
	case TOO_MUCH:
		way_back_held[0].has_amount = true;
		way_back_held[0].amount = world_inr(100001);
		break;
	case ANOTHER_CURRENCY:
		way_back_held[0].has_amount = true;
		way_back_held[0].amount = (struct money){ 1, "KZT" };
		break;
	case CLAIM_IN_ANOTHER:
		way_back_claims[0].amount = (struct money){ 1, "KZT" };
		break;
	case TWICE_ONE_TARGET:
		wanted->held_count = 2;
		break;
	case TWICE_ONE_CASE:
		wanted->claim_count = 2;
		break;
	case NO_SUCH_TARGET:
		way_back_held[0].target = world_id(99, 1);
		break;
	case NO_SUCH_CASE:
		way_back_claims[0].has_case = true;
		way_back_claims[0].case_id = world_id(99, 1);
		break;
	case NEIGHBOURS_CASE:
		way_back_claims[0].has_case = true;
		way_back_claims[0].case_id = other_case(NEIGHBOUR)->id;
		break;
	case NOT_THEIR_ACCOUNT:
		wanted->claim_count = 2;
		way_back_claims[1].has_case = true;
		way_back_claims[1].case_id = other_case(DISTRICT)->id;
		break;
	case BEND_COUNT:
		break;
	}
}

START_TEST(bent_proposal_is_refused)
{
	bend(&way_back_propose(OFFICER, 100000)->propose, (enum bend)_i);
	world_refused(bent[_i].rc, bent[_i].code, bent[_i].pointer);
}
END_TEST

START_TEST(two_victims_on_one_account_get_the_same_share)
{
	struct case_file *theirs = other_case(DISTRICT);
	struct target *gone = world_target(9, TARGET_NOT_HELD);
	struct command *command;

	gone->case_id = theirs->id;
	way_back_target->identifier_hash[0] = gone->identifier_hash[0] = 7;
	command = way_back_propose(OFFICER, 100000);
	way_back_claims[1] = way_back_claims[0];
	way_back_claims[1].has_case = true;
	way_back_claims[1].case_id = theirs->id;
	way_back_claims[1].amount = world_inr(300000);
	command->propose.claim_count = 2;
	world_done(201);
	ck_assert_uint_eq(world.snapshot.restitution_count, 2);
	ck_assert_int_eq(world.snapshot.restitutions[0]->amount.minor, 25000);
	ck_assert_int_eq(world.snapshot.restitutions[1]->amount.minor, 75000);
	ck_assert(
	    id_equal(&world.snapshot.restitutions[1]->claim_case, &theirs->id));
	ck_assert(id_equal(&world.snapshot.restitutions[1]->plan,
	    &world.snapshot.restitutions[0]->id));
	ck_assert(theirs->row.is_dirty && world_case()->row.is_dirty);
}
END_TEST

START_TEST(what_is_bespoken_is_not_free)
{
	way_back_proposed(60000);
	way_back_propose(OFFICER, 100000);
	world_done(201);
	ck_assert_int_eq(way_back_last()->amount.minor, 40000);
	world_commit();
	way_back_propose(OFFICER, 1);
	world_refused(RC_CONFLICT, "nothing_held", "/targets/0/target");
}
END_TEST

START_TEST(what_is_about_to_go_is_not_free)
{
	way_back_target->reduce_to_minor = 30000;
	way_back_propose(OFFICER, 100000);
	world_done(201);
	ck_assert_int_eq(way_back_last()->amount.minor, 30000);
}
END_TEST

Suite *
propose_restitution_suite(void)
{
	Suite *suite = suite_create("propose_restitution");
	TCase *tcase = tcase_create("propose_restitution");

	tcase_add_checked_fixture(tcase, way_back_set_up, world_tear_down);
	tcase_add_loop_test(
	    tcase, only_money_that_is_held_is_proposed, 0, TARGET_STATE_COUNT);
	tcase_add_loop_test(
	    tcase, others_propose_nothing, 0, (int)COUNT(strangers));
	tcase_add_loop_test(tcase, bent_proposal_is_refused, 0, BEND_COUNT);
	tcase_add_test(tcase, two_victims_on_one_account_get_the_same_share);
	tcase_add_test(tcase, what_is_bespoken_is_not_free);
	tcase_add_test(tcase, what_is_about_to_go_is_not_free);
	suite_add_tcase(suite, tcase);
	return suite;
}
