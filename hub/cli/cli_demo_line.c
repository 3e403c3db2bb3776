/*
 * Lines of a bounded width: see cli_demo_line.h.
 */
#include "hub/cli/cli_demo_line.h"

/* Characters, not bytes; what a hub sends must not steer the terminal. */
static int
put_text(struct cli_demo_line *line, const char *text, int room)
{
	int put = 0;

	for (; *text != '\0'; text++) {
		unsigned char c = (unsigned char)*text;

		if ((c & 0xc0) != 0x80 && put++ == room)
			return room;
		strbuf_append_char(
		    line->out, c < ' ' || c == 0x7f ? '?' : *text);
	}
	return put;
}

int
cli_demo_line_width(const char *text)
{
	int width = 0;

	for (; *text != '\0'; text++)
		width += ((unsigned char)*text & 0xc0) != 0x80 ? 1 : 0;
	return width;
}

void
cli_demo_line_blank(struct cli_demo_line *line, int count)
{
	for (; count > 0 && line->used < line->columns; count--) {
		strbuf_append_char(line->out, ' ');
		line->used++;
	}
}

void
cli_demo_line_put(
    struct cli_demo_line *line, const char *text, const char *colour)
{
	bool has_colour = line->has_colour && colour[0] != '\0';

	if (has_colour)
		strbuf_printf(line->out, "\033[%sm", colour);
	line->used += put_text(line, text, line->columns - line->used);
	if (has_colour)
		strbuf_append(line->out, "\033[0m");
}

void
cli_demo_line_end(struct cli_demo_line *line)
{
	strbuf_append_char(line->out, '\n');
	line->used = 0;
}

void
cli_demo_line_cell(struct cli_demo_line *line, const char *text, int width,
    bool is_right, const char *colour)
{
	int own = cli_demo_line_width(text), columns = line->columns;

	if (own > width)
		own = width;
	cli_demo_line_blank(line, is_right ? width - own : 0);
	if (line->used + own < columns)
		line->columns = line->used + own;
	cli_demo_line_put(line, text, colour);
	line->columns = columns;
	cli_demo_line_blank(line, is_right ? 0 : width - own);
}
