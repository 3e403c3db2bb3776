/*
 * Help: see help.h.
 */
#include "hub/cli/help.h"

#include <string.h>

#include "hub/base/common.h"
#include "hub/cli/exit_code.h"
#include "hub/config/config.h"

enum { OPTION_SIZE = 96 };

static const char environment_help[] =
    "The common options may also stand in the environment as FREEZELINE_HUB,\n"
    "FREEZELINE_CERT, FREEZELINE_KEY and FREEZELINE_CA, or in\n"
    "~/.config/freezeline/client.ini (FREEZELINE_CLIENT_CONFIG names "
    "another)\nas hub, cert, key and ca. Options win, then the environment.\n";

static const char settings_help[] =
    "A setting stands in the INI file as `listen_port = 8443`, in the\n"
    "environment as FREEZELINE_LISTEN_PORT, on the command line as\n"
    "--listen-port 8443; the last of these wins. Unknown names are refused.\n";

static void
print_summary(FILE *out, const struct command_row *row)
{
	(void)fprintf(out, "  %-20s %s\n", row->name, row->summary);
}

static void
print_exit_codes(FILE *out)
{
	(void)fputs("\nExit codes:\n", out);
	for (int i = 0; i < EXIT_CODE_COUNT; i++)
		(void)fprintf(out, "  %d  %s\n", i, exit_code_meaning(i));
}

void
help_print(FILE *out)
{
	size_t count;
	const struct command_row *rows = command_rows(&count);

	(void)fputs("Freezeline: freeze requests from officers to "
		    "institutions, and their answers.\n\n"
		    "usage: freezeline COMMAND [OPTION]... [OPERAND]...\n"
		    "       freezeline help COMMAND\n"
		    "       freezeline --version\n\nCommands:\n",
	    out);
	for (size_t i = 0; i < count; i++)
		print_summary(out, &rows[i]);
	print_exit_codes(out);
}

bool
help_print_group(FILE *out, const char *word)
{
	size_t count, length = strlen(word);
	const struct command_row *rows = command_rows(&count);
	bool is_there = false;

	for (size_t i = 0; i < count; i++) {
		if (strncmp(rows[i].name, word, length) != 0 ||
		    rows[i].name[length] != ' ')
			continue;
		if (!is_there)
			(void)fprintf(
			    out, "usage: freezeline %s ...\n\n", word);
		is_there = true;
		print_summary(out, &rows[i]);
	}
	return is_there;
}

/* "--amount-held AMOUNT CURRENCY" */
static int
option_text(const struct command_option *option, char *text, size_t size)
{
	return snprintf(text, size, "--%s%s%s", option->name,
	    option->value != NULL ? " " : "",
	    option->value != NULL ? option->value : "");
}

static void
print_options(FILE *out, const struct command_option *options, size_t count)
{
	char text[OPTION_SIZE];
	int width = 0;

	for (size_t i = 0; i < count; i++) {
		int length = option_text(&options[i], text, sizeof(text));

		width = length > width ? length : width;
	}
	for (size_t i = 0; i < count; i++) {
		(void)option_text(&options[i], text, sizeof(text));
		(void)fprintf(
		    out, "  %-*s  %s\n", width, text, options[i].help);
	}
}

static void
print_usage(FILE *out, const struct command_row *row)
{
	bool has_options = row->option_count > 0 || row->calls_hub;

	(void)fprintf(out, "usage: freezeline %s%s%s%s\n", row->name,
	    has_options ? " [OPTION]..." : "",
	    row->operands[0] != '\0' ? " " : "", row->operands);
}

void
help_print_command(FILE *out, const struct command_row *row)
{
	const struct command_option *common;
	size_t count;

	print_usage(out, row);
	(void)fprintf(out, "\n%s\n", row->summary);
	if (row->option_count > 0) {
		(void)fputs("\nOptions:\n", out);
		print_options(out, row->options, row->option_count);
	}
	if (row->takes_settings) {
		(void)fprintf(out, "\n%s\n", settings_help);
		config_print_help(out);
	}
	if (row->calls_hub) {
		common = command_client_options(&count);
		(void)fputs("\nCommon options:\n", out);
		print_options(out, common, count);
		(void)fprintf(out, "\n%s", environment_help);
	}
}

/* ---- Markdown */

static void
markdown_options(FILE *out, const struct command_option *options, size_t count)
{
	char text[OPTION_SIZE];

	if (count == 0)
		return;
	(void)fputs("\n| option | what it does |\n|---|---|\n", out);
	for (size_t i = 0; i < count; i++) {
		(void)option_text(&options[i], text, sizeof(text));
		(void)fprintf(out, "| `%s` | %s |\n", text, options[i].help);
	}
}

static void
markdown_command(FILE *out, const struct command_row *row)
{
	(void)fprintf(out, "\n### %s\n\n    ", row->name);
	print_usage(out, row);
	(void)fprintf(out, "\n%s%s\n", row->summary,
	    row->calls_hub            ? " (takes the common options)"
		: row->takes_settings ? " (takes the settings of the hub)"
				      : "");
	markdown_options(out, row->options, row->option_count);
}

void
help_print_markdown(FILE *out)
{
	const struct command_option *common;
	size_t count;
	const struct command_row *rows = command_rows(&count);

	(void)fputs("# The command line\n\nPrinted by `freezeline help "
		    "--markdown > docs/cli.md`; a test holds it current.\n"
		    "\n## Exit codes\n\n| code | meaning |\n|---|---|\n",
	    out);
	for (int i = 0; i < EXIT_CODE_COUNT; i++)
		(void)fprintf(out, "| %d | %s |\n", i, exit_code_meaning(i));
	(void)fputs("\n## Commands\n", out);
	for (size_t i = 0; i < count; i++)
		markdown_command(out, &rows[i]);
	(void)fprintf(
	    out, "\n## Common options of the clients\n\n%s", environment_help);
	common = command_client_options(&count);
	markdown_options(out, common, count);
	(void)fprintf(
	    out, "\n## Settings of the hub\n\n%s\n```\n", settings_help);
	config_print_help(out);
	(void)fputs("```\n", out);
}
