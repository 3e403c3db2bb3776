/*
 * Where the demo shows itself: on a terminal the board is drawn again in its
 * place, in one write each time; elsewhere lines tell what has changed.
 * Main thread only.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "hub/base/strbuf.h"
#include "hub/cli/cli_demo_board.h"

struct cli_demo_screen {
	bool is_terminal, has_colour;
	const char *above; /* what stands above the board; borrowed */
	int drawn;         /* lines of the board on the screen */
};

/* Looks at standard output, TERM and NO_COLOR; hides the cursor where it
 * draws.  `plain`: never draw. */
void cli_demo_screen_init(struct cli_demo_screen *screen, bool plain);

/* A text that stays above the board; shown at once. */
void cli_demo_screen_above(struct cli_demo_screen *screen, const char *text);

/* Draw the board in the place of the last one.  Does nothing where nothing
 * is drawn. */
void cli_demo_screen_draw(
    struct cli_demo_screen *screen, const struct cli_demo_board *board);

/* The terminal has another size: begin with an empty screen. */
void cli_demo_screen_resized(struct cli_demo_screen *screen);

/* Give the cursor back; the last board stays. */
void cli_demo_screen_close(struct cli_demo_screen *screen);
