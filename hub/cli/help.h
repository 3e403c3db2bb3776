/*
 * The help, printed from the table of commands: for the terminal and as
 * docs/cli.md.
 */
#pragma once

#include <stdio.h>

#include "hub/cli/command.h"

/* `freezeline --help`: one line a command, the exit codes. */
void help_print(FILE *out);

/* The rows whose name begins with this word ("case"); false: none. */
bool help_print_group(FILE *out, const char *word);

/* One command: usage, options. */
void help_print_command(FILE *out, const struct command_row *row);

/* All of it as Markdown: what docs/cli.md must be. */
void help_print_markdown(FILE *out);
