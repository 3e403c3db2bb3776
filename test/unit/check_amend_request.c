/*
 * amend_request: what may change, by whom, and what becomes of the targets.
 */
#include "test/unit/unit.h"

#include "test/unit/world.h"

static struct amended_target amended[2];

static struct amend_request *
amend(enum person person)
{
	struct amend_request *amend =
	    &world_command(COMMAND_AMEND_REQUEST, person)->amend;

	amend->request = world_request_id();
	amend->reason = "more is known";
	amend->basis = "";
	amend->targets = amended;
	return amend;
}

/* Another amount of target 1. */
static struct amend_request *
ask(enum person person, int64_t minor)
{
	struct amend_request *asked = amend(person);

	amended[0].target = world_id(6, 1);
	amended[0].amount = world_inr(minor);
	asked->target_count = 1;
	return asked;
}

START_TEST(generation_rises_and_the_rest_stays)
{
	const struct freeze_request *request = world_request();
	int64_t end = request->expires_at;

	amend(SECOND_OFFICER)->has_successor = true;
	world.command.amend.successor = SUCCESSOR_CONVERT;
	world_done(200);
	ck_assert_int_eq(request->generation, 2);
	ck_assert_int_eq(request->state, REQUEST_ISSUED);
	ck_assert_int_eq(request->successor, SUCCESSOR_CONVERT);
	ck_assert_int_eq(request->expires_at, end);
	ck_assert_str_eq(request->basis, "NCRP_ACK");
	ck_assert_str_eq(world_field(world_event("request.amended"), "reason"),
	    "more is known");
}
END_TEST

/* Of every state: is it told, and is its older generation stale now? */
static const struct {
	enum target_state state;
	bool is_told, is_newer;
} ways[] = {
	{ TARGET_PROPOSED, false, false },
	{ TARGET_QUEUED, true, true },
	{ TARGET_SENT, true, true },
	{ TARGET_DELIVERED, true, true },
	{ TARGET_UNDELIVERABLE, true, true },
	{ TARGET_ACKNOWLEDGED, true, true },
	{ TARGET_IN_REVIEW, true, true },
	{ TARGET_HELD_FULL, true, false },
	{ TARGET_HELD_PARTIAL, true, false },
	{ TARGET_BLOCKED, true, false },
	{ TARGET_NOT_HELD, false, false },
	{ TARGET_REJECTED, true, false },
	{ TARGET_REJECTED_FINAL, false, false },
	{ TARGET_RELEASE_PENDING, false, false },
	{ TARGET_RELEASED, false, false },
	{ TARGET_ATTACHED, true, false },
	{ TARGET_RESTORED, false, false },
	{ TARGET_CANCELLED, false, false },
	{ TARGET_SUPERSEDED, false, false },
};

START_TEST(who_has_it_is_told)
{
	const struct target *target = world_target(1, ways[_i].state);

	ck_assert_uint_eq(COUNT(ways), TARGET_STATE_COUNT);
	amend(OFFICER)->expires_at = world.now + 5 * WORLD_DAY;
	world_done(200);
	ck_assert_int_eq(target->state, ways[_i].state);
	ck_assert_int_eq(target->generation, ways[_i].is_newer ? 2 : 1);
	ck_assert_uint_eq(
	    world_messages(MESSAGE_FREEZE_AMENDED, BANK), ways[_i].is_told);
	ck_assert_int_eq(
	    world_request()->expires_at, world.now + 5 * WORLD_DAY);
}
END_TEST

START_TEST(amount_changes_only_before_a_decision)
{
	const struct target *target = world_target(1, ways[_i].state);
	bool may = ways[_i].is_newer || ways[_i].state == TARGET_PROPOSED;

	ask(OFFICER, 50000);
	if (!may) {
		world_refused(RC_CONFLICT, "already_decided", "/targets/0/id");
		return;
	}
	world_done(200);
	ck_assert_int_eq(target->requested.minor, 50000);
	ck_assert_str_eq(
	    world_field(world_event("target.amended"), "amount_requested"),
	    "500.00 INR");
}
END_TEST

START_TEST(answer_to_an_older_generation_is_stale)
{
	struct respond *respond;

	(void)world_target(1, TARGET_DELIVERED);
	ask(OFFICER, 50000);
	world_done(200);
	world_commit();
	respond = &world_command(COMMAND_RESPOND, BANK_NODAL)->respond;
	respond->target = world_id(6, 1);
	respond->code = RESPONSE_RECEIPT;
	respond->note = respond->hold_ref = respond->prior_authority =
	    respond->suggested_institution = "";
	respond->body = "{}";
	respond->body_length = 2;
	respond->generation = 1;
	world_refused(RC_CONFLICT, "stale_generation", "/generation");
	world.command.respond.generation = 2;
	world_done(201);
}
END_TEST

