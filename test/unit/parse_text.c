/*
 * Parsing a text in a test: see parse_text.h.
 */
#include "test/unit/parse_text.h"

#include <string.h>

#include "test/unit/unit.h"

struct parsed parse_text_result;

enum rc
parse_text_bytes(
    const char *text, size_t length, const char *country, struct err *err)
{
	SCOPED(arena_cleanup)
	struct arena *arena = arena_new(PARSING_ARENA_LIMIT);
	const struct parsing_input input = { text, length, country };

	return parsing_parse(&input, arena, &parse_text_result, err);
}

const struct parsed_draft *
parse_text(const char *text, const char *country)
{
	struct err err;

	ck_assert_int_eq(
	    parse_text_bytes(text, strlen(text), country, &err), RC_OK);
	return parse_text_result.draft_count == 1 ? &parse_text_result.drafts[0]
						  : NULL;
}
