/*
 * cli: the table of commands is whole, its words are read as it says, and
 * docs/cli.md is what it prints.
 */
#include "test/unit/unit.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>

#include "hub/cli/args.h"
#include "hub/cli/command.h"
#include "hub/cli/exit_code.h"
#include "hub/cli/help.h"
#include "hub/cli/hub_call.h"
#include "hub/cli/text_table.h"

enum { WORD_LIMIT = 8, DOCUMENT_SIZE = 256 * 1024 };

START_TEST(every_command_has_its_help)
{
	size_t count;
	const struct command_row *rows = command_rows(&count);

	ck_assert_uint_gt(count, 20);
	for (size_t i = 0; i < count; i++) {
		const struct command_row *row = &rows[i];

		ck_assert_msg(strlen(row->summary) > 10, "%s", row->name);
		ck_assert_msg(
		    islower((unsigned char)row->summary[0]), "%s", row->name);
		ck_assert_msg(row->operands != NULL, "%s", row->name);
		ck_assert_msg(
		    (row->run == NULL) != (row->main == NULL), "%s", row->name);
		ck_assert_msg(row->least == 0 || row->operands[0] != '\0', "%s",
		    row->name);
		for (size_t n = 0; n < row->option_count; n++)
			ck_assert_msg(row->options[n].help[0] != '\0',
			    "%s --%s", row->name, row->options[n].name);
		for (size_t n = 0; n < i; n++)
			ck_assert_str_ne(rows[n].name, row->name);
	}
}
END_TEST

START_TEST(every_exit_code_has_its_meaning)
{
	for (int i = 0; i < EXIT_CODE_COUNT; i++)
		ck_assert_uint_gt(
		    strlen(exit_code_meaning((enum exit_code)i)), 3);
}
END_TEST

static const struct {
	const char *words[3], *name;
	int used;
} named[] = {
	{ { "me" }, "me", 1 },
	{ { "case", "submit", "FILE" }, "case submit", 2 },
	{ { "inbox", "--wait" }, "inbox", 1 },
	{ { "case" }, NULL, 0 },
	{ { "case", "sumbit" }, NULL, 0 },
	{ { "submit", "case" }, NULL, 0 },
	{ { "" }, NULL, 0 },
	{ { "case submit" }, "case submit", 1 },
};

static int
count_words(const char *const *words, char **copy)
{
	int count = 0;

	for (; count < 3 && words[count] != NULL; count++)
		copy[count] = (char *)(uintptr_t)words[count];
	return count;
}

START_TEST(command_is_found_by_its_words)
{
	char *words[3] = { NULL };
	int count = count_words(named[_i].words, words), used = 0;
	const struct command_row *row = command_find(count, words, &used);

	if (named[_i].name == NULL) {
		ck_assert_ptr_null(row);
		return;
	}
	ck_assert_ptr_nonnull(row);
	ck_assert_str_eq(row->name, named[_i].name);
	ck_assert_int_eq(used, named[_i].used);
}
END_TEST

static const struct {
	const char *words[3], *suggestion;
} misspelt[] = {
	{ { "nodl" }, "nodal" },
	{ { "verfy", "file.json" }, "verify" },
	{ { "case", "sumbit" }, "case submit" },
	{ { "csae", "submit" }, "case submit" },
	{ { "respnod", "tgt_1" }, "respond" },
	{ { "case", "zzzzzz" }, NULL },
	{ { "zzzzzz" }, NULL },
	{ { "" }, NULL },
};

START_TEST(misspelt_command_gets_a_suggestion)
{
	char *words[3] = { NULL };
	int count = count_words(misspelt[_i].words, words);
	const char *suggestion = command_suggest(count, words);

	if (misspelt[_i].suggestion == NULL)
		ck_assert_ptr_null(suggestion);
	else
		ck_assert_str_eq(suggestion, misspelt[_i].suggestion);
}
END_TEST

/* ---- the words behind a command */

