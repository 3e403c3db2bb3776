/*
 * The clock of a document owed: its reminders, its end, whom it tells, and
 * which moves begin and end it.
 */
#include "test/unit/unit.h"

#include "hub/domain/clocks.h"
#include "hub/service/timing.h"
#include "test/unit/world.h"

static struct formality *formality;

/* A document of request 1 in this state, with the clock that it has then. */
static void
owe(enum formality_state state)
{
	struct deadline begun = { 0 };

	formality = snapshot_add_formality(&world.snapshot);
	formality->id = world_id(7, 1);
	formality->case_id = world_case_id();
	formality->request = world_request_id();
	formality->profile = "IN@2026-01-02";
	formality->basis = "BNSS_106";
	formality->type = "FIR";
	formality->state = state;
	formality->created_at = world.now;
	formality->due_at = world.now + 10 * WORLD_HOUR;
	begun.case_id = formality->case_id;
	clocks_begin_formality(formality, &world_case()->unit, &begun);
	effects_set_deadline(&world.effects, &formality->id, &begun, true);
	world_commit();
}

static struct deadline *
its_clock(void)
{
	return snapshot_deadline(
	    &world.snapshot, &formality->id, DEADLINE_FORMALITY);
}

/* The clerk comes when the next stage does. */
static void
pass(void)
{
	if (its_clock()->next_at > world.now)
		world.now = its_clock()->next_at;
	world_command(COMMAND_PASS_DEADLINE, DISPATCHER)->deadline =
	    (struct pass_deadline){ formality->id, DEADLINE_FORMALITY,
		    formality->request };
	world_done(200);
}

/* ---- stages */

static const struct {
	int hours; /* from when it was first owed */
	int percent;
	const char *event;
	enum formality_state after;
} stages[] = {
	{ 5, 50, "deadline.warning", FORMALITY_DUE },
	{ 8, 80, "deadline.warning", FORMALITY_DUE },
	{ 10, 100, "deadline.breached", FORMALITY_OVERDUE },
	{ 34, 100, "deadline.breached", FORMALITY_OVERDUE },
};

START_TEST(unit_is_told_at_each_stage)
{
	const struct message_row *told;
	int64_t begin = world.now;

	(void)world_target(1, TARGET_HELD_FULL);
	owe(FORMALITY_DUE);
	for (int i = 0; i < _i; i++)
		pass();
	world_commit();
	pass();
	ck_assert_int_eq(world.now, begin + stages[_i].hours * WORLD_HOUR);
	ck_assert_int_eq(formality->state, stages[_i].after);
	ck_assert_uint_eq(world_events(stages[_i].event), 1);
	ck_assert_str_eq(
	    world_field(world_event(stages[_i].event), "type"), "FIR");
	ck_assert_uint_eq(world_messages(MESSAGE_FORMALITY_DUE, DISTRICT), 1);
	told = &world.effects.messages[world.effects.message_count - 1];
	ck_assert_ptr_eq(told->envelope.formality, formality);
	ck_assert_int_eq(
	    clocks_percent(told->envelope.deadline->stage), stages[_i].percent);
	ck_assert_uint_eq(
	    world_messages(MESSAGE_DEADLINE_WARNING, DISTRICT), 0);
	ck_assert_uint_eq(
	    world_messages(MESSAGE_DEADLINE_BREACHED, DISTRICT), 0);
	ck_assert_uint_eq(world_events("formality.time_over"), _i == 2);
	ck_assert_uint_eq(
	    world_messages(MESSAGE_FORMALITY_UPDATED, BANK), _i == 2);
}
END_TEST

START_TEST(clock_is_over_behind_its_last_stage)
{
	(void)world_target(1, TARGET_HELD_FULL);
	owe(FORMALITY_DUE);
	for (size_t i = 0; i < COUNT(stages); i++)
		pass();
	ck_assert_int_eq(its_clock()->status, DEADLINE_PASSED);
	ck_assert_int_eq(its_clock()->next_at, 0);
}
END_TEST

