/*
 * containment: what was held or came back of what was disputed.
 */
#include "test/unit/unit.h"

#include <string.h>

#include "hub/domain/containment.h"
#include "test/unit/world.h"

enum { ROWS = 4 };

#define HELD TARGET_HELD_FULL
#define PART TARGET_HELD_PARTIAL
#define GONE TARGET_NOT_HELD

/* One payment of 1,000 and its targets: state, asked, held, answer. */
static const struct {
	const char *name;
	struct {
		enum target_state state;
		int64_t asked, held;
		int code; /* 0: none */
	} targets[ROWS];
	int64_t all_asked, all_held, returned;
	int percent;
	enum case_outcome outcome;
} cases[] = {
	{ "nothing is asked", { { 0 } }, 0, 0, 0, 0, OUTCOME_DISSIPATED },
	{ "all is gone", { { GONE, 1000, 0, RESPONSE_OUT_ATM } }, 1000, 0, 0, 0,
	    OUTCOME_DISSIPATED },
	{ "all is held", { { HELD, 1000, 1000, 0 } }, 1000, 1000, 0, 100,
	    OUTCOME_CONTAINED_FULL },
	{ "a part is held", { { PART, 1000, 1, 0 } }, 1000, 1, 0, 0,
	    OUTCOME_CONTAINED_PARTIAL },
	{ "all but one unit", { { PART, 1000, 999, 0 } }, 1000, 999, 0, 99,
	    OUTCOME_CONTAINED_PARTIAL },
	{ "over two layers", { { PART, 1000, 400, 0 }, { HELD, 600, 600, 0 } },
	    1600, 1000, 0, 100, OUTCOME_CONTAINED_FULL },
	{ "attached and given back",
	    { { TARGET_ATTACHED, 1000, 300, 0 },
		{ TARGET_RESTORED, 700, 700, 0 } },
	    1700, 300, 700, 100, OUTCOME_CONTAINED_FULL },
	{ "back before anybody asked", { { GONE, 1000, 0, RESPONSE_REV_DONE } },
	    1000, 0, 1000, 100, OUTCOME_CONTAINED_FULL },
	{ "never credited is not back",
	    { { GONE, 1000, 0, RESPONSE_TXN_FAILED } }, 1000, 0, 0, 0,
	    OUTCOME_DISSIPATED },
	{ "let go again", { { TARGET_RELEASED, 1000, 0, 0 } }, 1000, 0, 0, 0,
	    OUTCOME_DISSIPATED },
	{ "what was not sent or was dropped counts for nothing",
	    { { TARGET_PROPOSED, 1000, 0, 0 }, { TARGET_CANCELLED, 9, 0, 0 },
		{ TARGET_SUPERSEDED, 1000, 0, 0 }, { PART, 1000, 500, 0 } },
	    1000, 500, 0, 50, OUTCOME_CONTAINED_PARTIAL },
	{ "refused", { { TARGET_REJECTED_FINAL, 1000, 0, 0 } }, 1000, 0, 0, 0,
	    OUTCOME_DISSIPATED },
	{ "blocked stops no money", { { TARGET_BLOCKED, 1000, 0, 0 } }, 1000, 0,
	    0, 0, OUTCOME_DISSIPATED },
	{ "more than disputed is all of it",
	    { { HELD, 1000, 1000, 0 }, { HELD, 1000, 1000, 0 } }, 2000, 2000, 0,
	    100, OUTCOME_CONTAINED_FULL },
};

/* The rows of a test. */
static struct txn txns[3];
static struct target targets[ROWS];
static const struct txn *txn_list[3];
static const struct target *target_list[ROWS];
static struct containment_rows rows;

static void
add_txn(int64_t minor, const char *currency)
{
	struct txn *txn = &txns[rows.txn_count];

	*txn = (struct txn){ .id = world_id(90, 1 + (int)rows.txn_count) };
	txn->money.minor = minor;
	memcpy(txn->money.currency, currency, sizeof(txn->money.currency));
	txn_list[rows.txn_count++] = txn;
}

static void
add_target(enum target_state state, int64_t asked, int64_t held, int code)
{
	struct target *target = &targets[rows.target_count];

	*target = (struct target){ .state = state,
		.requested = world_inr(asked),
		.held_minor = held,
		.response_code = code == 0 ? -1 : code,
		.queued_at = state == TARGET_PROPOSED ||
			state == TARGET_SUPERSEDED
		    ? 0
		    : 1 };
	target_list[rows.target_count++] = target;
}

static void
begin(void)
{
	rows = (struct containment_rows){ .loss = world_inr(5000),
		.txns = txn_list,
		.targets = target_list };
}

START_TEST(sums_percent_and_outcome_follow_the_targets)
{
	struct containment sums;

	begin();
	add_txn(1000, "INR");
	for (int i = 0; i < ROWS && cases[_i].targets[i].asked > 0; i++)
		add_target(cases[_i].targets[i].state,
		    cases[_i].targets[i].asked, cases[_i].targets[i].held,
		    cases[_i].targets[i].code);
	sums = containment_of(&rows, "INR");
	ck_assert_msg(sums.disputed == 1000 &&
		sums.asked == cases[_i].all_asked &&
		sums.held == cases[_i].all_held &&
		sums.returned == cases[_i].returned,
	    "%s", cases[_i].name);
	ck_assert_msg(containment_percent(&sums) == cases[_i].percent, "%s: %d",
	    cases[_i].name, containment_percent(&sums));
	ck_assert_msg(containment_outcome(&rows) == cases[_i].outcome, "%s: %s",
	    cases[_i].name,
	    words_name(&case_outcome_words, (int)containment_outcome(&rows)));
}
END_TEST

