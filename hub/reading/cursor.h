/*
 * Where a page ended: the key of its last row, as the opaque text that the
 * client sends back for the next one.  Of no use to anybody else, and no
 * secret: what it leads to is checked like everything.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "hub/base/common.h"
#include "hub/base/id.h"

enum {
	CURSOR_WORD_SIZE = 64,
	/* kind, number, id, word; hex; NUL */
	CURSOR_TEXT_SIZE = 2 * (1 + 8 + 16 + CURSOR_WORD_SIZE) + 1,
};

/* Which list it belongs to: one list's cursor is refused by another. */
enum cursor_kind {
	CURSOR_NONE, /* from the start */
	CURSOR_CASES,
	CURSOR_OWN_CASES,
	CURSOR_TIMELINE,
	CURSOR_INBOX,
	CURSOR_INSTITUTIONS,
	CURSOR_ENDPOINTS,
	CURSOR_DEBTS,
	CURSOR_AGREEMENTS,
	CURSOR_SIGNALS,
	CURSOR_ATTEMPTS,
	CURSOR_ALERTS,
	CURSOR_DEADLINES,
	CURSOR_LEGAL_DEBT,
	CURSOR_WATCHES,
	CURSOR_PAYMENT_HOLDS,
	CURSOR_KIND_COUNT
};

struct cursor {
	enum cursor_kind kind;
	int64_t number;              /* a time, leaf index or seq */
	struct id id;                /* or zero */
	char word[CURSOR_WORD_SIZE]; /* a slug, a kind of clock, or "" */
};

/* `text` has CURSOR_TEXT_SIZE bytes.  Returns it; "" of CURSOR_NONE. */
char *cursor_format(const struct cursor *cursor, char *text);

/* False unless it is one of `kind` that cursor_format made. */
NODISCARD bool
cursor_parse(const char *text, enum cursor_kind kind, struct cursor *cursor);
