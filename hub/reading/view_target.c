/*
 * One target with all answers to it.  See view.h.
 */
#include "hub/reading/view.h"

#include "hub/domain/access.h"
#include "hub/domain/ids.h"
#include "hub/wire/json_values.h"

static enum rc
write_response(const struct view_run *run, const struct response_row *response,
    const struct data_key *key, struct err *err)
{
	struct strbuf *out = &run->reply->body;
	struct blob plain;

	json_write_object(out, NULL);
	json_write_id(out, "id", ID_RESPONSE, &response->id);
	json_write_word(out, "code", &response_code_words, (int)response->code);
	json_write_int(out, "generation", response->generation);
	json_write_time(out, "received_at", response->received_at);
	json_write_id(out, "principal_id", ID_PRINCIPAL, &response->principal);
	/* As it was received: JSON that was read once, so it is whole. */
	if (run->sight != SIGHT_MASKED) {
		TRY(view_open_text(run, key, SEALED_RESPONSE, &response->id,
		    &response->sealed, &plain, err));
		if (plain.length > 0)
			json_write_raw_bytes(out, "body",
			    (const char *)plain.bytes, plain.length);
	}
	json_write_object_end(out);
	return RC_OK;
}

static enum rc
write_target(const struct view_run *run, const struct view_target *view,
    const struct data_key *key, struct err *err)
{
	const struct view_about about = { view->file, view->request };
	struct strbuf *out = &run->reply->body;

	json_write_object(out, NULL);
	TRY(view_object_target(run, &about, view->target, key, err));
	view_write_unperfected(
	    run, view->formalities, view->formality_count, &view->request->id);
	json_write_array(out, "responses");
	for (size_t i = 0; i < view->response_count; i++)
		TRY(write_response(run, &view->responses[i], key, err));
	json_write_array_end(out);
	json_write_array(out, "counter_evidence");
	for (size_t i = 0; i < view->evidence_count; i++)
		TRY(view_object_evidence(run, &view->evidence[i], key, err));
	json_write_array_end(out);
	json_write_array(out, "attachments");
	for (size_t i = 0; i < view->attachment_count; i++)
		TRY(view_object_attachment(
		    run, &view->attachments[i], key, err));
	json_write_array_end(out);
	json_write_array(out, "grievances");
	for (size_t i = 0; i < view->grievance_count; i++)
		TRY(view_object_grievance(run, &view->grievances[i], key, err));
	json_write_array_end(out);
	json_write_object_end(out);
	return RC_OK;
}

/* An institution learns of a target when it is sent to it, not before. */
static bool
is_seen(const struct view_run *run, const struct view_target *view)
{
	return access_sees_target(&run->request->actor, run->registry,
		   &view->file->unit, &view->target->institution) &&
	    (run->sight != SIGHT_OWN || view->target->queued_at != 0);
}

enum rc
view_target_run(struct view_run *run, struct err *err)
{
	SCOPED(sealing_forget) struct data_key key = { { 0 } };
	struct view_target view;

	TRY(view_load_target(
	    run->db, &run->request->id, run->arena, &view, err));
	if (!is_seen(run, &view))
		return view_missing(err);
	run->reply->case_id = view.file->id;
	run->row_version = view.file->row_version;
	if (view_is_known(run, view.target->row_version))
		return RC_OK;
	TRY(view_open_case_key(run, &view.file->wrapped_key, &key, err));
	return write_target(run, &view, &key, err);
}
