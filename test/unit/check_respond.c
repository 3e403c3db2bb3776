/*
 * respond: receipts, holds that grow, leads, releases, and whose target it
 * is.
 */
#include "test/unit/unit.h"

#include "hub/domain/profile.h"
#include "test/unit/answer.h"

/* ---- states */

static bool
is_open_for_answers(enum target_state state)
{
	return state >= TARGET_QUEUED && state <= TARGET_IN_REVIEW;
}

START_TEST(outcome_is_taken_from_every_open_state_and_no_other)
{
	enum target_state state = (enum target_state)_i;
	struct target *target = world_target(1, state);

	target->queued_at = world.now - 9;
	answer_begin(RESPONSE_HLD_FULL, BANK_NODAL, target);
	if (!is_open_for_answers(state) && state != TARGET_HELD_PARTIAL) {
		world_refused(RC_CONFLICT, "move_not_allowed", "");
		return;
	}
	world_done(201);
	ck_assert_int_eq(target->state, TARGET_HELD_FULL);
	ck_assert_int_eq(target->held_minor, 100000);
	ck_assert_str_eq(target->hold_ref, "H-1");
	ck_assert_int_eq(target->expires_at, world.now + WORLD_DAY);
	ck_assert_int_eq(target->answered_at, world.now);
	ck_assert_int_ne(target->acknowledged_at, 0);
	ck_assert_int_eq(target->response_code, RESPONSE_HLD_FULL);
}
END_TEST

START_TEST(receipt_is_taken_until_somebody_looked)
{
	enum target_state state = (enum target_state)_i;
	struct target *target = world_target(1, state);

	target->queued_at = world.now - 9;
	target->acknowledged_at = 0;
	answer_begin(RESPONSE_RECEIPT, BANK_SERVICE, target);
	if (state < TARGET_QUEUED || state > TARGET_UNDELIVERABLE) {
		world_refused(RC_CONFLICT, "move_not_allowed", "");
		return;
	}
	world_done(201);
	ck_assert_int_eq(target->state, TARGET_ACKNOWLEDGED);
	ck_assert_int_eq(target->acknowledged_at, world.now);
	ck_assert_int_eq(target->answered_at, 0);
	ck_assert_int_eq(target->response_code, -1);
	ck_assert_uint_eq(
	    world_messages(MESSAGE_RECEIPT_RECORDED, DISTRICT), 1);
}
END_TEST

/* A fast bank's answer overtakes its receipt; a retry repeats it. */
START_TEST(late_receipt_changes_nothing_and_is_no_fault)
{
	struct target before, *target = world_target(1, (enum target_state)_i);

	target->queued_at = target->acknowledged_at = world.now - 9;
	before = *target;
	answer_begin(RESPONSE_RECEIPT, BANK_SERVICE, target);
	world_done(200);
	ck_assert_mem_eq(&before, target, sizeof before);
	ck_assert_uint_eq(world.effects.event_count, 0);
	ck_assert_uint_eq(world.effects.response_count, 0);
	ck_assert(id_is_zero(&world.reply.response));
	ck_assert(id_equal(&world.reply.target, &target->id));
}
END_TEST

static const struct {
	int told, now;
	bool is_right;
} generations[] = { { 0, 2, true }, { 2, 2, true }, { 1, 2, false },
	{ 3, 2, false }, { -1, 2, false } };

START_TEST(answer_is_of_the_present_generation)
{
	struct target *target = world_target(1, TARGET_SENT);

	target->generation = generations[_i].now;
	answer_begin(RESPONSE_NIL_BAL, BANK_NODAL, target)->generation =
	    generations[_i].told;
	if (!generations[_i].is_right) {
		world_refused(RC_CONFLICT, "stale_generation", "/generation");
		return;
	}
	world_done(201);
	ck_assert_int_eq(world.effects.responses[0].generation, 2);
}
END_TEST

/* ---- a hold that grows (docs/decisions/0002-moves.md) */

