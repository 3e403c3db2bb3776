/*
 * Prints the state machines: `print_moves markdown` is docs/state-machine.md
 * (make moves), `print_moves sql` the rows for a migration.  A migration that
 * was released is never written again: new rows go into a new one.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "test/unit/moves_text.h"

int
main(int argc, char **argv)
{
	struct strbuf out;
	bool is_sql = argc == 2 && strcmp(argv[1], "sql") == 0;

	if (!is_sql && (argc != 2 || strcmp(argv[1], "markdown") != 0)) {
		fprintf(stderr, "usage: print_moves sql | markdown\n");
		return EXIT_FAILURE;
	}
	strbuf_init(&out, 1024 * 1024);
	if (is_sql)
		moves_text_sql(&out);
	else
		moves_text_markdown(&out);
	fwrite(out.bytes, 1, out.length, stdout);
	strbuf_clear(&out);
	return EXIT_SUCCESS;
}
