/*
 * Pages about risks: see view_risk.h.
 */
#include "hub/reading/view_risk.h"

#include "hub/wire/json_writer.h"

void
view_risk_query(const struct view_run *run, struct view_risk_query *query)
{
	const struct view_request *request = run->request;

	*query = (struct view_risk_query){
		.institution = &request->actor.institution,
		.at = run->at,
		.before = request->cursor.number,
		.before_id = request->cursor.id,
		.limit = request->limit + 1, /* is there a next page? */
		.states = request->states,
	};
}

void
view_risk_next(const struct view_run *run, enum cursor_kind kind, int64_t at,
    const struct id *id)
{
	const struct cursor next = { .kind = kind, .number = at, .id = *id };

	(void)cursor_format(&next, run->reply->next);
}

void
view_risk_end(struct view_run *run, size_t count)
{
	struct strbuf *out = &run->reply->body;

	json_write_array_end(out);
	if (run->reply->next[0] != '\0')
		json_write_text(out, "next_cursor", run->reply->next);
	json_write_object_end(out);
	run->reply->case_count = (int64_t)count;
	run->has_news = true;
}
