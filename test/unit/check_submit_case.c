/*
 * submit_case: what goes out at once, what waits for a second person, and
 * who submits.
 */
#include "test/unit/unit.h"

#include "hub/domain/profile.h"
#include "test/unit/submit_draft.h"

static const struct freeze_request *
made_request(size_t index)
{
	return world.snapshot.requests[1 + index];
}

/* ---- right */

START_TEST(small_case_goes_out_at_once)
{
	const struct case_file *file;

	submit_draft_begin(OFFICER);
	world_done(201);
	file = snapshot_case(&world.snapshot, &world.reply.case_id);
	ck_assert_ptr_nonnull(file);
	ck_assert_int_eq(file->state, CASE_DISPATCHED);
	ck_assert_str_eq(file->profile, "IN");
	ck_assert_int_eq(file->priority, PRIORITY_P1);
	ck_assert_int_eq(strncmp(file->ref, "IN-KL-2026-000001-", 18), 0);
	ck_assert_int_eq(made_request(0)->state, REQUEST_ISSUED);
	ck_assert_int_eq(
	    made_request(0)->expires_at, world.now + 90 * WORLD_DAY);
	ck_assert_str_eq(made_request(0)->basis, "NCRP_ACK");
	ck_assert_str_eq(made_request(0)->profile, "IN@2026-01-02");
	ck_assert_uint_eq(world_events("target.issued"), 2);
	ck_assert_uint_eq(world_messages(MESSAGE_FREEZE_REQUESTED, BANK), 1);
	ck_assert_uint_eq(
	    world_messages(MESSAGE_FREEZE_REQUESTED, OTHER_BANK), 1);
}
END_TEST

START_TEST(named_institution_wins_over_the_route)
{
	submit_draft_begin(OFFICER);
	submit_draft.targets[0][0].institution_text = "wallet";
	world_done(201);
	ck_assert_uint_eq(world_messages(MESSAGE_FREEZE_REQUESTED, WALLET), 1);
	ck_assert_uint_eq(world_messages(MESSAGE_FREEZE_REQUESTED, BANK), 0);
}
END_TEST

START_TEST(targets_of_one_institution_share_messages)
{
	submit_draft_begin(OFFICER);
	submit_draft_target(&submit_draft.targets[0][1], BANK, 2, 1);
	world_done(201);
	ck_assert_uint_eq(world_messages(MESSAGE_FREEZE_REQUESTED, BANK), 1);
	ck_assert_uint_eq(world.effects.messages[0].envelope.target_count, 2);
}
END_TEST

/* Nobody's case is told to anybody: neither event nor message says whose the
 * other target is. */
START_TEST(duplicate_is_superseded_in_silence)
{
	const struct target *made;

	world_target(7, TARGET_SENT);
	submit_draft_begin(NEIGHBOUR_OFFICER);
	memcpy(submit_draft.targets[0][0].dedupe_hash,
	    world.snapshot.targets[0]->dedupe_hash, COMMAND_HASH_SIZE);
	world_done(201);
	made = world.snapshot.targets[1];
	ck_assert_int_eq(made->state, TARGET_SUPERSEDED);
	ck_assert(
	    id_equal(&made->duplicate_of, &world.snapshot.targets[0]->id));
	ck_assert_ptr_null(
	    world_field(world_event("target.duplicate"), "duplicate_of"));
	ck_assert_uint_eq(world_messages(MESSAGE_FREEZE_REQUESTED, BANK), 0);
	ck_assert_uint_eq(
	    world_messages(MESSAGE_FREEZE_REQUESTED, OTHER_BANK), 1);
	/* A unit without an endpoint reads it from its case. */
	ck_assert_uint_eq(
	    world_messages(MESSAGE_TARGET_SUPERSEDED, DISTRICT), 1);
}
END_TEST

START_TEST(target_that_is_over_is_no_duplicate)
{
	world_target(7, TARGET_REJECTED_FINAL);
	submit_draft_begin(OFFICER);
	memcpy(submit_draft.targets[0][0].dedupe_hash,
	    world.snapshot.targets[0]->dedupe_hash, COMMAND_HASH_SIZE);
	world_done(201);
	ck_assert_int_eq(world.snapshot.targets[1]->state, TARGET_QUEUED);
}
END_TEST

