/*
 * The attempt log of an endpoint: for its institution, admins and auditors.
 * Nothing on it is sealed: it tells of messages, not of what they say.  See
 * view.h.
 */
#include "hub/reading/view.h"

#include "hub/domain/ids.h"
#include "hub/store/view_load_attempts.h"
#include "hub/wire/json_values.h"

static void
write_attempt(struct strbuf *out, const struct view_attempt *attempt)
{
	json_write_object(out, NULL);
	json_write_time(out, "at", attempt->at);
	json_write_id(out, "message", ID_MESSAGE, &attempt->message);
	if (attempt->type[0] != '\0')
		json_write_text(out, "type", attempt->type);
	json_write_int(out, "n", attempt->n);
	if (attempt->status != 0)
		json_write_int(out, "status", attempt->status);
	if (attempt->error[0] != '\0')
		json_write_text(out, "error", attempt->error);
	json_write_int(out, "milliseconds", attempt->milliseconds);
	if (attempt->remote[0] != '\0')
		json_write_text(out, "remote", attempt->remote);
	json_write_int(out, "response_length", attempt->response_length);
	json_write_text(out, "key_ids", attempt->key_ids);
	json_write_object_end(out);
}

static enum rc
find(const struct view_run *run, const struct endpoint **endpoint,
    struct err *err)
{
	const struct actor *actor = &run->request->actor;

	*endpoint = registry_endpoint(run->registry, &run->request->id);
	if (*endpoint == NULL ||
	    (actor->role != ROLE_ADMIN && actor->role != ROLE_AUDITOR &&
		!id_equal(&(*endpoint)->institution, &actor->institution)))
		return err_set(err, RC_MISSING, "not_found",
		    "no endpoint of yours has this id");
	return RC_OK;
}

enum rc
view_attempts_run(struct view_run *run, struct err *err)
{
	const struct view_request *request = run->request;
	struct strbuf *out = &run->reply->body;
	const struct endpoint *endpoint;
	struct view_attempt *attempts;
	size_t count;

	TRY(find(run, &endpoint, err));
	TRY(view_load_attempts(run->db, endpoint->number,
	    request->cursor.number, &request->cursor.id, request->limit + 1,
	    run->arena, &attempts, &count, err));
	if (count > (size_t)request->limit) {
		struct cursor next = { .kind = CURSOR_ATTEMPTS };

		count = (size_t)request->limit;
		next.number = attempts[count - 1].at;
		next.id = attempts[count - 1].message;
		(void)cursor_format(&next, run->reply->next);
	}
	json_write_object(out, NULL);
	json_write_array(out, "items");
	for (size_t i = 0; i < count; i++)
		write_attempt(out, &attempts[i]);
	json_write_array_end(out);
	if (run->reply->next[0] != '\0')
		json_write_text(out, "next_cursor", run->reply->next);
	json_write_object_end(out);
	run->has_news = true;
	return RC_OK;
}
