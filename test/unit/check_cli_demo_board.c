/*
 * cli: the demo's board as text.
 */
#include "test/unit/unit.h"

#include <string.h>

#include "hub/base/common.h"
#include "hub/base/strbuf.h"
#include "hub/cli/cli_demo_board.h"
#include "hub/wire/json_view.h"

enum { OUTPUT_LIMIT = 65536, LINES_ENOUGH = 100, BOARD_LINES = 7 };

#define TARGET(id, name, layer, status, times, held)                          \
	"{\"id\":\"" id "\",\"institution\":{\"slug\":\"x\",\"name\":\"" name \
	"\"},\"status\":\"" status "\",\"layer\":" layer ",\"generation\":1," \
	"\"identifier\":{\"type\":\"iban\",\"masked\":\"****6819\"},"         \
	"\"amount_requested\":{\"amount\":\"25000000.00\","                   \
	"\"currency\":\"USD\"}," times "\"amount_held\":{\"amount\":\"" held  \
	"\",\"currency\":\"USD\"},"                                           \
	"\"updated_at\":\"2026-03-12T06:00:09.000Z\"}"

#define CASE(targets)                                                      \
	"{\"ref\":\"US-CA-2026-000003-K\",\"typology\":\"bec_diversion\"," \
	"\"loss\":{\"amount\":\"25000000.00\",\"currency\":\"USD\"},"      \
	"\"unit\":{\"name\":\"San José unit\"},"                          \
	"\"received_at\":\"2026-03-12T06:00:00.000Z\","                    \
	"\"requests\":[{\"targets\":[" targets "]}]}"

#define WAITING TARGET("tgt_1", "Harbour Bank", "1", "queued", "", "0.00")
#define HELD                                                    \
	TARGET("tgt_1", "Harbour Bank", "1", "held_full",       \
	    "\"sent_at\":\"2026-03-12T06:00:00.250Z\","         \
	    "\"delivered_at\":\"2026-03-12T06:00:01.500Z\","    \
	    "\"acknowledged_at\":\"2026-03-12T06:00:59.990Z\"," \
	    "\"answered_at\":\"2026-03-12T07:00:00.000Z\","     \
	    "\"response_code\":\"HLD_FULL\",",                  \
	    "25000000.00")
#define ONWARD \
	TARGET("tgt_2", "Банк \\u001b[31m Алматы", "2", "not_held", "", "0.00")

static struct json_view *
parse(const char *text)
{
	struct json_view *view = NULL;
	struct err err;

	ck_assert_int_eq(
	    json_view_parse(text, strlen(text), &view, &err), RC_OK);
	return view;
}

/* The board of one case and of one that is not there yet. */
static int
draw(struct strbuf *out, const char *file, int columns, int lines,
    bool has_colour)
{
	struct json_view *view = parse(file);
	const struct cli_demo_board board = { .hub = "https://localhost:8443",
		.cases = { { "c", view }, { "d", NULL } },
		.case_count = 2 };
	const struct cli_demo_board_look look = { columns, lines, has_colour };
	int written;

	strbuf_init(out, OUTPUT_LIMIT);
	written = cli_demo_board_write(out, &board, &look);
	json_view_free(view);
	return written;
}

static size_t
width_of(const char *line, size_t length)
{
	size_t width = 0;

	for (size_t i = 0; i < length; i++)
		width += ((unsigned char)line[i] & 0xc0) != 0x80 ? 1 : 0;
	return width;
}

START_TEST(times_count_from_the_submission)
{
	static const char *const shown[] = { "Harbour Bank", "****6819",
		"25,000,000.00 USD", " 0.25 s", " 1.50 s", "59.99 s", " 3600 s",
		"held full", "US-CA-2026-000003-K", "bec diversion",
		"1 of 1 targets decided", "d  not submitted yet" };
	struct strbuf out;

	(void)draw(&out, CASE(HELD), 160, LINES_ENOUGH, false);
	for (size_t i = 0; i < COUNT(shown); i++)
		ck_assert_msg(strstr(out.bytes, shown[i]) != NULL,
		    "no \"%s\" in\n%s", shown[i], out.bytes);
	strbuf_clear(&out);
}
END_TEST

START_TEST(what_has_not_happened_is_blank)
{
	struct strbuf out;

	(void)draw(&out, CASE(WAITING), 160, LINES_ENOUGH, false);
	ck_assert_ptr_nonnull(strstr(out.bytes, "0 of 1 targets decided"));
	ck_assert_ptr_null(strstr(out.bytes, " s "));
	ck_assert_ptr_null(strstr(out.bytes, "0.00 USD held"));
	strbuf_clear(&out);
}
END_TEST

/* Widths of terminals, down to silly ones. */
static const int widths[] = { 1, 2, 10, 20, 40, 79, 80, 103, 104, 105, 120, 121,
	132, 200 };

START_TEST(no_line_is_wider_than_the_terminal)
{
	struct strbuf out;
	char *line, *end;

	(void)draw(
	    &out, CASE(HELD "," ONWARD), widths[_i], LINES_ENOUGH, false);
	for (line = out.bytes; (end = strchr(line, '\n')) != NULL;
	     line = end + 1)
		ck_assert_uint_le(
		    width_of(line, (size_t)(end - line)), (size_t)widths[_i]);
	ck_assert_str_eq(line, "");
	strbuf_clear(&out);
}
END_TEST

