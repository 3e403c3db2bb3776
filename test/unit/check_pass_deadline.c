/*
 * pass_deadline: what each clock does at each of its stages, and a hold of
 * ninety days on a virtual clock, from the complaint to the release.
 */
#include "test/unit/unit.h"

#include "hub/domain/clocks.h"
#include "test/unit/answer.h"
#include "test/unit/submit_draft.h"

#define MINUTE (60 * CLOCK_SECOND)

static struct deadline *
clock_of(const struct id *subject, enum deadline_kind kind)
{
	return snapshot_deadline(&world.snapshot, subject, kind);
}

/* A clock that began an hour ago and is over in an hour, at `stage`. */
static struct deadline *
running(const struct id *subject, enum deadline_kind kind,
    enum deadline_stage stage)
{
	struct deadline *deadline = snapshot_add_deadline(
	    &world.snapshot, subject, kind);

	deadline->case_id = world_case_id();
	deadline->owed_by = clocks_rule(kind)->owed_by_unit
	    ? world_place(DISTRICT)
	    : world_place(BANK);
	deadline->stage = stage;
	deadline->started_at = world.now - WORLD_HOUR;
	deadline->due_at = world.now + WORLD_HOUR;
	deadline->next_at = clocks_stage_at(deadline, stage);
	if (kind == DEADLINE_HOLD && snapshot_target(&world.snapshot, subject))
		snapshot_target(&world.snapshot, subject)->expires_at =
		    deadline->due_at;
	return deadline;
}

/* The clerk comes when the stage does. */
static void
pass(const struct id *subject, enum deadline_kind kind)
{
	struct deadline *deadline = clock_of(subject, kind);

	if (deadline != NULL && deadline->next_at > world.now)
		world.now = deadline->next_at;
	world_command(COMMAND_PASS_DEADLINE, DISPATCHER)->deadline =
	    (struct pass_deadline){ .subject = *subject, .kind = kind };
	world_done(200);
}

/* ---- each kind at its stages */

static const struct {
	enum deadline_kind kind;
	enum target_state state;
	int warns_bank, warns_unit; /* at half of the time */
	enum target_state after;    /* the end */
	int tells_bank, tells_unit; /* of the breach */
	int releases;
	bool goes_on; /* and tells again a day later */
} kinds[] = {
	{ DEADLINE_ACKNOWLEDGEMENT, TARGET_QUEUED, 1, 0, TARGET_QUEUED, 1, 1, 0,
	    true },
	{ DEADLINE_ACKNOWLEDGEMENT, TARGET_UNDELIVERABLE, 1, 0,
	    TARGET_UNDELIVERABLE, 1, 1, 0, true },
	{ DEADLINE_DECISION, TARGET_ACKNOWLEDGED, 1, 0, TARGET_ACKNOWLEDGED, 1,
	    1, 0, true },
	{ DEADLINE_DECISION, TARGET_IN_REVIEW, 1, 0, TARGET_IN_REVIEW, 1, 1, 0,
	    true },
	{ DEADLINE_CORRECTION, TARGET_REJECTED, 0, 1, TARGET_REJECTED_FINAL, 0,
	    1, 0, false },
	{ DEADLINE_HOLD, TARGET_HELD_FULL, 0, 1, TARGET_RELEASE_PENDING, 0, 1,
	    1, false },
	{ DEADLINE_HOLD, TARGET_HELD_PARTIAL, 0, 1, TARGET_RELEASE_PENDING, 0,
	    1, 1, false },
	{ DEADLINE_HOLD, TARGET_BLOCKED, 0, 1, TARGET_RELEASE_PENDING, 0, 1, 1,
	    false },
	{ DEADLINE_RELEASE, TARGET_RELEASE_PENDING, 1, 0,
	    TARGET_RELEASE_PENDING, 1, 1, 0, true },
};

START_TEST(owner_is_reminded_at_half_and_at_four_fifths)
{
	const struct target *target = world_target(1, kinds[_i].state);
	struct deadline *deadline = running(
	    &target->id, kinds[_i].kind, DEADLINE_AT_HALF);

	pass(&target->id, kinds[_i].kind);
	pass(&target->id, kinds[_i].kind);
	ck_assert_int_eq(target->state, kinds[_i].state);
	ck_assert_int_eq(world_messages(MESSAGE_DEADLINE_WARNING, BANK),
	    2 * kinds[_i].warns_bank);
	ck_assert_int_eq(world_messages(MESSAGE_DEADLINE_WARNING, DISTRICT),
	    2 * kinds[_i].warns_unit);
	ck_assert_uint_eq(world_events("deadline.warning"), 2);
	ck_assert_int_eq(
	    clocks_percent(world.effects.messages[0].envelope.deadline->stage),
	    50);
	ck_assert_int_eq(
	    clocks_percent(world.effects.messages[1].envelope.deadline->stage),
	    80);
	ck_assert_int_eq(deadline->stage, DEADLINE_AT_END);
	ck_assert_int_eq(deadline->next_at, deadline->due_at);
}
END_TEST

