/*
 * approve_request: the second person's act, never the requester's own.
 */
#include "test/unit/unit.h"

#include "test/unit/world.h"

/* The request waits, with one target proposed and one superseded. */
static struct approve_request *
waiting(enum person person)
{
	struct approve_request *approve;
	struct freeze_request *request = world_request();

	world_case()->state = CASE_VALIDATED;
	request->state = REQUEST_PENDING_APPROVAL;
	request->issued_at = 0;
	if (world.snapshot.target_count == 0) {
		world_target(1, TARGET_PROPOSED);
		world_target(2, TARGET_SUPERSEDED);
	}
	approve = &world_command(COMMAND_APPROVE_REQUEST, person)->approve;
	approve->request = world_request_id();
	approve->reason = "";
	return approve;
}

static const enum person approvers[] = { SUPERVISOR, STATE_SUPERVISOR };

START_TEST(another_supervisor_approves_and_it_goes_out)
{
	struct id approver = world_person(approvers[_i]);
	const struct freeze_request *request = world_request();

	waiting(approvers[_i]);
	world_done(200);
	ck_assert_int_eq(request->state, REQUEST_ISSUED);
	ck_assert(id_equal(&request->approved_by, &approver));
	ck_assert_int_eq(request->issued_at, world.now);
	ck_assert_int_eq(world_case()->state, CASE_DISPATCHED);
	ck_assert_int_eq(world.snapshot.targets[0]->state, TARGET_QUEUED);
	ck_assert_int_eq(world.snapshot.targets[0]->queued_at, world.now);
	ck_assert_int_eq(world.snapshot.targets[1]->state, TARGET_SUPERSEDED);
	ck_assert_uint_eq(world_messages(MESSAGE_FREEZE_REQUESTED, BANK), 1);
	ck_assert_uint_eq(world.effects.message_count, 1);
}
END_TEST

/* Found by reading: an approval moved what had been dismissed before it, and
 * so failed as a whole. */
START_TEST(dismissed_target_stays_dismissed)
{
	world_target(1, TARGET_PROPOSED);
	world_target(2, TARGET_CANCELLED)->queued_at = 0;
	waiting(SUPERVISOR);
	world_done(200);
	ck_assert_int_eq(world.snapshot.targets[0]->state, TARGET_QUEUED);
	ck_assert_int_eq(world.snapshot.targets[1]->state, TARGET_CANCELLED);
}
END_TEST

START_TEST(nothing_left_to_send_dispatches_no_case)
{
	world_target(1, TARGET_CANCELLED)->queued_at = 0;
	waiting(SUPERVISOR);
	world_done(200);
	ck_assert_int_eq(world_request()->state, REQUEST_ISSUED);
	ck_assert_int_eq(world_case()->state, CASE_VALIDATED);
	ck_assert_uint_eq(world.effects.message_count, 0);
}
END_TEST

START_TEST(refusal_cancels_what_was_proposed_and_tells_nobody)
{
	struct approve_request *approve = waiting(SUPERVISOR);

	approve->is_refusal = true;
	approve->reason = "too wide";
	world_done(200);
	ck_assert_int_eq(world_request()->state, REQUEST_REFUSED);
	ck_assert_int_eq(world_request()->desired_state, REQUEST_REFUSED);
	ck_assert_int_eq(world.snapshot.targets[0]->state, TARGET_CANCELLED);
	ck_assert_uint_eq(world.effects.message_count, 0);
	ck_assert_str_eq(
	    world_field(world_event("request.refused"), "reason"), "too wide");
}
END_TEST

/* A refusal is possible when an approval is not any more. */
START_TEST(expired_request_can_still_be_refused)
{
	struct approve_request *approve = waiting(SUPERVISOR);

	world_request()->expires_at = world.now;
	approve->is_refusal = true;
	world_done(200);
	ck_assert_int_eq(world_request()->state, REQUEST_REFUSED);
}
END_TEST

static const struct {
	enum person person;
	enum rc rc;
	const char *code;
} strangers[] = {
	{ OFFICER, RC_FORBIDDEN, "role_not_allowed" },
	{ SECOND_OFFICER, RC_FORBIDDEN, "role_not_allowed" },
	{ BANK_NODAL, RC_FORBIDDEN, "role_not_allowed" },
	{ BANK_SERVICE, RC_FORBIDDEN, "role_not_allowed" },
	{ AUDITOR, RC_FORBIDDEN, "role_not_allowed" },
	{ ADMIN, RC_FORBIDDEN, "role_not_allowed" },
	{ DISPATCHER, RC_FORBIDDEN, "role_not_allowed" },
	{ NEIGHBOUR_SUPERVISOR, RC_MISSING, "not_found" },
};

START_TEST(others_do_not_approve)
{
	waiting(strangers[_i].person);
	world_refused(strangers[_i].rc, strangers[_i].code, "");
}
END_TEST

START_TEST(own_request_is_not_ones_own_to_approve)
{
	struct approve_request *approve;

	world_request()->requested_by = world_person(SUPERVISOR);
	approve = waiting(SUPERVISOR);
	approve->is_refusal = _i == 1;
	world_refused(RC_FORBIDDEN, "own_request", "");
}
END_TEST

static const enum request_state not_pending[] = { REQUEST_DRAFT, REQUEST_ISSUED,
	REQUEST_COMPLETED, REQUEST_REFUSED, REQUEST_WITHDRAWN, REQUEST_EXPIRED,
	REQUEST_SUSPENDED };

START_TEST(only_what_waits_is_approved)
{
	struct approve_request *approve = waiting(SUPERVISOR);

	world_request()->state = not_pending[_i / 2];
	world_request()->issued_at = world.now;
	approve->is_refusal = _i % 2 == 1;
	world_refused(RC_CONFLICT, "not_pending", "");
}
END_TEST

