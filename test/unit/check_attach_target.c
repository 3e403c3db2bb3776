/*
 * attach_target: a court's order keeps what is held until its own end.
 */
#include "test/unit/unit.h"

#include "test/unit/way_back.h"

/* ---- attachment */

START_TEST(court_attaches_what_is_held)
{
	enum target_state state = (enum target_state)_i;
	bool is_held = state == TARGET_HELD_FULL ||
	    state == TARGET_HELD_PARTIAL || state == TARGET_ATTACHED;

	way_back_target = world_target(2, state);
	if (state == TARGET_ATTACHED)
		way_back_target->expires_at = world.now + WORLD_DAY;
	way_back_attach(OFFICER);
	if (!is_held) {
		world_refused(RC_CONFLICT, "move_not_allowed", "");
		return;
	}
	world_done(200);
	ck_assert_int_eq(way_back_target->state, TARGET_ATTACHED);
	ck_assert_int_eq(
	    way_back_target->expires_at, world.now + 100 * WORLD_DAY);
	ck_assert_uint_eq(world_messages(MESSAGE_HOLD_ATTACHED, BANK), 1);
	ck_assert_uint_eq(world.effects.attachment_count, 1);
	ck_assert_int_eq(world.effects.messages[0].priority, 0);
}
END_TEST

static const struct {
	const char *basis;
	int days;
	enum person person;
	enum rc rc;
	const char *code, *pointer;
} wrong_attachments[] = {
	{ "NCRP_ACK", 9, OFFICER, RC_INVALID, "not_an_order", "/basis" },
	{ "BNSS_106", 9, OFFICER, RC_INVALID, "not_an_order", "/basis" },
	{ "CRPC_102", 9, OFFICER, RC_INVALID, "unknown_basis", "/basis" },
	{ "KZ_SANCTION", 9, OFFICER, RC_INVALID, "unknown_basis", "/basis" },
	{ "", 9, OFFICER, RC_INVALID, "unknown_basis", "/basis" },
	{ "BNSS_107", 0, OFFICER, RC_INVALID, "expiry_out_of_range",
	    "/expires_at" },
	{ "BNSS_107", -1, OFFICER, RC_INVALID, "expiry_out_of_range",
	    "/expires_at" },
	{ "BNSS_107", 3661, OFFICER, RC_INVALID, "expiry_out_of_range",
	    "/expires_at" },
	{ "BNSS_107", 9, STATE_OFFICER, RC_MISSING, "not_found", "" },
	{ "BNSS_107", 9, NEIGHBOUR_SUPERVISOR, RC_MISSING, "not_found", "" },
	{ "BNSS_107", 9, BANK_NODAL, RC_FORBIDDEN, "role_not_allowed", "" },
	{ "BNSS_107", 9, BANK_SERVICE, RC_FORBIDDEN, "role_not_allowed", "" },
	{ "BNSS_107", 9, AUDITOR, RC_FORBIDDEN, "role_not_allowed", "" },
	{ "BNSS_107", 9, ADMIN, RC_FORBIDDEN, "role_not_allowed", "" },
};

START_TEST(wrong_attachment_is_refused)
{
	struct command *command = way_back_attach(wrong_attachments[_i].person);

	command->attach.basis = wrong_attachments[_i].basis;
	command->attach.expires_at = world.now +
	    wrong_attachments[_i].days * WORLD_DAY;
	world_refused(wrong_attachments[_i].rc, wrong_attachments[_i].code,
	    wrong_attachments[_i].pointer);
}
END_TEST

START_TEST(attachment_outlasts_the_hold_and_ends_with_the_order)
{
	way_back_attach(OFFICER);
	world_done(200);
	world_commit();
	world.now += 99 * WORLD_DAY;
	way_back_pass(&way_back_target->id, DEADLINE_HOLD);
	world_done(200);
	ck_assert_int_eq(way_back_target->state, TARGET_ATTACHED);
	world_commit();
	world.now += WORLD_DAY;
	way_back_pass(&way_back_target->id, DEADLINE_HOLD);
	world_done(200);
	ck_assert_int_eq(way_back_target->state, TARGET_RELEASE_PENDING);
	ck_assert_uint_eq(world_messages(MESSAGE_RELEASE_ORDERED, BANK), 1);
}
END_TEST

START_TEST(attachment_overtakes_a_reduction)
{
	way_back_target->reduce_to_minor = 40000;
	way_back_attach(SUPERVISOR);
	world_done(200);
	ck_assert_int_eq(way_back_target->reduce_to_minor, 0);
	ck_assert_int_eq(way_back_target->held_minor, 100000);
}
END_TEST

Suite *
attach_target_suite(void)
{
	Suite *suite = suite_create("attach_target");
	TCase *tcase = tcase_create("attach_target");

	tcase_add_checked_fixture(tcase, way_back_set_up, world_tear_down);
	tcase_add_loop_test(
	    tcase, court_attaches_what_is_held, 0, TARGET_STATE_COUNT);
	tcase_add_loop_test(tcase, wrong_attachment_is_refused, 0,
	    (int)COUNT(wrong_attachments));
	tcase_add_test(
	    tcase, attachment_outlasts_the_hold_and_ends_with_the_order);
	tcase_add_test(tcase, attachment_overtakes_a_reduction);
	suite_add_tcase(suite, tcase);
	return suite;
}
