/*
 * release_target, reduce_target, extend_target: who may order what, from
 * which state, and what the institution's confirmation does.
 */
#include "test/unit/unit.h"

#include <stdio.h>

#include "test/unit/answer.h"

enum order { RELEASE, REDUCE, EXTEND, ORDER_COUNT };

/* A right order on `target`; tests bend it. */
static struct command *
order(enum order order, enum person person, const struct target *target)
{
	static const enum command_kind kinds[] = { COMMAND_RELEASE_TARGET,
		COMMAND_REDUCE_TARGET, COMMAND_EXTEND_TARGET };
	struct command *command = world_command(kinds[order], person);

	switch (order) {
	case RELEASE:
		command->release.target = target->id;
		command->release.reason = "mistaken identity";
		break;
	case REDUCE:
		command->reduce.target = target->id;
		command->reduce.amount = world_inr(30000);
		command->reduce.reason = "held at the next hop";
		break;
	case EXTEND:
		command->extend.target = target->id;
		command->extend.expires_at = world.now + 5 * WORLD_DAY;
		command->extend.basis = "";
		command->extend.reason = "hearing on Monday";
		break;
	case ORDER_COUNT:
		break;
	}
	return command;
}

static bool
is_from(enum order order, enum target_state state)
{
	return target_state_is_held(state) &&
	    (order != REDUCE || state != TARGET_BLOCKED);
}

static const char *
refusal(enum order order, enum target_state state)
{
	return order == RELEASE && state == TARGET_RELEASE_PENDING
	    ? "release_ordered_already"
	    : "move_not_allowed";
}

START_TEST(only_holds_take_orders)
{
	static const enum message_type told[] = { MESSAGE_RELEASE_ORDERED,
		MESSAGE_HOLD_REDUCE, MESSAGE_HOLD_EXTEND };
	enum order which = (enum order)(_i / TARGET_STATE_COUNT);
	enum target_state state = (enum target_state)(_i % TARGET_STATE_COUNT);
	struct target *target = world_target(1, state);

	order(which, OFFICER, target);
	if (!is_from(which, state)) {
		world_refused(RC_CONFLICT, refusal(which, state), "");
		return;
	}
	world_done(200);
	ck_assert_int_eq(
	    target->state, which == RELEASE ? TARGET_RELEASE_PENDING : state);
	ck_assert_uint_eq(world.effects.message_count, 1);
	ck_assert_uint_eq(world_messages(told[which], BANK), 1);
	ck_assert_int_eq(world.effects.messages[0].priority, 0);
	ck_assert(target->row.is_dirty && world_case()->row.is_dirty);
}
END_TEST

static const enum person orderers[] = { OFFICER, SECOND_OFFICER, SUPERVISOR,
	STATE_SUPERVISOR };

