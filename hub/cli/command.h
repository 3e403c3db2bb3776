/*
 * A command of the program as a row: its name, what it takes, what it does.
 * The help, docs/cli.md and the parser read the same rows (command.c).
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

struct args;

struct command_option {
	const char *name;  /* "dry-run" */
	const char *value; /* "FILE", "AMOUNT CURRENCY"; NULL: a switch */
	const char *help;
};

struct command_row {
	const char *name;     /* "case submit" */
	const char *operands; /* "FILE", "[ID]", "A B", "" */
	const char *summary;  /* one line, lower case, no period */
	int least, most;      /* operands */
	bool calls_hub;       /* takes the common options of a client too */
	bool takes_settings;  /* takes the hub's settings as options */
	const struct command_option *options;
	size_t option_count;

	/* One of the two; both return an exit code.  `main` reads its words
	 * itself: argv[0] is the command's name. */
	int (*run)(const struct args *args);
	int (*main)(int argc, char **argv);
};

/* The rows, in the order of the help. */
const struct command_row *command_rows(size_t *count);

/* What every command with `calls_hub` takes. */
const struct command_option *command_client_options(size_t *count);

/* The row that the words name, with the number of words that its name took;
 * NULL: none.  "case submit" goes before "case". */
const struct command_row *
command_find(int count, char *const *words, int *used);

/* Does any row's name have this first word and a second? */
bool command_is_group(const char *word);

/* The nearest name for words that name nothing, or NULL. */
const char *command_suggest(int count, char *const *words);
