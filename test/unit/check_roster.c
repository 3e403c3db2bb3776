/*
 * Rosters: which shifts overlap, who is on duty at a moment of a time zone,
 * who stands in, and who may set one.
 */
#include "test/unit/unit.h"

#include "hub/base/clock.h"
#include "test/unit/world.h"

/* Thursday 2026-03-12, 00:00 in Kolkata. */
#define THURSDAY INT64_C(1773253800000000)
#define MINUTE (60 * CLOCK_SECOND)

enum { DAY_OF_IT = 20524, WEEKDAY = 4, HALF_DAY = 720 };

static struct registry *registry;

static const struct id *
unit_id(void)
{
	static struct id id;

	id = world_place(DISTRICT);
	return &id;
}

/* A unit below another, with three people and these shifts. */
static void
registry_with(const struct shift *shifts, size_t count)
{
	static struct institution rows[2];
	static struct principal people[3];
	static struct endpoint inbox;
	const struct registry_rows all = { .institutions = rows,
		.institution_count = COUNT(rows),
		.principals = people,
		.principal_count = COUNT(people),
		.endpoints = &inbox,
		.endpoint_count = 1,
		.shifts = shifts,
		.shift_count = count };

	rows[0] = (struct institution){ .id = *unit_id(),
		.parent = world_place(STATE),
		.slug = "district",
		.profile = "IN",
		.kind = INSTITUTION_POLICE_UNIT,
		.status = REGISTRY_ACTIVE };
	rows[1] = (struct institution){ .id = world_place(STATE),
		.slug = "state",
		.profile = "IN",
		.kind = INSTITUTION_POLICE_UNIT,
		.status = REGISTRY_ACTIVE };
	inbox = (struct endpoint){ .id = world_id(50, 1),
		.institution = rows[1].id,
		.number = 1,
		.kind = ENDPOINT_INBOX,
		.status = REGISTRY_ACTIVE };
	for (int i = 0; i < 3; i++)
		people[i] = (struct principal){ .id = world_id(51, i),
			.institution = i < 2 ? rows[0].id : rows[1].id,
			.role = ROLE_OFFICER,
			.name = "N. N.",
			.status = REGISTRY_ACTIVE,
			.valid_until = i == 1 ? THURSDAY + 600 * MINUTE
					      : INT64_MAX };
	registry_unref(registry);
	registry = registry_new(&all);
}

static void
tear_down(void)
{
	registry_unref(registry);
	registry = NULL;
	world_tear_down();
}

static struct shift
shift_of(int person, int weekday, int64_t day, int from, int until)
{
	return (struct shift){ .institution = *unit_id(),
		.principal = person < 0 ? (struct id){ { 0 } }
					: world_id(51, person),
		.weekday = weekday,
		.day = day,
		.from = from,
		.until = until };
}

/* ---- who is on duty */

static const struct {
	int64_t minute; /* after the beginning of that Thursday */
	size_t count;
} moments[] = {
	{ 8 * 60 - 1, 0 },        /* not yet */
	{ 8 * 60, 2 },            /* the first minute */
	{ 9 * 60 + 59, 2 },       /* both */
	{ 10 * 60, 1 },           /* one is not enrolled any more */
	{ 20 * 60 - 1, 1 },       /* the last minute */
	{ 20 * 60, 0 },           /* over */
	{ 24 * 60 + 9 * 60, 0 },  /* Friday */
	{ -24 * 60 + 9 * 60, 0 }, /* Wednesday */
	{ 7 * 24 * 60 + 480, 1 }, /* Thursday again */
};

START_TEST(weekly_shift_is_in_local_time)
{
	const struct shift shifts[] = {
		shift_of(0, WEEKDAY, 0, 480, 1200),
		shift_of(1, WEEKDAY, 0, 480, 1200),
	};
	struct duty duty;

	registry_with(shifts, COUNT(shifts));
	registry_duty(
	    registry, unit_id(), THURSDAY + moments[_i].minute * MINUTE, &duty);
	ck_assert(duty.has_roster);
	ck_assert_uint_eq(duty.count, moments[_i].count);
}
END_TEST

START_TEST(exception_stands_in_the_place_of_its_weekday)
{
	const struct shift shifts[] = {
		shift_of(0, WEEKDAY, 0, 0, 1440),
		shift_of(1, -1, DAY_OF_IT, 60, 120),
	};
	struct duty duty;

	registry_with(shifts, COUNT(shifts));
	registry_duty(registry, unit_id(), THURSDAY, &duty);
	ck_assert_uint_eq(duty.count, 0);
	registry_duty(registry, unit_id(), THURSDAY + 60 * MINUTE, &duty);
	ck_assert_uint_eq(duty.count, 1);
	ck_assert_int_eq(
	    duty.people[0]->id.bytes[15], world_id(51, 1).bytes[15]);
	registry_duty(registry, unit_id(), THURSDAY + 7 * 1440 * MINUTE, &duty);
	ck_assert_uint_eq(duty.count, 1);
}
END_TEST

