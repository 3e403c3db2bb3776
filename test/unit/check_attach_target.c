/*
 * attach_target: a court's order keeps what is held until its own end.
 */
#include "test/unit/unit.h"

#include "test/unit/way_back.h"

/* ---- attachment */

START_TEST(court_attaches_what_is_held)
{
	enum target_state state = (enum target_state)_i;
	bool is_held = state == TARGET_HELD_FULL ||
	    state == TARGET_HELD_PARTIAL || state == TARGET_ATTACHED;

	way_back_target = world_target(2, state);
	if (state == TARGET_ATTACHED)
		way_back_target->expires_at = world.now + WORLD_DAY;
	way_back_attach(OFFICER);
	if (!is_held) {
		world_refused(RC_CONFLICT, "move_not_allowed", "");
		return;
	}
	world_done(200);
	ck_assert_int_eq(way_back_target->state, TARGET_ATTACHED);
	ck_assert_int_eq(
	    way_back_target->expires_at, world.now + 100 * WORLD_DAY);
	ck_assert_uint_eq(world_messages(MESSAGE_HOLD_ATTACHED, BANK), 1);
	ck_assert_uint_eq(world.effects.attachment_count, 1);
	ck_assert_int_eq(world.effects.messages[0].priority, 0);
}
END_TEST

static const struct {
	const char *basis;
	int days;
	enum person person;
	enum rc rc;
	const char *code, *pointer;
} wrong_attachments[] = {
	{ "NCRP_ACK", 9, OFFICER, RC_INVALID, "not_an_order", "/basis" },
	{ "BNSS_106", 9, OFFICER, RC_INVALID, "not_an_order", "/basis" },
	{ "CRPC_102", 9, OFFICER, RC_INVALID, "unknown_basis", "/basis" },
	{ "KZ_SANCTION", 9, OFFICER, RC_INVALID, "unknown_basis", "/basis" },
	{ "", 9, OFFICER, RC_INVALID, "unknown_basis", "/basis" },
	{ "BNSS_107", 0, OFFICER, RC_INVALID, "expiry_out_of_range",
	    "/expires_at" },
	{ "BNSS_107", -1, OFFICER, RC_INVALID, "expiry_out_of_range",
	    "/expires_at" },
	{ "BNSS_107", 3661, OFFICER, RC_INVALID, "expiry_out_of_range",
	    "/expires_at" },
	{ "BNSS_107", 9, STATE_OFFICER, RC_MISSING, "not_found", "" },
	{ "BNSS_107", 9, NEIGHBOUR_SUPERVISOR, RC_MISSING, "not_found", "" },
	{ "BNSS_107", 9, BANK_NODAL, RC_FORBIDDEN, "role_not_allowed", "" },
	{ "BNSS_107", 9, BANK_SERVICE, RC_FORBIDDEN, "role_not_allowed", "" },
	{ "BNSS_107", 9, AUDITOR, RC_FORBIDDEN, "role_not_allowed", "" },
	{ "BNSS_107", 9, ADMIN, RC_FORBIDDEN, "role_not_allowed", "" },
};

START_TEST(wrong_attachment_is_refused)
{
	struct command *command = way_back_attach(wrong_attachments[_i].person);

	command->attach.basis = wrong_attachments[_i].basis;
	command->attach.expires_at = world.now +
	    wrong_attachments[_i].days * WORLD_DAY;
	world_refused(wrong_attachments[_i].rc, wrong_attachments[_i].code,
	    wrong_attachments[_i].pointer);
}
END_TEST

START_TEST(attachment_outlasts_the_hold_and_ends_with_the_order)
{
	way_back_attach(OFFICER);
	world_done(200);
	world_commit();
	world.now += 99 * WORLD_DAY;
	way_back_pass(&way_back_target->id, DEADLINE_HOLD);
	world_done(200);
	ck_assert_int_eq(way_back_target->state, TARGET_ATTACHED);
	world_commit();
	world.now += WORLD_DAY;
	way_back_pass(&way_back_target->id, DEADLINE_HOLD);
	world_done(200);
	ck_assert_int_eq(way_back_target->state, TARGET_RELEASE_PENDING);
	ck_assert_uint_eq(world_messages(MESSAGE_RELEASE_ORDERED, BANK), 1);
}
END_TEST

