/*
 * formalities: what an issued request owes, by each of its laws, and what is
 * overdue.
 */
#include "test/unit/unit.h"

#include <string.h>

#include "hub/base/common.h"
#include "hub/domain/authority_list.h"
#include "test/unit/submit_draft.h"
#include "test/unit/world.h"

static const struct formality *
owed(const char *type)
{
	for (size_t i = 0; i < world.snapshot.formality_count; i++)
		if (strcmp(world.snapshot.formalities[i]->type, type) == 0)
			return world.snapshot.formalities[i];
	ck_abort_msg("nobody owes %s", type);
	return NULL;
}

static const struct {
	const char *basis;
	enum scope scope;
	enum action action;
	size_t count;
	const char *type;
	int64_t due;
} issued[] = {
	{ "", SCOPE_AMOUNT, ACTION_HOLD_AMOUNT, 2, "OFFICER_LETTER",
	    24 * WORLD_HOUR },
	{ "", SCOPE_AMOUNT, ACTION_HOLD_AMOUNT, 2, "FIR", 3 * WORLD_DAY },
	{ "BNSS_106", SCOPE_AMOUNT, ACTION_HOLD_AMOUNT, 3, "MAGISTRATE_REPORT",
	    2 * WORLD_DAY },
};

START_TEST(issued_request_owes_what_its_basis_asks)
{
	const struct formality *formality;

	submit_draft_begin(OFFICER);
	submit_draft.requests[0].basis = issued[_i].basis;
	submit_draft.requests[0].scope = issued[_i].scope;
	submit_draft.requests[0].action = issued[_i].action;
	world_done(201);
	ck_assert_uint_eq(world.snapshot.formality_count, issued[_i].count);
	ck_assert_uint_eq(world_events("formality.owed"), issued[_i].count);
	formality = owed(issued[_i].type);
	ck_assert_int_eq(formality->state, FORMALITY_DUE);
	ck_assert_int_eq(formality->due_at, world.now + issued[_i].due);
	ck_assert_int_eq(formality->created_at, world.now);
	ck_assert_str_eq(formality->profile, "IN@2026-01-02");
	ck_assert(id_equal(&formality->request,
	    &world.snapshot.requests[world.snapshot.request_count - 1]->id));
}
END_TEST

START_TEST(waiting_request_owes_nothing_until_it_is_approved)
{
	struct approve_request *approve;
	struct id request;

	submit_draft_begin(OFFICER);
	submit_draft.requests[0].basis = "BNSS_106";
	submit_draft.requests[0].scope = SCOPE_ACCOUNT;
	world_done(201);
	ck_assert_uint_eq(world.snapshot.formality_count, 0);
	request = world.snapshot.requests[1]->id;
	world_commit();
	world.now += WORLD_HOUR;
	approve = &world_command(COMMAND_APPROVE_REQUEST, SUPERVISOR)->approve;
	approve->request = request;
	approve->reason = "";
	world_done(200);
	ck_assert_uint_eq(world.snapshot.formality_count, 3);
	ck_assert_int_eq(
	    owed("MAGISTRATE_REPORT")->due_at, world.now + 2 * WORLD_DAY);
}
END_TEST

START_TEST(refused_request_never_owes_anything)
{
	struct approve_request *approve;

	submit_draft_begin(OFFICER);
	submit_draft.requests[0].basis = "BNSS_106";
	submit_draft.requests[0].scope = SCOPE_ACCOUNT;
	world_done(201);
	world_commit();
	approve = &world_command(COMMAND_APPROVE_REQUEST, SUPERVISOR)->approve;
	approve->request = world.snapshot.requests[1]->id;
	approve->is_refusal = true;
	approve->reason = "no link to the account";
	world_done(200);
	ck_assert_uint_eq(world.snapshot.formality_count, 0);
}
END_TEST

static struct authority_draft two[] = { { "INTERPOL", "" },
	{ "RU", "FZ161_SIGNAL" } };

