/*
 * Wrong bodies made of right ones: see exchange.h.
 */
#include "test/unit/exchange.h"
#include "test/unit/unit.h"

#include <stdlib.h>

const char *
exchange_text(const char *body, const struct exchange *exchange, char *text)
{
	const char *at = strstr(body, exchange->piece);
	size_t before, total;

	ck_assert_msg(at != NULL, "no piece %s", exchange->piece);
	before = (size_t)(at - body);
	total = strlen(body) - strlen(exchange->piece) +
	    strlen(exchange->instead);
	ck_assert_uint_lt(total, EXCHANGE_BODY_SIZE);
	memcpy(text, body, before);
	memcpy(text + before, exchange->instead, strlen(exchange->instead));
	memcpy(text + before + strlen(exchange->instead),
	    at + strlen(exchange->piece),
	    strlen(at + strlen(exchange->piece)) + 1);
	return text;
}

void
exchange_expect_refusal(
    enum rc (*read)(const char *, size_t, struct command *, struct err *),
    struct command *command, const char *body, const struct exchange *exchange)
{
	SCOPED(arena_cleanup) struct arena *arena = arena_new(EXCHANGE_ARENA);
	char *text = malloc(EXCHANGE_BODY_SIZE);
	struct err err = { .rc = RC_OK };
	enum rc rc;

	command->arena = arena;
	(void)exchange_text(body, exchange, text);
	rc = read(text, strlen(text), command, &err);
	ck_assert_msg(rc == RC_INVALID, "%s for %s", err.code, text);
	ck_assert_str_eq(err.code, exchange->code);
	ck_assert_str_eq(err.pointer, exchange->pointer);
	ck_assert_ptr_null(strstr(err.text, "411111"));
	free(text);
}