START_TEST(loss_is_disputed_where_no_payment_is_named)
{
	struct containment sums;

	begin();
	add_target(PART, 5000, 2500, 0);
	sums = containment_of(&rows, "INR");
	ck_assert_int_eq(sums.disputed, 5000);
	ck_assert_int_eq(containment_percent(&sums), 50);
	sums = containment_of(&rows, "USD");
	ck_assert_int_eq(sums.disputed, 0);
	ck_assert_int_eq(containment_percent(&sums), 0);
}
END_TEST

/* Hops that follow the first payment, and what a lead made, are the same
 * money. */
START_TEST(only_first_payments_are_disputed)
{
	begin();
	add_txn(1000, "INR");
	add_txn(800, "INR");
	txns[1].parent = txns[0].id;
	add_txn(700, "INR");
	add_target(HELD, 700, 700, 0);
	targets[0].txn = txns[2].id;
	ck_assert_int_eq(containment_of(&rows, "INR").disputed, 1700);
	targets[0].parent = world_id(91, 1);
	ck_assert_int_eq(containment_of(&rows, "INR").disputed, 1000);
}
END_TEST

START_TEST(each_currency_must_be_contained)
{
	begin();
	add_txn(1000, "INR");
	add_txn(1000, "USD");
	add_target(HELD, 1000, 1000, 0);
	ck_assert_int_eq(containment_outcome(&rows), OUTCOME_CONTAINED_PARTIAL);
	add_target(HELD, 1000, 1000, 0);
	memcpy(targets[1].requested.currency, "USD", 4);
	ck_assert_int_eq(containment_outcome(&rows), OUTCOME_CONTAINED_FULL);
	targets[0].state = targets[1].state = TARGET_RELEASED;
	targets[0].held_minor = targets[1].held_minor = 0;
	ck_assert_int_eq(containment_outcome(&rows), OUTCOME_DISSIPATED);
}
END_TEST

static const struct {
	enum target_state state;
	int64_t asked, held;
	enum restitution_state second; /* of 700; the first, of 300, is paid */
	int64_t all_asked, all_held, returned;
	enum case_outcome outcome;
} paid_back[] = {
	{ TARGET_RESTORED, 700, 0, RESTITUTION_PAID, 1000, 0, 1000,
	    OUTCOME_CONTAINED_FULL },
	{ HELD, 700, 700, RESTITUTION_ORDERED, 1000, 700, 300,
	    OUTCOME_CONTAINED_FULL },
	{ HELD, 700, 700, RESTITUTION_FAILED, 1000, 700, 300,
	    OUTCOME_CONTAINED_FULL },
	{ TARGET_RELEASED, 700, 0, RESTITUTION_FAILED, 1000, 0, 300,
	    OUTCOME_CONTAINED_PARTIAL },
};

START_TEST(what_was_paid_is_returned_and_was_asked)
{
	struct restitution restitutions[] = {
		{ .state = RESTITUTION_PAID,
		    .amount = { 300, "INR" },
		    .ended_at = 1 },
		{ .state = paid_back[_i].second,
		    .amount = { 700, "INR" },
		    .ended_at = 2 },
	};
	const struct restitution *list[] = { &restitutions[0],
		&restitutions[1] };
	struct containment sums;

	begin();
	add_txn(1000, "INR");
	add_target(
	    paid_back[_i].state, paid_back[_i].asked, paid_back[_i].held, 0);
	rows.restitutions = list;
	rows.restitution_count = COUNT(list);
	sums = containment_of(&rows, "INR");
	ck_assert_int_eq(sums.asked, paid_back[_i].all_asked);
	ck_assert_int_eq(sums.held, paid_back[_i].all_held);
	ck_assert_int_eq(sums.returned, paid_back[_i].returned);
	ck_assert_int_eq(containment_outcome(&rows), paid_back[_i].outcome);
	ck_assert_int_eq(containment_of(&rows, "USD").returned, 0);
}
END_TEST

START_TEST(huge_sums_have_a_percentage)
{
	struct containment sums = { .disputed = INT64_MAX, .held = INT64_MAX };

	ck_assert_int_eq(containment_percent(&sums), 100);
	sums.returned = INT64_MAX;
	ck_assert_int_eq(containment_percent(&sums), 100);
	sums.held = INT64_MAX / 2;
	sums.returned = 0;
	ck_assert_int_ge(containment_percent(&sums), 49);
	ck_assert_int_le(containment_percent(&sums), 50);
}
END_TEST

Suite *
containment_suite(void)
{
	Suite *suite = suite_create("containment");
	TCase *tcase = tcase_create("containment");

	tcase_add_loop_test(tcase, sums_percent_and_outcome_follow_the_targets,
	    0, COUNT(cases));
	tcase_add_loop_test(tcase, what_was_paid_is_returned_and_was_asked, 0,
	    (int)COUNT(paid_back));
	tcase_add_test(tcase, loss_is_disputed_where_no_payment_is_named);
	tcase_add_test(tcase, only_first_payments_are_disputed);
	tcase_add_test(tcase, each_currency_must_be_contained);
	tcase_add_test(tcase, huge_sums_have_a_percentage);
	suite_add_tcase(suite, tcase);
	return suite;
}
