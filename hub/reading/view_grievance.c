/*
 * Grievances and counter-evidence about a target, as part of it.  See view.h.
 */
#include "hub/reading/view.h"

#include "hub/domain/ids.h"
#include "hub/wire/json_values.h"

enum rc
view_object_grievance(const struct view_run *run,
    const struct grievance *grievance, const struct data_key *key,
    struct err *err)
{
	struct strbuf *out = &run->reply->body;
	struct blob plain;

	json_write_object(out, NULL);
	json_write_id(out, "id", ID_GRIEVANCE, &grievance->id);
	json_write_text(out, "status",
	    machine_state_name(&grievance_machine, (int)grievance->state));
	json_write_time(out, "filed_at", grievance->filed_at);
	view_write_time(out, "due_at", grievance->due_at);
	view_write_time(out, "decided_at", grievance->decided_at);
	json_write_bool(
	    out, "waits_for_second", !id_is_zero(&grievance->declined_by));
	if (run->sight != SIGHT_MASKED) {
		TRY(view_open_text(run, key, SEALED_GRIEVANCE, &grievance->id,
		    &grievance->sealed, &plain, err));
		json_write_text_bytes(
		    out, "text", (const char *)plain.bytes, plain.length);
	}
	json_write_object_end(out);
	return RC_OK;
}

enum rc
view_object_evidence(const struct view_run *run,
    const struct evidence_row *evidence, const struct data_key *key,
    struct err *err)
{
	struct strbuf *out = &run->reply->body;
	struct blob plain;

	json_write_object(out, NULL);
	json_write_id(out, "id", ID_EVIDENCE, &evidence->id);
	json_write_word(out, "kind", &evidence_kind_words, evidence->kind);
	view_write_institution(run, "submitted_by", &evidence->institution);
	json_write_time(out, "submitted_at", evidence->submitted_at);
	if (run->sight != SIGHT_MASKED) {
		TRY(view_open_text(run, key, SEALED_EVIDENCE, &evidence->id,
		    &evidence->sealed, &plain, err));
		json_write_text_bytes(
		    out, "text", (const char *)plain.bytes, plain.length);
	}
	json_write_object_end(out);
	return RC_OK;
}