START_TEST(each_law_of_a_request_is_clocked)
{
	const struct freeze_request *request;
	const char *text;
	struct authority_entry entry;

	submit_draft_begin(OFFICER);
	submit_draft.requests[0].authorities = two;
	submit_draft.requests[0].authority_count = COUNT(two);
	world_done(201);
	request = world.snapshot.requests[1];
	ck_assert_str_eq(request->more_authorities,
	    "INTERPOL@2026-01-01/RAPID_INTERVENTION "
	    "RU@2025-09-01/FZ161_SIGNAL");
	/* 2 of India, 3 of INTERPOL, 1 of Russia. */
	ck_assert_uint_eq(world.snapshot.formality_count, 6);
	ck_assert_str_eq(owed("FIR")->profile, "IN@2026-01-02");
	ck_assert_str_eq(owed("MLA_REQUEST")->profile, "INTERPOL@2026-01-01");
	ck_assert_int_eq(
	    owed("MLA_REQUEST")->due_at, world.now + 30 * WORLD_DAY);
	ck_assert_int_eq(
	    owed("KUSP_EXTRACT")->due_at, world.now + 2 * WORLD_DAY);
	/* The strictest of 90 days, 72 hours and 2 days. */
	ck_assert_int_eq(request->expires_at, world.now + 2 * WORLD_DAY);
	text = request->more_authorities;
	ck_assert(authority_list_next(&text, &entry));
	ck_assert_str_eq(entry.basis, "RAPID_INTERVENTION");
	ck_assert(authority_list_next(&text, &entry));
	ck_assert_str_eq(entry.profile, "RU@2025-09-01");
	ck_assert(!authority_list_next(&text, &entry));
}
END_TEST

static const char *const no_lists[] = { "", "IN", "IN@2026-01-02", " " };

START_TEST(text_that_is_no_list_has_no_entries)
{
	const char *text = no_lists[_i];
	struct authority_entry entry;

	ck_assert(!authority_list_next(&text, &entry));
}
END_TEST

START_TEST(withdrawn_request_owes_nothing_any_more)
{
	struct withdraw_request *withdraw;

	submit_draft_begin(OFFICER);
	world_done(201);
	world_commit();
	world.snapshot.formalities[0]->state = FORMALITY_VERIFIED;
	withdraw = &world_command(COMMAND_WITHDRAW_REQUEST, OFFICER)->withdraw;
	withdraw->request = world.snapshot.requests[1]->id;
	withdraw->reason = "mistaken identity";
	world_done(200);
	/* What was proved stays proved. */
	ck_assert_int_eq(
	    world.snapshot.formalities[0]->state, FORMALITY_VERIFIED);
	ck_assert_int_eq(
	    world.snapshot.formalities[1]->state, FORMALITY_SUPERSEDED);
	ck_assert_uint_eq(world_events("formality.superseded"), 1);
}
END_TEST

START_TEST(withdrawal_of_another_request_leaves_what_is_owed)
{
	struct withdraw_request *withdraw;

	submit_draft_begin(OFFICER);
	world_done(201);
	world_commit();
	withdraw = &world_command(COMMAND_WITHDRAW_REQUEST, OFFICER)->withdraw;
	withdraw->request = world_request_id();
	withdraw->reason = "mistaken identity";
	world_done(200);
	ck_assert_int_eq(world.snapshot.formalities[0]->state, FORMALITY_DUE);
	ck_assert_uint_eq(world_events("formality.superseded"), 0);
}
END_TEST

static const struct {
	enum formality_state state, before, after;
} times[] = {
	{ FORMALITY_NOT_REQUIRED, FORMALITY_NOT_REQUIRED,
	    FORMALITY_NOT_REQUIRED },
	{ FORMALITY_DUE, FORMALITY_DUE, FORMALITY_OVERDUE },
	/* It waits for another's decision. */
	{ FORMALITY_SUBMITTED, FORMALITY_SUBMITTED, FORMALITY_SUBMITTED },
	{ FORMALITY_VERIFIED, FORMALITY_VERIFIED, FORMALITY_VERIFIED },
	{ FORMALITY_DEFECTIVE, FORMALITY_DEFECTIVE, FORMALITY_OVERDUE },
	{ FORMALITY_REJECTED, FORMALITY_REJECTED, FORMALITY_OVERDUE },
	{ FORMALITY_OVERDUE, FORMALITY_OVERDUE, FORMALITY_OVERDUE },
	{ FORMALITY_WAIVED, FORMALITY_WAIVED, FORMALITY_WAIVED },
	{ FORMALITY_SUPERSEDED, FORMALITY_SUPERSEDED, FORMALITY_SUPERSEDED },
};

