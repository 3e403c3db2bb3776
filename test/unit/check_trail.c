/*
 * trail: nodes, edges and sums of a case's money, from its rows alone.
 */
#include "test/unit/unit.h"

#include <stdio.h>

#include "hub/base/common.h"
#include "hub/domain/trail.h"

enum { ARENA = 1 << 20, ROWS = 8 };

/* A case of one payment of 700 from a VPA, one target asked about it. */
static struct arena *arena;
static struct txn txns[ROWS];
static struct target targets[ROWS];
static struct lead_row leads[ROWS];
static struct trail_rows rows;
static struct trail trail;

static struct id
id_of(uint8_t kind, uint8_t n)
{
	struct id id = { .bytes = { kind, n } };

	return id;
}

static struct identifier
account(const char *value)
{
	struct identifier identifier = { .type = IDENTIFIER_UPI_VPA };

	(void)snprintf(identifier.value, sizeof(identifier.value), "%s", value);
	return identifier;
}

static struct txn *
add_txn(uint8_t n, uint8_t parent, int layer, int64_t minor)
{
	struct txn *txn = &txns[rows.txn_count++];

	txn->id = id_of(1, n);
	if (parent > 0)
		txn->parent = id_of(1, parent);
	txn->layer = layer;
	txn->money = (struct money){ minor, "INR" };
	txn->at = 1000 + n;
	return txn;
}

static struct target *
add_target(uint8_t n, uint8_t parent, uint8_t txn, int64_t minor)
{
	struct target *target = &targets[rows.target_count++];

	target->id = id_of(2, n);
	if (parent > 0)
		target->parent = id_of(2, parent);
	if (txn > 0)
		target->txn = id_of(1, txn);
	target->layer = parent > 0 ? 2 : 1;
	target->requested = (struct money){ minor, "INR" };
	target->response_code = -1;
	target->state = TARGET_DELIVERED;
	target->identifier = account("x@deccan");
	target->identifier.value[0] = (char)('a' + n);
	return target;
}

static struct lead_row *
add_lead(uint8_t target, uint8_t child, enum response_code code, int64_t minor)
{
	struct lead_row *lead = &leads[rows.lead_count++];

	lead->target = id_of(2, target);
	if (child > 0)
		lead->child = id_of(2, child);
	lead->code = code;
	lead->money = (struct money){ minor, "INR" };
	lead->created_at = 5000;
	return lead;
}

static void
answer(struct target *target, enum target_state state, enum response_code code,
    int64_t held)
{
	target->state = state;
	target->response_code = (int)code;
	target->held_minor = held;
	target->answered_at = 5000;
}

static void
begin(void)
{
	struct txn *first;

	memset(txns, 0, sizeof(txns));
	memset(targets, 0, sizeof(targets));
	memset(leads, 0, sizeof(leads));
	rows = (struct trail_rows){ { 700, "INR" }, txns, targets, leads, 0, 0,
		0 };
	arena = arena_new(ARENA);
	first = add_txn(1, 0, 1, 700);
	first->has_from = true;
	first->from = account("victim@deccan");
	(void)add_target(1, 0, 1, 700);
}

static void
end(void)
{
	arena_free(arena);
}

static void
build(void)
{
	struct err err;

	ck_assert_int_eq(trail_build(&rows, arena, &trail, &err), RC_OK);
}

static void
expect_sum(const struct trail_sum *sum, int layer,
    const int64_t expected[TRAIL_PART_COUNT])
{
	ck_assert_int_eq(sum->layer, layer);
	ck_assert_str_eq(sum->currency, "INR");
	for (int i = 0; i < TRAIL_PART_COUNT; i++)
		ck_assert_msg(sum->minor[i] == expected[i],
		    "layer %d, %s: %lld", layer,
		    words_name(&trail_part_words, i), (long long)sum->minor[i]);
}

static const struct trail_edge *
edge_to(size_t node)
{
	for (size_t i = 0; i < trail.edge_count; i++)
		if (trail.edges[i].to == node)
			return &trail.edges[i];
	return NULL;
}

