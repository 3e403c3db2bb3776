/*
 * mcc: ranges of ISO 18245.
 */
#include "test/unit/unit.h"

#include "hub/base/common.h"
#include "hub/domain/mcc.h"

static const struct {
	const char *code, *trade;
} right[] = {
	{ "0742", "agricultural services" },
	{ "3000", "airlines" },
	{ "4829", "utilities" },
	{ "5411", "retail outlets" },
	{ "6011", "miscellaneous shops" },
	{ "7995", "business services" },
	{ "9999", "government services" },
};

START_TEST(code_has_the_trade_of_its_range)
{
	ck_assert(mcc_is_valid(right[_i].code));
	ck_assert_str_eq(mcc_trade(right[_i].code), right[_i].trade);
}
END_TEST

static const char *const wrong[] = { "", "0", "0000", "0741", "541", "54110",
	"54 1", "541a", "+541", "-541", " 5411", "５４１１", "0x15", "999" };

START_TEST(other_text_is_no_code)
{
	ck_assert(!mcc_is_valid(wrong[_i]));
	ck_assert_ptr_null(mcc_trade(wrong[_i]));
}
END_TEST

Suite *
mcc_suite(void)
{
	Suite *suite = suite_create("mcc");
	TCase *tests = tcase_create("mcc");

	tcase_add_loop_test(
	    tests, code_has_the_trade_of_its_range, 0, (int)COUNT(right));
	tcase_add_loop_test(tests, other_text_is_no_code, 0, (int)COUNT(wrong));
	suite_add_tcase(suite, tests);
	return suite;
}
