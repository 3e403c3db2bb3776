/*
 * patch_case: which facts change, of which version, and what stays.
 */
#include "test/unit/unit.h"

#include "hub/base/common.h"
#include "test/unit/world.h"

static struct patch_case *
patch_by(enum person person)
{
	struct patch_case *patch =
	    &world_command(COMMAND_PATCH_CASE, person)->patch_case;

	patch->case_id = world_case_id();
	patch->row_version = world_case()->row_version;
	return patch;
}

static const enum person theirs[] = { OFFICER, SECOND_OFFICER, SUPERVISOR,
	STATE_SUPERVISOR };

START_TEST(unit_raises_the_priority)
{
	struct patch_case *patch = patch_by(theirs[_i]);

	world_case()->priority = PRIORITY_P3;
	patch->has_priority = true;
	patch->priority = PRIORITY_P1;
	world_done(200);
	ck_assert_int_eq(world_case()->priority, PRIORITY_P1);
	ck_assert(world_case()->row.is_dirty);
	ck_assert_str_eq(
	    world_field(world_event("case.amended"), "priority_was"), "p3");
	ck_assert_str_eq(
	    world_field(world_event("case.amended"), "priority"), "p1");
	ck_assert_ptr_null(
	    world_field(world_event("case.amended"), "typology"));
}
END_TEST

START_TEST(what_is_not_named_stays)
{
	enum priority priority = world_case()->priority;
	struct patch_case *patch = patch_by(OFFICER);

	patch->has_authorised = true;
	patch->authorised = AUTHORISED_YES;
	world_done(200);
	ck_assert_int_eq(world_case()->priority, priority);
	ck_assert_int_eq(world_case()->authorised, AUTHORISED_YES);
	ck_assert_uint_eq(world.effects.message_count, 0);
}
END_TEST

START_TEST(priority_is_not_lowered)
{
	struct patch_case *patch = patch_by(OFFICER);

	world_case()->priority = PRIORITY_P2;
	patch->has_priority = true;
	patch->priority = PRIORITY_P3;
	world_refused(RC_INVALID, "priority_lowered", "/priority");
}
END_TEST

START_TEST(version_that_is_not_the_present_one_is_stale)
{
	struct patch_case *patch = patch_by(OFFICER);

	patch->has_authorised = true;
	patch->row_version++;
	world_refused(RC_STALE, "stale", "");
}
END_TEST

static const enum case_state over[] = { CASE_REJECTED, CASE_CLOSED,
	CASE_WITHDRAWN, CASE_MERGED };

START_TEST(case_that_is_over_is_not_changed)
{
	struct patch_case *patch = patch_by(SUPERVISOR);

	world_case()->state = over[_i];
	patch->has_authorised = true;
	world_refused(RC_CONFLICT, "case_over", "");
}
END_TEST

static const struct {
	enum person person;
	enum rc rc;
	const char *code;
} strangers[] = {
	{ NEIGHBOUR_OFFICER, RC_MISSING, "not_found" },
	{ NEIGHBOUR_SUPERVISOR, RC_MISSING, "not_found" },
	{ STATE_OFFICER, RC_MISSING, "not_found" },
	{ BANK_NODAL, RC_FORBIDDEN, "role_not_allowed" },
	{ BANK_SERVICE, RC_FORBIDDEN, "role_not_allowed" },
	{ AUDITOR, RC_FORBIDDEN, "role_not_allowed" },
	{ ADMIN, RC_FORBIDDEN, "role_not_allowed" },
};

START_TEST(others_change_nothing)
{
	patch_by(strangers[_i].person)->has_authorised = true;
	world_refused(strangers[_i].rc, strangers[_i].code, "");
}
END_TEST

Suite *
patch_case_suite(void)
{
	Suite *suite = suite_create("patch_case");
	TCase *tcase = tcase_create("patch_case");

	tcase_add_checked_fixture(tcase, world_set_up, world_tear_down);
	tcase_add_loop_test(
	    tcase, unit_raises_the_priority, 0, (int)COUNT(theirs));
	tcase_add_test(tcase, what_is_not_named_stays);
	tcase_add_test(tcase, priority_is_not_lowered);
	tcase_add_test(tcase, version_that_is_not_the_present_one_is_stale);
	tcase_add_loop_test(
	    tcase, case_that_is_over_is_not_changed, 0, (int)COUNT(over));
	tcase_add_loop_test(
	    tcase, others_change_nothing, 0, (int)COUNT(strangers));
	suite_add_tcase(suite, tcase);
	return suite;
}