/* ---- what waits */

static void
whole_account(void)
{
	submit_draft.requests[0].basis = "BNSS_106";
	submit_draft.requests[0].action = ACTION_RECEIVE_ONLY;
	submit_draft.requests[0].scope = SCOPE_ACCOUNT;
}

static void
account_scope_of_an_amount(void)
{
	submit_draft.requests[0].basis = "BNSS_106";
	submit_draft.requests[0].scope = SCOPE_ACCOUNT;
}

static void
an_emergency(void)
{
	submit_draft.requests[0].is_emergency = true;
}

static void
large_loss(void)
{
	world.command.submit.loss = world_inr(500000001);
}

static void
large_target(void)
{
	submit_draft.txns[0].money = submit_draft.targets[0][0].amount =
	    world_inr(500000001);
}

/* Two parts below the threshold, together above it. */
static void
split_sum(void)
{
	submit_draft.txns[0].money = submit_draft.targets[0][0].amount =
	    world_inr(300000000);
	submit_draft.txns[1].money = submit_draft.targets[0][1].amount =
	    world_inr(300000000);
}

static void
split_sum_without_payments(void)
{
	submit_draft.targets[0][0].txn = submit_draft.targets[0][1].txn = -1;
	submit_draft.targets[0][0].amount = submit_draft.targets[0][1].amount =
	    world_inr(300000000);
}

static void
split_sum_over_requests(void)
{
	split_sum();
	submit_draft_target(&submit_draft.targets[1][0], BANK, 3, 1);
	submit_draft.targets[1][0].amount = world_inr(300000000);
	submit_draft.targets[0][1].amount = world_inr(1);
	submit_draft_request(1, 1);
	world.command.submit.request_count = 2;
}

/* The loss told in another currency hides nothing. */
static void
split_sum_beside_a_foreign_loss(void)
{
	split_sum();
	world.command.submit.loss = (struct money){ 100, "USD" };
}

static void
currency_without_a_limit(void)
{
	world.command.submit.loss = (struct money){ 100, "CHF" };
}

static void (*const waiting[])(void) = { whole_account,
	account_scope_of_an_amount, large_loss, large_target, split_sum,
	split_sum_without_payments, split_sum_over_requests,
	split_sum_beside_a_foreign_loss, currency_without_a_limit };

START_TEST(wide_or_large_waits_for_a_second_person)
{
	submit_draft_begin(OFFICER);
	waiting[_i]();
	world_done(201);
	ck_assert_int_eq(made_request(0)->state, REQUEST_PENDING_APPROVAL);
	ck_assert_int_eq(made_request(0)->desired_state, REQUEST_ISSUED);
	ck_assert_int_eq(world.snapshot.cases[1]->state, CASE_VALIDATED);
	ck_assert_int_eq(world.snapshot.targets[0]->state, TARGET_PROPOSED);
	ck_assert_uint_eq(world.effects.message_count, 0);
}
END_TEST

/* A supervisor's own large request waits as well. */
START_TEST(rank_does_not_replace_the_second_person)
{
	submit_draft_begin(SUPERVISOR);
	large_loss();
	world_done(201);
	ck_assert_int_eq(made_request(0)->state, REQUEST_PENDING_APPROVAL);
}
END_TEST

static void
several_hops_of_one_payment(void)
{
	submit_draft.txns[0].money = world_inr(400000000);
	submit_draft.targets[0][0].amount = submit_draft.targets[0][1].amount =
	    world_inr(400000000);
	submit_draft.targets[0][1].txn = 0;
}

static void
exactly_the_threshold(void)
{
	world.command.submit.loss = world_inr(500000000);
}

static void (*const at_once[])(
    void) = { several_hops_of_one_payment, exactly_the_threshold };

START_TEST(small_enough_does_not_wait)
{
	submit_draft_begin(OFFICER);
	at_once[_i]();
	world_done(201);
	ck_assert_int_eq(made_request(0)->state, REQUEST_ISSUED);
}
END_TEST

