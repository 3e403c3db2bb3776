/*
 * action_rule: who can do what, and what needs a second person.
 */
#include "test/unit/unit.h"

#include "hub/base/common.h"
#include "hub/domain/action_rule.h"

/* The columns: bank, wallet, telco, payment gateway, e-commerce, vasp. */
static const enum institution_kind columns[] = { INSTITUTION_BANK,
	INSTITUTION_WALLET, INSTITUTION_TELCO, INSTITUTION_PAYMENT_GATEWAY,
	INSTITUTION_ECOMMERCE, INSTITUTION_VASP };

static const struct {
	enum action action;
	const char *who;
	enum scope scope;
	bool needs_approval, is_requested;
} rows[] = {
	{ ACTION_HOLD_AMOUNT, "bwtgev", SCOPE_AMOUNT, false, true },
	{ ACTION_HOLD_TXN_SETTLEMENT, "bw-gev", SCOPE_AMOUNT, false, true },
	{ ACTION_DEBIT_FREEZE, "bw---v", SCOPE_ACCOUNT, true, true },
	{ ACTION_RECEIVE_ONLY, "bw---v", SCOPE_ACCOUNT, true, true },
	{ ACTION_BLOCK_CARD, "b-----", SCOPE_AMOUNT, false, true },
	{ ACTION_BLOCK_WALLET, "-w----", SCOPE_ACCOUNT, true, true },
	{ ACTION_SUSPEND_MERCHANT_SETTLEMENT, "---g--", SCOPE_ACCOUNT, true,
	    true },
	{ ACTION_CANCEL_ORDER, "----e-", SCOPE_AMOUNT, false, true },
	{ ACTION_INTERCEPT_DELIVERY, "----e-", SCOPE_AMOUNT, false, true },
	{ ACTION_BAR_MSISDN, "--t---", SCOPE_AMOUNT, false, true },
	{ ACTION_BAR_IMEI, "--t---", SCOPE_AMOUNT, false, true },
	{ ACTION_SUSPEND_LISTING, "----e-", SCOPE_AMOUNT, false, true },
	{ ACTION_PRESERVE_RECORDS, "bwtgev", SCOPE_RECORDS, false, true },
	{ ACTION_PROVIDE_INFO, "bwtgev", SCOPE_RECORDS, false, false },
	{ ACTION_RELEASE, "bwtgev", SCOPE_AMOUNT, false, false },
	{ ACTION_REDUCE, "bwtgev", SCOPE_AMOUNT, false, false },
	{ ACTION_EXTEND, "bwtgev", SCOPE_AMOUNT, false, false },
	{ ACTION_CONFIRM_STATUS, "bwtgev", SCOPE_RECORDS, false, false },
};

START_TEST(each_action_has_its_row)
{
	const struct action_rule *rule = action_rule(rows[_i].action);

	ck_assert_uint_eq(COUNT(rows), ACTION_COUNT);
	ck_assert_int_eq(rows[_i].action, _i);
	ck_assert_int_eq(rule->scope, rows[_i].scope);
	ck_assert_int_eq(rule->needs_approval, rows[_i].needs_approval);
	ck_assert_int_eq(rule->is_requested, rows[_i].is_requested);
	for (size_t i = 0; i < COUNT(columns); i++)
		ck_assert_int_eq(
		    action_rule_allows(rows[_i].action, columns[i]),
		    rows[_i].who[i] != '-');
}
END_TEST

static const enum institution_kind nobody[] = { INSTITUTION_POLICE_UNIT,
	INSTITUTION_FIU, INSTITUTION_REGULATOR, INSTITUTION_AUDITOR,
	INSTITUTION_HUB };

START_TEST(who_holds_no_money_is_asked_for_nothing)
{
	for (int action = 0; action < ACTION_COUNT; action++)
		ck_assert(!action_rule_allows((enum action)action, nobody[_i]));
}
END_TEST

START_TEST(whole_accounts_need_a_second_person)
{
	const struct action_rule *rule = action_rule((enum action)_i);

	ck_assert_int_eq(rule->scope == SCOPE_ACCOUNT, rule->needs_approval);
}
END_TEST

Suite *
action_rule_suite(void)
{
	Suite *suite = suite_create("action_rule");
	TCase *tcase = tcase_create("action_rule");

	tcase_add_loop_test(
	    tcase, each_action_has_its_row, 0, (int)COUNT(rows));
	tcase_add_loop_test(tcase, who_holds_no_money_is_asked_for_nothing, 0,
	    (int)COUNT(nobody));
	tcase_add_loop_test(
	    tcase, whole_accounts_need_a_second_person, 0, ACTION_COUNT);
	suite_add_tcase(suite, tcase);
	return suite;
}
