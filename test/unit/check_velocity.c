/*
 * Volumes: what is counted for whom, what is told to whom, and what must wait
 * for a second person.
 */
#include "test/unit/unit.h"

#include "hub/domain/profile.h"
#include "test/unit/submit_draft.h"

static const uint8_t caller[COMMAND_HASH_SIZE] = { 9, 9, 9 };

/* What was asked for before, as the load found it. */
static void
before(enum volume_kind kind, int64_t figure)
{
	const struct id officer = world_person(OFFICER);
	const struct id unit = world_place(DISTRICT);
	const uint8_t *subject = kind == VOLUME_COMPLAINANT_CASES ? caller
	    : kind == VOLUME_UNIT_REQUESTS                        ? unit.bytes
					   : officer.bytes;
	size_t size = kind == VOLUME_COMPLAINANT_CASES ? sizeof(caller)
						       : sizeof(unit.bytes);

	snapshot_volume(&world.snapshot, kind, subject, size,
	    kind == VOLUME_OFFICER_AMOUNT ? "INR" : "")
	    ->figure = figure;
}

static struct submit_case *
begin(enum person person)
{
	struct submit_case *submit = submit_draft_begin(person);

	world.snapshot.velocity_percent = 100;
	return submit;
}

static int64_t
limit_of(enum volume_kind kind)
{
	const struct profile *profile = profile_find("IN");

	switch (kind) {
	case VOLUME_OFFICER_REQUESTS:
		return profile->officer_requests;
	case VOLUME_UNIT_REQUESTS:
		return profile->unit_requests;
	case VOLUME_OFFICER_AMOUNT:
		return profile->limits[0].officer_day;
	case VOLUME_COMPLAINANT_CASES:
		return profile->complainant_cases;
	case VOLUME_KIND_COUNT:
		break;
	}
	return 0;
}

START_TEST(limits_are_of_the_profile)
{
	ck_assert_int_eq(limit_of(VOLUME_OFFICER_REQUESTS), 20);
	ck_assert_int_eq(limit_of(VOLUME_UNIT_REQUESTS), 500);
	ck_assert_int_eq(limit_of(VOLUME_OFFICER_AMOUNT), 5000000000);
	ck_assert_int_eq(limit_of(VOLUME_COMPLAINANT_CASES), 4);
	ck_assert_int_eq(profile_find("KZ")->officer_requests, 20);
	for (size_t i = 0; i < profile_find("KZ")->limit_count; i++)
		ck_assert_int_eq(profile_find("KZ")->limits[i].officer_day,
		    10 * profile_find("KZ")->limits[i].approval_above);
}
END_TEST

START_TEST(what_reaches_the_limit_is_usual)
{
	begin(OFFICER);
	before((enum volume_kind)_i, limit_of((enum volume_kind)_i) - 1);
	if (_i == VOLUME_OFFICER_AMOUNT)
		before(VOLUME_OFFICER_AMOUNT, 0);
	world_done(201);
	ck_assert_uint_eq(world.effects.alert_count, 0);
	ck_assert_uint_eq(world_events("alert.velocity"), 0);
}
END_TEST

START_TEST(what_crosses_the_limit_is_told_above)
{
	const struct alert_row *alert;
	struct id state = world_place(STATE);
	struct submit_case *submit = begin(OFFICER);

	submit->has_complainant_hash = true;
	memcpy(submit->complainant_hash, caller, sizeof(caller));
	before((enum volume_kind)_i, limit_of((enum volume_kind)_i));
	world_done(201);
	ck_assert_uint_eq(world.effects.alert_count, 1);
	alert = &world.effects.alerts[0];
	ck_assert_int_eq((int)alert->kind, _i);
	ck_assert_int_eq(alert->grade, VOLUME_ALERT);
	ck_assert_int_gt(alert->figure, alert->limit);
	ck_assert(id_equal(&alert->told, &state));
	ck_assert_uint_eq(world_messages(MESSAGE_ALERT_VELOCITY, STATE), 1);
	ck_assert_uint_eq(world_events("alert.velocity"), 1);
	/* An alert alone holds nothing up. */
	ck_assert_uint_eq(world_events("target.issued"), 2);
}
END_TEST

