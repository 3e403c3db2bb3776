/*
 * respond_rules: which sums, times, currencies and stray members are refused.
 */
#include "test/unit/unit.h"

#include "test/unit/answer.h"

static struct target *target;

static void
set_up(void)
{
	world_set_up();
	target = world_target(1, TARGET_DELIVERED);
}

/* ---- values */

static void
held_nothing(struct respond *r)
{
	answer_hold(r, target, 0);
}

static void
held_too_much(struct respond *r)
{
	answer_hold(r, target, 100001);
	r->has_residual = false;
}

static void
full_of_less(struct respond *r)
{
	answer_hold(r, target, 99999);
}

static void
part_of_all(struct respond *r)
{
	answer_hold(r, target, 100000);
}

static void
more_than_balance(struct respond *r)
{
	r->balance.minor = r->amount_held.minor - 1;
}

static void
held_foreign(struct respond *r)
{
	memcpy(r->amount_held.currency, "USD", 4);
}

static void
balance_foreign(struct respond *r)
{
	memcpy(r->balance.currency, "USD", 4);
}

static void
residual_foreign(struct respond *r)
{
	memcpy(r->residual.currency, "USD", 4);
}

static void
lead_foreign(struct respond *r)
{
	(void)r;
	memcpy(answer.leads[0].money.currency, "USD", 4);
}

/* Two sums of one currency do not say which counts. */
static void
sent_in_the_same(struct respond *r)
{
	(void)r;
	answer.leads[0].has_amount_as_sent = true;
	answer.leads[0].amount_as_sent = world_inr(1);
}

/* What was sent abroad does not stand in for what was asked. */
static void
short_but_sent_abroad(struct respond *r)
{
	sent_in_the_same(r);
	memcpy(answer.leads[0].amount_as_sent.currency, "USD", 4);
	answer.leads[0].money.minor--;
}

static void
exit_foreign(struct respond *r)
{
	(void)r;
	memcpy(answer.exits[0].money.currency, "USD", 4);
}

static void
ends_now(struct respond *r)
{
	r->expires_at = world.now;
}

static void
ends_after_the_request(struct respond *r)
{
	r->expires_at = world_request()->expires_at + 1;
}

static void
held_tomorrow(struct respond *r)
{
	r->held_at = world.now + WORLD_HOUR;
}

static void
decided_yesterday(struct respond *r)
{
	r->eta = world.now;
}

static void
residual_missing(struct respond *r)
{
	r->has_residual = false;
}

static void
residual_short(struct respond *r)
{
	r->has_residual = true;
	r->residual = world_inr(59999);
}

static void
residual_long(struct respond *r)
{
	r->has_residual = true;
	r->residual = world_inr(60001);
}

static void
residual_on_top(struct respond *r)
{
	r->has_residual = true;
	r->residual = world_inr(1);
}

static void
residual_above_the_threshold(struct respond *r)
{
	r->residual_reason = RESIDUAL_BELOW_THRESHOLD;
}

static void
lead_short(struct respond *r)
{
	(void)r;
	answer.leads[0].money.minor--;
}

static void
exit_short(struct respond *r)
{
	(void)r;
	answer.exits[0].money.minor--;
}

/* Wrapping around would make the sum right. */
static void
leads_that_overflow(struct respond *r)
{
	answer_lead(0, OTHER_BANK, INT64_MAX);
	answer_lead(1, OTHER_BANK, INT64_MAX);
	r->lead_count = 2;
	answer.exits[0] = (struct exit_draft){ .code = RESPONSE_OUT_ATM,
		.place = "x",
		.terminal_id = "",
		.money = world_inr(100002) };
	r->exit_count = 1;
}

static void
lead_of_cash(struct respond *r)
{
	(void)r;
	answer.leads[0].code = RESPONSE_OUT_ATM;
}

static void
exit_of_a_transfer(struct respond *r)
{
	answer.exits[1] = answer.exits[0];
	answer.exits[1].code = RESPONSE_OUT_XFER;
	r->exit_count = 2;
}

static void
stray_hold(struct respond *r)
{
	r->has_amount_held = true;
	r->amount_held = world_inr(5);
}

static void
stray_residual(struct respond *r)
{
	r->has_residual = true;
	r->residual = world_inr(5);
}

static void
stray_lead(struct respond *r)
{
	answer_lead(0, OTHER_BANK, 5);
	r->lead_count = 1;
}

static void
stray_exit(struct respond *r)
{
	answer.exits[0] = (struct exit_draft){ .code = RESPONSE_OUT_ATM,
		.place = "x",
		.terminal_id = "",
		.money = world_inr(5) };
	r->exit_count = 1;
}

static void
whole_account(struct respond *r)
{
	(void)r;
	world_request()->action = ACTION_HOLD_AMOUNT;
}

