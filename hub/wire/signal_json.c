/*
 * Signals in JSON: see signal_json.h.
 */
#include "hub/wire/signal_json.h"

#include "hub/domain/ids.h"
#include "hub/wire/json_values.h"

void
signal_json_write_members(struct strbuf *out, const struct send_signal *signal)
{
	const struct signal_rule *rule = signal_rule(signal->kind);

	json_write_identifier(out, "subject", &signal->subject);
	json_write_object(out, "facts");
	for (size_t i = 0; i < signal_fact_count(signal->kind); i++)
		if (signal->facts.is_told[i])
			json_write_int(
			    out, rule->facts[i].name, signal->facts.values[i]);
	json_write_object_end(out);
}

void
signal_json_write(
    struct strbuf *out, const char *key, const struct send_signal *signal)
{
	json_write_object(out, key);
	json_write_id(out, "id", ID_SIGNAL, &signal->id);
	json_write_word(out, "kind", &signal_kind_words, (int)signal->kind);
	signal_json_write_members(out, signal);
	json_write_object(out, "observed");
	json_write_time(out, "from", signal->observed_from);
	json_write_time(out, "until", signal->observed_until);
	json_write_object_end(out);
	json_write_time(out, "expires_at", signal->expires_at);
	json_write_object_end(out);
}

static void
write_kind(struct strbuf *out, enum signal_kind kind)
{
	const struct signal_rule *rule = signal_rule(kind);

	json_write_object(out, NULL);
	json_write_word(out, "kind", &signal_kind_words, (int)kind);
	json_write_text(out, "label", rule->label);
	json_write_array(out, "facts");
	for (size_t i = 0; i < signal_fact_count(kind); i++) {
		json_write_object(out, NULL);
		json_write_text(out, "name", rule->facts[i].name);
		json_write_text(out, "label", rule->facts[i].label);
		json_write_bool(out, "required", rule->facts[i].is_required);
		json_write_object_end(out);
	}
	json_write_array_end(out);
	json_write_object_end(out);
}

void
signal_json_write_kinds(struct strbuf *out, const char *key)
{
	json_write_array(out, key);
	for (int kind = 0; kind < SIGNAL_KIND_COUNT; kind++)
		write_kind(out, (enum signal_kind)kind);
	json_write_array_end(out);
}
