/*
 * The demo's screen: see cli_demo_screen.h.
 */
#include "hub/cli/cli_demo_screen.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

enum { SCREEN_LIMIT = 1024 * 1024, COLUMNS = 80, LINES = 24 };

/* ECMA-48 and DEC private modes. */
#define HIDE_CURSOR "\033[?25l"
#define SHOW_CURSOR "\033[?25h"
#define CLEAR_LINE_END "\033[K"
#define CLEAR_BELOW "\033[J"
#define CLEAR_ALL "\033[H\033[2J"

/* All at once: a screen that is half old and half new flickers. */
static void
show(const struct strbuf *text)
{
	size_t done = 0;

	(void)fflush(stdout);
	while (done < text->length) {
		ssize_t put = write(
		    STDOUT_FILENO, text->bytes + done, text->length - done);

		if (put < 0 && errno != EINTR)
			return;
		done += put > 0 ? (size_t)put : 0;
	}
}

static void
show_text(const char *text)
{
	SCOPED(strbuf_clear) struct strbuf out = { .bytes = NULL };

	strbuf_init(&out, SCREEN_LIMIT);
	strbuf_append(&out, text);
	show(&out);
}

/* The last line stays free, so that the cursor's line never scrolls. */
static struct cli_demo_board_look
measure(const struct cli_demo_screen *screen)
{
	struct cli_demo_board_look look = { COLUMNS, LINES - 1,
		screen->has_colour };
	struct winsize size;

	if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 &&
	    size.ws_row > 1) {
		look.columns = size.ws_col;
		look.lines = size.ws_row - 1;
	}
	return look;
}

void
cli_demo_screen_init(struct cli_demo_screen *screen, bool plain)
{
	const char *term = getenv("TERM"), *no_colour = getenv("NO_COLOR");

	screen->above = "";
	screen->drawn = 0;
	screen->is_terminal = !plain && isatty(STDOUT_FILENO) == 1 &&
	    term != NULL && strcmp(term, "dumb") != 0;
	/* https://no-color.org: any value that is not empty. */
	screen->has_colour = screen->is_terminal &&
	    (no_colour == NULL || no_colour[0] == '\0');
	if (screen->is_terminal)
		show_text(HIDE_CURSOR);
}

void
cli_demo_screen_above(struct cli_demo_screen *screen, const char *text)
{
	screen->above = text;
	show_text(text);
}

/* Lines end with what clears the rest of an older, longer one. */
static void
append_lines(struct strbuf *out, const char *text)
{
	for (; *text != '\0'; text++) {
		if (*text == '\n')
			strbuf_append(out, CLEAR_LINE_END);
		strbuf_append_char(out, *text);
	}
}

void
cli_demo_screen_draw(
    struct cli_demo_screen *screen, const struct cli_demo_board *board)
{
	SCOPED(strbuf_clear) struct strbuf text = { .bytes = NULL };
	SCOPED(strbuf_clear) struct strbuf out = { .bytes = NULL };
	struct cli_demo_board_look look = measure(screen);
	int lines;

	if (!screen->is_terminal)
		return;
	strbuf_init(&text, SCREEN_LIMIT);
	strbuf_init(&out, SCREEN_LIMIT);
	lines = cli_demo_board_write(&text, board, &look);
	if (screen->drawn > 0)
		strbuf_printf(&out, "\r\033[%dA", screen->drawn);
	append_lines(&out, text.bytes);
	strbuf_append(&out, CLEAR_BELOW);
	show(&out);
	screen->drawn = lines;
}

/* What was drawn has been wrapped anew: where it stands is unknown. */
void
cli_demo_screen_resized(struct cli_demo_screen *screen)
{
	if (!screen->is_terminal)
		return;
	show_text(CLEAR_ALL);
	show_text(screen->above);
	screen->drawn = 0;
}

void
cli_demo_screen_close(struct cli_demo_screen *screen)
{
	if (screen->is_terminal)
		show_text(SHOW_CURSOR);
	screen->is_terminal = false;
}
