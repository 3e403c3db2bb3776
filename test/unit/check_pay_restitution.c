/*
 * order_restitution, pay_restitution: who orders and pays, what is kept for the
 * victim, what a payment does to the hold, and its clock.
 */
#include "test/unit/unit.h"

#include "test/unit/way_back.h"

/* Ten working days later, at the end of the day in Kolkata. */
#define DUE (INT64_C(1796668200) * CLOCK_SECOND)
enum { TERM_DAYS = 14 };

/* ---- the order */

START_TEST(supervisor_orders_what_another_proposed)
{
	struct restitution *restitution = way_back_proposed(100000);

	way_back_order(_i == 0 ? SUPERVISOR : STATE_SUPERVISOR, restitution);
	world_done(200);
	ck_assert_int_eq(restitution->state, RESTITUTION_ORDERED);
	ck_assert_int_eq(restitution->due_at, DUE);
	ck_assert_uint_eq(world_messages(MESSAGE_RESTITUTION_ORDERED, BANK), 1);
	ck_assert_int_eq(way_back_target->expires_at, 2 * DUE - world.now);
	ck_assert_int_eq(
	    world_request()->expires_at, way_back_target->expires_at);
	ck_assert_uint_eq(world_events("target.extended"), 1);
}
END_TEST

static const struct {
	enum person person;
	enum rc rc;
	const char *code;
} wrong_orderers[] = {
	{ OFFICER, RC_FORBIDDEN, "role_not_allowed" },
	{ SECOND_OFFICER, RC_FORBIDDEN, "role_not_allowed" },
	{ NEIGHBOUR_SUPERVISOR, RC_MISSING, "not_found" },
	{ BANK_NODAL, RC_FORBIDDEN, "role_not_allowed" },
	{ AUDITOR, RC_FORBIDDEN, "role_not_allowed" },
	{ ADMIN, RC_FORBIDDEN, "role_not_allowed" },
};

START_TEST(others_order_nothing)
{
	way_back_order(wrong_orderers[_i].person, way_back_proposed(100000));
	world_refused(wrong_orderers[_i].rc, wrong_orderers[_i].code, "");
}
END_TEST

START_TEST(nobody_orders_what_they_proposed)
{
	way_back_propose(SUPERVISOR, 100000);
	world_done(201);
	world_commit();
	way_back_order(SUPERVISOR, way_back_last());
	world_refused(RC_FORBIDDEN, "own_proposal", "");
}
END_TEST

START_TEST(what_is_gone_is_not_ordered)
{
	struct restitution *restitution = way_back_proposed(100000);

	if (_i == 0)
		way_back_target->state = TARGET_RELEASE_PENDING;
	else if (_i == 1)
		way_back_target->reduce_to_minor = 99999;
	else
		way_back_target->institution = world_place(MUTE_BANK);
	way_back_order(SUPERVISOR, restitution);
	world_refused(RC_CONFLICT,
	    _i == 2 ? "institution_not_active" : "not_held_any_more", "");
}
END_TEST

START_TEST(only_what_is_proposed_is_ordered_or_refused)
{
	struct restitution *restitution = way_back_proposed(100000);
	bool is_refusal = _i % 2 == 1;

	restitution->state = (enum restitution_state)(_i / 2);
	restitution->due_at = restitution->state == RESTITUTION_PROPOSED
	    ? 0
	    : world.now;
	restitution->decided_by = world_person(STATE_SUPERVISOR);
	restitution->paid_at = restitution->state == RESTITUTION_PAID
	    ? world.now
	    : 0;
	way_back_order(SUPERVISOR, restitution)->order.is_refusal = is_refusal;
	if (restitution->state != RESTITUTION_PROPOSED) {
		world_refused(RC_CONFLICT, "move_not_allowed", "");
		return;
	}
	world_done(200);
	ck_assert_int_eq(restitution->state,
	    is_refusal ? RESTITUTION_FAILED : RESTITUTION_ORDERED);
}
END_TEST

START_TEST(refusal_frees_the_money)
{
	struct restitution *restitution = way_back_proposed(100000);

	way_back_order(OFFICER, restitution)->order.is_refusal = true;
	world_done(200);
	ck_assert_uint_eq(
	    world_messages(MESSAGE_RESTITUTION_UPDATED, DISTRICT), 1);
	world_commit();
	ck_assert_int_eq(way_back_proposed(100000)->amount.minor, 100000);
}
END_TEST

/* ---- what is owed is not let go */

