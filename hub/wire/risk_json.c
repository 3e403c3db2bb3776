/*
 * Words of risks with their labels: see risk_json.h.
 */
#include "hub/wire/risk_json.h"

#include "hub/domain/risk_rule.h"
#include "hub/wire/json_values.h"
#include "hub/wire/signal_json.h"

static void
write_sides(struct strbuf *out, bool by_police, bool by_institutions)
{
	json_write_bool(out, "police", by_police);
	json_write_bool(out, "institutions", by_institutions);
}

static void
write_sources(struct strbuf *out)
{
	json_write_array(out, "watch_sources");
	for (int i = 0; i < WATCH_SOURCE_COUNT; i++) {
		const struct watch_source_rule *rule = risk_rule_source(
		    (enum watch_source)i);

		json_write_object(out, NULL);
		json_write_word(out, "code", &watch_source_words, i);
		json_write_text(out, "label", rule->label);
		write_sides(out, rule->by_police, rule->by_institutions);
		json_write_bool(out, "needs_reference", rule->needs_reference);
		json_write_object_end(out);
	}
	json_write_array_end(out);
}

static void
write_reasons(struct strbuf *out)
{
	json_write_array(out, "watch_reasons");
	for (int i = 0; i < (int)watch_reason_words.count; i++) {
		json_write_object(out, NULL);
		json_write_word(out, "code", &watch_reason_words, i);
		json_write_text(out, "label", risk_rule_reason_label(i));
		json_write_object_end(out);
	}
	json_write_array_end(out);
}

static void
write_purposes(struct strbuf *out)
{
	json_write_array(out, "lookup_purposes");
	for (int i = 0; i < LOOKUP_PURPOSE_COUNT; i++) {
		const struct lookup_purpose_rule *rule = risk_rule_purpose(
		    (enum lookup_purpose)i);

		json_write_object(out, NULL);
		json_write_word(out, "code", &lookup_purpose_words, i);
		json_write_text(out, "label", rule->label);
		write_sides(out, rule->by_police, rule->by_institutions);
		json_write_object_end(out);
	}
	json_write_array_end(out);
}

void
risk_json_write_vocabulary(struct strbuf *out, const char *key)
{
	json_write_object(out, key);
	signal_json_write_kinds(out, "signals");
	write_sources(out);
	write_reasons(out);
	write_purposes(out);
	json_write_object_end(out);
}
