/*
 * withdraw_case and merge_case: all that hangs on a case follows it, and no
 * held money is lost on the way.
 */
#include "test/unit/unit.h"

#include <string.h>

#include "test/unit/world.h"

/* ---- withdrawing */

static struct withdraw_case *
withdraw(enum person person)
{
	struct withdraw_case *withdraw =
	    &world_command(COMMAND_WITHDRAW_CASE, person)->withdraw_case;

	withdraw->case_id = world_case_id();
	withdraw->reason = 0;
	withdraw->note = "";
	return withdraw;
}

/* A second request of the same case, with one target of its own. */
static struct freeze_request *
second_request(enum request_state state, enum target_state target_state)
{
	struct freeze_request *request = snapshot_add_request(&world.snapshot);
	struct target *target;

	*request = *world_request();
	request->id = world_id(99, 2);
	request->position = 1;
	request->state = state;
	target = world_target(7, target_state);
	target->request = request->id;
	return request;
}

START_TEST(every_request_of_a_withdrawn_case_ends)
{
	const struct target *held = world_target(1, TARGET_HELD_FULL);
	const struct target *asked = world_target(2, TARGET_DELIVERED);
	const struct target *lead = world_target(3, TARGET_PROPOSED);
	const struct target *going = world_target(4, TARGET_RELEASE_PENDING);
	const struct freeze_request *second = second_request(
	    REQUEST_PENDING_APPROVAL, TARGET_PROPOSED);

	withdraw(OFFICER);
	world_done(200);
	ck_assert_int_eq(world_case()->state, CASE_WITHDRAWN);
	ck_assert_int_eq(world_request()->state, REQUEST_WITHDRAWN);
	ck_assert_int_eq(second->state, REQUEST_WITHDRAWN);
	ck_assert_int_eq(second->desired_state, REQUEST_WITHDRAWN);
	ck_assert_int_eq(held->state, TARGET_RELEASE_PENDING);
	ck_assert_int_eq(held->held_minor, 100000);
	ck_assert_int_eq(asked->state, TARGET_CANCELLED);
	ck_assert_int_eq(lead->state, TARGET_CANCELLED);
	ck_assert_int_eq(going->state, TARGET_RELEASE_PENDING);
	ck_assert_uint_eq(world_messages(MESSAGE_RELEASE_ORDERED, BANK), 1);
	ck_assert_uint_eq(world_messages(MESSAGE_FREEZE_WITHDRAWN, BANK), 1);
	ck_assert_ptr_nonnull(
	    snapshot_deadline(&world.snapshot, &held->id, DEADLINE_RELEASE));
	ck_assert_str_eq(world_field(world_event("case.withdrawn"), "reason"),
	    "complainant_withdrew");
}
END_TEST

START_TEST(reason_and_note_reach_the_institution)
{
	(void)world_target(1, TARGET_HELD_FULL);
	withdraw(SUPERVISOR)->note = "paid back";
	world_done(200);
	ck_assert_str_eq(world.effects.messages[0].envelope.note,
	    "complainant_withdrew: paid back");
}
END_TEST

static const struct {
	enum person person;
	enum rc rc;
	const char *code;
} strangers[] = {
	{ NEIGHBOUR_OFFICER, RC_MISSING, "not_found" },
	{ STATE_OFFICER, RC_MISSING, "not_found" },
	{ NEIGHBOUR_SUPERVISOR, RC_MISSING, "not_found" },
	{ BANK_NODAL, RC_FORBIDDEN, "role_not_allowed" },
	{ BANK_SERVICE, RC_FORBIDDEN, "role_not_allowed" },
	{ AUDITOR, RC_FORBIDDEN, "role_not_allowed" },
	{ ADMIN, RC_FORBIDDEN, "role_not_allowed" },
};

START_TEST(case_of_others_is_not_withdrawn)
{
	(void)world_target(1, TARGET_HELD_FULL);
	withdraw(strangers[_i].person);
	world_refused(strangers[_i].rc, strangers[_i].code, "");
}
END_TEST

