/*
 * surplus: what is held beyond what was disputed is ordered away at the
 * earlier hop, in the transaction of the hold that made it too much.
 */
#include "test/unit/unit.h"

#include "hub/service/surplus.h"
#include "test/unit/answer.h"

enum { HOPS = 4, KIND_OF_TXN = 90 };

/* A hop of a tree: target n + 1; `parent` 0: the payment itself. */
struct hop {
	int parent;
	enum target_state state;
	int64_t asked, held;
	int64_t left; /* after the orders */
	enum target_state state_left;
};

#define FULL TARGET_HELD_FULL
#define PART TARGET_HELD_PARTIAL
#define LEAVING TARGET_RELEASE_PENDING

/* One payment of 1,000.00; the last hop with something asked answered. */
static const struct {
	const char *name;
	struct hop hops[HOPS];
	int64_t kept; /* surplus that nobody may let go */
} trees[] = {
	{ "nothing is over",
	    { { 0, PART, 1000, 400, 400, PART },
		{ 1, FULL, 600, 600, 600, FULL } },
	    0 },
	{ "one unit too much",
	    { { 0, PART, 1000, 401, 400, PART },
		{ 1, FULL, 600, 600, 600, FULL } },
	    0 },
	{ "all of the earlier hold is surplus",
	    { { 0, FULL, 1000, 1000, 0, LEAVING },
		{ 1, FULL, 1000, 1000, 1000, FULL } },
	    0 },
	{ "over several hops, the earliest first",
	    { { 0, PART, 1000, 300, 0, LEAVING },
		{ 1, PART, 1000, 400, 200, PART },
		{ 2, FULL, 800, 800, 800, FULL } },
	    0 },
	{ "two ends of a fork",
	    { { 0, PART, 1000, 500, 100, PART },
		{ 1, FULL, 300, 300, 300, FULL },
		{ 1, FULL, 600, 600, 600, FULL } },
	    0 },
	{ "a hop that is let go counts no more",
	    { { 0, LEAVING, 1000, 1000, 1000, LEAVING },
		{ 1, FULL, 1000, 1000, 1000, FULL } },
	    0 },
	{ "what a court attached stays, the next hop lets go",
	    { { 0, TARGET_ATTACHED, 1000, 700, 700, TARGET_ATTACHED },
		{ 1, FULL, 1000, 1000, 300, FULL } },
	    0 },
	{ "what courts attached stays, and people are told",
	    { { 0, TARGET_ATTACHED, 1000, 700, 700, TARGET_ATTACHED },
		{ 1, TARGET_ATTACHED, 1000, 600, 600, TARGET_ATTACHED },
		{ 2, FULL, 1000, 100, 0, LEAVING } },
	    300 },
	{ "what was not held has nothing to let go",
	    { { 0, TARGET_NOT_HELD, 1000, 0, 0, TARGET_NOT_HELD },
		{ 1, FULL, 1000, 1000, 1000, FULL } },
	    0 },
};

static struct target *
add_hop(const struct hop *hop, int number, const struct txn *txn)
{
	struct target *target = world_target(number, hop->state);

	target->txn = txn->id;
	if (hop->parent != 0) {
		const struct target *parent =
		    world.snapshot.targets[hop->parent - 1];

		target->parent = parent->id;
		target->layer = parent->layer + 1;
	}
	target->requested = world_inr(hop->asked);
	target->held_minor = hop->held;
	return target;
}

static struct txn *
add_payment(int number, int64_t minor)
{
	struct txn *txn = snapshot_add_txn(&world.snapshot);

	txn->id = world_id(KIND_OF_TXN, number);
	txn->case_id = world_case_id();
	txn->mcc = "";
	txn->money = world_inr(minor);
	txn->is_open = true;
	return txn;
}

static int64_t
left_of(const struct target *target)
{
	if (target->state == LEAVING && target->row.is_dirty)
		return 0;
	return target->reduce_to_minor != 0 ? target->reduce_to_minor
					    : target->held_minor;
}

static size_t
build(int n)
{
	const struct txn *txn = add_payment(1, 1000);
	size_t count = 0;

	while (count < HOPS && trees[n].hops[count].asked > 0) {
		(void)add_hop(&trees[n].hops[count], (int)count + 1, txn);
		count++;
	}
	return count;
}

START_TEST(surplus_is_ordered_away_at_the_earlier_hop)
{
	size_t count = build(_i), orders = 0;

	(void)world_command(COMMAND_RESPOND, BANK_NODAL);
	surplus_order(
	    &world.command, &world.effects, world.snapshot.targets[count - 1]);
	for (size_t i = 0; i < count; i++) {
		const struct target *target = world.snapshot.targets[i];
		const struct hop *hop = &trees[_i].hops[i];

		ck_assert_msg(left_of(target) == hop->left &&
			target->state == hop->state_left,
		    "%s: hop %zu is left with %lld", trees[_i].name, i,
		    (long long)left_of(target));
		orders += hop->left != hop->held;
	}
	ck_assert_uint_eq(world_messages(MESSAGE_HOLD_REDUCE, BANK) +
		world_messages(MESSAGE_RELEASE_ORDERED, BANK),
	    orders);
	ck_assert_uint_eq(
	    world_events("target.surplus_kept"), trees[_i].kept > 0);
}
END_TEST

