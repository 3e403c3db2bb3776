/*
 * file_document, decide_document, waive_formality: whose paper, what it is
 * for, who decides, what moves and who hears of it.
 */
#include "test/unit/unit.h"

#include "hub/base/common.h"
#include "hub/service/documents.h"
#include "test/unit/world.h"

enum { KIND_FORMALITY = 40 };

static struct target *target;
static struct formality *formality;
static struct id ids[4];

/* A request with a live target at BANK, which owes an officer's letter. */
static void
set_up(void)
{
	world_set_up();
	target = world_target(1, TARGET_ACKNOWLEDGED);
	formality = snapshot_add_formality(&world.snapshot);
	formality->id = world_id(KIND_FORMALITY, 1);
	formality->case_id = world_case_id();
	formality->request = world_request_id();
	formality->profile = "IN@2026-01-02";
	formality->basis = "NCRP_ACK";
	formality->type = "OFFICER_LETTER";
	formality->state = FORMALITY_DUE;
	formality->created_at = world.now - WORLD_HOUR;
	formality->due_at = world.now + WORLD_DAY;
	formality->updated_at = formality->created_at;
	ids[0] = world_request_id();
	ids[1] = formality->id;
	ids[2] = world_id(KIND_FORMALITY, 2); /* of nowhere */
}

static struct file_document *
file(enum person person)
{
	struct file_document *filing =
	    &world_command(COMMAND_FILE_DOCUMENT, person)->file_document;

	filing->case_id = world_case_id();
	filing->content = world_id(KIND_FORMALITY, 100 + world.bases);
	filing->chunk_count = 1;
	filing->size = 7;
	filing->format = FORMAT_PDF;
	filing->type = "OFFICER_LETTER";
	filing->media_type = "application/pdf";
	filing->language = filing->issuer = filing->number = "";
	filing->issued_on = filing->name = "";
	filing->signature = filing->signer_key = "";
	filing->requests = &ids[0];
	filing->formalities = &ids[1];
	filing->formality_count = 1;
	return filing;
}

/* By an institution: about its request, for no formality. */
static struct file_document *
file_statement(enum person person)
{
	struct file_document *filing = file(person);

	filing->type = "ACCOUNT_STATEMENT";
	filing->formality_count = 0;
	filing->request_count = 1;
	return filing;
}

static struct document *
last_document(void)
{
	ck_assert_uint_gt(world.snapshot.document_count, 0);
	return world.snapshot.documents[world.snapshot.document_count - 1];
}

static struct decide_document *
decide(enum document_decision decision, enum person person)
{
	struct decide_document *deciding =
	    &world_command(COMMAND_DECIDE_DOCUMENT, person)->decide_document;

	deciding->document = last_document()->id;
	deciding->decision = decision;
	deciding->note = "";
	if (decision != DOCUMENT_DECIDE_VERIFIED)
		deciding->defects = 1u << DEFECT_SEAL_MISSING;
	return deciding;
}

static void
filed(void)
{
	file(OFFICER);
	world_done(201);
	world_commit();
}

/* ---- filing */

START_TEST(filed_document_submits_its_formality)
{
	const struct document *document;

	file(OFFICER);
	world_done(201);
	document = last_document();
	ck_assert_int_eq(document->state, DOCUMENT_FILED);
	ck_assert_int_eq(formality->state, FORMALITY_SUBMITTED);
	ck_assert(id_equal(&formality->document, &document->id));
	ck_assert_uint_eq(document->request_count, 1);
	ck_assert(snapshot_is_about(document, &ids[0]));
	ck_assert_uint_eq(world_events("document.filed"), 1);
	ck_assert_uint_eq(world_events("formality.submitted"), 1);
	ck_assert_uint_eq(world_messages(MESSAGE_DOCUMENT_AVAILABLE, BANK), 1);
	ck_assert_uint_eq(world_messages(MESSAGE_FORMALITY_UPDATED, BANK), 1);
	ck_assert_uint_eq(
	    world_messages(MESSAGE_FORMALITY_UPDATED, DISTRICT), 0);
	ck_assert_uint_eq(world.effects.messages[0].envelope.document_count, 1);
}
END_TEST

static const enum formality_state closed[] = { FORMALITY_NOT_REQUIRED,
	FORMALITY_VERIFIED, FORMALITY_WAIVED, FORMALITY_SUPERSEDED };

START_TEST(closed_formality_takes_no_document)
{
	formality->state = closed[_i];
	file(OFFICER);
	world_refused(
	    RC_CONFLICT, "move_not_allowed", "/headers/document-formality");
}
END_TEST

