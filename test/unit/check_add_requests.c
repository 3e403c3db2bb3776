/*
 * add_requests: further requests of a case obey the rules of its first ones,
 * and their sum counts with what it asks for already.
 */
#include "test/unit/unit.h"

#include <string.h>

#include "test/unit/submit_draft.h"

#define ADD world.command.submit
#define TARGET submit_draft.targets[0][0]

/* One target about a payment that comes with it. */
static struct submit_case *
add(enum person person)
{
	struct submit_case *submit = submit_draft_begin(person);

	world.command.kind = COMMAND_ADD_REQUESTS;
	submit->is_addition = true;
	submit->into = world_case_id();
	submit->txn_count = 1;
	submit_draft_request(0, 1);
	return submit;
}

/* A payment that the case has, of 1,000.00 INR. */
static struct txn *
standing_txn(void)
{
	struct txn *txn = snapshot_add_txn(&world.snapshot);

	txn->id = world_id(98, 1);
	txn->case_id = world_case_id();
	txn->position = 4;
	txn->layer = 1;
	txn->mcc = "";
	txn->money = world_inr(100000);
	txn->at = world.now - 30 * WORLD_HOUR;
	return txn;
}

static const struct freeze_request *
added(void)
{
	return world.snapshot.requests[world.snapshot.request_count - 1];
}

START_TEST(request_is_issued_behind_those_that_are_there)
{
	const struct target *target;

	(void)standing_txn();
	add(SECOND_OFFICER);
	world_done(201);
	ck_assert_int_eq(added()->state, REQUEST_ISSUED);
	ck_assert_int_eq(added()->position, 1);
	ck_assert(id_equal(&added()->case_id, &world.reply.case_id));
	ck_assert_int_eq(world.reply.first_request, 1);
	ck_assert_int_eq(world.reply.first_txn, 5);
	ck_assert_int_eq(
	    world.snapshot.txns[world.snapshot.txn_count - 1]->position, 5);
	target = world.snapshot.targets[world.snapshot.target_count - 1];
	ck_assert_int_eq(target->state, TARGET_QUEUED);
	ck_assert_int_eq(target->position, COMMAND_TARGET_LIMIT);
	ck_assert_uint_eq(world_messages(MESSAGE_FREEZE_REQUESTED, BANK), 1);
	ck_assert_uint_eq(world_events("case.requests_added"), 1);
	ck_assert_uint_eq(world.snapshot.case_count, 1);
}
END_TEST

START_TEST(standing_payment_may_be_named)
{
	const struct txn *txn = standing_txn();
	struct submit_case *submit = add(OFFICER);

	submit->txn_count = 0;
	TARGET.txn = -1;
	TARGET.has_txn_id = true;
	TARGET.txn_id = txn->id;
	world_done(201);
	ck_assert(id_equal(
	    &world.snapshot.targets[world.snapshot.target_count - 1]->txn,
	    &txn->id));
}
END_TEST

START_TEST(validated_case_is_dispatched_by_it)
{
	world_case()->state = CASE_VALIDATED;
	add(OFFICER);
	world_done(201);
	ck_assert_int_eq(world_case()->state, CASE_DISPATCHED);
}
END_TEST

START_TEST(second_live_target_is_superseded)
{
	const struct target *first = world_target(1, TARGET_SENT);

	add(OFFICER);
	memcpy(TARGET.dedupe_hash, first->dedupe_hash, COMMAND_HASH_SIZE);
	world_done(201);
	ck_assert_int_eq(world.snapshot.targets[1]->state, TARGET_SUPERSEDED);
	ck_assert(
	    id_equal(&world.snapshot.targets[1]->duplicate_of, &first->id));
}
END_TEST

START_TEST(new_payment_raises_the_priority)
{
	world_case()->priority = PRIORITY_P3;
	add(OFFICER);
	submit_draft.txns[0].at = world.now - WORLD_HOUR;
	world_done(201);
	ck_assert_int_eq(world_case()->priority, PRIORITY_P1);
	ck_assert_int_eq(added()->priority, PRIORITY_P1);
	ck_assert_str_eq(
	    world_field(world_event("case.requests_added"), "priority"), "p1");
}
END_TEST