/* ---- the paper of the order */

static const struct {
	const char *type;
	enum document_state state;
	bool is_about, is_there;
	const char *code; /* NULL: it is taken */
} papers[] = {
	{ "ATTACHMENT_ORDER", DOCUMENT_VERIFIED, true, true, NULL },
	{ "ORDER", DOCUMENT_VERIFIED, true, true, NULL },
	{ "ATTACHMENT_ORDER", DOCUMENT_FILED, true, true,
	    "document_not_verified" },
	{ "ATTACHMENT_ORDER", DOCUMENT_DEFECTIVE, true, true,
	    "document_not_verified" },
	{ "ATTACHMENT_ORDER", DOCUMENT_REJECTED, true, true,
	    "document_not_verified" },
	{ "FIR", DOCUMENT_VERIFIED, true, true, "not_an_order" },
	{ "ATTACHMENT_ORDER", DOCUMENT_VERIFIED, false, true,
	    "unknown_document" },
	{ "ATTACHMENT_ORDER", DOCUMENT_VERIFIED, true, false,
	    "unknown_document" },
};

static void
name_paper(int row, struct id *named)
{
	static struct id about;
	struct document *document = snapshot_add_document(&world.snapshot);

	about = papers[row].is_about ? world_request_id() : world_id(99, 1);
	document->id = world_id(77, 1);
	document->case_id = world_case_id();
	document->type = papers[row].type;
	document->state = papers[row].state;
	document->requests = &about;
	document->request_count = 1;
	*named = papers[row].is_there ? document->id : world_id(77, 2);
}

static void
expect_paper(int row)
{
	if (papers[row].code == NULL)
		world_done(200);
	else
		world_refused(RC_INVALID, papers[row].code, "/document");
}

START_TEST(paper_of_an_attachment_is_a_verified_order)
{
	name_paper(_i, &way_back_attach(OFFICER)->attach.document);
	expect_paper(_i);
}
END_TEST

START_TEST(paper_of_a_restitution_is_a_verified_order)
{
	struct restitution *restitution = way_back_proposed(100000);

	name_paper(
	    _i, &way_back_order(SUPERVISOR, restitution)->order.document);
	expect_paper(_i);
}
END_TEST

START_TEST(attachment_overtakes_a_reduction)
{
	way_back_target->reduce_to_minor = 40000;
	way_back_attach(SUPERVISOR);
	world_done(200);
	ck_assert_int_eq(way_back_target->reduce_to_minor, 0);
	ck_assert_int_eq(way_back_target->held_minor, 100000);
}
END_TEST

Suite *
attach_target_suite(void)
{
	Suite *suite = suite_create("attach_target");
	TCase *tcase = tcase_create("attach_target");

	tcase_add_checked_fixture(tcase, way_back_set_up, world_tear_down);
	tcase_add_loop_test(
	    tcase, court_attaches_what_is_held, 0, TARGET_STATE_COUNT);
	tcase_add_loop_test(tcase, wrong_attachment_is_refused, 0,
	    (int)COUNT(wrong_attachments));
	tcase_add_test(
	    tcase, attachment_outlasts_the_hold_and_ends_with_the_order);
	tcase_add_test(tcase, attachment_overtakes_a_reduction);
	tcase_add_loop_test(tcase, paper_of_an_attachment_is_a_verified_order,
	    0, (int)COUNT(papers));
	tcase_add_loop_test(tcase, paper_of_a_restitution_is_a_verified_order,
	    0, (int)COUNT(papers));
	suite_add_tcase(suite, tcase);
	return suite;
}