START_TEST(only_an_open_case_is_withdrawn)
{
	enum case_state state = (enum case_state)_i;
	bool is_open = state <= CASE_IN_PROGRESS;

	world_case()->state = state;
	withdraw(OFFICER);
	if (is_open)
		world_done(200);
	else
		world_refused(RC_CONFLICT,
		    state == CASE_WITHDRAWN ? "already_withdrawn"
					    : "move_not_allowed",
		    "");
}
END_TEST

START_TEST(what_a_court_holds_keeps_a_case_open)
{
	(void)world_target(1, TARGET_HELD_FULL);
	(void)world_target(2, TARGET_ATTACHED);
	withdraw(OFFICER);
	world_refused(RC_CONFLICT, "money_attached", "");
}
END_TEST

/* ---- merging */

static struct case_file *into;

/* The case that goes on, of `unit`, with an issued request. */
static void
survivor(enum place unit)
{
	struct freeze_request *request;

	into = snapshot_add_case(&world.snapshot);
	*into = *world_case();
	into->id = world_id(99, 50);
	into->unit = world_place(unit);
	request = snapshot_add_request(&world.snapshot);
	*request = *world_request();
	request->id = world_id(99, 51);
	request->case_id = into->id;
}

/* The survivor asks for what target `number` of the merged case asks for. */
static struct target *
same_as(int number, enum target_state state)
{
	struct target *target = world_target(100 + number, state);

	target->case_id = into->id;
	target->request = world_id(99, 51);
	target->identifier_hash[0] = (uint8_t)number;
	return target;
}

static struct target *
of_merged(int number, enum target_state state)
{
	struct target *target = world_target(number, state);

	target->identifier_hash[0] = (uint8_t)number;
	return target;
}

static struct merge_case *
merge(enum person person)
{
	struct merge_case *merge =
	    &world_command(COMMAND_MERGE_CASE, person)->merge;

	merge->case_id = world_case_id();
	merge->into = into->id;
	merge->note = "";
	return merge;
}

/* Of every state: does it give way to the same in the other case? */
START_TEST(what_both_ask_for_is_asked_for_once)
{
	enum target_state state = (enum target_state)_i;
	struct target *target;
	const struct target *same;
	int next;
	bool gives_way = machine_next(&target_machine, (int)state,
			     TARGET_EVENT_MERGED, &next, NULL) == RC_OK;

	survivor(DISTRICT);
	target = of_merged(1, state);
	same = same_as(1, TARGET_DELIVERED);
	merge(OFFICER);
	world_done(200);
	ck_assert_int_eq(world_case()->state, CASE_MERGED);
	ck_assert(id_equal(&world_case()->merged_into, &into->id));
	ck_assert_int_eq(same->state, TARGET_DELIVERED);
	ck_assert_int_eq(target->state, gives_way ? TARGET_SUPERSEDED : state);
	ck_assert_int_eq(id_equal(&target->duplicate_of, &same->id), gives_way);
	ck_assert_uint_eq(world_messages(MESSAGE_FREEZE_WITHDRAWN, BANK),
	    gives_way && state != TARGET_PROPOSED);
	ck_assert_uint_eq(world_messages(MESSAGE_RELEASE_ORDERED, BANK), 0);
}
END_TEST

START_TEST(what_is_held_stays_and_is_followed)
{
	struct target *held;

	survivor(DISTRICT);
	held = of_merged(1, TARGET_HELD_PARTIAL);
	(void)same_as(1, TARGET_HELD_FULL);
	merge(OFFICER);
	world_done(200);
	ck_assert_int_eq(held->state, TARGET_HELD_PARTIAL);
	ck_assert_int_eq(held->held_minor, 40000);
	ck_assert_int_eq(world_request()->state, REQUEST_ISSUED);
	world_commit();
	world_command(COMMAND_RELEASE_TARGET, OFFICER)->release =
	    (struct release_target){ held->id, "it is the customer's" };
	world_done(200);
	ck_assert_int_eq(held->state, TARGET_RELEASE_PENDING);
}
END_TEST

