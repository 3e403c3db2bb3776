/*
 * A page of a case's timeline in the public order: what happened, by whom,
 * the exact bytes of the leaf, and what its commitments commit to.  See
 * view.h.
 */
#include "hub/reading/view.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "hub/domain/access.h"
#include "hub/domain/ids.h"
#include "hub/wire/json_values.h"
#include "hub/wire/json_view.h"

enum { NUMBER_SIZE = 24 };

/* The id stands in the leaf; name and role are what the registry says now. */
static void
write_actor(const struct view_run *run, const struct view_event *event)
{
	const struct principal *principal = registry_principal(
	    run->registry, &event->actor);
	struct strbuf *out = &run->reply->body;

	if (id_is_zero(&event->actor)) {
		json_write_null(out, "actor");
		return;
	}
	json_write_id(out, "actor", ID_PRINCIPAL, &event->actor);
	if (principal == NULL)
		return;
	json_write_text(out, "actor_name", principal->name);
	json_write_word(out, "actor_role", &role_words, (int)principal->role);
}

/* Of who looks on no field is shown that somebody wrote in free words: they
 * may name anybody. */
static bool
is_free_text(const char *field)
{
	static const char *const fields[] = { "narrative", "note", "reason",
		"text", "order", "proof", "hold_ref", "on_behalf_of",
		"on_behalf_ref" };

	for (size_t i = 0; i < COUNT(fields); i++)
		if (strcmp(fields[i], field) == 0)
			return true;
	return false;
}

static enum rc
write_masked(
    const struct view_run *run, const struct blob *values, struct err *err)
{
	SCOPED(json_view_cleanup) struct json_view *list = NULL;
	struct strbuf *out = &run->reply->body;

	TRY(json_view_parse(
	    (const char *)values->bytes, values->length, &list, err));
	json_write_array(out, "values");
	for (size_t i = 0; i < json_view_count(list); i++) {
		const struct json_view *item = json_view_item(list, i);

		if (is_free_text(json_view_text(item, "field", "")))
			continue;
		json_write_raw(out, NULL, "");
		json_view_write(out, item);
	}
	json_write_array_end(out);
	return RC_OK;
}

/* The list of field, salt and value is sealed as JSON; where it was erased,
 * the leaf stays. */
static enum rc
write_values(const struct view_run *run, const struct view_event *event,
    const struct data_key *case_key, struct err *err)
{
	const struct data_key *key = case_key;
	struct blob values = { (const uint8_t *)"[]", 2 };
	struct sealed_place place;
	uint8_t row[8];

	place = sealed_place_event(event->event_id, row);
	if (event->key_no != 0)
		TRY(view_open_hub_key(run, event->key_no, &key, err));
	if (event->sealed.length > 0)
		TRY(sealed_column_open(
		    key, &place, &event->sealed, run->arena, &values, err));
	if (run->sight == SIGHT_MASKED)
		return write_masked(run, &values, err);
	json_write_raw_bytes(&run->reply->body, "values",
	    (const char *)values.bytes, values.length);
	return RC_OK;
}

static enum rc
write_event(const struct view_run *run, const struct id *case_id,
    const struct view_event *event, const struct data_key *key, struct err *err)
{
	struct strbuf *out = &run->reply->body;
	char number[NUMBER_SIZE];

	(void)snprintf(number, sizeof(number), "%" PRId64, event->event_id);
	json_write_object(out, NULL);
	json_write_int(out, "leaf_index", event->leaf_index);
	json_write_text(out, "event_id", number);
	json_write_id(out, "case_id", ID_CASE, case_id);
	json_write_text(out, "type", event->type);
	write_actor(run, event);
	json_write_time(out, "happened_at", event->happened_at);
	json_write_time(out, "recorded_at", event->recorded_at);
	TRY(write_values(run, event, key, err));
	json_write_text_bytes(
	    out, "leaf", (const char *)event->leaf.bytes, event->leaf.length);
	json_write_object_end(out);
	return RC_OK;
}

static enum rc
write_page(const struct view_run *run, const struct view_timeline *view,
    size_t count, struct err *err)
{
	SCOPED(sealing_forget) struct data_key key = { { 0 } };
	struct strbuf *out = &run->reply->body;

	TRY(view_open_case_key(run, &view->file->wrapped_key, &key, err));
	json_write_object(out, NULL);
	json_write_array(out, "items");
	for (size_t i = 0; i < count; i++)
		TRY(write_event(
		    run, &view->file->id, &view->events[i], &key, err));
	json_write_array_end(out);
	if (run->reply->next[0] != '\0')
		json_write_text(out, "next_cursor", run->reply->next);
	json_write_object_end(out);
	return RC_OK;
}

enum rc
view_timeline_run(struct view_run *run, struct err *err)
{
	const struct view_request *request = run->request;
	struct view_timeline_query query = {
		.after = request->cursor.kind == CURSOR_TIMELINE
		    ? request->cursor.number
		    : -1,
		.limit = request->limit + 1, /* is there a next page? */
		.institution = view_own_institution(run),
	};
	struct view_timeline view;
	size_t count;

	TRY(view_case_id(run, &query.case_id, err));
	TRY(view_load_timeline(run->db, &query, run->arena, &view, err));
	if (!access_sees_case(&request->actor, run->registry, &view.file->unit,
		view.target_count > 0))
		return view_missing(err);
	run->reply->case_id = view.file->id;
	run->has_news = true;
	count = view.event_count;
	if (count > (size_t)request->limit) {
		struct cursor next = { .kind = CURSOR_TIMELINE };

		count = (size_t)request->limit;
		next.number = view.events[count - 1].leaf_index;
		(void)cursor_format(&next, run->reply->next);
	}
	return write_page(run, &view, count, err);
}