START_TEST(closed_date_has_nobody)
{
	const struct shift shifts[] = {
		shift_of(0, WEEKDAY, 0, 0, 1440),
		shift_of(-1, -1, DAY_OF_IT, 0, 1440),
	};
	struct duty duty;

	registry_with(shifts, COUNT(shifts));
	registry_duty(registry, unit_id(), THURSDAY + HALF_DAY * MINUTE, &duty);
	ck_assert(duty.has_roster);
	ck_assert_uint_eq(duty.count, 0);
}
END_TEST

START_TEST(without_a_roster_nobody_is_named_and_nobody_stands_in)
{
	struct duty duty;

	registry_with(NULL, 0);
	registry_duty(registry, unit_id(), THURSDAY, &duty);
	ck_assert(!duty.has_roster);
	ck_assert_ptr_null(registry_hands_over(registry, unit_id(), THURSDAY));
}
END_TEST

START_TEST(unit_above_stands_in_where_nobody_is)
{
	const struct shift shifts[] = {
		shift_of(0, WEEKDAY, 0, 480, 1200),
		{ .institution = world_place(STATE),
		    .principal = world_id(51, 2),
		    .weekday = WEEKDAY,
		    .from = 0,
		    .until = HALF_DAY },
	};
	const struct institution *above;

	registry_with(shifts, COUNT(shifts));
	above = registry_hands_over(registry, unit_id(), THURSDAY);
	ck_assert_ptr_nonnull(above);
	ck_assert_str_eq(above->slug, "state");
	/* Somebody is there. */
	ck_assert_ptr_null(
	    registry_hands_over(registry, unit_id(), THURSDAY + 480 * MINUTE));
	/* Nobody is anywhere. */
	ck_assert_ptr_null(
	    registry_hands_over(registry, unit_id(), THURSDAY + 1300 * MINUTE));
}
END_TEST

/* ---- overlaps */

#define DAYS(bits) .weekdays = (bits)
static const struct {
	struct shift_draft a, b;
	bool overlaps;
} pairs[] = {
	{ { DAYS(2), .from = 0, .until = 60 },
	    { DAYS(2), .from = 60, .until = 90 }, false },
	{ { DAYS(2), .from = 0, .until = 61 },
	    { DAYS(2), .from = 60, .until = 90 }, true },
	{ { DAYS(2), .from = 0, .until = 90 },
	    { DAYS(6), .from = 30, .until = 40 }, true },
	{ { DAYS(2), .from = 0, .until = 90 },
	    { DAYS(4), .from = 0, .until = 90 }, false },
	{ { DAYS(2), .from = 0, .until = 90 },
	    { .day = 7, .from = 0, .until = 90 }, false },
	{ { .day = 7, .from = 0, .until = 90 },
	    { .day = 7, .from = 89, .until = 95 }, true },
	{ { .day = 7, .from = 0, .until = 90 },
	    { .day = 8, .from = 0, .until = 90 }, false },
	{ { .day = 7, .from = 0, .until = 90 },
	    { .day = 7, .is_closed = true, .until = 1440 }, true },
};

START_TEST(shifts_with_a_common_minute_overlap)
{
	ck_assert_int_eq(
	    roster_overlaps(&pairs[_i].a, &pairs[_i].b), pairs[_i].overlaps);
	ck_assert_int_eq(
	    roster_overlaps(&pairs[_i].b, &pairs[_i].a), pairs[_i].overlaps);
}
END_TEST

/* ---- setting */

static struct id pool[2];
static struct shift_draft weekly[2], exceptions[2];

static struct set_roster *
roster(enum person person)
{
	struct set_roster *draft =
	    &world_command(COMMAND_SET_ROSTER, person)->roster;

	pool[0] = world_person(OFFICER);
	pool[1] = world_person(SECOND_OFFICER);
	weekly[0] = (struct shift_draft){ .weekdays = 0x3e,
		.from = 480,
		.until = 1200,
		.people = pool,
		.people_count = 2 };
	weekly[1] = weekly[0];
	weekly[1].weekdays = 0x41;
	exceptions[0] = (struct shift_draft){
		.day = 1, .is_closed = true, .until = 1440
	};
	exceptions[1] = (struct shift_draft){
		.day = 2, .until = 60, .people = pool, .people_count = 1
	};
	draft->institution = *unit_id();
	draft->weekly = weekly;
	draft->exceptions = exceptions;
	draft->weekly_count = draft->exception_count = 2;
	return draft;
}

static const enum person setters[] = { SUPERVISOR, STATE_SUPERVISOR, ADMIN };

START_TEST(supervisors_of_the_tree_and_admins_set_it)
{
	roster(setters[_i]);
	world_done(200);
	ck_assert_uint_eq(world.effects.change_count, 1);
	ck_assert_int_eq(world.effects.changes[0].kind, REGISTRY_SET_ROSTER);
	/* 5 + 2 weekdays of two people, a closed date, one person. */
	ck_assert_uint_eq(world.effects.changes[0].shift_count, 16);
	ck_assert_uint_eq(world_events("roster.set"), 1);
}
END_TEST