static void
let_go(int how)
{
	static const enum command_kind kinds[] = { COMMAND_RELEASE_TARGET,
		COMMAND_REDUCE_TARGET, COMMAND_WITHDRAW_REQUEST };
	struct command *command = world_command(kinds[how], SUPERVISOR);

	if (how == 0) {
		command->release.target = way_back_target->id;
		command->release.reason = "x";
	} else if (how == 1) {
		command->reduce.target = way_back_target->id;
		command->reduce.amount = world_inr(1);
		command->reduce.reason = "x";
	} else {
		command->withdraw.request = world_request_id();
		command->withdraw.reason = "x";
	}
}

START_TEST(what_is_owed_is_not_let_go)
{
	way_back_ordered(50000);
	let_go(_i);
	world_refused(RC_CONFLICT, "restitution_ordered", "");
}
END_TEST

START_TEST(what_is_only_proposed_is_let_go)
{
	way_back_proposed(50000);
	let_go(_i);
	world_done(200);
}
END_TEST

/* ---- payments */

START_TEST(last_payment_restores)
{
	struct restitution *restitution = way_back_ordered(100000);

	way_back_pay(PAYMENT_BEGUN, BANK_NODAL, restitution);
	world_done(200);
	ck_assert_int_eq(restitution->state, RESTITUTION_PAYING);
	world_commit();
	way_back_pay(PAYMENT_PAID, BANK_NODAL, restitution);
	world_done(200);
	ck_assert_int_eq(restitution->state, RESTITUTION_PAID);
	ck_assert_int_eq(way_back_target->state, TARGET_RESTORED);
	ck_assert_int_eq(way_back_target->held_minor, 0);
	ck_assert_int_eq(way_back_target->requested.minor, 100000);
	ck_assert_uint_eq(
	    world_messages(MESSAGE_RESTITUTION_UPDATED, DISTRICT), 1);
}
END_TEST

START_TEST(part_payment_leaves_the_rest_held)
{
	struct restitution *restitution;

	if (_i == 1) {
		way_back_attach(OFFICER);
		world_done(200);
		world_commit();
	}
	restitution = way_back_ordered(30000);
	way_back_pay(PAYMENT_PAID, BANK_NODAL, restitution);
	world_done(200);
	ck_assert_int_eq(way_back_target->state,
	    _i == 1 ? TARGET_ATTACHED : TARGET_HELD_FULL);
	ck_assert_int_eq(way_back_target->held_minor, 70000);
	ck_assert_int_eq(way_back_target->requested.minor, 70000);
	ck_assert_uint_eq(world_events("target.part_restored"), 1);
}
END_TEST

START_TEST(failed_payment_keeps_the_hold)
{
	struct restitution *restitution = way_back_ordered(100000);

	way_back_pay(PAYMENT_FAILED, BANK_NODAL, restitution);
	world_done(200);
	ck_assert_int_eq(restitution->state, RESTITUTION_FAILED);
	ck_assert_int_eq(way_back_target->state, TARGET_HELD_FULL);
	ck_assert_int_eq(way_back_target->held_minor, 100000);
	world_commit();
	ck_assert_int_eq(
	    way_back_proposed(100000)->state, RESTITUTION_PROPOSED);
}
END_TEST

static const struct {
	enum person person;
	enum rc rc;
	const char *code;
} wrong_payers[] = {
	{ OTHER_NODAL, RC_MISSING, "not_found" },
	{ BANK_SERVICE, RC_FORBIDDEN, "role_not_allowed" },
	{ OFFICER, RC_FORBIDDEN, "role_not_allowed" },
	{ SUPERVISOR, RC_FORBIDDEN, "role_not_allowed" },
	{ AUDITOR, RC_FORBIDDEN, "role_not_allowed" },
};

START_TEST(others_pay_nothing)
{
	way_back_pay(
	    PAYMENT_PAID, wrong_payers[_i].person, way_back_ordered(100000));
	world_refused(wrong_payers[_i].rc, wrong_payers[_i].code, "");
}
END_TEST

START_TEST(proposal_is_not_the_institutions_to_know)
{
	way_back_pay(PAYMENT_FAILED, BANK_NODAL, way_back_proposed(100000));
	world_refused(RC_MISSING, "not_found", "");
}
END_TEST

static const struct {
	int64_t more, later;
	int64_t reduce_to;
	enum target_state state;
	enum rc rc;
	const char *code, *pointer;
} wrong_payments[] = {
	{ 1, 0, 0, TARGET_HELD_FULL, RC_INVALID, "not_as_ordered", "/amount" },
	{ -1, 0, 0, TARGET_HELD_FULL, RC_INVALID, "not_as_ordered", "/amount" },
	{ 0, 1, 0, TARGET_HELD_FULL, RC_INVALID, "in_the_future", "/paid_at" },
	{ 0, 0, 0, TARGET_RELEASE_PENDING, RC_CONFLICT, "not_held_any_more",
	    "" },
	{ 0, 0, 0, TARGET_RELEASED, RC_CONFLICT, "not_held_any_more", "" },
	{ 0, 0, 60000, TARGET_HELD_FULL, RC_CONFLICT, "reduction_ordered", "" },
};

