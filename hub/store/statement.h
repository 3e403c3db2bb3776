/*
 * The prepared statements, made of sql/queries by the build: a name, a text,
 * how many parameters it has and which kinds of connection prepare it.
 */
#pragma once

#include "gen/statements.h"

/* Kinds of connection.  Each prepares the statements that name it. */
enum session {
	SESSION_DESK = 1 << 0,
	SESSION_READER = 1 << 1,
	SESSION_DISPATCHER = 1 << 2,
	SESSION_CLERK = 1 << 3, /* also the sequencer */
	SESSION_TOOL = 1 << 4,  /* check, tests */
	/* The owner's: nothing is prepared, for there may be no table yet. */
	SESSION_MIGRATE = 1 << 5,
	SESSION_ALL = (1 << 5) - 1,
};

struct statement_text {
	const char *name;
	int parameters;
	unsigned sessions; /* bits of enum session */
	const char *text;
};

extern const struct statement_text statements[STATEMENT_COUNT];
