/*
 * The demo's board as text: six cases, their targets, how long each step
 * took since the submission, what is held.  Pure: cases as the API shows
 * them in, lines out.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "hub/base/strbuf.h"
#include "hub/wire/json_view.h"

enum { CLI_DEMO_BOARD_CASES = 8 };

struct cli_demo_board_case {
	const char *letter;
	const struct json_view *file; /* GET /v1/cases/{id}; NULL: none yet */
};

struct cli_demo_board {
	const char *hub; /* its URL */
	struct cli_demo_board_case cases[CLI_DEMO_BOARD_CASES];
	size_t case_count;
};

struct cli_demo_board_look {
	int columns, lines; /* no line is wider; no more lines are written */
	bool has_colour;
};

/* Append the board, each line with a '\n'.  Returns their number. */
int cli_demo_board_write(struct strbuf *out, const struct cli_demo_board *board,
    const struct cli_demo_board_look *look);

/* For outputs that are no terminal: append a line for each target whose
 * status, generation or answer is not as in `before` (NULL: all). */
void cli_demo_board_write_changes(struct strbuf *out, const char *letter,
    const struct json_view *before, const struct json_view *file);
