/*
 * issue_target: a proposed target, mostly a lead, goes out or is dismissed.
 */
#include "test/unit/unit.h"

#include "test/unit/answer.h"

static struct target *target;

static struct issue_target *
issue(enum person person)
{
	struct issue_target *issue;

	target = world_target(1, TARGET_PROPOSED);
	target->layer = 2;
	issue = &world_command(COMMAND_ISSUE_TARGET, person)->issue;
	issue->target = target->id;
	issue->reason = "";
	return issue;
}

static const enum person issuers[] = { OFFICER, SECOND_OFFICER, SUPERVISOR,
	STATE_SUPERVISOR };

START_TEST(unit_issues_a_lead)
{
	issue(issuers[_i]);
	world_done(200);
	ck_assert_int_eq(target->state, TARGET_QUEUED);
	ck_assert_int_eq(target->queued_at, world.now);
	ck_assert_uint_eq(world_messages(MESSAGE_FREEZE_REQUESTED, BANK), 1);
}
END_TEST

START_TEST(dismissal_cancels_and_tells_nobody)
{
	struct issue_target *dismissal = issue(OFFICER);

	dismissal->is_dismissal = true;
	dismissal->reason = "salary account";
	world_done(200);
	ck_assert_int_eq(target->state, TARGET_CANCELLED);
	ck_assert_int_eq(target->queued_at, 0);
	ck_assert_uint_eq(world.effects.message_count, 0);
	ck_assert_str_eq(world_field(world_event("target.dismissed"), "reason"),
	    "salary account");
}
END_TEST

/* Also of a request that still waits, and of an institution that is gone. */
START_TEST(dismissal_needs_no_issued_request)
{
	issue(OFFICER)->is_dismissal = true;
	world_request()->state = REQUEST_PENDING_APPROVAL;
	world_request()->issued_at = 0;
	target->institution = world_place(MUTE_BANK);
	world_done(200);
	ck_assert_int_eq(target->state, TARGET_CANCELLED);
}
END_TEST

/* Found by the simulation: what is new in the batch is not therefore new to
 * its machine. */
START_TEST(lead_is_issued_in_the_batch_that_made_it)
{
	const struct target *child;
	const struct event *event;

	answer_begin(
	    RESPONSE_OUT_XFER, BANK_NODAL, world_target(1, TARGET_SENT));
	world_done(201);
	child = world.snapshot.targets[1];
	world_command(COMMAND_ISSUE_TARGET, OFFICER)->issue =
	    (struct issue_target){ child->id, false, "" };
	world_done(200);
	event = world_event("target.issued");
	ck_assert_ptr_nonnull(event);
	ck_assert_int_eq(event->from, TARGET_PROPOSED);
	ck_assert_int_eq(child->state, TARGET_QUEUED);
}
END_TEST

static void
account_scope(void)
{
	world_request()->scope = SCOPE_ACCOUNT;
}

static void
account_action(void)
{
	world_request()->action = ACTION_DEBIT_FREEZE;
}

static void
own_wide_request(void)
{
	account_scope();
	world_request()->requested_by = world_person(SUPERVISOR);
}

/* Whole accounts: what was approved for one is not for the next. */
START_TEST(another_supervisor_issues_a_wide_lead)
{
	issue(SUPERVISOR);
	account_action();
	world_done(200);
	ck_assert_int_eq(target->state, TARGET_QUEUED);
}
END_TEST

static const struct {
	enum person person;
	void (*widen)(void);
	const char *code;
} alone[] = {
	{ OFFICER, account_scope, "role_not_allowed" },
	{ SECOND_OFFICER, account_action, "role_not_allowed" },
	{ SUPERVISOR, own_wide_request, "own_request" },
};

START_TEST(wide_lead_needs_a_second_person)
{
	issue(alone[_i].person);
	alone[_i].widen();
	world_refused(RC_FORBIDDEN, alone[_i].code, "");
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
	{ DISPATCHER, RC_FORBIDDEN, "role_not_allowed" },
};

START_TEST(others_do_not_issue)
{
	issue(strangers[_i].person);
	world_refused(strangers[_i].rc, strangers[_i].code, "");
}
END_TEST

/* Every state but proposed, by both acts. */
START_TEST(only_what_is_proposed_is_issued)
{
	struct issue_target *act = issue(OFFICER);

	if (_i / 2 == TARGET_PROPOSED)
		return;
	target->state = (enum target_state)(_i / 2);
	act->is_dismissal = _i % 2 == 1;
	target->expires_at = world.now + 1;
	target->held_minor = target->state == TARGET_HELD_FULL ? 100000 : 0;
	world_refused(RC_CONFLICT, "not_proposed", "");
}
END_TEST

static void
pending(void)
{
	world_request()->state = REQUEST_PENDING_APPROVAL;
	world_request()->issued_at = 0;
}

static void
withdrawn(void)
{
	world_request()->state = REQUEST_WITHDRAWN;
}

static void
expired(void)
{
	world_request()->expires_at = world.now;
}

static void
mute(void)
{
	target->institution = world_place(MUTE_BANK);
}

static void
nowhere(void)
{
	target->institution = world_id(99, 1);
}

static void
impossible(void)
{
	world_request()->action = ACTION_BLOCK_CARD;
	target->institution = world_place(WALLET);
}

static const struct {
	void (*spoil)(void);
	const char *code;
} conflicts[] = {
	{ pending, "request_not_issued" },
	{ withdrawn, "request_not_issued" },
	{ expired, "request_expired" },
	{ mute, "institution_not_active" },
	{ nowhere, "institution_not_active" },
	{ impossible, "action_not_possible" },
};

START_TEST(request_and_addressee_must_be_ready)
{
	issue(OFFICER);
	conflicts[_i].spoil();
	world_refused(RC_CONFLICT, conflicts[_i].code, "");
}
END_TEST

START_TEST(unknown_target_is_not_found)
{
	issue(OFFICER)->target = world_id(99, 1);
	world_refused(RC_MISSING, "not_found", "");
}
END_TEST

Suite *
issue_target_suite(void)
{
	Suite *suite = suite_create("issue_target");
	TCase *tcase = tcase_create("issue_target");

	tcase_add_checked_fixture(tcase, world_set_up, world_tear_down);
	tcase_add_loop_test(tcase, unit_issues_a_lead, 0, (int)COUNT(issuers));
	tcase_add_test(tcase, dismissal_cancels_and_tells_nobody);
	tcase_add_test(tcase, dismissal_needs_no_issued_request);
	tcase_add_test(tcase, lead_is_issued_in_the_batch_that_made_it);
	tcase_add_test(tcase, another_supervisor_issues_a_wide_lead);
	tcase_add_loop_test(
	    tcase, wide_lead_needs_a_second_person, 0, (int)COUNT(alone));
	tcase_add_loop_test(
	    tcase, others_do_not_issue, 0, (int)COUNT(strangers));
	tcase_add_loop_test(
	    tcase, only_what_is_proposed_is_issued, 0, 2 * TARGET_STATE_COUNT);
	tcase_add_loop_test(tcase, request_and_addressee_must_be_ready, 0,
	    (int)COUNT(conflicts));
	tcase_add_test(tcase, unknown_target_is_not_found);
	suite_add_tcase(suite, tcase);
	return suite;
}