START_TEST(end_does_what_its_kind_has)
{
	const struct target *target = world_target(1, kinds[_i].state);
	struct deadline *deadline = running(
	    &target->id, kinds[_i].kind, DEADLINE_AT_END);

	pass(&target->id, kinds[_i].kind);
	ck_assert_int_eq(world.now, deadline->due_at);
	ck_assert_int_eq(target->state, kinds[_i].after);
	ck_assert_int_eq(world_messages(MESSAGE_DEADLINE_BREACHED, BANK),
	    kinds[_i].tells_bank);
	ck_assert_int_eq(world_messages(MESSAGE_DEADLINE_BREACHED, DISTRICT),
	    kinds[_i].tells_unit);
	ck_assert_int_eq(
	    world_messages(MESSAGE_RELEASE_ORDERED, BANK), kinds[_i].releases);
	ck_assert_uint_eq(world_events("deadline.breached"), 1);
	ck_assert_int_eq(deadline->status,
	    kinds[_i].goes_on ? DEADLINE_RUNNING : DEADLINE_ENDED);
	ck_assert_int_eq(deadline->next_at,
	    kinds[_i].goes_on ? deadline->due_at + WORLD_DAY : 0);
}
END_TEST

START_TEST(breach_is_told_once_more_a_day_later)
{
	const struct target *target = world_target(1, TARGET_SENT);
	struct deadline *deadline = running(
	    &target->id, DEADLINE_DECISION, DEADLINE_A_DAY_LATER);

	pass(&target->id, DEADLINE_DECISION);
	ck_assert_int_eq(world.now, deadline->due_at + WORLD_DAY);
	ck_assert_uint_eq(world_messages(MESSAGE_DEADLINE_BREACHED, BANK), 1);
	ck_assert_uint_eq(
	    world_messages(MESSAGE_DEADLINE_BREACHED, DISTRICT), 1);
	ck_assert_int_eq(deadline->status, DEADLINE_PASSED);
	ck_assert_int_eq(deadline->next_at, 0);
}
END_TEST

/* After an outage: one reminder for all that were missed, but the end comes. */
START_TEST(overtaken_reminders_are_left_out)
{
	const struct target *target = world_target(1, TARGET_HELD_FULL);
	struct deadline *deadline = running(
	    &target->id, DEADLINE_HOLD, DEADLINE_AT_HALF);

	world.now = deadline->due_at + 30 * WORLD_DAY;
	pass(&target->id, DEADLINE_HOLD);
	ck_assert_uint_eq(world_events("deadline.warning"), 0);
	ck_assert_int_eq(target->state, TARGET_RELEASE_PENDING);
	ck_assert_uint_eq(world_events("target.expired"), 1);
}
END_TEST

/* The bank cannot be told: the hold ends all the same. */
START_TEST(expiry_does_not_wait_for_an_endpoint)
{
	struct target *target = world_target(1, TARGET_HELD_FULL);

	target->institution = world_place(MUTE_BANK);
	running(&target->id, DEADLINE_HOLD, DEADLINE_AT_END);
	pass(&target->id, DEADLINE_HOLD);
	ck_assert_int_eq(target->state, TARGET_RELEASE_PENDING);
}
END_TEST

/* ---- nothing happens */

START_TEST(stage_that_has_not_come_does_nothing)
{
	const struct target *target = world_target(1, TARGET_HELD_FULL);
	struct deadline *deadline = running(
	    &target->id, DEADLINE_HOLD, DEADLINE_AT_END);

	world_command(COMMAND_PASS_DEADLINE, DISPATCHER)->deadline =
	    (struct pass_deadline){ .subject = target->id,
		    .kind = DEADLINE_HOLD };
	world_done(200);
	ck_assert_uint_eq(world.effects.event_count, 0);
	ck_assert_int_eq(target->state, TARGET_HELD_FULL);
	ck_assert_int_eq(deadline->status, DEADLINE_RUNNING);
}
END_TEST

