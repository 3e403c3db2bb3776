/*
 * withdraw_request: what is not held is cancelled, what is held must be
 * released, and everybody who got the request is told.
 */
#include "test/unit/unit.h"

#include "test/unit/world.h"

static struct withdraw_request *
withdraw(enum person person)
{
	struct withdraw_request *withdraw =
	    &world_command(COMMAND_WITHDRAW_REQUEST, person)->withdraw;

	withdraw->request = world_request_id();
	withdraw->reason = "mistaken identity";
	return withdraw;
}

/* From every state: where a withdrawal leads, and what the bank is told. */
static const struct {
	enum target_state from, to;
	enum message_type told; /* MESSAGE_TYPE_COUNT: nothing */
} ways[] = {
	{ TARGET_PROPOSED, TARGET_CANCELLED, MESSAGE_TYPE_COUNT },
	{ TARGET_QUEUED, TARGET_CANCELLED, MESSAGE_FREEZE_WITHDRAWN },
	{ TARGET_SENT, TARGET_CANCELLED, MESSAGE_FREEZE_WITHDRAWN },
	{ TARGET_DELIVERED, TARGET_CANCELLED, MESSAGE_FREEZE_WITHDRAWN },
	{ TARGET_UNDELIVERABLE, TARGET_CANCELLED, MESSAGE_FREEZE_WITHDRAWN },
	{ TARGET_ACKNOWLEDGED, TARGET_CANCELLED, MESSAGE_FREEZE_WITHDRAWN },
	{ TARGET_IN_REVIEW, TARGET_CANCELLED, MESSAGE_FREEZE_WITHDRAWN },
	{ TARGET_REJECTED, TARGET_CANCELLED, MESSAGE_FREEZE_WITHDRAWN },
	{ TARGET_HELD_FULL, TARGET_RELEASE_PENDING, MESSAGE_RELEASE_ORDERED },
	{ TARGET_HELD_PARTIAL, TARGET_RELEASE_PENDING,
	    MESSAGE_RELEASE_ORDERED },
	{ TARGET_BLOCKED, TARGET_RELEASE_PENDING, MESSAGE_RELEASE_ORDERED },
	/* A court's, or over. */
	{ TARGET_ATTACHED, TARGET_ATTACHED, MESSAGE_TYPE_COUNT },
	{ TARGET_RELEASE_PENDING, TARGET_RELEASE_PENDING, MESSAGE_TYPE_COUNT },
	{ TARGET_NOT_HELD, TARGET_NOT_HELD, MESSAGE_TYPE_COUNT },
	{ TARGET_REJECTED_FINAL, TARGET_REJECTED_FINAL, MESSAGE_TYPE_COUNT },
	{ TARGET_RELEASED, TARGET_RELEASED, MESSAGE_TYPE_COUNT },
	{ TARGET_RESTORED, TARGET_RESTORED, MESSAGE_TYPE_COUNT },
	{ TARGET_CANCELLED, TARGET_CANCELLED, MESSAGE_TYPE_COUNT },
	{ TARGET_SUPERSEDED, TARGET_SUPERSEDED, MESSAGE_TYPE_COUNT },
};

START_TEST(each_state_goes_its_way)
{
	const struct target *target = world_target(1, ways[_i].from);

	ck_assert_uint_eq(COUNT(ways), TARGET_STATE_COUNT);
	withdraw(OFFICER);
	world_done(200);
	ck_assert_int_eq(world_request()->state, REQUEST_WITHDRAWN);
	ck_assert_int_eq(world_request()->desired_state, REQUEST_WITHDRAWN);
	ck_assert_int_eq(target->state, ways[_i].to);
	ck_assert_uint_eq(
	    world.effects.message_count, ways[_i].told != MESSAGE_TYPE_COUNT);
	if (ways[_i].told == MESSAGE_TYPE_COUNT)
		return;
	ck_assert_uint_eq(world_messages(ways[_i].told, BANK), 1);
	ck_assert_str_eq(
	    world.effects.messages[0].envelope.note, "mistaken identity");
	ck_assert_int_eq(world.effects.messages[0].priority, 0);
}
END_TEST