START_TEST(picture_satisfies_nothing)
{
	file(OFFICER)->format = (enum document_format)_i;
	if (!document_is_picture((enum document_format)_i)) {
		world_done(201);
		return;
	}
	world_refused(RC_INVALID, "picture_is_no_document",
	    "/headers/document-formality");
	file(OFFICER)->format = (enum document_format)_i;
	world.command.file_document.formality_count = 0;
	world_done(201);
	world_commit();
	decide(DOCUMENT_DECIDE_VERIFIED, BANK_NODAL);
	world_refused(RC_MISSING, "not_found", "");
}
END_TEST

START_TEST(formality_wants_its_own_kind_of_document)
{
	file(OFFICER)->type = "FIR";
	world_refused(
	    RC_INVALID, "wrong_document_type", "/headers/document-type");
}
END_TEST

START_TEST(what_is_not_of_the_case_is_unknown)
{
	file(OFFICER)->formalities = &ids[2];
	world_refused(
	    RC_INVALID, "unknown_formality", "/headers/document-formality");
	file(OFFICER)->requests = &ids[2];
	world.command.file_document.request_count = 1;
	world_refused(
	    RC_INVALID, "unknown_request", "/headers/document-request");
	file(OFFICER)->supersedes = ids[2];
	world_refused(
	    RC_INVALID, "unknown_document", "/headers/document-supersedes");
}
END_TEST

static const struct {
	enum person person;
	enum rc rc;
} filers[] = {
	{ OFFICER, RC_OK },
	{ SECOND_OFFICER, RC_OK },
	{ SUPERVISOR, RC_OK },
	{ STATE_SUPERVISOR, RC_OK },
	{ STATE_OFFICER, RC_MISSING },
	{ NEIGHBOUR_OFFICER, RC_MISSING },
	{ NEIGHBOUR_SUPERVISOR, RC_MISSING },
	{ BANK_SERVICE, RC_FORBIDDEN },
	{ AUDITOR, RC_FORBIDDEN },
	{ ADMIN, RC_FORBIDDEN },
};

START_TEST(unit_files_on_its_own_cases)
{
	file(filers[_i].person);
	ck_assert_int_eq(world_run(), filers[_i].rc);
}
END_TEST

START_TEST(institution_files_about_its_own_requests)
{
	file_statement(BANK_NODAL);
	world_done(201);
	ck_assert(last_document()->by_institution);
	ck_assert_uint_eq(
	    world_messages(MESSAGE_DOCUMENT_AVAILABLE, DISTRICT), 1);
	ck_assert_uint_eq(world_messages(MESSAGE_DOCUMENT_AVAILABLE, BANK), 0);
	world_commit();
	file_statement(OTHER_NODAL);
	world_refused(RC_MISSING, "not_found", "");
	file_statement(BANK_NODAL)->request_count = 0;
	world_refused(
	    RC_INVALID, "missing_member", "/headers/document-request");
	file_statement(BANK_NODAL)->type = "OFFICER_LETTER";
	world_refused(RC_INVALID, "not_one_of", "/headers/document-type");
	file_statement(BANK_NODAL)->formality_count = 1;
	world_refused(
	    RC_INVALID, "unknown_formality", "/headers/document-formality");
	file_statement(OFFICER);
	world_refused(RC_INVALID, "not_one_of", "/headers/document-type");
}
END_TEST

START_TEST(what_was_never_sent_is_nobodys)
{
	target->queued_at = 0;
	file_statement(BANK_NODAL);
	world_refused(RC_MISSING, "not_found", "");
}
END_TEST

/* ---- deciding */

static const struct {
	enum document_decision decision;
	enum document_state document;
	enum formality_state formality;
} outcomes[] = {
	{ DOCUMENT_DECIDE_VERIFIED, DOCUMENT_VERIFIED, FORMALITY_VERIFIED },
	{ DOCUMENT_DECIDE_DEFECTIVE, DOCUMENT_DEFECTIVE, FORMALITY_DEFECTIVE },
	{ DOCUMENT_DECIDE_REJECTED, DOCUMENT_REJECTED, FORMALITY_REJECTED },
};

START_TEST(decision_moves_document_and_formality)
{
	filed();
	decide(outcomes[_i].decision, BANK_NODAL);
	world_done(200);
	ck_assert_int_eq(last_document()->state, outcomes[_i].document);
	ck_assert_int_eq(formality->state, outcomes[_i].formality);
	ck_assert_int_eq(last_document()->decided_at, world.now);
	ck_assert_uint_eq(
	    world_messages(MESSAGE_FORMALITY_UPDATED, DISTRICT), 1);
	ck_assert_uint_eq(world_messages(MESSAGE_FORMALITY_UPDATED, BANK), 0);
	world_commit();
	decide(outcomes[_i].decision, BANK_NODAL);
	world_refused(RC_CONFLICT, "move_not_allowed", "");
}
END_TEST

