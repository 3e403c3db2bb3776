/*
 * case_ref: every slip of one character is caught.
 */
#include "test/unit/unit.h"

#include <stdio.h>

#include "hub/base/clock.h"
#include "hub/base/common.h"
#include "hub/domain/case_ref.h"

static const int64_t in_2026 = INT64_C(1795521600) * CLOCK_SECOND;

/* Check characters by hand with the steps of ISO/IEC 7064, 9: from P = 36,
 * each character a: S = P + a mod 36 (0 is 36), P = 2 S mod 37; the last one
 * makes P + c = 1 mod 36. */
static int
check_character(const char *text)
{
	static const char order[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
	int p = 36;

	for (; *text != '\0'; text++) {
		int s;

		if (*text == '-')
			continue;
		s = (p + (int)(strchr(order, *text) - order)) % 36;
		p = (s == 0 ? 36 : s) * 2 % 37;
	}
	return order[(37 - p) % 36];
}

static const struct {
	const char *country, *region;
	int64_t number;
	const char *front;
} refs[] = {
	{ "IN", "KL", 123, "IN-KL-2026-000123-" },
	{ "US", "", 1, "US-2026-000001-" },
	{ "KZ", "ALA", 1234567, "KZ-ALA-2026-1234567-" },
};

START_TEST(formatted_with_its_check_character)
{
	char text[40], wanted[40];

	(void)snprintf(wanted, sizeof wanted, "%s%c", refs[_i].front,
	    check_character(refs[_i].front));
	ck_assert_str_eq(case_ref_format(refs[_i].country, refs[_i].region,
			     in_2026, refs[_i].number, text, sizeof text),
	    wanted);
	ck_assert(case_ref_check(text));
}
END_TEST

START_TEST(each_wrong_character_is_caught)
{
	static const char all[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
	char text[40], wrong[40];
	size_t length;

	case_ref_format(refs[_i].country, refs[_i].region, in_2026,
	    refs[_i].number, text, sizeof text);
	length = strlen(text);
	for (size_t at = 0; at < length; at++) {
		if (text[at] == '-')
			continue;
		for (size_t n = 0; n < sizeof all - 1; n++) {
			memcpy(wrong, text, sizeof wrong);
			wrong[at] = all[n];
			ck_assert_int_eq(
			    case_ref_check(wrong), all[n] == text[at]);
		}
	}
}
END_TEST

/* The system misses no exchange of neighbours in its digits but a rare one. */
START_TEST(exchanged_digits_are_caught)
{
	char text[40];

	case_ref_format("IN", "KL", in_2026, 987612, text, sizeof text);
	for (size_t at = 11; at < 16; at++) {
		char first = text[at];

		text[at] = text[at + 1];
		text[at + 1] = first;
		ck_assert(!case_ref_check(text));
		text[at + 1] = text[at];
		text[at] = first;
	}
}
END_TEST

static const char *const wrong[] = { "", "-", "A", "IN", "in-kl-2026-000123-h",
	"IN KL 2026 000123 H", "IN-KL-2026-000123-", "IN-KL-2026-000123-h",
	"IN-KL-2026-000123_H", "IN-KL-2026-000123-\xc3\x84",
	"IN-KL-2026-000123-H " };

START_TEST(other_text_is_no_reference)
{
	ck_assert(!case_ref_check(wrong[_i]));
}
END_TEST

START_TEST(too_small_a_buffer_is_not_overrun)
{
	char text[24];

	memset(text, 'x', sizeof text);
	case_ref_format("IN", "KL", in_2026, 123, text, 19);
	ck_assert_uint_lt(strlen(text), 19);
	ck_assert_int_eq(text[19], 'x');
}
END_TEST

Suite *
case_ref_suite(void)
{
	Suite *suite = suite_create("case_ref");
	TCase *tcase = tcase_create("case_ref");

	tcase_add_loop_test(
	    tcase, formatted_with_its_check_character, 0, (int)COUNT(refs));
	tcase_add_loop_test(
	    tcase, each_wrong_character_is_caught, 0, (int)COUNT(refs));
	tcase_add_test(tcase, exchanged_digits_are_caught);
	tcase_add_loop_test(
	    tcase, other_text_is_no_reference, 0, (int)COUNT(wrong));
	tcase_add_test(tcase, too_small_a_buffer_is_not_overrun);
	suite_add_tcase(suite, tcase);
	return suite;
}