START_TEST(clock_that_ended_or_never_ran_does_nothing)
{
	const struct target *target = world_target(1, TARGET_HELD_FULL);
	struct deadline *deadline;

	pass(&target->id, DEADLINE_HOLD);
	deadline = running(&target->id, DEADLINE_HOLD, DEADLINE_AT_END);
	deadline->status = DEADLINE_ENDED;
	deadline->next_at = 0;
	pass(&target->id, DEADLINE_HOLD);
	ck_assert_uint_eq(world.effects.event_count, 0);
}
END_TEST

/* Every other state than those in which the clock runs. */
START_TEST(clock_of_another_state_ends_without_a_word)
{
	enum target_state state = (enum target_state)(_i / DEADLINE_KIND_COUNT);
	enum deadline_kind kind = (enum deadline_kind)(
	    _i % DEADLINE_KIND_COUNT);
	const struct target *target;
	struct deadline *deadline;

	if (clocks_rule(kind)->prefix[0] != 't' ||
	    (clocks_of_target(state) & UINT32_C(1) << kind) != 0)
		return;
	target = world_target(1, state);
	deadline = running(&target->id, kind, DEADLINE_AT_END);
	pass(&target->id, kind);
	ck_assert_int_eq(target->state, state);
	ck_assert_uint_eq(world.effects.event_count, 0);
	ck_assert_int_eq(deadline->status, DEADLINE_ENDED);
	ck_assert(deadline->row.is_dirty);
}
END_TEST

START_TEST(nobody_but_the_clerk_passes_a_deadline)
{
	const struct target *target = world_target(1, TARGET_HELD_FULL);

	running(&target->id, DEADLINE_HOLD, DEADLINE_AT_END)->next_at =
	    world.now;
	world_command(COMMAND_PASS_DEADLINE, (enum person)_i)->deadline =
	    (struct pass_deadline){ .subject = target->id,
		    .kind = DEADLINE_HOLD };
	world_refused(RC_FORBIDDEN, "role_not_allowed", "");
}
END_TEST

START_TEST(deadline_of_a_lost_subject_is_not_found)
{
	struct id nobody = world_id(99, 1);

	running(&nobody, DEADLINE_HOLD, DEADLINE_AT_END)->next_at = world.now;
	world_command(COMMAND_PASS_DEADLINE, DISPATCHER)->deadline =
	    (struct pass_deadline){ .subject = nobody, .kind = DEADLINE_HOLD };
	world_refused(RC_MISSING, "not_found", "");
}
END_TEST

/* ---- requests */

START_TEST(request_expires_with_what_is_open)
{
	struct id id = world_request_id();
	const struct target *sent = world_target(1, TARGET_SENT);
	const struct target *held = world_target(2, TARGET_HELD_FULL);
	const struct target *proposed = world_target(4, TARGET_PROPOSED);
	const struct target *over = world_target(5, TARGET_NOT_HELD);

	world_request()->expires_at = world.now + WORLD_DAY;
	running(&id, DEADLINE_REQUEST, DEADLINE_AT_END);
	world.now += WORLD_DAY;
	pass(&id, DEADLINE_REQUEST);
	ck_assert_int_eq(world_request()->state, REQUEST_EXPIRED);
	ck_assert_int_eq(sent->state, TARGET_CANCELLED);
	ck_assert_int_eq(held->state, TARGET_RELEASE_PENDING);
	ck_assert_int_eq(proposed->state, TARGET_CANCELLED);
	ck_assert_int_eq(over->state, TARGET_NOT_HELD);
	ck_assert_uint_eq(world_messages(MESSAGE_RELEASE_ORDERED, BANK), 1);
	ck_assert_uint_eq(world_messages(MESSAGE_FREEZE_WITHDRAWN, BANK), 1);
}
END_TEST

/* An extension moves the target, not the request. */
START_TEST(request_that_was_put_off_goes_on)
{
	struct id id = world_request_id();
	const struct target *target = world_target(1, TARGET_HELD_FULL);
	struct deadline *deadline = running(
	    &id, DEADLINE_REQUEST, DEADLINE_AT_END);

	pass(&id, DEADLINE_REQUEST);
	ck_assert_int_eq(world_request()->state, REQUEST_ISSUED);
	ck_assert_int_eq(target->state, TARGET_HELD_FULL);
	ck_assert_int_eq(deadline->due_at, world_request()->expires_at);
	ck_assert_int_eq(deadline->next_at, world_request()->expires_at);
	ck_assert(deadline->row.is_dirty);
	ck_assert_uint_eq(world.effects.event_count, 0);
}
END_TEST

