/*
 * Wrong bodies made of right ones: a piece of the text is exchanged.
 */
#pragma once

#include <stddef.h>

#include "hub/base/err.h"
#include "hub/domain/command.h"

enum { EXCHANGE_ARENA = 4 << 20, EXCHANGE_BODY_SIZE = 64 << 10 };

/* A whole card number, as people write them. */
#define CARD "4111 1111-1111 1111"

struct exchange {
	const char *piece, *instead; /* the first of them */
	const char *code, *pointer;  /* what the result is refused with */
};

/* The exchanged body in `text` of EXCHANGE_BODY_SIZE bytes.  Returns it. */
const char *
exchange_text(const char *body, const struct exchange *exchange, char *text);

/* `read` must refuse the exchanged body, and say no digit of a card. */
void exchange_expect_refusal(
    enum rc (*read)(const char *, size_t, struct command *, struct err *),
    struct command *command, const char *body, const struct exchange *exchange);
