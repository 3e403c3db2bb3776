/*
 * The words behind a command, read by its row.  Borrows argv.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "hub/base/common.h"
#include "hub/base/err.h"
#include "hub/cli/command.h"

enum { ARGS_OPERAND_LIMIT = 16, ARGS_OPTION_LIMIT = 32 };

struct args {
	const struct command_row *row;
	const char *operands[ARGS_OPERAND_LIMIT];
	int operand_count;
	/* By the row's options, then the client's: the words of the value,
	 * NULL where it was not given. */
	char *const *values[ARGS_OPTION_LIMIT];
	char *joined[ARGS_OPTION_LIMIT]; /* where "--name=value" points */
	bool wants_help;
};

/* Read the words behind the command's name.  RC_INVALID `wrong_usage` with a
 * sentence: unknown option (and the nearest), value missing, too few or too
 * many operands. */
NODISCARD enum rc args_parse(const struct command_row *row, int count,
    char *const *words, struct args *args, struct err *err);

/* The first (only) word of an option's value; NULL where it was not given.
 * Aborts for a name that is not in the row: a bug of ours. */
const char *args_value(const struct args *args, const char *name);

/* All words of it: as many as the row's `value` has; NULL: not given. */
char *const *args_words(const struct args *args, const char *name);

/* Was it given? */
bool args_has(const struct args *args, const char *name);

/* The n-th operand or NULL. */
const char *args_operand(const struct args *args, int n);

/* A whole number in bounds, or `fallback` where it was not given. */
NODISCARD enum rc args_int(const struct args *args, const char *name, long low,
    long high, long fallback, long *number, struct err *err);
