/*
 * Papers in envelopes: see adapter_json_papers.h.
 */
#include "adapters/adapter_json_papers.h"

#include "hub/base/encode.h"
#include "hub/domain/ids.h"
#include "hub/wire/json_values.h"

void
adapter_json_papers_list(struct strbuf *out, const struct envelope *envelope)
{
	char hex[HEX_SIZE(SNAPSHOT_HASH_SIZE)];

	json_write_array(out, "docs");
	for (size_t i = 0; i < envelope->document_count; i++) {
		const struct document *document = envelope->documents[i];

		json_write_object(out, NULL);
		json_write_id(out, "id", ID_DOCUMENT, &document->id);
		json_write_text(out, "type", document->type);
		json_write_text(out, "sha256",
		    hex_encode(
			document->sha256, sizeof(document->sha256), hex));
		json_write_object_end(out);
	}
	json_write_array_end(out);
}

void
adapter_json_papers_document(
    struct strbuf *out, const struct document *document)
{
	char hex[HEX_SIZE(SNAPSHOT_HASH_SIZE)];

	json_write_object(out, "document");
	json_write_id(out, "id", ID_DOCUMENT, &document->id);
	json_write_text(out, "type", document->type);
	json_write_text(out, "status",
	    machine_state_name(&document_machine, (int)document->state));
	json_write_text(out, "media_type", document->media_type);
	json_write_int(out, "size", document->size);
	json_write_text(out, "sha256",
	    hex_encode(document->sha256, sizeof(document->sha256), hex));
	json_write_word(out, "signature_format", &signature_format_words,
	    (int)document->signature_format);
	json_write_word(out, "signature_check", &signature_check_words,
	    (int)document->signature_check);
	json_write_array(out, "defects");
	for (int i = 0; i < DEFECT_COUNT; i++)
		if ((document->defects & (UINT32_C(1) << i)) != 0)
			json_write_word(out, NULL, &defect_words, i);
	json_write_array_end(out);
	json_write_time(out, "filed_at", document->filed_at);
	json_write_object_end(out);
}