START_TEST(one_request_waits_while_the_other_goes)
{
	submit_draft_begin(OFFICER);
	whole_account();
	submit_draft_request(1, 1);
	world.command.submit.request_count = 2;
	world_done(201);
	ck_assert_int_eq(made_request(0)->state, REQUEST_PENDING_APPROVAL);
	ck_assert_int_eq(made_request(1)->state, REQUEST_ISSUED);
	ck_assert_int_eq(world.snapshot.cases[1]->state, CASE_DISPATCHED);
	ck_assert_uint_eq(world.effects.message_count, 1);
}
END_TEST

START_TEST(case_is_approved_in_the_batch_that_made_it)
{
	struct approve_request *approve;

	submit_draft_begin(OFFICER);
	large_loss();
	world_done(201);
	approve = &world_command(COMMAND_APPROVE_REQUEST, SUPERVISOR)->approve;
	approve->request = made_request(0)->id;
	approve->reason = "";
	world_done(200);
	ck_assert_int_eq(world.snapshot.cases[1]->state, CASE_DISPATCHED);
	ck_assert_uint_eq(world_messages(MESSAGE_FREEZE_REQUESTED, BANK), 1);
}
END_TEST

/* ---- priority */

static const struct {
	int64_t age;
	bool has_own;
	enum priority own, wanted;
} priorities[] = {
	{ 23 * WORLD_HOUR, false, 0, PRIORITY_P1 },
	{ 25 * WORLD_HOUR, false, 0, PRIORITY_P2 },
	{ 80 * WORLD_HOUR, false, 0, PRIORITY_P3 },
	{ 80 * WORLD_HOUR, true, PRIORITY_P1, PRIORITY_P1 },
	{ 23 * WORLD_HOUR, true, PRIORITY_P3, PRIORITY_P1 }, /* no lowering */
};

START_TEST(priority_follows_the_newest_payment_or_is_raised)
{
	struct submit_case *submit = submit_draft_begin(OFFICER);

	submit_draft.txns[0].at = world.now - priorities[_i].age;
	submit_draft.txns[1].at = submit->occurred_at = world.now -
	    200 * WORLD_HOUR;
	submit->has_priority = priorities[_i].has_own;
	submit->priority = priorities[_i].own;
	world_done(201);
	ck_assert_int_eq(
	    world.snapshot.cases[1]->priority, priorities[_i].wanted);
	ck_assert_int_eq(made_request(0)->priority, priorities[_i].wanted);
}
END_TEST

/* ---- who */

START_TEST(nodal_officer_submits_for_a_customer)
{
	struct id bank = world_place(BANK);

	submit_draft_begin(BANK_NODAL);
	world_done(201);
	ck_assert(id_equal(&world.snapshot.cases[1]->unit, &bank));
	ck_assert_int_eq(made_request(0)->state, REQUEST_ISSUED);
}
END_TEST

static const struct {
	enum person person;
	void (*bend)(void);
	const char *code, *pointer;
} strangers[] = {
	{ BANK_SERVICE, NULL, "role_not_allowed", "" },
	{ AUDITOR, NULL, "role_not_allowed", "" },
	{ ADMIN, NULL, "role_not_allowed", "" },
	{ DISPATCHER, NULL, "role_not_allowed", "" },
	/* An institution has no second person to approve. */
	{ BANK_NODAL, an_emergency, "second_person_needed", "/requests/0" },
	{ BANK_NODAL, large_loss, "second_person_needed", "/requests/0" },
	{ BANK_NODAL, account_scope_of_an_amount, "second_person_needed",
	    "/requests/0" },
	{ BANK_NODAL, whole_account, "role_not_allowed", "/requests/0/action" },
};

START_TEST(others_do_not_submit)
{
	submit_draft_begin(strangers[_i].person);
	if (strangers[_i].bend != NULL)
		strangers[_i].bend();
	world_refused(RC_FORBIDDEN, strangers[_i].code, strangers[_i].pointer);
}
END_TEST

/* ---- emergencies */