static const struct {
	enum person person;
	enum rc rc;
	const char *code;
} deciders[] = {
	{ BANK_NODAL, RC_OK, "" },
	{ OTHER_NODAL, RC_MISSING, "not_found" },
	{ WALLET_NODAL, RC_MISSING, "not_found" },
	{ BANK_SERVICE, RC_FORBIDDEN, "role_not_allowed" },
	{ OFFICER, RC_FORBIDDEN, "role_not_allowed" },
	{ SUPERVISOR, RC_FORBIDDEN, "institution_decides" },
	{ STATE_SUPERVISOR, RC_FORBIDDEN, "institution_decides" },
	{ NEIGHBOUR_SUPERVISOR, RC_MISSING, "not_found" },
	{ AUDITOR, RC_FORBIDDEN, "role_not_allowed" },
	{ ADMIN, RC_FORBIDDEN, "role_not_allowed" },
};

START_TEST(who_must_rely_on_it_decides)
{
	filed();
	decide(DOCUMENT_DECIDE_VERIFIED, deciders[_i].person);
	if (deciders[_i].rc == RC_OK)
		world_done(200);
	else
		world_refused(deciders[_i].rc, deciders[_i].code, "");
}
END_TEST

START_TEST(order_is_verified_by_a_second_supervisor)
{
	file(SUPERVISOR)->type = "ORDER";
	world.command.file_document.formality_count = 0;
	world.command.file_document.request_count = 1;
	world_done(201);
	world_commit();
	ck_assert(!snapshot_has_verified_order(&world.snapshot, &ids[0]));
	decide(DOCUMENT_DECIDE_VERIFIED, SUPERVISOR);
	world_refused(RC_FORBIDDEN, "own_document", "");
	world_request()->requested_by = world_person(STATE_SUPERVISOR);
	decide(DOCUMENT_DECIDE_VERIFIED, STATE_SUPERVISOR);
	world_refused(RC_FORBIDDEN, "own_request", "");
	world_request()->requested_by = world_person(OFFICER);
	decide(DOCUMENT_DECIDE_VERIFIED, STATE_SUPERVISOR);
	world_done(200);
	ck_assert(snapshot_has_verified_order(&world.snapshot, &ids[0]));
	ck_assert(!snapshot_has_verified_order(&world.snapshot, &ids[2]));
}
END_TEST

START_TEST(unit_decides_on_an_institutions_document)
{
	file_statement(BANK_NODAL);
	world_done(201);
	world_commit();
	decide(DOCUMENT_DECIDE_VERIFIED, BANK_NODAL);
	world_refused(RC_FORBIDDEN, "own_document", "");
	decide(DOCUMENT_DECIDE_VERIFIED, OTHER_NODAL);
	world_refused(RC_MISSING, "not_found", "");
	decide(DOCUMENT_DECIDE_VERIFIED, NEIGHBOUR_SUPERVISOR);
	world_refused(RC_MISSING, "not_found", "");
	decide(DOCUMENT_DECIDE_VERIFIED, SUPERVISOR);
	world_done(200);
}
END_TEST

START_TEST(decision_has_its_reasons)
{
	filed();
	decide(DOCUMENT_DECIDE_DEFECTIVE, BANK_NODAL)->defects = 0;
	world_refused(RC_INVALID, "missing_member", "/defects");
	decide(DOCUMENT_DECIDE_VERIFIED, BANK_NODAL)->defects = 1;
	world_refused(RC_INVALID, "not_allowed", "/defects");
	decide(DOCUMENT_DECIDE_REJECTED, BANK_NODAL)->defects = 1u
	    << DEFECT_OTHER;
	world_refused(RC_INVALID, "missing_member", "/note");
}
END_TEST

START_TEST(correction_takes_the_place_of_what_was_defective)
{
	struct document *first;

	filed();
	first = last_document();
	decide(DOCUMENT_DECIDE_DEFECTIVE, BANK_NODAL);
	world_done(200);
	world_commit();
	file(SECOND_OFFICER)->supersedes = first->id;
	world.command.file_document.formality_count = 0;
	world_done(201);
	ck_assert_int_eq(first->state, DOCUMENT_SUPERSEDED);
	ck_assert_int_eq(formality->state, FORMALITY_SUBMITTED);
	ck_assert(id_equal(&formality->document, &last_document()->id));
	ck_assert(snapshot_is_about(last_document(), &ids[0]));
	world_commit();
	decide(DOCUMENT_DECIDE_VERIFIED, BANK_NODAL);
	world_done(200);
	world_commit();
	file(OFFICER)->supersedes = last_document()->id;
	world.command.file_document.formality_count = 0;
	world_refused(
	    RC_CONFLICT, "move_not_allowed", "/headers/document-supersedes");
}
END_TEST