static const enum target_state lapsing[][2] = {
	{ TARGET_SENT, TARGET_CANCELLED },
	{ TARGET_IN_REVIEW, TARGET_CANCELLED },
	{ TARGET_HELD_FULL, TARGET_RELEASE_PENDING },
	{ TARGET_HELD_PARTIAL, TARGET_RELEASE_PENDING },
	{ TARGET_BLOCKED, TARGET_RELEASE_PENDING },
	{ TARGET_NOT_HELD, TARGET_NOT_HELD },
};

START_TEST(emergency_that_nobody_confirms_is_undone)
{
	struct id id = world_request_id();
	const struct target *target = world_target(1, lapsing[_i][0]);

	world_request()->is_emergency = true;
	world_request()->confirm_by = world.now + WORLD_HOUR;
	running(&id, DEADLINE_CONFIRMATION, DEADLINE_AT_END);
	pass(&id, DEADLINE_CONFIRMATION);
	ck_assert_int_eq(world_request()->state, REQUEST_WITHDRAWN);
	ck_assert_int_eq(world_request()->desired_state, REQUEST_WITHDRAWN);
	ck_assert_int_eq(target->state, lapsing[_i][1]);
	ck_assert_uint_eq(
	    world_messages(MESSAGE_DEADLINE_BREACHED, DISTRICT), 1);
	ck_assert_int_eq(
	    clock_of(&id, DEADLINE_CONFIRMATION)->status, DEADLINE_ENDED);
}
END_TEST

START_TEST(confirmed_emergency_stands)
{
	struct id id = world_request_id();

	world_target(1, TARGET_HELD_FULL);
	world_request()->is_emergency = true;
	world_request()->confirm_by = world.now + WORLD_HOUR;
	world_request()->approved_by = world_person(SUPERVISOR);
	running(&id, DEADLINE_CONFIRMATION, DEADLINE_AT_END);
	pass(&id, DEADLINE_CONFIRMATION);
	ck_assert_int_eq(world_request()->state, REQUEST_ISSUED);
	ck_assert_uint_eq(world.effects.event_count, 0);
}
END_TEST

/* ---- ninety days on a virtual clock */

/* The next clock that comes, the earliest; NULL: none runs. */
static struct deadline *
next_clock(void)
{
	struct deadline *next = NULL;

	for (size_t i = 0; i < world.snapshot.deadline_count; i++) {
		struct deadline *deadline = world.snapshot.deadlines[i];

		if (deadline->next_at != 0 &&
		    (next == NULL || deadline->next_at < next->next_at))
			next = deadline;
	}
	return next;
}

static size_t
run_clocks(int64_t until)
{
	struct deadline *next;
	size_t steps = 0;

	while ((next = next_clock()) != NULL && next->next_at <= until) {
		pass(&next->subject, next->kind);
		ck_assert_uint_lt(++steps, 100);
	}
	world.now = until;
	return steps;
}

static struct target *
submit_and_hold(void)
{
	struct target *target;
	struct respond *respond;

	submit_draft_begin(OFFICER);
	submit_draft.requests[0].target_count = 1;
	world_done(201);
	target = world.snapshot.targets[0];
	world_commit();
	world.now += 3 * MINUTE;
	respond = answer_begin(RESPONSE_HLD_FULL, BANK_NODAL, target);
	respond->expires_at =
	    snapshot_request(&world.snapshot, &target->request)->expires_at;
	world_done(201);
	return target;
}

START_TEST(hold_of_ninety_days_ends_by_itself)
{
	const struct target *target = submit_and_hold();
	int64_t held_at = world.now, end = target->expires_at;

	ck_assert_int_eq(end, held_at - 3 * MINUTE + 90 * WORLD_DAY);
	run_clocks(held_at + 45 * WORLD_DAY - WORLD_HOUR);
	/* Two documents were owed, at half and at four fifths. */
	ck_assert_uint_eq(world_events("deadline.warning"), 4);
	ck_assert_uint_eq(
	    world_messages(MESSAGE_DEADLINE_WARNING, DISTRICT), 0);
	run_clocks(held_at + 46 * WORLD_DAY);
	ck_assert_uint_eq(
	    world_messages(MESSAGE_DEADLINE_WARNING, DISTRICT), 1);
	run_clocks(held_at + 73 * WORLD_DAY);
	ck_assert_uint_eq(world_events("deadline.warning"), 6);
	run_clocks(end - 1);
	ck_assert_int_eq(target->state, TARGET_HELD_FULL);
	run_clocks(end);
	ck_assert_int_eq(target->state, TARGET_RELEASE_PENDING);
	ck_assert_uint_eq(world_events("target.expired"), 1);
	ck_assert_uint_eq(world_messages(MESSAGE_RELEASE_ORDERED, BANK), 1);
	ck_assert_uint_eq(
	    world_messages(MESSAGE_DEADLINE_WARNING, DISTRICT), 2);
	/* The bank is reminded to release, and stops being so when it has. */
	run_clocks(end + 3 * WORLD_HOUR);
	ck_assert_uint_eq(world_messages(MESSAGE_DEADLINE_WARNING, BANK), 1);
	answer_begin(RESPONSE_RELEASED, BANK_NODAL, target);
	world_done(201);
	ck_assert_int_eq(target->state, TARGET_RELEASED);
	ck_assert_uint_eq(run_clocks(end + 300 * WORLD_DAY), 0);
	ck_assert_ptr_null(next_clock());
}
END_TEST