static const struct command_option some_options[] = {
	{ "file", "FILE", "a file" },
	{ "amount", "AMOUNT CURRENCY", "an amount" },
	{ "dry-run", NULL, "try" },
	{ "count", "N", "a number" },
};
static const struct command_row some_row = { .name = "some",
	.operands = "A [B]",
	.least = 1,
	.most = 2,
	.options = some_options,
	.option_count = COUNT(some_options) };

static enum rc
parse(
    const char *const *given, struct args *args, char **words, struct err *err)
{
	int count = 0;

	for (; given[count] != NULL; count++)
		words[count] = (char *)(uintptr_t)given[count];
	return args_parse(&some_row, count, words, args, err);
}

START_TEST(options_and_operands_may_stand_in_any_order)
{
	const char *const given[] = { "--amount", "1.00", "INR", "one",
		"--file=x=y", "--dry-run", "-", NULL };
	char *words[WORD_LIMIT];
	struct args args;
	long number = 0;

	ck_assert_int_eq(parse(given, &args, words, NULL), RC_OK);
	ck_assert_str_eq(args_operand(&args, 0), "one");
	ck_assert_str_eq(args_operand(&args, 1), "-");
	ck_assert_ptr_null(args_operand(&args, 2));
	ck_assert_str_eq(args_value(&args, "file"), "x=y");
	ck_assert_str_eq(args_words(&args, "amount")[0], "1.00");
	ck_assert_str_eq(args_words(&args, "amount")[1], "INR");
	ck_assert(args_has(&args, "dry-run"));
	ck_assert(!args_has(&args, "count"));
	ck_assert_int_eq(
	    args_int(&args, "count", 1, 9, 7, &number, NULL), RC_OK);
	ck_assert_int_eq(number, 7);
}
END_TEST

START_TEST(two_dashes_end_the_options)
{
	const char *const given[] = { "--", "--file", NULL };
	char *words[WORD_LIMIT];
	struct args args;

	ck_assert_int_eq(parse(given, &args, words, NULL), RC_OK);
	ck_assert_str_eq(args_operand(&args, 0), "--file");
	ck_assert(!args_has(&args, "file"));
}
END_TEST

START_TEST(help_is_wanted_before_anything_is_missing)
{
	const char *const given[] = { "--help", NULL };
	char *words[WORD_LIMIT];
	struct args args;

	ck_assert_int_eq(parse(given, &args, words, NULL), RC_OK);
	ck_assert(args.wants_help);
}
END_TEST

static const struct {
	const char *words[5], *said;
} wrong[] = {
	{ { NULL }, "needs A [B]" },
	{ { "--dry-run" }, "needs A [B]" },
	{ { "a", "b", "c" }, "no operand c" },
	{ { "a", "--flie", "x" }, "did you mean --file?" },
	{ { "a", "--dryrun" }, "did you mean --dry-run?" },
	{ { "a", "--zzzzzz" }, "no option --zzzzzz" },
	{ { "a", "-f" }, "no option -f" },
	{ { "a", "--hub", "x" }, "no option --hub" },
	{ { "a", "--file" }, "--file takes FILE" },
	{ { "a", "--amount", "1" }, "--amount takes AMOUNT CURRENCY" },
	{ { "a", "--amount=1" }, "--amount takes AMOUNT CURRENCY" },
	{ { "a", "--dry-run=yes" }, "--dry-run takes no value" },
	{ { "a", "--dry-run", "--dry-run" }, "--dry-run is there twice" },
};

START_TEST(wrong_words_are_refused_with_a_sentence)
{
	char *words[WORD_LIMIT];
	struct args args;
	struct err err;

	ck_assert_int_eq(
	    parse(wrong[_i].words, &args, words, &err), RC_INVALID);
	ck_assert_str_eq(err.code, "wrong_usage");
	ck_assert_msg(strstr(err.text, wrong[_i].said) != NULL, "%s", err.text);
}
END_TEST

static const char *const wrong_numbers[] = { "0", "10", "-1", "x", "", "5x",
	"99999999999999999999" };