/* Twice the same: what is ordered already is not ordered again. */
START_TEST(an_order_that_is_out_is_not_repeated)
{
	size_t count = build(_i), messages;

	(void)world_command(COMMAND_RESPOND, BANK_NODAL);
	surplus_order(
	    &world.command, &world.effects, world.snapshot.targets[count - 1]);
	messages = world.effects.message_count;
	surplus_order(
	    &world.command, &world.effects, world.snapshot.targets[count - 1]);
	ck_assert_uint_eq(world.effects.message_count, messages);
}
END_TEST

START_TEST(two_answers_of_one_batch_see_each_other)
{
	const struct txn *txn = add_payment(1, 100000);
	const struct hop hop = { 0, TARGET_ACKNOWLEDGED, 100000, 0, 0, 0 };
	struct target *first = add_hop(&hop, 1, txn);
	struct target *second = add_hop(&hop, 2, txn);

	second->dedupe_hash[5] = 1;
	(void)answer_begin(RESPONSE_HLD_PART, BANK_NODAL, first);
	world_done(201);
	ck_assert_uint_eq(world_messages(MESSAGE_HOLD_REDUCE, BANK), 0);
	(void)answer_begin(RESPONSE_HLD_FULL, BANK_NODAL, second);
	world_done(201);
	ck_assert_int_eq(first->state, TARGET_RELEASE_PENDING);
	ck_assert_int_eq(second->held_minor, 100000);
	ck_assert_uint_eq(world_messages(MESSAGE_RELEASE_ORDERED, BANK), 1);
}
END_TEST

START_TEST(more_found_lowers_an_order_that_is_out)
{
	const struct txn *txn = add_payment(1, 1000);
	const struct hop first = { 0, FULL, 1000, 1000, 0, 0 };
	const struct hop later = { 1, PART, 1000, 300, 0, 0 };
	struct target *target = add_hop(&first, 1, txn), *next;

	next = add_hop(&later, 2, txn);
	(void)world_command(COMMAND_RESPOND, BANK_NODAL);
	surplus_order(&world.command, &world.effects, next);
	ck_assert_int_eq(target->reduce_to_minor, 700);
	next->held_minor = 450;
	surplus_order(&world.command, &world.effects, next);
	ck_assert_int_eq(target->reduce_to_minor, 550);
	ck_assert_int_eq(target->held_minor, 1000);
	ck_assert_str_eq(
	    world_field(world_event("target.reduction_ordered"), "reason"),
	    "surplus");
}
END_TEST

START_TEST(officer_does_not_take_a_surplus_order_back)
{
	struct target *target = world_target(1, TARGET_HELD_FULL);
	struct command *command;

	target->reduce_to_minor = 20000;
	command = world_command(COMMAND_REDUCE_TARGET, OFFICER);
	command->reduce.target = target->id;
	command->reduce.amount = world_inr(20001);
	command->reduce.reason = "x";
	world_refused(
	    RC_CONFLICT, "reduction_ordered_already", "/amount/amount");
	command->reduce.amount = world_inr(19999);
	world_done(200);
}
END_TEST

/* Of other money: another payment, another currency, another case. */
START_TEST(other_money_is_no_surplus)
{
	const struct hop hop = { 0, FULL, 1000, 1000, 0, 0 };
	struct target *one = add_hop(&hop, 1, add_payment(1, 1000));
	struct target *other = add_hop(&hop, 2, add_payment(2, 1000));

	if (_i == 1) {
		other->txn = one->txn;
		memcpy(other->requested.currency, "USD", 4);
	}
	if (_i == 2) {
		other->txn = one->txn;
		other->case_id = world_id(91, 1);
	}
	(void)world_command(COMMAND_RESPOND, BANK_NODAL);
	surplus_order(&world.command, &world.effects, one);
	ck_assert_uint_eq(world.effects.event_count, 0);
	ck_assert_uint_eq(world.effects.message_count, 0);
}
END_TEST

/* A target without a payment may hold what was lost. */
START_TEST(loss_is_the_limit_where_no_payment_is_named)
{
	struct target *target = world_target(1, TARGET_HELD_FULL);

	world_case()->loss = world_inr(target->held_minor - _i);
	(void)world_command(COMMAND_RESPOND, BANK_NODAL);
	surplus_order(&world.command, &world.effects, target);
	ck_assert_int_eq(
	    target->reduce_to_minor, _i == 0 ? 0 : target->held_minor - _i);
}
END_TEST

Suite *
surplus_suite(void)
{
	Suite *suite = suite_create("surplus");
	TCase *tcase = tcase_create("surplus");

	tcase_add_checked_fixture(tcase, world_set_up, world_tear_down);
	tcase_add_loop_test(
	    tcase, surplus_is_ordered_away_at_the_earlier_hop, 0, COUNT(trees));
	tcase_add_loop_test(
	    tcase, an_order_that_is_out_is_not_repeated, 0, COUNT(trees));
	tcase_add_test(tcase, two_answers_of_one_batch_see_each_other);
	tcase_add_test(tcase, more_found_lowers_an_order_that_is_out);
	tcase_add_test(tcase, officer_does_not_take_a_surplus_order_back);
	tcase_add_loop_test(tcase, other_money_is_no_surplus, 0, 3);
	tcase_add_loop_test(
	    tcase, loss_is_the_limit_where_no_payment_is_named, 0, 3);
	suite_add_tcase(suite, tcase);
	return suite;
}
