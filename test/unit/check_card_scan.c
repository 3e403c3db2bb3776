/*
 * card_scan: whole card numbers in every spelling, and what is none.
 */
#include "test/unit/unit.h"

#include <stdlib.h>

#include "hub/domain/card_scan.h"

static const struct {
	const char *text;
	size_t start, length;
} cards[] = {
	{ "4111111111111111", 0, 16 }, { "4111 1111 1111 1111", 0, 19 },
	{ "4111-1111-1111-1111", 0, 19 }, { "4111 1111-1111 1111", 0, 19 },
	{ "4 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1", 0, 31 },
	{ "41 11-11 11-11 11-11 11", 0, 23 },
	{ "card 4111111111111111.", 5, 16 }, { "PAN4111111111111111X", 3, 16 },
	{ "(4111111111111111)", 1, 16 }, { "/4111111111111111.pdf", 1, 16 },
	{ "a\n4111111111111111\nb", 2, 16 },
	{ "4111111111111111 12/27", 0, 16 }, { "4111111111111111 123", 0, 16 },
	{ "4111-1111-1111-1111 1227", 0, 19 },
	{ "4111 1111 1111 1111 123", 0, 19 }, { "12 4111111111111111", 3, 16 },
	{ "2 4111 1111 1111 1111", 2, 19 }, { "3782 822463 10005 1234", 0, 17 },
	{ "41111111111111112 4111111111111111", 18, 16 },
	{ "1234567890123  4111111111111111", 15, 16 },
	{ "4111\xc2\xa0"
	  "1111\xc2\xa0"
	  "1111\xc2\xa0"
	  "1111",
	    0, 22 },
	{ "4111\xe2\x80\x91"
	  "1111\xe2\x80\x93"
	  "1111\xe2\x88\x92"
	  "1111",
	    0, 25 },
	{ "4111\xe2\x80\x8b"
	  "111111111111",
	    0, 19 },
	{ "4\xef\xb8\x8f\xe2\x83\xa3"
	  "111111111111111",
	    0, 22 },
	{ "４１１１１１１１１１１１１１１１", 0, 48 },
	{ "४१११११११११११११११", 0, 48 }, { "٤١١١١١١١١١١١١١١١", 0, 32 },
	{ "۴۱۱۱۱۱۱۱۱۱۱۱۱۱۱۱", 0, 32 }, { "৪১১১১১১১১১১১১১১১", 0, 48 },
	{ "𝟒𝟏𝟏𝟏𝟏𝟏𝟏𝟏𝟏𝟏𝟏𝟏𝟏𝟏𝟏𝟏", 0, 64 }, { "41１1111１11111111", 0, 20 },
	{ "\xff\xfe"
	  "4111111111111111",
	    2, 16 },
	{ "\xe2"
	  "4111111111111111",
	    1, 16 },
	{ "4222222222222", 0, 13 },       /* Visa of 13 */
	{ "4111111111111111110", 0, 19 }, /* Visa of 19 */
	{ "5555555555554444", 0, 16 },    /* Mastercard */
	{ "2221000000000009", 0, 16 },    /* Mastercard, series 2 */
	{ "378282246310005", 0, 15 },     /* American Express */
	{ "30569309025904", 0, 14 },      /* Diners Club */
	{ "38520000023237", 0, 14 },      /* Diners Club */
	{ "6011111111111117", 0, 16 },    /* Discover */
	{ "3530111333300000", 0, 16 },    /* JCB */
	{ "6081234567890128", 0, 16 },    /* RuPay */
	{ "621712345678901233", 0, 18 },  /* UnionPay */
	{ "2202200123456780", 0, 16 },    /* Mir */
	{ "6759649826438453", 0, 16 },    /* Maestro */
	{ "9860123456789015", 0, 16 },    /* Humo */
};

START_TEST(card_number_is_found_in_every_spelling)
{
	const char *text = cards[_i].text;
	struct card_span span = { 0, 0 };

	ck_assert_int_eq(
	    card_scan(text, strlen(text), &span), cards[_i].length > 0);
	ck_assert_uint_eq(span.start, cards[_i].start);
	ck_assert_uint_eq(span.length, cards[_i].length);
}
END_TEST

