/*
 * remind_target: only what is undecided, at most ten times.
 */
#include "test/unit/unit.h"

#include "test/unit/world.h"

static struct target *target;

static struct remind_target *
remind(enum person person, enum target_state state)
{
	struct remind_target *remind;

	target = world_target(1, state);
	remind = &world_command(COMMAND_REMIND_TARGET, person)->remind;
	remind->target = target->id;
	remind->note = "the money is leaving";
	return remind;
}

/* Told to decide, or to release. */
static bool
is_undecided(enum target_state state)
{
	return (state >= TARGET_QUEUED && state <= TARGET_IN_REVIEW) ||
	    state == TARGET_RELEASE_PENDING;
}

START_TEST(only_the_undecided_are_reminded)
{
	enum target_state state = (enum target_state)_i;

	remind(OFFICER, state);
	if (!is_undecided(state)) {
		world_refused(RC_CONFLICT, "nothing_to_remind", "");
		return;
	}
	world_done(200);
	ck_assert_int_eq(target->state, state);
	ck_assert_int_eq(target->reminders, 1);
	ck_assert_int_eq(target->updated_at, world.now);
	ck_assert(target->row.is_dirty && world_case()->row.is_dirty);
	ck_assert_uint_eq(world_events("target.reminded"), 1);
	ck_assert_uint_eq(world_messages(MESSAGE_DEADLINE_WARNING, BANK), 1);
	ck_assert_str_eq(
	    world.effects.messages[0].envelope.note, "the money is leaving");
}
END_TEST

START_TEST(tenth_is_the_last)
{
	remind(OFFICER, TARGET_DELIVERED);
	target->reminders = 9;
	world_done(200);
	world_command(COMMAND_REMIND_TARGET, OFFICER)->remind =
	    (struct remind_target){ target->id, "" };
	world_refused(RC_LIMITED, "too_many_reminders", "");
}
END_TEST

START_TEST(nobody_is_reminded_who_cannot_be_reached)
{
	remind(OFFICER, TARGET_DELIVERED);
	target->institution = world_place(MUTE_BANK);
	world_refused(RC_CONFLICT, "institution_not_active", "");
}
END_TEST

static const struct {
	enum person person;
	enum rc rc;
	const char *code;
} strangers[] = {
	{ STATE_OFFICER, RC_MISSING, "not_found" },
	{ NEIGHBOUR_OFFICER, RC_MISSING, "not_found" },
	{ BANK_NODAL, RC_FORBIDDEN, "role_not_allowed" },
	{ BANK_SERVICE, RC_FORBIDDEN, "role_not_allowed" },
	{ AUDITOR, RC_FORBIDDEN, "role_not_allowed" },
	{ ADMIN, RC_FORBIDDEN, "role_not_allowed" },
	{ DISPATCHER, RC_FORBIDDEN, "role_not_allowed" },
};

START_TEST(others_do_not_remind)
{
	remind(strangers[_i].person, TARGET_DELIVERED);
	world_refused(strangers[_i].rc, strangers[_i].code, "");
}
END_TEST

Suite *
remind_target_suite(void)
{
	Suite *suite = suite_create("remind_target");
	TCase *tcase = tcase_create("remind_target");

	tcase_add_checked_fixture(tcase, world_set_up, world_tear_down);
	tcase_add_loop_test(
	    tcase, only_the_undecided_are_reminded, 0, TARGET_STATE_COUNT);
	tcase_add_test(tcase, tenth_is_the_last);
	tcase_add_test(tcase, nobody_is_reminded_who_cannot_be_reached);
	tcase_add_loop_test(
	    tcase, others_do_not_remind, 0, (int)COUNT(strangers));
	suite_add_tcase(suite, tcase);
	return suite;
}