/* How a target of the other case may differ from being the same. */
static void
other_account(struct target *same)
{
	same->identifier_hash[0] = 77;
}

static void
other_amount(struct target *same)
{
	same->requested.minor++;
}

static void
other_currency(struct target *same)
{
	memcpy(same->requested.currency, "USD", 4);
}

static void
other_institution(struct target *same)
{
	same->institution = world_place(OTHER_BANK);
}

static void
not_sent(struct target *same)
{
	same->state = TARGET_PROPOSED;
	same->queued_at = 0;
}

static void
turned_down(struct target *same)
{
	same->state = TARGET_REJECTED;
}

static void
is_over(struct target *same)
{
	same->state = TARGET_NOT_HELD;
}

static void
is_let_go(struct target *same)
{
	same->state = TARGET_RELEASE_PENDING;
}

static void
is_reduced(struct target *same)
{
	same->state = TARGET_HELD_PARTIAL;
	same->held_minor = 2;
	same->reduce_to_minor = 1;
	same->expires_at = world.now + WORLD_DAY;
}

static void
other_action(struct target *same)
{
	snapshot_request(&world.snapshot, &same->request)->action =
	    ACTION_PRESERVE_RECORDS;
}

static void (*const differences[])(struct target *) = { other_account,
	other_amount, other_currency, other_institution, not_sent, turned_down,
	is_over, is_let_go, is_reduced, other_action };

START_TEST(what_only_the_merged_case_asks_for_goes_on)
{
	const struct target *target;

	survivor(DISTRICT);
	target = of_merged(1, TARGET_ACKNOWLEDGED);
	differences[_i](same_as(1, TARGET_DELIVERED));
	merge(OFFICER);
	world_done(200);
	ck_assert_int_eq(target->state, TARGET_ACKNOWLEDGED);
	ck_assert_int_eq(world_request()->state, REQUEST_ISSUED);
	ck_assert_uint_eq(world_messages(MESSAGE_FREEZE_WITHDRAWN, BANK), 0);
}
END_TEST

START_TEST(request_without_anything_left_is_completed)
{
	survivor(DISTRICT);
	(void)of_merged(1, TARGET_QUEUED);
	(void)of_merged(2, TARGET_NOT_HELD);
	(void)same_as(1, TARGET_SENT);
	merge(OFFICER);
	world_done(200);
	ck_assert_int_eq(world_request()->state, REQUEST_COMPLETED);
}
END_TEST

START_TEST(both_units_are_told)
{
	survivor(NEIGHBOUR);
	merge(STATE_SUPERVISOR)->note = "one victim";
	world_done(200);
	ck_assert_uint_eq(world_messages(MESSAGE_CASE_MERGED, DISTRICT), 1);
	ck_assert_uint_eq(world_messages(MESSAGE_CASE_MERGED, NEIGHBOUR), 1);
	ck_assert_ptr_eq(world.effects.messages[0].envelope.merged_into, into);
	ck_assert_str_eq(world.effects.messages[0].envelope.note, "one victim");
	ck_assert_str_eq(
	    world_field(world_event("case.absorbed"), "note"), "one victim");
	ck_assert(into->row.is_dirty);
}
END_TEST

START_TEST(unit_of_both_is_told_once)
{
	survivor(DISTRICT);
	merge(OFFICER);
	world_done(200);
	ck_assert_uint_eq(world_messages(MESSAGE_CASE_MERGED, DISTRICT), 1);
}
END_TEST

