/*
 * Documents in replies: see reply_json_papers.h.
 */
#include "hub/wire/reply_json_papers.h"

#include "hub/base/encode.h"
#include "hub/domain/ids.h"
#include "hub/wire/json_values.h"

static void
write_formality(struct strbuf *out, const struct formality *formality)
{
	json_write_id(out, "id", ID_FORMALITY, &formality->id);
	json_write_id(out, "request_id", ID_REQUEST, &formality->request);
	json_write_text(out, "type", formality->type);
	json_write_text(out, "status",
	    machine_state_name(&formality_machine, (int)formality->state));
	json_write_time(out, "due_at", formality->due_at);
	if (!id_is_zero(&formality->document))
		json_write_id(
		    out, "document_id", ID_DOCUMENT, &formality->document);
}

void
reply_json_papers_formality(
    struct strbuf *out, const struct formality *formality)
{
	json_write_object(out, NULL);
	if (formality != NULL)
		write_formality(out, formality);
	json_write_object_end(out);
}

static void
write_document(struct strbuf *out, const struct document *document,
    const struct snapshot *snapshot)
{
	char hex[HEX_SIZE(SNAPSHOT_HASH_SIZE)];

	json_write_id(out, "id", ID_DOCUMENT, &document->id);
	json_write_id(out, "case_id", ID_CASE, &document->case_id);
	json_write_text(out, "type", document->type);
	json_write_text(out, "status",
	    machine_state_name(&document_machine, (int)document->state));
	json_write_int(out, "size", document->size);
	json_write_text(out, "sha256",
	    hex_encode(document->sha256, sizeof(document->sha256), hex));
	json_write_word(out, "signature_check", &signature_check_words,
	    (int)document->signature_check);
	json_write_time(out, "filed_at", document->filed_at);
	json_write_array(out, "formalities");
	for (size_t i = 0; i < snapshot->formality_count; i++)
		if (id_equal(
			&snapshot->formalities[i]->document, &document->id))
			reply_json_papers_formality(
			    out, snapshot->formalities[i]);
	json_write_array_end(out);
}

void
reply_json_papers_document(
    struct strbuf *out, const struct id *id, const struct snapshot *snapshot)
{
	const struct document *document = snapshot_document(snapshot, id);

	json_write_object(out, NULL);
	if (document != NULL)
		write_document(out, document, snapshot);
	json_write_object_end(out);
}

void
reply_json_papers_evidence(struct strbuf *out, const struct command *command,
    const struct reply *reply)
{
	json_write_object(out, NULL);
	json_write_id(out, "id", ID_EVIDENCE, &reply->thing);
	json_write_id(out, "target_id", ID_TARGET, &reply->target);
	json_write_word(
	    out, "kind", &evidence_kind_words, command->evidence.kind);
	json_write_time(out, "submitted_at", command->at);
	json_write_object_end(out);
}

void
reply_json_papers_grievance(struct strbuf *out, const struct reply *reply,
    const struct snapshot *snapshot)
{
	const struct grievance *grievance = snapshot_grievance(
	    snapshot, &reply->thing);
	const struct target *target = snapshot_target(snapshot, &reply->target);

	json_write_object(out, NULL);
	if (grievance != NULL && target != NULL) {
		json_write_id(out, "id", ID_GRIEVANCE, &grievance->id);
		json_write_text(out, "status",
		    machine_state_name(
			&grievance_machine, (int)grievance->state));
		json_write_time(out, "filed_at", grievance->filed_at);
		if (grievance->due_at != 0)
			json_write_time(out, "due_at", grievance->due_at);
		if (grievance->decided_at != 0)
			json_write_time(
			    out, "decided_at", grievance->decided_at);
		json_write_bool(out, "waits_for_second",
		    !id_is_zero(&grievance->declined_by));
		json_write_object(out, "target");
		json_write_id(out, "id", ID_TARGET, &target->id);
		json_write_text(out, "status",
		    machine_state_name(&target_machine, (int)target->state));
		json_write_object_end(out);
	}
	json_write_object_end(out);
}