START_TEST(payment_leads_from_its_source_to_the_target)
{
	build();
	ck_assert_uint_eq(trail.node_count, 2);
	ck_assert_uint_eq(trail.edge_count, 1);
	ck_assert_int_eq(trail.nodes[0].kind, TRAIL_ACCOUNT);
	ck_assert_ptr_eq(trail.nodes[0].target, &targets[0]);
	ck_assert_int_eq(trail.nodes[1].kind, TRAIL_SOURCE);
	ck_assert_int_eq(trail.nodes[1].layer, 0);
	ck_assert_uint_eq(trail.edges[0].from, 1);
	ck_assert_uint_eq(trail.edges[0].to, 0);
	ck_assert_int_eq(trail.edges[0].money.minor, 700);
	expect_sum(
	    trail.totals, 0, (const int64_t[]){ 700, 700, 0, 0, 0, 0, 0, 700 });
}
END_TEST

START_TEST(answer_with_leads_makes_the_next_layer)
{
	const struct trail_edge *edge;

	answer(&targets[0], TARGET_HELD_PARTIAL, RESPONSE_HLD_PART, 100);
	(void)add_txn(2, 1, 2, 400);
	answer(
	    add_target(2, 1, 2, 400), TARGET_HELD_FULL, RESPONSE_HLD_FULL, 400);
	(void)add_lead(1, 2, RESPONSE_OUT_XFER, 400);
	(void)add_lead(1, 0, RESPONSE_OUT_ATM, 150);
	build();
	/* Two targets, the source, the exit, the residual. */
	ck_assert_uint_eq(trail.node_count, 5);
	ck_assert_uint_eq(trail.edge_count, 4);
	edge = edge_to(1);
	ck_assert_uint_eq(edge->from, 0);
	ck_assert_int_eq(edge->kind, TRAIL_LEAD);
	ck_assert_int_eq(edge->at, 1002);
	ck_assert_ptr_eq(edge->txn, &txns[1]);
	ck_assert_int_eq(trail.nodes[3].kind, TRAIL_EXIT);
	ck_assert_int_eq(edge_to(3)->at, 0);
	ck_assert_int_eq(trail.nodes[4].kind, TRAIL_RESIDUAL);
	ck_assert_int_eq(trail.nodes[4].money.minor, 50);
	ck_assert_uint_eq(trail.layer_count, 2);
	expect_sum(&trail.layers[0], 1,
	    (const int64_t[]){ 700, 700, 100, 400, 150, 50, 0, 0 });
	expect_sum(&trail.layers[1], 2,
	    (const int64_t[]){ 400, 400, 400, 0, 0, 0, 0, 0 });
	ck_assert_uint_eq(trail.total_count, 1);
	expect_sum(trail.totals, 0,
	    (const int64_t[]){ 700, 1100, 500, 400, 150, 50, 0, 0 });
	ck_assert_int_eq(trail.hops[0].below_minor, 500);
	ck_assert_int_eq(trail.hops[0].surplus_minor, 0);
}
END_TEST

/* Cash and what left the country went out of sight; an account somewhere is
 * a hop that nobody could be asked about. */
static const struct {
	enum response_code code;
	enum trail_node_kind kind;
} ends[] = {
	{ RESPONSE_OUT_XFER, TRAIL_UNKNOWN },
	{ RESPONSE_OUT_ATM, TRAIL_EXIT },
	{ RESPONSE_OUT_POS, TRAIL_EXIT },
	{ RESPONSE_OUT_VASP, TRAIL_EXIT },
	{ RESPONSE_OUT_FOREIGN, TRAIL_EXIT },
	{ RESPONSE_OUT_GOODS, TRAIL_EXIT },
};

START_TEST(what_the_hub_cannot_ask_is_unknown_or_an_exit)
{
	answer(&targets[0], TARGET_NOT_HELD, ends[_i].code, 0);
	(void)add_lead(1, 0, ends[_i].code, 700);
	build();
	ck_assert_int_eq(trail.nodes[2].kind, ends[_i].kind);
	ck_assert_int_eq(trail.nodes[2].money.minor, 700);
	ck_assert(edge_to(2)->is_certain == (ends[_i].kind == TRAIL_EXIT));
	ck_assert(edge_to(0)->is_certain);
	expect_sum(
	    trail.totals, 0, (const int64_t[]){ 700, 700, 0, 0, 700, 0, 0, 0 });
}
END_TEST