/* Nobody answers at all. */
START_TEST(silence_is_reminded_of_until_the_request_ends)
{
	const struct target *target;

	submit_draft_begin(OFFICER);
	submit_draft.requests[0].target_count = 1;
	world_done(201);
	target = world.snapshot.targets[0];
	run_clocks(world.now + 91 * WORLD_DAY);
	ck_assert_int_eq(target->state, TARGET_CANCELLED);
	/* 50 and 80 % of two clocks; each breach twice. */
	ck_assert_uint_eq(world_messages(MESSAGE_DEADLINE_WARNING, BANK), 4);
	ck_assert_uint_eq(world_messages(MESSAGE_DEADLINE_BREACHED, BANK), 4);
	ck_assert_uint_eq(
	    world_messages(MESSAGE_DEADLINE_BREACHED, DISTRICT), 4);
	ck_assert_uint_eq(world_events("request.expired"), 1);
	ck_assert_ptr_null(next_clock());
}
END_TEST

START_TEST(answer_ends_the_clocks_of_the_answer)
{
	const struct target *target = submit_and_hold();

	ck_assert_int_eq(
	    clock_of(&target->id, DEADLINE_ACKNOWLEDGEMENT)->status,
	    DEADLINE_ENDED);
	ck_assert_int_eq(
	    clock_of(&target->id, DEADLINE_DECISION)->status, DEADLINE_ENDED);
	ck_assert_int_eq(
	    clock_of(&target->id, DEADLINE_HOLD)->due_at, target->expires_at);
}
END_TEST

static void
add_requests(TCase *tcase)
{
	tcase_add_test(tcase, request_expires_with_what_is_open);
	tcase_add_test(tcase, request_that_was_put_off_goes_on);
	tcase_add_loop_test(tcase, emergency_that_nobody_confirms_is_undone, 0,
	    (int)COUNT(lapsing));
	tcase_add_test(tcase, confirmed_emergency_stands);
	tcase_add_test(tcase, hold_of_ninety_days_ends_by_itself);
	tcase_add_test(tcase, silence_is_reminded_of_until_the_request_ends);
	tcase_add_test(tcase, answer_ends_the_clocks_of_the_answer);
}

Suite *
pass_deadline_suite(void)
{
	Suite *suite = suite_create("pass_deadline");
	TCase *tcase = tcase_create("pass_deadline");

	tcase_add_checked_fixture(tcase, world_set_up, world_tear_down);
	tcase_add_loop_test(tcase, owner_is_reminded_at_half_and_at_four_fifths,
	    0, (int)COUNT(kinds));
	tcase_add_loop_test(
	    tcase, end_does_what_its_kind_has, 0, (int)COUNT(kinds));
	tcase_add_test(tcase, breach_is_told_once_more_a_day_later);
	tcase_add_test(tcase, overtaken_reminders_are_left_out);
	tcase_add_test(tcase, expiry_does_not_wait_for_an_endpoint);
	tcase_add_test(tcase, stage_that_has_not_come_does_nothing);
	tcase_add_test(tcase, clock_that_ended_or_never_ran_does_nothing);
	tcase_add_loop_test(tcase, clock_of_another_state_ends_without_a_word,
	    0, (int)TARGET_STATE_COUNT * DEADLINE_KIND_COUNT);
	tcase_add_loop_test(
	    tcase, nobody_but_the_clerk_passes_a_deadline, 0, (int)DISPATCHER);
	tcase_add_test(tcase, deadline_of_a_lost_subject_is_not_found);
	add_requests(tcase);
	suite_add_tcase(suite, tcase);
	return suite;
}
