/*
 * Aligned columns for people: cells are collected, then printed with the
 * width that each column needs.  Colour only where the output is a terminal.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "hub/base/strbuf.h"

enum { TEXT_TABLE_COLUMNS = 16 };

enum text_colour { COLOUR_NONE, COLOUR_GOOD, COLOUR_BAD, COLOUR_WAIT };

struct text_table {
	const char *const *titles; /* as many as columns; borrowed */
	size_t columns, cells;
	bool is_right[TEXT_TABLE_COLUMNS]; /* aligned to the right: amounts */
	size_t width[TEXT_TABLE_COLUMNS];
	struct strbuf text; /* colour, text, NUL of each cell */
};

/* `titles` ends with NULL; one that begins with '>' aligns to the right. */
void text_table_init(struct text_table *table, const char *const *titles);
void text_table_clear(struct text_table *table);

/* The next cell, row by row.  Control characters become '?': what a hub
 * sends must not steer the terminal. */
void text_table_cell(struct text_table *table, const char *text);
void text_table_cell_coloured(
    struct text_table *table, const char *text, enum text_colour colour);

/* Print the titles and all rows. */
void text_table_print(const struct text_table *table, FILE *out);

/* The rows alone, for tables that go on. */
void text_table_print_rows(const struct text_table *table, FILE *out);

/* Forget the rows and keep the widths. */
void text_table_reset(struct text_table *table);
