/*
 * cursor: what goes out comes in, and nothing else does.
 */
#include "test/unit/unit.h"

#include "hub/reading/cursor.h"

static const struct cursor cursors[] = {
	{ .kind = CURSOR_CASES,
	    .number = INT64_C(1773300000123456),
	    .id = { { 1, 2, 3, [15] = 16 } } },
	{ .kind = CURSOR_OWN_CASES, .number = 1, .id = { { [0] = 255 } } },
	{ .kind = CURSOR_TIMELINE, .number = 0 },
	{ .kind = CURSOR_TIMELINE, .number = INT64_MAX },
	{ .kind = CURSOR_INBOX, .number = 65536 },
	{ .kind = CURSOR_INSTITUTIONS, .word = "kochi_police" },
	{ .kind = CURSOR_ENDPOINTS, .number = 12 },
};

START_TEST(cursor_comes_back_as_it_went)
{
	char text[CURSOR_TEXT_SIZE];
	struct cursor cursor;

	(void)cursor_format(&cursors[_i], text);
	ck_assert(cursor_parse(text, cursors[_i].kind, &cursor));
	ck_assert_int_eq(cursor.kind, cursors[_i].kind);
	ck_assert_int_eq(cursor.number, cursors[_i].number);
	ck_assert(id_equal(&cursor.id, &cursors[_i].id));
	ck_assert_str_eq(cursor.word, cursors[_i].word);
}
END_TEST

START_TEST(cursor_of_another_list_is_refused)
{
	char text[CURSOR_TEXT_SIZE];
	struct cursor cursor;

	(void)cursor_format(&cursors[_i], text);
	for (int kind = 0; kind < CURSOR_KIND_COUNT; kind++)
		ck_assert_int_eq(
		    cursor_parse(text, (enum cursor_kind)kind, &cursor),
		    kind == (int)cursors[_i].kind);
}
END_TEST

START_TEST(longest_word_fits)
{
	struct cursor cursor = { .kind = CURSOR_INSTITUTIONS }, parsed;
	char text[CURSOR_TEXT_SIZE];

	memset(cursor.word, 'w', sizeof(cursor.word) - 1);
	ck_assert_uint_lt(
	    strlen(cursor_format(&cursor, text)), CURSOR_TEXT_SIZE);
	ck_assert(cursor_parse(text, CURSOR_INSTITUTIONS, &parsed));
	ck_assert_str_eq(parsed.word, cursor.word);
}
END_TEST

static const char *const wrong[] = {
	"",
	"0",
	"00",
	"3",
	"03f",
	"0x",
	"zz",
	"0300",                /* a zero that would have been left out */
	"0300000000000000010", /* half a byte */
	"030000000000000001 ",
	" 030000000000000001",
	"03000000000000000A", /* not as it was made */
	"030000000000000001?",
};

START_TEST(wrong_text_is_refused)
{
	struct cursor cursor = { .number = 42 };

	ck_assert(!cursor_parse(wrong[_i], CURSOR_TIMELINE, &cursor));
	ck_assert_int_eq(cursor.number, 42);
}
END_TEST

START_TEST(too_long_text_is_refused)
{
	char text[2 * CURSOR_TEXT_SIZE];
	struct cursor cursor;

	memset(text, '3', sizeof(text));
	text[0] = '0';
	text[sizeof(text) - 1] = '\0';
	ck_assert(!cursor_parse(text, CURSOR_TIMELINE, &cursor));
	text[CURSOR_TEXT_SIZE - 1] = '\0';
	ck_assert(!cursor_parse(text, CURSOR_TIMELINE, &cursor));
}
END_TEST

Suite *
cursor_suite(void)
{
	Suite *suite = suite_create("cursor");
	TCase *tcase = tcase_create("cursor");

	tcase_add_loop_test(
	    tcase, cursor_comes_back_as_it_went, 0, (int)COUNT(cursors));
	tcase_add_loop_test(
	    tcase, cursor_of_another_list_is_refused, 0, (int)COUNT(cursors));
	tcase_add_test(tcase, longest_word_fits);
	tcase_add_loop_test(tcase, wrong_text_is_refused, 0, (int)COUNT(wrong));
	tcase_add_test(tcase, too_long_text_is_refused);
	suite_add_tcase(suite, tcase);
	return suite;
}
