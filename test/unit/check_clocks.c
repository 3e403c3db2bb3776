/*
 * clocks: which run in which state, their stages and what they show.
 */
#include "test/unit/unit.h"

#include <string.h>

#include "hub/base/clock.h"
#include "hub/base/common.h"
#include "hub/domain/clocks.h"

#define MINUTE (60 * CLOCK_SECOND)
#define DAY (24 * 60 * MINUTE)
#define CLOCK(kind) (UINT32_C(1) << DEADLINE_##kind)

enum { START = 1000 };

static const struct {
	enum target_state state;
	uint32_t clocks;
} runs[] = {
	{ TARGET_PROPOSED, 0 },
	{ TARGET_QUEUED, CLOCK(ACKNOWLEDGEMENT) | CLOCK(DECISION) },
	{ TARGET_SENT, CLOCK(ACKNOWLEDGEMENT) | CLOCK(DECISION) },
	{ TARGET_DELIVERED, CLOCK(ACKNOWLEDGEMENT) | CLOCK(DECISION) },
	{ TARGET_UNDELIVERABLE, CLOCK(ACKNOWLEDGEMENT) | CLOCK(DECISION) },
	{ TARGET_ACKNOWLEDGED, CLOCK(DECISION) },
	{ TARGET_IN_REVIEW, CLOCK(DECISION) },
	{ TARGET_HELD_FULL, CLOCK(HOLD) },
	{ TARGET_HELD_PARTIAL, CLOCK(HOLD) },
	{ TARGET_BLOCKED, CLOCK(HOLD) },
	{ TARGET_NOT_HELD, 0 },
	{ TARGET_REJECTED, CLOCK(CORRECTION) },
	{ TARGET_REJECTED_FINAL, 0 },
	{ TARGET_RELEASE_PENDING, CLOCK(RELEASE) },
	{ TARGET_RELEASED, 0 },
	{ TARGET_ATTACHED, CLOCK(HOLD) }, /* until the order's end */
	{ TARGET_RESTORED, 0 },
	{ TARGET_CANCELLED, 0 },
	{ TARGET_SUPERSEDED, 0 },
};

START_TEST(state_has_its_clocks)
{
	ck_assert_uint_eq(COUNT(runs), TARGET_STATE_COUNT);
	ck_assert_uint_eq(clocks_of_target(runs[_i].state), runs[_i].clocks);
}
END_TEST

/* Its end must be a move that the machine allows, or nothing would happen. */
START_TEST(every_end_is_an_allowed_move)
{
	enum target_state state = runs[_i].state;
	int next;

	if ((runs[_i].clocks & CLOCK(HOLD)) != 0)
		ck_assert_int_eq(machine_next(&target_machine, (int)state,
				     TARGET_EVENT_EXPIRED, &next, NULL),
		    RC_OK);
	if ((runs[_i].clocks & CLOCK(CORRECTION)) != 0)
		ck_assert_int_eq(machine_next(&target_machine, (int)state,
				     TARGET_EVENT_WINDOW_OVER, &next, NULL),
		    RC_OK);
}
END_TEST

START_TEST(request_runs_until_it_is_over)
{
	enum request_state state = (enum request_state)_i;
	struct freeze_request request = { .state = state };
	bool is_open = state == REQUEST_DRAFT ||
	    state == REQUEST_PENDING_APPROVAL || state == REQUEST_ISSUED ||
	    state == REQUEST_SUSPENDED;
	int next;

	ck_assert_uint_eq(
	    clocks_of_request(&request, state), is_open ? CLOCK(REQUEST) : 0);
	ck_assert_int_eq(machine_next(&request_machine, _i,
			     REQUEST_EVENT_EXPIRED, &next, NULL) == RC_OK,
	    is_open);
}
END_TEST

START_TEST(only_an_unconfirmed_emergency_waits_for_confirmation)
{
	struct freeze_request request = {
		.state = REQUEST_ISSUED, .is_emergency = true, .confirm_by = 5
	};

	ck_assert_uint_eq(clocks_of_request(&request, REQUEST_ISSUED),
	    CLOCK(REQUEST) | CLOCK(CONFIRMATION));
	ck_assert_uint_eq(clocks_of_request(&request, REQUEST_WITHDRAWN), 0);
	request.approved_by.bytes[0] = 1;
	ck_assert_uint_eq(
	    clocks_of_request(&request, REQUEST_ISSUED), CLOCK(REQUEST));
}
END_TEST

/* ---- stages */

static const struct {
	enum deadline_stage stage;
	int64_t at;
	int percent;
} stages[] = {
	{ DEADLINE_AT_HALF, START + 5 * MINUTE, 50 },
	{ DEADLINE_AT_FOUR_FIFTHS, START + 8 * MINUTE, 80 },
	{ DEADLINE_AT_END, START + 10 * MINUTE, 100 },
	{ DEADLINE_A_DAY_LATER, START + 10 * MINUTE + DAY, 100 },
};

START_TEST(stage_comes_at_its_part_of_the_time)
{
	const struct deadline deadline = { .started_at = START,
		.due_at = START + 10 * MINUTE };

	ck_assert_uint_eq(COUNT(stages), DEADLINE_STAGE_COUNT);
	ck_assert_int_eq(
	    clocks_stage_at(&deadline, stages[_i].stage), stages[_i].at);
	ck_assert_int_eq(clocks_percent(stages[_i].stage), stages[_i].percent);
}
END_TEST

