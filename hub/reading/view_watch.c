/*
 * Watch entries: those of the actor's institution; an admin sees what is
 * disputed, of all, masked.  See view.h.
 */
#include "hub/reading/view_risk.h"

#include "hub/domain/ids.h"
#include "hub/wire/json_values.h"

static bool
is_own(const struct view_run *run, const struct watch_entry *entry)
{
	return id_equal(&entry->institution, &run->request->actor.institution);
}

static bool
may_see(const struct view_run *run, const struct watch_entry *entry)
{
	return is_own(run, entry) ||
	    (run->request->actor.role == ROLE_ADMIN &&
		entry->state == WATCH_DISPUTED);
}

/* Who objects and in which words is for those who decide. */
static enum rc
write_dispute(const struct view_run *run, const struct watch_entry *entry,
    struct err *err)
{
	struct strbuf *out = &run->reply->body;
	const struct data_key *key;
	struct blob text;

	if (entry->disputed_at == 0)
		return RC_OK;
	TRY(view_open_hub_key(run, entry->dispute_key_no, &key, err));
	TRY(view_open_text(run, key, SEALED_DISPUTE, &entry->id,
	    &entry->sealed_dispute, &text, err));
	json_write_object(out, "dispute");
	view_write_institution(run, "by", &entry->disputed_by);
	json_write_time(out, "at", entry->disputed_at);
	json_write_text_bytes(
	    out, "text", (const char *)text.bytes, text.length);
	json_write_bool(out, "waits_for_second", !id_is_zero(&entry->kept_by));
	json_write_object_end(out);
	return RC_OK;
}

static enum rc
write_own_words(const struct view_run *run, const struct watch_entry *entry,
    struct err *err)
{
	const struct data_key *key;
	struct blob plain;

	if (!is_own(run, entry))
		return RC_OK;
	TRY(view_open_hub_key(run, entry->key_no, &key, err));
	TRY(view_open_text(
	    run, key, SEALED_WATCH, &entry->id, &entry->sealed, &plain, err));
	view_write_members(&run->reply->body, &plain);
	return RC_OK;
}

static enum rc
write_entry(const struct view_run *run, const struct watch_entry *entry,
    struct err *err)
{
	struct strbuf *out = &run->reply->body;

	json_write_object(out, NULL);
	json_write_id(out, "id", ID_WATCH, &entry->id);
	view_write_institution(run, "institution", &entry->institution);
	json_write_word(out, "source", &watch_source_words, entry->source);
	json_write_word(out, "reason", &watch_reason_words, entry->reason);
	json_write_text(out, "status",
	    machine_state_name(&watch_machine, (int)entry->state));
	json_write_masked(out, "identifier", entry->type, entry->mask);
	TRY(write_own_words(run, entry, err));
	json_write_time(out, "created_at", entry->created_at);
	json_write_time(out, "updated_at", entry->updated_at);
	json_write_time(out, "expires_at", entry->expires_at);
	TRY(write_dispute(run, entry, err));
	json_write_object_end(out);
	return RC_OK;
}

enum rc
view_watches_run(struct view_run *run, struct err *err)
{
	const struct view_request *request = run->request;
	struct strbuf *out = &run->reply->body;
	struct view_risk_query query;
	struct watch_entry *entries;
	size_t count;

	view_risk_query(run, &query);
	if (request->actor.role == ROLE_ADMIN) {
		query.institution = NULL;
		query.states = UINT32_C(1) << WATCH_DISPUTED;
	}
	TRY(view_load_risk_watches(
	    run->db, &query, run->arena, &entries, &count, err));
	if (count > (size_t)request->limit) {
		count = (size_t)request->limit;
		view_risk_next(run, CURSOR_WATCHES,
		    entries[count - 1].created_at, &entries[count - 1].id);
	}
	json_write_object(out, NULL);
	json_write_array(out, "items");
	for (size_t i = 0; i < count; i++)
		TRY(write_entry(run, &entries[i], err));
	view_risk_end(run, count);
	return RC_OK;
}

enum rc
view_watch_run(struct view_run *run, struct err *err)
{
	struct watch_entry *entry;

	TRY(view_load_risk_watch(
	    run->db, &run->request->id, run->arena, &entry, err));
	if (!may_see(run, entry))
		return view_missing(err);
	run->reply->case_count = 1;
	if (view_is_known(run, entry->row_version))
		return RC_OK;
	return write_entry(run, entry, err);
}