START_TEST(unit_and_its_superiors_order)
{
	order((enum order)(_i % ORDER_COUNT), orderers[_i / ORDER_COUNT],
	    world_target(1, TARGET_HELD_PARTIAL));
	world_done(200);
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

START_TEST(others_order_nothing)
{
	size_t row = (size_t)_i / ORDER_COUNT;

	order((enum order)(_i % ORDER_COUNT), strangers[row].person,
	    world_target(1, TARGET_HELD_PARTIAL));
	world_refused(strangers[row].rc, strangers[row].code, "");
}
END_TEST

START_TEST(unknown_target_is_not_found)
{
	struct target gone = { .id = world_id(99, 1) };

	order((enum order)_i, OFFICER, &gone);
	world_refused(RC_MISSING, "not_found", "");
}
END_TEST

/* ---- release */

/* A bank that cannot be told keeps nobody's money. */
START_TEST(release_does_not_wait_for_an_endpoint)
{
	struct target *target = world_target(1, TARGET_HELD_FULL);

	target->institution = world_place(MUTE_BANK);
	order(RELEASE, OFFICER, target);
	world_done(200);
	ck_assert_int_eq(target->state, TARGET_RELEASE_PENDING);
	ck_assert_uint_eq(world.effects.message_count, 0);
}
END_TEST

START_TEST(release_overtakes_a_reduction)
{
	struct target *target = world_target(1, TARGET_HELD_FULL);

	order(REDUCE, OFFICER, target);
	world_done(200);
	order(RELEASE, SUPERVISOR, target);
	world_done(200);
	ck_assert_int_eq(target->reduce_to_minor, 0);
	ck_assert_int_eq(target->held_minor, 100000);
	ck_assert_str_eq(
	    world_field(world_event("target.release_ordered"), "reason"),
	    "mistaken identity");
}
END_TEST

/* ---- reduce */

START_TEST(other_orders_than_a_release_need_an_endpoint)
{
	struct target *target = world_target(1, TARGET_HELD_FULL);

	target->institution = world_place(MUTE_BANK);
	order((enum order)_i, OFFICER, target);
	world_refused(RC_CONFLICT, "institution_not_active", "");
}
END_TEST

static const struct {
	int64_t minor;
	const char *currency, *code, *pointer;
} amounts[] = {
	{ 40000, "INR", "not_less_than_held", "/amount/amount" },
	{ 40001, "INR", "not_less_than_held", "/amount/amount" },
	{ INT64_MAX, "INR", "not_less_than_held", "/amount/amount" },
	{ 30000, "USD", "other_currency", "/amount/currency" },
};

START_TEST(no_reduction_to_as_much_or_another_currency)
{
	struct money *amount = &order(
	    REDUCE, OFFICER, world_target(1, TARGET_HELD_PARTIAL))
				    ->reduce.amount;

	amount->minor = amounts[_i].minor;
	(void)snprintf(amount->currency, sizeof amount->currency, "%s",
	    amounts[_i].currency);
	world_refused(RC_INVALID, amounts[_i].code, amounts[_i].pointer);
}
END_TEST

/* What was let go is no longer asked for; the rest of the sum stands. */
static const struct {
	enum target_state state;
	int64_t requested;
} reduced[] = {
	{ TARGET_HELD_FULL, 30000 },
	{ TARGET_HELD_PARTIAL, 90000 },
};

START_TEST(reduction_counts_when_it_is_confirmed)
{
	struct target *target = world_target(1, reduced[_i].state);
	int64_t held = target->held_minor;

	order(REDUCE, OFFICER, target);
	world_done(200);
	ck_assert_int_eq(target->held_minor, held);
	ck_assert_int_eq(target->reduce_to_minor, 30000);
	ck_assert_str_eq(
	    world_field(world_event("target.reduction_ordered"), "amount"),
	    "300.00 INR");
	answer_begin(RESPONSE_REDUCED, BANK_NODAL, target);
	world_done(201);
	ck_assert_int_eq(target->state, reduced[_i].state);
	ck_assert_int_eq(target->held_minor, 30000);
	ck_assert_int_eq(target->requested.minor, reduced[_i].requested);
	ck_assert_int_eq(target->reduce_to_minor, 0);
	ck_assert_uint_eq(world_events("target.reduced"), 1);
	ck_assert_uint_eq(
	    world_messages(MESSAGE_RESPONSE_RECORDED, DISTRICT), 1);
}
END_TEST

START_TEST(reduction_is_confirmed_as_ordered)
{
	struct target *target = world_target(1, TARGET_HELD_FULL);

	order(REDUCE, OFFICER, target);
	world_done(200);
	answer_begin(RESPONSE_REDUCED, BANK_NODAL, target)->amount_held.minor =
	    30000 + (_i == 0 ? 1 : -1);
	world_refused(RC_INVALID, "not_as_ordered", "/amount_held/amount");
	answer_begin(RESPONSE_REDUCED, BANK_NODAL, target)->has_amount_held =
	    false;
	world_refused(RC_INVALID, "missing_member", "/amount_held");
	answer_begin(RESPONSE_REDUCED, BANK_SERVICE, target);
	world_refused(RC_FORBIDDEN, "role_not_allowed", "");
}
END_TEST

START_TEST(reduction_that_nobody_ordered_is_refused)
{
	answer_begin(
	    RESPONSE_REDUCED, BANK_NODAL, world_target(1, TARGET_HELD_FULL));
	world_refused(RC_CONFLICT, "nothing_ordered", "/code");
}
END_TEST

/* ---- extend */

START_TEST(extension_moves_both_ends)
{
	struct target *target = world_target(1, TARGET_HELD_PARTIAL);

	order(EXTEND, OFFICER, target)->extend.expires_at = world.now +
	    20 * WORLD_DAY;
	world_done(200);
	ck_assert_int_eq(target->expires_at, world.now + 20 * WORLD_DAY);
	ck_assert_int_eq(
	    world_request()->expires_at, world.now + 20 * WORLD_DAY);
	ck_assert(world_request()->row.is_dirty);
	ck_assert_ptr_nonnull(
	    world_field(world_event("target.extended"), "expires_at"));
}
END_TEST

START_TEST(shorter_extension_leaves_the_request_alone)
{
	int64_t end = world_request()->expires_at;

	order(EXTEND, OFFICER, world_target(1, TARGET_BLOCKED));
	world_done(200);
	ck_assert_int_eq(world_request()->expires_at, end);
	ck_assert(!world_request()->row.is_dirty);
}
END_TEST

static const struct {
	int64_t days; /* from now */
	const char *basis, *code, *pointer;
} extensions[] = {
	{ 0, "", "not_later", "/expires_at" },
	{ 1, "", "not_later", "/expires_at" },
	{ -3, "", "not_later", "/expires_at" },
	{ 91, "", "expiry_out_of_range", "/expires_at" },
	{ 36500, "", "expiry_out_of_range", "/expires_at" },
	{ 5, "BNSS_94", "action_not_allowed", "/basis" },
	{ 5, "BNSS_107", "order_missing", "/basis" },
	{ 5, "ERDR", "unknown_basis", "/basis" },
	{ 5, "CRPC_102", "basis_not_in_force", "/basis" },
};

START_TEST(extension_stays_within_profile_and_basis)
{
	struct extend_target *extend =
	    &order(EXTEND, OFFICER, world_target(1, TARGET_HELD_FULL))->extend;

	extend->expires_at = world.now + extensions[_i].days * WORLD_DAY;
	extend->basis = extensions[_i].basis;
	world_refused(RC_INVALID, extensions[_i].code, extensions[_i].pointer);
}
END_TEST

START_TEST(longest_hold_runs_from_the_issue)
{
	world_request()->issued_at = world.now - 88 * WORLD_DAY;
	order(EXTEND, OFFICER, world_target(1, TARGET_HELD_FULL));
	world_refused(RC_INVALID, "expiry_out_of_range", "/expires_at");
}
END_TEST

/* A case of the unit under another country's law. */
static const struct {
	const char *profile, *basis, *rank;
	int64_t days; /* from now */
	const char *code;
} laws[] = {
	{ "RU", "", "", 2, "" },
	{ "RU", "", "", 3, "expiry_out_of_range" },
	{ "RU", "FZ161_SIGNAL", "", 3, "expiry_out_of_range" },
	{ "RU", "CRIMINAL_CASE", "", 10, "" },
	{ "RU", "CRIMINAL_CASE", "", 11, "expiry_out_of_range" },
	{ "UK", "CONSENT_REFUSED", "", 5, "rank_too_low" },
	{ "UK", "CONSENT_REFUSED", "CONSTABLE", 5, "rank_too_low" },
	{ "UK", "CONSENT_REFUSED", "INSPECTOR", 31, "" },
	{ "UK", "CONSENT_REFUSED", "INSPECTOR", 32, "expiry_out_of_range" },
};

START_TEST(law_of_the_extension_sets_its_end_and_rank)
{
	const char *code = laws[_i].code;
	struct command *command;

	world_case()->profile = laws[_i].profile;
	world_request()->basis = "COMPLAINT_STATEMENT";
	world_request()->issued_at = world.now;
	command = order(EXTEND, OFFICER, world_target(1, TARGET_HELD_FULL));
	(void)snprintf(command->actor.rank, sizeof(command->actor.rank), "%s",
	    laws[_i].rank);
	command->extend.expires_at = world.now + laws[_i].days * WORLD_DAY;
	command->extend.basis = laws[_i].basis;
	if (code[0] == '\0')
		world_done(200);
	else
		world_refused(RC_INVALID, code,
		    strcmp(code, "rank_too_low") == 0 ? "/basis"
						      : "/expires_at");
}
END_TEST

START_TEST(every_law_of_a_request_bounds_its_holds)
{
	world_request()->issued_at = world.now;
	world_request()->more_authorities = "RU@2026-01-01/FZ161_SIGNAL";
	order(EXTEND, OFFICER, world_target(1, TARGET_HELD_FULL));
	world_refused(RC_INVALID, "expiry_out_of_range", "/expires_at");
	order(EXTEND, OFFICER, world_target(2, TARGET_HELD_FULL))
	    ->extend.expires_at = world.now + 2 * WORLD_DAY;
	world_done(200);
}
END_TEST

START_TEST(what_is_over_is_not_extended)
{
	struct target *target = world_target(1, TARGET_HELD_FULL);

	target->expires_at = world.now;
	order(EXTEND, OFFICER, target);
	world_refused(RC_CONFLICT, "hold_expired", "");
	target->expires_at = world.now + WORLD_DAY;
	world_request()->state = REQUEST_SUSPENDED;
	order(EXTEND, OFFICER, target);
	world_refused(RC_CONFLICT, "request_not_issued", "");
}
END_TEST

Suite *
hold_orders_suite(void)
{
	Suite *suite = suite_create("hold_orders");
	TCase *tcase = tcase_create("hold_orders");

	tcase_add_checked_fixture(tcase, world_set_up, world_tear_down);
	tcase_add_loop_test(
	    tcase, only_holds_take_orders, 0, ORDER_COUNT * TARGET_STATE_COUNT);
	tcase_add_loop_test(tcase, unit_and_its_superiors_order, 0,
	    ORDER_COUNT * (int)COUNT(orderers));
	tcase_add_loop_test(tcase, others_order_nothing, 0,
	    ORDER_COUNT * (int)COUNT(strangers));
	tcase_add_loop_test(tcase, unknown_target_is_not_found, 0, ORDER_COUNT);
	tcase_add_test(tcase, release_does_not_wait_for_an_endpoint);
	tcase_add_test(tcase, release_overtakes_a_reduction);
	tcase_add_loop_test(tcase, other_orders_than_a_release_need_an_endpoint,
	    REDUCE, ORDER_COUNT);
	tcase_add_loop_test(tcase, no_reduction_to_as_much_or_another_currency,
	    0, (int)COUNT(amounts));
	tcase_add_loop_test(tcase, reduction_counts_when_it_is_confirmed, 0,
	    (int)COUNT(reduced));
	tcase_add_loop_test(tcase, reduction_is_confirmed_as_ordered, 0, 2);
	tcase_add_test(tcase, reduction_that_nobody_ordered_is_refused);
	tcase_add_test(tcase, extension_moves_both_ends);
	tcase_add_test(tcase, shorter_extension_leaves_the_request_alone);
	tcase_add_loop_test(tcase, extension_stays_within_profile_and_basis, 0,
	    (int)COUNT(extensions));
	tcase_add_test(tcase, longest_hold_runs_from_the_issue);
	tcase_add_loop_test(tcase, law_of_the_extension_sets_its_end_and_rank,
	    0, (int)COUNT(laws));
	tcase_add_test(tcase, every_law_of_a_request_bounds_its_holds);
	tcase_add_test(tcase, what_is_over_is_not_extended);
	suite_add_tcase(suite, tcase);
	return suite;
}