/* Each institution once, of what it was sent and is not over. */
START_TEST(institutions_of_the_request_hear_that_it_is_overdue)
{
	static const enum target_state reached[6] = { TARGET_HELD_FULL,
		TARGET_QUEUED, TARGET_HELD_PARTIAL, TARGET_HELD_FULL,
		TARGET_RELEASED, TARGET_PROPOSED };
	struct target *targets[6];

	for (int i = 0; i < 6; i++)
		targets[i] = world_target(i + 1, reached[i]);
	for (int i = 0; i < 6; i++)
		targets[i]->queued_at = world.now;
	targets[2]->institution = world_place(OTHER_BANK);
	targets[3]->institution = world_place(MUTE_BANK);
	targets[4]->institution = world_place(WALLET);
	targets[5]->institution = world_place(SHOP);
	targets[5]->queued_at = 0;
	owe(FORMALITY_DUE);
	world.now += 10 * WORLD_HOUR;
	pass();
	ck_assert_int_eq(formality->state, FORMALITY_OVERDUE);
	ck_assert_uint_eq(world_messages(MESSAGE_FORMALITY_UPDATED, BANK), 1);
	ck_assert_uint_eq(
	    world_messages(MESSAGE_FORMALITY_UPDATED, OTHER_BANK), 1);
	ck_assert_uint_eq(world_messages(MESSAGE_FORMALITY_UPDATED, WALLET), 0);
	ck_assert_uint_eq(world_messages(MESSAGE_FORMALITY_UPDATED, SHOP), 0);
	/* Whoever has one of them sees the overlay. */
	ck_assert(targets[0]->row.is_dirty && targets[3]->row.is_dirty);
	ck_assert(!targets[4]->row.is_dirty);
	ck_assert(world_request()->row.is_dirty && world_case()->row.is_dirty);
}
END_TEST

/* ---- who has a clock */

static const struct {
	enum formality_state state;
	bool runs;
} states[] = {
	{ FORMALITY_NOT_REQUIRED, false },
	{ FORMALITY_DUE, true },
	{ FORMALITY_SUBMITTED, false },
	{ FORMALITY_VERIFIED, false },
	{ FORMALITY_DEFECTIVE, true },
	{ FORMALITY_REJECTED, true },
	{ FORMALITY_OVERDUE, true },
	{ FORMALITY_WAIVED, false },
	{ FORMALITY_SUPERSEDED, false },
};

START_TEST(only_what_is_owed_has_a_clock)
{
	ck_assert_uint_eq(COUNT(states), FORMALITY_STATE_COUNT);
	ck_assert_int_eq(states[_i].state, _i);
	ck_assert_uint_eq(clocks_of_formality(states[_i].state),
	    states[_i].runs ? UINT32_C(1) << DEADLINE_FORMALITY : 0);
	ck_assert_int_eq(
	    formality_state_is_owed(states[_i].state), states[_i].runs);
}
END_TEST

START_TEST(clock_of_what_is_not_owed_does_nothing)
{
	(void)world_target(1, TARGET_HELD_FULL);
	owe(states[_i].state);
	world.now += 11 * WORLD_HOUR;
	pass();
	if (states[_i].runs) {
		ck_assert_int_eq(formality->state, FORMALITY_OVERDUE);
		return;
	}
	ck_assert_int_eq(formality->state, states[_i].state);
	ck_assert_uint_eq(world.effects.event_count, 0);
	ck_assert_uint_eq(world.effects.message_count, 0);
	ck_assert_int_eq(its_clock()->status, DEADLINE_ENDED);
}
END_TEST

/* ---- moves */

static void
move(enum formality_event event)
{
	size_t first = world.effects.event_count;

	(void)world_command(COMMAND_PASS_DEADLINE, DISPATCHER);
	effects_move_formality(
	    &world.effects, &world.command, formality, event);
	timing_follow(&world.command, &world.effects, first);
}

static const enum formality_event endings[] = { FORMALITY_EVENT_SUBMITTED,
	FORMALITY_EVENT_WAIVED, FORMALITY_EVENT_SUPERSEDED };

START_TEST(move_that_settles_it_ends_its_clock)
{
	owe(FORMALITY_DUE);
	ck_assert_int_eq(its_clock()->status, DEADLINE_RUNNING);
	move(endings[_i]);
	ck_assert_int_eq(its_clock()->status, DEADLINE_ENDED);
	ck_assert_int_eq(its_clock()->next_at, 0);
}
END_TEST

static const enum formality_event returns[] = { FORMALITY_EVENT_FOUND_DEFECTIVE,
	FORMALITY_EVENT_REJECTED };

/* The due day stays: who files a bad document wins no time by it. */
START_TEST(document_sent_back_is_owed_by_the_same_day)
{
	(void)world_target(1, TARGET_HELD_FULL);
	owe(FORMALITY_DUE);
	move(FORMALITY_EVENT_SUBMITTED);
	world.now += 9 * WORLD_HOUR;
	move(returns[_i]);
	ck_assert_int_eq(its_clock()->status, DEADLINE_RUNNING);
	ck_assert_int_eq(its_clock()->due_at, formality->due_at);
	world_commit();
	/* The reminders that were overtaken are left out, but for one. */
	pass();
	ck_assert_uint_eq(world_events("deadline.warning"), 1);
	ck_assert_int_eq(its_clock()->next_at, formality->due_at);
	pass();
	ck_assert_int_eq(formality->state, FORMALITY_OVERDUE);
}
END_TEST