static const struct {
	enum response_code code;
	int64_t held;
	enum rc rc;
	enum target_state state;
} second_holds[] = {
	{ RESPONSE_HLD_PART, 40000, RC_OK, TARGET_HELD_PARTIAL },
	{ RESPONSE_HLD_PART, 70000, RC_OK, TARGET_HELD_PARTIAL },
	{ RESPONSE_HLD_FULL, 100000, RC_OK, TARGET_HELD_FULL },
	{ RESPONSE_HLD_INFLIGHT, 100000, RC_OK, TARGET_HELD_FULL },
	{ RESPONSE_HLD_PART, 39999, RC_INVALID, TARGET_HELD_PARTIAL },
	{ RESPONSE_HLD_PART, 1, RC_INVALID, TARGET_HELD_PARTIAL },
	{ RESPONSE_HLD_INFLIGHT, 39999, RC_INVALID, TARGET_HELD_PARTIAL },
	{ RESPONSE_HLD_ALREADY, 39999, RC_INVALID, TARGET_HELD_PARTIAL },
};

START_TEST(partial_hold_grows_and_never_shrinks)
{
	struct target *target = world_target(1, TARGET_HELD_PARTIAL);

	answer_hold(answer_begin(second_holds[_i].code, BANK_NODAL, target),
	    target, second_holds[_i].held);
	if (second_holds[_i].rc != RC_OK) {
		world_refused(
		    RC_INVALID, "less_than_held", "/amount_held/amount");
		return;
	}
	world_done(201);
	ck_assert_int_eq(target->state, second_holds[_i].state);
	ck_assert_int_eq(target->held_minor, second_holds[_i].held);
}
END_TEST

START_TEST(block_without_an_end_ends_with_the_request)
{
	struct target *target = world_target(1, TARGET_SENT);
	struct respond *respond = answer_begin(
	    RESPONSE_BLK_INSTR, BANK_NODAL, target);

	respond->expires_at = _i == 0 ? 0 : world.now + WORLD_HOUR;
	world_done(201);
	ck_assert_int_eq(target->expires_at,
	    _i == 0 ? world_request()->expires_at : world.now + WORLD_HOUR);
}
END_TEST

START_TEST(correctable_rejection_opens_the_window)
{
	struct target *target = world_target(1, TARGET_SENT);

	answer_begin(_i == 0 ? RESPONSE_REJ_AMBIGUOUS : RESPONSE_REJ_NOT_OURS,
	    BANK_NODAL, target);
	world_done(201);
	ck_assert_int_eq(
	    target->correct_until, _i == 0 ? world.now + 5 * WORLD_DAY : 0);
}
END_TEST

START_TEST(first_outcome_brings_the_case_on)
{
	static const struct {
		enum response_code code;
		enum case_state state;
	} steps[] = {
		{ RESPONSE_RECEIPT, CASE_DISPATCHED },
		{ RESPONSE_PND_REVIEW, CASE_DISPATCHED },
		{ RESPONSE_REJ_TECH, CASE_IN_PROGRESS },
		{ RESPONSE_NIL_BAL, CASE_IN_PROGRESS },
	};

	answer_begin(steps[_i].code, BANK_NODAL, world_target(1, TARGET_SENT));
	world_done(201);
	ck_assert_int_eq(world_case()->state, steps[_i].state);
}
END_TEST

START_TEST(unit_without_an_endpoint_hinders_no_answer)
{
	world_case()->unit = world_place(MUTE_BANK);
	answer_begin(
	    RESPONSE_HLD_FULL, BANK_NODAL, world_target(1, TARGET_SENT));
	world_done(201);
	ck_assert_uint_eq(world.effects.message_count, 0);
}
END_TEST

/* ---- release */

START_TEST(release_is_confirmed_by_a_person)
{
	struct target *target = world_target(1, TARGET_RELEASE_PENDING);

	answer_begin(RESPONSE_RELEASED, BANK_NODAL, target);
	world_done(201);
	ck_assert_int_eq(target->state, TARGET_RELEASED);
	ck_assert_int_eq(target->held_minor, 0);
}
END_TEST

START_TEST(machine_confirms_no_release)
{
	answer_begin(RESPONSE_RELEASED, BANK_SERVICE,
	    world_target(1, TARGET_RELEASE_PENDING));
	world_refused(RC_FORBIDDEN, "role_not_allowed", "");
}
END_TEST