static const char *const none[] = {
	"",
	"4",
	"4111111111111112",
	"6217123456789012334",
	"4111 1111 1111 1112",       /* Luhn */
	"411111111111111",           /* 15 digits */
	"41111111111111111111",      /* 20 digits, a run of its own */
	"041111111111111110000",     /* inside a longer run */
	"4111  1111  1111  1111",    /* two spaces end a run */
	"4111--1111--1111--1111",    /* two hyphens too */
	"4111 - 1111 - 1111 - 1111", /* and both */
	"4111\t1111\t1111\t1111",    /* columns of a table */
	"4111\n1111\n1111\n1111",    /* lines */
	"4111.1111.1111.1111",       /* dots */
	"4111a1111b1111c1111",       /* letters */
	"411111******1111",          /* masked */
	"1234567812345670",          /* Luhn, but no issuer has 1 */
	"0000000000000000",          /* Luhn, but no issuer has 0 */
	"7992739871300000",          /* no issuer has 7 */
	"50100234567896",            /* an account at HDFC Bank */
	"490154203237518",           /* an IMEI */
	"8991101200003204510",       /* an ICCID */
	"404-1234567-1234567",       /* an order */
	"GB82 WEST 1234 5698 7654 32",
	"DE89 3704 0044 0532 0130 00",
	"40817 810 0 9991 0004312", /* an account in Russia */
	"40702810002280000593",
	"97ed4827-7b6f-4491-a06f-b548d5a7512d",
	"2023-01-01 12:00:00",
	"+91 98765 43210",
	"\xe2\x82", /* cut off in a character */
	"\xe0\xa5",
};

START_TEST(other_text_holds_no_card_number)
{
	struct card_span span;

	ck_assert_msg(!card_scan(none[_i], strlen(none[_i]), &span),
	    "found in %s", none[_i]);
}
END_TEST

START_TEST(scan_never_reads_past_its_length)
{
	static const char text[] = "4111111111111111";

	for (size_t length = 0; length < sizeof(text) - 1; length++) {
		char *copy = malloc(length + 1);
		struct card_span span;

		memcpy(copy, text, length);
		ck_assert(!card_scan(copy, length, &span));
		free(copy);
	}
}
END_TEST

/* One digit a group, a run without end: linear, not quadratic. */
START_TEST(long_run_is_no_card_and_takes_no_time)
{
	enum { LENGTH = 1 << 20 };
	char *text = malloc(LENGTH);
	struct card_span span;

	for (size_t i = 0; i < LENGTH; i++)
		text[i] = i % 2 == 0 ? '4' : ' ';
	ck_assert(!card_scan(text, LENGTH, &span));
	memset(text, '4', LENGTH);
	ck_assert(!card_scan(text, LENGTH, &span));
	free(text);
}
END_TEST

static const struct {
	const char *text, *masked;
	size_t count;
} masks[] = {
	{ "pay 4111111111111111 now", "pay ************1111 now", 1 },
	{ "4111 1111 1111 1111", "**** **** **** 1111", 1 },
	{ "4111111111111111,5555-5555-5555-4444",
	    "************1111,****-****-****-4444", 2 },
	{ "4111 1111 1111 1111 5555 5555 5555 4444",
	    "**** **** **** 1111 **** **** **** 4444", 2 },
	{ "x ４１１１１１１１１１１１１１１１ y", "x ************１１１１ y",
	    1 },
	{ "no 4111111111111112 card", "no 4111111111111112 card", 0 },
	{ "", "", 0 },
};

START_TEST(mask_hides_all_but_the_last_four_digits)
{
	char text[128];
	struct card_span span;
	size_t length = strlen(masks[_i].text);

	memcpy(text, masks[_i].text, length);
	ck_assert_uint_eq(card_scan_mask(text, &length), masks[_i].count);
	ck_assert_uint_eq(length, strlen(masks[_i].masked));
	ck_assert_mem_eq(text, masks[_i].masked, length);
	ck_assert(!card_scan(text, length, &span));
}
END_TEST

Suite *
card_scan_suite(void)
{
	Suite *suite = suite_create("card_scan");
	TCase *tests = tcase_create("card_scan");

	tcase_add_loop_test(tests, card_number_is_found_in_every_spelling, 0,
	    (int)COUNT(cards));
	tcase_add_loop_test(
	    tests, other_text_holds_no_card_number, 0, (int)COUNT(none));
	tcase_add_test(tests, scan_never_reads_past_its_length);
	tcase_add_test(tests, long_run_is_no_card_and_takes_no_time);
	tcase_add_loop_test(tests, mask_hides_all_but_the_last_four_digits, 0,
	    (int)COUNT(masks));
	suite_add_tcase(suite, tests);
	return suite;
}
