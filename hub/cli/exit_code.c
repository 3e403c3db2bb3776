/*
 * The exit codes: see exit_code.h.
 */
#include "hub/cli/exit_code.h"

static const char *const meanings[EXIT_CODE_COUNT] = {
	[EXIT_CODE_OK] = "done",
	[EXIT_CODE_FAILED] = "failed on this side: a file, a setting, the "
			     "system; or `check` found problems",
	[EXIT_CODE_USAGE] = "wrong usage: unknown command, option or operand",
	[EXIT_CODE_REFUSED] = "the hub refused (4xx); what, where and the "
			      "trace id are on standard error",
	[EXIT_CODE_UNREACHABLE] = "the hub could not be reached or could not "
				  "answer (5xx); worth another try",
	[EXIT_CODE_UNVERIFIED] = "`verify` found something that does not "
				 "agree",
};

const char *
exit_code_meaning(enum exit_code code)
{
	return meanings[code];
}