/* The hold stands until the bank says it is lifted. */
START_TEST(held_sum_stays_until_the_release_is_confirmed)
{
	const struct target *target = world_target(1, TARGET_HELD_PARTIAL);

	withdraw(OFFICER);
	world_done(200);
	ck_assert_int_eq(target->held_minor, 40000);
	ck_assert_int_ne(target->expires_at, 0);
}
END_TEST

START_TEST(each_institution_gets_its_own_message)
{
	world_target(1, TARGET_SENT);
	world_target(2, TARGET_HELD_FULL);
	world_target(3, TARGET_SENT)->institution = world_place(OTHER_BANK);
	withdraw(SUPERVISOR);
	world_done(200);
	ck_assert_uint_eq(world_messages(MESSAGE_FREEZE_WITHDRAWN, BANK), 1);
	ck_assert_uint_eq(world_messages(MESSAGE_RELEASE_ORDERED, BANK), 1);
	ck_assert_uint_eq(
	    world_messages(MESSAGE_FREEZE_WITHDRAWN, OTHER_BANK), 1);
}
END_TEST

/* A bank that cannot be told keeps nobody from withdrawing. */
START_TEST(withdrawal_does_not_wait_for_an_endpoint)
{
	struct target *target = world_target(1, TARGET_HELD_FULL);

	target->institution = world_place(MUTE_BANK);
	withdraw(OFFICER);
	world_done(200);
	ck_assert_int_eq(target->state, TARGET_RELEASE_PENDING);
	ck_assert_uint_eq(world.effects.message_count, 0);
}
END_TEST

static const enum person withdrawers[] = { OFFICER, SECOND_OFFICER, SUPERVISOR,
	STATE_SUPERVISOR };

START_TEST(unit_and_its_superiors_withdraw)
{
	world_target(1, TARGET_SENT);
	withdraw(withdrawers[_i]);
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
	{ DISPATCHER, RC_FORBIDDEN, "role_not_allowed" },
};

START_TEST(others_do_not_withdraw)
{
	world_target(1, TARGET_SENT);
	withdraw(strangers[_i].person);
	world_refused(strangers[_i].rc, strangers[_i].code, "");
}
END_TEST

static const struct {
	enum request_state state;
	const char *code;
} over[] = {
	{ REQUEST_WITHDRAWN, "already_withdrawn" },
	{ REQUEST_REFUSED, "move_not_allowed" },
	{ REQUEST_COMPLETED, "move_not_allowed" },
	{ REQUEST_EXPIRED, "move_not_allowed" },
};

START_TEST(what_is_over_is_not_withdrawn)
{
	world_target(1, TARGET_RELEASED);
	world_request()->state = over[_i].state;
	withdraw(OFFICER);
	world_refused(RC_CONFLICT, over[_i].code, "");
}
END_TEST

START_TEST(unknown_request_is_not_found)
{
	withdraw(OFFICER)->request = world_id(99, 1);
	world_refused(RC_MISSING, "not_found", "");
}
END_TEST

Suite *
withdraw_request_suite(void)
{
	Suite *suite = suite_create("withdraw_request");
	TCase *tcase = tcase_create("withdraw_request");

	tcase_add_checked_fixture(tcase, world_set_up, world_tear_down);
	tcase_add_loop_test(
	    tcase, each_state_goes_its_way, 0, (int)COUNT(ways));
	tcase_add_test(tcase, held_sum_stays_until_the_release_is_confirmed);
	tcase_add_test(tcase, each_institution_gets_its_own_message);
	tcase_add_test(tcase, withdrawal_does_not_wait_for_an_endpoint);
	tcase_add_loop_test(
	    tcase, unit_and_its_superiors_withdraw, 0, (int)COUNT(withdrawers));
	tcase_add_loop_test(
	    tcase, others_do_not_withdraw, 0, (int)COUNT(strangers));
	tcase_add_loop_test(
	    tcase, what_is_over_is_not_withdrawn, 0, (int)COUNT(over));
	tcase_add_test(tcase, unknown_request_is_not_found);
	suite_add_tcase(suite, tcase);
	return suite;
}
