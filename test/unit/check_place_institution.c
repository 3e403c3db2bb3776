/*
 * The tree of units: who proposes a place, which places are none, and that
 * another person confirms it.
 */
#include "test/unit/unit.h"

#include "hub/domain/ids.h"
#include "test/unit/world.h"

static struct place_institution *
place(enum person person, enum place institution, const char *parent)
{
	struct place_institution *draft =
	    &world_command(COMMAND_PLACE_INSTITUTION, person)->place;

	draft->institution = world_place(institution);
	draft->parent_text = parent;
	draft->district = "";
	return draft;
}

START_TEST(admin_proposes_a_parent_and_a_district)
{
	struct id neighbour = world_place(NEIGHBOUR);

	place(ADMIN, DISTRICT, "neighbour")->district = "Ernakulam";
	world_done(201);
	ck_assert_uint_eq(world.effects.change_count, 1);
	ck_assert_int_eq(world.effects.changes[0].kind, REGISTRY_PROPOSE_PLACE);
	ck_assert(
	    id_equal(&world.effects.changes[0].place->parent, &neighbour));
	ck_assert_str_eq(
	    world_field(world_event("institution.place_proposed"), "district"),
	    "Ernakulam");
}
END_TEST

START_TEST(unit_may_stand_at_the_top)
{
	place(ADMIN, DISTRICT, NULL);
	world_done(201);
	ck_assert(id_is_zero(&world.effects.changes[0].place->parent));
}
END_TEST

static const struct {
	enum place institution;
	const char *parent, *code;
} wrong[] = {
	{ DISTRICT, "district", "circle_of_units" },
	{ STATE, "district", "circle_of_units" },
	{ STATE, "neighbour", "circle_of_units" },
	{ DISTRICT, "bank", "other_kind" },
	{ BANK, "district", "other_kind" },
	{ DISTRICT, "nobody", "unknown_institution" },
};

START_TEST(place_that_is_none_is_refused)
{
	place(ADMIN, wrong[_i].institution, wrong[_i].parent);
	world_refused(RC_INVALID, wrong[_i].code, "/parent");
}
END_TEST

START_TEST(institution_that_is_not_there_gets_no_place)
{
	place(ADMIN, DISTRICT, NULL)->institution = world_id(31, 1);
	world_refused(RC_MISSING, "not_found", "");
}
END_TEST

static const enum person no_admins[] = { OFFICER, SUPERVISOR, BANK_NODAL,
	BANK_SERVICE, AUDITOR };

START_TEST(only_admins_propose)
{
	place(no_admins[_i], DISTRICT, NULL);
	world_refused(RC_FORBIDDEN, "role_not_allowed", "");
}
END_TEST

/* ---- confirming: a registry of one unit, moved by the first admin */

static void
moved_by(enum person person)
{
	struct institution unit = { .id = world_id(30, 1),
		.slug = "moved",
		.profile = "IN",
		.kind = INSTITUTION_POLICE_UNIT,
		.status = REGISTRY_ACTIVE,
		.moved_by = world_person(person),
		.new_district = "Kollam" };
	const struct registry_rows rows = { .institutions = &unit,
		.institution_count = 1 };

	registry_unref(world.registry);
	world.registry = registry_new(&rows);
	world.snapshot.registry = world.registry;
}

static void
confirm(enum person person)
{
	struct confirm_registration *confirm =
	    &world_command(COMMAND_CONFIRM_REGISTRATION, person)->confirm;

	confirm->thing = REGISTRY_PLACE;
	confirm->id = world_id(30, 1);
}

START_TEST(another_admin_confirms)
{
	moved_by(ADMIN);
	confirm(SECOND_ADMIN);
	world_done(200);
	ck_assert_int_eq(world.effects.changes[0].kind, REGISTRY_CONFIRM_PLACE);
	ck_assert_uint_eq(world_events("institution.placed"), 1);
}
END_TEST

START_TEST(own_place_is_not_ones_own_to_confirm)
{
	moved_by(ADMIN);
	confirm(ADMIN);
	world_refused(RC_FORBIDDEN, "own_proposal", "");
}
END_TEST

START_TEST(place_that_nobody_proposed_is_not_confirmed)
{
	confirm(SECOND_ADMIN);
	world.command.confirm.id = world_place(DISTRICT);
	world_refused(RC_MISSING, "not_found", "");
}
END_TEST

/* ---- the tree itself */

START_TEST(tree_is_as_deep_as_it_is)
{
	enum { DEPTH = 40 };
	struct institution rows[DEPTH];
	const struct registry_rows all = { .institutions = rows,
		.institution_count = DEPTH };
	struct registry *registry;

	memset(rows, 0, sizeof(rows));
	for (int i = 0; i < DEPTH; i++) {
		rows[i].slug = "unit";
		rows[i].id = world_id(40, i + 1);
		if (i > 0)
			rows[i].parent = rows[i - 1].id;
	}
	rows[0].district = "Top";
	registry = registry_new(&all);
	ck_assert(
	    registry_is_within(registry, &rows[DEPTH - 1].id, &rows[0].id));
	ck_assert(
	    !registry_is_within(registry, &rows[0].id, &rows[DEPTH - 1].id));
	ck_assert_str_eq(
	    registry_district(registry, &rows[DEPTH - 1].id), "Top");
	registry_unref(registry);
}
END_TEST

Suite *
place_institution_suite(void)
{
	Suite *suite = suite_create("place_institution");
	TCase *tcase = tcase_create("place_institution");

	tcase_add_checked_fixture(tcase, world_set_up, world_tear_down);
	tcase_add_test(tcase, admin_proposes_a_parent_and_a_district);
	tcase_add_test(tcase, unit_may_stand_at_the_top);
	tcase_add_loop_test(
	    tcase, place_that_is_none_is_refused, 0, (int)COUNT(wrong));
	tcase_add_test(tcase, institution_that_is_not_there_gets_no_place);
	tcase_add_loop_test(
	    tcase, only_admins_propose, 0, (int)COUNT(no_admins));
	tcase_add_test(tcase, another_admin_confirms);
	tcase_add_test(tcase, own_place_is_not_ones_own_to_confirm);
	tcase_add_test(tcase, place_that_nobody_proposed_is_not_confirmed);
	tcase_add_test(tcase, tree_is_as_deep_as_it_is);
	suite_add_tcase(suite, tcase);
	return suite;
}