/* ---- waiving */

static const struct {
	enum person person;
	enum rc rc;
	const char *code;
} waivers[] = {
	{ SUPERVISOR, RC_OK, "" },
	{ STATE_SUPERVISOR, RC_OK, "" },
	{ OFFICER, RC_FORBIDDEN, "role_not_allowed" },
	{ NEIGHBOUR_SUPERVISOR, RC_MISSING, "not_found" },
	{ BANK_NODAL, RC_FORBIDDEN, "role_not_allowed" },
	{ AUDITOR, RC_FORBIDDEN, "role_not_allowed" },
};

static void
waive(enum person person)
{
	struct waive_formality *waiving =
	    &world_command(COMMAND_WAIVE_FORMALITY, person)->waive_formality;

	waiving->formality = formality->id;
	waiving->reason = "the court has it";
}

START_TEST(supervisor_waives)
{
	waive(waivers[_i].person);
	if (waivers[_i].rc != RC_OK) {
		world_refused(waivers[_i].rc, waivers[_i].code, "");
		return;
	}
	world_done(200);
	ck_assert_int_eq(formality->state, FORMALITY_WAIVED);
	ck_assert_str_eq(world_field(world_event("formality.waived"), "reason"),
	    "the court has it");
	ck_assert_uint_eq(world_messages(MESSAGE_FORMALITY_UPDATED, BANK), 1);
	world_commit();
	waive(waivers[_i].person);
	world_refused(RC_CONFLICT, "move_not_allowed", "");
}
END_TEST

START_TEST(nobody_waives_what_their_own_request_owes)
{
	world_request()->requested_by = world_person(SUPERVISOR);
	waive(SUPERVISOR);
	world_refused(RC_FORBIDDEN, "own_request", "");
}
END_TEST

/* ---- what the desk learns */

START_TEST(requests_are_learnt_once)
{
	file(OFFICER);
	ck_assert(documents_learn(&world.command, &world.snapshot));
	ck_assert_uint_eq(world.command.file_document.learned.count, 1);
	ck_assert(!documents_learn(&world.command, &world.snapshot));
	world_done(201);
	world_commit();
	decide(DOCUMENT_DECIDE_VERIFIED, BANK_NODAL);
	ck_assert(documents_learn(&world.command, &world.snapshot));
	ck_assert(!documents_learn(&world.command, &world.snapshot));
	waive(SUPERVISOR);
	ck_assert(documents_learn(&world.command, &world.snapshot));
	world.command.waive_formality.formality = ids[2];
	world.command.waive_formality.learned.count = 0;
	ck_assert(!documents_learn(&world.command, &world.snapshot));
}
END_TEST

static void
add_filing_tests(TCase *tcase)
{
	tcase_add_test(tcase, filed_document_submits_its_formality);
	tcase_add_loop_test(
	    tcase, closed_formality_takes_no_document, 0, COUNT(closed));
	tcase_add_loop_test(tcase, picture_satisfies_nothing, 0, FORMAT_COUNT);
	tcase_add_test(tcase, formality_wants_its_own_kind_of_document);
	tcase_add_test(tcase, what_is_not_of_the_case_is_unknown);
	tcase_add_loop_test(
	    tcase, unit_files_on_its_own_cases, 0, COUNT(filers));
	tcase_add_test(tcase, institution_files_about_its_own_requests);
	tcase_add_test(tcase, what_was_never_sent_is_nobodys);
}

Suite *
documents_suite(void)
{
	Suite *suite = suite_create("documents");
	TCase *tcase = tcase_create("documents");

	tcase_add_checked_fixture(tcase, set_up, world_tear_down);
	add_filing_tests(tcase);
	tcase_add_loop_test(
	    tcase, decision_moves_document_and_formality, 0, COUNT(outcomes));
	tcase_add_loop_test(
	    tcase, who_must_rely_on_it_decides, 0, COUNT(deciders));
	tcase_add_test(tcase, order_is_verified_by_a_second_supervisor);
	tcase_add_test(tcase, unit_decides_on_an_institutions_document);
	tcase_add_test(tcase, decision_has_its_reasons);
	tcase_add_test(tcase, correction_takes_the_place_of_what_was_defective);
	tcase_add_loop_test(tcase, supervisor_waives, 0, COUNT(waivers));
	tcase_add_test(tcase, nobody_waives_what_their_own_request_owes);
	tcase_add_test(tcase, requests_are_learnt_once);
	suite_add_tcase(suite, tcase);
	return suite;
}