START_TEST(old_payment_lowers_no_priority)
{
	world_case()->priority = PRIORITY_P1;
	world_case()->occurred_at = world.now - 90 * WORLD_DAY;
	add(OFFICER);
	submit_draft.txns[0].at = world.now - 90 * WORLD_DAY;
	world_done(201);
	ck_assert_int_eq(world_case()->priority, PRIORITY_P1);
}
END_TEST

/* ---- the sum: INR 5,000,000.00 and above wait for a second person */

enum { LIMIT = 500000000 };

/* What is asked already of a payment (-1: of none), and what comes. */
static const struct {
	int64_t standing, coming;
	enum target_state state;
	bool same_payment, is_hop, waits;
} sums[] = {
	{ 0, LIMIT, TARGET_SENT, false, false, false },
	{ 1, LIMIT, TARGET_SENT, false, false, true },
	{ LIMIT, 1, TARGET_HELD_FULL, false, false, true },
	{ LIMIT / 2, LIMIT / 2, TARGET_SENT, false, false, false },
	{ LIMIT / 2, LIMIT / 2 + 1, TARGET_SENT, false, false, true },
	/* One payment counts once. */
	{ LIMIT, 1, TARGET_SENT, true, false, false },
	{ LIMIT / 2, LIMIT, TARGET_SENT, true, false, false },
	/* What is over, and what is a hop of the same money, does not. */
	{ LIMIT, 1, TARGET_CANCELLED, false, false, false },
	{ LIMIT, 1, TARGET_SUPERSEDED, false, false, false },
	{ LIMIT, 1, TARGET_SENT, false, true, false },
};

START_TEST(sum_of_all_calls_counts)
{
	struct txn *txn = standing_txn();
	struct target *target = world_target(1, sums[_i].state);
	struct submit_case *submit;

	txn->money.minor = LIMIT;
	target->txn = txn->id;
	target->requested.minor = sums[_i].standing;
	if (target_state_is_held(target->state))
		target->held_minor = sums[_i].standing;
	if (sums[_i].is_hop)
		target->parent = world_id(97, 1);
	submit = add(OFFICER);
	submit_draft.txns[0].money.minor = LIMIT + 1;
	TARGET.amount.minor = sums[_i].coming;
	if (sums[_i].same_payment) {
		submit->txn_count = 0;
		TARGET.txn = -1;
		TARGET.has_txn_id = true;
		TARGET.txn_id = txn->id;
	}
	world_done(201);
	ck_assert_int_eq(added()->state,
	    sums[_i].waits ? REQUEST_PENDING_APPROVAL : REQUEST_ISSUED);
}
END_TEST