/* As wide and as large as would wait; it goes out at once all the same. */
START_TEST(emergency_goes_out_at_once_with_its_clock)
{
	const struct freeze_request *request;
	const struct deadline *clock;

	submit_draft_begin(OFFICER);
	submit_draft.requests[0].is_emergency = true;
	if (_i == 1)
		large_loss();
	world_done(201);
	request = world.snapshot.requests[1];
	ck_assert_int_eq(request->state, REQUEST_ISSUED);
	ck_assert(request->is_emergency);
	ck_assert(id_is_zero(&request->approved_by));
	ck_assert_int_eq(request->confirm_by, world.now + WORLD_HOUR);
	ck_assert_int_eq(world.snapshot.targets[0]->state, TARGET_QUEUED);
	ck_assert_int_eq(world.snapshot.cases[1]->state, CASE_DISPATCHED);
	ck_assert_uint_eq(world_messages(MESSAGE_FREEZE_REQUESTED, BANK), 1);
	clock = snapshot_deadline(
	    &world.snapshot, &request->id, DEADLINE_CONFIRMATION);
	ck_assert_int_eq(clock->due_at, request->confirm_by);
}
END_TEST

START_TEST(each_issued_target_gets_its_clocks)
{
	const struct target *target;

	submit_draft_begin(OFFICER);
	world_done(201);
	target = world.snapshot.targets[0];
	/* Two of each target, one of the request, one of each of its two
	 * documents. */
	ck_assert_uint_eq(world.snapshot.deadline_count, 7);
	ck_assert_int_eq(snapshot_deadline(&world.snapshot, &target->id,
			     DEADLINE_ACKNOWLEDGEMENT)
			     ->due_at,
	    world.now + 300 * CLOCK_SECOND);
	ck_assert_int_eq(
	    snapshot_deadline(&world.snapshot, &target->id, DEADLINE_DECISION)
		->due_at,
	    world.now + 1800 * CLOCK_SECOND);
}
END_TEST

START_TEST(evidence_of_liability_is_kept)
{
	struct submit_case *submit = submit_draft_begin(OFFICER);

	submit->bank_notice_at = submit->occurred_at + CLOCK_SECOND;
	submit->has_account_type = true;
	submit->account_type = ACCOUNT_PREPAID;
	world_done(201);
	ck_assert_int_eq(
	    world.snapshot.cases[1]->bank_notice_at, submit->bank_notice_at);
	ck_assert_int_eq(
	    world.snapshot.cases[1]->account_type, ACCOUNT_PREPAID);
}
END_TEST

Suite *
submit_case_suite(void)
{
	Suite *suite = suite_create("submit_case");
	TCase *tcase = tcase_create("submit_case");

	tcase_add_checked_fixture(tcase, world_set_up, world_tear_down);
	tcase_add_test(tcase, small_case_goes_out_at_once);
	tcase_add_test(tcase, named_institution_wins_over_the_route);
	tcase_add_test(tcase, targets_of_one_institution_share_messages);
	tcase_add_test(tcase, duplicate_is_superseded_in_silence);
	tcase_add_test(tcase, target_that_is_over_is_no_duplicate);
	tcase_add_loop_test(tcase, wide_or_large_waits_for_a_second_person, 0,
	    (int)COUNT(waiting));
	tcase_add_test(tcase, rank_does_not_replace_the_second_person);
	tcase_add_loop_test(
	    tcase, small_enough_does_not_wait, 0, (int)COUNT(at_once));
	tcase_add_test(tcase, one_request_waits_while_the_other_goes);
	tcase_add_test(tcase, case_is_approved_in_the_batch_that_made_it);
	tcase_add_loop_test(tcase,
	    priority_follows_the_newest_payment_or_is_raised, 0,
	    (int)COUNT(priorities));
	tcase_add_test(tcase, nodal_officer_submits_for_a_customer);
	tcase_add_loop_test(
	    tcase, others_do_not_submit, 0, (int)COUNT(strangers));
	tcase_add_loop_test(
	    tcase, emergency_goes_out_at_once_with_its_clock, 0, 2);
	tcase_add_test(tcase, each_issued_target_gets_its_clocks);
	tcase_add_test(tcase, evidence_of_liability_is_kept);
	suite_add_tcase(suite, tcase);
	return suite;
}