START_TEST(document_sent_back_too_late_is_overdue_at_once)
{
	(void)world_target(1, TARGET_HELD_FULL);
	owe(FORMALITY_DUE);
	move(FORMALITY_EVENT_SUBMITTED);
	world.now += 20 * WORLD_HOUR;
	move(returns[_i]);
	world_commit();
	pass();
	ck_assert_int_eq(formality->state, FORMALITY_OVERDUE);
	ck_assert_uint_eq(world_events("deadline.warning"), 0);
	ck_assert_uint_eq(world_events("formality.time_over"), 1);
}
END_TEST

START_TEST(withdrawn_request_ends_the_clocks_of_its_documents)
{
	struct withdraw_request *withdraw;

	(void)world_target(1, TARGET_QUEUED);
	owe(FORMALITY_DUE);
	withdraw = &world_command(COMMAND_WITHDRAW_REQUEST, OFFICER)->withdraw;
	withdraw->request = world_request_id();
	withdraw->reason = "x";
	world_done(200);
	ck_assert_int_eq(formality->state, FORMALITY_SUPERSEDED);
	ck_assert_int_eq(its_clock()->status, DEADLINE_ENDED);
}
END_TEST

/* ---- refusals */

static const enum person others[] = { OFFICER, SUPERVISOR, BANK_NODAL, AUDITOR,
	ADMIN };

START_TEST(nobody_but_the_clerk_passes_it)
{
	owe(FORMALITY_DUE);
	world.now += 11 * WORLD_HOUR;
	world_command(COMMAND_PASS_DEADLINE, others[_i])->deadline =
	    (struct pass_deadline){ formality->id, DEADLINE_FORMALITY,
		    formality->request };
	world_refused(RC_FORBIDDEN, "role_not_allowed", "");
}
END_TEST

START_TEST(clock_without_its_document_is_no_clock)
{
	struct deadline begun = { .case_id = world_case_id(),
		.owed_by = world_place(DISTRICT) };
	struct id nothing = world_id(7, 9);
	const struct formality gone = { .case_id = world_case_id(),
		.created_at = world.now - WORLD_DAY,
		.due_at = world.now - 1 };

	clocks_begin_formality(&gone, &world_case()->unit, &begun);
	effects_set_deadline(&world.effects, &nothing, &begun, true);
	world_commit();
	world_command(COMMAND_PASS_DEADLINE, DISPATCHER)->deadline =
	    (struct pass_deadline){ nothing, DEADLINE_FORMALITY,
		    world_request_id() };
	world_refused(RC_MISSING, "not_found", "");
}
END_TEST

Suite *
formality_clock_suite(void)
{
	Suite *suite = suite_create("formality_clock");
	TCase *tcase = tcase_create("formality_clock");

	tcase_add_checked_fixture(tcase, world_set_up, world_tear_down);
	tcase_add_loop_test(
	    tcase, unit_is_told_at_each_stage, 0, COUNT(stages));
	tcase_add_test(tcase, clock_is_over_behind_its_last_stage);
	tcase_add_test(
	    tcase, institutions_of_the_request_hear_that_it_is_overdue);
	tcase_add_loop_test(
	    tcase, only_what_is_owed_has_a_clock, 0, COUNT(states));
	tcase_add_loop_test(
	    tcase, clock_of_what_is_not_owed_does_nothing, 0, COUNT(states));
	tcase_add_loop_test(
	    tcase, move_that_settles_it_ends_its_clock, 0, COUNT(endings));
	tcase_add_loop_test(tcase, document_sent_back_is_owed_by_the_same_day,
	    0, COUNT(returns));
	tcase_add_loop_test(tcase,
	    document_sent_back_too_late_is_overdue_at_once, 0, COUNT(returns));
	tcase_add_test(
	    tcase, withdrawn_request_ends_the_clocks_of_its_documents);
	tcase_add_loop_test(
	    tcase, nobody_but_the_clerk_passes_it, 0, COUNT(others));
	tcase_add_test(tcase, clock_without_its_document_is_no_clock);
	suite_add_tcase(suite, tcase);
	return suite;
}