START_TEST(another_law_owes_other_papers)
{
	amend(OFFICER)->basis = "BNSS_106";
	world_done(200);
	ck_assert_str_eq(world_request()->basis, "BNSS_106");
	ck_assert_uint_gt(world.snapshot.formality_count, 0);
	for (size_t i = 0; i < world.snapshot.formality_count; i++)
		ck_assert_str_eq(
		    world.snapshot.formalities[i]->basis, "BNSS_106");
}
END_TEST

static const struct formality *
owed(const char *basis, const char *type)
{
	for (size_t i = 0; i < world.snapshot.formality_count; i++) {
		const struct formality *formality =
		    world.snapshot.formalities[i];

		if (strcmp(formality->basis, basis) == 0 &&
		    strcmp(formality->type, type) == 0)
			return formality;
	}
	return NULL;
}

START_TEST(change_of_the_law_puts_no_paper_off)
{
	int64_t letter, magistrate;

	amend(OFFICER)->basis = "BNSS_106";
	world_done(200);
	letter = owed("BNSS_106", "OFFICER_LETTER")->due_at;
	magistrate = owed("BNSS_106", "MAGISTRATE_REPORT")->due_at;
	world_commit();
	world.now += 10 * WORLD_HOUR;
	amend(OFFICER)->basis = "BNSS_168";
	world_done(200);
	ck_assert_int_eq(owed("BNSS_168", "OFFICER_LETTER")->due_at, letter);
	ck_assert_ptr_null(owed("BNSS_168", "MAGISTRATE_REPORT"));
	ck_assert_int_gt(magistrate, letter);
}
END_TEST

START_TEST(paper_that_was_overdue_is_due_at_once)
{
	amend(OFFICER)->basis = "BNSS_106";
	world_done(200);
	world_commit();
	world.now += 3 * WORLD_DAY;
	amend(OFFICER)->basis = "BNSS_168";
	world_done(200);
	ck_assert_int_eq(owed("BNSS_168", "OFFICER_LETTER")->due_at, world.now);
}
END_TEST

/* ---- the second person: above INR 5,000,000.00, or a whole account */

enum { LIMIT = 500000000 };

static const struct {
	int64_t standing, wanted;
	enum person person;
	bool is_refused;
} raises[] = {
	{ 100000, LIMIT, OFFICER, false },
	{ 100000, LIMIT + 1, OFFICER, true },
	{ 100000, LIMIT + 1, SECOND_OFFICER, true },
	{ 100000, LIMIT + 1, SUPERVISOR, false },
	{ 100000, LIMIT + 1, STATE_SUPERVISOR, false },
	/* Asking less needs nobody else. */
	{ LIMIT + 2, LIMIT + 1, OFFICER, false },
	{ LIMIT + 2, 1, OFFICER, false },
};

START_TEST(raise_above_the_threshold_is_a_second_persons)
{
	world_target(1, TARGET_DELIVERED)->requested.minor =
	    raises[_i].standing;
	ask(raises[_i].person, raises[_i].wanted);
	if (raises[_i].is_refused)
		world_refused(RC_FORBIDDEN, "second_person_needed", "");
	else
		world_done(200);
}
END_TEST

START_TEST(sum_of_the_case_counts)
{
	world_target(1, TARGET_DELIVERED)->requested.minor = LIMIT / 2;
	world_target(2, TARGET_DELIVERED)->requested.minor = LIMIT / 2;
	ask(OFFICER, LIMIT / 2 + 1);
	world_refused(RC_FORBIDDEN, "second_person_needed", "");
	ask(SUPERVISOR, LIMIT / 2 + 1);
	world_done(200);
}
END_TEST

START_TEST(whole_account_is_a_second_persons)
{
	amend(OFFICER)->has_scope = true;
	world.command.amend.scope = SCOPE_ACCOUNT;
	world.command.amend.basis = "BNSS_106";
	world_refused(RC_FORBIDDEN, "second_person_needed", "");
	world_request()->requested_by = world_person(SUPERVISOR);
	amend(SUPERVISOR)->has_scope = true;
	world.command.amend.scope = SCOPE_ACCOUNT;
	world.command.amend.basis = "BNSS_106";
	world_refused(RC_FORBIDDEN, "second_person_needed", "");
	amend(STATE_SUPERVISOR)->has_scope = true;
	world.command.amend.scope = SCOPE_ACCOUNT;
	world.command.amend.basis = "BNSS_106";
	world_done(200);
	ck_assert_int_eq(world_request()->scope, SCOPE_ACCOUNT);
}
END_TEST

/* ---- who may not, and when not */

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

START_TEST(only_its_unit_amends)
{
	amend(strangers[_i].person)->expires_at = world.now + WORLD_DAY;
	world_refused(strangers[_i].rc, strangers[_i].code, "");
}
END_TEST

