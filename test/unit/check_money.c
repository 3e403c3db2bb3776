/*
 * money: decimal strings with exactly the currency's scale, and sums.
 */
#include "test/unit/unit.h"

#include "hub/domain/money.h"

static const struct {
	const char *amount, *currency;
	int64_t minor;
} right[] = {
	{ "49999.00", "INR", 4999900 },
	{ "0.00", "INR", 0 },
	{ "0.05", "USD", 5 },
	{ "0", "JPY", 0 },
	{ "100", "JPY", 100 },
	{ "1.234", "KWD", 1234 },
	{ "0.001", "BHD", 1 },
	{ "1.2345", "CLF", 12345 },
	{ "699614.00", "INR", 69961400 },
	{ "25000000.00", "KZT", 2500000000 },
	{ "92233720368547758.07", "EUR", INT64_MAX },
	{ "9223372036854775807", "KRW", INT64_MAX },
	{ "1.00", "BGN", 100 },
};

START_TEST(amount_with_the_exact_scale_is_read_and_written_back)
{
	char text[MONEY_TEXT_SIZE];
	struct money money;
	struct err err;

	ck_assert_int_eq(
	    money_parse(right[_i].amount, right[_i].currency, &money, &err),
	    RC_OK);
	ck_assert_int_eq(money.minor, right[_i].minor);
	ck_assert_str_eq(money.currency, right[_i].currency);
	ck_assert_str_eq(money_format(&money, text), right[_i].amount);
}
END_TEST

static const struct {
	const char *amount, *currency, *code, *pointer;
} wrong[] = {
	{ "49999", "INR", "wrong_scale", "/amount" },
	{ "49999.0", "INR", "wrong_scale", "/amount" },
	{ "49999.000", "INR", "wrong_scale", "/amount" },
	{ "100.5", "JPY", "wrong_scale", "/amount" },
	{ "100.0", "JPY", "wrong_scale", "/amount" },
	{ "1.23", "KWD", "wrong_scale", "/amount" },
	{ "1.2345", "KWD", "wrong_scale", "/amount" },
	{ "", "INR", "bad_amount", "/amount" },
	{ ".", "INR", "bad_amount", "/amount" },
	{ ".50", "INR", "bad_amount", "/amount" },
	{ "1.", "INR", "bad_amount", "/amount" },
	{ "100.", "JPY", "bad_amount", "/amount" },
	{ "-1.00", "INR", "bad_amount", "/amount" },
	{ "+1.00", "INR", "bad_amount", "/amount" },
	{ "01.00", "INR", "bad_amount", "/amount" },
	{ "00.00", "INR", "bad_amount", "/amount" },
	{ "00", "JPY", "bad_amount", "/amount" },
	{ " 1.00", "INR", "bad_amount", "/amount" },
	{ "1.00 ", "INR", "bad_amount", "/amount" },
	{ "1,00", "INR", "bad_amount", "/amount" },
	{ "1,000.00", "INR", "bad_amount", "/amount" },
	{ "1.00.00", "INR", "bad_amount", "/amount" },
	{ "1e3", "JPY", "bad_amount", "/amount" },
	{ "0x10", "JPY", "bad_amount", "/amount" },
	{ "NaN", "INR", "bad_amount", "/amount" },
	{ "١٠٠", "JPY", "bad_amount", "/amount" },
	{ "92233720368547758.08", "EUR", "amount_too_large", "/amount" },
	{ "9223372036854775808", "KRW", "amount_too_large", "/amount" },
	{ "99999999999999999999999999", "KRW", "amount_too_large", "/amount" },
	{ "1.00", "inr", "unknown_currency", "/currency" },
	{ "1.00", "", "unknown_currency", "/currency" },
	{ "1.00", "IN", "unknown_currency", "/currency" },
	{ "1.00", "INRR", "unknown_currency", "/currency" },
	{ "1.00", "ZZZ", "unknown_currency", "/currency" },
	{ "1.00", "AAA", "unknown_currency", "/currency" },
	{ "1", "XAU", "unknown_currency", "/currency" },
	{ "1", "XXX", "unknown_currency", "/currency" },
};

START_TEST(wrong_amount_says_what_and_where_and_changes_nothing)
{
	struct money money = { 7, "ABC" };
	struct err err;

	ck_assert_int_eq(
	    money_parse(wrong[_i].amount, wrong[_i].currency, &money, &err),
	    RC_INVALID);
	ck_assert_str_eq(err.code, wrong[_i].code);
	ck_assert_str_eq(err.pointer, wrong[_i].pointer);
	ck_assert_int_eq(money.minor, 7);
	ck_assert_str_eq(money.currency, "ABC");
}
END_TEST

START_TEST(zero_is_refused_only_where_asked)
{
	struct money money = { 7, "ABC" };
	struct err err;

	ck_assert_int_eq(
	    money_parse_positive("0.00", "INR", &money, &err), RC_INVALID);
	ck_assert_str_eq(err.code, "bad_amount");
	ck_assert_int_eq(money.minor, 7);
	ck_assert_int_eq(
	    money_parse_positive("0", "INR", &money, &err), RC_INVALID);
	ck_assert_str_eq(err.code, "wrong_scale");
	ck_assert_int_eq(
	    money_parse_positive("0.01", "INR", &money, &err), RC_OK);
	ck_assert_int_eq(money.minor, 1);
}
END_TEST

START_TEST(negative_sums_can_be_shown)
{
	struct money money = { INT64_MIN, "INR" };
	char text[MONEY_TEXT_SIZE];

	ck_assert_str_eq(money_format(&money, text), "-92233720368547758.08");
	money = (struct money){ -5, "KWD" };
	ck_assert_str_eq(money_format(&money, text), "-0.005");
	money = (struct money){ -1, "JPY" };
	ck_assert_str_eq(money_format(&money, text), "-1");
}
END_TEST

START_TEST(sums_stay_in_one_currency_and_in_range)
{
	struct money sum = { INT64_MAX - 1, "INR" };
	const struct money one = { 1, "INR" }, other = { 1, "USD" };
	struct err err;

	ck_assert_int_eq(money_add(&sum, &one, &err), RC_OK);
	ck_assert_int_eq(sum.minor, INT64_MAX);
	ck_assert_int_eq(money_add(&sum, &one, &err), RC_INVALID);
	ck_assert_str_eq(err.code, "amount_too_large");
	ck_assert_int_eq(money_add(&sum, &other, &err), RC_INVALID);
	ck_assert_str_eq(err.code, "currency_mismatch");
	ck_assert_int_eq(sum.minor, INT64_MAX);
}
END_TEST

Suite *
money_suite(void)
{
	Suite *suite = suite_create("money");
	TCase *tests = tcase_create("money");

	tcase_add_loop_test(tests,
	    amount_with_the_exact_scale_is_read_and_written_back, 0,
	    (int)COUNT(right));
	tcase_add_loop_test(tests,
	    wrong_amount_says_what_and_where_and_changes_nothing, 0,
	    (int)COUNT(wrong));
	tcase_add_test(tests, zero_is_refused_only_where_asked);
	tcase_add_test(tests, negative_sums_can_be_shown);
	tcase_add_test(tests, sums_stay_in_one_currency_and_in_range);
	suite_add_tcase(suite, tests);
	return suite;
}