START_TEST(money_told_twice_is_counted_once)
{
	answer(&targets[0], TARGET_NOT_HELD, RESPONSE_OUT_XFER, 0);
	(void)add_txn(2, 1, 2, 700);
	(void)add_target(2, 1, 2, 700);
	(void)add_txn(3, 1, 2, 700);
	add_target(3, 1, 3, 700)->state = TARGET_SUPERSEDED;
	add_lead(1, 2, RESPONSE_OUT_XFER, 700)->created_at = 4000;
	(void)add_lead(1, 3, RESPONSE_OUT_XFER, 700);
	build();
	ck_assert(!edge_to(1)->is_counted);
	ck_assert(edge_to(2)->is_counted);
	expect_sum(&trail.layers[0], 1,
	    (const int64_t[]){ 700, 700, 0, 700, 0, 0, 0, 0 });
	expect_sum(&trail.layers[1], 2,
	    (const int64_t[]){ 700, 700, 0, 0, 0, 0, 0, 700 });
}
END_TEST

START_TEST(two_holds_of_one_payment_are_too_much)
{
	answer(&targets[0], TARGET_HELD_FULL, RESPONSE_HLD_FULL, 700);
	answer(add_target(2, 0, 1, 700), TARGET_HELD_PARTIAL, RESPONSE_HLD_PART,
	    300);
	build();
	ck_assert_int_eq(trail.hops[0].surplus_minor, 300);
	ck_assert_ptr_eq(trail.nodes[0].hop, &trail.hops[1]);
	ck_assert_int_eq(trail.nodes[0].hop->reduce_minor, 300);
	ck_assert_int_eq(trail.nodes[1].hop->reduce_minor, 0);
}
END_TEST

START_TEST(hold_behind_a_hold_is_too_much)
{
	/* Pending answers told of the lead; then all of it was found. */
	answer(&targets[0], TARGET_HELD_FULL, RESPONSE_HLD_FULL, 700);
	(void)add_txn(2, 1, 2, 200);
	answer(
	    add_target(2, 1, 2, 200), TARGET_HELD_FULL, RESPONSE_HLD_FULL, 200);
	(void)add_lead(1, 2, RESPONSE_OUT_XFER, 200);
	build();
	ck_assert_int_eq(trail.hops[0].surplus_minor, 200);
	ck_assert_int_eq(trail.nodes[0].hop->reduce_minor, 200);
	ck_assert_int_eq(trail.nodes[1].hop->reduce_minor, 0);
}
END_TEST

/* A reduction lowers what is asked, not what came in: by the payment, or
 * where the target names none (index 1) by the loss. */
START_TEST(hop_is_measured_by_what_came_in)
{
	targets[0].txn = _i == 0 ? targets[0].txn
				 : (struct id){ .bytes = { 0 } };
	answer(&targets[0], TARGET_HELD_PARTIAL, RESPONSE_REDUCED, 500);
	targets[0].requested.minor = 500;
	(void)add_txn(2, _i == 0, 2, 200);
	answer(
	    add_target(2, 1, 2, 200), TARGET_HELD_FULL, RESPONSE_HLD_FULL, 200);
	(void)add_lead(1, 2, RESPONSE_OUT_XFER, 200);
	build();
	for (size_t i = 0; i < trail.hop_count; i++)
		ck_assert_int_eq(trail.hops[i].surplus_minor, 0);
	targets[0].held_minor = 501;
	build();
	ck_assert_int_eq(trail.nodes[0].hop->surplus_minor, 1);
	ck_assert_int_eq(trail.nodes[0].hop->reduce_minor, 1);
}
END_TEST

START_TEST(dropped_target_is_in_no_sum)
{
	targets[0].state = _i == 0 ? TARGET_CANCELLED : TARGET_SUPERSEDED;
	build();
	ck_assert_uint_eq(trail.node_count, 2);
	expect_sum(
	    trail.totals, 0, (const int64_t[]){ 700, 0, 0, 0, 0, 0, 0, 0 });
}
END_TEST

