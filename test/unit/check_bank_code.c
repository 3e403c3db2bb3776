/*
 * bank_code: the Reserve Bank's bank codes.
 */
#include "test/unit/unit.h"

#include "hub/base/common.h"
#include "hub/domain/bank_code.h"

static const struct {
	const char *code, *name;
} known[] = {
	{ "SBIN", "State Bank of India" },
	{ "HDFC", "HDFC Bank" },
	{ "AACX", "Akhand Anand Co.op Bank" },
	{ "ZSMX", "Zila Sahakari Bank Meerut" },
};

START_TEST(known_code_has_its_banks_name)
{
	ck_assert(bank_code_is_known(known[_i].code));
	ck_assert_str_eq(bank_code_name(known[_i].code), known[_i].name);
}
END_TEST

static const char *const unknown[] = { "", "S", "SBI", "SBINX", "sbin", "AAAA",
	"ZZZZ", "SB1N", " SBIN", "SBIN0005943" };

START_TEST(unknown_code_has_no_name)
{
	ck_assert(!bank_code_is_known(unknown[_i]));
	ck_assert_ptr_null(bank_code_name(unknown[_i]));
}
END_TEST

Suite *
bank_code_suite(void)
{
	Suite *suite = suite_create("bank_code");
	TCase *tests = tcase_create("bank_code");

	tcase_add_loop_test(
	    tests, known_code_has_its_banks_name, 0, (int)COUNT(known));
	tcase_add_loop_test(
	    tests, unknown_code_has_no_name, 0, (int)COUNT(unknown));
	suite_add_tcase(suite, tests);
	return suite;
}
