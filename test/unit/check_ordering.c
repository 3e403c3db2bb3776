/*
 * Laws that need an order: the request waits, and its second person approves
 * it once a verified order is there; never before, and never as an emergency.
 */
#include "test/unit/unit.h"

#include "hub/domain/document.h"
#include "hub/domain/profile.h"
#include "test/unit/submit_draft.h"
#include "test/unit/world.h"

enum { KIND_DOCUMENT = 41 };

static struct freeze_request *request;

static void
ask(enum person person, enum action action, const char *basis)
{
	submit_draft_begin(person);
	submit_draft.requests[0].action = action;
	submit_draft.requests[0].scope = action == ACTION_DEBIT_FREEZE
	    ? SCOPE_ACCOUNT
	    : SCOPE_AMOUNT;
	submit_draft.requests[0].basis = basis;
}

/* A debit freeze on the order of a magistrate; it waits. */
static void
asked(void)
{
	ask(OFFICER, ACTION_DEBIT_FREEZE, "BNSS_107");
	world_done(201);
	request = world.snapshot.requests[world.snapshot.request_count - 1];
	world_commit();
}

/* A paper of this type and state about the request. */
static struct document *
paper(const char *type, enum document_state state)
{
	struct document *document = snapshot_add_document(&world.snapshot);

	document->id = world_id(KIND_DOCUMENT, 1);
	document->case_id = request->case_id;
	document->institution = world_place(DISTRICT);
	document->filed_by = world_person(OFFICER);
	document->type = type;
	document->state = state;
	document->requests = &request->id;
	document->request_count = 1;
	return document;
}

static struct approve_request *
approve(enum person person)
{
	struct approve_request *approve =
	    &world_command(COMMAND_APPROVE_REQUEST, person)->approve;

	approve->request = request->id;
	approve->reason = "";
	return approve;
}

/* ---- asking */

static const struct {
	enum action action;
	const char *basis;
} asks[] = {
	{ ACTION_DEBIT_FREEZE, "BNSS_107" },
	{ ACTION_HOLD_AMOUNT, "BNSS_107" }, /* small and narrow */
};

START_TEST(request_by_such_a_law_waits)
{
	ask(OFFICER, asks[_i].action, asks[_i].basis);
	world_done(201);
	request = world.snapshot.requests[world.snapshot.request_count - 1];
	ck_assert_int_eq(request->state, REQUEST_PENDING_APPROVAL);
	ck_assert_int_eq(world.snapshot.targets[0]->state, TARGET_PROPOSED);
	ck_assert_uint_eq(world.effects.message_count, 0);
	ck_assert_uint_eq(world.snapshot.formality_count, 0);
}
END_TEST

START_TEST(further_law_makes_it_wait_as_well)
{
	struct authority_draft law = { "KZ", "SANCTIONED_ARREST" };

	ask(OFFICER, ACTION_HOLD_AMOUNT, "");
	submit_draft.requests[0].authorities = &law;
	submit_draft.requests[0].authority_count = 1;
	world_done(201);
	world_commit();
	request = world.snapshot.requests[world.snapshot.request_count - 1];
	ck_assert_int_eq(request->state, REQUEST_PENDING_APPROVAL);
	approve(SUPERVISOR);
	world_refused(RC_CONFLICT, "order_missing", "");
	paper("PROSECUTOR_NOTICE", DOCUMENT_VERIFIED);
	approve(SUPERVISOR);
	world_done(200);
	ck_assert_int_eq(request->state, REQUEST_ISSUED);
}
END_TEST

START_TEST(no_emergency_goes_before_its_order)
{
	struct authority_draft law = { "KZ", "SANCTIONED_ARREST" };

	ask(OFFICER, ACTION_HOLD_AMOUNT, _i == 0 ? "BNSS_107" : "");
	submit_draft.requests[0].is_emergency = true;
	submit_draft.requests[0].authorities = &law;
	submit_draft.requests[0].authority_count = (size_t)_i;
	world_refused(RC_INVALID, "order_missing",
	    _i == 0 ? "/requests/0/basis" : "/requests/0/authorities/0/basis");
}
END_TEST

START_TEST(institution_asks_for_nothing_by_such_a_law)
{
	ask(BANK_NODAL, ACTION_HOLD_AMOUNT, "BNSS_107");
	submit_draft.requests[0].target_count = 1;
	world_refused(RC_FORBIDDEN, "second_person_needed", "/requests/0");
}
END_TEST

/* ---- approving */

static const struct {
	const char *type;
	enum document_state state;
} papers[] = {
	{ "ATTACHMENT_ORDER", DOCUMENT_FILED },
	{ "ATTACHMENT_ORDER", DOCUMENT_DEFECTIVE },
	{ "ATTACHMENT_ORDER", DOCUMENT_REJECTED },
	{ "ATTACHMENT_ORDER", DOCUMENT_SUPERSEDED },
	{ "FIR", DOCUMENT_VERIFIED }, /* no order */
	{ "OFFICER_LETTER", DOCUMENT_VERIFIED },
};