START_TEST(alert_is_raised_once_for_a_limit)
{
	begin(OFFICER);
	before((enum volume_kind)_i, limit_of((enum volume_kind)_i) + 1);
	world_done(201);
	ck_assert_uint_eq(world.effects.alert_count, 0);
}
END_TEST

START_TEST(extreme_volume_waits_for_a_second_person)
{
	begin(OFFICER);
	before((enum volume_kind)_i, 3 * limit_of((enum volume_kind)_i));
	world_done(201);
	ck_assert_uint_eq(world.effects.alert_count, 1);
	ck_assert_int_eq(world.effects.alerts[0].grade, VOLUME_EXTREME);
	ck_assert_int_eq(
	    world.snapshot.requests[1]->state, REQUEST_PENDING_APPROVAL);
	ck_assert_uint_eq(world_events("target.issued"), 0);
	ck_assert_uint_eq(world_messages(MESSAGE_FREEZE_REQUESTED, BANK), 0);
	ck_assert_uint_eq(
	    world.reply.impact->reasons[0], UINT32_C(1) << APPROVAL_VELOCITY);
}
END_TEST

START_TEST(emergency_is_not_held_up)
{
	begin(OFFICER);
	submit_draft.requests[0].is_emergency = true;
	before(VOLUME_OFFICER_REQUESTS, 1000);
	world_done(201);
	ck_assert_int_eq(world.snapshot.requests[1]->state, REQUEST_ISSUED);
	ck_assert_int_ne(world.snapshot.requests[1]->confirm_by, 0);
}
END_TEST

START_TEST(many_complaints_of_one_person_are_reviewed_not_held_up)
{
	struct submit_case *submit = begin(OFFICER);

	submit->has_complainant_hash = true;
	memcpy(submit->complainant_hash, caller, sizeof(caller));
	before(VOLUME_COMPLAINANT_CASES, 100);
	world_done(201);
	ck_assert_int_eq(world.snapshot.requests[1]->state, REQUEST_ISSUED);
}
END_TEST

/* The case's own row holds the hash, so that the next load counts it. */
START_TEST(complainant_is_kept_as_a_hash_or_not_at_all)
{
	struct submit_case *submit = begin(OFFICER);
	const struct case_file *file;

	submit->has_complainant_hash = _i == 1;
	memcpy(submit->complainant_hash, caller, sizeof(caller));
	world_done(201);
	file = snapshot_case(&world.snapshot, &world.reply.case_id);
	ck_assert_uint_eq(
	    file->complainant_hash.length, _i == 1 ? sizeof(caller) : 0);
}
END_TEST

START_TEST(another_officers_volume_is_not_ones_own)
{
	begin(SECOND_OFFICER);
	before(VOLUME_OFFICER_REQUESTS, 1000);
	world_done(201);
	ck_assert_uint_eq(world.effects.alert_count, 0);
	ck_assert_int_eq(world.snapshot.requests[1]->state, REQUEST_ISSUED);
}
END_TEST

START_TEST(unit_is_limited_whoever_asks)
{
	begin(SECOND_OFFICER);
	before(VOLUME_UNIT_REQUESTS, 1500);
	world_done(201);
	ck_assert_int_eq(
	    world.snapshot.requests[1]->state, REQUEST_PENDING_APPROVAL);
}
END_TEST

START_TEST(limits_that_are_off_count_nothing)
{
	begin(OFFICER);
	before(VOLUME_OFFICER_REQUESTS, 1000);
	world.snapshot.velocity_percent = 0;
	world_done(201);
	ck_assert_uint_eq(world.reply.impact->volume_count, 0);
	ck_assert_int_eq(world.snapshot.requests[1]->state, REQUEST_ISSUED);
}
END_TEST

