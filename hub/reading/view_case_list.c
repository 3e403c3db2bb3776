/*
 * A page of cases: of the own unit or, for supervisors, the units below; of
 * all for auditors; for institutions those that asked something of them.
 * Nothing on it is sealed.  See view.h.
 */
#include "hub/reading/view.h"

#include "hub/domain/ids.h"
#include "hub/wire/json_values.h"

static void
put_states(const struct view_run *run, struct view_list_query *query,
    const char **states)
{
	for (int i = 0; i < CASE_STATE_COUNT; i++)
		if ((run->request->states & (UINT32_C(1) << i)) != 0)
			states[query->state_count++] = machine_state_name(
			    &case_machine, i);
	query->states = states;
}

static void
write_item(const struct view_run *run, const struct view_list_item *item)
{
	struct strbuf *out = &run->reply->body;

	json_write_object(out, NULL);
	json_write_id(out, "id", ID_CASE, &item->id);
	json_write_text(out, "ref", item->ref);
	json_write_text(
	    out, "status", machine_state_name(&case_machine, (int)item->state));
	if (item->outcome != NULL)
		json_write_text(out, "outcome", item->outcome);
	json_write_word(out, "typology", &typology_words, item->typology);
	json_write_word(
	    out, "authorised", &authorised_words, (int)item->authorised);
	json_write_text(out, "profile", item->profile);
	json_write_word(out, "priority", &priority_words, (int)item->priority);
	json_write_money(out, "loss", &item->loss);
	view_write_institution(run, "unit", &item->unit);
	json_write_time(out, "occurred_at", item->occurred_at);
	json_write_time(out, "reported_at", item->reported_at);
	json_write_time(out, "received_at", item->received_at);
	json_write_time(out, "updated_at", item->updated_at);
	json_write_int(out, "target_count", item->targets);
	json_write_object_end(out);
}

static void
write_page(const struct view_run *run, const struct view_list_item *items,
    size_t count)
{
	struct view_reply *reply = run->reply;
	struct strbuf *out = &reply->body;

	json_write_object(out, NULL);
	json_write_array(out, "items");
	for (size_t i = 0; i < count; i++)
		write_item(run, &items[i]);
	json_write_array_end(out);
	if (reply->next[0] != '\0')
		json_write_text(out, "next_cursor", reply->next);
	json_write_object_end(out);
}

enum rc
view_case_list_run(struct view_run *run, struct err *err)
{
	const struct view_request *request = run->request;
	const char *states[CASE_STATE_COUNT];
	struct view_list_query query = {
		.institution = view_own_institution(run),
		.limit = request->limit + 1, /* is there a next page? */
		.before = request->cursor.number,
		.after = request->cursor.id,
	};
	struct cursor next = { .kind = run->sight == SIGHT_OWN
		    ? CURSOR_OWN_CASES
		    : CURSOR_CASES };
	struct view_list_item *items;
	size_t count;

	/* Another role's cursor would begin at another kind of key. */
	if (request->cursor.kind != CURSOR_NONE &&
	    request->cursor.kind != next.kind)
		return err_set(err, RC_INVALID, "bad_cursor",
		    "the cursor is not of this list");
	if (run->sight == SIGHT_OWN && view_has_scope(run))
		return view_unknown_scope(err);
	if (run->sight != SIGHT_OWN)
		TRY(view_units(run, &query.units, &query.unit_count, err));
	put_states(run, &query, states);
	TRY(view_load_list(run->db, &query, run->arena, &items, &count, err));
	if (count > (size_t)request->limit) {
		count = (size_t)request->limit;
		next.number = items[count - 1].key_at;
		next.id = items[count - 1].key_id;
		(void)cursor_format(&next, run->reply->next);
	}
	run->reply->case_count = (int64_t)count;
	run->has_news = true;
	write_page(run, items, count);
	return RC_OK;
}