START_TEST(number_out_of_bounds_is_refused)
{
	const char *const given[] = { "a", "--count", wrong_numbers[_i], NULL };
	char *words[WORD_LIMIT];
	struct args args;
	struct err err;
	long number;

	ck_assert_int_eq(parse(given, &args, words, NULL), RC_OK);
	ck_assert_int_eq(
	    args_int(&args, "count", 1, 9, 7, &number, &err), RC_INVALID);
}
END_TEST

/* ---- output */

START_TEST(columns_are_aligned_and_harmless)
{
	static const char *const titles[] = { "A", ">B", "C", NULL };
	struct text_table table;
	char *text = NULL;
	size_t length = 0;
	FILE *out = tmpfile(); /* stands for whatever is no terminal */

	text_table_init(&table, titles);
	text_table_cell(&table, "Алматы");
	text_table_cell(&table, "5.00");
	text_table_cell(&table, "x\033[2Jy\n");
	text_table_cell(&table, "a");
	text_table_cell_coloured(&table, "12.00", COLOUR_GOOD);
	text_table_cell(&table, "");
	text_table_print(&table, out);
	rewind(out);
	text = calloc(1, 1000);
	length = fread(text, 1, 999, out);
	text[length] = '\0';
	ck_assert_str_eq(text,
	    "A           B  C\n"
	    "Алматы   5.00  x?[2Jy?\n"
	    "a       12.00  \n");
	(void)fclose(out);
	free(text);
	text_table_clear(&table);
}
END_TEST

static const char *const unsafe_ids[] = { "", "a/b", "../x", "a b", "a?b",
	"a%2fb", "a#b", "\xc3\xa9" };

START_TEST(only_an_id_gets_into_a_path)
{
	char path[HUB_CALL_PATH_SIZE];

	ck_assert(hub_call_path(path, "/v1/cases/", "case_01jb", "/timeline"));
	ck_assert_str_eq(path, "/v1/cases/case_01jb/timeline");
	ck_assert(!hub_call_path(path, "/v1/", unsafe_ids[_i], ""));
}
END_TEST

START_TEST(document_is_what_the_table_prints)
{
	char *printed = NULL, *kept = calloc(1, DOCUMENT_SIZE);
	size_t length = 0;
	FILE *out = open_memstream(&printed, &length);
	FILE *file = fopen("docs/cli.md", "re");

	help_print_markdown(out);
	(void)fclose(out);
	ck_assert_ptr_nonnull(file);
	kept[fread(kept, 1, DOCUMENT_SIZE - 1, file)] = '\0';
	(void)fclose(file);
	ck_assert_msg(strcmp(kept, printed) == 0,
	    "freezeline help --markdown > docs/cli.md");
	free(printed);
	free(kept);
}
END_TEST

Suite *
cli_suite(void)
{
	Suite *suite = suite_create("cli");
	TCase *tcase = tcase_create("cli");

	tcase_add_test(tcase, every_command_has_its_help);
	tcase_add_test(tcase, every_exit_code_has_its_meaning);
	tcase_add_loop_test(
	    tcase, command_is_found_by_its_words, 0, (int)COUNT(named));
	tcase_add_loop_test(
	    tcase, misspelt_command_gets_a_suggestion, 0, (int)COUNT(misspelt));
	tcase_add_test(tcase, options_and_operands_may_stand_in_any_order);
	tcase_add_test(tcase, two_dashes_end_the_options);
	tcase_add_test(tcase, help_is_wanted_before_anything_is_missing);
	tcase_add_loop_test(tcase, wrong_words_are_refused_with_a_sentence, 0,
	    (int)COUNT(wrong));
	tcase_add_loop_test(tcase, number_out_of_bounds_is_refused, 0,
	    (int)COUNT(wrong_numbers));
	tcase_add_test(tcase, columns_are_aligned_and_harmless);
	tcase_add_loop_test(
	    tcase, only_an_id_gets_into_a_path, 0, (int)COUNT(unsafe_ids));
	tcase_add_test(tcase, document_is_what_the_table_prints);
	suite_add_tcase(suite, tcase);
	return suite;
}
