/*
 * The demo's board: see cli_demo_board.h.
 */
#include "hub/cli/cli_demo_board.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "hub/base/common.h"
#include "hub/cli/cli_demo_cell.h"
#include "hub/cli/cli_demo_line.h"

enum {
	NAME_LEAST = 10,
	NAME_MOST = 30,
	GAP = 1,
	INDENT = 2,
};

#define BOLD "1"
#define DIM "2"

/* ---- the table */

/* A cell's text; `since` is the submission. */
typedef const char *
cell_text(const struct json_view *target, int64_t since, char *cell);

static const char *
name_text(const struct json_view *target, int64_t since, char *cell)
{
	(void)since;
	(void)snprintf(cell, CLI_DEMO_CELL_SIZE, "%s%s",
	    json_view_int(target, "layer", 1) > 1 ? "> " : "",
	    cli_demo_cell_institution(target));
	return cell;
}

static const char *
identifier_text(const struct json_view *target, int64_t since, char *cell)
{
	(void)since;
	(void)cell;
	return json_view_text(target, "identifier/masked", "");
}

static const char *
asked_text(const struct json_view *target, int64_t since, char *cell)
{
	(void)since;
	return cli_demo_cell_money(
	    json_view_at(target, "amount_requested"), cell);
}

static const char *
first_text(const struct json_view *target, int64_t since, char *cell)
{
	return cli_demo_cell_span(
	    since, cli_demo_cell_first_attempt(target), cell);
}

static const char *
delivered_text(const struct json_view *target, int64_t since, char *cell)
{
	return cli_demo_cell_span(
	    since, json_view_text(target, "delivered_at", NULL), cell);
}

static const char *
acknowledged_text(const struct json_view *target, int64_t since, char *cell)
{
	return cli_demo_cell_span(
	    since, json_view_text(target, "acknowledged_at", NULL), cell);
}

static const char *
decided_text(const struct json_view *target, int64_t since, char *cell)
{
	return cli_demo_cell_span(since, cli_demo_cell_decided(target), cell);
}

static const char *
status_text(const struct json_view *target, int64_t since, char *cell)
{
	(void)since;
	return cli_demo_cell_words(json_view_text(target, "status", "?"), cell);
}

static const char *
held_text(const struct json_view *target, int64_t since, char *cell)
{
	(void)since;
	return cli_demo_cell_held(target, cell);
}

/* The name takes what the others leave; a column that can be missed shows
 * from `from` columns on. */
/* clang-format off */
static const struct {
	const char *title;
	int width, from;
	bool is_right;
	cell_text *text;
} table[] = {
	/* title          width  from  right  text */
	{ "institution",      0,    0, false, name_text },
	{ "identifier",      22,  121, false, identifier_text },
	{ "asked",           17,  104, true,  asked_text },
	{ "first",            7,    0, true,  first_text },
	{ "2xx",              7,    0, true,  delivered_text },
	{ "ackn.",            7,    0, true,  acknowledged_text },
	{ "decided",          7,    0, true,  decided_text },
	{ "status",          15,    0, false, status_text },
	{ "held",            17,    0, true,  held_text },
};
/* clang-format on */

static int
width_in(size_t column, int columns)
{
	int left = columns - INDENT;

	if (table[column].width > 0)
		return table[column].width;
	for (size_t i = 0; i < COUNT(table); i++)
		if (table[i].width > 0 && columns >= table[i].from)
			left -= table[i].width + GAP;
	if (left < NAME_LEAST)
		return NAME_LEAST;
	return left < NAME_MOST ? left : NAME_MOST;
}

/* A line of cells; `target` NULL: the titles. */
static void
write_row(
    struct cli_demo_line *line, const struct json_view *target, int64_t since)
{
	const char *colour = cli_demo_cell_colour(
	    json_view_text(target, "status", ""));
	char cell[CLI_DEMO_CELL_SIZE];

	cli_demo_line_blank(line, INDENT - GAP);
	for (size_t i = 0; i < COUNT(table); i++) {
		if (line->columns < table[i].from)
			continue;
		cli_demo_line_blank(line, GAP);
		cli_demo_line_cell(line,
		    target != NULL ? table[i].text(target, since, cell)
				   : table[i].title,
		    width_in(i, line->columns), table[i].is_right,
		    target == NULL                     ? DIM
			: table[i].text == status_text ? colour
						       : "");
	}
	cli_demo_line_end(line);
}

/* ---- the whole */

struct drawing {
	struct cli_demo_line line;
	int64_t since;
	int targets, decided;
};

static void
count_target(void *context, const struct json_view *target)
{
	struct drawing *drawing = context;

	drawing->targets++;
	drawing->decided += cli_demo_cell_is_decided(target) ? 1 : 0;
}

static void
draw_target(void *context, const struct json_view *target)
{
	struct drawing *drawing = context;

	write_row(&drawing->line, target, drawing->since);
}