START_TEST(clock_advances_to_its_last_stage)
{
	enum deadline_kind kind = (enum deadline_kind)_i;
	struct deadline deadline = {
		.kind = kind, .started_at = START, .due_at = START + 10 * MINUTE
	};

	if (!clocks_rule(kind)->reminds)
		deadline.stage = DEADLINE_AT_END;
	for (int stage = (int)deadline.stage + 1;
	     clocks_rule(kind)->reminds && stage < DEADLINE_STAGE_COUNT;
	     stage++) {
		clocks_advance(&deadline);
		ck_assert_int_eq(deadline.stage, stage);
		ck_assert_int_eq(deadline.next_at, stages[stage].at);
		ck_assert_int_eq(deadline.status, DEADLINE_RUNNING);
	}
	clocks_advance(&deadline);
	ck_assert_int_eq(deadline.status, DEADLINE_PASSED);
	ck_assert_int_eq(deadline.next_at, 0);
}
END_TEST

/* ---- spans */

static const struct {
	enum priority priority;
	int ack, decision; /* minutes */
} spans[] = {
	{ PRIORITY_P1, 5, 30 },
	{ PRIORITY_P2, 30, 240 },
	{ PRIORITY_P3, 240, 1440 },
};

START_TEST(urgent_cases_are_answered_sooner)
{
	const struct profile *profile = profile_find("IN");
	const struct freeze_request request = {
		.priority = spans[_i].priority
	};
	const struct target target = { .state = TARGET_SENT,
		.queued_at = START };
	struct deadline deadline = { 0 };

	ck_assert(clocks_begin_target(DEADLINE_ACKNOWLEDGEMENT, &target,
	    &request, profile, START + 7, &deadline));
	ck_assert_int_eq(deadline.started_at, START);
	ck_assert_int_eq(deadline.due_at, START + spans[_i].ack * MINUTE);
	ck_assert(clocks_begin_target(DEADLINE_DECISION, &target, &request,
	    profile, START + 7, &deadline));
	ck_assert_int_eq(deadline.due_at, START + spans[_i].decision * MINUTE);
	ck_assert_int_eq(
	    clocks_overlay_at(OVERLAY_OVERDUE_ACK, &target, &request, profile),
	    START + spans[_i].ack * MINUTE);
}
END_TEST

START_TEST(release_is_due_four_hours_after_its_order)
{
	const struct freeze_request request = { .priority = PRIORITY_P1 };
	const struct target target = { .state = TARGET_RELEASE_PENDING };
	struct deadline deadline = { 0 };

	ck_assert(clocks_begin_target(DEADLINE_RELEASE, &target, &request,
	    profile_find("IN"), START, &deadline));
	ck_assert_int_eq(deadline.due_at, START + 240 * MINUTE);
}
END_TEST

START_TEST(what_has_no_end_has_no_clock)
{
	const struct freeze_request request = { .priority = PRIORITY_P1 };
	const struct target target = { .state = TARGET_BLOCKED };
	struct deadline deadline = { 0 };

	ck_assert(!clocks_begin_target(DEADLINE_HOLD, &target, &request,
	    profile_find("IN"), START, &deadline));
	ck_assert(!clocks_begin_target(DEADLINE_CORRECTION, &target, &request,
	    profile_find("IN"), START, &deadline));
	ck_assert(!clocks_begin_request(
	    DEADLINE_CONFIRMATION, &request, &request.id, &deadline));
}
END_TEST

START_TEST(nothing_is_overdue_that_is_not_waited_for)
{
	const struct freeze_request request = { .priority = PRIORITY_P1 };
	const struct target target = { .state = runs[_i].state,
		.queued_at = START };
	const struct profile *profile = profile_find("IN");

	ck_assert_int_eq(clocks_overlay_at(OVERLAY_OVERDUE_ACK, &target,
			     &request, profile) != 0,
	    (runs[_i].clocks & CLOCK(ACKNOWLEDGEMENT)) != 0);
	ck_assert_int_eq(clocks_overlay_at(OVERLAY_OVERDUE_DECISION, &target,
			     &request, profile) != 0,
	    (runs[_i].clocks & CLOCK(DECISION)) != 0);
	ck_assert_int_eq(
	    clocks_overlay_at(OVERLAY_OVERDUE_ACK, &target, &request, NULL), 0);
}
END_TEST

Suite *
clocks_suite(void)
{
	Suite *suite = suite_create("clocks");
	TCase *tcase = tcase_create("clocks");

	tcase_add_loop_test(tcase, state_has_its_clocks, 0, (int)COUNT(runs));
	tcase_add_loop_test(
	    tcase, every_end_is_an_allowed_move, 0, (int)COUNT(runs));
	tcase_add_loop_test(
	    tcase, request_runs_until_it_is_over, 0, REQUEST_STATE_COUNT);
	tcase_add_test(
	    tcase, only_an_unconfirmed_emergency_waits_for_confirmation);
	tcase_add_loop_test(
	    tcase, stage_comes_at_its_part_of_the_time, 0, (int)COUNT(stages));
	tcase_add_loop_test(
	    tcase, clock_advances_to_its_last_stage, 0, DEADLINE_KIND_COUNT);
	tcase_add_loop_test(
	    tcase, urgent_cases_are_answered_sooner, 0, (int)COUNT(spans));
	tcase_add_test(tcase, release_is_due_four_hours_after_its_order);
	tcase_add_test(tcase, what_has_no_end_has_no_clock);
	tcase_add_loop_test(tcase, nothing_is_overdue_that_is_not_waited_for, 0,
	    (int)COUNT(runs));
	suite_add_tcase(suite, tcase);
	return suite;
}