START_TEST(large_loss_waits_whatever_is_asked)
{
	world_case()->loss.minor = LIMIT + 1;
	add(OFFICER);
	world_done(201);
	ck_assert_int_eq(added()->state, REQUEST_PENDING_APPROVAL);
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

START_TEST(only_its_unit_adds)
{
	add(strangers[_i].person);
	world_refused(strangers[_i].rc, strangers[_i].code, "");
}
END_TEST

START_TEST(only_an_open_case_is_added_to)
{
	enum case_state state = (enum case_state)_i;

	world_case()->state = state;
	add(OFFICER);
	if (state == CASE_VALIDATED || state == CASE_DISPATCHED ||
	    state == CASE_IN_PROGRESS)
		world_done(201);
	else
		world_refused(RC_CONFLICT, "case_not_open", "");
}
END_TEST

/* ---- wrong: each bends the right call in one place */

#define BEND(name, ...)        \
	static void name(void) \
	{                      \
		__VA_ARGS__;   \
	}

static void
name_txn(const struct id *id)
{
	TARGET.txn = -1;
	TARGET.has_txn_id = true;
	TARGET.txn_id = *id;
}

static void
of_no_case(void)
{
	struct id id = world_id(98, 9);

	name_txn(&id);
}

static void
of_another_case(void)
{
	struct txn *txn = standing_txn();

	txn->case_id = world_id(97, 7);
	name_txn(&txn->id);
}

static void
more_than_it_moved(void)
{
	name_txn(&standing_txn()->id);
	TARGET.amount.minor = 100001;
}

static void
in_another_currency(void)
{
	name_txn(&standing_txn()->id);
	TARGET.amount = (struct money){ 5, "USD" };
}

static void
full_case(void)
{
	for (int i = 0; i < 63; i++) {
		struct freeze_request *request = snapshot_add_request(
		    &world.snapshot);

		*request = *world_request();
		request->id = world_id(96, i);
	}
}

BEND(no_such_case, ADD.into = world_id(97, 8))
BEND(in_future, submit_draft.txns[0].at = world.now + WORLD_HOUR)
BEND(unknown_basis, submit_draft.requests[0].basis = "BNSS_1")
BEND(too_wide, submit_draft.requests[0].scope = SCOPE_ACCOUNT)
BEND(too_late, submit_draft.requests[0].expires_at = world.now + 91 * WORLD_DAY)
BEND(more_than_the_payment, TARGET.amount.minor = 100001)
BEND(unknown_bank, memcpy(TARGET.identifier.qualifier, "QQQQ", 4))
BEND(mute_bank, TARGET.identifier = world_account(MUTE_BANK, 1))
BEND(twice, submit_draft_request(0, 2); submit_draft.targets[0][1].txn = 0;
     memcpy(submit_draft.targets[0][1].dedupe_hash, TARGET.dedupe_hash, 32))

static const struct {
	void (*bend)(void);
	enum rc rc;
	const char *code, *pointer;
} wrong[] = {
	{ no_such_case, RC_MISSING, "not_found", "" },
	{ of_no_case, RC_INVALID, "unknown_transaction",
	    "/requests/0/targets/0/transaction" },
	{ of_another_case, RC_INVALID, "unknown_transaction",
	    "/requests/0/targets/0/transaction" },
	{ more_than_it_moved, RC_INVALID, "more_than_disputed",
	    "/requests/0/targets/0/amount/amount" },
	{ in_another_currency, RC_INVALID, "other_currency",
	    "/requests/0/targets/0/amount/currency" },
	{ full_case, RC_CONFLICT, "case_full", "" },
	{ in_future, RC_INVALID, "in_future", "/transactions/0/at" },
	{ unknown_basis, RC_INVALID, "unknown_basis", "/requests/0/basis" },
	{ too_wide, RC_INVALID, "scope_too_wide", "/requests/0/scope" },
	{ too_late, RC_INVALID, "expiry_out_of_range",
	    "/requests/0/expires_at" },
	{ more_than_the_payment, RC_INVALID, "more_than_disputed",
	    "/requests/0/targets/0/amount/amount" },
	{ unknown_bank, RC_INVALID, "unknown_bank",
	    "/requests/0/targets/0/identifier/ifsc" },
	{ mute_bank, RC_INVALID, "institution_not_active",
	    "/requests/0/targets/0/institution" },
	{ twice, RC_INVALID, "target_twice", "/requests/0/targets/1" },
};

START_TEST(what_is_wrong_is_refused_with_its_place)
{
	add(OFFICER);
	wrong[_i].bend();
	world_refused(wrong[_i].rc, wrong[_i].code, wrong[_i].pointer);
}
END_TEST

Suite *
add_requests_suite(void)
{
	Suite *suite = suite_create("add_requests");
	TCase *tests = tcase_create("add_requests");

	tcase_add_checked_fixture(tests, world_set_up, world_tear_down);
	tcase_add_test(tests, request_is_issued_behind_those_that_are_there);
	tcase_add_test(tests, standing_payment_may_be_named);
	tcase_add_test(tests, validated_case_is_dispatched_by_it);
	tcase_add_test(tests, second_live_target_is_superseded);
	tcase_add_test(tests, new_payment_raises_the_priority);
	tcase_add_test(tests, old_payment_lowers_no_priority);
	tcase_add_loop_test(tests, sum_of_all_calls_counts, 0, COUNT(sums));
	tcase_add_test(tests, large_loss_waits_whatever_is_asked);
	tcase_add_loop_test(tests, only_its_unit_adds, 0, COUNT(strangers));
	tcase_add_loop_test(
	    tests, only_an_open_case_is_added_to, 0, CASE_STATE_COUNT);
	tcase_add_loop_test(
	    tests, what_is_wrong_is_refused_with_its_place, 0, COUNT(wrong));
	suite_add_tcase(suite, tests);
	return suite;
}
