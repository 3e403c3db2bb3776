/*
 * freezeline: finds the command in the table and runs it.  All that a
 * command does is in hub/cli.
 */
#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "hub/base/common.h"
#include "hub/cli/args.h"
#include "hub/cli/command.h"
#include "hub/cli/exit_code.h"
#include "hub/cli/help.h"
#include "hub/cli/version.h"

/* "case" alone lists its commands; "case sumbit" gets a suggestion. */
static int
refuse(int count, char *const *words)
{
	const char *nearest = command_suggest(count, words);

	if (count == 1 && help_print_group(stderr, words[0]))
		return EXIT_CODE_USAGE;
	(void)fprintf(stderr, "freezeline: no command %s", words[0]);
	if (count > 1 && command_is_group(words[0]))
		(void)fprintf(stderr, " %s", words[1]);
	if (nearest != NULL)
		(void)fprintf(stderr, ", did you mean %s?", nearest);
	(void)fputs("\nfreezeline --help lists them\n", stderr);
	return EXIT_CODE_USAGE;
}

static int
show_help(int count, char *const *words)
{
	const struct command_row *row;
	int used;

	if (count == 0)
		help_print(stdout);
	else if (strcmp(words[0], "--markdown") == 0)
		help_print_markdown(stdout);
	else if ((row = command_find(count, words, &used)) != NULL)
		help_print_command(stdout, row);
	else if (!help_print_group(stdout, words[0]))
		return refuse(count, words);
	return EXIT_CODE_OK;
}

/* Whether the word is one of these, which no table has. */
static bool
is_one_of(const char *word, const char *a, const char *b)
{
	return strcmp(word, a) == 0 || strcmp(word, b) == 0;
}

static int
run(const struct command_row *row, int argc, char **argv)
{
	struct args args;
	struct err err;

	if (row->main != NULL && argc > 1 &&
	    is_one_of(argv[1], "--help", "-h")) {
		help_print_command(stdout, row);
		return EXIT_CODE_OK;
	}
	if (row->main != NULL)
		return row->main(argc, argv);
	if (args_parse(row, argc - 1, argv + 1, &args, &err) != RC_OK) {
		(void)fprintf(stderr, "freezeline: %s\n", err.text);
		(void)fprintf(
		    stderr, "freezeline help %s says more\n", row->name);
		return EXIT_CODE_USAGE;
	}
	if (args.wants_help) {
		help_print_command(stdout, row);
		return EXIT_CODE_OK;
	}
	return row->run(&args);
}

int
main(int argc, char **argv)
{
	const struct command_row *row;
	int used = 0;

	/* A peer that goes away is an error code, not the end. */
	(void)signal(SIGPIPE, SIG_IGN);
	if (argc < 2) {
		help_print(stderr);
		return EXIT_CODE_USAGE;
	}
	if (is_one_of(argv[1], "--help", "-h") || strcmp(argv[1], "help") == 0)
		return show_help(argc - 2, argv + 2);
	if (is_one_of(argv[1], "--version", "version")) {
		(void)puts("freezeline " FREEZELINE_VERSION);
		return EXIT_CODE_OK;
	}
	row = command_find(argc - 1, argv + 1, &used);
	if (row == NULL)
		return refuse(argc - 1, argv + 1);
	return run(row, argc - used, argv + used);
}