START_TEST(nodal_officer_sets_the_own)
{
	struct set_roster *draft = roster(BANK_NODAL);

	pool[0] = world_person(BANK_NODAL);
	draft->institution = world_place(BANK);
	draft->weekly[0].people_count = 1;
	draft->weekly_count = 1;
	draft->exception_count = 0;
	world_done(200);
}
END_TEST

START_TEST(empty_roster_is_none)
{
	struct set_roster *draft = roster(SUPERVISOR);

	draft->weekly_count = draft->exception_count = 0;
	world_done(200);
	ck_assert_uint_eq(world.effects.changes[0].shift_count, 0);
}
END_TEST

static const struct {
	enum person person;
	enum place place;
	enum rc rc;
	const char *code;
} strangers[] = {
	{ SUPERVISOR, NEIGHBOUR, RC_MISSING, "not_found" },
	{ SUPERVISOR, STATE, RC_MISSING, "not_found" },
	{ SUPERVISOR, BANK, RC_MISSING, "not_found" },
	{ BANK_NODAL, OTHER_BANK, RC_MISSING, "not_found" },
	{ BANK_NODAL, DISTRICT, RC_MISSING, "not_found" },
	{ OFFICER, DISTRICT, RC_FORBIDDEN, "role_not_allowed" },
	{ AUDITOR, DISTRICT, RC_FORBIDDEN, "role_not_allowed" },
	{ BANK_SERVICE, BANK, RC_FORBIDDEN, "role_not_allowed" },
};

START_TEST(others_set_nothing)
{
	roster(strangers[_i].person)->institution = world_place(
	    strangers[_i].place);
	world_refused(strangers[_i].rc, strangers[_i].code, "");
}
END_TEST

START_TEST(people_of_other_units_are_not_on_duty)
{
	roster(SUPERVISOR);
	pool[1] = world_person(_i == 0 ? STATE_OFFICER : BANK_NODAL);
	world_refused(RC_INVALID, "unknown_principal", "/weekly/0/on_duty/1");
}
END_TEST

START_TEST(nobody_unknown_is_on_duty)
{
	roster(SUPERVISOR);
	pool[0] = world_id(60, 1);
	world_refused(RC_INVALID, "unknown_principal", "/weekly/0/on_duty/0");
}
END_TEST

START_TEST(machine_is_never_on_duty)
{
	struct set_roster *draft = roster(BANK_NODAL);

	draft->institution = world_place(BANK);
	pool[0] = world_person(BANK_SERVICE);
	world_refused(RC_INVALID, "unknown_principal", "/weekly/0/on_duty/0");
}
END_TEST

START_TEST(person_stands_in_a_shift_once)
{
	roster(SUPERVISOR);
	pool[1] = pool[0];
	world_refused(RC_INVALID, "person_twice", "/weekly/0/on_duty/1");
}
END_TEST

START_TEST(overlapping_shifts_are_refused)
{
	roster(SUPERVISOR);
	weekly[1].weekdays |= 2;
	world_refused(RC_INVALID, "overlap", "/weekly/1");
}
END_TEST

START_TEST(overlapping_exceptions_are_refused)
{
	roster(SUPERVISOR);
	exceptions[1].day = 1;
	world_refused(RC_INVALID, "overlap", "/exceptions/1");
}
END_TEST

Suite *
roster_suite(void)
{
	Suite *suite = suite_create("roster");
	TCase *tcase = tcase_create("roster");

	tcase_add_checked_fixture(tcase, world_set_up, tear_down);
	tcase_add_loop_test(
	    tcase, weekly_shift_is_in_local_time, 0, (int)COUNT(moments));
	tcase_add_test(tcase, exception_stands_in_the_place_of_its_weekday);
	tcase_add_test(tcase, closed_date_has_nobody);
	tcase_add_test(
	    tcase, without_a_roster_nobody_is_named_and_nobody_stands_in);
	tcase_add_test(tcase, unit_above_stands_in_where_nobody_is);
	tcase_add_loop_test(
	    tcase, shifts_with_a_common_minute_overlap, 0, (int)COUNT(pairs));
	tcase_add_loop_test(tcase, supervisors_of_the_tree_and_admins_set_it, 0,
	    (int)COUNT(setters));
	tcase_add_test(tcase, nodal_officer_sets_the_own);
	tcase_add_test(tcase, empty_roster_is_none);
	tcase_add_loop_test(
	    tcase, others_set_nothing, 0, (int)COUNT(strangers));
	tcase_add_loop_test(tcase, people_of_other_units_are_not_on_duty, 0, 2);
	tcase_add_test(tcase, nobody_unknown_is_on_duty);
	tcase_add_test(tcase, machine_is_never_on_duty);
	tcase_add_test(tcase, person_stands_in_a_shift_once);
	tcase_add_test(tcase, overlapping_shifts_are_refused);
	tcase_add_test(tcase, overlapping_exceptions_are_refused);
	suite_add_tcase(suite, tcase);
	return suite;
}
