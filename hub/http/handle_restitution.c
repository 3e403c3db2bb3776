/*
 * POST /v1/restitution-plans: who would pay whom, at once.  Nothing is stored,
 * so it needs no key.  See handle.h.
 */
#include "hub/http/handle.h"

#include "hub/http/call.h"
#include "hub/wire/restitution_json.h"

enum { ANSWER_LIMIT = 1024 * 1024 };

enum rc
handle_restitution_plan_answer(
    const struct call *call, struct response *response, struct err *err)
{
	struct restitution_input input;
	struct strbuf out;
	size_t length;
	const char *body = exchange_body(call->exchange, &length);

	TRY(restitution_json_read(body, length, call_arena(call), &input, err));
	strbuf_init(&out, ANSWER_LIMIT);
	restitution_json_write(&out, &input);
	response->body = strbuf_take(&out, &response->length);
	response->is_given = true;
	return RC_OK;
}