START_TEST(nothing_else_stands_for_a_verified_order)
{
	asked();
	paper(papers[_i].type, papers[_i].state);
	approve(SUPERVISOR);
	world_refused(RC_CONFLICT, "order_missing", "");
	ck_assert_int_eq(request->state, REQUEST_PENDING_APPROVAL);
}
END_TEST

START_TEST(order_on_another_request_is_none)
{
	static struct id other;

	asked();
	other = world_request_id();
	paper("ATTACHMENT_ORDER", DOCUMENT_VERIFIED)->requests = &other;
	approve(SUPERVISOR);
	world_refused(RC_CONFLICT, "order_missing", "");
}
END_TEST

START_TEST(verified_order_lets_the_second_person_approve)
{
	const struct formality *formality;

	asked();
	paper("ATTACHMENT_ORDER", DOCUMENT_VERIFIED);
	approve(SUPERVISOR);
	world_done(200);
	ck_assert_int_eq(request->state, REQUEST_ISSUED);
	ck_assert_uint_eq(world_messages(MESSAGE_FREEZE_REQUESTED, BANK), 1);
	/* It owes the order no more: it is there. */
	ck_assert_uint_eq(world.snapshot.formality_count, 1);
	formality = world.snapshot.formalities[0];
	ck_assert_str_eq(formality->type, "ATTACHMENT_ORDER");
	ck_assert_int_eq(formality->state, FORMALITY_VERIFIED);
	ck_assert(
	    id_equal(&formality->document, &world.snapshot.documents[0]->id));
	ck_assert_int_eq(snapshot_deadline(&world.snapshot, &formality->id,
			     DEADLINE_FORMALITY)
			     ->status,
	    DEADLINE_ENDED);
}
END_TEST

START_TEST(order_does_not_replace_the_second_person)
{
	ask(SUPERVISOR, ACTION_DEBIT_FREEZE, "BNSS_107");
	world_done(201);
	request = world.snapshot.requests[world.snapshot.request_count - 1];
	world_commit();
	paper("ATTACHMENT_ORDER", DOCUMENT_VERIFIED);
	approve(SUPERVISOR);
	world_refused(RC_FORBIDDEN, "own_request", "");
	approve(OFFICER);
	world_refused(RC_FORBIDDEN, "role_not_allowed", "");
}
END_TEST

START_TEST(refusal_needs_no_order)
{
	struct approve_request *refusal;

	asked();
	refusal = approve(SUPERVISOR);
	refusal->is_refusal = true;
	refusal->reason = "no link to the account";
	world_done(200);
	ck_assert_int_eq(request->state, REQUEST_REFUSED);
}
END_TEST

/* ---- extending */

START_TEST(order_extends_what_is_held)
{
	struct target *target = world_target(1, TARGET_HELD_FULL);
	struct extend_target *extend;

	request = world_request();
	extend = &world_command(COMMAND_EXTEND_TARGET, OFFICER)->extend;
	extend->target = target->id;
	extend->expires_at = target->expires_at + WORLD_DAY;
	extend->basis = "BNSS_107";
	extend->reason = "ordered";
	if (_i == 0) {
		world_refused(RC_INVALID, "order_missing", "/basis");
		return;
	}
	paper("ATTACHMENT_ORDER", DOCUMENT_VERIFIED);
	world_done(200);
	ck_assert_uint_eq(world_messages(MESSAGE_HOLD_EXTEND, BANK), 1);
}
END_TEST

/* ---- every law */

/* Or nobody could ever use it. */
START_TEST(law_that_needs_an_order_owes_one)
{
	size_t count;
	const struct profile *profiles = profile_list(&count);

	for (size_t p = 0; p < count; p++)
		for (size_t b = 0; b < profiles[p].basis_count; b++) {
			const struct profile_basis *basis =
			    &profiles[p].bases[b];
			bool owes = false;

			for (size_t i = 0; i < basis->owed_count; i++)
				owes |= document_is_order(
				    basis->owed[i].document);
			ck_assert_msg(!basis->needs_order || owes, "%s %s",
			    profiles[p].name, basis->code);
		}
}
END_TEST

Suite *
ordering_suite(void)
{
	Suite *suite = suite_create("ordering");
	TCase *tcase = tcase_create("ordering");

	tcase_add_checked_fixture(tcase, world_set_up, world_tear_down);
	tcase_add_loop_test(tcase, request_by_such_a_law_waits, 0, COUNT(asks));
	tcase_add_test(tcase, further_law_makes_it_wait_as_well);
	tcase_add_loop_test(tcase, no_emergency_goes_before_its_order, 0, 2);
	tcase_add_test(tcase, institution_asks_for_nothing_by_such_a_law);
	tcase_add_loop_test(
	    tcase, nothing_else_stands_for_a_verified_order, 0, COUNT(papers));
	tcase_add_test(tcase, order_on_another_request_is_none);
	tcase_add_test(tcase, verified_order_lets_the_second_person_approve);
	tcase_add_test(tcase, order_does_not_replace_the_second_person);
	tcase_add_test(tcase, refusal_needs_no_order);
	tcase_add_loop_test(tcase, order_extends_what_is_held, 0, 2);
	tcase_add_test(tcase, law_that_needs_an_order_owes_one);
	suite_add_tcase(suite, tcase);
	return suite;
}
