/*
 * POST /v1/parse: pasted text to drafts, at once.  The text is neither stored
 * nor logged, and nothing is committed, so it needs no key.  See handle.h.
 */
#include "hub/http/handle.h"

#include "hub/http/call.h"
#include "hub/wire/parse_json.h"

enum rc
handle_parse_answer(
    const struct call *call, struct response *response, struct err *err)
{
	struct arena *arena = call_arena(call);
	struct parsed *parsed = arena_alloc(arena, sizeof(*parsed));
	struct parsing_input input;
	struct strbuf out;
	size_t length;
	const char *body = exchange_body(call->exchange, &length);

	if (parsed == NULL)
		return err_set(err, RC_TOO_LARGE, "request_too_large",
		    "the request does not fit into its memory");
	TRY(parse_json_read(body, length, arena, &input, err));
	TRY(parsing_parse(&input, arena, parsed, err));
	strbuf_init(&out, PARSE_JSON_LIMIT);
	parse_json_write(&out, parsed);
	response->body = strbuf_take(&out, &response->length);
	response->is_given = true;
	return RC_OK;
}
