/*
 * correct_target: what was rejected correctably goes out again as the next
 * generation, inside its window.
 */
#include "test/unit/unit.h"

#include "test/unit/world.h"

static struct target *target;

static struct correct_target *
correct(enum person person)
{
	struct correct_target *correct;

	target = world_target(1, TARGET_REJECTED);
	target->response_code = (int)RESPONSE_REJ_MISMATCH;
	target->sent_at = target->delivered_at = world.now - 3;
	target->acknowledged_at = target->answered_at = world.now - 2;
	target->correct_until = world.now + 5 * WORLD_DAY;
	target->reminders = 3;
	target->sealed = (struct blob){ (const uint8_t *)"x", 1 };
	correct = &world_command(COMMAND_CORRECT_TARGET, person)->correct;
	correct->target = target->id;
	correct->note = "";
	return correct;
}

static void
correct_identifier(struct correct_target *correction, enum place bank)
{
	correction->has_identifier = true;
	correction->identifier = world_account(bank, 77);
	correction->identifier_hash[0] = 7;
	correction->dedupe_hash[0] = 8;
}

START_TEST(corrected_target_goes_out_as_the_next_generation)
{
	struct correct_target *correction = correct(OFFICER);

	correct_identifier(correction, BANK);
	correction->has_holder = correction->has_amount = true;
	correction->holder = "A. Nair";
	correction->amount = world_inr(90000);
	correction->note = "digits were swapped";
	world_done(200);
	ck_assert_int_eq(target->state, TARGET_QUEUED);
	ck_assert_int_eq(target->generation, 2);
	ck_assert_str_eq(target->identifier.value, "000000077");
	ck_assert_str_eq(target->holder, "A. Nair");
	ck_assert_int_eq(target->requested.minor, 90000);
	ck_assert_int_eq(target->dedupe_hash[0], 8);
	ck_assert_uint_eq(target->sealed.length, 0);
	ck_assert_uint_eq(world_messages(MESSAGE_CORRECTION_SUPPLIED, BANK), 1);
	ck_assert_str_eq(
	    world.effects.messages[0].envelope.note, "digits were swapped");
}
END_TEST

START_TEST(clock_restarts)
{
	correct(SECOND_OFFICER);
	world_done(200);
	ck_assert_int_eq(target->queued_at, world.now);
	ck_assert_int_eq(target->sent_at, 0);
	ck_assert_int_eq(target->delivered_at, 0);
	ck_assert_int_eq(target->acknowledged_at, 0);
	ck_assert_int_eq(target->answered_at, 0);
	ck_assert_int_eq(target->correct_until, 0);
	ck_assert_int_eq(target->reminders, 0);
	ck_assert_int_eq(target->response_code, -1);
}
END_TEST

START_TEST(last_moment_of_the_window_counts)
{
	correct(OFFICER);
	target->correct_until = world.now + 1;
	world_done(200);
}
END_TEST

/* A second correction after a second rejection is one more generation. */
START_TEST(generation_goes_on)
{
	correct(OFFICER);
	target->generation = 4;
	world_done(200);
	ck_assert_int_eq(target->generation, 5);
	ck_assert_str_eq(target->identifier.value, "000000001");
}
END_TEST

static void
other_currency(struct correct_target *correction)
{
	correction->has_amount = true;
	correction->amount = (struct money){ 5, "USD" };
}

static void
more_money(struct correct_target *correction)
{
	correction->has_amount = true;
	correction->amount = world_inr(100001);
}

static void
other_bank(struct correct_target *correction)
{
	correct_identifier(correction, OTHER_BANK);
}

static void
unknown_bank(struct correct_target *correction)
{
	correct_identifier(correction, BANK);
	memcpy(correction->identifier.qualifier, "QQQQ", 4);
}

static void
taken(struct correct_target *correction)
{
	correct_identifier(correction, BANK);
	memcpy(correction->dedupe_hash,
	    world_target(9, TARGET_DELIVERED)->dedupe_hash, COMMAND_HASH_SIZE);
}

static void
window_over(struct correct_target *correction)
{
	(void)correction;
	target->correct_until = world.now;
}

static void
final(struct correct_target *correction)
{
	(void)correction;
	target->state = TARGET_REJECTED_FINAL;
}

static void
withdrawn(struct correct_target *correction)
{
	(void)correction;
	world_request()->state = REQUEST_WITHDRAWN;
}

static void
expired(struct correct_target *correction)
{
	(void)correction;
	world_request()->expires_at = world.now;
}

static void
mute(struct correct_target *correction)
{
	(void)correction;
	target->institution = world_place(MUTE_BANK);
}

static const struct {
	void (*spoil)(struct correct_target *correction);
	enum rc rc;
	const char *code, *pointer;
} wrong[] = {
	{ other_currency, RC_INVALID, "other_currency", "/amount/currency" },
	{ more_money, RC_INVALID, "more_than_requested", "/amount/amount" },
	{ other_bank, RC_INVALID, "other_institution", "/identifier" },
	{ unknown_bank, RC_INVALID, "unknown_bank", "/identifier/ifsc" },
	{ taken, RC_CONFLICT, "already_targeted", "/identifier" },
	{ window_over, RC_CONFLICT, "correction_window_over", "" },
	{ final, RC_CONFLICT, "rejected_finally", "" },
	{ withdrawn, RC_CONFLICT, "request_not_issued", "" },
	{ expired, RC_CONFLICT, "request_not_issued", "" },
	{ mute, RC_CONFLICT, "institution_not_active", "" },
};

START_TEST(wrong_correction_is_refused)
{
	wrong[_i].spoil(correct(OFFICER));
	world_refused(wrong[_i].rc, wrong[_i].code, wrong[_i].pointer);
}
END_TEST

START_TEST(only_what_is_rejected_is_corrected)
{
	correct(OFFICER);
	target->state = (enum target_state)_i;
	if (_i == TARGET_REJECTED || _i == TARGET_REJECTED_FINAL)
		return;
	world_refused(RC_CONFLICT, "move_not_allowed", "");
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

START_TEST(others_do_not_correct)
{
	correct(strangers[_i].person);
	world_refused(strangers[_i].rc, strangers[_i].code, "");
}
END_TEST

Suite *
correct_target_suite(void)
{
	Suite *suite = suite_create("correct_target");
	TCase *tcase = tcase_create("correct_target");

	tcase_add_checked_fixture(tcase, world_set_up, world_tear_down);
	tcase_add_test(tcase, corrected_target_goes_out_as_the_next_generation);
	tcase_add_test(tcase, clock_restarts);
	tcase_add_test(tcase, last_moment_of_the_window_counts);
	tcase_add_test(tcase, generation_goes_on);
	tcase_add_loop_test(
	    tcase, wrong_correction_is_refused, 0, (int)COUNT(wrong));
	tcase_add_loop_test(
	    tcase, only_what_is_rejected_is_corrected, 0, TARGET_STATE_COUNT);
	tcase_add_loop_test(
	    tcase, others_do_not_correct, 0, (int)COUNT(strangers));
	suite_add_tcase(suite, tcase);
	return suite;
}
