/*
 * Signals that are still good: a telco sees what it sent, a bank what it was
 * sent.  An expired one is not opened any more.  See view.h.
 */
#include "hub/reading/view_risk.h"

#include "hub/domain/ids.h"
#include "hub/wire/json_values.h"

static enum rc
write_signal(const struct view_run *run, const struct signal_row *signal,
    struct err *err)
{
	struct strbuf *out = &run->reply->body;
	const struct data_key *key;
	struct blob plain;

	TRY(view_open_hub_key(run, signal->key_no, &key, err));
	TRY(view_open_text(run, key, SEALED_SIGNAL, &signal->id,
	    &signal->sealed, &plain, err));
	json_write_object(out, NULL);
	json_write_id(out, "id", ID_SIGNAL, &signal->id);
	json_write_word(out, "kind", &signal_kind_words, (int)signal->kind);
	view_write_institution(run, "from", &signal->source);
	view_write_members(out, &plain);
	json_write_object(out, "observed");
	json_write_time(out, "from", signal->observed_from);
	json_write_time(out, "until", signal->observed_until);
	json_write_object_end(out);
	json_write_time(out, "sent_at", signal->created_at);
	json_write_time(out, "expires_at", signal->expires_at);
	json_write_object_end(out);
	return RC_OK;
}

enum rc
view_signals_run(struct view_run *run, struct err *err)
{
	const struct view_request *request = run->request;
	struct strbuf *out = &run->reply->body;
	struct view_risk_query query;
	struct signal_row *signals;
	size_t count;

	view_risk_query(run, &query);
	TRY(view_load_risk_signals(run->db, &query,
	    request->actor.kind == INSTITUTION_TELCO, run->arena, &signals,
	    &count, err));
	if (count > (size_t)request->limit) {
		count = (size_t)request->limit;
		view_risk_next(run, CURSOR_SIGNALS,
		    signals[count - 1].created_at, &signals[count - 1].id);
	}
	json_write_object(out, NULL);
	json_write_array(out, "items");
	for (size_t i = 0; i < count; i++)
		TRY(write_signal(run, &signals[i], err));
	view_risk_end(run, count);
	return RC_OK;
}