START_TEST(nothing_but_a_release_comes_after_its_order)
{
	enum response_code code = (enum response_code)_i;
	struct target *target = world_target(1, TARGET_RELEASE_PENDING);

	if (code == RESPONSE_RELEASED || code == RESPONSE_REDUCED ||
	    code == RESPONSE_RECEIPT ||
	    !response_code_allowed(code, INSTITUTION_BANK))
		return;
	world_request()->action = ACTION_DEBIT_FREEZE;
	answer_begin(code, BANK_NODAL, target);
	world_refused(RC_CONFLICT, "move_not_allowed", "");
}
END_TEST

/* ---- leads */

START_TEST(lead_becomes_a_proposed_child_one_layer_deeper)
{
	struct id other_bank = world_place(OTHER_BANK);
	struct target *parent = world_target(1, TARGET_SENT);
	const struct target *child;
	const struct txn *txn;

	parent->layer = 2;
	answer_begin(RESPONSE_OUT_XFER, BANK_NODAL, parent);
	world_done(201);
	child = world.snapshot.targets[1];
	txn = snapshot_txn(&world.snapshot, &child->txn);
	ck_assert_int_eq(child->state, TARGET_PROPOSED);
	ck_assert_int_eq(child->layer, 3);
	ck_assert_int_eq(child->queued_at, 0);
	ck_assert(id_equal(&child->parent, &parent->id));
	ck_assert(id_equal(&child->request, &parent->request));
	ck_assert(id_equal(&child->institution, &other_bank));
	ck_assert_int_eq(child->requested.minor, 100000);
	ck_assert_ptr_nonnull(txn);
	ck_assert_int_eq(txn->layer, 3);
	ck_assert_uint_eq(world.effects.lead_count, 1);
	ck_assert(id_equal(&world.effects.leads[0].child, &child->id));
	ck_assert_uint_eq(world_messages(MESSAGE_LEAD_CREATED, DISTRICT), 1);
	ck_assert_uint_eq(
	    world_messages(MESSAGE_FREEZE_REQUESTED, OTHER_BANK), 0);
}
END_TEST

static void
unknown_institution(void)
{
	answer.leads[0].institution_text = "nobody";
}

static void
police(void)
{
	answer.leads[0].institution_text = "neighbour";
}

static void
out_of_reach(void)
{
	answer.leads[0].to = world_account(MUTE_BANK, 5);
}

static void
no_identifier(void)
{
	answer.leads[0].has_identifier = false;
}

static void
deepest(void)
{
	world.snapshot.targets[0]->layer = 32;
}

static void (*const childless[])(void) = { unknown_institution, police,
	out_of_reach, no_identifier, deepest };

/* Nobody to ask, but the trail is not lost. */
START_TEST(lead_that_nobody_can_be_asked_about_is_kept)
{
	answer_begin(
	    RESPONSE_OUT_XFER, BANK_NODAL, world_target(1, TARGET_SENT));
	childless[_i]();
	world_done(201);
	ck_assert_uint_eq(world.snapshot.target_count, 1);
	ck_assert_uint_eq(world.effects.lead_count, 1);
	ck_assert(id_is_zero(&world.effects.leads[0].child));
	ck_assert_int_eq(world.effects.leads[0].money.minor, 100000);
	ck_assert_uint_eq(world_messages(MESSAGE_LEAD_CREATED, DISTRICT), 0);
}
END_TEST

START_TEST(lead_to_what_is_targeted_already_is_superseded)
{
	struct target *live = world_target(2, TARGET_SENT);

	answer_begin(
	    RESPONSE_OUT_XFER, BANK_NODAL, world_target(1, TARGET_SENT));
	memcpy(answer.leads[0].dedupe_hash, live->dedupe_hash, 32);
	world_done(201);
	ck_assert_int_eq(world.snapshot.targets[2]->state, TARGET_SUPERSEDED);
	ck_assert_ptr_null(
	    world_field(world_event("target.duplicate"), "duplicate_of"));
}
END_TEST

START_TEST(exits_are_facts_and_open_nothing)
{
	answer_begin(
	    RESPONSE_OUT_ATM, BANK_NODAL, world_target(1, TARGET_SENT));
	world_done(201);
	ck_assert_uint_eq(world.snapshot.target_count, 1);
	ck_assert_uint_eq(world.effects.lead_count, 1);
	ck_assert_int_eq(world.effects.leads[0].code, RESPONSE_OUT_ATM);
}
END_TEST

/* ---- who */

