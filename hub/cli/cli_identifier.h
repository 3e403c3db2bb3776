/*
 * `freezeline identifier TYPE`: checks identifiers, one a line.
 */
#pragma once

/* Read values from standard input, for a type with a second member "VALUE
 * MEMBER", and print `ok VALUE [MEMBER] MASK` or `bad CODE REASON` for each.
 * argv[1] is the type.  Returns 0 when all were good, 1 when one was bad, 2
 * for wrong use. */
int cli_identifier(int argc, char **argv);