START_TEST(wrong_payment_is_refused)
{
	struct restitution *restitution = way_back_ordered(50000);
	struct command *command = way_back_pay(
	    PAYMENT_PAID, BANK_NODAL, restitution);

	command->pay.amount.minor += wrong_payments[_i].more;
	command->pay.paid_at += wrong_payments[_i].later;
	way_back_target->state = wrong_payments[_i].state;
	way_back_target->reduce_to_minor = wrong_payments[_i].reduce_to;
	world_refused(wrong_payments[_i].rc, wrong_payments[_i].code,
	    wrong_payments[_i].pointer);
}
END_TEST

START_TEST(what_is_over_is_not_paid_again)
{
	struct restitution *restitution = way_back_ordered(100000);

	way_back_pay(
	    _i == 0 ? PAYMENT_PAID : PAYMENT_FAILED, BANK_NODAL, restitution);
	world_done(200);
	world_commit();
	way_back_pay(PAYMENT_PAID, BANK_NODAL, restitution);
	world_refused(RC_CONFLICT, "move_not_allowed", "");
}
END_TEST

/* ---- the clock */

START_TEST(payment_is_reminded_of_and_breached)
{
	static const struct {
		int days; /* from the order */
		enum message_type told;
		enum place place;
	} stages[] = {
		{ 7, MESSAGE_DEADLINE_WARNING, BANK },
		{ 12, MESSAGE_DEADLINE_WARNING, BANK },
		{ TERM_DAYS, MESSAGE_DEADLINE_BREACHED, DISTRICT },
		{ TERM_DAYS + 1, MESSAGE_DEADLINE_BREACHED, DISTRICT },
	};
	struct restitution *restitution = way_back_ordered(100000);
	int64_t ordered_at = world.now;

	for (size_t i = 0; i < COUNT(stages); i++) {
		world.now = ordered_at + stages[i].days * WORLD_DAY;
		way_back_pass(&restitution->id, DEADLINE_RESTITUTION);
		world_done(200);
		ck_assert_uint_eq(
		    world_messages(stages[i].told, stages[i].place), 1);
		ck_assert_int_eq(restitution->state, RESTITUTION_ORDERED);
		world_commit();
	}
}
END_TEST

START_TEST(paid_in_time_is_reminded_of_no_more)
{
	struct restitution *restitution = way_back_ordered(100000);

	way_back_pay(PAYMENT_PAID, BANK_NODAL, restitution);
	world_done(200);
	world_commit();
	world.now += TERM_DAYS * WORLD_DAY;
	way_back_pass(&restitution->id, DEADLINE_RESTITUTION);
	world_done(200);
	ck_assert_uint_eq(world.effects.message_count, 0);
}
END_TEST

Suite *
pay_restitution_suite(void)
{
	Suite *suite = suite_create("pay_restitution");
	TCase *tcase = tcase_create("pay_restitution");

	tcase_add_checked_fixture(tcase, way_back_set_up, world_tear_down);
	tcase_add_loop_test(
	    tcase, supervisor_orders_what_another_proposed, 0, 2);
	tcase_add_loop_test(
	    tcase, others_order_nothing, 0, (int)COUNT(wrong_orderers));
	tcase_add_test(tcase, nobody_orders_what_they_proposed);
	tcase_add_loop_test(tcase, what_is_gone_is_not_ordered, 0, 3);
	tcase_add_loop_test(tcase, only_what_is_proposed_is_ordered_or_refused,
	    0, 2 * RESTITUTION_STATE_COUNT);
	tcase_add_test(tcase, refusal_frees_the_money);
	tcase_add_loop_test(tcase, what_is_owed_is_not_let_go, 0, 3);
	tcase_add_loop_test(tcase, what_is_only_proposed_is_let_go, 0, 3);
	tcase_add_test(tcase, last_payment_restores);
	tcase_add_loop_test(tcase, part_payment_leaves_the_rest_held, 0, 2);
	tcase_add_test(tcase, failed_payment_keeps_the_hold);
	tcase_add_loop_test(
	    tcase, others_pay_nothing, 0, (int)COUNT(wrong_payers));
	tcase_add_test(tcase, proposal_is_not_the_institutions_to_know);
	tcase_add_loop_test(
	    tcase, wrong_payment_is_refused, 0, (int)COUNT(wrong_payments));
	tcase_add_loop_test(tcase, what_is_over_is_not_paid_again, 0, 2);
	tcase_add_test(tcase, payment_is_reminded_of_and_breached);
	tcase_add_test(tcase, paid_in_time_is_reminded_of_no_more);
	suite_add_tcase(suite, tcase);
	return suite;
}