static const struct {
	enum person person;
	enum rc rc;
	const char *code;
} strangers[] = {
	{ OTHER_NODAL, RC_MISSING, "not_found" },
	{ WALLET_NODAL, RC_MISSING, "not_found" },
	{ OFFICER, RC_FORBIDDEN, "role_not_allowed" },
	{ SUPERVISOR, RC_FORBIDDEN, "role_not_allowed" },
	{ AUDITOR, RC_FORBIDDEN, "role_not_allowed" },
	{ ADMIN, RC_FORBIDDEN, "role_not_allowed" },
	{ DISPATCHER, RC_FORBIDDEN, "role_not_allowed" },
};

START_TEST(others_do_not_answer)
{
	answer_begin(RESPONSE_RECEIPT, strangers[_i].person,
	    world_target(1, TARGET_SENT));
	world_refused(strangers[_i].rc, strangers[_i].code, "");
}
END_TEST

/* What was never sent is not theirs to see. */
START_TEST(unsent_target_is_answered_like_none)
{
	answer_begin(_i % 2 == 0 ? RESPONSE_RECEIPT : RESPONSE_HLD_FULL,
	    BANK_NODAL,
	    world_target(1, _i < 2 ? TARGET_PROPOSED : TARGET_SUPERSEDED));
	world_refused(RC_MISSING, "not_found", "");
}
END_TEST

START_TEST(unknown_target_is_answered_like_anothers)
{
	char text[ERR_TEXT_SIZE];
	struct target *target = world_target(1, TARGET_SENT);

	answer_begin(RESPONSE_RECEIPT, OTHER_NODAL, target);
	world_refused(RC_MISSING, "not_found", "");
	memcpy(text, world.err.text, sizeof text);
	world.snapshot.target_count = 0;
	world_refused(RC_MISSING, "not_found", "");
	ck_assert_str_eq(world.err.text, text);
}
END_TEST

static void
add_tests(TCase *tcase)
{
	tcase_add_loop_test(tcase,
	    outcome_is_taken_from_every_open_state_and_no_other, 0,
	    TARGET_STATE_COUNT);
	tcase_add_loop_test(tcase, receipt_is_taken_until_somebody_looked, 0,
	    TARGET_STATE_COUNT);
	tcase_add_loop_test(tcase, late_receipt_changes_nothing_and_is_no_fault,
	    TARGET_ACKNOWLEDGED, TARGET_STATE_COUNT);
	tcase_add_loop_test(tcase, answer_is_of_the_present_generation, 0,
	    (int)COUNT(generations));
	tcase_add_loop_test(tcase, partial_hold_grows_and_never_shrinks, 0,
	    (int)COUNT(second_holds));
	tcase_add_loop_test(
	    tcase, block_without_an_end_ends_with_the_request, 0, 2);
	tcase_add_loop_test(
	    tcase, correctable_rejection_opens_the_window, 0, 2);
	tcase_add_loop_test(tcase, first_outcome_brings_the_case_on, 0, 4);
	tcase_add_test(tcase, unit_without_an_endpoint_hinders_no_answer);
}

Suite *
respond_suite(void)
{
	Suite *suite = suite_create("respond");
	TCase *tcase = tcase_create("respond");

	tcase_add_checked_fixture(tcase, world_set_up, world_tear_down);
	add_tests(tcase);
	tcase_add_test(tcase, release_is_confirmed_by_a_person);
	tcase_add_test(tcase, machine_confirms_no_release);
	tcase_add_loop_test(tcase, nothing_but_a_release_comes_after_its_order,
	    0, RESPONSE_CODE_COUNT);
	tcase_add_test(tcase, lead_becomes_a_proposed_child_one_layer_deeper);
	tcase_add_loop_test(tcase, lead_that_nobody_can_be_asked_about_is_kept,
	    0, (int)COUNT(childless));
	tcase_add_test(tcase, lead_to_what_is_targeted_already_is_superseded);
	tcase_add_test(tcase, exits_are_facts_and_open_nothing);
	tcase_add_loop_test(
	    tcase, others_do_not_answer, 0, (int)COUNT(strangers));
	tcase_add_loop_test(tcase, unsent_target_is_answered_like_none, 0, 4);
	tcase_add_test(tcase, unknown_target_is_answered_like_anothers);
	suite_add_tcase(suite, tcase);
	return suite;
}
