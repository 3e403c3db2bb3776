/*
 * What the process says to the shell.  One list for the code, the help and
 * docs/cli.md.
 */
#pragma once

enum exit_code {
	EXIT_CODE_OK,
	EXIT_CODE_FAILED,
	EXIT_CODE_USAGE,
	EXIT_CODE_REFUSED,
	EXIT_CODE_UNREACHABLE,
	EXIT_CODE_UNVERIFIED,
	EXIT_CODE_COUNT
};

/* What it means, in a few words. */
const char *exit_code_meaning(enum exit_code code);