static void
records_only(struct respond *r)
{
	(void)r;
	world_request()->action = ACTION_PRESERVE_RECORDS;
}

static void
unknown_bank(struct respond *r)
{
	(void)r;
	memcpy(answer.leads[0].to.qualifier, "QQQQ", 4);
}

static const struct {
	enum response_code answer;
	void (*bend)(struct respond *respond);
	const char *code, *pointer;
} wrong[] = {
	{ RESPONSE_HLD_PART, held_nothing, "amount_held_out_of_range",
	    "/amount_held/amount" },
	{ RESPONSE_HLD_FULL, held_too_much, "amount_held_out_of_range",
	    "/amount_held/amount" },
	{ RESPONSE_HLD_INFLIGHT, held_too_much, "amount_held_out_of_range",
	    "/amount_held/amount" },
	{ RESPONSE_HLD_FULL, full_of_less, "not_held_in_full",
	    "/amount_held/amount" },
	{ RESPONSE_HLD_PART, part_of_all, "held_in_full", "/code" },
	{ RESPONSE_HLD_FULL, more_than_balance, "more_than_balance",
	    "/amount_held/amount" },
	{ RESPONSE_HLD_INFLIGHT, more_than_balance, "more_than_balance",
	    "/amount_held/amount" },
	{ RESPONSE_HLD_FULL, held_foreign, "other_currency",
	    "/amount_held/currency" },
	{ RESPONSE_HLD_FULL, balance_foreign, "other_currency",
	    "/balance/currency" },
	{ RESPONSE_HLD_PART, residual_foreign, "other_currency",
	    "/residual/money/currency" },
	{ RESPONSE_OUT_XFER, lead_foreign, "other_currency",
	    "/leads/0/money/currency" },
	{ RESPONSE_OUT_XFER, sent_in_the_same, "same_currency",
	    "/leads/0/amount_as_sent/currency" },
	{ RESPONSE_OUT_XFER, short_but_sent_abroad, "sum_too_small", "" },
	{ RESPONSE_OUT_ATM, exit_foreign, "other_currency",
	    "/exits/0/money/currency" },
	{ RESPONSE_HLD_FULL, ends_now, "expiry_out_of_range", "/expires_at" },
	{ RESPONSE_HLD_FULL, ends_after_the_request, "expiry_out_of_range",
	    "/expires_at" },
	{ RESPONSE_BLK_INSTR, ends_now, "expiry_out_of_range", "/expires_at" },
	{ RESPONSE_BLK_INSTR, ends_after_the_request, "expiry_out_of_range",
	    "/expires_at" },
	{ RESPONSE_HLD_FULL, held_tomorrow, "in_future", "/held_at" },
	{ RESPONSE_BLK_INSTR, held_tomorrow, "in_future", "/held_at" },
	{ RESPONSE_PND_REVIEW, decided_yesterday, "in_past", "/eta" },
	{ RESPONSE_HLD_PART, residual_missing, "sum_too_small", "" },
	{ RESPONSE_HLD_PART, residual_short, "sum_too_small", "" },
	{ RESPONSE_HLD_PART, residual_long, "sum_too_large", "" },
	{ RESPONSE_HLD_FULL, residual_on_top, "sum_too_large", "" },
	{ RESPONSE_OUT_XFER, residual_on_top, "sum_too_large", "" },
	{ RESPONSE_NIL_BAL, residual_short, "sum_too_small", "" },
	{ RESPONSE_NIL_BAL, stray_lead, "sum_too_small", "" },
	{ RESPONSE_OUT_RESIDUAL, residual_short, "sum_too_small", "" },
	{ RESPONSE_OUT_RESIDUAL, residual_above_the_threshold,
	    "above_threshold", "/residual/reason" },
	{ RESPONSE_OUT_XFER, lead_short, "sum_too_small", "" },
	{ RESPONSE_OUT_ATM, exit_short, "sum_too_small", "" },
	{ RESPONSE_OUT_XFER, leads_that_overflow, "sum_too_large", "" },
	{ RESPONSE_OUT_XFER, lead_of_cash, "not_a_lead", "/leads/0/code" },
	{ RESPONSE_OUT_ATM, exit_of_a_transfer, "not_an_exit",
	    "/exits/1/code" },
	{ RESPONSE_RECEIPT, stray_hold, "not_expected", "/amount_held" },
	{ RESPONSE_NIL_BAL, stray_hold, "not_expected", "/amount_held" },
	{ RESPONSE_BLK_INSTR, stray_hold, "not_expected", "/amount_held" },
	{ RESPONSE_REJ_TECH, stray_hold, "not_expected", "/amount_held" },
	{ RESPONSE_PND_REVIEW, stray_hold, "not_expected", "/amount_held" },
	{ RESPONSE_RECEIPT, stray_residual, "not_expected", "/residual" },
	{ RESPONSE_BLK_INSTR, stray_residual, "not_expected", "/residual" },
	{ RESPONSE_REJ_TECH, stray_residual, "not_expected", "/residual" },
	{ RESPONSE_RECEIPT, stray_lead, "not_expected", "/leads" },
	{ RESPONSE_BLK_INSTR, stray_lead, "not_expected", "/leads" },
	{ RESPONSE_REJ_TECH, stray_lead, "not_expected", "/leads" },
	{ RESPONSE_RECEIPT, stray_exit, "not_expected", "/exits" },
	{ RESPONSE_PND_REVIEW, stray_exit, "not_expected", "/exits" },
	{ RESPONSE_REJ_TECH, stray_exit, "not_expected", "/exits" },
	{ RESPONSE_REV_DONE, stray_exit, "not_expected", "/exits" },
	{ RESPONSE_HLD_ACCT, whole_account, "scope_too_wide", "/code" },
	{ RESPONSE_HLD_FULL, records_only, "scope_too_wide", "/code" },
	{ RESPONSE_OUT_XFER, unknown_bank, "unknown_bank",
	    "/leads/0/to/identifier/ifsc" },
};

