/*
 * Clocks that are open: who owes what by when, of the cases that the actor
 * sees.  Nothing on it is sealed.  See view.h.
 */
#include "hub/reading/view.h"

#include <stdio.h>

#include "hub/domain/clocks.h"
#include "hub/domain/ids.h"
#include "hub/wire/json_values.h"

#define OPEN (UINT32_C(1) << DEADLINE_RUNNING | UINT32_C(1) << DEADLINE_PASSED)

static void
write_deadline(const struct view_run *run, const struct view_deadline *item)
{
	const struct deadline *deadline = &item->deadline;
	struct strbuf *out = &run->reply->body;

	json_write_object(out, NULL);
	json_write_word(out, "kind", &deadline_kind_words, (int)deadline->kind);
	json_write_word(
	    out, "status", &deadline_status_words, (int)deadline->status);
	json_write_id(out, "subject", clocks_rule(deadline->kind)->prefix,
	    &deadline->subject);
	json_write_id(out, "case_id", ID_CASE, &deadline->case_id);
	json_write_text(out, "case_ref", item->ref);
	json_write_id(out, "request_id", ID_REQUEST, &item->request);
	view_write_id(out, "target_id", ID_TARGET, &item->target);
	view_write_institution(run, "owed_by", &deadline->owed_by);
	if (!id_is_zero(&item->institution))
		view_write_institution(run, "institution", &item->institution);
	json_write_time(out, "started_at", deadline->started_at);
	json_write_time(out, "due_at", deadline->due_at);
	view_write_time(out, "next_at", deadline->next_at);
	json_write_bool(out, "late", deadline->due_at <= run->at);
	json_write_object_end(out);
}

static void
write_page(const struct view_run *run, const struct view_deadline *deadlines,
    size_t count)
{
	struct strbuf *out = &run->reply->body;

	json_write_object(out, NULL);
	json_write_array(out, "items");
	for (size_t i = 0; i < count; i++)
		write_deadline(run, &deadlines[i]);
	json_write_array_end(out);
	if (run->reply->next[0] != '\0')
		json_write_text(out, "next_cursor", run->reply->next);
	json_write_object_end(out);
}

/* Of how many cases: for the record of the reading. */
static int64_t
count_cases(const struct view_deadline *deadlines, size_t count)
{
	int64_t cases = 0;

	for (size_t i = 0; i < count; i++) {
		bool is_first = true;

		for (size_t n = 0; n < i && is_first; n++)
			is_first = !id_equal(&deadlines[n].deadline.case_id,
			    &deadlines[i].deadline.case_id);
		cases += is_first;
	}
	return cases;
}

static void
end_page(struct view_run *run, const struct deadline *last)
{
	struct cursor next = { .kind = CURSOR_DEADLINES,
		.number = last->due_at,
		.id = last->subject };

	(void)snprintf(next.word, sizeof(next.word), "%s",
	    words_name(&deadline_kind_words, (int)last->kind));
	(void)cursor_format(&next, run->reply->next);
}

enum rc
view_deadlines_run(struct view_run *run, struct err *err)
{
	const struct view_request *request = run->request;
	struct view_deadline_query query = {
		.is_own = run->sight == SIGHT_OWN,
		.case_id = id_is_zero(&request->of_case) ? NULL
							 : &request->of_case,
		.kinds = request->kinds == 0 ? UINT32_MAX : request->kinds,
		.states = request->states == 0 ? OPEN : request->states,
		.limit = request->limit + 1, /* is there a next page? */
		.after = request->cursor.number,
		.after_subject = request->cursor.id,
		.after_kind = request->cursor.word,
	};
	struct view_deadline *deadlines;
	size_t count;

	if (run->sight == SIGHT_FULL || view_has_scope(run))
		TRY(view_units(run, &query.units, &query.unit_count, err));
	TRY(view_asked_institution(run, &query.institution, err));
	if (query.is_own)
		query.institution = view_own_institution(run);
	TRY(view_load_deadlines(
	    run->db, &query, run->arena, &deadlines, &count, err));
	if (count > (size_t)request->limit) {
		count = (size_t)request->limit;
		end_page(run, &deadlines[count - 1].deadline);
	}
	run->reply->case_count = count_cases(deadlines, count);
	run->has_news = true;
	write_page(run, deadlines, count);
	return RC_OK;
}