START_TEST(expired_request_is_not_approved)
{
	waiting(SUPERVISOR);
	world_request()->expires_at = world.now;
	world_refused(RC_CONFLICT, "request_expired", "");
}
END_TEST

START_TEST(unknown_request_is_not_found)
{
	waiting(SUPERVISOR)->request = world_id(99, 1);
	world_refused(RC_MISSING, "not_found", "");
}
END_TEST

START_TEST(one_institution_out_of_reach_stops_all)
{
	world_target(1, TARGET_PROPOSED);
	world_target(2, TARGET_PROPOSED)->institution = world_place(MUTE_BANK);
	waiting(SUPERVISOR);
	world_refused(RC_CONFLICT, "institution_not_active", "");
}
END_TEST

/* ---- emergencies: sent before the second person saw them */

static struct approve_request *
emergency(enum person person)
{
	struct freeze_request *request = world_request();
	struct approve_request *approve;

	request->is_emergency = true;
	request->confirm_by = world.now + WORLD_HOUR / 2;
	approve = &world_command(COMMAND_APPROVE_REQUEST, person)->approve;
	approve->request = world_request_id();
	approve->reason = "";
	return approve;
}

START_TEST(another_supervisor_confirms_an_emergency)
{
	struct id approver = world_person(approvers[_i]);
	const struct target *target = world_target(1, TARGET_HELD_FULL);

	emergency(approvers[_i]);
	world_done(200);
	ck_assert_int_eq(world_request()->state, REQUEST_ISSUED);
	ck_assert(id_equal(&world_request()->approved_by, &approver));
	ck_assert_int_eq(target->state, TARGET_HELD_FULL);
	ck_assert_uint_eq(world_events("request.confirmed"), 1);
	ck_assert_uint_eq(world.effects.message_count, 0);
}
END_TEST

START_TEST(refused_emergency_is_undone)
{
	struct id id = world_request_id();
	const struct target *held = world_target(1, TARGET_HELD_FULL);
	const struct target *sent = world_target(2, TARGET_SENT);
	struct approve_request *approve = emergency(SUPERVISOR);
	const struct deadline *clock;

	approve->is_refusal = true;
	approve->reason = "no emergency";
	world_done(200);
	ck_assert_int_eq(world_request()->state, REQUEST_WITHDRAWN);
	ck_assert_int_eq(held->state, TARGET_RELEASE_PENDING);
	ck_assert_int_eq(sent->state, TARGET_CANCELLED);
	ck_assert_uint_eq(world_messages(MESSAGE_RELEASE_ORDERED, BANK), 1);
	clock = snapshot_deadline(&world.snapshot, &id, DEADLINE_CONFIRMATION);
	ck_assert_int_eq(clock->status, DEADLINE_ENDED);
}
END_TEST

START_TEST(emergency_is_confirmed_once)
{
	emergency(SUPERVISOR);
	world_request()->approved_by = world_person(STATE_SUPERVISOR);
	world_refused(RC_CONFLICT, "not_pending", "");
}
END_TEST

START_TEST(emergency_is_not_confirmed_late)
{
	emergency(SUPERVISOR)->is_refusal = _i != 0;
	world.command.approve.reason = "late";
	world_request()->confirm_by = world.now;
	world_refused(RC_CONFLICT, "confirmation_late", "");
}
END_TEST

START_TEST(nobody_confirms_their_own_emergency)
{
	emergency(SUPERVISOR);
	world_request()->requested_by = world_person(SUPERVISOR);
	world_refused(RC_FORBIDDEN, "own_request", "");
}
END_TEST

START_TEST(others_do_not_confirm_an_emergency)
{
	emergency(strangers[_i].person);
	world_refused(strangers[_i].rc, strangers[_i].code, "");
}
END_TEST

static void
add_emergencies(TCase *tcase)
{
	tcase_add_loop_test(tcase, another_supervisor_confirms_an_emergency, 0,
	    (int)COUNT(approvers));
	tcase_add_test(tcase, refused_emergency_is_undone);
	tcase_add_test(tcase, emergency_is_confirmed_once);
	tcase_add_loop_test(tcase, emergency_is_not_confirmed_late, 0, 2);
	tcase_add_test(tcase, nobody_confirms_their_own_emergency);
	tcase_add_loop_test(tcase, others_do_not_confirm_an_emergency, 0,
	    (int)COUNT(strangers));
}

Suite *
approve_request_suite(void)
{
	Suite *suite = suite_create("approve_request");
	TCase *tcase = tcase_create("approve_request");

	tcase_add_checked_fixture(tcase, world_set_up, world_tear_down);
	tcase_add_loop_test(tcase, another_supervisor_approves_and_it_goes_out,
	    0, (int)COUNT(approvers));
	tcase_add_test(tcase, dismissed_target_stays_dismissed);
	tcase_add_test(tcase, nothing_left_to_send_dispatches_no_case);
	tcase_add_test(
	    tcase, refusal_cancels_what_was_proposed_and_tells_nobody);
	tcase_add_test(tcase, expired_request_can_still_be_refused);
	tcase_add_loop_test(
	    tcase, others_do_not_approve, 0, (int)COUNT(strangers));
	tcase_add_loop_test(
	    tcase, own_request_is_not_ones_own_to_approve, 0, 2);
	tcase_add_loop_test(
	    tcase, only_what_waits_is_approved, 0, 2 * (int)COUNT(not_pending));
	tcase_add_test(tcase, expired_request_is_not_approved);
	tcase_add_test(tcase, unknown_request_is_not_found);
	tcase_add_test(tcase, one_institution_out_of_reach_stops_all);
	add_emergencies(tcase);
	suite_add_tcase(suite, tcase);
	return suite;
}