START_TEST(what_is_owed_is_overdue_from_its_moment_on)
{
	ck_assert_uint_eq(COUNT(times), FORMALITY_STATE_COUNT);
	ck_assert_int_eq(
	    formality_state_at(times[_i].state, 100, 99), times[_i].before);
	ck_assert_int_eq(
	    formality_state_at(times[_i].state, 100, 100), times[_i].after);
}
END_TEST

/* ---- wrong further authorities */

static const struct {
	struct authority_draft drafts[2];
	size_t count;
	const char *code, *pointer;
} wrong[] = {
	{ { { "XX", "" } }, 1, "unknown_profile",
	    "/requests/0/authorities/0/profile" },
	{ { { "INTERPOL", "" }, { "RU", "NO_LAW" } }, 2, "unknown_basis",
	    "/requests/0/authorities/1/basis" },
	{ { { "US", "BNSS_106" } }, 1, "unknown_basis",
	    "/requests/0/authorities/0/basis" },
	{ { { "EU", "EPOC_PR" } }, 1, "action_not_allowed",
	    "/requests/0/authorities/0/basis" },
	{ { { "IN", "BNSS_168" } }, 1, "authority_twice",
	    "/requests/0/authorities/0/profile" },
	{ { { "US", "" }, { "US", "KILL_CHAIN" } }, 2, "authority_twice",
	    "/requests/0/authorities/1/profile" },
};

START_TEST(wrong_authority_is_refused_at_its_place)
{
	struct authority_draft drafts[2];

	memcpy(drafts, wrong[_i].drafts, sizeof drafts);
	submit_draft_begin(OFFICER);
	submit_draft.requests[0].authorities = drafts;
	submit_draft.requests[0].authority_count = wrong[_i].count;
	world_refused(RC_INVALID, wrong[_i].code, wrong[_i].pointer);
}
END_TEST

START_TEST(narrower_law_refuses_a_wide_scope)
{
	struct authority_draft draft = { "INTERPOL", "" };

	submit_draft_begin(OFFICER);
	submit_draft.requests[0].basis = "BNSS_106";
	submit_draft.requests[0].scope = SCOPE_ACCOUNT;
	submit_draft.requests[0].authorities = &draft;
	submit_draft.requests[0].authority_count = 1;
	world_refused(
	    RC_INVALID, "scope_too_wide", "/requests/0/authorities/0/basis");
}
END_TEST

START_TEST(end_beyond_the_strictest_law_is_refused)
{
	submit_draft_begin(OFFICER);
	submit_draft.requests[0].authorities = two;
	submit_draft.requests[0].authority_count = COUNT(two);
	submit_draft.requests[0].expires_at = world.now + 3 * WORLD_DAY;
	world_refused(
	    RC_INVALID, "expiry_out_of_range", "/requests/0/expires_at");
}
END_TEST

Suite *
formalities_suite(void)
{
	Suite *suite = suite_create("formalities");
	TCase *tests = tcase_create("formalities");

	tcase_add_checked_fixture(tests, world_set_up, world_tear_down);
	tcase_add_loop_test(tests, issued_request_owes_what_its_basis_asks, 0,
	    (int)COUNT(issued));
	tcase_add_test(
	    tests, waiting_request_owes_nothing_until_it_is_approved);
	tcase_add_test(tests, refused_request_never_owes_anything);
	tcase_add_test(tests, each_law_of_a_request_is_clocked);
	tcase_add_loop_test(tests, text_that_is_no_list_has_no_entries, 0,
	    (int)COUNT(no_lists));
	tcase_add_test(tests, withdrawn_request_owes_nothing_any_more);
	tcase_add_test(
	    tests, withdrawal_of_another_request_leaves_what_is_owed);
	tcase_add_loop_test(tests, what_is_owed_is_overdue_from_its_moment_on,
	    0, (int)COUNT(times));
	tcase_add_loop_test(tests, wrong_authority_is_refused_at_its_place, 0,
	    (int)COUNT(wrong));
	tcase_add_test(tests, narrower_law_refuses_a_wide_scope);
	tcase_add_test(tests, end_beyond_the_strictest_law_is_refused);
	suite_add_tcase(suite, tests);
	return suite;
}
