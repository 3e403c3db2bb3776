/*
 * Payment holds of the actor's institution, with both their ends.  See
 * view.h.
 */
#include "hub/reading/view_risk.h"

#include "hub/domain/ids.h"
#include "hub/wire/json_values.h"

/* Which of its two ends came; "" while it waits. */
static const char *
ended_by(const struct payment_hold *hold)
{
	if (hold->ended_at == 0)
		return "";
	return hold->ended_at == hold->answered_at ? "customer" : "term";
}

static enum rc
write_hold(const struct view_run *run, const struct payment_hold *hold,
    struct err *err)
{
	struct strbuf *out = &run->reply->body;
	const struct data_key *key;
	struct blob plain;

	TRY(view_open_hub_key(run, hold->key_no, &key, err));
	TRY(view_open_text(run, key, SEALED_PAYMENT_HOLD, &hold->id,
	    &hold->sealed, &plain, err));
	json_write_object(out, NULL);
	json_write_id(out, "id", ID_PAYMENT_HOLD, &hold->id);
	json_write_text(out, "status",
	    machine_state_name(&payment_hold_machine, (int)hold->state));
	json_write_word(out, "ground", &payment_ground_words, hold->ground);
	view_write_id(out, "signal", ID_SIGNAL, &hold->signal);
	view_write_members(out, &plain);
	json_write_money(out, "money", &hold->money);
	json_write_time(out, "created_at", hold->created_at);
	json_write_time(out, "term_ends_at", hold->term_ends_at);
	view_write_time(out, "answered_at", hold->answered_at);
	view_write_time(out, "ended_at", hold->ended_at);
	if (hold->ended_at != 0)
		json_write_text(out, "ended_by", ended_by(hold));
	json_write_object_end(out);
	return RC_OK;
}

enum rc
view_payment_holds_run(struct view_run *run, struct err *err)
{
	const struct view_request *request = run->request;
	struct strbuf *out = &run->reply->body;
	struct view_risk_query query;
	struct payment_hold *holds;
	size_t count;

	view_risk_query(run, &query);
	TRY(view_load_risk_holds(
	    run->db, &query, run->arena, &holds, &count, err));
	if (count > (size_t)request->limit) {
		count = (size_t)request->limit;
		view_risk_next(run, CURSOR_PAYMENT_HOLDS,
		    holds[count - 1].created_at, &holds[count - 1].id);
	}
	json_write_object(out, NULL);
	json_write_array(out, "items");
	for (size_t i = 0; i < count; i++)
		TRY(write_hold(run, &holds[i], err));
	view_risk_end(run, count);
	return RC_OK;
}

enum rc
view_payment_hold_run(struct view_run *run, struct err *err)
{
	struct payment_hold *hold;

	TRY(view_load_risk_hold(
	    run->db, &run->request->id, run->arena, &hold, err));
	if (!id_equal(&hold->institution, &run->request->actor.institution))
		return view_missing(err);
	run->reply->case_count = 1;
	if (view_is_known(run, hold->row_version))
		return RC_OK;
	return write_hold(run, hold, err);
}