static void
write_head(struct drawing *drawing, const struct cli_demo_board *board)
{
	char text[CLI_DEMO_CELL_SIZE * 2];

	for (size_t i = 0; i < board->case_count; i++)
		cli_demo_cell_each_target(
		    board->cases[i].file, count_target, drawing);
	cli_demo_line_put(&drawing->line, "Freezeline demo", BOLD);
	(void)snprintf(text, sizeof(text),
	    "  %d of %d targets decided  %.100s  Ctrl-C ends it",
	    drawing->decided, drawing->targets, board->hub);
	cli_demo_line_put(&drawing->line, text, "");
	cli_demo_line_end(&drawing->line);
}

static void
write_case_head(
    struct cli_demo_line *line, const struct cli_demo_board_case *one)
{
	char text[CLI_DEMO_CELL_SIZE * 4], loss[CLI_DEMO_CELL_SIZE];
	char words[CLI_DEMO_CELL_SIZE];

	if (one->file == NULL)
		(void)snprintf(
		    text, sizeof(text), "%s  not submitted yet", one->letter);
	else
		(void)snprintf(text, sizeof(text), "%s  %s  %s  %s  %s",
		    one->letter, json_view_text(one->file, "ref", "?"),
		    cli_demo_cell_words(
			json_view_text(one->file, "typology", "?"), words),
		    cli_demo_cell_money(json_view_at(one->file, "loss"), loss),
		    json_view_text(one->file, "unit/name", ""));
	cli_demo_line_put(line, text, one->file == NULL ? DIM : BOLD);
	cli_demo_line_end(line);
}

/* Behind the last line that fits. */
static int
cut_lines(struct strbuf *out, size_t start, int most)
{
	int lines = 0;

	for (size_t i = start; i < out->length; i++) {
		if (out->bytes[i] != '\n' || ++lines < most)
			continue;
		strbuf_drop(out, out->length - i - 1);
		break;
	}
	return lines;
}

int
cli_demo_board_write(struct strbuf *out, const struct cli_demo_board *board,
    const struct cli_demo_board_look *look)
{
	struct drawing drawing = { .line = { out, look->columns,
				       look->has_colour, 0 } };
	size_t start = out->length;

	write_head(&drawing, board);
	write_row(&drawing.line, NULL, 0);
	for (size_t i = 0; i < board->case_count; i++) {
		write_case_head(&drawing.line, &board->cases[i]);
		drawing.since = cli_demo_cell_received(board->cases[i].file);
		cli_demo_cell_each_target(
		    board->cases[i].file, draw_target, &drawing);
	}
	return cut_lines(out, start, look->lines);
}

/* ---- lines of what has changed */

struct change {
	struct strbuf *out;
	const char *letter;
	const struct json_view *before, *file;
	/* While looking for one in `before`. */
	const char *id;
	const struct json_view *found;
};

static void
find_target(void *context, const struct json_view *target)
{
	struct change *change = context;

	if (strcmp(json_view_text(target, "id", ""), change->id) == 0)
		change->found = target;
}

static bool
is_same(const struct json_view *a, const struct json_view *b)
{
	return a != NULL &&
	    strcmp(json_view_text(a, "status", ""),
		json_view_text(b, "status", "")) == 0 &&
	    strcmp(json_view_text(a, "response_code", ""),
		json_view_text(b, "response_code", "")) == 0 &&
	    json_view_int(a, "generation", 1) ==
	    json_view_int(b, "generation", 1);
}

static void
write_change(void *context, const struct json_view *target)
{
	struct change *change = context;
	const char *code = json_view_text(target, "response_code", "");
	char span[CLI_DEMO_CELL_SIZE], status[CLI_DEMO_CELL_SIZE],
	    asked[CLI_DEMO_CELL_SIZE];
	char held[CLI_DEMO_CELL_SIZE];

	change->id = json_view_text(target, "id", "");
	change->found = NULL;
	cli_demo_cell_each_target(change->before, find_target, change);
	if (is_same(change->found, target))
		return;
	(void)cli_demo_cell_held(target, held);
	strbuf_printf(change->out, "%s  %8s  %s: %s%s%s, %s%s%s\n",
	    change->letter,
	    cli_demo_cell_span(cli_demo_cell_received(change->file),
		json_view_text(target, "updated_at", NULL), span),
	    cli_demo_cell_institution(target),
	    cli_demo_cell_words(json_view_text(target, "status", "?"), status),
	    code[0] != '\0' ? " " : "", code, held,
	    held[0] != '\0' ? " of " : "asked ",
	    cli_demo_cell_money(
		json_view_at(target, "amount_requested"), asked));
}

void
cli_demo_board_write_changes(struct strbuf *out, const char *letter,
    const struct json_view *before, const struct json_view *file)
{
	struct change change = {
		.out = out, .letter = letter, .before = before, .file = file
	};

	cli_demo_cell_each_target(file, write_change, &change);
}
