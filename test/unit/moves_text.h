/*
 * The state machines as text: the rows of SQL's allowed_move and the pages of
 * docs/state-machine.md.  For test/support/print_moves.c, which writes them,
 * and check_machine, which holds the committed files against them.
 */
#pragma once

#include "hub/base/strbuf.h"

/* One INSERT of all rows of all machines. */
void moves_text_sql(struct strbuf *out);

/* A diagram and a table of each machine. */
void moves_text_markdown(struct strbuf *out);