static const struct {
	enum place unit;
	enum person person;
	enum rc rc;
	const char *code, *pointer;
} mergers[] = {
	{ DISTRICT, SECOND_OFFICER, RC_OK, "", "" },
	{ DISTRICT, SUPERVISOR, RC_OK, "", "" },
	{ DISTRICT, STATE_SUPERVISOR, RC_OK, "", "" },
	{ NEIGHBOUR, STATE_SUPERVISOR, RC_OK, "", "" },
	/* Who does not see both cannot join them. */
	{ NEIGHBOUR, OFFICER, RC_INVALID, "unknown_case", "/into" },
	{ NEIGHBOUR, SUPERVISOR, RC_INVALID, "unknown_case", "/into" },
	{ NEIGHBOUR, NEIGHBOUR_OFFICER, RC_MISSING, "not_found", "" },
	{ NEIGHBOUR, NEIGHBOUR_SUPERVISOR, RC_MISSING, "not_found", "" },
	{ NEIGHBOUR, STATE_OFFICER, RC_MISSING, "not_found", "" },
	{ DISTRICT, BANK_NODAL, RC_FORBIDDEN, "role_not_allowed", "" },
	{ DISTRICT, BANK_SERVICE, RC_FORBIDDEN, "role_not_allowed", "" },
	{ DISTRICT, AUDITOR, RC_FORBIDDEN, "role_not_allowed", "" },
	{ DISTRICT, ADMIN, RC_FORBIDDEN, "role_not_allowed", "" },
};

START_TEST(who_sees_both_merges)
{
	survivor(mergers[_i].unit);
	merge(mergers[_i].person);
	if (mergers[_i].rc == RC_OK)
		world_done(200);
	else
		world_refused(
		    mergers[_i].rc, mergers[_i].code, mergers[_i].pointer);
}
END_TEST

START_TEST(only_open_cases_are_merged)
{
	enum case_state from = (enum case_state)(_i / CASE_STATE_COUNT);
	enum case_state to = (enum case_state)(_i % CASE_STATE_COUNT);

	survivor(DISTRICT);
	world_case()->state = from;
	into->state = to;
	merge(OFFICER);
	if (from == CASE_MERGED)
		world_refused(RC_CONFLICT, "already_merged", "");
	else if (from > CASE_IN_PROGRESS)
		world_refused(RC_CONFLICT, "move_not_allowed", "");
	else if (to > CASE_IN_PROGRESS)
		world_refused(RC_CONFLICT, "case_not_open", "/into");
	else
		world_done(200);
}
END_TEST

START_TEST(case_does_not_go_on_in_itself)
{
	survivor(DISTRICT);
	merge(OFFICER)->into = world_case_id();
	world_refused(RC_INVALID, "same_case", "/into");
}
END_TEST

START_TEST(case_that_is_not_there_takes_none)
{
	survivor(DISTRICT);
	merge(OFFICER)->into = world_id(99, 98);
	world_refused(RC_INVALID, "unknown_case", "/into");
}
END_TEST

Suite *
case_acts_suite(void)
{
	Suite *suite = suite_create("case_acts");
	TCase *tests = tcase_create("case_acts");

	tcase_add_checked_fixture(tests, world_set_up, world_tear_down);
	tcase_add_test(tests, every_request_of_a_withdrawn_case_ends);
	tcase_add_test(tests, reason_and_note_reach_the_institution);
	tcase_add_loop_test(
	    tests, case_of_others_is_not_withdrawn, 0, COUNT(strangers));
	tcase_add_loop_test(
	    tests, only_an_open_case_is_withdrawn, 0, CASE_STATE_COUNT);
	tcase_add_test(tests, what_a_court_holds_keeps_a_case_open);
	tcase_add_loop_test(
	    tests, what_both_ask_for_is_asked_for_once, 0, TARGET_STATE_COUNT);
	tcase_add_test(tests, what_is_held_stays_and_is_followed);
	tcase_add_loop_test(tests, what_only_the_merged_case_asks_for_goes_on,
	    0, COUNT(differences));
	tcase_add_test(tests, request_without_anything_left_is_completed);
	tcase_add_test(tests, both_units_are_told);
	tcase_add_test(tests, unit_of_both_is_told_once);
	tcase_add_loop_test(tests, who_sees_both_merges, 0, COUNT(mergers));
	tcase_add_loop_test(tests, only_open_cases_are_merged, 0,
	    CASE_STATE_COUNT * CASE_STATE_COUNT);
	tcase_add_test(tests, case_does_not_go_on_in_itself);
	tcase_add_test(tests, case_that_is_not_there_takes_none);
	suite_add_tcase(suite, tests);
	return suite;
}
