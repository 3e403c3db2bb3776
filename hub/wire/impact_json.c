/*
 * What a case would do, as JSON: see impact_json.h.
 */
#include "hub/wire/impact_json.h"

#include "hub/wire/json_values.h"
#include "hub/wire/json_writer.h"

static void
write_reasons(struct strbuf *out, uint32_t reasons)
{
	json_write_array(out, "approval_reasons");
	for (int i = 0; i < APPROVAL_REASON_COUNT; i++)
		if ((reasons & (UINT32_C(1) << i)) != 0)
			json_write_word(out, NULL, &approval_reason_words, i);
	json_write_array_end(out);
}

static void
write_volume(struct strbuf *out, const struct volume_state *state)
{
	json_write_object(out, NULL);
	json_write_word(out, "kind", &volume_kind_words, (int)state->kind);
	json_write_word(out, "grade", &volume_grade_words, (int)state->grade);
	json_write_volume(out, state->figure, state->limit, state->currency);
	json_write_object_end(out);
}

static void
write_requests(struct strbuf *out, const struct submit_case *submit,
    const struct impact *impact)
{
	json_write_array(out, "requests");
	for (size_t i = 0; i < submit->request_count; i++) {
		json_write_object(out, NULL);
		json_write_int(
		    out, "targets", (int64_t)submit->requests[i].target_count);
		json_write_bool(
		    out, "needs_second_person", impact->reasons[i] != 0);
		write_reasons(out, impact->reasons[i]);
		json_write_object_end(out);
	}
	json_write_array_end(out);
}

void
impact_json_write(struct strbuf *out, const char *key,
    const struct submit_case *submit, const struct impact *impact)
{
	size_t targets = 0;

	for (size_t i = 0; i < submit->request_count; i++)
		targets += submit->requests[i].target_count;
	json_write_object(out, key);
	json_write_int(out, "targets", (int64_t)targets);
	write_requests(out, submit, impact);
	json_write_array(out, "volumes");
	for (size_t i = 0; i < impact->volume_count; i++)
		write_volume(out, &impact->volumes[i]);
	json_write_array_end(out);
	json_write_object_end(out);
}

void
impact_json_usual(struct strbuf *out, const struct usual_time *usual)
{
	if (usual == NULL)
		return;
	json_write_object(out, "usual_acknowledgement");
	json_write_int(out, "asked", usual->asked);
	json_write_int(out, "p50_milliseconds", usual->p50);
	json_write_int(out, "p95_milliseconds", usual->p95);
	json_write_object_end(out);
}
