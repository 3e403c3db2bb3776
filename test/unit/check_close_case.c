/*
 * close_case: what may wait when a case is closed, and how it ends.
 */
#include "test/unit/unit.h"

#include <string.h>

#include "test/unit/world.h"

static struct close_case *
closing(enum person person)
{
	struct close_case *closing =
	    &world_command(COMMAND_CLOSE_CASE, person)->close_case;

	closing->case_id = world_case_id();
	closing->reason = "";
	if (world_case()->state == CASE_DISPATCHED)
		world_case()->state = CASE_IN_PROGRESS;
	return closing;
}

static void
choose(enum person person, enum case_outcome outcome)
{
	struct close_case *chosen = closing(person);

	chosen->has_outcome = true;
	chosen->outcome = outcome;
	chosen->reason = "the court of first instance says so";
}

/* By state of a target, with a hold that another measure follows. */
static const char *const refusals[TARGET_STATE_COUNT] = {
	[TARGET_PROPOSED] = "target_undecided",
	[TARGET_QUEUED] = "target_undecided",
	[TARGET_SENT] = "target_undecided",
	[TARGET_DELIVERED] = "target_undecided",
	[TARGET_UNDELIVERABLE] = "target_undecided",
	[TARGET_ACKNOWLEDGED] = "target_undecided",
	[TARGET_IN_REVIEW] = "target_undecided",
	[TARGET_REJECTED] = "target_undecided",
	[TARGET_RELEASE_PENDING] = "release_pending",
};

START_TEST(nothing_of_it_may_wait)
{
	(void)world_target(1, TARGET_NOT_HELD);
	(void)world_target(2, (enum target_state)_i);
	world_request()->successor = SUCCESSOR_CONVERT;
	closing(OFFICER);
	if (refusals[_i] != NULL) {
		world_refused(RC_CONFLICT, refusals[_i], "");
		return;
	}
	world_done(200);
	ck_assert_int_eq(world_case()->state, CASE_CLOSED);
	ck_assert_ptr_nonnull(world_case()->outcome);
	ck_assert_str_eq(world_field(world_event("case.closed"), "outcome"),
	    world_case()->outcome);
}
END_TEST

static const enum target_state holds[] = { TARGET_HELD_FULL,
	TARGET_HELD_PARTIAL, TARGET_BLOCKED };

START_TEST(hold_needs_a_measure_that_follows_it)
{
	static const enum successor none[] = { SUCCESSOR_RELEASE,
		SUCCESSOR_ASK_TO_EXTEND };

	(void)world_target(1, holds[_i % 3]);
	world_request()->successor = none[_i / 3];
	closing(OFFICER);
	world_refused(RC_CONFLICT, "hold_without_successor", "");
}
END_TEST

START_TEST(what_is_no_fraud_is_released_first)
{
	static const enum case_outcome none[] = { OUTCOME_NOT_FRAUD,
		OUTCOME_COMMERCIAL_DISPUTE };

	(void)world_target(1, holds[_i % 3]);
	world_request()->successor = SUCCESSOR_CONVERT;
	choose(SUPERVISOR, none[_i / 3]);
	world_refused(RC_CONFLICT, "still_held", "");
}
END_TEST

START_TEST(reduction_is_confirmed_first)
{
	struct target *target = world_target(1, TARGET_HELD_FULL);

	target->reduce_to_minor = 1;
	world_request()->successor = SUCCESSOR_CONVERT;
	closing(OFFICER);
	world_refused(RC_CONFLICT, "release_pending", "");
}
END_TEST

static const enum case_outcome computed[] = { OUTCOME_CONTAINED_FULL,
	OUTCOME_CONTAINED_PARTIAL, OUTCOME_DISSIPATED, OUTCOME_DUPLICATE };

START_TEST(containment_is_not_typed_in)
{
	(void)world_target(1, TARGET_NOT_HELD);
	choose(OFFICER, computed[_i]);
	world_refused(RC_INVALID, "outcome_is_computed", "/outcome");
}
END_TEST

static const enum case_outcome chosen[] = { OUTCOME_NOT_FRAUD,
	OUTCOME_COMMERCIAL_DISPUTE, OUTCOME_TRANSFERRED };