START_TEST(eighty_columns_show_status_and_amount)
{
	static const char *const shown[] = { "Harbour Bank", "held full",
		"25,000,000.00 USD" };
	struct strbuf out;

	(void)draw(&out, CASE(HELD), 80, LINES_ENOUGH, false);
	for (size_t i = 0; i < COUNT(shown); i++)
		ck_assert_ptr_nonnull(strstr(out.bytes, shown[i]));
	ck_assert_ptr_null(strstr(out.bytes, "****6819"));
	strbuf_clear(&out);
}
END_TEST

START_TEST(a_low_terminal_gets_the_first_lines)
{
	struct strbuf out;
	int lines = 0;

	ck_assert_int_eq(draw(&out, CASE(HELD "," ONWARD), 100, _i, false),
	    _i < BOARD_LINES ? _i : BOARD_LINES - 1);
	for (size_t i = 0; i < out.length; i++)
		lines += out.bytes[i] == '\n' ? 1 : 0;
	ck_assert_int_eq(lines, _i < BOARD_LINES ? _i : BOARD_LINES - 1);
	strbuf_clear(&out);
}
END_TEST

START_TEST(colours_come_only_when_asked_for)
{
	struct strbuf plain, coloured;

	(void)draw(&plain, CASE(HELD), 120, LINES_ENOUGH, false);
	(void)draw(&coloured, CASE(HELD), 120, LINES_ENOUGH, true);
	ck_assert_ptr_null(strchr(plain.bytes, '\033'));
	ck_assert_ptr_nonnull(
	    strstr(coloured.bytes, "\033[32mheld full\033[0m"));
	strbuf_clear(&plain);
	strbuf_clear(&coloured);
}
END_TEST

START_TEST(a_hub_cannot_steer_the_terminal)
{
	struct strbuf out;

	(void)draw(&out, CASE(ONWARD), 160, LINES_ENOUGH, true);
	ck_assert_ptr_nonnull(strstr(out.bytes, "> Банк ?[31m Алматы"));
	strbuf_clear(&out);
}
END_TEST

/* A case's file from a hub that says nothing, or nonsense. */
static const char *const strange[] = { "{}", "[]", "{\"requests\":7}",
	"{\"requests\":[{\"targets\":{}}]}",
	"{\"requests\":[{\"targets\":[{}]}]}",
	"{\"requests\":[{\"targets\":[null,1,\"x\"]}]}",
	"{\"received_at\":\"yesterday\",\"requests\":[{\"targets\":[{"
	"\"delivered_at\":\"today\",\"amount_held\":\"much\"}]}]}" };

START_TEST(strange_cases_are_drawn_all_the_same)
{
	struct strbuf out;

	ck_assert_int_gt(draw(&out, strange[_i], 120, LINES_ENOUGH, false), 2);
	ck_assert(!out.failed);
	strbuf_clear(&out);
}
END_TEST

/* ---- lines of changes */

static void
write_changes(struct strbuf *out, const char *before, const char *file)
{
	struct json_view *old = before != NULL ? parse(before) : NULL;
	struct json_view *new = parse(file);

	strbuf_init(out, OUTPUT_LIMIT);
	cli_demo_board_write_changes(out, "c", old, new);
	json_view_free(old);
	json_view_free(new);
}

START_TEST(a_first_look_tells_every_target)
{
	struct strbuf out;

	write_changes(&out, NULL, CASE(WAITING));
	ck_assert_str_eq(out.bytes,
	    "c    9.00 s  Harbour Bank: queued, asked 25,000,000.00 USD\n");
	strbuf_clear(&out);
}
END_TEST

START_TEST(a_change_tells_state_answer_and_amounts)
{
	struct strbuf out;

	write_changes(&out, CASE(WAITING), CASE(HELD));
	ck_assert_str_eq(out.bytes,
	    "c    9.00 s  Harbour Bank: held full HLD_FULL, 25,000,000.00 USD "
	    "of 25,000,000.00 USD\n");
	strbuf_clear(&out);
}
END_TEST

START_TEST(what_stays_is_not_told_again)
{
	struct strbuf out;

	write_changes(&out, CASE(HELD), CASE(HELD));
	ck_assert_str_eq(out.bytes, "");
	strbuf_clear(&out);
	write_changes(&out, CASE(HELD), CASE(HELD "," ONWARD));
	ck_assert_ptr_null(strstr(out.bytes, "Harbour"));
	ck_assert_ptr_nonnull(strstr(out.bytes, "not held"));
	strbuf_clear(&out);
}
END_TEST

Suite *
cli_demo_board_suite(void)
{
	Suite *suite = suite_create("cli_demo_board");
	TCase *tests = tcase_create("board");

	tcase_add_test(tests, times_count_from_the_submission);
	tcase_add_test(tests, what_has_not_happened_is_blank);
	tcase_add_loop_test(
	    tests, no_line_is_wider_than_the_terminal, 0, (int)COUNT(widths));
	tcase_add_test(tests, eighty_columns_show_status_and_amount);
	tcase_add_loop_test(
	    tests, a_low_terminal_gets_the_first_lines, 1, BOARD_LINES + 3);
	tcase_add_test(tests, colours_come_only_when_asked_for);
	tcase_add_test(tests, a_hub_cannot_steer_the_terminal);
	tcase_add_loop_test(tests, strange_cases_are_drawn_all_the_same, 0,
	    (int)COUNT(strange));
	tcase_add_test(tests, a_first_look_tells_every_target);
	tcase_add_test(tests, a_change_tells_state_answer_and_amounts);
	tcase_add_test(tests, what_stays_is_not_told_again);
	suite_add_tcase(suite, tests);
	return suite;
}