/* What remains of 700 where 100 are held, by how the target stands. */
static const struct {
	enum target_state state;
	enum response_code code;
	int64_t held;
	enum trail_part rest;
} rests[] = {
	{ TARGET_IN_REVIEW, RESPONSE_PND_REVIEW, 0, TRAIL_OPEN },
	{ TARGET_REJECTED_FINAL, RESPONSE_REJ_NOT_OURS, 0, TRAIL_OPEN },
	{ TARGET_BLOCKED, RESPONSE_BLK_INSTR, 0, TRAIL_OPEN },
	{ TARGET_NOT_HELD, RESPONSE_NIL_BAL, 0, TRAIL_UNTRACED },
	{ TARGET_NOT_HELD, RESPONSE_REV_DONE, 0, TRAIL_RELEASED },
	{ TARGET_HELD_PARTIAL, RESPONSE_HLD_PART, 100, TRAIL_UNTRACED },
	{ TARGET_RELEASE_PENDING, RESPONSE_HLD_PART, 100, TRAIL_UNTRACED },
	{ TARGET_RELEASED, RESPONSE_RELEASED, 0, TRAIL_RELEASED },
};

START_TEST(rest_is_named_by_how_the_target_stands)
{
	answer(&targets[0], rests[_i].state, rests[_i].code, rests[_i].held);
	build();
	for (int part = TRAIL_UNTRACED; part < TRAIL_PART_COUNT; part++)
		ck_assert_int_eq(trail.totals[0].minor[part],
		    part == (int)rests[_i].rest ? 700 - rests[_i].held : 0);
	ck_assert_int_eq(trail.totals[0].minor[TRAIL_HELD], rests[_i].held);
}
END_TEST

START_TEST(chain_of_the_complainant_is_disputed_once)
{
	struct txn *second = add_txn(2, 1, 2, 650);

	second->has_to = true;
	second->to = account("shop@nadi");
	build();
	/* Where the first arrived the second begins; its end is only named. */
	ck_assert_uint_eq(trail.node_count, 3);
	ck_assert_uint_eq(edge_to(2)->from, 0);
	ck_assert_ptr_null(trail.nodes[2].target);
	ck_assert_int_eq(trail.nodes[2].layer, 2);
	ck_assert_int_eq(trail.totals[0].minor[TRAIL_DISPUTED], 700);
	ck_assert_int_eq(trail.layers[1].minor[TRAIL_DISPUTED], 650);
}
END_TEST

START_TEST(same_account_is_one_node)
{
	struct txn *second = add_txn(2, 0, 1, 50);

	second->has_from = second->has_to = true;
	second->from = account("victim@deccan");
	second->to = targets[0].identifier;
	build();
	ck_assert_uint_eq(trail.node_count, 2);
	ck_assert_uint_eq(trail.edge_count, 2);
	ck_assert_uint_eq(trail.edges[1].from, 1);
	ck_assert_uint_eq(trail.edges[1].to, 0);
	ck_assert_int_eq(trail.totals[0].minor[TRAIL_DISPUTED], 750);
}
END_TEST

static void
mark(struct target *target, uint8_t hash, uint8_t bank)
{
	target->identifier_hash[0] = hash;
	target->institution = id_of(3, bank);
}

/* From the first account to the second and back: each hop is a node, the
 * account is named once. */
START_TEST(money_that_comes_back_is_a_hop_of_its_own)
{
	answer(&targets[0], TARGET_NOT_HELD, RESPONSE_OUT_XFER, 0);
	for (uint8_t n = 2; n <= 3; n++) {
		(void)add_txn(n, 1, n, 700);
		answer(add_target(n, n - 1, n, 700), TARGET_NOT_HELD,
		    RESPONSE_OUT_XFER, 0);
		(void)add_lead(n - 1, n, RESPONSE_OUT_XFER, 700);
	}
	answer(&targets[2], TARGET_HELD_FULL, RESPONSE_HLD_FULL, 700);
	mark(&targets[0], 1, 1);
	mark(&targets[1], 2, 1);
	mark(&targets[2], 1, 1);
	build();
	ck_assert_ptr_null(trail.nodes[0].same);
	ck_assert_ptr_null(trail.nodes[1].same);
	ck_assert_ptr_eq(trail.nodes[2].same, &trail.nodes[0]);
	ck_assert_int_eq(trail.totals[0].minor[TRAIL_DISPUTED], 700);
	ck_assert_int_eq(trail.totals[0].minor[TRAIL_HELD], 700);
	for (size_t i = 0; i < trail.hop_count; i++)
		ck_assert_int_eq(trail.hops[i].surplus_minor, 0);
}
END_TEST