START_TEST(chosen_outcome_has_a_reason)
{
	(void)world_target(1, TARGET_NOT_HELD);
	choose(OFFICER, chosen[_i]);
	world.command.close_case.reason = "";
	world_refused(RC_INVALID, "missing_member", "/reason");
	choose(OFFICER, chosen[_i]);
	world_done(200);
	ck_assert_str_eq(world_case()->outcome,
	    words_name(&case_outcome_words, (int)chosen[_i]));
	ck_assert_str_eq(world_field(world_event("case.closed"), "reason"),
	    "the court of first instance says so");
}
END_TEST

/* The world's loss is 1,000.00. */
static const struct {
	enum target_state state;
	const char *outcome, *held;
} ends[] = {
	{ TARGET_HELD_FULL, "contained_full", "1000.00 INR" },
	{ TARGET_HELD_PARTIAL, "contained_partial", "400.00 INR" },
	{ TARGET_NOT_HELD, "dissipated", "0.00 INR" },
	{ TARGET_RELEASED, "dissipated", "0.00 INR" },
};

START_TEST(outcome_is_what_was_contained)
{
	const struct event *event;

	(void)world_target(1, ends[_i].state);
	world_request()->successor = SUCCESSOR_CONVERT;
	closing(OFFICER);
	world_done(200);
	ck_assert_str_eq(world_case()->outcome, ends[_i].outcome);
	event = world_event("case.closed");
	ck_assert_str_eq(world_field(event, "held"), ends[_i].held);
	ck_assert(world_case()->row.is_dirty);
}
END_TEST

static const struct {
	enum case_state state;
	const char *code;
} unfit[] = {
	{ CASE_RECEIVED, "move_not_allowed" },
	{ CASE_VALIDATED, "move_not_allowed" },
	{ CASE_CLOSED, "already_closed" },
	{ CASE_REJECTED, "move_not_allowed" },
	{ CASE_WITHDRAWN, "move_not_allowed" },
	{ CASE_MERGED, "move_not_allowed" },
};

START_TEST(only_a_case_in_progress_is_closed)
{
	(void)world_target(1, TARGET_NOT_HELD);
	world_case()->state = unfit[_i].state;
	closing(OFFICER);
	world_refused(RC_CONFLICT, unfit[_i].code, "");
}
END_TEST

START_TEST(case_without_an_answer_is_not_closed)
{
	closing(OFFICER);
	world_case()->state = CASE_DISPATCHED;
	world_refused(RC_CONFLICT, "move_not_allowed", "");
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

START_TEST(others_close_nothing)
{
	(void)world_target(1, TARGET_NOT_HELD);
	closing(strangers[_i].person);
	world_refused(strangers[_i].rc, strangers[_i].code, "");
}
END_TEST

START_TEST(unit_and_its_superiors_close)
{
	static const enum person closers[] = { OFFICER, SECOND_OFFICER,
		SUPERVISOR, STATE_SUPERVISOR };

	(void)world_target(1, TARGET_NOT_HELD);
	closing(closers[_i]);
	world_done(200);
}
END_TEST

Suite *
close_case_suite(void)
{
	Suite *suite = suite_create("close_case");
	TCase *tcase = tcase_create("close_case");

	tcase_add_checked_fixture(tcase, world_set_up, world_tear_down);
	tcase_add_loop_test(
	    tcase, nothing_of_it_may_wait, 0, TARGET_STATE_COUNT);
	tcase_add_loop_test(tcase, hold_needs_a_measure_that_follows_it, 0, 6);
	tcase_add_loop_test(tcase, what_is_no_fraud_is_released_first, 0, 6);
	tcase_add_test(tcase, reduction_is_confirmed_first);
	tcase_add_loop_test(
	    tcase, containment_is_not_typed_in, 0, COUNT(computed));
	tcase_add_loop_test(
	    tcase, chosen_outcome_has_a_reason, 0, COUNT(chosen));
	tcase_add_loop_test(
	    tcase, outcome_is_what_was_contained, 0, COUNT(ends));
	tcase_add_loop_test(
	    tcase, only_a_case_in_progress_is_closed, 0, COUNT(unfit));
	tcase_add_test(tcase, case_without_an_answer_is_not_closed);
	tcase_add_loop_test(tcase, others_close_nothing, 0, COUNT(strangers));
	tcase_add_loop_test(tcase, unit_and_its_superiors_close, 0, 4);
	suite_add_tcase(suite, tcase);
	return suite;
}