START_TEST(wrong_value_is_refused_at_its_field)
{
	world_request()->action = ACTION_DEBIT_FREEZE;
	wrong[_i].bend(answer_begin(wrong[_i].answer, BANK_NODAL, target));
	world_refused(RC_INVALID, wrong[_i].code, wrong[_i].pointer);
}
END_TEST

/* ---- sums that come out right */

/* Converted on the way: the sum is the target's, whatever arrived. */
static void
sent_abroad(struct respond *r)
{
	(void)r;
	answer.leads[0].has_amount_as_sent = true;
	answer.leads[0].amount_as_sent = (struct money){ 1180, "USD" };
}

static void
held_and_led_and_spent(struct respond *r)
{
	answer_hold(r, target, 10000);
	r->balance.minor = 999999;
	answer_lead(0, OTHER_BANK, 20000);
	answer_lead(1, OTHER_BANK, 30000);
	r->lead_count = 2;
	stray_exit(r);
	answer.exits[0].money.minor = 15000;
	r->residual.minor = 25000;
	r->residual_reason = RESIDUAL_SPENT;
}

static void
nothing_at_all(struct respond *r)
{
	(void)r;
}

static void
residual_says_it(struct respond *r)
{
	r->has_residual = true;
	r->residual = world_inr(100000);
}

static void
small_residual(struct respond *r)
{
	answer_hold(r, target, 50001);
	r->residual_reason = RESIDUAL_BELOW_THRESHOLD;
}

static const struct {
	enum response_code answer;
	void (*bend)(struct respond *respond);
	enum target_state state;
} right[] = {
	{ RESPONSE_HLD_PART, held_and_led_and_spent, TARGET_HELD_PARTIAL },
	{ RESPONSE_HLD_INFLIGHT, held_and_led_and_spent, TARGET_HELD_PARTIAL },
	{ RESPONSE_HLD_ALREADY, held_and_led_and_spent, TARGET_HELD_PARTIAL },
	{ RESPONSE_HLD_ACCT, full_of_less, TARGET_HELD_PARTIAL },
	{ RESPONSE_OUT_XFER, sent_abroad, TARGET_NOT_HELD },
	{ RESPONSE_NIL_BAL, nothing_at_all, TARGET_NOT_HELD },
	{ RESPONSE_NIL_BAL, residual_says_it, TARGET_NOT_HELD },
	{ RESPONSE_HLD_PART, small_residual, TARGET_HELD_PARTIAL },
	{ RESPONSE_TXN_FAILED, stray_lead, TARGET_NOT_HELD },
	{ RESPONSE_PND_NEXT_AGENT, stray_lead, TARGET_IN_REVIEW },
};

START_TEST(whole_sum_is_taken)
{
	world_request()->action = ACTION_DEBIT_FREEZE;
	right[_i].bend(answer_begin(right[_i].answer, BANK_NODAL, target));
	world_done(201);
	ck_assert_int_eq(target->state, right[_i].state);
}
END_TEST

Suite *
respond_values_suite(void)
{
	Suite *suite = suite_create("respond_values");
	TCase *tcase = tcase_create("respond_values");

	tcase_add_checked_fixture(tcase, set_up, world_tear_down);
	tcase_add_loop_test(
	    tcase, wrong_value_is_refused_at_its_field, 0, (int)COUNT(wrong));
	tcase_add_loop_test(tcase, whole_sum_is_taken, 0, (int)COUNT(right));
	suite_add_tcase(suite, tcase);
	return suite;
}