START_TEST(only_an_issued_request_is_amended)
{
	enum request_state state = (enum request_state)_i;

	world_request()->state = state;
	amend(OFFICER)->expires_at = world.now + WORLD_DAY;
	if (state == REQUEST_ISSUED)
		world_done(200);
	else
		world_refused(RC_CONFLICT, "move_not_allowed", "");
}
END_TEST

/* ---- wrong: each bends the right call in one place */

#define BEND(name, ...)        \
	static void name(void) \
	{                      \
		__VA_ARGS__;   \
	}

#define AMEND world.command.amend

BEND(no_such_request, AMEND.request = world_id(97, 1))
BEND(no_such_target, amended[0].target = world_id(97, 1))
BEND(of_another_request, world.snapshot.targets[0]->request = world_id(97, 2))
BEND(twice, amended[1] = amended[0]; AMEND.target_count = 2)
BEND(other_currency, amended[0].amount = ((struct money){ 5, "USD" }))
BEND(end_now, AMEND.expires_at = world.now)
BEND(end_too_late, AMEND.expires_at = world.now + 91 * WORLD_DAY)
BEND(unknown_basis, AMEND.basis = "BNSS_1")
BEND(basis_needs_an_order, AMEND.basis = "BNSS_107")
BEND(scope_too_wide, AMEND.has_scope = true; AMEND.scope = SCOPE_ACCOUNT)
BEND(scope_too_narrow, AMEND.has_scope = true; AMEND.scope = SCOPE_RECORDS)
BEND(held_for_longer, AMEND.expires_at = world.now + WORLD_HOUR;
     AMEND.target_count = 0; (void)world_target(2, TARGET_HELD_PARTIAL))
BEND(request_is_over, world_request()->expires_at = world.now)
BEND(emergency_in_doubt, world_request()->is_emergency = true)

static const struct {
	void (*bend)(void);
	enum rc rc;
	const char *code, *pointer;
} wrong[] = {
	{ no_such_request, RC_MISSING, "not_found", "" },
	{ no_such_target, RC_INVALID, "unknown_target", "/targets/0/id" },
	{ of_another_request, RC_INVALID, "unknown_target", "/targets/0/id" },
	{ twice, RC_INVALID, "target_twice", "/targets/1/id" },
	{ other_currency, RC_INVALID, "other_currency",
	    "/targets/0/amount/currency" },
	{ end_now, RC_INVALID, "expiry_out_of_range", "/expires_at" },
	{ end_too_late, RC_INVALID, "expiry_out_of_range", "/expires_at" },
	{ unknown_basis, RC_INVALID, "unknown_basis", "/basis" },
	{ basis_needs_an_order, RC_INVALID, "order_missing", "/basis" },
	{ scope_too_wide, RC_INVALID, "scope_too_wide", "/scope" },
	{ scope_too_narrow, RC_INVALID, "scope_too_narrow", "/scope" },
	{ held_for_longer, RC_CONFLICT, "held_for_longer", "/expires_at" },
	{ request_is_over, RC_CONFLICT, "request_expired", "" },
	{ emergency_in_doubt, RC_CONFLICT, "not_confirmed", "" },
};

START_TEST(what_is_wrong_is_refused_with_its_place)
{
	(void)world_target(1, TARGET_DELIVERED);
	ask(OFFICER, 50000);
	wrong[_i].bend();
	world_refused(wrong[_i].rc, wrong[_i].code, wrong[_i].pointer);
}
END_TEST

Suite *
amend_request_suite(void)
{
	Suite *suite = suite_create("amend_request");
	TCase *tests = tcase_create("amend_request");

	tcase_add_checked_fixture(tests, world_set_up, world_tear_down);
	tcase_add_test(tests, generation_rises_and_the_rest_stays);
	tcase_add_loop_test(tests, who_has_it_is_told, 0, COUNT(ways));
	tcase_add_loop_test(
	    tests, amount_changes_only_before_a_decision, 0, COUNT(ways));
	tcase_add_test(tests, answer_to_an_older_generation_is_stale);
	tcase_add_test(tests, another_law_owes_other_papers);
	tcase_add_test(tests, change_of_the_law_puts_no_paper_off);
	tcase_add_test(tests, paper_that_was_overdue_is_due_at_once);
	tcase_add_loop_test(tests,
	    raise_above_the_threshold_is_a_second_persons, 0, COUNT(raises));
	tcase_add_test(tests, sum_of_the_case_counts);
	tcase_add_test(tests, whole_account_is_a_second_persons);
	tcase_add_loop_test(tests, only_its_unit_amends, 0, COUNT(strangers));
	tcase_add_loop_test(
	    tests, only_an_issued_request_is_amended, 0, REQUEST_STATE_COUNT);
	tcase_add_loop_test(
	    tests, what_is_wrong_is_refused_with_its_place, 0, COUNT(wrong));
	suite_add_tcase(suite, tests);
	return suite;
}
