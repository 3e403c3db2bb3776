/*
 * The adapter "cloudevents": the envelope of "json" as the data of a
 * CloudEvent 1.0.2 in structured JSON.  Its id is the webhook-id.
 */
#include "adapters/adapter.h"

#include "hub/domain/adapter_kind.h"
#include "hub/domain/ids.h"
#include "hub/wire/json_values.h"
#include "hub/wire/json_writer.h"

static void
write_head(struct strbuf *out, const struct envelope *envelope)
{
	json_write_text(out, "specversion", "1.0");
	json_write_id(out, "id", ID_MESSAGE, &envelope->id);
	json_write_text(out, "source", ADAPTER_KIND_SOURCE);
	json_write_word(out, "type", &message_type_words, (int)envelope->type);
	if (envelope->request != NULL)
		json_write_id(
		    out, "subject", ID_REQUEST, &envelope->request->id);
	json_write_time(out, "time", envelope->created_at);
	json_write_text(out, "datacontenttype", "application/json");
}

static enum rc
adapter_cloudevents_write(
    const struct envelope *envelope, struct strbuf *out, struct err *err)
{
	SCOPED(strbuf_clear) struct strbuf data;

	strbuf_init(&data, ENVELOPE_SIZE_LIMIT);
	TRY(adapter_json.write(envelope, &data, err));
	json_write_object(out, NULL);
	write_head(out, envelope);
	json_write_raw_bytes(out, "data", data.bytes, data.length);
	json_write_object_end(out);
	if (out->failed || out->length > ENVELOPE_SIZE_LIMIT)
		return err_set(err, RC_TOO_LARGE, "envelope_too_large",
		    "a message would be larger than %d bytes",
		    ENVELOPE_SIZE_LIMIT);
	return RC_OK;
}

const struct adapter adapter_cloudevents = {
	.name = "cloudevents",
	.content_type = "application/cloudevents+json",
	.write = adapter_cloudevents_write,
};