START_TEST(percent_scales_the_limits)
{
	begin(OFFICER);
	world.snapshot.velocity_percent = 1000;
	before(VOLUME_OFFICER_REQUESTS, 199);
	world_done(201);
	ck_assert_uint_eq(world.effects.alert_count, 0);
	ck_assert_int_eq(world.reply.impact->volumes[0].limit, 200);
}
END_TEST

START_TEST(small_limit_stays_a_limit)
{
	begin(OFFICER);
	world.snapshot.velocity_percent = 1;
	world_done(201);
	ck_assert_int_eq(world.reply.impact->volumes[0].limit, 1);
}
END_TEST

START_TEST(unit_at_the_top_is_told_itself)
{
	begin(STATE_OFFICER);
	snapshot_volume(&world.snapshot, VOLUME_OFFICER_REQUESTS,
	    world_person(STATE_OFFICER).bytes, sizeof(struct id), "")
	    ->figure = 20;
	world_done(201);
	ck_assert_uint_eq(world_messages(MESSAGE_ALERT_VELOCITY, STATE), 1);
}
END_TEST

/* ---- judging */

static const struct {
	int64_t before, figure, limit;
	enum volume_grade grade;
	bool is_crossed;
} judged[] = {
	{ 0, 1, 20, VOLUME_USUAL, false },
	{ 19, 20, 20, VOLUME_USUAL, false },
	{ 20, 21, 20, VOLUME_ALERT, true },
	{ 21, 22, 20, VOLUME_ALERT, false },
	{ 59, 60, 20, VOLUME_ALERT, false },
	{ 60, 61, 20, VOLUME_EXTREME, true },
	{ 61, 62, 20, VOLUME_EXTREME, false },
	{ 0, 100, 20, VOLUME_EXTREME, true },
	{ 0, 100, 0, VOLUME_USUAL, false },
	{ 0, INT64_MAX, INT64_MAX, VOLUME_USUAL, false },
	{ 0, INT64_MAX, INT64_MAX / 2, VOLUME_ALERT, true },
};

START_TEST(figures_are_graded)
{
	struct volume_state state = { .kind = VOLUME_UNIT_REQUESTS };

	volume_judge(
	    &state, judged[_i].before, judged[_i].figure, judged[_i].limit, 3);
	ck_assert_int_eq(state.grade, judged[_i].grade);
	ck_assert_int_eq(state.is_crossed, judged[_i].is_crossed);
}
END_TEST

Suite *
velocity_suite(void)
{
	Suite *suite = suite_create("velocity");
	TCase *tcase = tcase_create("velocity");

	tcase_add_checked_fixture(tcase, world_set_up, world_tear_down);
	tcase_add_test(tcase, limits_are_of_the_profile);
	tcase_add_loop_test(
	    tcase, what_reaches_the_limit_is_usual, 0, VOLUME_KIND_COUNT);
	tcase_add_loop_test(
	    tcase, what_crosses_the_limit_is_told_above, 0, VOLUME_KIND_COUNT);
	tcase_add_loop_test(
	    tcase, alert_is_raised_once_for_a_limit, 0, VOLUME_KIND_COUNT);
	tcase_add_loop_test(tcase, extreme_volume_waits_for_a_second_person, 0,
	    VOLUME_COMPLAINANT_CASES);
	tcase_add_test(tcase, emergency_is_not_held_up);
	tcase_add_test(
	    tcase, many_complaints_of_one_person_are_reviewed_not_held_up);
	tcase_add_loop_test(
	    tcase, complainant_is_kept_as_a_hash_or_not_at_all, 0, 2);
	tcase_add_test(tcase, another_officers_volume_is_not_ones_own);
	tcase_add_test(tcase, unit_is_limited_whoever_asks);
	tcase_add_test(tcase, limits_that_are_off_count_nothing);
	tcase_add_test(tcase, percent_scales_the_limits);
	tcase_add_test(tcase, small_limit_stays_a_limit);
	tcase_add_test(tcase, unit_at_the_top_is_told_itself);
	tcase_add_loop_test(tcase, figures_are_graded, 0, (int)COUNT(judged));
	suite_add_tcase(suite, tcase);
	return suite;
}
