/*
 * Objects of an envelope: see json_parts.h.
 */
#include "adapters/json_parts.h"

#include "hub/domain/clocks.h"
#include "hub/domain/ids.h"
#include "hub/wire/json_values.h"
#include "hub/wire/json_writer.h"
#include "hub/wire/roster_json.h"

void
json_parts_text(struct strbuf *out, const char *key, const char *text)
{
	if (text != NULL && text[0] != '\0')
		json_write_text(out, key, text);
}

void
json_parts_time(struct strbuf *out, const char *key, int64_t at)
{
	if (at != 0)
		json_write_time(out, key, at);
}

/* What the law calls the document is in the catalogue (GET /v1/meta). */
void
json_parts_formality(struct strbuf *out, const struct envelope *envelope)
{
	const struct formality *formality = envelope->formality;

	json_write_object(out, "formality");
	json_write_id(out, "id", ID_FORMALITY, &formality->id);
	json_write_text(out, "type", formality->type);
	json_write_text(out, "profile", formality->profile);
	json_write_text(out, "basis", formality->basis);
	json_write_text(out, "status",
	    machine_state_name(&formality_machine, (int)formality->state));
	json_write_time(out, "owed_since", formality->created_at);
	json_write_time(out, "due_at", formality->due_at);
	json_parts_text(out, "note", envelope->note);
	json_write_object_end(out);
}

void
json_parts_grievance(struct strbuf *out, const struct envelope *envelope)
{
	const struct grievance *grievance = envelope->grievance;

	json_write_object(out, "grievance");
	json_write_id(out, "id", ID_GRIEVANCE, &grievance->id);
	json_write_text(out, "status",
	    machine_state_name(&grievance_machine, (int)grievance->state));
	json_write_time(out, "filed_at", grievance->filed_at);
	json_parts_time(out, "due_at", grievance->due_at);
	json_parts_text(out, "text", envelope->note);
	json_write_object_end(out);
}

void
json_parts_evidence(struct strbuf *out, const struct evidence_row *evidence)
{
	json_write_object(out, "evidence");
	json_write_id(out, "id", ID_EVIDENCE, &evidence->id);
	json_write_word(out, "kind", &evidence_kind_words, evidence->kind);
	json_write_time(out, "submitted_at", evidence->submitted_at);
	json_write_text(out, "text", evidence->text);
	json_write_object_end(out);
}

void
json_parts_deadline(struct strbuf *out, const struct envelope *envelope)
{
	const struct deadline *deadline = envelope->deadline;

	json_write_object(out, "deadline");
	json_write_word(out, "kind", &deadline_kind_words, (int)deadline->kind);
	json_write_time(out, "due_at", deadline->due_at);
	json_write_int(out, "percent", clocks_percent(deadline->stage));
	if (envelope->duty != NULL)
		roster_json_duty(out, "on_duty", envelope->duty);
	json_write_object_end(out);
}

void
json_parts_survivor(struct strbuf *out, const struct envelope *envelope)
{
	json_write_object(out, "merged_into");
	json_write_id(out, "id", ID_CASE, &envelope->merged_into->id);
	json_write_text(out, "ref", envelope->merged_into->ref);
	json_parts_text(out, "note", envelope->note);
	json_write_object_end(out);
}