/* Two payments meet in one account; another bank's of that number, and one
 * without a hash, are others. */
START_TEST(two_sources_meet_in_one_account)
{
	(void)add_txn(2, 0, 1, 50);
	for (uint8_t n = 2; n <= 4; n++)
		(void)add_target(n, 0, 2, 50);
	mark(&targets[0], 1, 1);
	mark(&targets[1], 1, 1);
	mark(&targets[2], 1, 2);
	build();
	ck_assert_ptr_eq(trail.nodes[1].same, &trail.nodes[0]);
	ck_assert_ptr_null(trail.nodes[2].same);
	ck_assert_ptr_null(trail.nodes[3].same);
	ck_assert_int_eq(trail.totals[0].minor[TRAIL_DISPUTED], 750);
}
END_TEST

START_TEST(nothing_known_is_an_empty_trail)
{
	rows.txn_count = rows.target_count = 0;
	build();
	ck_assert_uint_eq(trail.node_count + trail.edge_count, 0);
	ck_assert_uint_eq(trail.layer_count + trail.total_count, 0);
}
END_TEST

START_TEST(lead_of_a_target_that_is_not_there_is_passed_over)
{
	(void)add_lead(9, 0, RESPONSE_OUT_ATM, 700);
	build();
	ck_assert_uint_eq(trail.edge_count, 1);
	ck_assert_int_eq(trail.totals[0].minor[TRAIL_EXITED], 0);
}
END_TEST

START_TEST(trail_too_large_for_the_arena_is_refused)
{
	struct arena *small = arena_new(16);
	struct err err;

	ck_assert_int_eq(trail_build(&rows, small, &trail, &err), RC_TOO_LARGE);
	ck_assert_str_eq(err.code, "view_too_large");
	arena_free(small);
}
END_TEST

Suite *
trail_suite(void)
{
	Suite *suite = suite_create("trail");
	TCase *tcase = tcase_create("trail");

	tcase_add_checked_fixture(tcase, begin, end);
	tcase_add_test(tcase, payment_leads_from_its_source_to_the_target);
	tcase_add_test(tcase, answer_with_leads_makes_the_next_layer);
	tcase_add_loop_test(tcase,
	    what_the_hub_cannot_ask_is_unknown_or_an_exit, 0, COUNT(ends));
	tcase_add_test(tcase, money_told_twice_is_counted_once);
	tcase_add_test(tcase, two_holds_of_one_payment_are_too_much);
	tcase_add_test(tcase, hold_behind_a_hold_is_too_much);
	tcase_add_loop_test(tcase, hop_is_measured_by_what_came_in, 0, 2);
	tcase_add_loop_test(tcase, dropped_target_is_in_no_sum, 0, 2);
	tcase_add_loop_test(tcase, rest_is_named_by_how_the_target_stands, 0,
	    (int)COUNT(rests));
	tcase_add_test(tcase, chain_of_the_complainant_is_disputed_once);
	tcase_add_test(tcase, same_account_is_one_node);
	tcase_add_test(tcase, money_that_comes_back_is_a_hop_of_its_own);
	tcase_add_test(tcase, two_sources_meet_in_one_account);
	tcase_add_test(tcase, nothing_known_is_an_empty_trail);
	tcase_add_test(
	    tcase, lead_of_a_target_that_is_not_there_is_passed_over);
	tcase_add_test(tcase, trail_too_large_for_the_arena_is_refused);
	suite_add_tcase(suite, tcase);
	return suite;
}
