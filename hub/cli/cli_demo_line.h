/*
 * A line for a terminal under way: what is written is counted in columns and
 * cut at the width; control characters become '?', for what a hub sends must
 * not steer the terminal.  Pure.
 */
#pragma once

#include <stdbool.h>

#include "hub/base/strbuf.h"

struct cli_demo_line {
	struct strbuf *out;
	int columns; /* of the terminal */
	bool has_colour;
	int used;
};

/* The text's width: characters, not bytes. */
int cli_demo_line_width(const char *text);

/* Append a text in a colour (SGR; "": none), a number of blanks, the end. */
void cli_demo_line_put(
    struct cli_demo_line *line, const char *text, const char *colour);
void cli_demo_line_blank(struct cli_demo_line *line, int count);
void cli_demo_line_end(struct cli_demo_line *line);

/* A cell of a table: exactly `width` columns, cut or filled up. */
void cli_demo_line_cell(struct cli_demo_line *line, const char *text, int width,
    bool is_right, const char *colour);
