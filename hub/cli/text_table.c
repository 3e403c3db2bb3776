/*
 * Aligned columns: see text_table.h.
 */
#include "hub/cli/text_table.h"

#include <string.h>
#include <unistd.h>

#include "hub/base/common.h"

enum { TEXT_LIMIT = 16 * 1024 * 1024, GAP = 2 };

static const char *const escapes[] = {
	[COLOUR_NONE] = "",
	[COLOUR_GOOD] = "\033[32m",
	[COLOUR_BAD] = "\033[31m",
	[COLOUR_WAIT] = "\033[33m",
};

/* Characters, not bytes: continuation bytes of UTF-8 have no width. */
static size_t
width_of(const char *text)
{
	size_t width = 0;

	for (; *text != '\0'; text++)
		width += ((unsigned char)*text & 0xc0) != 0x80 ? 1 : 0;
	return width;
}

void
text_table_init(struct text_table *table, const char *const *titles)
{
	memset(table, 0, sizeof(*table));
	strbuf_init(&table->text, TEXT_LIMIT);
	table->titles = titles;
	while (table->columns < TEXT_TABLE_COLUMNS &&
	    titles[table->columns] != NULL) {
		const char *title = titles[table->columns];

		table->is_right[table->columns] = title[0] == '>';
		table->width[table->columns++] = width_of(title) -
		    (title[0] == '>' ? 1 : 0);
	}
}

void
text_table_clear(struct text_table *table)
{
	strbuf_clear(&table->text);
}

void
text_table_cell_coloured(
    struct text_table *table, const char *text, enum text_colour colour)
{
	size_t column = table->cells++ % table->columns;
	size_t width = width_of(text);

	if (width > table->width[column])
		table->width[column] = width;
	strbuf_append_char(&table->text, (char)('0' + colour));
	for (; *text != '\0'; text++) {
		unsigned char c = (unsigned char)*text;

		strbuf_append_char(
		    &table->text, c < 0x20 || c == 0x7f ? '?' : (char)c);
	}
	strbuf_append_char(&table->text, '\0');
}

void
text_table_cell(struct text_table *table, const char *text)
{
	text_table_cell_coloured(table, text, COLOUR_NONE);
}

static void
print_cell(const struct text_table *table, size_t column, const char *text,
    const char *escape, FILE *out)
{
	int pad = (int)(table->width[column] - width_of(text));
	bool is_last = column + 1 == table->columns;

	if (table->is_right[column])
		(void)fprintf(out, "%*s", pad, "");
	(void)fprintf(
	    out, "%s%s%s", escape, text, escape[0] != '\0' ? "\033[0m" : "");
	if (is_last)
		(void)fputc('\n', out);
	else
		(void)fprintf(
		    out, "%*s", GAP + (table->is_right[column] ? 0 : pad), "");
}

void
text_table_print_rows(const struct text_table *table, FILE *out)
{
	bool is_terminal = isatty(fileno(out)) == 1;
	const char *at = table->text.bytes;

	for (size_t i = 0; i < table->cells; i++) {
		const char *escape = is_terminal ? escapes[at[0] - '0'] : "";

		print_cell(table, i % table->columns, at + 1, escape, out);
		at += strlen(at) + 1;
	}
}

void
text_table_print(const struct text_table *table, FILE *out)
{
	const char *escape = isatty(fileno(out)) == 1 ? "\033[1m" : "";

	for (size_t i = 0; i < table->columns; i++)
		print_cell(table, i,
		    table->titles[i] + (table->is_right[i] ? 1 : 0), escape,
		    out);
	text_table_print_rows(table, out);
}

void
text_table_reset(struct text_table *table)
{
	strbuf_reset(&table->text);
	table->cells = 0;
}
